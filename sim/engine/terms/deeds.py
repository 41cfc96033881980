"""What is done for customers in a turn, as one list of effect rows: responses, then actions."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import Rules
from sim.engine.state import Choices, State

_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True)
class Deeds:
    """The deeds of all runs in one list of n, in the order in which customers meet them.

    A turn has a handful of deeds for dozens of customers, so that a list costs a fraction of a full
    table. First all first responses, then all second ones, ..., then the first actions and so on:
    `bounds` marks these places, and no customer has two deeds within one of them.
    """

    row: Indices  # [n] index into the effect table, > 0
    tone: Indices  # [n] 0 neutral, 1 + Style
    person: Indices  # [n] people slot addressed
    run: Indices  # [n]
    customer: Indices  # [n]
    at: Indices  # [n] flat position of the customer in [R, C]
    at_person: Indices  # [n] flat position of the person in [R, C, M]
    flat: Indices  # [n] flat position in [D, R, C], D the places below
    bounds: tuple[tuple[int, int], ...]  # first and past-the-last deed of each place
    responses: int  # so many of the places come from an encounter
    shape: tuple[int, int, int]  # R, C, M

    @property
    def answered(self) -> Mask:
        """Which deeds are responses in an encounter, [n]."""
        last = self.bounds[self.responses - 1][1] if self.responses else 0
        return np.arange(self.row.shape[0]) < last

    def spread(self, values: Array) -> Array:
        """The sum over each customer's deeds, first deed first: [n] -> [R, C]."""
        size = self.shape[0] * self.shape[1]
        return _sums(self.at, values, size).reshape(self.shape[:2])

    def product(self, values: Array) -> Array:
        """The product over each customer's deeds, first deed first: [n] -> [R, C]."""
        total = np.ones(self.shape[0] * self.shape[1])
        np.multiply.at(total, self.at, values)
        return total.reshape(self.shape[:2])

    def largest(self, values: Array) -> Array:
        """The largest value among each customer's deeds, at least 0: [n] -> [R, C]."""
        found = np.zeros(self.shape[0] * self.shape[1])
        np.maximum.at(found, self.at, values)
        return found.reshape(self.shape[:2])

    def any(self, marks: Mask) -> Mask:
        """Whether one of a customer's deeds is marked: [n] -> [R, C]."""
        found = np.zeros(self.shape[0] * self.shape[1], dtype=np.bool_)
        found[self.at[marks]] = True
        return found.reshape(self.shape[:2])

    def to_people(self, values: Array, colleagues: float) -> Array:
        """In full to the person addressed, a share to colleagues: [n] -> [R, C, M]."""
        runs, customers, people = self.shape
        if people == 1:
            return self.spread(values)[..., None]
        slots = np.arange(people)
        shared = values[:, None] * np.where(self.person[:, None] == slots, 1.0, colleagues)
        where = self.at[:, None] * people + slots
        size = runs * customers * people
        return _sums(where.reshape(-1), shared.reshape(-1), size).reshape(self.shape)

    def in_places(self, values: Array) -> Array:
        """The values by place in the order of deeds, 0 where it is empty: [n] -> [D, R, C]."""
        table = np.zeros((len(self.bounds), *self.shape[:2]))
        table.reshape(-1)[self.flat] = values
        return table

    def of_customer(self, values: NDArray[_Kind]) -> NDArray[_Kind]:
        """The customer's value at each deed: [1|R, C] -> [n]."""
        where = self.at if values.shape[0] > 1 else self.customer
        return values.reshape(-1).take(where)

    def of_person(self, values: NDArray[_Kind]) -> NDArray[_Kind]:
        """The value of the person addressed: [1|R, C, M] -> [n]."""
        if values.shape[0] > 1:
            return values.reshape(-1).take(self.at_person)
        return values.reshape(-1).take(self.customer * self.shape[2] + self.person)


def gather(rules: Rules, state: State, choices: Choices) -> Deeds:
    """Turn choices into effect rows.

    A path of responses brings up to `depth` rows, an encounter without an answer its own row.
    """
    row, tone, person = (
        np.moveaxis(values, -1, 0) for values in (choices.action, choices.tone, choices.person)
    )
    responses = 0
    if state.open_encounter.any():
        answers = _answers(rules, state, choices)
        responses = answers[0].shape[0]
        row, tone, person = (
            np.concatenate(parts) for parts in zip(answers, (row, tone, person), strict=True)
        )
    flat = np.flatnonzero(row)
    customers = row.shape[1] * row.shape[2]
    ends = np.searchsorted(flat, np.arange(row.shape[0] + 1) * customers).tolist()
    at, person = flat % customers, person.take(flat)
    return Deeds(
        row=row.take(flat),
        tone=tone.take(flat),
        person=person,
        run=at // rules.sizes.customers,
        customer=at % rules.sizes.customers,
        at=at,
        at_person=at * rules.sizes.people + person,
        flat=flat,
        bounds=tuple(pairwise(ends)),
        responses=responses,
        shape=(state.money.shape[0], rules.sizes.customers, rules.sizes.people),
    )


def _answers(rules: Rules, state: State, choices: Choices) -> tuple[Indices, Indices, Indices]:
    """Row, tone and speaker of each step of the chosen paths, each [depth, R, C]."""
    encounters, depth = rules.encounters, rules.sizes.depth
    opened = state.open_encounter > 0
    which = np.maximum(state.open_encounter - 1, 0)
    path = np.where(opened, np.take_along_axis(choices.response, which, axis=1), 0)
    first = (which * rules.sizes.paths + np.maximum(path - 1, 0)) * depth
    steps = first + np.arange(depth)[:, None, None]
    row = np.where(path > 0, encounters.rows.take(steps), 0)
    tone = np.where(path > 0, encounters.tones.take(steps), 0)
    silent = opened & (path == 0)
    row[0] = np.where(silent, encounters.unanswered.take(which), row[0])
    speaker = np.where(opened, encounters.speaker.take(which), 0)
    return row, tone, np.broadcast_to(speaker, row.shape)


def _sums(where: Indices, values: Array, size: int) -> Array:
    """Sums by flat position, each taken in the order of the deeds, as `bincount` does.

    Of no deeds it would count whole numbers.
    """
    return np.bincount(where, values, size).astype(np.float64, copy=False)


def account(weight: Array, values: Array) -> Array:
    """A customer's value from its people's: weights [C, M], values [R, C, M] -> [R, C]."""
    if values.shape[-1] == 1:
        return values[..., 0]
    total = weight[:, 0] * values[..., 0]
    for slot in range(1, values.shape[-1]):
        total = total + weight[:, slot] * values[..., slot]
    return total
