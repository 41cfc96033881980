"""The customer file: learning, noting down and forgetting (N6)."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State
from sim.engine.terms.deeds import Deeds

_GOLDEN = 0.6180339887498949  # spreads one uniform evenly over the kinds
_GATHER, _TOP = np.uint64(0x0102040810204080), np.uint64(56)  # pull eight 0/1 bytes into the top
_ONES = np.ones(len(KINDS)).tobytes()
_CLEAR = 1.5  # a multiplier above this teaches no more


@dataclass(frozen=True)
class File:
    """What is known of each person, each [R, C, M, K]."""

    known: Mask
    fresh: Mask
    noted: Mask


def level(rules: Rules, known: Mask, fresh: Mask) -> Array:
    """K = sum of the weights of what is known and holds, 0..1, [R, C, M].

    The sixteen kinds are read as two bytes of eight, whose sums are looked up.
    """
    return _weighed(rules.knowledge_weight.tobytes(), known & fresh)


def number(kinds: Mask) -> Array:
    """How many kinds are marked, [..., K] -> [...]."""
    return _weighed(_ONES, kinds)


def _weighed(weights: bytes, kinds: Mask) -> Array:
    """The sum of the weights of the kinds that are marked, [..., K] -> [...]."""
    first, second = _sums(weights)
    packed = _packed(kinds)
    return first.take(packed[..., 0]) + second.take(packed[..., 1])


def _packed(mask: Mask) -> Indices:
    """Eight marks as one number 0..255 each: [..., 16] -> [..., 2]."""
    eights = np.ascontiguousarray(mask).view("<u8")
    return ((eights * _GATHER) >> _TOP).astype(np.intp)


@lru_cache(maxsize=8)
def _sums(weights: bytes) -> tuple[Array, Array]:
    """The sum of the weights of each set of the first eight kinds, and of the last eight."""
    weight = np.frombuffer(weights)
    sets = (np.arange(256)[:, None] >> np.arange(8)) & 1 == 1
    place = _packed(np.concatenate([sets, sets], axis=-1))[:, 0]
    sums = np.zeros((2, 256))
    for kind in range(8):
        for half in range(2):
            sums[half, place] += sets[:, kind] * weight[8 * half + kind]
    return sums[0], sums[1]


def learn(
    rules: Rules,
    state: State,
    deeds: Deeds,
    *,
    multiplier: Array,
    pace: Array,
    uniforms: Array,
) -> File:
    """The file after the turn.

    p = reveal * min(m, 1.5) * (.5 + .5 clip(T / 50, 0, 1)) in full for the person addressed, a
    quarter for colleagues; what an answer in an encounter reveals is learnt for certain. What is
    not noted down is lost with p .15 a turn; a mood holds for one turn only.

    Args:
        rules: holds the chances `reveal` [J, K].
        state: before the turn.
        deeds: of the turn.
        multiplier: m of each deed, [n].
        pace: how fast each teaches, by what the seller knows of people and who guides him, [n].
        uniforms: [R, C, M, 4]: learn, forget.
    """
    lasting = rules.mood_kind_fades == 0.0
    known, fresh = _remember(rules, state, uniforms[..., 1], lasting), state.fresh & lasting
    told = np.minimum(multiplier, _CLEAR) * pace
    learnt = _learnt(rules, state, deeds, told=told, uniform=uniforms[..., 0])
    if learnt is not None:
        known, fresh = known | learnt, fresh | learnt
    noted = state.noted & known
    person, kinds = deeds.at_person, len(KINDS)
    writes = person[rules.rows.notes.take(deeds.row)]
    noted.reshape(-1, kinds)[writes] = known.reshape(-1, kinds)[writes]
    checks = person[rules.rows.refreshes.take(deeds.row)]
    fresh.reshape(-1, kinds)[checks] |= known.reshape(-1, kinds)[checks] & lasting
    return File(known, fresh, noted)


def _remember(rules: Rules, state: State, uniform: Array, lasting: Mask) -> Mask:
    """What is still known: each thing that was not noted down may be lost."""
    loose = np.flatnonzero(state.known & ~state.noted & lasting)
    known = state.known.copy()
    chance = _kind_uniform(uniform.take(loose // len(KINDS)), loose % len(KINDS))
    known.reshape(-1)[loose] = chance >= rules.parameters.forget_rate
    return known


def _learnt(
    rules: Rules, state: State, deeds: Deeds, *, told: Array, uniform: Array
) -> Mask | None:
    """What was learnt this turn, [R, C, M, K]; None where nothing could be."""
    reveals = rules.rows.reveal.take(deeds.row, axis=0)  # [n, K]
    telling = np.flatnonzero(reveals.any(axis=-1))
    if not telling.size:
        return None
    p, people, kinds = rules.parameters, rules.sizes.people, len(KINDS)
    reveals, at = reveals[telling], deeds.at[telling]
    trust = np.minimum(np.maximum(state.trust.reshape(-1, people)[at] / 50.0, 0.0), 1.0)
    share = np.where(deeds.person[telling, None] == np.arange(people), 1.0, p.colleague_share)
    clarity = told[telling, None] * (p.learn_base + p.learn_trust * trust)
    chance = reveals[:, None, :] * (clarity * share)[..., None]  # [n, M, K]
    certain = (reveals > 0.0)[:, None, :] & (share == 1.0)[..., None]
    chance = np.where(deeds.answered[telling, None, None], certain * 1.0, chance)
    met, place = np.unique(at, return_inverse=True)
    missed = np.ones((met.shape[0], people, kinds))
    np.multiply.at(missed, place, 1.0 - np.minimum(chance, 1.0))
    drawn = _kind_uniform(uniform.reshape(-1, people)[met][..., None], np.arange(kinds))
    learnt = np.zeros((uniform.size // people, people, kinds), dtype=np.bool_)
    learnt[met] = drawn >= missed
    return learnt.reshape(state.known.shape) & rules.present[:, :, None]


def by_chance(chance: Array, uniform: Array, people: Mask) -> Mask:
    """What is learnt of people with a chance for each kind, [R, C, M, K].

    Args:
        chance: of each kind, [K].
        uniform: of each person, [R, C, M].
        people: whom it concerns, [R, C, M].
    """
    drawn = _kind_uniform(uniform[..., None], np.arange(len(KINDS)))
    return people[..., None] & (drawn < chance)


def _kind_uniform(uniform: Array, kind: Indices) -> Array:
    """A uniform for each kind from one for each person: shifted by the golden section."""
    shifted = uniform + _SHIFTS.take(kind)
    return np.where(shifted >= 1.0, shifted - 1.0, shifted)


def _shifts() -> Array:
    steps = _GOLDEN * np.arange(len(KINDS))
    return steps - np.floor(steps)


_SHIFTS = _shifts()
