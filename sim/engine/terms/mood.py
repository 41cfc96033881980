"""Moods as a Markov chain with shocks (E26)."""

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import Rules
from sim.engine.state import Mood

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_FALLING = int(Mood.FALLING)
_CALM = int(Mood.CALM)
_COMPLACENT = int(Mood.COMPLACENT)


def drift(rules: Rules, mood: Indices, uniform: Array) -> Indices:
    """One step of the chain of domain table 3.3: mood and a uniform, both [R, C, M]."""
    edges = rules.mood_transition.T
    moved: Indices = (uniform >= edges[0].take(mood)).astype(np.intp)
    for edge in edges[1:-1]:
        moved += uniform >= edge.take(mood)
    return moved


def shock(
    mood: Indices, uniform: Array, *, when: Mask, chance: Array | float, to: int, source: int | None
) -> Indices:
    """Turn a mood with a given chance; `source` None means from any mood."""
    struck = when & (uniform < chance)
    if source is not None:
        struck = struck & (mood == source)
    return np.where(struck, to, mood)


def after_turn(
    rules: Rules, mood: Indices, uniform: Array, *, upset: Mask, relieved: Mask, content: Mask
) -> Indices:
    """The shocks every turn may bring, after the drift (table 3.3), all [R, C, M]."""
    p = rules.parameters
    mood = shock(mood, uniform, when=upset, chance=p.shock_failure, to=_FALLING, source=None)
    mood = shock(mood, uniform, when=relieved, chance=p.shock_recovery, to=_CALM, source=_FALLING)
    return shock(
        mood,
        uniform,
        when=content,
        chance=p.shock_complacent,
        to=_COMPLACENT,
        source=_CALM,
    )
