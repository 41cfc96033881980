"""How heavily price weighs, what a cheaper rival does, and who can pay (N3)."""

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters
from sim.engine.terms.contact import LEAST_PRICE


def weight(parameters: Parameters, before: Array, start: Array, shift: Array) -> Array:
    """Pw <- clip(pw + shift + .05 (pw0 - pw), .3, 1.8).

    Args:
        parameters: coefficients.
        before: price weight so far, 1 usual.
        start: the one that goes with the customer's orientation, to which habit returns.
        shift: what the deeds of the turn move; negative: other things come to count.
    """
    moved = before + shift + parameters.price_weight_rate * (start - before)
    least, most = parameters.price_weight_floor, parameters.price_weight_ceiling
    return np.minimum(np.maximum(moved, least), most)


def undercut(parameters: Parameters, weight: Array, price: Array, rival: Array) -> Array:
    """What a cheaper rival adds to the pull: 10 pw max(0, (p - p_riv) / p), logits (E22)."""
    price = np.maximum(price, LEAST_PRICE)
    share = np.maximum((price - rival) / price, 0.0)
    return parameters.rival_price_slope * weight * share


def unaffordable(parameters: Parameters, price: Array, budget: Array) -> Array:
    """What a deal lacks for want of money: 2 max(0, p / budget - 1), logits (E25)."""
    return parameters.budget_slope * np.maximum(price / budget - 1.0, 0.0)
