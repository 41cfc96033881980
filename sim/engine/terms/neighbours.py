"""What passes from a customer to those tied to it (N8)."""

from sim.arrays import Array
from sim.engine.rules import Rules


def through_others(rules: Rules, values: Array) -> Array:
    """The sum of the neighbours' values, each by the weight of the tie: [R, C] -> [R, C]."""
    total = values * 0.0
    for index in range(rules.neighbour.shape[1]):
        total = total + rules.tie[:, index] * values.take(rules.neighbour[:, index], axis=1)
    return total


def to_others(rules: Rules, values: Array) -> Array:
    """What passing on is worth to those on whom it lands, summed at its source: [R, C] -> [R, C].

    The transpose of `through_others`.
    """
    total = values * 0.0
    for customer in range(rules.neighbour.shape[0]):
        for index in range(rules.neighbour.shape[1]):
            source = rules.neighbour[customer, index]
            total[:, source] += rules.tie[customer, index] * values[:, customer]
    return total
