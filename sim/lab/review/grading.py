"""From estimates to words: shares of a turn's stake, labels with the benefit of the doubt, weights.

Thresholds and half-life are those of the review's specification: losses add up as the score does,
so they are graded on a straight scale of per cent of an average turn's stake.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.arrays import Array
from sim.exact import exp, fixed_sum
from sim.lab.review.model import Estimate, Label

# Upper limits of the share of an average turn's stake that a decision may lose, per cent.
LIMITS: Final[tuple[tuple[Label, float], ...]] = (
    ("best", 5.0),
    ("good", 15.0),
    ("inaccuracy", 35.0),
    ("mistake", 70.0),
    ("blunder", float("inf")),
)
BEATS: Final = 15.0  # per cent by which a plan must surely beat the expert's for the star
ROUTINE: Final = 5.0  # per cent between the best plan and the worst tenth: nothing to decide
SOLVED: Final = 15.0  # per cent that a second try may still lose
_NAMES: Final = tuple(name for name, _ in LIMITS)
_ONE_SIDED: Final = 1.645  # 95 of 100 below; both sides, 90 of 100 within
_WITHIN: Final = 1.282  # standard errors that hold 80 of 100
_HALVING: Final = 50.0  # per cent that halve the accuracy
_LN2: Final = 0.6931471805599453
_LIGHTEST, _HEAVIEST = 0.25, 2.0
_LEAST_GAMES = 32  # that tell what chance explains
_SAME = 1e-9  # share of a column that others do not hold, below which it says nothing new
_FAR = 16.0  # its mean against nought, in squares of its standard error, from which it is odd


@dataclass(frozen=True)
class Spread:
    """A mean and its standard error."""

    mean: float
    error: float
    games: int

    def estimate(self, *, least: float | None = None) -> Estimate:
        """With the range that holds it in 90 of 100 cases, cut off below `least`."""
        far = _ONE_SIDED * self.error
        numbers = (self.mean, self.mean - far, self.mean + far)
        if least is not None:
            value, low, high = (max(number, least) for number in numbers)
            return Estimate(value=value, low=low, high=high, games=self.games)
        value, low, high = numbers
        return Estimate(value=value, low=low, high=high, games=self.games)


def spread(values: Array) -> Spread:
    """Mean of games and its standard error; one game alone has none."""
    games = int(values.shape[0])
    mean = float(fixed_sum(values)) / games
    if games == 1:
        return Spread(mean, 0.0, 1)
    off = values - mean
    variance = float(fixed_sum(off * off)) / (games - 1)
    return Spread(mean, float(np.sqrt(variance / games)), games)


def adjusted(values: Array, chance: Array) -> Spread:
    """Mean of games, less what is explained by chance whose mean is known to be nought.

    Each column is weighed as it explains the games themselves (least squares, a control variate by
    regression; Lavenberg & Welch 1981). The weights' own error bends the mean by a share of the
    order of 1 / games only.

    Args:
        values: of games, [R].
        chance: what chance brought in them by kind, score points, [R, K]; the mean of each is 0.
    """
    plain, games, kinds = spread(values), *chance.shape
    if games < _LEAST_GAMES:
        return plain
    rest, mean = values - plain.mean, plain.mean
    found: list[tuple[Array, float, float]] = []  # columns at right angles, their means and squares
    for kind in range(kinds):
        column, centre = chance[:, kind], float(fixed_sum(chance[:, kind])) / games
        column = column - centre
        whole = float(fixed_sum(column * column))
        for other, its_centre, square in found:
            share = float(fixed_sum(column * other)) / square
            column, centre = column - share * other, centre - share * its_centre
        square = float(fixed_sum(column * column))
        if square <= _SAME * whole or centre * centre * games * games > _FAR * square:
            continue  # of what has not happened in any of the games they cannot tell the weight
        found.append((column, centre, square))
        share = float(fixed_sum(rest * column)) / square
        rest, mean = rest - share * column, mean - share * centre
    variance = float(fixed_sum(rest * rest)) / (games - 1 - len(found))
    return Spread(mean, float(np.sqrt(variance / games)), games)


def label_of(share: float) -> Label:
    """The label of a share of a turn's stake that was lost, per cent."""
    return next(name for name, limit in LIMITS if share <= limit)


def graded(loss: Spread, turn_stake: float) -> tuple[Label, Label | None]:
    """The label with the benefit of the doubt, and the neighbour that the range also allows.

    A label is that of the lower end of the range, one class milder at most than the mean's.

    Args:
        loss: of the decision, paired with the best plan, score points.
        turn_stake: of an average turn, score points.
    """
    share = 100.0 * loss.mean / turn_stake
    doubt = 100.0 * _ONE_SIDED * loss.error / turn_stake
    point = _NAMES.index(label_of(max(share, 0.0)))
    kind = max(_NAMES.index(label_of(max(share - doubt, 0.0))), point - 1)
    harsh = min(_NAMES.index(label_of(max(share + doubt, 0.0))), kind + 1)
    return _NAMES[kind], _NAMES[harsh] if harsh > kind else None


def unsure(loss: Spread, turn_stake: float, *, most: int) -> bool:
    """Whether more games may well bring another label than the one they would confirm.

    With the benefit of the doubt a label changes above its limit, by what will still be doubted
    then: the range that counts lies about that place.

    Args:
        loss: of the decision, score points.
        turn_stake: of an average turn, score points.
        most: games that can be had in all.
    """
    share, error = 100.0 * loss.mean / turn_stake, 100.0 * loss.error / turn_stake
    allowed = _ONE_SIDED * error * min(loss.games / most, 1.0) ** 0.5
    return any(abs(share - allowed - limit) < _WITHIN * error for _, limit in LIMITS)


def doubtful(found: Spread, turn_stake: float, limit: float) -> bool:
    """Whether a limit, per cent of a turn's stake, lies within the range of what was found."""
    share, doubt = 100.0 * found.mean / turn_stake, 100.0 * _ONE_SIDED * found.error / turn_stake
    return share - doubt <= limit < share + doubt


def accuracy(share: float) -> float:
    """100 for nothing lost, half for each 50 per cent of a turn's stake."""
    return 100.0 * float(exp(-_LN2 * share / _HALVING))


def weight(gap: float, turn_stake: float) -> float:
    """What a turn counts: the best plan's lead over doing nothing, in average stakes."""
    return min(max(gap / turn_stake, _LIGHTEST), _HEAVIEST)


def below(value: float) -> float:
    """Share of a normal population below a value in standard deviations, 0..1."""
    # Abramowitz & Stegun 26.2.17, error below 1e-7
    t = 1.0 / (1.0 + 0.2316419 * abs(value))
    series = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )
    tail = 0.3989422804014327 * float(exp(-0.5 * value * value)) * series
    return 1.0 - tail if value >= 0.0 else tail
