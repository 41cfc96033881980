"""What the order of deeds will do to one of them, as far as the player can know (N1)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import Observation
from sim.engine.rules import KINDS, Rules
from sim.engine.terms import sequence

_NEED = KINDS.index("need")
_PLACES = 8  # steps a protocol has room for
_NAMES = ("factor", "component", "lift", "trust", "quality")


@dataclass(frozen=True)
class Order:
    """What its place in an order does to a deed, each [N, R, C, M]; see `sequence.Effect`."""

    factor: Array
    component: Array
    lift: Array
    trust: Array
    quality: Array


def alone(rules: Rules, seen: Observation, rows: Indices) -> Order:
    """Each row [N, 1, 1, 1] done by itself: what the memory of earlier turns makes of it."""
    order = _neutral((rows.shape[0], *seen.mood.shape))
    places = sequence.pairs_of(rules, rows, seen.mood)  # [N, R, C, M, P]
    where = np.flatnonzero(places[..., 0])  # most deeds are a step of nothing
    if where.size:
        taken, person = places.reshape(-1, places.shape[-1])[where], where % seen.mood.size
        position, age = _memory(rules, seen, taken, person)
        need = seen.known[..., _NEED].reshape(-1)[person]
        effect = sequence.foresee(rules, taken, position, age=age, need=need)
        _write(order, where, effect)
    return order


def in_turn(
    rules: Rules, there: Observation, row: Indices, *, path: Indices, depth: Indices
) -> Order:
    """Paths of answers, each played through the memory from its first step to its last.

    Args:
        rules: of the scenario.
        there: what is known of the person each step is meant for, [K, 1, 1].
        row: of each step; the steps of a path stand one after the other [K].
        path: that each step belongs to [K].
        depth: place of each step in its path [K].
    """
    order = _neutral(there.mood.shape)
    every = sequence.pairs_of(rules, row, there.mood.reshape(-1))  # [K, P]
    steps = np.flatnonzero(every[:, 0])  # many an answer is a step of nothing
    if not steps.size:
        return order
    places, path, depth = every[steps], path[steps], depth[steps]
    position, age = _memory(rules, there, places, steps)
    need = there.known[..., _NEED].reshape(-1)[steps]
    for number in range(int(depth.max()) + 1):
        now = np.flatnonzero(depth == number)
        effect, moved, due = sequence.assess(
            rules, places[now], position[now], age=age[now], need=need[now]
        )
        _write(order, steps[now], effect)
        for further in range(1, int(depth.max()) + 1 - number):
            last = np.minimum(now + further, steps.shape[0] - 1)
            goes_on = (path[last] == path[now]) & (last > now)
            _carry(
                (places, position, age),
                now[goes_on],
                last[goes_on],
                moved=moved[goes_on],
                due=due[goes_on],
            )
    return order


def _carry(
    memory: tuple[Indices, Array, Array], now: Indices, later: Indices, *, moved: Array, due: Mask
) -> None:
    """Let a later step of the path find the memory as this one leaves it."""
    places, position, age = memory
    for one in range(places.shape[-1]):
        for other in range(places.shape[-1]):
            first, then = places[now, one], places[later, other]
            same = first // _PLACES == then // _PLACES
            same &= (first % _PLACES > 0) & (then % _PLACES > 0)
            position[later, other] = np.where(same, moved[:, one], position[later, other])
            age[later, other] = np.where(same & due[:, one], 0.0, age[later, other])


def _memory(
    rules: Rules, seen: Observation, places: Indices, person: Indices
) -> tuple[Array, Array]:
    """Position and age now in the protocols of given places of given persons, [n, P]."""
    where = person[:, None] * rules.sizes.protocols + places // _PLACES
    left = seen.turn - seen.step_turn.reshape(-1).take(where)
    return sequence.current(rules, places, seen.position.reshape(-1).take(where), turns=left)


def _neutral(shape: tuple[int, ...]) -> Order:
    one, zero = np.ones(shape), np.zeros(shape)
    return Order(
        factor=one, component=one.copy(), lift=zero, trust=zero.copy(), quality=zero.copy()
    )


def _write(order: Order, where: Indices, effect: sequence.Effect) -> None:
    """Set the effects at flat positions."""
    for name in _NAMES:
        getattr(order, name).reshape(-1)[where] = getattr(effect, name)
