"""Rows of the effect table laid beside customers and people, so that each can be given a worth.

The axis of rows comes first, [N, R, C, M]: what is known of a customer then meets a row along long
stretches of memory, which costs a fraction of what a short last axis would.
"""

from dataclasses import dataclass
from functools import cached_property
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
    every_m: Array  # expected multiplier [N, R, C, M]
    every_component: Array  # what their order does to redress [N, R, C, M]
    hearers: Hearers | None = None  # of a list of rows
    places: Indices | slice | None = None  # of the rows among those of these two; None is all

    def column(self, name: str) -> Any:
        """A column of the effect table for each row."""
        return getattr(self.rules.rows, name).take(self.rows, axis=0)

    @property
    def deal_weight(self) -> Array:
        """The weight of each person in the deal, broadcast against the lanes."""
        return self.rules.deal_weight if self.hearers is None else self.hearers.deal_weight

    @cached_property
    def m(self) -> Array:
        """The expected multiplier of each row at each person, [N, R, C, M]."""
        return self.every_m if self.places is None else self.every_m[self.places]

    @cached_property
    def component(self) -> Array:
        """What the order of each row does to redress, [N, R, C, M]."""
        every = self.every_component
        return every if self.places is None else every[self.places]

    def only(self, places: Indices | slice) -> "Lanes":
        """Some of all rows, by their places; what few of them need is looked up when it is."""
        seen, prices, hearers = self.seen, self.prices, self.hearers
        if hearers is not None:
            hearers = hearers.only(places)
            seen, prices = hearers.seen, hearers.prices
        return Lanes(
            rules=self.rules,
            seen=seen,
            prices=prices,
            rows=self.rows[places],
            every_m=self.every_m,
            every_component=self.every_component,
            hearers=hearers,
            places=places,
        )


def at(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """A value of each customer, for every person: [R, C] -> [R, C, 1]."""
    return values[..., None]
