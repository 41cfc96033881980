"""Fill the hours and the money of a turn greedily: what is worth most per hour comes first."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices
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
    runs, customers, _ = offer.worth.shape
    cost = rules.rows.hours[1 : 1 + rules.sizes.actions]
    price = rules.rows.money[1 : 1 + rules.sizes.actions]
    shape = (runs, customers, rules.sizes.slots)
    action, tone = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.intp)
    person, used = np.zeros(shape, dtype=np.intp), np.zeros((runs, customers), dtype=np.intp)
    density = np.where(seen.action_mask, offer.worth, 0.0) / np.maximum(cost, LEAST_HOURS)
    rows = np.arange(runs)
    for _ in range(rules.sizes.slots + 1):
        fits = (cost <= hours[:, None, None] + _EPSILON) & (
            price <= money[:, None, None] + _EPSILON
        )
        open_slot = (used < rules.sizes.slots)[..., None]
        now = np.where(fits & open_slot, density, 0.0)
        best = np.argmax(now, axis=-1)
        gain = np.take_along_axis(now, best[..., None], axis=-1)[..., 0]
        if not (gain > 0.0).any():
            break
        order = np.argsort(-gain, axis=-1, kind="stable")
        for rank in range(int((gain > 0.0).sum(axis=-1).max())):
            who = order[:, rank]
            what = best[rows, who]
            take = (gain[rows, who] > 0.0) & (cost[what] <= hours + _EPSILON)
            take &= price[what] <= money + _EPSILON
            hours = hours - take * cost[what]
            money = money - take * price[what]
            slot = np.minimum(used[rows, who], rules.sizes.slots - 1)
            action[rows, who, slot] = np.where(take, what + 1, action[rows, who, slot])
            tone[rows, who, slot] = np.where(
                take, offer.tone[rows, who, what], tone[rows, who, slot]
            )
            person[rows, who, slot] = np.where(
                take, offer.person[rows, who, what], person[rows, who, slot]
            )
            used[rows, who] = used[rows, who] + take
            density[rows, who, what] = np.where(take, 0.0, density[rows, who, what])
    return Plan(action=action, tone=tone, person=person, hours=hours, money=money)
