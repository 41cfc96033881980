"""What seller and firm know, as three stocks 0..1 that are built and decay (N9)."""

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.parameters import Parameters

ORDINARY = 0.3  # at this level nothing is changed
PEOPLE, PRODUCT, STAFF = range(3)


def built(parameters: Parameters, stock: Array, *, gained: Array, cut: Mask) -> Array:
    """Keep x stock + gained (1 - stock): the more there is, the less one adds.

    Args:
        parameters: coefficients.
        stock: people, product and staff knowledge, 0..1 [R, 3].
        gained: of each, [R, 3].
        cut: training is saved on this turn [R]: the staff's knowledge wastes away faster.
    """
    keep = np.full(stock.shape, parameters.stock_keep)
    keep[:, STAFF] = np.where(cut, parameters.stock_keep_cut, parameters.stock_keep)
    return keep * stock + np.minimum(gained, 1.0) * (1.0 - stock)


def learning(parameters: Parameters, stock: Array) -> Array:
    """Who knows people learns faster about each: 1 + .5 (people - .3), [R]."""
    return 1.0 + parameters.stock_learning * (stock[:, PEOPLE] - ORDINARY)


def proof(parameters: Parameters, stock: Array) -> Array:
    """Who knows the product proves more with the same evidence: 1 + .3 (product - .3), [R]."""
    return 1.0 + parameters.stock_evidence * (stock[:, PRODUCT] - ORDINARY)


def failing(parameters: Parameters, stock: Array) -> Array:
    """Trained staff fail less: 1 - .5 (staff - .3), [R]."""
    return 1.0 - parameters.stock_failures * (stock[:, STAFF] - ORDINARY)


def referral(parameters: Parameters, stock: Array) -> Array:
    """Chance that an evangelist sends a friend unasked, per turn [R]."""
    return parameters.stock_referral * stock[:, PEOPLE]
