"""Lasting facts of customers, and which of the mechanisms that need opting in a scenario uses."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.parameters import Parameters
from sim.engine.tables import Features
from sim.scenario.schema_customers import Customer
from sim.scenario.schema_scenario import Scenario

_STYLES = ("driver", "analytical", "expressive", "amiable")


def features_of(scenario: Scenario, parameters: Parameters) -> Features:
    """The lasting facts of each customer, neutral where the scenario is silent."""
    customers = list(scenario.customers.values())
    p = parameters
    price = {"price": p.price_weight_price, "composite": 1.0, "value": p.price_weight_value}
    benefit = {"price": p.benefit_weight_price, "composite": 1.0, "value": p.benefit_weight_value}
    return Features(
        price_weight=_each(customers, lambda one: price[one.orientation]),
        benefit_weight=_each(customers, lambda one: benefit[one.orientation]),
        budget=_each(customers, lambda one: math.inf if one.budget is None else one.budget),
    )


def in_play(parameters: Parameters, features: Features, unused: frozenset[str]) -> frozenset[str]:
    """The mechanisms that do something in this scenario.

    Args:
        parameters: of the scenario.
        features: of its customers.
        unused: columns of the effect table that are neutral in every row.
    """
    pushes = (getattr(parameters, f"push_{style}") != 1.0 for style in _STYLES)
    marks = {
        "price_weight": _any(features.price_weight != 1.0) or "price_shift" not in unused,
        "budget": _any(features.budget < math.inf),
        "push": any(pushes),
    }
    return frozenset(name for name, used in marks.items() if used)


def _each(customers: Sequence[Customer], value: Callable[[Customer], float]) -> Array:
    return np.array([value(customer) for customer in customers], dtype=np.float64)


def _any(mask: Mask) -> bool:
    return bool(mask.any())
