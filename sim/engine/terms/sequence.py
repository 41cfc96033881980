"""Sequence memory (N1): the same deed helps or hurts depending on what came before it."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State
from sim.engine.tables import Protocols
from sim.engine.terms.deeds import Deeds
from sim.exact import fixed_sum

_NEED = KINDS.index("need")
_STEPS = 8  # columns of the protocol tables
_MOODS = 4


@dataclass(frozen=True)
class Effect:
    """What its place in the orders of steps does to a deed; any shape."""

    factor: Array  # multiplier of the deed
    component: Array  # multiplier of its part of justice
    lift: Array  # 0..1, how far receptivity moves towards rising
    trust: Array  # points lost by coming out of order, <= 0
    quality: Array  # experience points lost likewise, <= 0
    rising: Array  # chance that the mood turns to rising
    due: Array  # 1 where a step came at its time
    early: Array  # 1 where a step came out of order


@dataclass(frozen=True)
class Sequence:
    """The effects on all deeds of a turn [n], and the memory after them."""

    effect: Effect
    position: Array  # [R, C, M, Q]
    step_turn: Array  # [R, C, M, Q]


def pair_up(step: Array, mood: Indices) -> Indices:
    """The steps of every row in every mood, as places in the [Q, 8] tables.

    Args:
        step: step number of each row in each protocol [J, Q], 0 none.
        mood: of each protocol [Q], 1 + `Mood` it acts in, 0 any.

    Returns:
        [5, J, P]: by mood (0 unknown, else 1 + `Mood`) and row up to P places q * 8 + step, in the
        order of the protocols, 0 for none (column 0 of a table is neutral); P is at least 1.
    """
    found = [
        [
            [q * _STEPS + int(k) for q, k in enumerate(steps) if k > 0 and mood[q] in (0, now)]
            for steps in step
        ]
        for now in range(_MOODS + 1)
    ]
    width = max([1, *(len(places) for rows in found for places in rows)])
    pairs = np.zeros((_MOODS + 1, step.shape[0], width), dtype=np.intp)
    for now, rows in enumerate(found):
        for row, places in enumerate(rows):
            pairs[now, row, : len(places)] = places
    return pairs


def neutral(shape: tuple[int, ...]) -> Effect:
    """No protocol in play."""
    return Effect(
        factor=np.ones(shape),
        component=np.ones(shape),
        lift=np.zeros(shape),
        trust=np.zeros(shape),
        quality=np.zeros(shape),
        rising=np.zeros(shape),
        due=np.zeros(shape),
        early=np.zeros(shape),
    )


def follow(rules: Rules, state: State, deeds: Deeds) -> Sequence:
    """Play the deeds of a turn through every protocol in their order (N1 of the coverage notes)."""
    moods = deeds.of_person(state.mood)
    pairs = pairs_of(rules, deeds.row, moods)
    steps = np.flatnonzero(pairs.any(axis=-1))
    result = neutral(deeds.row.shape)
    if not steps.size:
        return Sequence(result, state.position, state.step_turn)
    need = deeds.of_person(state.known[..., _NEED])
    position, step_turn = state.position.copy(), state.step_turn.copy()
    flat_position, flat_turn = position.reshape(-1), step_turn.reshape(-1)
    base = deeds.at_person * rules.sizes.protocols
    earlier = _earlier(deeds.at_person[steps])
    for number in range(int(earlier.max()) + 1):
        taken = steps[earlier == number]
        places = pairs[taken]
        where = base[taken, None] + places // _STEPS
        here, age = current(
            rules, places, flat_position[where], turns=state.turn - flat_turn[where]
        )
        effect, moved, stepped = assess(rules, places, here, age=age, need=need[taken])
        real = places % _STEPS > 0
        flat_position[where[real]] = moved[real]
        flat_turn[where[real]] = np.where(stepped, state.turn, state.turn - age)[real]
        for name, values in vars(effect).items():
            vars(result)[name][taken] = values
    return Sequence(result, position, step_turn)


def _earlier(person: Indices) -> Indices:
    """How many of those before it in the list are of the same person."""
    order = np.argsort(person, kind="stable")
    found = person[order]
    result = np.empty_like(person)
    result[order] = np.arange(person.shape[0]) - np.searchsorted(found, found)
    return result


def pairs_of(rules: Rules, row: Indices, mood: Indices) -> Indices:
    """The places of rows for people in a mood (-1 unknown), [..., P]."""
    table = rules.protocols.pairs
    flat = table.reshape(-1, table.shape[-1])
    return flat.take((mood + 1) * table.shape[1] + row, axis=0)


def current(rules: Rules, places: Indices, position: Array, *, turns: Array) -> tuple[Array, Array]:
    """Position and age now: a step done too long ago slips back, one after `hold` turns.

    Args:
        rules: holds the protocols.
        places: of the steps, [..., P].
        position: as it was left.
        turns: since then.
    """
    period = rules.protocols.hold.take(places // _STEPS) + 1.0
    slips = np.floor(np.maximum(turns, 0.0) / period)
    return np.maximum(position - slips, 0.0), turns - slips * period


def stands_at(rules: Rules, position: Array, step_turn: Array, *, turn: int, marks: Array) -> Mask:
    """Who stands at a marked position of a protocol, [R, C, M].

    Args:
        rules: holds the protocols.
        position: as it was left, [R, C, M, Q].
        step_turn: turn from which its age counts, likewise.
        turn: the present one.
        marks: [Q, 8] 1 where a position counts.
    """
    found = np.zeros(position.shape[:-1], dtype=np.bool_)
    for order in np.flatnonzero(marks.any(axis=1)).tolist():
        places = np.full(found.shape, order * _STEPS)
        turns = turn - step_turn[..., order]
        here, _ = current(rules, places, position[..., order], turns=turns)
        found |= marks[order].take(here.astype(np.intp)) > 0.0
    return found


def assess(
    rules: Rules, places: Indices, position: Array, *, age: Array, need: Mask
) -> tuple[Effect, Array, Mask]:
    """What the order does to a deed, and what the deed does to the memory.

    Args:
        rules: holds the protocols.
        places: of its steps in the tables [..., P].
        position: steps done in their protocols [..., P].
        age: turns since the last one [..., P].
        need: whether the person's need is known [...].

    Returns:
        The effect [...], the positions after the deed, and where a step came at its time [..., P].
    """
    table, step, order = rules.protocols, places % _STEPS, places // _STEPS
    when = _timing(table, places, position, age=age, need=need)
    done = np.where(step >= table.length.take(order), table.restart.take(order), step)
    moved = np.where(when.due, done, position)
    moved = np.where(when.early & table.strict.take(order), 0.0, moved)
    moved = np.where(when.late, np.maximum(position - 1.0, 0.0), moved)
    return _effect(rules, places, when), moved, when.due


def foresee(rules: Rules, places: Indices, position: Array, *, age: Array, need: Mask) -> Effect:
    """What the order would do to a deed; arguments as for `assess`."""
    return _effect(rules, places, _timing(rules.protocols, places, position, age=age, need=need))


@dataclass(frozen=True)
class _Timing:
    """When each step comes, [..., P]; a deed without a step is none of these."""

    due: Mask
    early: Mask  # out of order
    late: Mask
    again: Mask


def _timing(
    table: Protocols, places: Indices, position: Array, *, age: Array, need: Mask
) -> _Timing:
    step = places % _STEPS
    following = (step == position + 1.0) & (step > 0)
    ready = age >= _at(table.gap_min, places)
    ready &= need[..., None] | (_at(table.needs_need, places) == 0.0)
    in_time = age <= _at(table.gap_max, places)
    return _Timing(
        due=following & ready & in_time,
        early=(step > position + 1.0) | (following & ~ready),
        late=following & ready & ~in_time,
        again=(step > 0) & (step <= position),
    )


def _effect(rules: Rules, places: Indices, when: _Timing) -> Effect:
    """Fold the protocols of a deed: products are clipped step by step, sums run left to right."""
    table, p, order = rules.protocols, rules.parameters, places // _STEPS
    value = np.where(when.due, _at(table.ok, places), 1.0)
    value = np.where(when.early, _at(table.early, places), value)
    value = np.where(when.late, table.late.take(order), value)
    value = np.where(when.again, table.again.take(order), value)
    parts = table.component.take(order)
    folded = {"component": np.ones(value.shape[:-1]), "factor": np.ones(value.shape[:-1])}
    for index in range(places.shape[-1]):
        for name, scales in (("component", parts[..., index]), ("factor", ~parts[..., index])):
            scaled = folded[name] * np.where(scales, value[..., index], 1.0)
            folded[name] = np.minimum(np.maximum(scaled, p.sequence_floor), p.sequence_ceiling)
    return Effect(
        **folded,
        lift=_largest(np.where(when.due, _at(table.lift, places), 0.0)),
        rising=_largest(np.where(when.due, _at(table.rising_chance, places), 0.0)),
        trust=fixed_sum(np.where(when.early, _at(table.early_trust, places), 0.0)),
        quality=fixed_sum(np.where(when.early, _at(table.early_quality, places), 0.0)),
        due=_largest(when.due * 1.0),
        early=_largest(when.early * 1.0),
    )


def _largest(values: Array) -> Array:
    """The largest value over the last, short axis, column by column."""
    result: Array = values[..., 0]
    for index in range(1, values.shape[-1]):
        result = np.maximum(result, values[..., index])
    return result


def _at(column: Array, places: Indices) -> Array:
    """A [Q, 8] table at given places."""
    return column.reshape(-1).take(places)


def start_anew(rules: Rules, position: Array, failed: Mask) -> Array:
    """A new failure starts the protocols of recovery from their first step."""
    if not failed.any() or not rules.protocols.reset_by_failure.any():
        return position
    anew, where = position.copy(), np.flatnonzero(failed)
    rows = anew.reshape(-1, *position.shape[2:])
    rows[where] = np.where(rules.protocols.reset_by_failure, 0.0, rows[where])
    return anew
