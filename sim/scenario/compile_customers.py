"""The portfolio at the start: every field of the state that a scenario can set, and its worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.parameters import Parameters
from sim.engine.rules import FAMILIES, Opening
from sim.engine.state import Status
from sim.engine.tables import Features
from sim.engine.terms import ladder, prices, staying, value
from sim.engine.terms.attention import EVEN
from sim.engine.terms.deeds import account
from sim.exact import fixed_sum
from sim.scenario.compile_parameters import market_at_start
from sim.scenario.compile_people import (
    PARTS,
    Slots,
    cumulative,
    each_person,
    known,
    moods,
    motives,
    style_prior,
    styles,
    width,
)
from sim.scenario.library import Library
from sim.scenario.schema_customers import PERSON_NUMBERS, Customer, PersonFields
from sim.scenario.schema_library import MarketEntry, StartEntry
from sim.scenario.schema_scenario import Scenario
from sim.scenario.schema_types import MOODS

_ONES = ("reference_price", "price_factor", "service_cost", "failure_factor")
_ZEROES = (
    "coercive_turns",
    "resentment",
    "dependence",
    "contact",
    "failure",
    "failures",
    "stake",
    "failure_age",
    "failure_prior",
    "failure_guard",
    "failure_due",
    "frailty_shift",
    "idle",
    "friends_left",
    "low_turns",
    "unaffordable",
    "cared",
    "prepared",
    "owed",
    "survey_wait",
    "survey_open",
    "attentive",
    "historic_value",
    "door",
)
_BY_STATUS = (
    "purchases",
    "earned_procedural",
    "earned_financial",
    "coercive_procedural",
    "coercive_financial",
    "bond",
)
_REASONS = {None: 0, "none": 0, "price": 1, "service": 2}
_NEVER = 99.0
_MIXING_STEPS = 512  # the chain of moods has long forgotten where it began


@dataclass(frozen=True)
class Axes:
    """Lengths that the opening needs and customers do not tell."""

    actions: int
    protocols: int


@dataclass(frozen=True)
class Setting:
    """What the opening is made from."""

    scenario: Scenario
    library: Library
    parameters: Parameters
    slots: Slots
    features: Features

    @property
    def customers(self) -> list[Customer]:
        """In the order of the rows."""
        return list(self.scenario.customers.values())


@dataclass(frozen=True)
class Book:
    """What the opening portfolio is worth, kept as it is."""

    value: float
    profit: float
    potential: Array  # [C] of all heads of the opening active customers, else 0
    brought: Array  # [C] profit of the last turn of all who have bought, the lapsed included


def opening(setting: Setting, axes: Axes) -> tuple[Opening, Book]:
    """The start state before chance, and its worth."""
    scenario, library = setting.scenario, setting.library
    state = _customer_fields(setting) | _person_fields(setting, axes)
    state["ready_turn"] = np.zeros((len(scenario.customers), axes.actions))
    chance, gain = _hazard_and_profit(setting, state)
    active = state["status"] == Status.ACTIVE
    state["profit"] = np.where(active, gain, 0.0) * state["size"]
    market, customers = market_at_start(scenario, library), setting.customers
    built = Opening(
        state=state,
        style=styles(scenario),
        motives=motives(scenario),
        mood=moods(scenario),
        personal_fit=_said(customers, "personal_fit", 0.0),
        fit_drawn=np.array([each.personal_fit is None for each in customers]),
        fit_spread=_spreads(setting, "fit_spread"),
        frailty=_said(customers, "frailty", 0.0),
        frailty_drawn=np.array([each.frailty is None for each in customers]),
        frailty_spread=_spreads(setting, "frailty_spread"),
        potential_spread=_potential_spread(setting),
        style_prior=style_prior(scenario, library),
        mood_prior=cumulative(stationary(library)),
        money=scenario.budget.money,
        core_quality=market.core_quality,
        competition=market.competition,
        rival_quality=market.rival_quality,
        rival_price=market.rival_price,
        rival_push=_push(setting, market),
        openness=market.openness,
        variables=np.array(list(scenario.variables.values()), dtype=np.float64),
    )
    return built, _book(setting, state, chance, gain)


def _push(setting: Setting, market: MarketEntry) -> float:
    """How hard rivals court our customers: as the market says, or as the boldest of them does."""
    said = setting.scenario.market.rival_push
    pushes = [rival.push for rival in setting.scenario.rivals.values() if rival.push > 0.0]
    return market.rival_push if said is not None or not pushes else max(pushes)


def _start(library: Library, customer: Customer) -> StartEntry:
    newcomer = customer.status in {"prospect", "unborn"}
    return library.start["prospect" if newcomer else "active"]


def _customer_fields(setting: Setting) -> dict[str, Any]:
    customers, number = setting.customers, len(setting.customers)
    starts = [_start(setting.library, customer) for customer in customers]
    fields: dict[str, Any] = {
        "status": _indices([Status[each.status.upper()] for each in customers]),
        "size": np.array([each.count for each in customers], dtype=np.float64),
        "potential": _said(customers, "potential", 1.0),
        "deal_logit": _said(customers, "deal_logit", setting.parameters.deal_start),
        "voiced": np.array([each.voiced for each in customers], dtype=np.bool_),
        "voiced_age": np.array([0.0 if each.voiced else _NEVER for each in customers]),
        "redress": np.zeros((number, 3)),
        "handled_age": np.full(number, -1.0),
        "promise": np.zeros(number, dtype=np.intp),
        "open_encounter": np.zeros(number, dtype=np.intp),
        "leave_reason": _indices([_REASONS[each.leave_reason] for each in customers]),
        "seen_turn": np.full(number, -1.0),
        "price_weight": setting.features.price_weight,
        "guarded": np.zeros(number, dtype=np.intp),
        "survey": np.zeros((number, 3)),
        "survey_pending": np.zeros((number, 3)),
        "survey_turn": np.full(number, -1.0),
        "touchpoint": np.zeros(number, dtype=np.intp),
    }
    fields["attention"] = _said(customers, "attention", EVEN)
    fields |= {name: _said(customers, name, 0.0) for name in _ZEROES}
    fields |= {name: _said(customers, name, 1.0) for name in _ONES}
    for name in _BY_STATUS:
        fields[name] = _said(customers, name, [getattr(start, name) for start in starts])
    return fields


def _said(customers: Sequence[Customer], name: str, otherwise: float | list[float]) -> Array:
    """A number per customer, or what holds where the scenario is silent."""
    usual = otherwise if isinstance(otherwise, list) else [otherwise] * len(customers)
    values = [getattr(each, name, None) for each in customers]
    numbers = [a if said is None else said for said, a in zip(values, usual, strict=True)]
    return np.array(numbers, dtype=np.float64)


def _person_fields(setting: Setting, axes: Axes) -> dict[str, Any]:
    scenario = setting.scenario
    shape = (len(scenario.customers), width(scenario))
    told = known(scenario)
    meters = {name: _meters(setting, name, shape) for name in PERSON_NUMBERS}
    return {
        **meters,
        "repetition": np.zeros((*shape, len(FAMILIES))),
        "known": told,
        "fresh": told.copy(),
        "noted": told.copy(),
        "hint": np.zeros((*shape, 4)),
        "guide": np.zeros(shape, dtype=np.intp),
        "lens": _meters(setting, "impression", shape),
        "met": np.repeat(_met(setting)[:, None], shape[1], axis=1),
        "position": np.zeros((*shape, axes.protocols)),
        "step_turn": np.zeros((*shape, axes.protocols)),
        "seen": np.stack([meters[name] for name in ("satisfaction", "loyalty", "trust")], -1),
    }


def _met(setting: Setting) -> Mask:
    """Whether the people of each customer know us: by default those who have bought do."""
    return np.array(
        [
            each.status not in {"prospect", "unborn"} if each.met is None else each.met
            for each in setting.customers
        ]
    )


def _meters(setting: Setting, name: str, shape: tuple[int, int]) -> Array:
    """A meter of everybody; slots where nobody is hold what the customer's own entry says."""
    table = np.zeros(shape)
    for c, customer in enumerate(setting.customers):
        table[c] = _meter(setting, name, customer, customer)
    for c, m, customer, person in each_person(setting.scenario):
        table[c, m] = _meter(setting, name, customer, person)
    return table


