"""Sequence memory (N1): the same deed helps or hurts depending on what came before it."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.once import once
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State
from sim.engine.tables import Protocols
from sim.engine.terms.deeds import Deeds

_NEED = KINDS.index("need")
_STEPS = 8  # columns of the protocol tables
_MOODS = 4
FORESEEN = ("factor", "component", "lift", "trust", "quality")
_EFFECTS = (*FORESEEN, "rising", "due", "early")
_PRODUCTS, _SUMS = frozenset(("factor", "component")), frozenset(("trust", "quality"))


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
    pairs, person = packed(pairs[steps]), deeds.at_person[steps]
    need = state.known[..., _NEED].reshape(-1)[person]
    position, step_turn = state.position.copy(), state.step_turn.copy()
    flat_position, flat_turn = position.reshape(-1), step_turn.reshape(-1)
    base = (person * rules.sizes.protocols)[:, None] + pairs // _STEPS
    earlier = _earlier(person)
    for number in range(int(earlier.max()) + 1):
        taken = np.flatnonzero(earlier == number)
        places, where = pairs[taken], base[taken]
        turns = state.turn - flat_turn[where]
        effect, step = assess(rules, places, flat_position[where], turns=turns, need=need[taken])
        real = places % _STEPS > 0
        flat_position[where[real]] = step.moved[real]
        flat_turn[where[real]] = np.where(step.due, state.turn, state.turn - step.age)[real]
        for name, values in vars(effect).items():
            vars(result)[name][steps[taken]] = values
    return Sequence(result, position, step_turn)


def packed(places: Indices) -> Indices:
    """Without the last columns of places that no deed uses, [n, P]."""
    width = places.shape[-1]
    while width > 1 and not places[:, width - 1].any():
        width -= 1
    return places[:, :width]


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


@dataclass(frozen=True)
class Step:
    """What steps do to the memory of their protocols, [..., P]."""

    moved: Array  # position after the step
    age: Array  # turns since the last step
    due: Mask  # it came at its time


def assess(
    rules: Rules, places: Indices, position: Array, *, turns: Array, need: Mask
) -> tuple[Effect, Step]:
    """What the order does to a deed, and what the deed does to the memory.

    Args:
        rules: holds the protocols.
        places: of its steps in the tables [..., P].
        position: as they were left in their protocols, whole numbers [..., P].
        turns: since then, whole numbers from 0 to those of a game [..., P].
        need: whether the person's need is known [...].
    """
    memory, every = _memory(rules, places, position, turns=turns, need=need), _outlook(rules)
    step = Step(**{name: values.take(memory) for name, values in vars(every.step).items()})
    return Effect(**_effect(rules, memory, _EFFECTS)), step


def foresee(
    rules: Rules, places: Indices, position: Array, *, turns: Array, need: Mask
) -> dict[str, Array]:
    """What the order would do to a deed, by name, as far as it bears on its worth.

    Arguments as for `assess`.
    """
    return _effect(rules, _memory(rules, places, position, turns=turns, need=need), FORESEEN)


def _effect(rules: Rules, memory: Indices, names: tuple[str, ...]) -> dict[str, Array]:
    """Fold the protocols of a deed: products are clipped step by step, sums run left to right."""
    p, every = rules.parameters, vars(_outlook(rules).effect)
    found = {}
    for name in names:
        first, *others = (every[name].take(memory[..., k]) for k in range(memory.shape[-1]))
        if name in _PRODUCTS:
            first = np.minimum(np.maximum(first, p.sequence_floor), p.sequence_ceiling)
        for other in others:
            if name in _PRODUCTS:
                scaled = np.maximum(first * other, p.sequence_floor)
                first = np.minimum(scaled, p.sequence_ceiling)
            else:
                first = first + other if name in _SUMS else np.maximum(first, other)
        found[name] = first
    return found


@dataclass(frozen=True)
class _Outlook:
    """What comes of every single step at every memory of its protocol."""

    effect: Effect  # before the limits of the products
    step: Step


def _memory(rules: Rules, places: Indices, position: Array, *, turns: Array, need: Mask) -> Indices:
    """Where to look up steps in an `_Outlook`, [..., P]."""
    known = (turns * (rules.sizes.protocols * _STEPS) + places) * _STEPS + position
    return (known * 2.0 + need[..., None]).astype(np.intp)


@once
def _outlook(rules: Rules) -> _Outlook:
    """Works every step out beforehand: there are few, and deeds are many."""
    table, places = rules.protocols, rules.sizes.protocols * _STEPS
    turns, place, left, need = np.indices((rules.sizes.turns + 1, places, _STEPS, 2)).reshape(4, -1)
    position, age = current(rules, place, left * 1.0, turns=turns * 1.0)
    when = _timing(table, place, position, age=age, need=need > 0)
    step, order = place % _STEPS, place // _STEPS
    done = np.where(step >= table.length.take(order), table.restart.take(order), step)
    moved = np.where(when.due, done, position)
    moved = np.where(when.early & table.strict.take(order), 0.0, moved)
    moved = np.where(when.late, np.maximum(position - 1.0, 0.0), moved)
    return _Outlook(_of_steps(rules, place, when), Step(moved, age, when.due))


@dataclass(frozen=True)
class _Timing:
    """When each step comes, [n]; a deed without a step is none of these."""

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
    ready &= need | (_at(table.needs_need, places) == 0.0)
    in_time = age <= _at(table.gap_max, places)
    return _Timing(
        due=following & ready & in_time,
        early=(step > position + 1.0) | (following & ~ready),
        late=following & ready & ~in_time,
        again=(step > 0) & (step <= position),
    )


def _of_steps(rules: Rules, places: Indices, when: _Timing) -> Effect:
    """The effect of steps by themselves, before the limits of the products, [n]."""
    table, order = rules.protocols, places // _STEPS
    value = np.where(when.due, _at(table.ok, places), 1.0)
    value = np.where(when.early, _at(table.early, places), value)
    value = np.where(when.late, table.late.take(order), value)
    value = np.where(when.again, table.again.take(order), value)
    of_component = table.component.take(order)
    return Effect(
        factor=np.where(of_component, 1.0, value),
        component=np.where(of_component, value, 1.0),
        lift=np.where(when.due, _at(table.lift, places), 0.0),
        rising=np.where(when.due, _at(table.rising_chance, places), 0.0),
        trust=np.where(when.early, _at(table.early_trust, places), 0.0),
        quality=np.where(when.early, _at(table.early_quality, places), 0.0),
        due=when.due * 1.0,
        early=when.early * 1.0,
    )


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
