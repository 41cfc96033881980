"""Where the engine has a game: a row of what it computes for many."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engine.state import Chance, Outcome, State
from sim.lab.review import rows


@dataclass(frozen=True)
class Position:
    """Where a game stands: one row of a state that it shares with others."""

    state: State
    row: int

    @property
    def turn(self) -> int:
        """How many turns have been played."""
        return self.state.turn

    @property
    def alone(self) -> State:
        """The state of this game only."""
        return rows.take(self.state, np.array([self.row]))


def outcome_of(outcome: Outcome, row: int) -> Outcome:
    """What came of the turn of one game among many."""
    values: dict[str, Any] = {
        name: _row(value, row)
        for name, value in vars(outcome).items()
        if isinstance(value, np.ndarray)
    }
    chances = tuple(
        Chance(each.name, _row(each.probability, row), _row(each.happened, row))
        for each in outcome.chances
    )
    terms = {
        quantity: {name: _row(value, row) for name, value in named.items()}
        for quantity, named in outcome.terms.items()
    }
    badges = {
        name: value[:, row : row + 1].copy() if value.shape[1] > 1 else value
        for name, value in outcome.badges.items()
    }
    return Outcome(**values, chances=chances, terms=terms, badges=badges)


def _row(value: Any, row: int) -> Any:
    """One row, in memory of its own; a row that all share is everybody's."""
    return value if value.shape[0] == 1 else value[row : row + 1].copy()
