"""The strong policy: the worth of every deed on belief means, then a greedy fill (design 12.5)."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.exact import fixed_sum
from sim.lab.answers import answers
from sim.lab.fill import LEAST_HOURS, Offer, largest
from sim.lab.lanes import Lanes
from sim.lab.order import alone
from sim.lab.suiting import best_tone, motive_match, multiplier
from sim.lab.valuation import Prices, price
from sim.lab.worth import worth

_Kind = TypeVar("_Kind", bound=np.generic)

_BUSY = 0.7  # share of the best deeds' worth per hour that an hour is taken to be worth


def offer(rules: Rules, seen: Observation, prices: Prices) -> Offer:
    """The worth of every action for every customer, in the best tone and to the best person."""
    rows = np.arange(1, 1 + rules.sizes.actions)[:, None, None, None]
    style, tone = best_tone(rules, seen, rows)
    allowed = np.moveaxis(seen.action_mask, -1, 0)[..., None]
    order = alone(rules, seen, rows, among=allowed)
    motive = motive_match(rules, seen, rows)
    m = multiplier(rules, seen, rows, style=style, motive=motive, order=order)
    lanes = Lanes(rules, seen, prices, rows=rows, every_m=m, every_component=order.component)
    return _to_the_best(rules, worth(lanes, order), tone)


def _to_the_best(rules: Rules, points: Array, tone: Indices) -> Offer:
    """Each deed done for the person of an account for whom it is worth most, both [N, R, C, M]."""
    best, manner = points[..., 0], tone[..., 0]
    person = np.zeros(best.shape, dtype=np.intp)
    for other in range(1, points.shape[-1]):
        better = rules.present[:, other] & (points[..., other] > best)
        person = np.where(better, other, person)
        best = np.where(better, points[..., other], best)
        manner = np.where(better, tone[..., other], manner)
    return Offer(worth=_last(best), tone=_last(manner), person=_last(person))


def _last(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """The axis of rows behind that of customers, in whose order deeds are chosen."""
    return np.ascontiguousarray(np.moveaxis(values, 0, -1))


def hour_price(rules: Rules, seen: Observation, offered: Offer) -> Array:
    """What an hour is worth elsewhere, score points [R]: a share of the mean of the best deeds."""
    hours = np.maximum(rules.rows.hours[1 : 1 + rules.sizes.actions], LEAST_HOURS)
    _, best = largest(np.where(seen.action_mask, offered.worth, 0.0) / hours)
    number = np.count_nonzero(best > 0.0, axis=-1)
    return _BUSY * fixed_sum(best) / np.maximum(number, 1.0)


def plan(rules: Rules, seen: Observation) -> tuple[Prices, Offer, Indices]:
    """Everything the expert weighs in a turn: prices, the worth of actions, and its answers."""
    prices = price(rules, seen)
    offered = offer(rules, seen, prices)
    return prices, offered, answers(rules, seen, prices, hour_price(rules, seen, offered))
