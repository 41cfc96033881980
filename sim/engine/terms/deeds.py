"""What is done for customers in a turn, as one list of effect rows: responses, then actions."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import Rules
from sim.engine.state import Choices, State

_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True)
class Deeds:
    """Effect rows in the order in which the customer meets them; D is the longest list."""

    row: Indices  # [D, R, C] index into the effect table, 0 nothing
    tone: Indices  # [D, R, C] 0 neutral, 1 + Style
    person: Indices  # [D, R, C] people slot addressed
    responses: int  # so many of the D come from an encounter

    def of(self, column: Array) -> Array:
        """A column of the effect table for every deed, [D, R, C]."""
        return column.take(self.row)

    def total(self, column: Array) -> Array:
        """The sum of a column over the deeds of each customer, [R, C], first deed first."""
        return add_up(column.take(self.row))


def add_up(values: Array) -> Array:
    """Sum over the deeds axis in its order: [D, R, C] -> [R, C]."""
    total = values[0] + 0.0
    for value in values[1:]:
        total = total + value
    return total


def gather(rules: Rules, state: State, choices: Choices) -> Deeds:
    """Turn choices into effect rows.

    A path of responses brings up to `depth` rows, an encounter without an answer its own row. The
    list is only as long as the batch needs; the rows left out would all be zero.
    """
    parts = [
        (
            np.moveaxis(choices.action, -1, 0),
            np.moveaxis(choices.tone, -1, 0),
            np.moveaxis(choices.person, -1, 0),
        )
    ]
    responses = 0
    if state.open_encounter.any():
        answers = _answers(rules, state, choices)
        responses = answers[0].shape[0]
        parts.insert(0, answers)
    row, tone, person = (
        np.ascontiguousarray(np.concatenate([part[k] for part in parts])) for k in range(3)
    )
    return Deeds(row=row, tone=tone, person=person, responses=responses)


def _answers(rules: Rules, state: State, choices: Choices) -> tuple[Indices, Indices, Indices]:
    """The rows of the chosen paths: row, tone, speaker, each [depth, R, C]."""
    encounters, depth = rules.encounters, rules.sizes.depth
    opened = state.open_encounter > 0
    which = np.maximum(state.open_encounter - 1, 0)
    path = np.where(opened, np.take_along_axis(choices.response, which, axis=1), 0)
    first = (which * rules.sizes.paths + np.maximum(path - 1, 0)) * depth
    steps = np.arange(depth).reshape(depth, 1, 1)
    answered = path > 0
    rows = np.where(answered, encounters.rows.reshape(-1).take(first + steps), 0)
    tones = np.where(answered, encounters.tones.reshape(-1).take(first + steps), 0)
    rows[0] = np.where(opened & ~answered, encounters.unanswered.take(which), rows[0])
    used = max(1, int(np.max((rows > 0).any(axis=(1, 2)) * (np.arange(depth) + 1))))
    speaker = np.where(opened, encounters.speaker.take(which), 0)
    return rows[:used], tones[:used], np.broadcast_to(speaker, rows[:used].shape)


def of_person(values: NDArray[_Kind], person: Indices) -> NDArray[_Kind]:
    """The value of the person addressed: [1|R, C, M] at [D, R, C] -> [D, R, C]."""
    if values.shape[-1] == 1:
        return np.broadcast_to(values[..., 0], person.shape)
    wide = np.broadcast_to(values, (person.shape[1], *values.shape[1:]))
    return np.take_along_axis(wide[None], person[..., None], axis=-1)[..., 0]


def addressed(deeds: Deeds, people: int) -> Mask:
    """Which people each deed addresses, [D, R, C, M]."""
    hit = deeds.row > 0
    if people == 1:
        return hit[..., None]
    return hit[..., None] & (deeds.person[..., None] == np.arange(people))


def account(weight: Array, values: Array) -> Array:
    """A customer's value from its people's: weights [C, M], values [R, C, M] -> [R, C]."""
    if values.shape[-1] == 1:
        return values[..., 0]
    total = weight[:, 0] * values[..., 0]
    for slot in range(1, values.shape[-1]):
        total = total + weight[:, slot] * values[..., slot]
    return total
