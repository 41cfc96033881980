"""Sequence memory (N1): the same deed helps or hurts depending on what came before it."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State
from sim.engine.tables import Protocols
from sim.engine.terms.deeds import Deeds

_NEED = KINDS.index("need")
_Kind = TypeVar("_Kind", bound=np.generic)
_STEPS = 8  # columns of the protocol tables


@dataclass(frozen=True)
class Sequence:
    """What the order of the deeds does to them, and the memory after them."""

    factor: Array  # [D, R, C] multiplier of the deed
    component: Array  # [D, R, C] multiplier of its part of justice
    lift: Array  # [D, R, C] 0..1, how far receptivity moves towards rising
    trust: Array  # [D, R, C] points lost by coming out of order, <= 0
    quality: Array  # [D, R, C] experience points lost likewise, <= 0
    rising: Array  # [D, R, C] chance that the mood turns to rising
    due: Array  # [D, R, C] 1 where a step came at its time
    early: Array  # [D, R, C] 1 where a step came out of order
    position: Array  # [R, C, M, Q]
    age: Array  # [R, C, M, Q]


@dataclass(frozen=True)
class _Timing:
    step: Indices  # [R, C, Q] step number of the row, 0 none
    due: Mask
    early: Mask
    late: Mask
    again: Mask


def neutral(deeds: Deeds, state: State) -> Sequence:
    """No protocol in play: every factor is one and nothing is remembered."""
    one, zero = np.ones(deeds.row.shape), np.zeros(deeds.row.shape)
    return Sequence(
        factor=one,
        component=one,
        lift=zero,
        trust=zero,
        quality=zero,
        rising=zero,
        due=zero,
        early=zero,
        position=state.position,
        age=state.step_age,
    )


def follow(rules: Rules, state: State, deeds: Deeds) -> Sequence:
    """Play the deeds of a turn through every protocol in their order (N1 of the coverage notes)."""
    result = neutral(deeds, state)
    if not rules.uses_protocols or not (rules.rows.step.take(deeds.row, axis=0) > 0).any():
        return result
    names = ("factor", "component", "lift", "trust", "quality", "rising", "due", "early")
    columns: dict[str, list[Array]] = {name: [] for name in names}
    position, age = result.position, result.age
    for index in range(deeds.row.shape[0]):
        effect, position, age = _one(rules, state, deeds, index, position=position, age=age)
        for name in names:
            columns[name].append(effect[name])
    stacked = {name: np.stack(values) for name, values in columns.items()}
    return replace(result, position=position, age=age, **stacked)


def _one(
    rules: Rules, state: State, deeds: Deeds, index: int, *, position: Array, age: Array
) -> tuple[dict[str, Array], Array, Array]:
    """One deed: its factors, and the memory of the person addressed."""
    person = deeds.person[index]
    effect, moved, now = assess(
        rules,
        deeds.row[index],
        position=_pick(position, person),
        age=_pick(age, person),
        mood=_pick(state.mood[..., None], person)[..., 0],
        need_known=_pick(state.known, person)[..., _NEED],
    )
    return effect, _put(position, person, moved), _put(age, person, now)


def assess(
    rules: Rules, row: Indices, *, position: Array, age: Array, mood: Indices, need_known: Mask
) -> tuple[dict[str, Array], Array, Array]:
    """What the order does to one deed for one person.

    Args:
        rules: holds the protocols.
        row: of the effect table [R, C].
        position: steps done [R, C, Q].
        age: turns since the last step [R, C, Q].
        mood: of the person [R, C]; -1 unknown, then the protocols of moods do not act.
        need_known: whether the person's need is known [R, C].

    Returns:
        Factors by name, each [R, C] (see `Sequence`), and the memory after the deed.
    """
    table = rules.protocols
    step = _step(rules, row, mood)
    timing = _timing(table, step, position, now=age, need_known=need_known)
    value = np.where(
        timing.due,
        _of_step(table.ok, step),
        np.where(
            timing.early,
            _of_step(table.early, step),
            np.where(timing.late, table.late, np.where(timing.again, table.again, 1.0)),
        ),
    )
    done = np.where(step >= table.length, table.restart, step)
    moved = np.where(
        timing.due,
        done,
        np.where(
            timing.early & table.strict,
            0.0,
            np.where(timing.late, np.maximum(position - 1.0, 0.0), position),
        ),
    )
    return _effect(rules, timing, value), moved, np.where(timing.due, 0.0, age)


def _effect(rules: Rules, timing: _Timing, value: Array) -> dict[str, Array]:
    """Fold the protocols axis: products are clipped step by step, sums run left to right."""
    table, parameters = rules.protocols, rules.parameters
    zero = np.zeros(value.shape[:-1])
    factor, component = zero + 1.0, zero + 1.0
    lift, trust, quality, rising, due, early = zero, zero, zero, zero, zero, zero
    loss_t = np.where(timing.early, _of_step(table.early_trust, timing.step), 0.0)
    loss_q = np.where(timing.early, _of_step(table.early_quality, timing.step), 0.0)
    raised = np.where(timing.due, _of_step(table.lift, timing.step), 0.0)
    glad = np.where(timing.due, _of_step(table.rising_chance, timing.step), 0.0)
    for q in range(rules.sizes.protocols):
        low, high = parameters.sequence_floor, parameters.sequence_ceiling
        if table.component[q]:
            component = np.minimum(np.maximum(component * value[..., q], low), high)
        else:
            factor = np.minimum(np.maximum(factor * value[..., q], low), high)
        lift = np.maximum(lift, raised[..., q])
        trust = trust + loss_t[..., q]
        quality = quality + loss_q[..., q]
        rising = np.maximum(rising, glad[..., q])
        due = np.maximum(due, timing.due[..., q])
        early = np.maximum(early, timing.early[..., q])
    return {
        "factor": factor,
        "component": component,
        "lift": lift,
        "trust": trust,
        "quality": quality,
        "rising": rising,
        "due": due,
        "early": early,
    }


def _step(rules: Rules, row: Indices, mood: Indices) -> Indices:
    """The step each protocol sees in a row; mood protocols look only in their own mood."""
    step = rules.rows.step.take(row, axis=0)
    acts = (rules.protocols.mood == 0) | (rules.protocols.mood == mood[..., None] + 1)
    return np.where(acts, step, 0).astype(np.intp)


def _timing(
    table: Protocols, step: Indices, here: Array, *, now: Array, need_known: Mask
) -> _Timing:
    """Whether the step is due, out of order, too late or done again."""
    following = step == here + 1.0
    following &= step > 0
    ready = now >= _of_step(table.gap_min, step)
    ready &= need_known[..., None] | (_of_step(table.needs_need, step) == 0.0)
    in_time = now <= _of_step(table.gap_max, step)
    return _Timing(
        step=step,
        due=following & ready & in_time,
        early=(step > here + 1.0) | (following & ~ready),
        late=following & ready & ~in_time,
        again=(step > 0) & (step <= here),
    )


def _of_step(column: Array, step: Indices) -> Array:
    """A [Q, 8] table at each protocol's step, [R, C, Q]."""
    return column.reshape(-1).take(step + np.arange(step.shape[-1]) * _STEPS)


def _pick(values: NDArray[_Kind], person: Indices) -> NDArray[_Kind]:
    """The last axis of the person addressed: [R, C, M, X] at [R, C] -> [R, C, X]."""
    if values.shape[2] == 1:
        return values[:, :, 0]
    return np.take_along_axis(values, person[..., None, None], axis=2)[:, :, 0]


def _put(values: Array, person: Indices, new: Array) -> Array:
    """`values` with the person's entries replaced; `values` itself is left alone."""
    if values.shape[2] == 1:
        return new[:, :, None]
    hit = person[..., None] == np.arange(values.shape[2])
    return np.where(hit[..., None], new[:, :, None], values)


def grow_older(rules: Rules, position: Array, age: Array, failed: Mask) -> tuple[Array, Array]:
    """The memory at the end of a turn: steps age and slip back, a failure starts anew."""
    if not rules.uses_protocols:
        return position, age
    older = age + 1.0
    slipped = older > rules.protocols.hold
    position = np.where(slipped, np.maximum(position - 1.0, 0.0), position)
    older = np.where(slipped, 0.0, older)
    fresh = failed[..., None, None] & rules.protocols.reset_by_failure
    return np.where(fresh, 0.0, position), np.where(fresh, 0.0, older)
