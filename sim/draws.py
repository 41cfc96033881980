"""All randomness of the program: uniform numbers addressed by position, never drawn in sequence.

The generator is numpy's Philox4x64-10 (Salmon et al. 2011, Parallel random numbers: as easy as
1, 2, 3), a function of a key and a counter. The key is the seed. The counter is

    (run * PITCH + slot, turn, stream, 0)

where a slot is a customer, an event or an encounter and PITCH is the smallest power of two that
holds all slots. One counter value gives the four numbers of a slot. Hence:

- a number depends on the seed and its address only, not on what was drawn before, so plans that
  differ for one customer leave the luck of all others alone, and unused numbers shift nothing;
- row r of a batch has the numbers of the single game with run index r, however a batch is cut;
- a customer that is added within the same PITCH changes no number of the others.

The generator's raw 64 bits are used, whose stream numpy guarantees, and turned into doubles here;
the methods of `numpy.random.Generator` may change between versions.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from sim.arrays import Array
from sim.engine.state import Draws, StartDraws

# Streams. A number once given is never changed or used again, or saved games would not replay.
DELIVERY: Final = 1
RESPONSE: Final = 2
GROWTH: Final = 3
EVENT: Final = 4
ENCOUNTER: Final = 5
POLICY: Final = 6
REVIEW: Final = 7
START_CUSTOMER: Final = 8
PERSON: Final = 16  # .. 21, one for each person slot at a customer
START_PERSON: Final = 24  # .. 29, likewise

PEOPLE_LIMIT: Final = 6
NUMBERS_PER_SLOT: Final = 4

_WORD_LIMIT: Final = 2**63
_KEY_CONSTANT: Final = 0x52617070_6F727421  # the second key word: no seed gives a key of zeros
_UNUSED_BITS: Final = np.array(11, dtype=np.uint64)  # a double holds 53 of the 64 bits
_STEP: Final = np.array(2.0**-53)
_NO_BUFFER: Final = np.zeros(4, dtype=np.uint64)

# Making a generator costs more than a game's turn of numbers, so there is one, moved under a lock.
_PHILOX: Final = np.random.Philox(key=0)
_LOCK: Final = Lock()


@dataclass(frozen=True)
class Shape:
    """How many slots of each kind a scenario has.

    Attributes:
        customers: C, rows reserved for newcomers included.
        people: M, person slots at a customer, 1..6.
        events: E.
        encounters: V.
    """

    customers: int
    people: int
    events: int
    encounters: int

    def __post_init__(self) -> None:
        """Refuses more people than there are streams for."""
        if not 1 <= self.people <= PEOPLE_LIMIT:
            raise ValueError(f"people: {self.people!r} is not within 1..{PEOPLE_LIMIT}")


def draw(seed: int, turn: int, shape: Shape, *, runs: int = 1, first_run: int = 0) -> Draws:
    """The chance of one turn.

    Args:
        seed: 0 or more, below 2**63; the game's.
        turn: 0 or more; the turn that is about to be played.
        shape: the scenario's slots.
        runs: R, 1 or more.
        first_run: the run index of the first row, 0 or more; a game that a person plays is run 0.

    Returns:
        Uniforms in [0, 1) for every slot, used or not.
    """
    rows = _Rows(seed, turn, runs, first_run)
    wide = max(shape.events, shape.encounters)
    return Draws(
        delivery=_block(rows, DELIVERY, shape.customers),
        response=_block(rows, RESPONSE, shape.customers),
        growth=_block(rows, GROWTH, shape.customers),
        person=_people(rows, PERSON, shape),
        event=_block(rows, EVENT, shape.events, wide),
        encounter=_block(rows, ENCOUNTER, shape.encounters, wide),
    )


def draw_start(seed: int, shape: Shape, *, runs: int = 1, first_run: int = 0) -> StartDraws:
    """The chance of the opening state; arguments as for `draw`."""
    rows = _Rows(seed, 0, runs, first_run)
    return StartDraws(
        customer=_block(rows, START_CUSTOMER, shape.customers),
        person=_people(rows, START_PERSON, shape),
    )


def uniform_block(
    seed: int, turn: int, stream: int, *, runs: int = 1, first_run: int = 0, slots: int
) -> Array:
    """The numbers of one stream, for those who choose or test by chance.

    Args:
        seed: 0 or more, below 2**63.
        turn: 0 or more.
        stream: one of this module's stream numbers.
        runs: R, 1 or more.
        first_run: the run index of the first row, 0 or more.
        slots: how many slots to draw for.

    Returns:
        [R, slots, 4] uniforms in [0, 1).
    """
    return _block(_Rows(seed, turn, runs, first_run), stream, slots)


@dataclass(frozen=True)
class _Rows:
    """The part of an address that all streams of a call share."""

    seed: int
    turn: int
    runs: int
    first_run: int

    def __post_init__(self) -> None:
        for name in ("seed", "turn", "runs", "first_run"):
            if not 0 <= getattr(self, name) < _WORD_LIMIT:
                raise ValueError(f"{name}: {getattr(self, name)!r} is not within 0..2**63 - 1")


def _block(rows: _Rows, stream: int, slots: int, pitch_slots: int = 0) -> Array:
    """[R, slots, 4] of a stream whose PITCH holds `slots`, or `pitch_slots` if that is more."""
    pitch = _pitch(max(slots, pitch_slots))
    block = np.empty((rows.runs, slots, NUMBERS_PER_SLOT))
    if not slots:
        return block
    with _LOCK:
        _move_to(rows, stream, pitch)
        words = _PHILOX.random_raw(rows.runs * pitch * NUMBERS_PER_SLOT)
    used = words.reshape(rows.runs, pitch, NUMBERS_PER_SLOT)[:, :slots]
    np.multiply(used >> _UNUSED_BITS, _STEP, out=block)
    return block


def _people(rows: _Rows, first_stream: int, shape: Shape) -> Array:
    """[R, C, M, 4]: one stream of customers for each person slot."""
    result = np.empty((rows.runs, shape.customers, shape.people, NUMBERS_PER_SLOT))
    for member in range(shape.people):
        result[:, :, member] = _block(rows, first_stream + member, shape.customers)
    return result


def _move_to(rows: _Rows, stream: int, pitch: int) -> None:
    """Lets the generator go on from the first slot of the first run.

    Philox counts up before it draws, so that slot 0 of run 0 has the counter 1: fixed for good.
    """
    _PHILOX.state = {
        "bit_generator": "Philox",
        "state": {
            "counter": np.array((rows.first_run * pitch, rows.turn, stream, 0), dtype=np.uint64),
            "key": np.array((rows.seed, _KEY_CONSTANT), dtype=np.uint64),
        },
        "buffer": _NO_BUFFER,
        "buffer_pos": NUMBERS_PER_SLOT,
        "has_uint32": 0,
        "uinteger": 0,
    }


def _pitch(slots: int) -> int:
    """The smallest power of two that is not below `slots`."""
    return 1 << max(slots - 1, 0).bit_length()