def _meter(setting: Setting, name: str, customer: Customer, person: PersonFields) -> float:
    """What the person's entry says, or the customer's, or what is usual for the status."""
    for entry in (person, customer, _start(setting.library, customer)):
        said = getattr(entry, name, None)
        if said is not None:
            return float(said)
    if name == "experience":
        return market_at_start(setting.scenario, setting.library).core_quality
    return 0.0


def _hazard_and_profit(setting: Setting, state: dict[str, Array]) -> tuple[Array, Array]:
    """The active's chance to leave, frailty left out, and the profit per head, each [C]."""
    market, weight = market_at_start(setting.scenario, setting.library), setting.slots.role_weight
    zero = np.zeros(len(weight))
    satisfaction = account(weight, state["satisfaction"][None])[0]
    loyalty = account(weight, state["loyalty"][None])[0]
    parts = staying.stay_parts(
        setting.parameters,
        satisfaction=satisfaction,
        loyalty=loyalty,
        procedural=state["earned_procedural"] + state["coercive_procedural"],
        financial=state["earned_financial"] + state["coercive_financial"],
        bond=state["bond"],
        pull=staying.rival_pull(
            setting.parameters,
            rival_quality=zero + market.rival_quality,
            quality=zero + market.core_quality,
            dependence=state["dependence"],
            extra=prices.undercut(
                setting.parameters,
                state["price_weight"],
                state["price_factor"],
                zero + market.rival_price,
            ),
        ),
        competition=zero + market.competition,
        resentment=state["resentment"],
        friends_left=zero,
        frailty=zero,
    )
    gain = value.profit(
        setting.parameters,
        potential=state["potential"],
        satisfaction=satisfaction,
        price=state["price_factor"],
        service_cost=state["service_cost"],
        step=ladder.step(setting.parameters, state["purchases"], loyalty),
    )
    active = state["status"] == Status.ACTIVE
    chance = staying.leave_chance(staying.add_parts(parts))
    return np.where(active, chance, 0.0), gain


