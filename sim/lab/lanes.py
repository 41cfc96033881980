"""Rows of the effect table laid beside customers and people, so that each can be given a worth."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.lab.valuation import Prices

_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True)
class Lanes:
    """Rows of the effect table beside customers and people, [R, C, M, N].

    The rows are the same for everybody, [N], or one for each customer, [R, 1, 1, 1].
    """

    rules: Rules
    seen: Observation
    prices: Prices  # [R, C]
    rows: Indices
    m: Array  # expected multiplier [R, C, M, N]
    component: Array  # what their order does to redress [R, C, M, N]

    def column(self, name: str) -> Any:
        """A column of the effect table for each row."""
        return getattr(self.rules.rows, name)[self.rows]

    def having(self, names: tuple[str, ...]) -> Indices:
        """The places in N of rows that have one of these effects."""
        used = [name for name in names if name not in self.rules.unused]
        has: Mask = np.zeros(self.rows.shape, dtype=np.bool_)
        for name in used:
            values = self.column(name) != 0
            has |= values if values.ndim == has.ndim else values.any(axis=-1)
        return np.flatnonzero(has.reshape(-1, has.shape[-1]).any(axis=0))

    def only(self, places: Indices) -> "Lanes":
        """Some of the rows."""
        if places.shape[0] == self.rows.shape[-1]:
            return self
        return replace(
            self,
            rows=self.rows[..., places],
            m=self.m[..., places],
            component=self.component[..., places],
        )


def at(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """A value of each customer, for every person and row: [R, C] -> [R, C, 1, 1]."""
    return values[:, :, None, None]
