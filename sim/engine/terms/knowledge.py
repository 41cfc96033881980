"""The customer file: learning, noting down and forgetting (N6)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State
from sim.engine.terms.deeds import Deeds, addressed

_GOLDEN = 0.6180339887498949  # spreads one uniform evenly over the kinds
_MOOD = KINDS.index("mood")
_CLEAR = 1.5  # a multiplier above this teaches no more


@dataclass(frozen=True)
class File:
    """What is known of each person, each [R, C, M, K]."""

    known: Mask
    fresh: Mask
    noted: Mask


def level(rules: Rules, known: Mask, fresh: Mask) -> Array:
    """K = sum of the weights of what is known and holds, 0..1, [R, C, M]."""
    usable = known & fresh
    total = np.zeros(usable.shape[:-1])
    for kind in range(usable.shape[-1]):
        total = total + rules.knowledge_weight[kind] * usable[..., kind]
    return total


def learn(rules: Rules, state: State, deeds: Deeds, *, multiplier: Array, uniforms: Array) -> File:
    """The file after the turn.

    p = reveal * min(m, 1.5) * (.5 + .5 clip(T / 50, 0, 1)) in full for the person addressed, a
    quarter for colleagues; what an answer in an encounter reveals is learnt for certain. What is
    not noted down is lost with p .15 a turn; a mood holds for one turn only.

    Args:
        rules: holds the chances `reveal` [J, K].
        state: before the turn.
        deeds: of the turn.
        multiplier: m of each deed, [D, R, C].
        uniforms: [R, C, M, 4]: learn, forget.
    """
    learnt = _learnt(rules, state, deeds, multiplier=multiplier, uniform=uniforms[..., 0])
    lost = ~state.noted & (_spread(uniforms[..., 1]) < rules.parameters.forget_rate)
    lost[..., _MOOD] = False
    known = (state.known & ~lost) | learnt
    fresh = (state.fresh & (rules.mood_kind_fades == 0.0)) | learnt
    noted = state.noted & known
    hit = addressed(deeds, rules.sizes.people)
    for index in range(deeds.row.shape[0]):
        writes = hit[index] & rules.rows.notes.take(deeds.row[index])[..., None]
        checks = hit[index] & rules.rows.refreshes.take(deeds.row[index])[..., None]
        noted = noted | (known & writes[..., None])
        fresh = fresh | (known & checks[..., None] & (rules.mood_kind_fades == 0.0))
    return File(known, fresh, noted)


def _learnt(rules: Rules, state: State, deeds: Deeds, *, multiplier: Array, uniform: Array) -> Mask:
    """What was learnt this turn, [R, C, M, K]."""
    reveals = rules.rows.reveal.take(deeds.row, axis=0)  # [D, R, C, K]
    shape = state.known.shape
    if not reveals.any():
        return np.zeros(shape, dtype=np.bool_)
    parameters = rules.parameters
    hit = addressed(deeds, rules.sizes.people)
    trust = np.minimum(np.maximum(state.trust / 50.0, 0.0), 1.0)
    open_hearted = parameters.learn_base + parameters.learn_trust * trust
    missed = np.ones(shape)
    for index in range(deeds.row.shape[0]):
        share = np.where(hit[index], 1.0, parameters.colleague_share)
        share = np.where((deeds.row[index] > 0)[..., None], share, 0.0)
        clarity = np.minimum(multiplier[index], _CLEAR)[..., None] * open_hearted * share
        chance = reveals[index][:, :, None, :] * clarity[..., None]
        if index < deeds.responses:
            certain = (reveals[index] > 0.0)[:, :, None, :] & hit[index][..., None]
            chance = certain * 1.0
        missed = missed * (1.0 - np.minimum(chance, 1.0))
    learnt: Mask = _spread(uniform) >= missed
    return learnt & rules.present[:, :, None]


def _spread(uniform: Array) -> Array:
    """One uniform per kind from one per person: [R, C, M] -> [R, C, M, K]."""
    shifted = uniform[..., None] + _SHIFTS
    return np.where(shifted >= 1.0, shifted - 1.0, shifted)


def _shifts() -> Array:
    steps = _GOLDEN * np.arange(len(KINDS))
    return steps - np.floor(steps)


_SHIFTS = _shifts()