def _book(setting: Setting, state: dict[str, Array], chance: Array, gain: Array) -> Book:
    """Lifetime value, profit and potential of the opening customers, heads included."""
    active = state["status"] == Status.ACTIVE
    lifetime = value.lifetime_value(setting.parameters, state["profit"], chance)
    return Book(
        value=float(fixed_sum(np.where(active, lifetime, 0.0))),
        profit=float(fixed_sum(state["profit"])),
        potential=np.where(active, state["potential"] * state["size"], 0.0),
        brought=np.where(active | (state["status"] == Status.LAPSED), gain * state["size"], 0.0),
    )


def _spreads(setting: Setting, name: str) -> Array:
    """How widely a hidden fact is spread: by the customer, the scenario or the library, [C]."""
    priors = [setting.scenario.prior, setting.library.prior]
    spreads = []
    for customer in setting.customers:
        said = (getattr(prior, name) for prior in (customer.prior, *priors))
        spreads.append(next(value for value in said if value is not None))
    return np.array(spreads, dtype=np.float64)


def _potential_spread(setting: Setting) -> Array:
    """Sigma of the lognormal, 0 where the author said the value, [C]."""
    drawn = np.array([each.potential is None for each in setting.customers])
    return np.where(drawn, _spreads(setting, "potential_spread"), 0.0)


def stationary(library: Library) -> list[float]:
    """The long-run shares of the moods, by letting the chain run."""
    table = [[float(library.chance(a, b)) for b in MOODS] for a in MOODS]
    chances = np.array(table, dtype=np.float64)
    now = np.full(len(MOODS), 1.0 / len(MOODS))
    for _ in range(_MIXING_STEPS):
        now = fixed_sum(now[:, None] * chances, axis=0)
    return [float(share) for share in now]


def ties(scenario: Scenario) -> tuple[Indices, Array]:
    """Neighbours of each customer and the weights k/1024 of the ties, [C, N]."""
    ids = list(scenario.customers)
    most = max(1, *(len(each.ties) for each in scenario.customers.values()), 1)
    neighbour = np.zeros((len(ids), most), dtype=np.intp)
    weight = np.zeros((len(ids), most))
    for c, customer in enumerate(scenario.customers.values()):
        for n, (other, share) in enumerate(customer.ties.items()):
            neighbour[c, n] = ids.index(other)
            heard = scenario.customers[other].influence
            weight[c, n] = round(share * heard * PARTS) / PARTS
    return neighbour, weight


def segments(scenario: Scenario) -> Mask:
    """Which rows stand for many customers alike, [C]."""
    return np.array([each.count > 1 for each in scenario.customers.values()], dtype=np.bool_)


def _indices(values: Sequence[int]) -> Indices:
    return np.array([int(each) for each in values], dtype=np.intp)
