"""Everything that was done in a game as a list, sorted by what the course calls it.

Which of the four parts of relationship work a deed belongs to, and which activity of the firm, is
said in `review_course.json`: of an action by its id, else by its family.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sim.arrays import Mask
from sim.engine.facts import of_account
from sim.engine.state import State, Status
from sim.engine.terms.value import share
from sim.game import ChosenAction, TurnRecord
from sim.lab.review.model import Review
from sim.play.reports import TurnReport
from sim.view.lens import Lens, deeds
from sim.view.plans import said
from sim.view.review_turns import Past

RELATIONS = ("establish", "retain", "recommend", "recover")
PRIMARY = ("sell", "offer", "serve", "contact")  # activities that a customer meets
SUPPORT = ("know", "staff", "quality")  # and those behind them
ANSWERS = "answers"  # the family of what is said in encounters


@dataclass(frozen=True)
class Work:
    """One thing done.

    Attributes:
        turn: From 1.
        customer: For whom; empty for the firm.
        id: Of the action or encounter.
        family: Of the action, `market` for the firm, `answers` for what was said.
        relation: One of `RELATIONS`.
        activity: One of `PRIMARY` or `SUPPORT`.
        hours: It took.
        money: It cost; negative if it brought money.
    """

    turn: int
    customer: str
    id: str
    family: str
    relation: str
    activity: str
    hours: float
    money: float


@cache
def _table(name: str) -> Mapping[str, str]:
    text = resources.files("sim.view").joinpath("review_course.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)[name]
    return table


def works(lens: Lens, past: Past, plans: Iterable[TurnRecord]) -> tuple[Work, ...]:
    """What plans for the turns of a game consist of, turn by turn.

    Args:
        lens: names and costs.
        past: the game, for where each customer stood.
        plans: one for each turn from the first.
    """
    pairs = zip(plans, past.played.states, strict=False)
    return tuple(work for plan, state in pairs for work in _of_turn(lens, plan, state))


def _of_turn(lens: Lens, plan: TurnRecord, state: State) -> Iterator[Work]:
    script, turn = lens.script, state.turn + 1
    for name, path in plan.responses.items():
        encounter, steps = script.encounters[name], said(lens, name, path)
        about = any(each.startswith("recovery.") for each in encounter.teaches)
        relation = "recover" if about else _by_status(lens, state, encounter.customer)
        cost = sum(each.hours for each in steps), sum(each.money for each in steps)
        activity = _table("activity")[ANSWERS]
        yield Work(turn, encounter.customer, name, ANSWERS, relation, activity, *cost)
    for deed in plan.choices:
        action = script.actions[deed.action]
        relation = _sorted("relation", deed.action, action.family)
        relation = relation or _by_status(lens, state, deed.customer)
        activity = _sorted("activity", deed.action, action.family)
        cost = action.hours, action.money
        yield Work(turn, deed.customer, deed.action, action.family, relation, activity, *cost)
    for name in plan.market:
        action = script.market_actions[name]
        relation = _sorted("relation", name, action.family) or "retain"
        activity = _sorted("activity", name, action.family)
        yield Work(turn, "", name, action.family, relation, activity, action.hours, action.money)


def _sorted(table: str, action: str, family: str) -> str:
    found = _table(table)
    return found.get(action) or found.get(family, "")


def _by_status(lens: Lens, state: State, customer: str) -> str:
    """Relationship work by whom it is for: somebody to be won, kept, or won back."""
    status = int(state.status[0, lens.index(customer)])
    if status in {Status.UNBORN, Status.PROSPECT}:
        return "establish"
    return "retain" if status == Status.ACTIVE else "recover"


def summed(
    found: Iterable[Work], by: Callable[[Work], str], of: Callable[[Work], float]
) -> dict[str, float]:
    """A quantity of works by a name of them."""
    total: dict[str, float] = {}
    for work in found:
        total[by(work)] = total.get(by(work), 0.0) + of(work)
    return total


# --- what customers brought ----------------------------------------------------------------------


@dataclass(frozen=True)
class Account:
    """What a customer was in a game.

    Attributes:
        id: Of the customer.
        profit: Money units over the whole game, before the costs of deeds.
        before: Mean profit of a turn in the first half of the game.
        after: And in the second.
        first: Whether a customer at the opening.
        left: The turn after which the customer was gone; None if still there at the end.
        share: How much of what it buys came to us when last a customer, 0..1.
    """

    id: str
    profit: float
    before: float
    after: float
    first: bool
    left: int | None
    share: float

    @property
    def grew(self) -> bool:
        """Whether the second half brought more than the first."""
        return self.after > self.before


def accounts(past: Past) -> tuple[Account, ...]:
    """Everybody who was a customer at some time, in the order of the scenario."""
    rows = enumerate(past.case.rules.customer_ids)
    return tuple(_account(past, name, row) for row, name in rows if past.places[name])


def _account(past: Past, name: str, row: int) -> Account:
    states = past.played.states
    earned = [float(state.profit[0, row]) for state in states[1:]]
    half = len(earned) // 2
    places, gone = past.places[name], int(states[-1].status[0, row]) != Status.ACTIVE
    rules, last = past.case.rules, states[places[-1].turn - 1]
    portion = share(rules.parameters, of_account(rules, last.satisfaction))
    return Account(
        id=name,
        profit=sum(earned),
        before=_mean(earned[:half]),
        after=_mean(earned[half:]) if half else 0.0,
        first=places[0].turn == 1,
        left=places[-1].turn if gone else None,
        share=float(portion[0, row]),
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


# --- how it was done -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Manner:
    """How deeds suited those they were for, out of how many.

    Attributes:
        knowledge: Mean share known of the person when the deed was chosen, 0..1; None: no deeds.
        toned: Deeds for which a tone could be chosen.
        suited: Of these, deeds whose tone told more with this person.
        ordered: Deeds that were steps out of or in their order.
        in_order: Of these, deeds in their order.
    """

    knowledge: float | None
    toned: int
    suited: int
    ordered: int
    in_order: int


def manner(lens: Lens, past: Past) -> Manner:
    """Knowledge, tone and order of all deeds of a game."""
    known: list[float] = []
    tones: list[bool] = []
    steps: list[bool] = []
    for told, row, slot, deed in _placed(lens, past):
        known.append(_known(lens, told.before.knowledge, row, deed.person))
        place = slot - lens.rules.sizes.slots  # answers stand before the deeds
        style, order = (
            float(told.outcome.badges[badge][place, 0, row]) for badge in ("style", "steps")
        )
        tones += [style > 1.0] if lens.script.actions[deed.action].tones else []
        steps += [order > 1.0] if order != 1.0 else []
    mean = _mean(known) if known else None
    return Manner(mean, len(tones), sum(tones), len(steps), sum(steps))


def _placed(lens: Lens, past: Past) -> Iterator[tuple[TurnReport, int, int, ChosenAction]]:
    """Every deed with its turn, the row of its customer and its slot there."""
    for told in past.reports:
        for row, name in enumerate(lens.rules.customer_ids):
            for slot, deed in enumerate(deeds(told, name)):
                yield told, row, slot, deed


def _known(lens: Lens, knowledge: Any, row: int, person: str | None) -> float:
    people = lens.people(lens.rules.customer_ids[row])
    return float(knowledge[0, row, people.index(person) if person in people else 0])


def unanswered(past: Past) -> tuple[int, int]:
    """Encounters that were left without an answer, and all that waited for one."""
    silent = sum(_count(told.outcome.unanswered) for told in past.reports)
    return silent, silent + sum(len(told.chosen.responses) for told in past.reports)


def setbacks(past: Past) -> frozenset[int]:
    """Turns in which somebody left, complained or refused a deal, or a promise was broken."""
    fields = ("left", "complained", "lost_deal", "promise_broken")
    return frozenset(
        told.turn
        for told in past.reports
        if any(_count(getattr(told.outcome, field)) for field in fields)
    )


def _count(mask: Mask) -> int:
    return int(mask[0].sum())


# --- all of it -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """What the cards read of a game that is over.

    Attributes:
        lens: The end of the game.
        past: The game.
        review: Of it.
        own: Everything done.
        expert: Everything that the expert would have done, each turn in the same situation.
        accounts: Everybody who was a customer.
        manner: How deeds suited those they were for.
    """

    lens: Lens
    past: Past
    review: Review
    own: tuple[Work, ...]
    expert: tuple[Work, ...]
    accounts: tuple[Account, ...]
    manner: Manner


def measured(lens: Lens, past: Past, review: Review) -> Measured:
    """Measures a game.

    Args:
        lens: its end, with every file open.
        past: the game.
        review: of it.
    """
    return Measured(
        lens=lens,
        past=past,
        review=review,
        own=works(lens, past, past.played.turns),
        expert=works(lens, past, (turn.expert_plan for turn in review.turns)),
        accounts=accounts(past),
        manner=manner(lens, past),
    )


def hours_of(found: Iterable[Work]) -> float:
    """Hours of works together."""
    return sum(work.hours for work in found)


def part(value: float, whole: float) -> float:
    """A share 0..1; 0 of nothing."""
    return value / whole if whole > 0.0 else 0.0
