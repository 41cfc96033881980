"""The line of the graph: what every turn was worth before and after the decision."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.exact import fixed_sum
from sim.lab.review.rollouts import Ends, block, first_run, play_on
from sim.lab.review.study import Study

HOLD_OUT = 2  # purpose of the chance that all shown numbers come from
_LOW, _HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Level:
    """Games from one turn: the expert's plan and the played one under the same chance."""

    expert: Ends
    played: Ends | None  # None at the end of an unfinished game


def levels(study: Study, games: int) -> list[Level]:
    """Games from every turn at once, and from the open turn of an unfinished game.

    Args:
        study: of the game.
        games: for each turn and plan.
    """
    last = min(study.turns + 1, study.rules.sizes.turns)
    blocks = []
    for turn in range(last):
        plans = [study.expert(turn)]
        if turn < study.turns:
            plans.append(study.plan(turn))
        first = first_run(turn, HOLD_OUT)
        blocks.append(block(study.beliefs[turn].table, plans, games=games, first=first))
    ends = play_on(study.rules, blocks, seed=study.seed)
    return [
        Level(each.of(0, games), each.of(games, 2 * games) if turn < study.turns else None)
        for turn, each in enumerate(ends)
    ]


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
