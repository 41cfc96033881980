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
        total = np.zeros(self.shape[0] * self.shape[1])
        where = self.at
        for first, last in self.bounds:
            total[where[first:last]] += values[first:last]
        return total.reshape(self.shape[:2])

    def product(self, values: Array) -> Array:
        """The product over each customer's deeds, first deed first: [n] -> [R, C]."""
        total = np.ones(self.shape[0] * self.shape[1])
        where = self.at
        for first, last in self.bounds:
            total[where[first:last]] *= values[first:last]
        return total.reshape(self.shape[:2])

    def largest(self, values: Array) -> Array:
        """The largest value among each customer's deeds, at least 0: [n] -> [R, C]."""
        found = np.zeros(self.shape[0] * self.shape[1])
        where = self.at
        for first, last in self.bounds:
            place = where[first:last]
            found[place] = np.maximum(found[place], values[first:last])
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
        total = np.zeros((runs * customers, people))
        where, slots = self.at, np.arange(people)
        for first, last in self.bounds:
            share = np.where(self.person[first:last, None] == slots, 1.0, colleagues)
            total[where[first:last]] += values[first:last, None] * share
        return total.reshape(self.shape)

    def in_place(self, values: Array, place: int) -> Array:
        """The values of one place in the order of deeds, 0 where it is empty: [n] -> [R, C]."""
        first, last = self.bounds[place]
        table = np.zeros(self.shape[0] * self.shape[1])
        table[self.at[first:last]] = values[first:last]
        return table.reshape(self.shape[:2])

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
    places = _answers(rules, state, choices) if state.open_encounter.any() else []
    responses = len(places)
    for slot in range(choices.action.shape[-1]):
        row = choices.action[..., slot]
        places.append((row, choices.tone[..., slot], choices.person[..., slot]))
    parts, bounds, begin = [], [], 0
    for row, tone, person in places:
        run, customer = np.nonzero(row)
        parts.append(
            (row[run, customer], tone[run, customer], person[run, customer], run, customer)
        )
        bounds.append((begin, begin + run.shape[0]))
        begin += run.shape[0]
    row, tone, person, run, customer = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    at = run * rules.sizes.customers + customer
    return Deeds(
        row=row,
        tone=tone,
        person=person,
        run=run,
        customer=customer,
        at=at,
        at_person=at * rules.sizes.people + person,
        bounds=tuple(bounds),
        responses=responses,
        shape=(state.money.shape[0], rules.sizes.customers, rules.sizes.people),
    )


def _answers(
    rules: Rules, state: State, choices: Choices
) -> list[tuple[Indices, Indices, Indices]]:
    """Row, tone and speaker of each step of the chosen paths, each [R, C]."""
    encounters, depth = rules.encounters, rules.sizes.depth
    opened = state.open_encounter > 0
    which = np.maximum(state.open_encounter - 1, 0)
    path = np.where(opened, np.take_along_axis(choices.response, which, axis=1), 0)
    first = (which * rules.sizes.paths + np.maximum(path - 1, 0)) * depth
    silent = np.where(opened & (path == 0), encounters.unanswered.take(which), 0)
    speaker = np.where(opened, encounters.speaker.take(which), 0)
    steps = []
    for step in range(depth):
        row = np.where(path > 0, encounters.rows.reshape(-1).take(first + step), 0)
        tone = np.where(path > 0, encounters.tones.reshape(-1).take(first + step), 0)
        steps.append((np.where(silent > 0, silent, row) if step == 0 else row, tone, speaker))
    return steps


def account(weight: Array, values: Array) -> Array:
    """A customer's value from its people's: weights [C, M], values [R, C, M] -> [R, C]."""
    if values.shape[-1] == 1:
        return values[..., 0]
    total = weight[:, 0] * values[..., 0]
    for slot in range(1, values.shape[-1]):
        total = total + weight[:, slot] * values[..., slot]
    return total
