"""What leaving would cost the customer: procedural, financial and relational (E17-E20)."""

import numpy as np

from sim.arrays import Array, Indices, Mask
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


def bond_fading(parameters: Parameters, cared: Array) -> Array:
    """How fast a bond fades: half as fast for some turns after somebody was cared for (D2)."""
    return np.where(cared > 0.0, parameters.care_fading, 1.0)


def attention(parameters: Parameters, mood: Indices, *, helps: Mask, material: Mask) -> Array:
    """What multiplies the bond of a deed: help by the mood it meets, things of value by half (D2).

    Args:
        parameters: coefficients.
        mood: of the person addressed; -1 unknown.
        helps: the deed is a help.
        material: the deed is a thing of value rather than attention.
    """
    p = parameters
    moods = np.array((p.help_rising, p.help_falling, p.help_calm, p.help_complacent, 1.0))
    return np.where(helps, moods.take(mood), 1.0) * np.where(material, p.material_bond, 1.0)


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
