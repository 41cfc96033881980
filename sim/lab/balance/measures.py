"""What many differences and scores come to: means with their intervals, and the share of luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.exact import fixed_sum

_NORMAL_95 = 1.6448536269514722  # the quantile on either side of a 90 % interval
LEAST_GAMES = 4  # from which an interval is given


@dataclass(frozen=True)
class Estimate:
    """A mean over decisions, with its 90 % interval.

    Attributes:
        mean: score points.
        low: end of the interval; minus infinity with fewer than `LEAST_GAMES` games.
        high: likewise.
        decisions: how many there were.
        games: in how many games.
    """

    mean: float
    low: float
    high: float
    decisions: int
    games: int

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0.0 or self.high < 0.0


def estimate(run: Indices, points: Array) -> Estimate | None:
    """The mean of differences; decisions of one game count as one observation of several parts.

    Args:
        run: game of each, [n].
        points: the differences, [n].

    Returns:
        None where there are none. The interval is that of a ratio of sums over independent games
        (Cochran 1977, Sampling techniques, 6.5), with the quantile of Student's t.
    """
    if not run.size:
        return None
    games, place = np.unique(run, return_inverse=True)
    count = np.bincount(place)
    total = np.bincount(place, points)  # in the order in which they stand
    size = int(run.size)
    mean = float(fixed_sum(total)) / size
    if games.size < LEAST_GAMES:
        return Estimate(mean, -np.inf, np.inf, size, int(games.size))
    off = total - mean * count
    spread = float(fixed_sum(off * off)) * games.size / (games.size - 1)
    half = student_95(int(games.size) - 1) * float(np.sqrt(spread)) / size
    return Estimate(mean, mean - half, mean + half, size, int(games.size))


def student_95(freedom: int) -> float:
    """The 95 % quantile of Student's t, by Fisher's expansion; off by 1 % at 3, less beyond."""
    z, n = _NORMAL_95, float(freedom)
    square = z * z
    first = z * (square + 1.0) / 4.0
    second = z * (5.0 * square * square + 16.0 * square + 3.0) / 96.0
    third = z * (3.0 * square * square * square + 19.0 * square * square + 17.0 * square - 15.0)
    return z + first / n + second / (n * n) + third / 384.0 / (n * n * n)


@dataclass(frozen=True)
class Luck:
    """Where the differences between results come from, when every bot with a name plays as often.

    Attributes:
        share: of the variance of results that remains between games of the same bot, 0..1.
        chance: standard deviation of results of the same bot, score points.
        skill: standard deviation of what the bots would reach on average, score points.
    """

    share: float
    chance: float
    skill: float


def luck(scores: Sequence[Array]) -> Luck:
    """The components of variance of a one-way layout (Searle, Casella & McCulloch 1992, 3.3).

    Args:
        scores: of each bot, all of the same length, 2 or more.
    """
    games, bots = scores[0].size, len(scores)
    means = np.array([float(fixed_sum(each)) / games for each in scores])
    within = [
        float(fixed_sum((each - mean) * (each - mean)))
        for each, mean in zip(scores, means, strict=True)
    ]
    chance = float(fixed_sum(np.array(within))) / (bots * (games - 1))
    grand = float(fixed_sum(means)) / bots
    between = float(fixed_sum((means - grand) * (means - grand))) / (bots - 1)
    skill = max(between - chance / games, 0.0)
    whole = chance + skill
    return Luck(
        chance / whole if whole > 0.0 else 0.0, float(np.sqrt(chance)), float(np.sqrt(skill))
    )


@dataclass(frozen=True)
class Worth:
    """What one thing on offer is worth: final score with it less final score without it.

    Attributes:
        taken: where the expert takes it; None where he never does.
        elsewhere: where he does not; None where he always does.
        off: what insisting on it everywhere would cost against the expert, score points, a mean.
    """

    taken: Estimate | None
    elsewhere: Estimate | None
    off: float


def worth(run: Indices, taken: Mask, points: Array) -> Worth | None:
    """The worth of one thing on offer, None where nothing was tried.

    Args:
        run: game of each decision, [n].
        taken: whether the expert takes it, [n].
        points: the differences, [n].
    """
    if not run.size:
        return None
    yes, no = np.flatnonzero(taken), np.flatnonzero(~taken)
    return Worth(
        estimate(run[yes], points[yes]),
        estimate(run[no], points[no]),
        float(fixed_sum(points[no])) / run.size,
    )


@dataclass(frozen=True)
class Opportunity:
    """How often a concept of the course comes up in a game of one bot.

    Attributes:
        turns: in which a choice that teaches it can be made.
        taken: such choices made.
        met: encounters and events that speak of it.
        games: share of the games in which it comes up in any of these ways, 0..1.
    """

    turns: float
    taken: float
    met: float
    games: float


def opportunities(
    parts: Sequence[Mapping[str, Sequence[int]]], games: int
) -> dict[str, Opportunity]:
    """Counts of several parts as means over games, by concept."""
    return {
        name: Opportunity(*(sum(part[name][place] for part in parts) / games for place in range(4)))
        for name in parts[0]
    }
