"""Whom each of a list of deeds is meant for: what is known of him, looked up where it is wanted."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.lab.valuation import Prices

_OF_CUSTOMER = frozenset(
    (
        "status",
        "purchases",
        "leave_reason",
        "door",
        "procedural",
        "financial",
        "bond",
        "contact",
        "complaint",
        "complaint_age",
        "redress",
        "deal_chance",
        "stage",
        "price_weight",
        "benefit_weight",
        "unaffordable",
        "tier",
        "prepared",
        "survey_open",
    )
)
_OF_PERSON = frozenset(
    (
        "seen",
        "lens",
        "met",
        "repetition",
        "known",
        "fresh",
        "noted",
        "knowledge",
        "style_belief",
        "mood",
        "motive_match",
        "position",
        "step_turn",
    )
)


@dataclass(frozen=True)
class Hearers:
    """The person each of K deeds is meant for, as if each were a game: [K, 1, 1], people last."""

    rules: Rules
    everybody: Observation
    worth: Prices
    place: Indices  # [K] flat position of each in [R, C, M]

    def only(self, places: Indices | slice) -> "Hearers":
        """Some of them."""
        return Hearers(self.rules, self.everybody, self.worth, self.place[places])

    @cached_property
    def account(self) -> Indices:
        """Flat position of each one's customer in [R, C]."""
        return self.place // self.rules.sizes.people

    @cached_property
    def seen(self) -> Observation:
        """What is known of each; customers [K, 1, 1], people [K, 1, 1, 1]."""
        return Heard(self)

    @cached_property
    def prices(self) -> Prices:
        """Prices at each one's customer, [K, 1, 1]."""
        return cast(Prices, _Priced(self))

    @property
    def deal_weight(self) -> Array:
        """The weight of each in the deal, [K, 1, 1, 1]."""
        weight = self.rules.deal_weight.reshape(-1)
        return weight.take(self.place % weight.shape[0])[:, None, None, None]


class Heard(Observation):
    """An observation of hearers, of which a field is worked out when it is first asked for."""

    def __init__(self, hearers: Hearers) -> None:
        vars(self)["_hearers"] = hearers

    def __getattr__(self, name: str) -> Any:
        """A field of `Observation`."""
        hearers: Hearers = vars(self)["_hearers"]
        values = getattr(hearers.everybody, name)
        if name in _OF_CUSTOMER:
            values = _gathered(values, hearers.account, 2)
        elif name in _OF_PERSON:
            values = _gathered(values, hearers.place, 3)
        vars(self)[name] = values
        return values

    def column(self, name: str, column: Indices) -> Array:
        """One column of a field [R, C, M, n] for each hearer, [K, 1, 1, 1]."""
        hearers: Hearers = vars(self)["_hearers"]
        values: Array = getattr(hearers.everybody, name)
        first = hearers.place.reshape(column.shape) * values.shape[-1]
        found: Array = values.reshape(-1).take(first + column)
        return found


class _Priced:
    """Prices at hearers, likewise."""

    def __init__(self, hearers: Hearers) -> None:
        self._hearers = hearers

    def __getattr__(self, name: str) -> Any:
        """A field of `Prices`."""
        values = getattr(self._hearers.worth, name)
        if isinstance(values, np.ndarray):
            values = _gathered(values, self._hearers.account, 2)
        setattr(self, name, values)
        return values


def _gathered(values: Any, places: Indices, axes: int) -> Any:
    """Values at flat positions in the first axes: [R, C, (M,) ...] -> [K, 1, 1, (1,) ...]."""
    rest = values.shape[axes:]
    found = values.reshape(-1, *rest).take(places, axis=0)
    return found.reshape(places.shape[0], *(1,) * axes, *rest)
