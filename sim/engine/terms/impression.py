"""The first impression: the picture through which everything later is seen (N4)."""

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.parameters import Parameters


def first(parameters: Parameters, *, prepared: Array, tools: Mask, style: Array) -> Array:
    """Lens = clip(-.3 + .15 prep + .10 tools + .30 phi, -1, 1), at the first meeting.

    Bar, Neta & Linz 2006 (first impressions form at once); sizes are design choices.

    Args:
        parameters: coefficients.
        prepared: points of preparation, 0..4.
        tools: aids to selling are at hand.
        style: fit of the manner of the first deed, -1..1.
    """
    p = parameters
    aids = p.lens_preparation * prepared + p.lens_tools * tools
    return np.minimum(np.maximum(p.lens_stranger + aids + p.lens_style * style, -1.0), 1.0)


def later(parameters: Parameters, lens: Array, gap: Array) -> Array:
    """Lens <- .97 lens + .03 clip(5 d, -1, 1): experience corrects the picture slowly.

    Args:
        parameters: coefficients.
        lens: so far, -1..1.
        gap: d = b/a - 1.
    """
    seen = np.minimum(np.maximum(5.0 * gap, -1.0), 1.0)
    return lens + parameters.lens_rate * (seen - lens)


def opened(parameters: Parameters, lens: Array, served: Mask) -> Array:
    """What matters to the person was served: the blind spot opens by a quarter of the rest."""
    return np.where(served, lens + parameters.lens_opening * (1.0 - lens), lens)


def colour(parameters: Parameters, lens: Array, gap: Array) -> Array:
    """What the picture adds to the encounter: 13.5 lens |v|, points (E9).

    Args:
        parameters: coefficients.
        lens: -1..1.
        gap: v(d).
    """
    return parameters.lens_gap * lens * np.abs(gap)
