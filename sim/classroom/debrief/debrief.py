"""The debrief of a class: everything that is shown of it, as numbers and ids.

    class_debrief(case, games, reviews) -> ClassDebrief

Games stand in the order of their labels, so that nobody is put at the top by a result.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.classroom.debrief.games import ClassGame, replay_class
from sim.classroom.debrief.hours import Hours, hours_of
from sim.classroom.debrief.moments import Moment, moments
from sim.game import TurnRecord
from sim.lab.review.concepts import teaches_of
from sim.lab.review.explain import Teaches
from sim.lab.review.model import Review
from sim.play.case import Case

_COSTLY = 5.0  # per cent of a turn's stake from which an idea is said to have been missed
_LEVELS = range(1, 6)  # of hints


@dataclass(frozen=True)
class Quartiles:
    """Where the middle half of a class lies."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class ConceptUse:
    """How a game did with an idea of the course.

    Attributes:
        turns: in how many turns it mattered: the expert would have used it, or leaving it out cost.
        missed: in how many of them it was missed, to a cost that counts.
        loss: score points that it cost altogether.
    """

    turns: int
    missed: int
    loss: float

    @property
    def kept(self) -> float:
        """Share of the turns in which it was not missed, 0..1."""
        return 1.0 - self.missed / self.turns if self.turns else 1.0


@dataclass(frozen=True)
class GameLine:
    """One game of the class.

    Attributes:
        number: Its place among the games that were handed in.
        label: What the class calls it.
        team: Whose it was; None: played alone.
        review: Instant; None until it has been worked out.
        scores: As things stood before the first and after every turn, score points.
        values: What the game was worth before every turn, its result at last; empty without review.
        hours: Where they went.
        concepts: By id.
        hints: How many were taken, by level 1..5.
    """

    number: int
    label: str
    team: str | None
    review: Review | None
    scores: tuple[float, ...]
    values: tuple[float, ...]
    hours: Hours
    concepts: Mapping[str, ConceptUse]
    hints: Mapping[int, int]

    @property
    def finished(self) -> bool:
        """Whether it was played to its end."""
        return self.review is not None and self.review.result is not None


@dataclass(frozen=True)
class ClassDebrief:
    """The debrief of a class.

    Attributes:
        turns: Of a whole game.
        stakes: Score points between doing nothing and the expert; 0 until a review is there.
        games: In the order of their labels.
        spread: Of the values before every turn, and of the results at last.
        moments: Most instructive first.
        concepts: Ids, costliest first.
        pending: Games whose review is still being worked out.
    """

    turns: int
    stakes: float
    games: tuple[GameLine, ...]
    spread: tuple[Quartiles, ...]
    moments: tuple[Moment, ...]
    concepts: tuple[str, ...]
    pending: int


def class_debrief(
    case: Case, games: Sequence[ClassGame], reviews: Mapping[int, Review]
) -> ClassDebrief:
    """Put together what is known of a class so far.

    Args:
        case: the scenario of the games.
        games: of the class.
        reviews: by place of the game, as `Valuing` has them.

    Raises:
        IllegalChoiceError: a game is not of this scenario.
    """
    teaches = teaches_of(case.script)
    replay = replay_class(case.rules, [game.record for game in games])
    hours = hours_of(case.rules, replay)
    lines = [
        _line(
            number,
            game,
            reviews.get(number),
            scores=[each for each in replay.scores[number].tolist() if each == each],  # noqa: PLR0124 -- NaN
            hours=hours[number],
            teaches=teaches,
        )
        for number, game in enumerate(games)
    ]
    lines.sort(key=lambda line: (line.label.casefold(), line.number))
    cost = _cost(lines)
    return ClassDebrief(
        turns=case.rules.sizes.turns,
        stakes=next((review.stakes for review in reviews.values()), 0.0),
        games=tuple(lines),
        spread=_spread([line.values for line in lines]),
        moments=moments(case.rules, replay, reviews, teaches) if reviews else (),
        concepts=tuple(sorted(cost, key=lambda each: (-cost[each], each))),
        pending=sum(1 for line in lines if line.review is None and games[line.number].record.turns),
    )


def _line(
    number: int,
    game: ClassGame,
    review: Review | None,
    *,
    scores: Iterable[float],
    hours: Hours,
    teaches: Teaches,
) -> GameLine:
    values: list[float] = []
    if review is not None:
        values = [turn.value.value for turn in review.turns]
        last = review.opening + review.skill + review.luck
        values.append(last if review.result is None else review.result)
    return GameLine(
        number=number,
        label=game.label,
        team=game.team,
        review=review,
        scores=tuple(scores),
        values=tuple(values),
        hours=hours,
        concepts={} if review is None else _concepts(review, teaches),
        hints=_hints(game.record.turns),
    )


def _concepts(review: Review, teaches: Teaches) -> dict[str, ConceptUse]:
    """How often each idea mattered in a game, and how often it was missed."""
    turns, missed, loss = Counter[str](), Counter[str](), dict[str, float]()
    stake = review.stakes / review.turns_total
    for turn in review.turns:
        used = set(_used(turn.expert_plan, teaches)) | set(turn.concept_loss)
        turns.update(used)
        for concept, cost in turn.concept_loss.items():
            loss[concept] = loss.get(concept, 0.0) + cost.value
            if 100.0 * cost.value / stake > _COSTLY:
                missed[concept] += 1
    return {
        concept: ConceptUse(turns[concept], missed[concept], loss.get(concept, 0.0))
        for concept in sorted(turns)
    }


def _used(plan: TurnRecord, teaches: Teaches) -> Iterable[str]:
    """The ideas behind a plan."""
    for deed in plan.choices:
        yield from teaches.get(deed.action, ())
    for name in plan.market:
        yield from teaches.get(name, ())
    for encounter, path in plan.responses.items():
        yield from teaches.get(encounter, ())
        for depth in range(1, len(path) + 1):
            yield from teaches.get(":".join((encounter, *path[:depth])), ())


def _hints(turns: Iterable[TurnRecord]) -> dict[int, int]:
    """How many hints of each level were taken; notes are free, so they may hold anything."""
    found: Counter[int] = Counter()
    for turn in turns:
        told: Any = turn.notes.get("hints")
        for hint in told if isinstance(told, list) else ():
            level = hint.get("level") if isinstance(hint, dict) else None
            if isinstance(level, int) and level in _LEVELS:
                found[level] += 1
    return {level: found[level] for level in _LEVELS if found[level]}


def _cost(lines: Iterable[GameLine]) -> dict[str, float]:
    """Points that each idea cost the class."""
    cost: dict[str, float] = {}
    for line in lines:
        for concept, use in line.concepts.items():
            cost[concept] = cost.get(concept, 0.0) + use.loss
    return {concept: points for concept, points in cost.items() if points > 0.0}


def _spread(rows: Sequence[Sequence[float]]) -> tuple[Quartiles, ...]:
    """Quartiles before every turn over the games that have come so far."""
    longest = max((len(row) for row in rows), default=0)
    return tuple(
        quartiles([row[turn] for row in rows if len(row) > turn]) for turn in range(longest)
    )


def quartiles(values: Iterable[float]) -> Quartiles:
    """Lower quartile, median and upper quartile, by straight lines between the sorted values."""
    ordered = sorted(values)
    low, median, high = (_at(ordered, share) for share in (0.25, 0.5, 0.75))
    return Quartiles(low, median, high)


def _at(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
