"""What the order of deeds will do to one of them, as far as the player can know (N1)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import Observation
from sim.engine.rules import KINDS, Rules
from sim.engine.terms import sequence

_NEED = KINDS.index("need")
_PLACES = 8  # steps a protocol has room for
_NEUTRAL = {"factor": 1.0, "component": 1.0, "lift": 0.0, "trust": 0.0, "quality": 0.0}


@dataclass(frozen=True)
class Order:
    """What its place in an order does to a deed, each [N, R, C, M]; see `sequence.Effect`."""

    factor: Array
    component: Array
    lift: Array
    trust: Array
    quality: Array


def alone(rules: Rules, seen: Observation, rows: Indices, *, among: Mask | None = None) -> Order:
    """Each row [N, 1, 1, 1] done by itself: what the memory of earlier turns makes of it.

    Args:
        rules: of the scenario.
        seen: what the player knows.
        rows: of the effect table.
        among: the deeds in question [N, R, C, M|1], others stay neutral; None is all.
    """
    order = _neutral((rows.shape[0], *seen.mood.shape))
    pairs = rules.protocols.pairs
    entry = (seen.mood + 1) * pairs.shape[1] + rows  # [N, R, C, M]
    step = pairs[..., 0].take(entry) > 0  # many deeds are a step of nothing
    where = np.flatnonzero(step if among is None else step & among)
    places = pairs.reshape(-1, pairs.shape[-1]).take(entry.reshape(-1)[where], axis=0)
    several = (places[:, 1:] > 0).any(axis=-1)
    for some, width in ((~several, 1), (several, places.shape[-1])):
        here = np.flatnonzero(some)
        person = where[here] % seen.mood.size
        taken = places[here, :width]
        position, turns = _memory(rules, seen, taken, person)
        need = seen.known[..., _NEED].reshape(-1)[person]
        _write(order, where[here], sequence.foresee(rules, taken, position, turns=turns, need=need))
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
    places, path, depth = sequence.packed(every[steps]), path[steps], depth[steps]
    position, turns = _memory(rules, there, places, steps)
    need = there.known[..., _NEED].reshape(-1)[steps]
    for number in range(int(depth.max()) + 1):
        now = np.flatnonzero(depth == number)
        effect, step = sequence.assess(
            rules, places[now], position[now], turns=turns[now], need=need[now]
        )
        _write(order, steps[now], {name: getattr(effect, name) for name in sequence.FORESEEN})
        for further in range(1, int(depth.max()) + 1 - number):
            last = np.minimum(now + further, steps.shape[0] - 1)
            goes_on = (path[last] == path[now]) & (last > now)
            left = {name: values[goes_on] for name, values in vars(step).items()}
            _carry((places, position, turns), now[goes_on], last[goes_on], sequence.Step(**left))
    return order


def _carry(
    memory: tuple[Indices, Array, Array], now: Indices, later: Indices, step: sequence.Step
) -> None:
    """Let a later step of the path find the memory as this one leaves it."""
    places, position, turns = memory
    for one in range(places.shape[-1]):
        for other in range(places.shape[-1]):
            first, then = places[now, one], places[later, other]
            same = first // _PLACES == then // _PLACES
            same &= (first % _PLACES > 0) & (then % _PLACES > 0)
            here, since = later[same], np.where(step.due[:, one], 0.0, step.age[:, one])
            position[here, other], turns[here, other] = step.moved[same, one], since[same]


def _memory(
    rules: Rules, seen: Observation, places: Indices, person: Indices
) -> tuple[Array, Array]:
    """Position as it was left, and turns since then, in given places of given persons, [n, P]."""
    where = person[:, None] * rules.sizes.protocols + places // _PLACES
    return seen.position.reshape(-1).take(where), seen.turn - seen.step_turn.reshape(-1).take(where)


def _neutral(shape: tuple[int, ...]) -> Order:
    return Order(**{name: np.full(shape, value) for name, value in _NEUTRAL.items()})


def _write(order: Order, where: Indices, effect: dict[str, Array]) -> None:
    """Set the effects at flat positions, most of which are without."""
    for name, values in effect.items():
        felt = np.flatnonzero(values != _NEUTRAL[name])
        getattr(order, name).reshape(-1)[where[felt]] = values[felt]
