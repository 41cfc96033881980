"""What customers answer when they are asked how satisfied they are (N7)."""

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.tables import Instruments
from sim.exact import normal_quantile

_GOLDEN = 0.6180339887498949
_FINE = 4096.0  # the digits of a uniform behind the first twelve bits are a uniform of their own
_TINY = 2.0**-54


def response(table: Instruments, kind: Indices, satisfaction: Array) -> Array:
    """The chance of an answer: rate x (1 + selection |S - 60| / 40), 0..1.

    Whom something moves, for good or ill, answers more often where answering is left to them
    (Li & Hitt 2008).
    """
    moved = np.abs(satisfaction - 60.0) / 40.0
    chance = table.rate.take(kind) * (1.0 + table.selection.take(kind) * moved)
    return np.minimum(np.maximum(chance, 0.0), 1.0)


def uniforms(drawn: Array, chance: Array) -> tuple[Mask, Array, Array]:
    """Whether somebody answers, and two further uniforms for what is answered, out of one.

    Given an answer, the share of the chance that the draw used up is uniform again.
    """
    drawn = drawn + _GOLDEN
    drawn = np.where(drawn >= 1.0, drawn - 1.0, drawn)
    answers = drawn < chance
    rest = np.where(answers, drawn / np.maximum(chance, _TINY), 0.5)
    fine = rest * _FINE
    return answers, rest, fine - np.floor(fine)


def mark(
    table: Instruments,
    kind: Indices,
    satisfaction: Array,
    *,
    scale: Array,
    heads: Array,
    uniform: Array,
) -> Array:
    """The mark given: S + bias + personal scale + noise, 0..100 points.

    Args:
        table: of instruments.
        kind: which one.
        satisfaction: S.
        scale: how high this person's marks run, points; averages out over many heads.
        heads: how many answer.
        uniform: of the noise.
    """
    spread = np.sqrt(np.maximum(heads, 1.0))
    noise = table.noise.take(kind) * normal_quantile(np.maximum(uniform, _TINY))
    given = satisfaction + table.bias.take(kind) + (scale + noise) / spread
    return np.minimum(np.maximum(given, 0.0), 100.0)
