"""Learn from your mistakes: a turn is decided again, judged, hinted at, and at last solved."""

from sim.errors import SimError
from sim.play.branching import Retry, again
from sim.play.resolutions import TRIES
from sim.play.reviewing import Answer as Verdict
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.labels import Label, Pill
from sim.ui.window.kit.layout import Row
from sim.ui.window.kit.node import Answer, Command, Node, Pop, Push
from sim.ui.window.kit.panels import Bar, card, heading, note
from sim.ui.window.kit.theme import BODY, CARD, NUMBER, STRONG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import bottom_bar, gap, top_bar
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.parts import lines
from sim.ui.window.pages.review_branch import branch_dialogue
from sim.ui.window.pages.review_changes import changes
from sim.ui.window.pages.review_parts import label_pill, plan
from sim.ui.window.pages.shown import NEWS
from sim.ui.window.pages.turn import TurnPage
from sim.ui.window.pages.turn_plan import chosen, inbox
from sim.view.debrief import Judged, judged
from sim.view.review_model import RetryCard


class RetryPage(TurnPage):
    """A turn as it stood then, with its own plan, to be changed and judged.

    Attributes:
        tries: How many plans have been judged.
        solution: Whether the better plan is shown.
        why: What the player thinks was wrong.
    """

    @property
    def first(self) -> str:
        """What most players want first."""
        return "end"

    def __init__(self, debrief: Debrief, retry: Retry, turn: int) -> None:
        """Opens a turn.

        Args:
            debrief: Of the game.
            retry: The turn as it stood.
            turn: Its number, from 1.
        """
        self.debrief, self.retry, self.number = debrief, retry, turn
        self.tries, self.solution, self.why = 0, False, ""
        self._answer: Verdict | None = None
        self._asked_at, self._waited = 0.0, 0  # seconds of the clock, and since then as shown
        self._told = False  # whether the answer that came last has been taken over
        own = Desk(debrief.desk.host)
        own.adopt(retry)
        super().__init__(own)
        self.shown.part = "plan"

    @property
    def busy(self) -> bool:  # type: ignore[override]  # a screen may know it only by looking
        """Whether a plan is being judged, or the review is still being made."""
        return self.debrief.busy

    @property
    def waiting(self) -> bool:
        """Whether a plan is being judged."""
        return self._told is False and self.tries > 0

    def tick(self, ui: Ui) -> Answer:
        """Takes over what has been found, and counts the seconds."""
        news = self.debrief.poll()
        answer = self.debrief.reviewing.answer
        if news and answer is not None and self.waiting:
            self._take(ui, answer.problem)
        waited = int(ui.now - self._asked_at) if self.waiting else 0
        news, self._waited = news or waited != self._waited, waited
        return True if news else None

    def _take(self, ui: Ui, problem: SimError | None) -> None:
        found = self.debrief.reviewing.answer
        self._told = True
        if found is None or found.found is None:
            self.tries -= 1
            if problem is not None:
                self.desk.complain(problem)
            return
        self._answer = found
        ui.play("win" if self._solved else "negative")
        self._keep(solved=self._solved and not self.solution)

    def _keep(self, *, solved: bool) -> None:
        self.debrief.tried(
            self.number, solved=solved, why=self.why, tries=self.tries, seen=self.solution
        )

    # --- the page ---

    @property
    def _card(self) -> RetryCard:
        found = self.debrief.retry_card(self.number)
        assert found is not None
        return found

    def _top(self, *, wide: bool) -> Bar:
        say, header = self.desk.say, self.desk.view.header
        glossary = Button(
            name="glossary",
            icon="book-open",
            kind="bar",
            action="glossary",
            tip=self._tip("glossary"),
            on_press=lambda: Push(GlossaryPage(self.desk)),
        )
        title = say("retry.title", when=self._card.when)
        facts = [Pill(header.hours_text, "clock")] if wide else []
        return top_bar(title, *facts, glossary, self.language_button(), icon="rotate-ccw")

    def _bottom(self, *, wide: bool) -> Bar:
        say = self.desk.say
        check = Button(
            name="end",
            text=say("retry.checking" if self.waiting else "retry.check"),
            icon="hourglass" if self.waiting else "scale",
            kind="primary",
            action="end_turn",
            enabled=not self.waiting,
            tip=say("retry.checking") if self.waiting else "",
            on_press=self._check,
        )
        undo, _ = self._steps(wide=wide)
        return bottom_bar(self.back_button(), undo, *self._firm_button(), gap(), check)

    def _check(self) -> Command | None:
        try:
            wanted = self.retry.plan
        except SimError as error:
            self.desk.complain(error)
            return None
        self.tries += 1
        self._told, self._answer = False, None
        self._asked_at, self._waited = self.desk.host.ui.now, 0
        self.debrief.reviewing.ask(self.number, wanted)
        self.desk.host.ui.scrolls.update({"plan": 0, "part/plan": 0})  # where the answer will be
        return None

    def _stop(self) -> None:
        """The plan is not judged, and does not count as a try."""
        self.tries, self._told = self.tries - 1, True
        self.debrief.reviewing.unask()

    def _side(self) -> list[Node]:
        return [
            *self._task(),
            *chosen(self.desk),
            *inbox(self.desk, self.shown, self._talk),
        ]

    def _part(self, ui: Ui) -> list[Node]:
        if self.shown.part == "plan":  # the inbox has a tab of its own
            return [*self._task(), *chosen(self.desk)]
        return super()._part(ui)

    def _detail(self, ui: Ui) -> list[Node]:
        if self.solution and self.shown.kind == NEWS:
            return self._solution()
        return super()._detail(ui)

    # --- the task ---

    def _task(self) -> list[Node]:
        say = self.desk.say
        field = TextField(
            name="why",
            value=self.why,
            hint=say("debrief.why_hint"),
            icon="pencil",
            longest=400,
            on_change=self._type,
        )
        parts: list[Node] = [heading(self._card.question, style=STRONG), field]
        parts += self._verdict()
        if self.tries > int(self.waiting) and not self._solved:
            parts.append(note(self._card.hint))
        if self.tries >= TRIES or self._solved:
            parts.append(self._reveal_button())
        if not self.tries:
            parts += [Label(say("retry.known"), CARD), *lines(self._card.state, icon="eye")]
        return [card(parts, gap=8)]

    @property
    def _solved(self) -> bool:
        found = self.judged
        return found is not None and found.solved

    @property
    def judged(self) -> Judged | None:
        """The plan judged last, in the player's language; None while there is none."""
        found = None if self._answer is None else self._answer.found
        return None if found is None else judged(found, self.desk.lang)

    def _type(self, text: str) -> None:
        self.why = text

    def _verdict(self) -> list[Node]:
        say = self.desk.say
        if self.waiting:
            words = say("retry.waited", n=self._waited) if self._waited else say("retry.checking")
            stop = Button(
                name="stop", text=say("debrief.stop"), icon="circle-x", on_press=self._stop
            )
            told = Label(words, STRONG, grow=1)
            return [Row([told, stop], gap=8, folds=True), Label(say("retry.meanwhile"), BODY)]
        found = self.judged
        if found is None:
            return []
        ui = self.desk.host.ui
        words = say("retry.solved" if found.solved else "retry.not_yet")
        return [
            Row([Label(words, CARD, grow=1), label_pill(ui, found.label)], gap=8, folds=True),
            Label(found.cost, NUMBER, "muted"),
        ]

    def _reveal_button(self) -> Node:
        say = self.desk.say
        solution = Button(
            name="solution",
            text=say("retry.solution"),
            icon="lightbulb",
            on_press=self._reveal,
        )
        on = Button(
            name="play_on",
            text=say("debrief.play_on"),
            icon="git-fork",
            on_press=lambda: branch_dialogue(self.debrief, self.number, self.retry),
        )
        return Row([solution, on], gap=8, folds=True)

    def _reveal(self) -> None:
        """Shows the solution where there is most room; from now on solving does not count."""
        self.solution = True
        self._keep(solved=False)
        self.shown.news()
        self._to_top()

    def _solution(self) -> list[Node]:
        found, say = self._card, self.desk.say
        return [
            plan(found.better, say("debrief.better_plan"), "clipboard-check"),
            *changes(self.debrief, found.changes),
            *([Label(found.rest, NUMBER, "muted")] if found.rest else []),
        ]

    def escape(self, ui: Ui) -> Command | None:
        """Back to the review; nothing of the game can be lost here."""
        del ui
        return Pop()


def retry_page(debrief: Debrief, turn: int) -> Command | None:
    """Opens a turn to be decided again; says why if that cannot be done."""
    if debrief.retry_card(turn) is None:
        return None
    try:
        retry = again(debrief.session, turn)
    except SimError as error:
        debrief.desk.complain(error)
        return None
    return Push(RetryPage(debrief, retry, turn))
