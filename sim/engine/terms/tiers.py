"""Tiers of customers by what they bring, and the service that suits each (D3)."""

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.parameters import Parameters
from sim.engine.rules import Rules

VIP, IMPORTANT, ORDINARY = range(3)
STANDARD, PERSONAL = 1, 2  # kinds of service, 0 neither


def tier(parameters: Parameters, profit: Array, active: Mask) -> Indices:
    """The tier of each customer: the first 5 % by profit, the next 15 %, the others, [R, C].

    Args:
        parameters: coefficients.
        profit: of the last turn, [R, C].
        active: who is a customer; all others are ordinary.
    """
    order = np.argsort(np.where(active, -profit, np.inf), axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    number = np.count_nonzero(active, axis=1)[:, None]
    vip = np.ceil(parameters.tier_vip * number)
    important = vip + np.ceil(parameters.tier_important * number)
    found = np.where(rank < vip, VIP, np.where(rank < important, IMPORTANT, ORDINARY))
    return np.where(active, found, ORDINARY).astype(np.intp)


def of_customers(rules: Rules, profit: Array, active: Mask) -> Indices:
    """The tier of each customer, [R, C]; all ordinary where no deed asks for it."""
    if "tier" not in rules.uses:
        return np.full(active.shape, ORDINARY, dtype=np.intp)
    return tier(rules.parameters, profit, active)


def suited(parameters: Parameters, service: Indices, found: Indices) -> Array:
    """What the kind of service adds to the bracket: standard for the many, personal for the few.

    Args:
        parameters: coefficients.
        service: 0 neither, 1 standard, 2 personal.
        found: tier of the customer.
    """
    p = parameters
    table = np.array(
        (
            (0.0, 0.0, 0.0),
            (p.standard_vip, p.standard_important, p.standard_ordinary),
            (p.personal_vip, p.personal_important, p.personal_ordinary),
        )
    )
    return table.reshape(-1).take(service * 3 + found)


def ceiling(parameters: Parameters, level: Indices, satisfaction: Array, attentive: Mask) -> Array:
    """The loyalty that relation and service allow, points (D8).

    Args:
        parameters: coefficients.
        level: relation level, 0 brand to 3 intimate.
        satisfaction: of the person or account.
        attentive: a promise was kept or a wish foreseen not long ago.
    """
    p = parameters
    near = np.array((p.level_cap_brand, p.level_cap_distant, 100.0, 100.0)).take(level)
    usual = np.where(satisfaction < 50.0, p.service_cap_poor, p.service_cap_standard)
    close = np.where(level == 3, 100.0, p.service_cap_quality)  # only relationship makes loyal
    return np.minimum(near, np.where(attentive & (satisfaction >= 50.0), close, usual))
