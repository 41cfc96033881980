"""What a customer values, what dealing with us takes of the customer's time, and where it fails."""

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.parameters import Parameters


def valued(values: Array, factors: Array) -> Array:
    """Sum of W x (Q_f - Q): what the five factors bring beyond the core quality, points (N10).

    Args:
        values: weights of the factors with each customer, summing to 1, [C, 5].
        factors: points by which each factor differs from the core quality, [R, 5].
    """
    total = values[:, 0] * factors[:, 0, None]
    for index in range(1, values.shape[1]):
        total = total + values[:, index] * factors[:, index, None]
    return total


def taxing(parameters: Parameters, style: Indices) -> Array:
    """How much their own time and effort cost people of a style (N10; Merrill & Reid 1981)."""
    p = parameters
    weights = (p.effort_driver, p.effort_analytical, p.effort_expressive, p.effort_amiable)
    return np.array(weights).take(style)


def exposure(shares: Array, firm: Array, guard: Array, guarded: Indices) -> Array:
    """How likely each touchpoint is to fail, 1 in all as a rule, [R, C, 8] (N10).

    Args:
        shares: of the touchpoints in failures, summing to 1, [8].
        firm: what prevention has made of each, [R, 8].
        guard: what a deed has made of the chance of this customer, [R, C].
        guarded: 1 + the touchpoint the deed works on, 0 all, [R, C].
    """
    mine = (guarded[..., None] == 0) | (guarded[..., None] == 1 + np.arange(shares.shape[0]))
    result: Array = shares * firm[:, None] * np.where(mine, guard[..., None], 1.0)
    return result


def where_it_fails(exposed: Array, uniform: Array) -> Indices:
    """1 + the touchpoint a failure falls on: the share of each in what is exposed (N10).

    Args:
        exposed: chances in proportion, [..., 8].
        uniform: [...].
    """
    running = exposed[..., 0]
    edges = [running]
    for index in range(1, exposed.shape[-1]):
        running = running + exposed[..., index]
        edges.append(running)
    fallen = np.ones(uniform.shape, dtype=np.intp)
    for edge in edges[:-1]:
        fallen += uniform * running >= edge
    return fallen


def together(exposed: Array) -> Array:
    """The sum over the touchpoints, first to last, [..., 8] -> [...]."""
    total = exposed[..., 0]
    for index in range(1, exposed.shape[-1]):
        total = total + exposed[..., index]
    return total
