"""Lasting facts of customers, and which of the mechanisms that need opting in a scenario uses."""

import math
from collections.abc import Callable, Sequence
from dataclasses import fields

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.parameters import Parameters
from sim.engine.rules import FACTORS, SURVEYS, TOUCHPOINTS
from sim.engine.tables import Events, Features, Instruments, MarketRows
from sim.exact import fixed_sum
from sim.scenario.compile_people import in_order, shares
from sim.scenario.library import Library
from sim.scenario.schema_customers import Customer
from sim.scenario.schema_scenario import Scenario

_NO_CAP = 100.0
_CAPS = (
    "level_cap_brand",
    "level_cap_distant",
    "service_cap_poor",
    "service_cap_standard",
    "service_cap_quality",
)
_STYLES = ("driver", "analytical", "expressive", "amiable")


def features_of(scenario: Scenario, parameters: Parameters) -> Features:
    """The lasting facts of each customer, neutral where the scenario is silent."""
    customers = list(scenario.customers.values())
    p = parameters
    price = {"price": p.price_weight_price, "composite": 1.0, "value": p.price_weight_value}
    benefit = {"price": p.benefit_weight_price, "composite": 1.0, "value": p.benefit_weight_value}
    return Features(
        price_weight=_each(customers, lambda one: price[one.orientation]),
        values=np.stack([_values(one) for one in customers]),
        benefit_weight=_each(customers, lambda one: benefit[one.orientation]),
        tolerance=_each(customers, lambda one: one.tolerance),
        credit=_each(customers, lambda one: one.credit),
        budget=_each(customers, lambda one: math.inf if one.budget is None else one.budget),
    )


def _values(customer: Customer) -> Array:
    """Weights of the five factors as whole 1024ths; all alike where the scenario is silent."""
    said = in_order(customer.values, FACTORS)
    return shares(said if any(said) else [1.0] * len(FACTORS))


def touchpoint_shares(library: Library) -> Array:
    """The share of each touchpoint in what goes wrong, [8]."""
    parts = np.array([library.touchpoints[name].share for name in TOUCHPOINTS])
    return parts / fixed_sum(parts)


def instruments(library: Library) -> Instruments:
    """The ways to ask customers, in the order of SURVEYS."""
    entries = [library.surveys[name] for name in SURVEYS]
    columns = {
        field.name: [float(getattr(entry, field.name)) for entry in entries]
        for field in fields(Instruments)
    }
    return Instruments(**{name: np.array(values) for name, values in columns.items()})


def in_play(
    parameters: Parameters,
    features: Features,
    unused: frozenset[str],
    *,
    market: MarketRows,
    events: Events,
) -> frozenset[str]:
    """The mechanisms that do something in this scenario.

    Args:
        parameters: of the scenario.
        features: of its customers.
        unused: columns of the effect table that are neutral in every row.
        market: its market actions.
        events: its events.
    """
    pushes = (getattr(parameters, f"push_{style}") != 1.0 for style in _STYLES)
    marks = {
        "price_weight": _any(features.price_weight != 1.0) or "price_shift" not in unused,
        "budget": _any(features.budget < math.inf),
        "push": any(pushes) and "pushing" not in unused,
        "credit": _any(features.credit < 1.0),
        "values": _any(market.factors != 0.0) or _any(events.factors != 0.0),
        "touchpoints": "touchpoint" not in unused or _any(market.touchpoint > 0),
        "lens": parameters.lens_weight > 0.0 or parameters.lens_gap > 0.0,
        "survey": "survey" not in unused or _any(market.survey > 0),
        "tier": not {"service", "effort"} <= unused,
        "caps": any(getattr(parameters, name) < _NO_CAP for name in _CAPS),
    }
    return frozenset(name for name, used in marks.items() if used)


def _each(customers: Sequence[Customer], value: Callable[[Customer], float]) -> Array:
    return np.array([value(customer) for customer in customers], dtype=np.float64)


def _any(mask: Mask) -> bool:
    return bool(mask.any())
