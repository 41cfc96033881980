"""What a turn has brought, as far as its player may know."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.arrays import Mask
from sim.engine.facts import of_account
from sim.engine.observe import Observation, observe, visible_terms
from sim.engine.rules import Rules
from sim.engine.state import Outcome, State, Status, Terms
from sim.game import Replay, TurnRecord

STEADY = 2.0  # points of satisfaction up or down that still count as staying (design 5)

# Outcome field -> kind of news. Failures are not among them: one hears of those that are voiced.
_OF_CUSTOMERS = (
    ("left", "left"),
    ("released", "released"),
    ("complained", "complained"),
    ("promise_broken", "promise_broken"),
    ("promise_kept", "promise_kept"),
    ("won", "won"),
    ("lost_deal", "lost_deal"),
    ("accepted", "accepted"),
    ("refused", "refused"),
    ("returned", "returned"),
    ("woken", "woken"),
)


@dataclass(frozen=True)
class News:
    """One thing that happened.

    Attributes:
        kind: `event`, `unanswered`, `encounter` (it has opened), or of a customer: `left`,
            `released`, `complained`, `promise_broken`, `promise_kept`, `won`, `lost_deal`,
            `accepted`, `refused`, `returned`, `woken`.
        id: Of the event, encounter or customer.
        value: Lifetime value lost with a customer who left, money units.
    """

    kind: str
    id: str
    value: float | None = None


@dataclass(frozen=True)
class TurnReport:
    """A turn that has been played.

    Attributes:
        turn: From 1.
        chosen: What the player did.
        before: What was known when choosing.
        after: What is known now.
        outcome: What came of it; only `terms` and `news` may be shown of it during the game.
        terms: The reasons of every change that may be shown.
        news: In the order in which it is told.
    """

    turn: int
    chosen: TurnRecord
    before: Observation
    after: Observation
    outcome: Outcome
    terms: Terms
    news: tuple[News, ...]


def report(
    rules: Rules,
    chosen: TurnRecord,
    *,
    before: State,
    after: State,
    outcome: Outcome,
    known: Observation | None = None,
) -> TurnReport:
    """The report of one turn of one run, `outcome` with its ledger.

    What was `known` before is looked up unless it is given.
    """
    known = observe(rules, before) if known is None else known
    return TurnReport(
        turn=before.turn + 1,
        chosen=chosen,
        before=known,
        after=observe(rules, after),
        outcome=outcome,
        terms=visible_terms(rules, known, outcome),
        news=tuple(_news(rules, outcome, after)),
    )


def reports_of(rules: Rules, played: Replay) -> list[TurnReport]:
    """The reports of all turns of a replay with ledger."""
    states = zip(played.states, played.states[1:], strict=False)
    turns = zip(played.turns, states, played.outcomes, strict=True)
    return [
        report(rules, turn, before=before, after=after, outcome=outcome)
        for turn, (before, after), outcome in turns
    ]


def _news(rules: Rules, outcome: Outcome, after: State) -> Iterator[News]:
    for name in _where(rules.event_ids, outcome.event_happened):
        yield News("event", name)
    for field, kind in _OF_CUSTOMERS:
        mask = getattr(outcome, field)
        for name in _where(rules.customer_ids, mask):
            lost = outcome.lost_value[0, rules.customer_ids.index(name)]
            yield News(kind, name, float(lost) if kind == "left" else None)
    for name in _where(rules.encounter_ids, outcome.unanswered):
        yield News("unanswered", name)
    for opened in after.open_encounter[0].tolist():
        if opened > 0:
            yield News("encounter", rules.encounter_ids[opened - 1])


def _where(ids: tuple[str, ...], mask: Mask) -> Iterator[str]:
    return (name for name, holds in zip(ids, mask[0].tolist(), strict=True) if holds)


@dataclass(frozen=True)
class ForecastOutcome:
    """A forecast and what came of it; told when the game is over.

    Attributes:
        turn: From 1.
        customer: Whom it was about.
        direction: `up`, `stay` or `down`: satisfaction, by more than two points or not.
        sure: 0.34..1, how sure the player was.
        change: Points that satisfaction moved.
        hit: Whether it went as said; whoever left has gone down.
        brier: (sure - hit)², 0 perfect, 1 surely wrong (Brier 1950).
    """

    turn: int
    customer: str
    direction: str
    sure: float
    change: float
    hit: bool
    brier: float


def forecast_outcomes(rules: Rules, played: Replay) -> tuple[ForecastOutcome, ...]:
    """What came of every forecast of a game."""
    found = []
    for number, turn in enumerate(played.turns):
        said = turn.notes.get("forecast")
        if isinstance(said, dict) and _is_forecast(rules, said):
            found.append(_judge(rules, played, number, said))
    return tuple(found)


def _is_forecast(rules: Rules, said: dict[str, object]) -> bool:
    """Notes are free, so a file may hold anything there."""
    return (
        said.get("customer") in rules.customer_ids
        and said.get("direction") in {"up", "stay", "down"}
        and isinstance(said.get("sure"), float | int)
    )


def _judge(rules: Rules, played: Replay, number: int, said: dict[str, object]) -> ForecastOutcome:
    row = rules.customer_ids.index(str(said["customer"]))
    before, after = played.states[number : number + 2]
    change = _satisfaction(rules, after, row) - _satisfaction(rules, before, row)
    gone = int(before.status[0, row]) == Status.ACTIVE != int(after.status[0, row])
    went = "down" if gone or change < -STEADY else "up" if change > STEADY else "stay"
    hit, sure = went == said["direction"], float(str(said["sure"]))
    return ForecastOutcome(
        turn=number + 1,
        customer=str(said["customer"]),
        direction=str(said["direction"]),
        sure=sure,
        change=change,
        hit=hit,
        brier=(sure - hit) * (sure - hit),
    )


def _satisfaction(rules: Rules, state: State, row: int) -> float:
    return float(of_account(rules, state.satisfaction)[0, row])
