"""Where the engine has a game."""

from dataclasses import dataclass

import numpy as np

from sim.engine.state import State
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
