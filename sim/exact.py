"""Elementary functions whose results are the same bits on every machine.

The exp, log and power of numpy and of the C library differ in the last bit between processors,
numpy versions and operating systems, and sums and matrix products change with the size of a batch.
The functions here use only operations that IEEE 754 defines exactly (+ - * / and sqrt, comparisons,
splitting off and putting on powers of two), one rounding each, in an order that does not depend on
the shape, layout or values around an element. So one run alone equals that run inside any batch.

Every function takes anything numpy can convert, changes none of its arguments, and returns a new
float64 array of the (broadcast) shape. Constants are arrays without axes, because numpy converts a
Python float anew at every call, which costs as much as the operation on a short row.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.arrays import Array

_Bits = NDArray[np.uint64]


def _constants(*values: float) -> tuple[Array, ...]:
    return tuple(np.array(value, dtype=np.float64) for value in values)


def _quotients(*values: tuple[float, float]) -> tuple[Array, ...]:
    return tuple(np.array(value, dtype=np.float64).reshape(2, 1) for value in values)


def _bits(value: int) -> _Bits:
    return np.array(value, dtype=np.uint64)


_ZERO, _HALF, _ONE, _TWO = _constants(0.0, 0.5, 1.0, 2.0)

# ln 2 in two parts: the high one has 21 trailing zero bits, so its multiples up to 2**20 are exact.
_LN2_HIGH, _LN2_LOW = _constants(6.93147180369123816490e-01, 1.90821492927058770002e-10)
_LOG2_E = np.array(1.44269504088896338700)

# Between these arguments e**x and e**-x are normal numbers: no infinities, no subnormal rounding.
_LOWEST, _HIGHEST = _constants(-708.0, 708.0)
_SMALLEST, _LARGEST = _constants(np.finfo(np.float64).tiny, np.finfo(np.float64).max)

_GRID = np.array(12.0)

# Added to a small number, this rounds it to a whole k and leaves k + 1023, the exponent field of
# 2**k, in the lowest bits of the sum: 1.5 * 2**52 makes the last place worth one.
_SHIFT = np.array(1.5 * 2.0**52 + 1023.0)
_SIGNIFICAND_BITS = _bits(52)

# The logarithm splits x into 2**k times a number from sqrt(1/2) to sqrt(2): moving the boundary
# between exponents to sqrt(1/2) (the upper half of its bits) lets integer steps do that.
_SIGNIFICAND = _bits((1 << 52) - 1)
_BOUNDARY = _bits(0x3FE6A09E << 32)
_TO_BOUNDARY = _bits((0x3FF << 52) - (0x3FE6A09E << 32))
_UNIT_PLACE = _bits((52 + 1023) << 52)  # the bits of 2**52, whose last place is worth one
_UNIT_PLACE_BIAS = np.array(2.0**52 + 1023.0)

# Coefficients of fdlibm (Sun Microsystems 1993): e_exp.c P5..P1 and e_log.c Lg7..Lg1.
_EXP_TERMS = _constants(
    4.13813679705723846039e-08,
    -1.65339022054652515390e-06,
    6.61375632143793436117e-05,
    -2.77777777770155933842e-03,
    1.66666666666666019037e-01,
)
_LOG_TERMS = _constants(
    1.479819860511658591e-01,
    1.531383769920937332e-01,
    1.818357216161805012e-01,
    2.222219843214978396e-01,
    2.857142874366239149e-01,
    3.999999999940941908e-01,
    6.666666666666735130e-01,
)

# Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37(3), 477-484: one polynomial over
# another, in 0.425**2 - (u - 0.5)**2 for the centre and in sqrt(-log(tail)) for the tails. Each row
# has the two coefficients of one power.
_CENTRE = _quotients(
    (2.5090809287301226727e3, 5.2264952788528545610e3),
    (3.3430575583588128105e4, 2.8729085735721942674e4),
    (6.7265770927008700853e4, 3.9307895800092710610e4),
    (4.5921953931549871457e4, 2.1213794301586595867e4),
    (1.3731693765509461125e4, 5.3941960214247511077e3),
    (1.9715909503065514427e3, 6.8718700749205790830e2),
    (1.3314166789178437745e2, 4.2313330701600911252e1),
    (3.3871328727963666080e0, 1.0),
)
_TAIL = _quotients(
    (7.74545014278341407640e-4, 1.05075007164441684324e-9),
    (2.27238449892691845833e-2, 5.47593808499534494600e-4),
    (2.41780725177450611770e-1, 1.51986665636164571966e-2),
    (1.27045825245236838258e0, 1.48103976427480074590e-1),
    (3.64784832476320460504e0, 6.89767334985100004550e-1),
    (5.76949722146069140550e0, 1.67638483018380384940e0),
    (4.63033784615654529590e0, 2.05319162663775882187e0),
    (1.42343711074968357734e0, 1.0),
)
_FAR = _quotients(
    (2.01033439929228813265e-7, 2.04426310338993978564e-15),
    (2.71155556874348757815e-5, 1.42151175831644588870e-7),
    (1.24266094738807843860e-3, 1.84631831751005468180e-5),
    (2.65321895265761230930e-2, 7.86869131145613259100e-4),
    (2.96560571828504891230e-1, 1.48753612908506148525e-2),
    (1.78482653991729133580e0, 1.36929880922735805310e-1),
    (5.46378491116411436990e0, 5.99832206555887937690e-1),
    (6.65790464350110377720e0, 1.0),
)
_CENTRE_HALF_WIDTH, _CENTRE_OFFSET = _constants(0.425, 0.180625)
_TAIL_OFFSET, _FAR_OFFSET = _constants(1.6, 5.0)
_SMALLEST_SHARE, _LARGEST_SHARE = _constants(2.0**-54, 1.0 - 2.0**-53)

# Below this number of sums, one numpy call for all of them is faster than one call per summand.
_FEW_SUMS = 128


def exp(x: ArrayLike) -> Array:
    """The exponential function, with an error below one unit in the last place.

    Args:
        x: any shape; not a number gives not a number.

    Returns:
        e**x; 0 below -708 and infinity above 708, where results leave the normal numbers.
    """
    x = np.asarray(x, dtype=np.float64)
    inside = np.minimum(np.maximum(x, _LOWEST), _HIGHEST)
    result = _exp_inside(inside)
    beyond = inside != x
    if beyond.any():
        limit = np.where(x < _ZERO, _ZERO, np.where(x > _ZERO, np.inf, x))
        result = np.where(beyond, limit, result)
    return result


def log(x: ArrayLike) -> Array:
    """The natural logarithm, with an error below one unit in the last place.

    Args:
        x: any shape, not negative.

    Returns:
        ln x; minus infinity below 2.2e-308 (0 and subnormal numbers), infinity for infinity, not a
        number for negative x.
    """
    x = np.asarray(x, dtype=np.float64)
    inside = np.minimum(np.maximum(x, _SMALLEST), _LARGEST)
    result = _log_inside(inside)
    beyond = inside != x
    if beyond.any():
        limit = np.where(x > _LARGEST, x, np.where(x >= _ZERO, -np.inf, np.nan))
        result = np.where(beyond, limit, result)
    return result


def power(base: ArrayLike, exponent: ArrayLike) -> Array:
    """A positive power of a number that is not negative, within a few units in the last place.

    Args:
        base: any shape, finite; whatever is not above 0 gives 0.
        exponent: a shape that broadcasts with `base`, above 0, such as 0.88.

    Returns:
        base**exponent in the broadcast shape, between 0 and e**708.
    """
    base = np.asarray(base, dtype=np.float64)
    exponent = np.asarray(exponent, dtype=np.float64)
    shape = np.broadcast_shapes(base.shape, exponent.shape)
    result = np.zeros(shape)
    if exponent.ndim:
        base, exponent = np.broadcast_to(base, shape), np.broadcast_to(exponent, shape)
    where = np.flatnonzero(base > _ZERO)  # often few, or none: what is beyond a limit, or paid
    if not where.size:
        return result
    scaled = _log_inside(np.maximum(base.reshape(-1)[where], _SMALLEST))
    scaled *= exponent.reshape(-1)[where] if exponent.ndim else exponent
    np.maximum(scaled, _LOWEST, out=scaled)
    np.minimum(scaled, _HIGHEST, out=scaled)
    result.reshape(-1)[where] = _exp_inside(scaled)
    return result


def int_power(x: ArrayLike, n: int) -> Array:
    """A whole power by repeated squaring, each product rounded once.

    Args:
        x: any shape and sign.
        n: 0 or more; the power 0 is 1 everywhere.

    Returns:
        x**n in the shape of `x`.

    Raises:
        ValueError: `n` is negative.
    """
    if n < 0:
        raise ValueError(f"n: {n!r} is below 0")
    square = np.array(x, dtype=np.float64)
    result = np.ones(square.shape)
    while n:
        if n & 1:
            result *= square
        n >>= 1
        if n:
            square *= square
    return result


def logistic(x: ArrayLike) -> Array:
    """The logistic function 1 / (1 + e**-x), which never decreases from one double to the next.

    An exponential with an error of one unit in the last place may step back by that unit where
    neighbouring arguments give nearly equal results. So the argument is first rounded to steps
    in which the true result moves by more than the error: 2**-49 around 0, finer than its own
    last place below -8. Adding and taking away 12 does that, and costs a relative 1e-15.

    Args:
        x: any shape, points of log odds.

    Returns:
        Probability, 0..1; rounds to 1 from about 37 on and stays above 0 (e**-708) below.
    """
    x = np.asarray(x, dtype=np.float64)
    negated = np.maximum(x, _LOWEST, out=np.empty(x.shape))
    np.minimum(negated, _HIGHEST, out=negated)
    negated += _GRID
    np.subtract(_GRID, negated, out=negated)
    odds_against = _exp_inside(negated)
    odds_against += _ONE
    np.divide(_ONE, odds_against, out=odds_against)
    return odds_against


def logit(p: ArrayLike) -> Array:
    """The log odds ln(p / (1 - p)), inverse of `logistic`.

    Args:
        p: any shape, probability 0..1.

    Returns:
        Log odds; minus infinity for 0, infinity for 1, not a number outside of 0..1.
    """
    p = np.asarray(p, dtype=np.float64)
    rest = _ONE - p
    odds = np.full(p.shape, np.inf)
    np.divide(p, rest, out=odds, where=rest != _ZERO)
    return log(odds)


def normal_quantile(u: ArrayLike) -> Array:
    """The inverse of the standard normal distribution function (Wichura's AS 241).

    Args:
        u: any shape, 0..1; 0 counts as 2**-54 and 1 as 1 - 2**-53, so every draw is usable.

    Returns:
        The value z with Phi(z) = u, relative error about 1e-15, between -8.3 and 8.3.
    """
    u = np.asarray(u, dtype=np.float64)
    share = np.maximum(u, _SMALLEST_SHARE, out=np.empty(u.shape))
    np.minimum(share, _LARGEST_SHARE, out=share)
    centred = np.subtract(share, _HALF, out=np.empty(u.shape))
    radius = np.subtract(_CENTRE_OFFSET, centred * centred, out=np.empty(u.shape))
    result = _quotient(radius, _CENTRE)
    result *= centred
    outside = np.abs(centred) > _CENTRE_HALF_WIDTH
    if outside.any():
        below = share[outside]
        distance = _tail_quantile(np.minimum(below, _ONE - below))
        result[outside] = np.where(below < _HALF, -distance, distance)
    return result


def fixed_sum(x: ArrayLike, axis: int = -1) -> Array:
    """The sum over one axis, taken from the first element to the last.

    Args:
        x: any shape with at least one axis.
        axis: the axis to sum over; 0 elements add up to 0.

    Returns:
        A new array without that axis, the same bits whatever the other axes are.
    """
    x = np.asarray(x, dtype=np.float64)
    count = x.shape[axis]
    if x.size < _FEW_SUMS * count:
        return np.array(np.add.accumulate(x, axis=axis).take(-1, axis=axis), dtype=np.float64)
    parts = np.moveaxis(x, axis, 0)
    total: Array = parts[0].copy() if count else np.zeros(parts.shape[1:])
    for part in parts[1:]:
        total += part
    return total


def _exp_inside(x: Array) -> Array:
    """e**x for |x| <= 708: x = k ln 2 + r, e**r by fdlibm's quotient in r, times 2**k.

    With r = high - low and c = r - r**2 P(r**2), e**r = 1 - ((low - r c / (2 - c)) - high).
    """
    shifted = np.multiply(x, _LOG2_E, out=np.empty(x.shape))
    shifted += _SHIFT
    high = np.subtract(shifted, _SHIFT, out=np.empty(x.shape))
    bits = shifted.view(np.uint64)
    bits <<= _SIGNIFICAND_BITS
    low = np.multiply(high, _LN2_LOW, out=np.empty(x.shape))
    high *= _LN2_HIGH
    np.subtract(x, high, out=high)
    r = np.subtract(high, low, out=np.empty(x.shape))
    square = np.multiply(r, r, out=np.empty(x.shape))
    c = _polynomial(square, _EXP_TERMS)
    c *= square
    np.subtract(r, c, out=c)
    r *= c
    np.subtract(_TWO, c, out=c)
    r /= c
    low -= r
    low -= high
    result: Array = np.subtract(_ONE, low, out=low)
    result *= shifted  # by now 2**k
    return result


def _log_inside(x: Array) -> Array:
    """Ln x for a normal number x > 0: x = 2**k (1 + f), ln(1 + f) by fdlibm's series.

    With s = f / (2 + f) and R the series in s**2, ln x = k ln2_high
    - ((f**2 / 2 - (s (f**2 / 2 + R) + k ln2_low)) - f).
    """
    bits = np.add(x.view(np.uint64), _TO_BOUNDARY, out=np.empty(x.shape, dtype=np.uint64))
    whole = np.right_shift(bits, _SIGNIFICAND_BITS, out=np.empty(x.shape, dtype=np.uint64))
    whole |= _UNIT_PLACE
    k = whole.view(np.float64)
    k -= _UNIT_PLACE_BIAS
    bits &= _SIGNIFICAND
    bits += _BOUNDARY
    f = bits.view(np.float64)
    f -= _ONE
    s = np.add(f, _TWO, out=np.empty(x.shape))
    np.divide(f, s, out=s)
    square = np.multiply(s, s, out=np.empty(x.shape))
    series = _polynomial(square, _LOG_TERMS)
    series *= square
    half = np.multiply(f, _HALF, out=square)
    half *= f
    series += half
    series *= s
    series += np.multiply(k, _LN2_LOW, out=s)
    half -= series
    half -= f
    k *= _LN2_HIGH
    k -= half
    return k


def _tail_quantile(share: Array) -> Array:
    """The distance from 0 beyond which `share` of the normal distribution lies, share < 0.075."""
    distance = np.sqrt(-_log_inside(share))
    result = _quotient(distance - _TAIL_OFFSET, _TAIL)
    far = distance > _FAR_OFFSET
    if far.any():
        result[far] = _quotient(distance[far] - _FAR_OFFSET, _FAR)
    return result


def _quotient(x: Array, coefficients: Sequence[Array]) -> Array:
    """One polynomial over another, worked out side by side: half as many calls."""
    above, below = _polynomial(x.reshape(-1), coefficients)
    above /= below
    result: Array = above.reshape(x.shape)
    return result


def _polynomial(x: Array, coefficients: Sequence[Array]) -> Array:
    """Horner's scheme; the coefficient of the highest power comes first."""
    result: Array = np.asarray(x * coefficients[0])
    for coefficient in coefficients[1:-1]:
        result += coefficient
        result *= x
    result += coefficients[-1]
    return result
