"""Which candidate is best: sequential halving under the same chance (Karnin et al. 2013)."""

from dataclasses import dataclass

from sim.engine.state import Choices
from sim.lab.review.duel import ahead
from sim.lab.review.grading import spread
from sim.lab.review.lockstep import Asking
from sim.lab.review.rollouts import Ends, block, first_run, joined_ends
from sim.lab.review.study import Study

SEARCH = 1  # purpose of the chance that is used to search, and for nothing else
_LAST = 3  # arms of the last round
_FEWEST = 8  # games for an arm in a round
_PLAINLY = 10.0  # standard errors by which a plan must lead the expert's
_LOW_TENTH = 0.1


@dataclass(frozen=True)
class Found:
    """The best candidate, and one that only a tenth of them are worse than."""

    best: int
    low: int


def searching(
    study: Study, turn: int, plans: list[Choices], *, round_games: int, expert: int
) -> Asking[Found]:
    """Halve the candidates until two are left beside the expert's plan, and take the better one.

    The expert's plan is taken to be best until another one beats it beyond all doubt: a plan that
    one search finds and the next one does not would make the label depend on the search.

    Args:
        study: of the game.
        turn: counted from 0.
        plans: candidates, of one run each.
        round_games: games in each round, shared by those left.
        expert: which of them is the expert's.
    """
    alive = list(range(len(plans)))
    ends: dict[int, Ends] = {}
    low, played = expert, 0
    while True:
        games = max(round_games // len(alive), _FEWEST)
        arms = [plans[arm] for arm in alive]
        fresh = yield from _ends(study, turn, arms, games=games, skip=played)
        played += games
        for arm, more in zip(alive, fresh, strict=True):
            ends[arm] = joined_ends(ends[arm], more) if arm in ends else more
        mean = {arm: spread(ends[arm].value).mean for arm in alive}
        ranked = sorted(alive, key=lambda arm: -mean[arm])
        if len(alive) == len(plans):
            low = ranked[int((1.0 - _LOW_TENTH) * (len(ranked) - 1))]
        if len(alive) <= _LAST:
            break
        alive = ranked[: max((len(ranked) + 1) // 2, 2)]
        if expert not in alive:
            alive.append(expert)
    rival = max(alive, key=lambda arm: (mean[arm], arm == expert))
    lead = ahead(ends[rival], ends[expert])
    return Found(best=rival if lead.mean > _PLAINLY * lead.error else expert, low=low)


def _ends(
    study: Study, turn: int, plans: list[Choices], *, games: int, skip: int
) -> Asking[list[Ends]]:
    """How plans end in the same games."""
    begun = block(
        study.beliefs[turn].player,
        plans,
        games=games,
        skip=skip,
        first=first_run(turn, SEARCH),
    )
    ends = (yield [begun])[0]
    return [ends.of(k * games, (k + 1) * games) for k in range(len(plans))]
