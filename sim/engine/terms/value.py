"""What a customer is worth: historic, actual and potential value (E24)."""

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters
from sim.engine.terms import ladder
from sim.exact import exp, int_power, logistic


def share(parameters: Parameters, satisfaction: Array) -> Array:
    """Share of the potential that comes to us: .2 + .8 sigma((S - 60)/20) (E24)."""
    pull = logistic((satisfaction - 60.0) / parameters.share_scale)
    return parameters.share_base + parameters.share_gain * pull


def profit(
    parameters: Parameters,
    *,
    potential: Array,
    satisfaction: Array,
    price: Array,
    service_cost: Array,
    step: Array,
) -> Array:
    """Margin of one turn less the cost to serve, before the costs of deeds (E24).

    Args:
        parameters: coefficients.
        potential: w, 1 = an average customer.
        satisfaction: account satisfaction, 0..100.
        price: paid, 1 = list; a cut takes `discount_margin` times as much margin.
        service_cost: multiplier of the cost to serve.
        step: of the loyalty ladder, 0..4 (D6).
    """
    bought = share(parameters, satisfaction)
    earned = sales(parameters, potential=potential, share=bought, price=price, step=step)
    return earned - service(parameters, service_cost, step)


def sales(
    parameters: Parameters, *, potential: Array, share: Array, price: Array, step: Array
) -> Array:
    """Margin of one turn before the cost to serve; `share` is that of the potential (E24)."""
    margin = 1.0 + parameters.discount_margin * (price - 1.0)
    margin = margin * ladder.margin(parameters, step)
    return parameters.margin * potential * share * margin


def service(parameters: Parameters, service_cost: Array, step: Array) -> Array:
    """Cost to serve for one turn (E24)."""
    return parameters.serve_cost * (service_cost * ladder.cost(parameters, step))


def lifetime_value(parameters: Parameters, profit: Array, chance: Array) -> Array:
    """CLV: sum over 36 months of profit (1 - h)^t / (1 + i)^t (E24; Gupta et al. 2004)."""
    keep = (1.0 - chance) / (1.0 + parameters.value_discount)
    whole = keep * (1.0 - int_power(keep, parameters.value_turns))
    return profit * whole / (1.0 - keep)


def full_share_profit(parameters: Parameters, potential: Array, service_cost: Array) -> Array:
    """The profit of a turn if all of the potential came to us (potential value of E24)."""
    return parameters.margin * potential - parameters.serve_cost * service_cost


def newcomers(parameters: Parameters, ceiling: Array, spend: Array) -> Array:
    """Reach n_max (1 - e^(-spend / 200)) falls off (E24; Blattberg & Deighton 1996)."""
    return ceiling * (1.0 - exp(-spend / parameters.campaign_scale))


def accept_logit(parameters: Parameters, loyalty: Array) -> Array:
    """Logit of accepting a further offer: -1 + .04 (L - 50) (domain table 3.4)."""
    return parameters.accept_base + parameters.accept_loyalty * (loyalty - 50.0)


def equity_index(value: Array, par: Array) -> Array:
    """Profit so far and the value of the book, 100 = the opening book kept whole; 0..150."""
    return np.minimum(np.maximum(100.0 * value / par, 0.0), 150.0)
