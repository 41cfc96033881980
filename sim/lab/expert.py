"""The strong policy: the worth of every deed on belief means, then a greedy fill (design 12.5)."""

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.lab.answers import answers
from sim.lab.fill import Offer
from sim.lab.order import alone
from sim.lab.suiting import best_tone, multiplier
from sim.lab.valuation import Prices, price
from sim.lab.worth import worth

_BUSY = 0.7  # share of the best deeds' worth per hour that an hour is taken to be worth


def offer(rules: Rules, seen: Observation, prices: Prices) -> Offer:
    """The worth of every action for every customer, in the best tone and to the best person."""
    rows = np.arange(1, 1 + rules.sizes.actions)
    style, tone = best_tone(rules, seen, rows)
    order = alone(rules, seen, rows)
    motive = seen.motive_match[..., rows] if rules.uses_motives else np.zeros(style.shape)
    m = multiplier(rules, seen, rows, style=style, motive=motive, order=order)
    points = worth(rules, seen, prices, rows, m=m, order=order)
    points = np.where(rules.present[None, :, :, None], points, -np.inf)
    person = np.argmax(points, axis=2)
    best = np.take_along_axis(points, person[:, :, None], axis=2)[:, :, 0]
    manner = np.take_along_axis(tone, person[:, :, None], axis=2)[:, :, 0]
    return Offer(worth=best, tone=manner, person=person)


def hour_price(rules: Rules, seen: Observation, offered: Offer) -> Array:
    """What an hour is worth elsewhere, score points [R]: a share of the mean of the best deeds."""
    hours = np.maximum(rules.rows.hours[1 : 1 + rules.sizes.actions], 0.1)
    density = np.where(seen.action_mask, np.maximum(offered.worth, 0.0), 0.0) / hours
    best = np.max(density, axis=-1, initial=0.0)
    total, number = np.zeros(seen.money.shape), np.zeros(seen.money.shape)
    for customer in range(rules.sizes.customers):
        total = total + best[:, customer]
        number = number + (best[:, customer] > 0.0)
    return _BUSY * total / np.maximum(number, 1.0)


def plan(rules: Rules, seen: Observation) -> tuple[Prices, Offer, Indices]:
    """Everything the expert weighs in a turn: prices, the worth of actions, and its answers."""
    prices = price(rules, seen)
    offered = offer(rules, seen, prices)
    return prices, offered, answers(rules, seen, prices, hour_price(rules, seen, offered))
