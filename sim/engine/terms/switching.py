"""What leaving would cost the customer: procedural, financial and relational (E17-E20)."""

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters


def room(level: Array) -> Array:
    """The share of the scale still open: gains shrink as a cost nears 100."""
    return 1.0 - level / 100.0


def faded_financial(parameters: Parameters, earned: Array) -> Array:
    """Benefits expire by 3 % a month (E18)."""
    return -parameters.financial_fade_rate * earned


def faded_bond(parameters: Parameters, bond: Array) -> Array:
    """Bonds fade by 3 % a month without contact (E19)."""
    return -parameters.bond_fade_rate * bond


def pestering(parameters: Parameters, over: Array) -> Array:
    """Too much contact costs bond: -.12 over (E19)."""
    return -parameters.pestering * over


def coercion(parameters: Parameters, coercive: Array, satisfaction: Array) -> Array:
    """Resentment grown by being held while unhappy: .10 (P_C + F_C) max(0, 60 - S) / 60 (E20).

    Jones, Reynolds, Mothersbaugh & Beatty 2007; Haj-Salem & Chebat 2014.
    """
    line = parameters.coercion_reference
    unhappy = np.maximum(line - satisfaction, 0.0) / line
    return parameters.coercion_rate * coercive * unhappy


def within_percent(raw: Array) -> Array:
    """Clip to the scale 0..100."""
    level: Array = np.maximum(raw, 0.0)
    return np.minimum(level, 100.0, out=level)
