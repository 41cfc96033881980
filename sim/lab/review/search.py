"""Which candidate is best: sequential halving under the same chance (Karnin et al. 2013)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.engine.state import Choices
from sim.lab.review.grading import BEATS, doubtful, spread
from sim.lab.review.lockstep import Asking
from sim.lab.review.rollouts import block, first_run
from sim.lab.review.study import Study

SEARCH = 1  # purpose of the chance that is used to search, and for nothing else
_LAST = 3  # arms of the last round
_FEWEST = 8  # games for an arm in a round
_SURELY = 1.645  # standard errors by which a plan must lead that leads by much
_PLAINLY = 6.0  # by which a small lead counts, too
_MOST = 4  # times the games of a round, for a plan; there the looking ends
_LOW_TENTH = 0.1


@dataclass(frozen=True)
class Found:
    """The best candidate, and one that only a tenth of them are worse than."""

    best: int
    low: int


def searching(
    study: Study, turn: int, plans: list[Choices], *, round_games: int, expert: int
) -> Asking[Found]:
    """Halve the candidates until two are left beside the expert's plan, and look at the better one.

    The expert's plan is taken to be best until another one beats it as surely, and by as much, as
    would earn a decision the star, or by less beyond all doubt: otherwise another review would
    measure by another plan. Where the former is open, the two are played on.

    Args:
        study: of the game.
        turn: counted from 0.
        plans: candidates, of one run each.
        round_games: games in each round, shared by those left.
        expert: which of them is the expert's.
    """
    alive = list(range(len(plans)))
    values: list[Array] = [np.zeros(0) for _ in plans]
    low, played = expert, 0
    while True:
        games = max(round_games // len(alive), _FEWEST)
        fresh = yield from _values(
            study, turn, [plans[arm] for arm in alive], games=games, skip=played
        )
        played += games
        for arm, more in zip(alive, fresh, strict=True):
            values[arm] = np.concatenate([values[arm], more])
        ranked = sorted(alive, key=lambda arm: -spread(values[arm]).mean)
        if len(alive) == len(plans):
            low = ranked[int((1.0 - _LOW_TENTH) * (len(ranked) - 1))]
        if len(alive) <= _LAST:
            break
        alive = ranked[: max((len(ranked) + 1) // 2, 2)]
        if expert not in alive:
            alive.append(expert)
    rival = max(alive, key=lambda arm: (spread(values[arm]).mean, arm == expert))
    stake, most = study.turn_stake, _MOST * round_games
    while doubtful(spread(values[rival] - values[expert]), stake, BEATS) and played < most:
        games = min(played, most - played)
        pair = [plans[rival], plans[expert]]
        fresh = yield from _values(study, turn, pair, games=games, skip=played)
        played += games
        for arm, more in zip((rival, expert), fresh, strict=True):
            values[arm] = np.concatenate([values[arm], more])
    lead = spread(values[rival] - values[expert])
    bar = _SURELY if lead.mean >= BEATS * stake / 100.0 else _PLAINLY
    leads = lead.mean > bar * lead.error
    return Found(best=rival if leads else expert, low=low)


def _values(
    study: Study, turn: int, plans: list[Choices], *, games: int, skip: int
) -> Asking[list[Array]]:
    """The values of plans in the same games."""
    begun = block(
        study.beliefs[turn].player,
        plans,
        games=games,
        skip=skip,
        first=first_run(turn, SEARCH),
    )
    ends = (yield [begun])[0].value
    return [ends[k * games : (k + 1) * games] for k in range(len(plans))]
