"""Axes with round numbers."""

import math
from collections.abc import Callable, Iterable, Iterator

from sim.view.review_model import Axis, Tick
from sim.view.words import MINUS, percent

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


def axis(name: str, values: Iterable[float], *, least: int = 3, narrowest: float = 0.1) -> Axis:
    """An axis that holds some values, from one round number to another.

    Args:
        name: what it shows, with the unit.
        values: to be held.
        least: intervals between its marks at least.
        narrowest: how far it reaches at least.
    """
    known = list(values)
    low, high = min(known), max(known)
    if high - low < narrowest:
        middle = (low + high) / 2.0
        low, high = middle - narrowest / 2.0, middle + narrowest / 2.0
    step = _step((high - low) / least)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    quarters = 0.24 < step < 0.26
    decimals = 0 if step >= 1.0 and step != 2.5 else 2 if step < 0.1 or quarters else 1
    ticks = tuple(
        Tick(place * step, plain(place * step, decimals)) for place in range(first, last + 1)
    )
    return Axis(name, first * step, last * step, ticks)


def around_zero(name: str, values: Iterable[float]) -> Axis:
    """An axis that reaches as far up as down."""
    reach = max((abs(value) for value in values), default=0.0)
    found = axis(name, (-max(reach, 0.5), max(reach, 0.5)), least=4)
    high = max(found.high, -found.low)
    return Axis(name, -high, high, found.ticks)


def shares(name: str) -> Axis:
    """An axis from 0 to 1 in per cent."""
    return Axis(
        name, 0.0, 1.0, tuple(Tick(place / 4.0, percent(place / 4.0)) for place in range(5))
    )


def scale(name: str, low: float, high: float, step: float) -> Axis:
    """An axis with a mark at every step, whole numbers; it may run backwards."""
    count = round(abs(high - low) / step)
    sign = 1.0 if high >= low else -1.0
    marks = (low + sign * place * step for place in range(count + 1))
    return Axis(name, low, high, tuple(Tick(mark, plain(mark, 0)) for mark in marks))


def turns(name: str, last: int, of: Callable[[int], str], *, end: str = "") -> Axis:
    """An axis of turns, from 1; with `end` there is a mark for the end of the last one."""
    ticks = [Tick(float(turn), of(turn)) for turn in _thinned(last)]
    if end:
        ticks.append(Tick(float(last + 1), end))
    return Axis(name, 1.0, float(last + 1), tuple(ticks))


def _thinned(last: int) -> Iterator[int]:
    """Not more than about fourteen turns, evenly."""
    yield from range(1, last + 1, 1 + (last - 1) // 14)


def _step(least: float) -> float:
    """The largest round number not above, 1, 2, 2.5 or 5 times a power of ten."""
    power = 1.0
    while power > least:
        power /= 10.0
    while power * 10.0 <= least:
        power *= 10.0
    return max(power * each for each in _ROUND if power * each <= least)


def plain(value: float, decimals: int) -> str:
    """A number of an axis."""
    rounded = round(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    return f"{MINUS}{text}" if rounded < 0 else text
