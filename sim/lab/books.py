"""What each customer brings and costs in a turn, by the firm's own books (E24)."""

import numpy as np

from sim.arrays import Array
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.engine.state import Status
from sim.engine.terms import ladder, value

_ACTIVE = int(Status.ACTIVE)  # a plain number: numpy takes far longer over an enumeration


def accounts(
    rules: Rules, seen: Observation, share: Array, loyal: Array
) -> tuple[Array, Array, Array]:
    """Profit, sales and cost to serve of a turn by the firm's own books, money units [R, C].

    Where the potential is not known, what a customer brings tells it: profit is straight in it.

    Args:
        rules: of the scenario.
        seen: what the player knows.
        share: of the potential that comes to the firm, [R, C].
        loyal: loyalty by the last reading, points [R, C].
    """
    p, step = rules.parameters, ladder.step(rules.parameters, seen.purchases, loyal)
    served = value.service(p, seen.service_cost, step)
    whole = value.sales(p, potential=np.asarray(1.0), share=share, price=seen.price, step=step)
    each = (whole - served) + served  # rounded as the profit that the firm reads in its books
    lately = (seen.status == _ACTIVE) & (seen.profit != 0.0)  # not so in the turn of a return
    before = rules.opening_brought / np.maximum(rules.opening_size, 1e-9)
    brought = np.where(lately, seen.profit / np.maximum(seen.size, 1e-9), before)
    told = (brought + served) / np.maximum(each, 1e-9)
    books = (seen.purchases > 0.0) & (brought != 0.0) & ~seen.potential_known
    potential = np.where(books, np.maximum(told, 0.0), seen.potential)
    sales, service = seen.size * each * potential, seen.size * served
    return sales - service, sales, service
