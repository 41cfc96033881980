"""The ladder of loyalty: what a customer brings and costs, by the step reached (D6)."""

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters

_REPEAT = 2.0  # the step whose cost to serve is the ordinary one


def step(parameters: Parameters, purchases: Array, loyalty: Array) -> Array:
    """0 no purchase, 1 first, 2 repeated, 3 regular, 4 loyal (`loyalty.ladder`).

    Args:
        parameters: coefficients.
        purchases: n, whole numbers.
        loyalty: attitudinal loyalty, 0..100 points.
    """
    regular = purchases >= parameters.ladder_regular
    reached = (purchases > 0.0) * 1.0 + (purchases >= parameters.ladder_repeat) + regular
    return reached + (regular & (loyalty >= parameters.ladder_loyal))


def margin(parameters: Parameters, reached: Array) -> Array:
    """Multiplier of the margin: 1, 1, 1 + x, 1 + 2 x, 1 + 3 x (Reichheld & Sasser 1990).

    Disputed: Reinartz & Kumar 2002 find no rise outside of contracts.
    """
    return 1.0 + parameters.ladder_margin * np.maximum(reached - 1.0, 0.0)


def cost(parameters: Parameters, reached: Array) -> Array:
    """Multiplier of the cost to serve: dear below repeat purchase, cheaper above it."""
    new = parameters.ladder_cost_new * np.maximum(_REPEAT - reached, 0.0)
    return 1.0 + new - parameters.ladder_cost_step * np.maximum(reached - _REPEAT, 0.0)
