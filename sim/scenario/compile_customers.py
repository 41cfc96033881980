"""The portfolio at the start: every field of the state that a scenario can set, and the ties."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.parameters import Parameters
from sim.engine.rules import FAMILIES, KINDS, Opening
from sim.engine.state import Status
from sim.engine.terms import staying, value
from sim.engine.terms.deeds import account
from sim.exact import fixed_sum
from sim.scenario.compile_parameters import frailty_spread
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
from sim.scenario.schema_library import StartEntry
from sim.scenario.schema_scenario import Scenario
from sim.scenario.schema_types import MOODS

_NEUTRAL = {"reference_price": 1.0, "price_factor": 1.0, "service_cost": 1.0}
_CUSTOMER_ZEROES = (
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
    "historic_value",
)
_REASONS = {None: 0, "none": 0, "price": 1, "service": 2}
_NEVER = 99.0
_MIXING_STEPS = 512  # the chain of moods has long forgotten where it began


@dataclass(frozen=True)
class Book:
    """What the opening portfolio is worth, kept as it is."""

    value: float
    profit: float
    potential: Array  # [C] of all heads of the opening active customers, else 0


@dataclass(frozen=True)
class Sizes:
    """Axes that the opening needs and customers do not tell."""

    actions: int
    protocols: int


def opening(
    scenario: Scenario, library: Library, parameters: Parameters, place: Slots, sizes: Sizes
) -> tuple[Opening, Book]:
    """The start state before chance, and its worth."""
    state = _customer_fields(scenario, library, parameters)
    state |= _person_fields(scenario, library, sizes)
    state["ready_turn"] = np.zeros((len(scenario.customers), sizes.actions))
    chance, gain = _hazard_and_profit(scenario, parameters, place, state)
    state["profit"] = gain * state["size"]
    prior, customers = _spreads(scenario, library), list(scenario.customers.values())
    built = Opening(
        state=state,
        style=styles(scenario),
        motives=motives(scenario),
        mood=moods(scenario),
        personal_fit=_said(customers, "personal_fit", 0.0),
        fit_drawn=np.array([each.personal_fit is None for each in customers]),
        fit_spread=prior["fit_spread"],
        frailty=_said(customers, "frailty", 0.0),
        frailty_drawn=np.array([each.frailty is None for each in customers]),
        frailty_spread=frailty_spread(scenario, library),
        potential_spread=_potential_spread(customers, prior["potential_spread"]),
        style_prior=style_prior(scenario, library),
        mood_prior=cumulative(stationary(library)),
        money=scenario.budget.money,
        core_quality=scenario.market.core_quality,
        competition=scenario.market.competition,
        rival_quality=scenario.market.rival_quality,
        openness=scenario.market.openness,
        variables=np.array(list(scenario.variables.values()), dtype=np.float64),
    )
    return built, _book(parameters, state, chance)


def _start(library: Library, customer: Customer) -> StartEntry:
    newcomer = customer.status in {"prospect", "unborn"}
    return library.start["prospect" if newcomer else "active"]


def _customer_fields(
    scenario: Scenario, library: Library, parameters: Parameters
) -> dict[str, Array]:
    customers = list(scenario.customers.values())
    starts = [_start(library, customer) for customer in customers]
    fields: dict[str, Array] = {
        "status": _indices([Status[each.status.upper()] for each in customers]),
        "size": np.array([each.count for each in customers], dtype=np.float64),
        "potential": _said(customers, "potential", 1.0),
        "deal_logit": _said(customers, "deal_logit", parameters.deal_start),
        "failure_factor": np.ones(len(customers)),
        "voiced": np.array([each.voiced for each in customers], dtype=np.bool_),
        "voiced_age": np.array([0.0 if each.voiced else _NEVER for each in customers]),
        "redress": np.zeros((len(customers), 3)),
        "handled_age": np.full(len(customers), -1.0),
        "promise": np.zeros(len(customers), dtype=np.intp),
        "open_encounter": np.zeros(len(customers), dtype=np.intp),
        "leave_reason": _indices([_REASONS[each.leave_reason] for each in customers]),
        "seen_turn": np.full(len(customers), -1.0),
    }
    for name in _CUSTOMER_ZEROES:
        fields[name] = _said(customers, name, 0.0)
    for name, neutral in _NEUTRAL.items():
        fields[name] = _said(customers, name, neutral)
    for name in ("purchases", *_switching_costs()):
        fields[name] = _said(customers, name, [getattr(start, name) for start in starts])
    return fields


def _switching_costs() -> tuple[str, ...]:
    return (
        "earned_procedural",
        "earned_financial",
        "coercive_procedural",
        "coercive_financial",
        "bond",
    )


def _said(customers: Sequence[Customer], name: str, otherwise: float | Sequence[float]) -> Array:
    """A number per customer, or what holds where the scenario is silent."""
    defaults = otherwise if isinstance(otherwise, list) else [otherwise] * len(customers)
    values = [getattr(each, name, None) for each in customers]
    return np.array(
        [default if said is None else said for said, default in zip(values, defaults, strict=True)],
        dtype=np.float64,
    )


def _person_fields(scenario: Scenario, library: Library, sizes: Sizes) -> dict[str, Array]:
    shape = (len(scenario.customers), width(scenario))
    told = known(scenario)
    fields: dict[str, Array] = {
        "repetition": np.zeros((*shape, len(FAMILIES))),
        "known": told,
        "fresh": told.copy(),
        "noted": told.copy(),
        "hint": np.zeros((*shape, 4)),
        "position": np.zeros((*shape, sizes.protocols)),
        "step_age": np.zeros((*shape, sizes.protocols)),
    }
    assert told.shape[-1] == len(KINDS)
    for name in PERSON_NUMBERS:
        table = np.zeros(shape)
        for c, customer in enumerate(scenario.customers.values()):
            table[c] = _meter(name, customer, customer, scenario, library)
        for c, m, customer, person in each_person(scenario):
            table[c, m] = _meter(name, customer, person, scenario, library)
        fields[name] = table
    fields["seen"] = np.stack([fields[name] for name in ("satisfaction", "loyalty", "trust")], -1)
    return fields


def _meter(
    name: str, customer: Customer, person: PersonFields, scenario: Scenario, library: Library
) -> float:
    """What the person's entry says, or the customer's, or what is usual for the status."""
    for entry in (person, customer, _start(library, customer)):
        said = getattr(entry, name, None)
        if said is not None:
            return float(said)
    return scenario.market.core_quality if name == "experience" else 0.0


def _hazard_and_profit(
    scenario: Scenario, parameters: Parameters, place: Slots, state: dict[str, Array]
) -> tuple[Array, Array]:
    market, zero = scenario.market, np.zeros(len(scenario.customers))
    satisfaction = _of_account(place.role_weight, state["satisfaction"])
    pull = staying.rival_pull(
        parameters,
        rival_quality=zero + market.rival_quality,
        quality=zero + market.core_quality,
        dependence=state["dependence"],
        extra=zero,
    )
    parts = staying.stay_parts(
        parameters,
        satisfaction=satisfaction,
        loyalty=_of_account(place.role_weight, state["loyalty"]),
        procedural=state["earned_procedural"] + state["coercive_procedural"],
        financial=state["earned_financial"] + state["coercive_financial"],
        bond=state["bond"],
        pull=pull,
        competition=zero + market.competition,
        resentment=state["resentment"],
        friends_left=zero,
        frailty=zero,
    )
    gain = value.profit(
        parameters,
        potential=state["potential"],
        satisfaction=satisfaction,
        price=state["price_factor"],
        service_cost=state["service_cost"],
    )
    active = state["status"] == Status.ACTIVE
    chance = staying.leave_chance(staying.add_parts(parts))
    return np.where(active, chance, 0.0), np.where(active, gain, 0.0)


def _of_account(weight: Array, values: Array) -> Array:
    return account(weight, values[None])[0]


def _book(parameters: Parameters, state: dict[str, Array], chance: Array) -> Book:
    """Lifetime value, profit and potential of the opening customers, heads included."""
    active = state["status"] == Status.ACTIVE
    lifetime = value.lifetime_value(parameters, state["profit"], chance)
    return Book(
        value=float(fixed_sum(np.where(active, lifetime, 0.0))),
        profit=float(fixed_sum(state["profit"])),
        potential=np.where(active, state["potential"] * state["size"], 0.0),
    )


def _spreads(scenario: Scenario, library: Library) -> dict[str, float]:
    usual = library.prior
    return {
        name: getattr(usual, name)
        if getattr(scenario.prior, name) is None
        else getattr(scenario.prior, name)
        for name in ("fit_spread", "potential_spread")
    }


def _potential_spread(customers: Sequence[Customer], usual: float) -> Array:
    """Sigma of the lognormal, 0 where the author said the value, [C]."""
    spreads = []
    for customer in customers:
        said = customer.prior.potential_spread
        drawn = usual if said is None else said
        spreads.append(drawn if customer.potential is None else 0.0)
    return np.array(spreads, dtype=np.float64)


def stationary(library: Library) -> list[float]:
    """The long-run shares of the moods, by letting the chain run."""
    table = [[library.moods[a].to.get(b, 0.0) for b in MOODS] for a in MOODS]  # type: ignore[call-overload]
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
            weight[c, n] = round(share * PARTS) / PARTS
    return neighbour, weight


def segments(scenario: Scenario) -> Mask:
    """Which rows stand for many customers alike, [C]."""
    return np.array([each.count > 1 for each in scenario.customers.values()], dtype=np.bool_)


def _indices(values: Sequence[int]) -> Indices:
    return np.array([int(each) for each in values], dtype=np.intp)

