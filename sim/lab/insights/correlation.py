"""How closely two things go together over games, with the doubt that few games leave."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Mask
from sim.exact import exp, fixed_sum, log

_NORMAL_95 = 1.6448536269514722
_LEAST = 5  # games from which there is an interval
_LIMIT = 0.999999


@dataclass(frozen=True)
class Correlation:
    """A product-moment correlation; point-biserial where one side is a yes or no.

    Attributes:
        r: -1..1.
        low: end of the 90 % interval (Fisher 1921).
        high: likewise.
        games: how many.
    """

    r: float
    low: float
    high: float
    games: int


def correlation(one: Array, other: Array, known: Mask) -> Correlation | None:
    """How closely two measures of games go together, over those in which both are known.

    Args:
        one: [G].
        other: [G].
        known: [G].

    Returns:
        None with fewer than five games, or where one of them is the same in all.
    """
    x, y = one[known], other[known]
    size = int(x.size)
    if size < _LEAST:
        return None
    x, y = x - float(fixed_sum(x)) / size, y - float(fixed_sum(y)) / size
    across = float(fixed_sum(x * x)) * float(fixed_sum(y * y))
    if across <= 1e-18:
        return None
    r = float(fixed_sum(x * y)) / float(np.sqrt(across))
    r = min(max(r, -1.0), 1.0)
    half = _NORMAL_95 / float(np.sqrt(size - 3))
    inside = min(max(r, -_LIMIT), _LIMIT)
    middle = 0.5 * float(log((1.0 + inside) / (1.0 - inside)))
    return Correlation(r, _tanh(middle - half), _tanh(middle + half), size)


def _tanh(x: float) -> float:
    twice = float(exp(2.0 * x))
    return (twice - 1.0) / (twice + 1.0)
