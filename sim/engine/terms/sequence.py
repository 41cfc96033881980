"""Sequence memory (N1): the same deed helps or hurts depending on what came before it."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.once import once
from sim.engine.parameters import Parameters
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State
from sim.engine.tables import Protocols
from sim.engine.terms.deeds import Deeds

_NEED = KINDS.index("need")
_STEPS = 8  # columns of the protocol tables
_MEMORIES = 2 * _STEPS  # of a protocol at one time: positions, with the need known or not
_MOODS = 4
_EFFECTS = 8  # fields of `Effect`, of which
_PRODUCTS, _SUMS = 2, 4  # the first two are products, the next two sums, and the others the largest
FORESEEN = 5  # the first so many bear on what a deed is worth


@dataclass(frozen=True)
class Effect:
    """What its place in the orders of steps does to a deed; any shape."""

    factor: Array  # multiplier of the deed
    component: Array  # multiplier of its part of justice
    trust: Array  # points lost by coming out of order, <= 0
    quality: Array  # experience points lost likewise, <= 0
    lift: Array  # 0..1, how far receptivity moves towards rising
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


def neutral(number: int, shape: tuple[int, ...]) -> Array:
    """The first so many effects with no protocol in play, one below the other."""
    effects = np.zeros((number, *shape))
    effects[:_PRODUCTS] = 1.0
    return effects


def follow(rules: Rules, state: State, deeds: Deeds) -> Sequence:
    """Play the deeds of a turn through every protocol in their order (N1 of the coverage notes)."""
    pairs = pairs_of(rules, deeds.row, deeds.of_person(state.mood))
    steps = np.flatnonzero(pairs[:, 0])
    effects = neutral(_EFFECTS, deeds.row.shape)
    if not steps.size:
        return Sequence(Effect(*effects), state.position, state.step_turn)
    pairs, person = packed(pairs[steps]), deeds.at_person[steps]
    position, step_turn = state.position.copy(), state.step_turn.copy()
    where = (person * rules.sizes.protocols)[:, None] + pairs // _STEPS
    before = recalled(
        rules,
        position.reshape(-1).take(where),
        turns=state.turn - step_turn.reshape(-1).take(where),
        need=state.known[..., _NEED].reshape(-1)[person, None],
    )
    memory = played_through(rules, pairs, before, person)
    effects[:, steps] = foreseen(rules, memory)
    real, every = np.flatnonzero(pairs), _outlook(rules)
    where, memory = where.reshape(-1)[real], memory.reshape(-1)[real]
    position.reshape(-1)[where] = every.moved.take(memory)
    step_turn.reshape(-1)[where] = state.turn - every.since.take(memory)
    return Sequence(Effect(*effects), position, step_turn)


def packed(places: Indices) -> Indices:
    """Without the last columns of places that no deed uses, [n, P]."""
    width = places.shape[-1]
    while width > 1 and not places[:, width - 1].any():
        width -= 1
    return places[:, :width]


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


def recalled(rules: Rules, position: Array, *, turns: Array, need: Mask) -> Indices:
    """Where an outlook has what comes of the steps of a protocol at a memory of it; any shape.

    Args:
        rules: holds the protocols.
        position: as it was left, a whole number.
        turns: since then, a whole number from 0 to those of a game.
        need: whether the person's need is known.
    """
    known = turns * (rules.sizes.protocols * _STEPS * _STEPS) + position
    return (known * 2.0 + need).astype(np.intp)


def at_steps(places: Indices, before: Indices) -> Indices:
    """Where an outlook has steps, by their places in the tables and what is recalled."""
    return before + places * _MEMORIES


def played_through(rules: Rules, places: Indices, before: Indices, owner: Indices) -> Indices:
    """Where to look each step up if it finds the memory as the one before it has left it, [n, P].

    Args:
        rules: holds the protocols.
        places: of the steps in the tables [n, P], in the order in which they are taken.
        before: what was recalled of their protocols before the first of them, [n, P].
        owner: of each, below whom a protocol has a memory of its own, [n].
    """
    memory, every = at_steps(places, before).reshape(-1), places.reshape(-1)
    real = np.flatnonzero(every)
    of = owner[real // places.shape[1]] * rules.sizes.protocols + every[real] // _STEPS
    order = np.argsort(of, kind="stable")
    real, of = real[order], of[order]
    number = np.arange(of.shape[0]) - np.searchsorted(of, of)
    for later in range(1, int(number.max(initial=0)) + 1):
        now = np.flatnonzero(number == later)
        left = _outlook(rules).left.take(memory[real[now - 1]])
        memory[real[now]] = at_steps(every[real[now]], left)
    return memory.reshape(places.shape)


def foreseen(rules: Rules, memory: Indices) -> Array:
    """The effects of deeds, one below the other as the fields of `Effect` are.

    Their protocols are folded: products are clipped step by step, sums run left to right.

    Args:
        rules: holds the protocols.
        memory: where to look up the steps of each deed, [n, P].
    """
    p, every = rules.parameters, _outlook(rules).effect
    total, *others = (every.take(memory[:, k], axis=1) for k in range(memory.shape[1]))
    products, sums, largest = total[:_PRODUCTS], total[_PRODUCTS:_SUMS], total[_SUMS:]
    _within(p, products)
    for other in others:
        products *= other[:_PRODUCTS]
        _within(p, products)
        sums += other[_PRODUCTS:_SUMS]
        np.maximum(largest, other[_SUMS:], out=largest)
    return total


def _within(p: Parameters, products: Array) -> None:
    """Clip products to their limits, where they stand."""
    np.maximum(products, p.sequence_floor, out=products)
    np.minimum(products, p.sequence_ceiling, out=products)


def of_first(rules: Rules, places: Indices, before: Indices) -> Array:
    """As `foreseen` for deeds that are one step at most, of any shape: those that bear on worth.

    Args:
        rules: holds the protocols.
        places: of their steps in the tables, 0 none.
        before: what is recalled of the protocol.
    """
    return _outlook(rules).first.take(at_steps(places, before), axis=1)


@dataclass(frozen=True)
class _Outlook:
    """What comes of every single step at every memory of its protocol, see `recalled`."""

    effect: Array  # [effects, n] as the fields of `Effect`, before the limits of the products
    first: Array  # [FORESEEN, n] within the limits
    moved: Array  # [n] position after the step
    since: Array  # [n] turns since the last step that came at its time, this one included
    left: Indices  # [n] what is recalled after it


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
    since = np.where(when.due, 0.0, age)
    effect = np.stack(list(vars(_of_steps(rules, place, when)).values()))
    first = effect[:FORESEEN].copy()
    _within(rules.parameters, first[:_PRODUCTS])
    after = recalled(rules, moved, turns=since, need=need > 0)
    return _Outlook(effect, first, moved, since, after)


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
        trust=np.where(when.early, _at(table.early_trust, places), 0.0),
        quality=np.where(when.early, _at(table.early_quality, places), 0.0),
        lift=np.where(when.due, _at(table.lift, places), 0.0),
        rising=np.where(when.due, _at(table.rising_chance, places), 0.0),
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
