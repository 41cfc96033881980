"""The open turn of a game: choosing, taking back, and choosing again."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from sim.engine.rules import Rules
from sim.engine.state import State
from sim.errors import IllegalChoiceError
from sim.game import TONES, ChosenAction, Dropped, TurnRecord, fit_to_rules
from sim.play import draft as drafts
from sim.play.case import Case
from sim.play.draft import Desk
from sim.play.options import (
    ActionOption,
    OpenEncounter,
    action_options,
    market_options,
    open_encounters,
)
from sim.scenario.texts import Script


class OpenTurn(ABC):
    """What can be done with the turn that is open.

    Every method that chooses raises `IllegalChoiceError` with a code and data before anything
    changes, and saves after it has changed.
    """

    def __init__(self, case: Case) -> None:
        """Make room for the turns of a scenario; `_begin` opens one."""
        self._case = case
        self._draft = TurnRecord()
        self._past: list[TurnRecord] = []
        self._future: list[TurnRecord] = []
        self._planned_at: Desk | None = None

    def _begin(self, draft: TurnRecord) -> list[Dropped]:
        """Open the turn of the present state; returns what the rules do not allow of the draft."""
        self._past, self._future = [], []
        self._draft, refused = _lawful(self._desk, draft)
        return refused

    @property
    @abstractmethod
    def state(self) -> State:
        """Everything, hidden facts too; not for the eyes of a player."""

    @property
    @abstractmethod
    def finished(self) -> bool:
        """Whether all turns have been played."""

    @abstractmethod
    def save(self) -> None:
        """Bring the game to the disk."""

    # What there is to see ---------------------------------------------------------------------

    @property
    def case(self) -> Case:
        """The scenario that is played."""
        return self._case

    @property
    def rules(self) -> Rules:
        """What the engine plays by."""
        return self._case.rules

    @property
    def script(self) -> Script:
        """Every text of the scenario by id."""
        return self._case.script

    @property
    def draft(self) -> TurnRecord:
        """What has been chosen in the open turn."""
        return self._draft

    @property
    def hours_left(self) -> float:
        """In the open turn, less what unfinished conversations will take at least."""
        return self._desk.hours - drafts.spent(self._desk, self._draft)[0]

    @property
    def money_left(self) -> float:
        """At hand, less what the open turn costs."""
        return self._desk.money - drafts.spent(self._desk, self._draft)[1]

    def options(self, customer: str) -> tuple[ActionOption, ...]:
        """Every action on offer for a customer, with the reason where it cannot be chosen."""
        return action_options(self._desk, self._draft, customer)

    def market_options(self) -> tuple[ActionOption, ...]:
        """Every action for the firm as a whole."""
        return market_options(self._desk, self._draft)

    @property
    def waiting(self) -> int:
        """How many conversations have not come to their end."""
        begun, desk = self._draft.responses, self._desk
        answers = ((name, begun.get(name, ())) for name in drafts.open_ids(desk))
        return sum(not (path and drafts.is_complete(desk, name, path)) for name, path in answers)

    def open_encounters(self) -> tuple[OpenEncounter, ...]:
        """The conversations of this turn and how far they have come."""
        return open_encounters(self._desk, self._draft)

    # Choosing ---------------------------------------------------------------------------------

    def act(
        self, customer: str, action: str, tone: str | None = None, person: str | None = None
    ) -> None:
        """Choose an action on a customer.

        Args:
            customer: its id.
            action: its id.
            tone: one of `sim.game.TONES`; neutral if None.
            person: the id of who is addressed; the first at the customer if None.
        """
        self._expect_open()
        expect("customer", customer, self.rules.customer_ids)
        expect("action", action, self.rules.action_ids)
        expect("tone", tone or TONES[0], TONES)
        if tone not in {None, TONES[0]} and not self.script.actions[action].tones:
            raise IllegalChoiceError("choice/no-tone", action=action, tone=tone)
        people = self.rules.people_ids[self.rules.customer_ids.index(customer)]
        expect("person", person or people[0], people)
        fields = {"customer": customer, "action": action, "tone": tone or TONES[0]}
        chosen = ChosenAction.model_validate({**fields, "person": person})
        more = drafts.with_action(self._draft, chosen)
        drafts.check(self._desk, more, customer=customer, action=action)
        self._change(more)

    def cancel(self, customer: str, action: str) -> None:
        """Take an action back."""
        self._expect_open()
        self._change(drafts.without_action(self._draft, customer, action))

    def act_market(self, name: str, *, on: bool = True) -> None:
        """Choose an action for the firm as a whole, or take it back."""
        self._expect_open()
        expect("market", name, self.rules.market_ids)
        more = drafts.with_market(self._draft, name, on=on)
        drafts.check(self._desk, more, market=name)
        self._change(more)

    def answer(self, encounter: str, path: tuple[str, ...]) -> None:
        """Answer in a conversation.

        Args:
            encounter: its id.
            path: ids of the responses from its beginning; it may stop where a reply is to be read
                first, but the turn ends only when every conversation begun has come to its end.
        """
        self._expect_open()
        path = tuple(path)
        drafts.check_path(self._desk, encounter, path)
        self._expect_kept(encounter, path)
        more = drafts.with_answer(self._draft, encounter, path)
        drafts.check(self._desk, more, encounter=encounter, response=path)
        self._change(more)

    def unanswer(self, encounter: str) -> None:
        """Take an answer back, unless it revealed something (`undo/revealed`)."""
        self._expect_open()
        if encounter not in self._draft.responses:
            raise IllegalChoiceError("choice/not-chosen", encounter=encounter)
        self._expect_kept(encounter, ())
        self._change(drafts.with_answer(self._draft, encounter, ()))

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would be accepted."""
        return bool(self._past) and not self._told_by_last_choice()

    @property
    def can_redo(self) -> bool:
        """Whether `redo` would be accepted."""
        return bool(self._future)

    def undo(self) -> None:
        """Take the last choice of this turn back (`undo/nothing`, `undo/revealed`)."""
        if not self._past:
            raise IllegalChoiceError("undo/nothing")
        if told := self._told_by_last_choice():
            raise IllegalChoiceError("undo/revealed", encounter=told)
        self._future.append(self._draft)
        self._restore(self._past.pop())

    def redo(self) -> None:
        """Choose again what was taken back last (`redo/nothing`)."""
        if not self._future:
            raise IllegalChoiceError("redo/nothing")
        self._past.append(self._draft)
        self._restore(self._future.pop())

    @property
    def _desk(self) -> Desk:
        if self._planned_at is None or self._planned_at.state is not self.state:
            self._planned_at = Desk(self._case.rules, self.state)
        return self._planned_at

    def _expect_open(self) -> None:
        if self.finished:
            raise IllegalChoiceError("game/over")

    def _expect_complete(self) -> None:
        """Refuse to end a turn in the middle of a conversation."""
        for encounter, path in self._draft.responses.items():
            if not drafts.is_complete(self._desk, encounter, path):
                raise IllegalChoiceError("response/unfinished", encounter=encounter)

    def _expect_kept(self, encounter: str, path: drafts.Path) -> None:
        """Refuse to unsay what revealed something."""
        told = drafts.revealed(self._desk, encounter, self._draft.responses.get(encounter, ()))
        if path[: len(told)] != told:
            raise IllegalChoiceError("undo/revealed", encounter=encounter)

    def _told_by_last_choice(self) -> str:
        """The encounter in which the last choice revealed something; empty if it did not."""
        before = self._past[-1].responses
        for encounter, path in self._draft.responses.items():
            told = drafts.revealed(self._desk, encounter, path)
            if before.get(encounter, ())[: len(told)] != told:
                return encounter
        return ""

    def _change(self, draft: TurnRecord) -> None:
        if drafts.same_choices(draft, self._draft):
            return
        self._past.append(self._draft)
        self._future.clear()
        self._draft = draft
        self.save()

    def _restore(self, draft: TurnRecord) -> None:
        """Go to an earlier or later draft; notes are not undone."""
        self._draft = draft.model_copy(update={"notes": self._draft.notes})
        self.save()


def expect(what: str, given: str, known: Sequence[str]) -> None:
    """Refuse an id that is not among the known ones, with `choice/unknown-...`."""
    if given not in known:
        raise IllegalChoiceError(f"choice/unknown-{what}", **{what: given})


def _lawful(desk: Desk, draft: TurnRecord) -> tuple[TurnRecord, list[Dropped]]:
    """A draft from a file, without what the rules do not allow."""
    if desk.state.turn >= desk.rules.sizes.turns:
        return TurnRecord(), []
    begun, refused = {}, []
    for encounter, path in draft.responses.items():
        try:
            drafts.check_path(desk, encounter, path)
        except IllegalChoiceError as error:
            refused.append(Dropped(desk.state.turn + 1, error.code, (encounter, path)))
        else:
            begun[encounter] = path
    whole = drafts.settled(desk, draft.model_copy(update={"responses": begun}))
    kept, others = fit_to_rules(desk.rules, desk.state, whole, on_illegal="drop")
    answers = {name: path for name, path in begun.items() if name in kept.responses}
    return kept.model_copy(update={"responses": answers}), [*refused, *others]
