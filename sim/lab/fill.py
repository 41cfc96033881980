"""Fill the hours and the money of a turn greedily: what is worth most per hour comes first."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import Observation
from sim.engine.rules import Rules

LEAST_HOURS = 0.1  # free deeds are taken as this long, so that worth per hour stays finite
_EPSILON = 1e-9


@dataclass(frozen=True)
class Plan:
    """Deeds for customers, as in `Choices`, and what is left of the budget."""

    action: Indices  # [R, C, slots]
    tone: Indices
    person: Indices
    hours: Array  # [R] left
    money: Array  # [R] left


@dataclass(frozen=True)
class Offer:
    """What each action would be worth, and how it would be done."""

    worth: Array  # [R, C, A] score points; <= 0 is not done
    tone: Indices  # [R, C, A]
    person: Indices  # [R, C, A]


def fill(rules: Rules, seen: Observation, offer: Offer, *, hours: Array, money: Array) -> Plan:
    """Take deeds in order of worth per hour until hours, money or slots run out.

    Each round lets every customer's best remaining action compete; a last round fills small gaps.

    Args:
        rules: costs and slots.
        seen: what is allowed.
        offer: worth of every action.
        hours: to spend [R].
        money: to spend [R].
    """
    slots, actions = rules.sizes.slots, slice(1, 1 + rules.sizes.actions)
    cost, price = rules.rows.hours[actions], rules.rows.money[actions]
    shape = (*offer.worth.shape[:2], slots)
    action, tone = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.intp)
    person, used = np.zeros(shape, dtype=np.intp), np.zeros(shape[:2], dtype=np.intp)
    density = np.where(seen.action_mask, offer.worth, 0.0) / np.maximum(cost, LEAST_HOURS)
    hours, money = hours.copy(), money.copy()
    for _ in range(slots + 1):
        fits = (cost <= hours[:, None] + _EPSILON) & (price <= money[:, None] + _EPSILON)
        runs = np.flatnonzero(fits.any(axis=-1))  # after the first round few have time left
        now = density if runs.shape[0] == shape[0] else density[runs]
        if not fits[runs].all():
            now = np.where(fits[runs, None], now, 0.0)
        best, gain = largest(now)
        if not (gain > 0.0).any():
            break
        order = np.argsort(-gain, axis=-1, kind="stable")
        flat = np.arange(0, order.size, order.shape[1])[:, None] + order
        wanted, ranked = gain.take(flat) > 0.0, best.take(flat)
        taken, hours[runs], money[runs] = _afford(
            wanted, cost.take(ranked), price.take(ranked), hours=hours[runs], money=money[runs]
        )
        entry, rank = np.nonzero(taken)
        run, who, what = runs[entry], order[entry, rank], ranked[entry, rank]
        place = run, who, used[run, who]
        action[place] = what + 1
        tone[place] = offer.tone[run, who, what]
        person[place] = offer.person[run, who, what]
        used[run, who] += 1
        density[run, who, what] = 0.0
        full = used[run, who] == slots
        density[run[full], who[full]] = 0.0
    return Plan(action=action, tone=tone, person=person, hours=hours, money=money)


def largest(values: Array) -> tuple[Indices, Array]:
    """Place and size of the largest value over the last, short axis; at least 0."""
    place = np.argmax(values, axis=-1)
    first = np.arange(place.size).reshape(place.shape) * values.shape[-1]
    return place, np.maximum(values.reshape(-1).take(first + place), 0.0)


def _afford(
    wanted: Mask, cost: Array, price: Array, *, hours: Array, money: Array
) -> tuple[Mask, Array, Array]:
    """Buy from the first column to the last as long as hours and money last.

    Args:
        wanted: whether each is wanted at all [R, C].
        cost: of each in hours [R, C].
        price: of each in money [R, C].
        hours: to spend [R].
        money: to spend [R].

    Returns:
        What is bought [R, C], and the hours and money left.
    """
    most = int(np.count_nonzero(wanted, axis=-1).max())
    wanted = np.ascontiguousarray(wanted[:, :most].T)
    cost, price = (np.ascontiguousarray(each[:, :most].T) for each in (cost, price))
    taken = np.zeros(wanted.shape, dtype=np.bool_)
    for rank in range(most):
        take = wanted[rank] & (cost[rank] <= hours + _EPSILON)
        take &= price[rank] <= money + _EPSILON
        hours = hours - take * cost[rank]
        money = money - take * price[rank]
        taken[rank] = take
    return taken.T, hours, money
