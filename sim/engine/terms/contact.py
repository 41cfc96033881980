"""Contact pressure and price: what wears a customer down, and what he compares with (E4-E5)."""

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.parameters import Parameters
from sim.exact import power

LEAST_PRICE = 0.05  # nobody pays less than a twentieth of the list price


def pressure(parameters: Parameters, contact: Array, contacts: Array) -> Array:
    """C <- .6 C + contacts of this turn (E4)."""
    return parameters.contact_keep * contact + contacts


def push(parameters: Parameters, style: Indices) -> Array:
    """How heavily pushing weighs on people of a style (D1; Merrill & Reid 1981)."""
    p = parameters
    weights = (p.push_driver, p.push_analytical, p.push_expressive, p.push_amiable)
    return np.array(weights).take(style)


def excess(parameters: Parameters, contact: Array, stage: Array) -> Array:
    """Contacts beyond the welcome: max(0, C - allowance - .5 stage); the closer stand more."""
    allowed = parameters.contact_allowance + parameters.contact_stage_allowance * stage
    return np.maximum(contact - allowed, 0.0)


def irritation(parameters: Parameters, over: Array) -> Array:
    """I = .8 over^1.3 experience points (E4; Godfrey, Seiders & Voss 2011)."""
    result = np.zeros(over.shape)
    where = over > 0.0
    result[where] = parameters.irritation_weight * power(over[where], parameters.irritation_power)
    return result


def price_gap(parameters: Parameters, reference: Array, price: Array) -> Array:
    """g_p = (p_ref - p) / p_ref, losses weighing 1.7 (E5; Kalyanaram & Winer 1995)."""
    gap = (reference - price) / reference
    return np.where(gap < 0.0, parameters.price_loss_weight * gap, gap)


def reference_price(parameters: Parameters, reference: Array, price: Array) -> Array:
    """p_ref <- p_ref + .3 (p - p_ref) (E5)."""
    return reference + parameters.reference_price_rate * (price - reference)


def dependence(parameters: Parameters, before: Array, price: Array, added: Array) -> Array:
    """D <- clip(D + .35 (1 - p)+ - .03 at full price, 0, 1) (E5; Mela, Gupta & Lehmann 1997).

    `added` is what deeds add of themselves; `price` is relative to the customer's own list price.
    """
    cut = np.maximum(1.0 - price, 0.0)
    fading = np.where(cut > 0.0, 0.0, parameters.dependence_fade_rate)
    total = before + parameters.dependence_gain * cut + added - fading
    return np.minimum(np.maximum(total, 0.0), 1.0)
