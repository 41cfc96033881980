"""The line of the graph: what every turn was worth, and each decision against the expert's."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.exact import fixed_sum
from sim.lab.review.rollouts import Block, Ends, block, first_run, joined_ends, play_on
from sim.lab.review.study import Study

VALUE, HOLD_OUT = 2, 3  # purposes of the chance that all shown numbers come from
_LOW, _HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Level:
    """Games from one turn.

    Attributes:
        value: the expert from here on, on the table's belief.
        expert: the expert's plan, on the player's belief.
        played: the plan played, in the same games.
    """

    value: Ends
    expert: Ends | None = None  # None at the end of an unfinished game
    played: Ends | None = None


def levels(study: Study, games: int) -> list[Level]:
    """Games from every turn at once, and from the open turn of an unfinished game.

    Args:
        study: of the game.
        games: for each turn and plan.
    """
    blocks: list[Block] = []
    for turn in range(_last(study)):
        blocks.append(_value_block(study, turn, games))
        if turn < study.turns:
            plans = [study.expert(turn), study.plan(turn)]
            first = first_run(turn, HOLD_OUT)
            blocks.append(block(study.beliefs[turn].player, plans, games=games, first=first))
    ends = iter(play_on(study.rules, blocks, seed=study.seed))
    found = []
    for turn in range(_last(study)):
        value = next(ends)
        if turn == study.turns:
            found.append(Level(value))
            continue
        duel = next(ends)
        found.append(Level(value, duel.of(0, games), duel.of(games, 2 * games)))
    return found


def deepened(study: Study, line: list[Level], games: int) -> list[Level]:
    """The line with the values of more games, so many in all."""
    done = int(line[0].value.score.shape[0])
    if games <= done:
        return line
    blocks = [_value_block(study, turn, games - done, skip=done) for turn in range(_last(study))]
    more = play_on(study.rules, blocks, seed=study.seed)
    return [
        Level(joined_ends(level.value, ends), level.expert, level.played)
        for level, ends in zip(line, more, strict=True)
    ]


def _value_block(study: Study, turn: int, games: int, skip: int = 0) -> Block:
    return block(
        study.beliefs[turn].table,
        [study.expert(turn)],
        games=games,
        skip=skip,
        first=first_run(turn, VALUE),
    )


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
