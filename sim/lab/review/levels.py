"""The line of the graph: what every turn was worth, and what each decision brought."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.exact import fixed_sum
from sim.lab.review.rollouts import Ends, block, first_run, joined_ends, play_on
from sim.lab.review.study import Study

VALUE, HOLD_OUT = 2, 3  # purposes of the chance that all shown numbers come from
_LOW, _HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Level:
    """Games from one turn on the table's belief, the same for both plans.

    Attributes:
        value: the expert from here on.
        played: the plan played, then the expert; None at the end of an unfinished game.
    """

    value: Ends
    played: Ends | None = None


def levels(study: Study, games: int) -> list[Level]:
    """Games from every turn at once, and from the open turn of an unfinished game.

    Args:
        study: of the game.
        games: for each turn and plan.
    """
    return _levels(study, games, skip=0)


def deepened(study: Study, line: list[Level], games: int) -> list[Level]:
    """The line with more games, so many in all."""
    done = int(line[0].value.score.shape[0])
    if games <= done:
        return line
    more = _levels(study, games - done, skip=done)
    return [_joined(old, new) for old, new in zip(line, more, strict=True)]


def _levels(study: Study, games: int, *, skip: int) -> list[Level]:
    blocks = []
    for turn in range(_last(study)):
        plans = [study.expert(turn)]
        if turn < study.turns:
            plans.append(study.plan(turn))
        first = first_run(turn, VALUE)
        belief = study.beliefs[turn].table
        blocks.append(block(belief, plans, games=games, skip=skip, first=first))
    ends = play_on(study.rules, blocks, seed=study.seed)
    return [
        Level(each.of(0, games), each.of(games, 2 * games) if turn < study.turns else None)
        for turn, each in enumerate(ends)
    ]


def _joined(old: Level, new: Level) -> Level:
    value = joined_ends(old.value, new.value)
    if old.played is None or new.played is None:
        return Level(value)
    return Level(value, joined_ends(old.played, new.played))


def _last(study: Study) -> int:
    """Turns that have a value: those played, and the open one."""
    return min(study.turns + 1, study.rules.sizes.turns)


def fan(ends: Ends) -> tuple[float, float]:
    """10 and 90 per cent of final scores."""
    ordered = np.sort(ends.score)
    return _at(ordered, _LOW), _at(ordered, _HIGH)


def _at(ordered: Array, share: float) -> float:
    """A quantile by straight lines between the sorted values."""
    place = share * (ordered.shape[0] - 1)
    low = int(place)
    high = min(low + 1, ordered.shape[0] - 1)
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def deviation(ends: Ends) -> float:
    """Standard deviation of final scores."""
    games = ends.score.shape[0]
    off = ends.score - float(fixed_sum(ends.score)) / games
    return float(np.sqrt(float(fixed_sum(off * off)) / max(games - 1, 1)))
