"""Rows of a batch: picking, repeating and joining states and choices run by run."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from sim.arrays import Indices
from sim.engine.rules import Rules
from sim.engine.state import Choices, State, Traits, changed


def take(state: State, rows: Indices) -> State:
    """Some runs of a state, in any order and as often as wanted."""
    taken = {
        name: value.take(rows, axis=0)
        for name, value in vars(state).items()
        if isinstance(value, np.ndarray)
    }
    return changed(state, traits=picked(state.traits, lambda value: value.take(rows, 0)), **taken)


def cut(state: State, rows: Indices) -> State:
    """Consecutive runs of a state, without copying them."""
    begin, end = int(rows[0]), int(rows[-1]) + 1
    part = {
        name: value[begin:end]
        for name, value in vars(state).items()
        if isinstance(value, np.ndarray)
    }
    return changed(state, traits=picked(state.traits, lambda value: value[begin:end]), **part)


def picked(traits: Traits, pick: Callable[[Any], Any]) -> Traits:
    """Traits picked from; those that are the same in every run stay one row."""
    return replace(
        traits,
        **{
            name: value if value.shape[0] == 1 else pick(value)
            for name, value in vars(traits).items()
        },
    )


def take_columns(state: State, rows: Indices) -> State:
    """For each run and customer the columns of another run: rows [R, C]."""
    customers = rows.shape[1]
    flat = rows * customers + np.arange(customers)

    def column(value: Any) -> Any:
        return value.reshape(-1, *value.shape[2:]).take(flat, axis=0)

    moved = {
        name: column(value)
        for name, value in vars(state).items()
        if _of_customers(name, value, customers)
    }
    return changed(state, traits=picked(state.traits, column), **moved)


def _of_customers(name: str, value: object, customers: int) -> bool:
    """Whether the second axis of a field of the state is that of customers."""
    if not isinstance(value, np.ndarray) or value.ndim < 2 or name in _OF_THE_FIRM:
        return False
    return value.shape[1] == customers


_OF_THE_FIRM = frozenset(
    (
        "quality_pipeline",
        "stocks",
        "factors",
        "touchpoint_rate",
        "market_ready",
        "variables",
        "event_count",
        "event_turn",
        "encounter_count",
        "encounter_turn",
        "encounter_waiting",
    )
)  # though an axis of theirs may be as long by chance


def chosen(choices: Choices, rows: Indices) -> Choices:
    """The choices of some runs."""
    return Choices(**{name: value[rows] for name, value in vars(choices).items()})


def joined(parts: list[Choices]) -> Choices:
    """Choices of several batches as one."""
    return Choices(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])}
    )


def key(choices: Choices) -> bytes:
    """What a plan of one run is told from others by."""
    return b"".join(value.tobytes() for value in vars(choices).values())


def same(one: Choices, other: Choices) -> bool:
    """Whether two plans of one run are the same."""
    return key(one) == key(other)


def nothing(rules: Rules, runs: int = 1) -> Choices:
    """Doing nothing."""
    sizes = rules.sizes
    blank = np.zeros((runs, sizes.customers, sizes.slots), dtype=np.intp)
    return Choices(
        action=blank,
        tone=blank,
        person=blank,
        market=np.zeros((runs, sizes.market_actions), dtype=np.bool_),
        response=np.zeros((runs, sizes.encounters), dtype=np.intp),
    )
