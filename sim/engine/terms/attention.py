"""The share of a customer's attention that is ours and not a rival's (N5)."""

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters

EVEN = 0.5  # neither we nor a rival have more of it
LEAST, MOST = 0.05, 0.95  # nobody is ever the only one thought of, or quite forgotten
_PLAIN, _MATCHED = 0.7, 0.3  # what a deed takes without speaking to a motive, and what that adds


def taken(salience: Array, multiplier: Array, motive: Array) -> Array:
    """How far deeds turn attention to us: salience times m times (.7 + .3 psi), psi from 0 up.

    The uniform offer is half heard; what speaks to a motive is noticed in full (Sutherland 1993;
    Romaniuk & Sharp 2004 on salience; sizes a design choice).
    """
    return salience * multiplier * (_PLAIN + _MATCHED * np.maximum(motive, 0.0))


def follow(parameters: Parameters, attention: Array, *, own: Array, push: Array) -> Array:
    """A <- clip(a + .08 (own (1 - a) - push a), .05, .95): what we win the rival loses.

    Args:
        parameters: coefficients.
        attention: share before, 0..1.
        own: pull of what we do, and of buying from us.
        push: of the rivals.
    """
    moved = own * (1.0 - attention) - push * attention
    return np.minimum(np.maximum(attention + parameters.attention_rate * moved, LEAST), MOST)


def hold(parameters: Parameters, attention: Array, *, competition: Array, pull: Array) -> Array:
    """Logits of staying: the rival pulls as far as the customer looks there (E22)."""
    return parameters.attention_weight * competition * pull * (attention - EVEN)


def compared(parameters: Parameters, attention: Array, competition: Array) -> Array:
    """Logits a deal loses in a turn in which the buyer compares offers (E25)."""
    return parameters.attention_options * competition * (1.0 - attention)
