"""Plans of one turn in the same games, of which more are played where that decides."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.engine.state import Choices
from sim.lab.review.grading import Spread, spread, unsure
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
        return spread(self.ends[one].of(0, games).value - self.ends[other].of(0, games).value)

    def settling(self, best: int, other: int, *, most: int) -> Asking[None]:
        """Play on with two while the loss may be on either side of a limit between two labels.

        Args:
            best: the plan that another is measured by.
            other: that other one, which may be the same.
            most: games, in all.
        """
        arms = [other] if best == other else [other, best]
        while unsure(self.lead(best, other), self.study.turn_stake) and self.games(other) < most:
            yield from self.playing(min(2 * self.games(other), most), arms)
