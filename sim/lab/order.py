"""What the order of deeds will do to one of them, as far as the player can know (N1)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import Observation
from sim.engine.once import once
from sim.engine.rules import KINDS, Rules
from sim.engine.terms import sequence
from sim.lab.hearers import Hearers

_NEED = KINDS.index("need")
_PLACES = 8  # steps a protocol has room for


@dataclass(frozen=True)
class Order:
    """What its place in an order does to a deed, each [N, R, C, M]; see `sequence.Effect`."""

    factor: Array
    component: Array
    trust: Array
    quality: Array
    lift: Array


def alone(rules: Rules, seen: Observation, rows: Indices, *, among: Mask | None = None) -> Order:
    """Each row [N, 1, 1, 1] done by itself: what the memory of earlier turns makes of it.

    Args:
        rules: of the scenario.
        seen: what the player knows.
        rows: of the effect table.
        among: the deeds in question [N, R, C, M|1], others stay neutral; None is all.
    """
    pairs, protocols = rules.protocols.pairs, rules.sizes.protocols
    if not pairs[:, rows.reshape(-1), 0].any():  # nothing is a step of anything
        return Order(*sequence.neutral(sequence.FORESEEN, (rows.shape[0], *seen.mood.shape)))
    entry = (seen.mood + 1) * pairs.shape[1] + rows  # [N, R, C, M]
    place = pairs[..., 0].take(entry)
    if among is not None:
        place *= among
    before = sequence.recalled(
        rules,
        seen.position,
        turns=seen.turn - seen.step_turn,
        need=seen.known[..., _NEED, None],
    )
    person = np.arange(seen.mood.size).reshape(seen.mood.shape) * protocols
    effects = sequence.of_first(rules, place, before.take(person + place // _PLACES))
    if not _several(rules).any():
        return Order(*effects)
    several = _several(rules).take(entry) & (place > 0)
    where = np.flatnonzero(several)
    places = pairs.reshape(-1, pairs.shape[-1]).take(entry.reshape(-1)[where], axis=0)
    person = (where % seen.mood.size * protocols)[:, None]
    memory = sequence.at_steps(places, before.take(person + places // _PLACES))
    _write(effects, where, sequence.foreseen(rules, memory))
    return Order(*effects)


@once
def _several(rules: Rules) -> Mask:
    """Which rows are a step of several protocols, by 1 + mood, [5, J]."""
    return np.count_nonzero(rules.protocols.pairs[..., 1:], axis=-1) > 0


def in_turn(rules: Rules, hearers: Hearers, row: Indices, *, path: Indices) -> Order:
    """Paths of answers, each played through the memory from its first step to its last.

    Args:
        rules: of the scenario.
        hearers: the person each step is meant for.
        row: of each step; the steps of a path stand one after the other, the first first [K].
        path: that each step belongs to [K].
    """
    mood = hearers.seen.mood
    effects = sequence.neutral(sequence.FORESEEN, mood.shape)
    every = sequence.pairs_of(rules, row, mood.reshape(-1))  # [K, P]
    steps = np.flatnonzero(every[:, 0])  # many an answer is a step of nothing
    if not steps.size:
        return Order(*effects)
    places, seen, person = sequence.packed(every[steps]), hearers.everybody, hearers.place[steps]
    where = (person * rules.sizes.protocols)[:, None] + places // _PLACES
    before = sequence.recalled(
        rules,
        seen.position.reshape(-1).take(where),
        turns=seen.turn - seen.step_turn.reshape(-1).take(where),
        need=seen.known[..., _NEED].reshape(-1)[person, None],
    )
    memory = sequence.played_through(rules, places, before, path[steps])
    _write(effects, steps, sequence.foreseen(rules, memory))
    return Order(*effects)


def _write(effects: Array, where: Indices, found: Array) -> None:
    """Set the effects at flat positions, one kind after the other, which is faster than at once."""
    for effect, values in zip(effects, found[: sequence.FORESEEN], strict=True):
        effect.reshape(-1)[where] = values
