"""Rows of the effect table laid beside customers and people, so that each can be given a worth.

The axis of rows comes first, [N, R, C, M]: what is known of a customer then meets a row along long
stretches of memory, which costs a fraction of what a short last axis would.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.lab.hearers import Hearers
from sim.lab.valuation import Prices

_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True)
class Lanes:
    """Rows of the effect table beside customers and people, [N, R, C, M].

    The rows are the same for everybody; or each of a list has a hearer of its own, who then stands
    in the place of all customers, [N, 1, 1, 1].
    """

    rules: Rules
    seen: Observation
    prices: Prices  # [R, C]
    rows: Indices  # [N, 1, 1, 1]
    m: Array  # expected multiplier [N, R, C, M]
    component: Array  # what their order does to redress [N, R, C, M]
    hearers: Hearers | None = None  # of a list of rows

    def column(self, name: str) -> Any:
        """A column of the effect table for each row."""
        return getattr(self.rules.rows, name).take(self.rows, axis=0)

    @property
    def deal_weight(self) -> Array:
        """The weight of each person in the deal, broadcast against the lanes."""
        return self.rules.deal_weight if self.hearers is None else self.hearers.deal_weight

    def only(self, places: Indices) -> "Lanes":
        """Some of the rows, by their places in N."""
        if places.shape[0] == self.rows.shape[0]:
            return self
        seen, prices, hearers = self.seen, self.prices, self.hearers
        if hearers is not None:
            hearers = hearers.only(places)
            seen, prices = hearers.seen, hearers.prices
        return Lanes(
            rules=self.rules,
            seen=seen,
            prices=prices,
            rows=self.rows[places],
            m=self.m[places],
            component=self.component[places],
            hearers=hearers,
        )


def at(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """A value of each customer, for every person: [R, C] -> [R, C, 1]."""
    return values[..., None]
