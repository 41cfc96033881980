"""Plans of one turn in the same games, of which more are played where that decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sim.engine.state import Choices
from sim.lab.review.grading import Spread, adjusted
from sim.lab.review.levels import HOLD_OUT
from sim.lab.review.lockstep import Asking
from sim.lab.review.rollouts import Ends, block, first_run, joined_ends
from sim.lab.review.study import Study

_AT_ONCE = 256  # games with a plan that are asked for at once, so that they have room


@dataclass
class Duel:
    """Plans of one turn in the same games, of which more can be played with some of them."""

    study: Study
    turn: int
    plans: list[Choices]
    ends: list[Ends] = field(default_factory=list)

    def games(self, arm: int) -> int:
        """Played so far with a plan."""
        return int(self.ends[arm].score.shape[0]) if self.ends else 0

    def playing(self, games: int, arms: Sequence[int] | None = None) -> Asking[None]:
        """Play on until plans have been tried in so many games.

        Args:
            games: in all, for each plan.
            arms: which, all of them played equally often so far; None is every plan.
        """
        which = range(len(self.plans)) if arms is None else arms
        while (done := self.games(which[0])) < games:
            more = min(games - done, _AT_ONCE)
            begun = block(
                self.study.beliefs[self.turn].player,
                [self.plans[arm] for arm in which],
                games=more,
                skip=done,
                first=first_run(self.turn, HOLD_OUT),
            )
            ends = (yield [begun])[0]
            if not self.ends:
                self.ends = [ends.of(0, 0) for _ in self.plans]
            for place, arm in enumerate(which):
                fresh = ends.of(place * more, (place + 1) * more)
                self.ends[arm] = joined_ends(self.ends[arm], fresh)

    def lead(self, one: int, other: int) -> Spread:
        """How much one plan brings more than another, in the games that both have played."""
        games = min(self.games(one), self.games(other))
        return ahead(self.ends[one].of(0, games), self.ends[other].of(0, games))

    def settling(
        self, one: int, other: int, *, doubt: Callable[[Spread, float], bool], most: int
    ) -> Asking[None]:
        """Play on with two plans while there is doubt about the lead of one.

        Args:
            one: of the plans.
            other: another, or the same.
            doubt: of a lead and the stake of an average turn.
            most: games with either, in all.
        """
        while doubt(self.lead(one, other), self.study.turn_stake):
            games = min(2 * min(self.games(one), self.games(other)), most)
            arms = [arm for arm in dict.fromkeys((one, other)) if self.games(arm) < games]
            if not arms:
                break
            yield from self.playing(games, arms)


def ahead(one: Ends, other: Ends) -> Spread:
    """How much a plan brings more than another in the same games."""
    return adjusted(one.value - other.value, one.chance - other.chance)
