"""Chance as one program tells it to another: the drawn numbers themselves, never the seed.

A class shares its luck, and its seed would tell all turns to come. So a program that takes part is
told the numbers of a turn when that turn has been played, and computes the very same turn from
them; the digest of where the game then stands shows that both programs agree.

    packed(draw(seed, turn, shape))  -> text        turn_luck(text, shape)  -> Draws
    digest(state)                    -> text
"""

import base64
import binascii
import hashlib
from typing import Any, Final

import numpy as np

from sim.arrays import Array
from sim.draws import NUMBERS_PER_SLOT, Shape
from sim.engine.state import Draws, StartDraws, State
from sim.errors import SimError

_NUMBER: Final = np.dtype("<f8")
_PORTABLE: Final = {"b": "u1", "i": "<i8", "u": "<i8", "f": "<f8"}  # one form on every machine


def packed(chance: Draws | StartDraws) -> str:
    """The numbers of one run as text: base64 of little-endian doubles, array after array."""
    parts = [np.ascontiguousarray(each, dtype=_NUMBER).tobytes() for each in vars(chance).values()]
    return base64.b64encode(b"".join(parts)).decode()


def turn_luck(text: str, shape: Shape) -> Draws:
    """The chance of a turn from what `packed` made of it.

    Args:
        text: as it was told.
        shape: of the scenario.

    Raises:
        SimError: `join/garbled`: it is not the chance of a turn of this scenario.
    """
    people = (shape.customers, shape.people)
    shapes = {
        "delivery": (shape.customers,),
        "response": (shape.customers,),
        "growth": (shape.customers,),
        "person": people,
        "event": (shape.events,),
        "encounter": (shape.encounters,),
    }
    return Draws(**_unpacked(text, shapes))


def opening_luck(text: str, shape: Shape) -> StartDraws:
    """The chance of the opening; as `turn_luck`."""
    people = (shape.customers, shape.people)
    return StartDraws(**_unpacked(text, {"customer": (shape.customers,), "person": people}))


def _unpacked(text: str, shapes: dict[str, tuple[int, ...]]) -> dict[str, Array]:
    try:
        raw = base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SimError("join/garbled") from error
    found: dict[str, Array] = {}
    begin = 0
    for name, slots in shapes.items():
        whole = (1, *slots, NUMBERS_PER_SLOT)
        size = _NUMBER.itemsize * int(np.prod(whole))
        part, begin = raw[begin : begin + size], begin + size
        if len(part) < size:
            raise SimError("join/garbled")
        found[name] = np.frombuffer(part, dtype=_NUMBER).astype(np.float64).reshape(whole)
    if begin != len(raw) or not all(_uniform(each) for each in found.values()):
        raise SimError("join/garbled")
    return found


def _uniform(numbers: Array) -> bool:
    """Whether all lie in [0, 1); false for what is not a number."""
    return bool(((numbers >= 0.0) & (numbers < 1.0)).all())


def digest(state: State) -> str:
    """SHA-256 over every bit of where one game stands."""
    whole = hashlib.sha256(str(state.turn).encode())
    for owner in (state, state.traits):
        for name, value in sorted(vars(owner).items()):
            if isinstance(value, np.ndarray):
                whole.update(f"{name}{value.shape}".encode())
                whole.update(_bytes(value))
    return whole.hexdigest()


def _bytes(value: Any) -> bytes:
    return np.ascontiguousarray(value, dtype=_PORTABLE[value.dtype.kind]).tobytes()
