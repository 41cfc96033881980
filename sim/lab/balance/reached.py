"""What one bot reaches in a scenario over many seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.exact import fixed_sum
from sim.lab.pars import Pars, grade

_NORMAL_95 = 1.96  # standard errors on either side of a mean


@dataclass(frozen=True)
class Reached:
    """What one bot reached.

    Attributes:
        name: of the bot.
        scores: at the end of each game, 0..100, [R].
        endings: id of the ending of each game, [R].
        par: of the scenario, which makes a grade of a score.
    """

    name: str
    scores: Array
    endings: tuple[str, ...]
    par: Pars

    @property
    def mean(self) -> float:
        """Mean score, 0..100."""
        return float(fixed_sum(self.scores)) / self.scores.size

    @property
    def interval(self) -> tuple[float, float]:
        """The normal 95 % interval of the mean score."""
        off = self.scores - self.mean
        spread = float(np.sqrt(fixed_sum(off * off) / max(self.scores.size - 1, 1)))
        half = _NORMAL_95 * spread / float(np.sqrt(self.scores.size))
        return self.mean - half, self.mean + half

    @property
    def grade(self) -> float:
        """The grade of the mean score, not cut off at 0 or 100."""
        room = self.par.expert - self.par.nothing
        return 100.0 * (self.mean - self.par.nothing) / room if room > 0.0 else 0.0

    @property
    def tenths(self) -> tuple[float, float]:
        """P10 and P90 of the grades that players would be given, 0..100."""
        grades = [grade(float(each), self.par) for each in self.scores]
        low, high = np.percentile(grades, [10, 90])
        return float(low), float(high)

    def share(self, end: str) -> float:
        """Share of the games that ended so, 0..1."""
        return self.endings.count(end) / len(self.endings)


def best(every: Sequence[Reached]) -> Reached:
    """The one with the highest mean score."""
    return max(every, key=lambda reached: reached.mean)
