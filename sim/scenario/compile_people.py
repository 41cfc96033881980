"""The people at each customer: slots, roles, weights, motives, and what is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import KINDS, MOTIVES, ROLES
from sim.exact import fixed_sum
from sim.scenario.library import Library
from sim.scenario.schema_customers import Customer, Person, PersonFields
from sim.scenario.schema_scenario import Scenario
from sim.scenario.schema_types import MOODS, STYLES

PARTS = 1024  # weights are whole numbers of these, so that they add up exactly
ACCOUNT_DEAL = 3.0  # six roles share what two people bring about (E25: times 6 / 2)
_VETO = ("decider", "approver", "gatekeeper")


@dataclass(frozen=True)
class Slots:
    """Facts of the rules about people, each [C, M]."""

    present: Mask
    role: Indices
    role_weight: Array
    deal_weight: Array
    veto: Mask


def people_of(name: str, customer: Customer) -> Mapping[str, PersonFields]:
    """The people of a customer by id, in slot order; a consumer is its own only person."""
    return customer.people or {name: customer}


def width(scenario: Scenario) -> int:
    """How many slots the fullest customer needs."""
    return max(len(people_of(name, each)) for name, each in scenario.customers.items())


def slots(scenario: Scenario, library: Library) -> Slots:
    """Roles and weights (E25): normalised for meters, times three for the deals of accounts."""
    shape = (len(scenario.customers), width(scenario))
    result = Slots(
        present=np.zeros(shape, dtype=np.bool_),
        role=np.zeros(shape, dtype=np.intp),
        role_weight=np.zeros(shape),
        deal_weight=np.zeros(shape),
        veto=np.zeros(shape, dtype=np.bool_),
    )
    for c, (name, customer) in enumerate(scenario.customers.items()):
        roles = [_role(customer, person) for person in people_of(name, customer).values()]
        weights = [library.roles[role].weight for role in roles]
        several = len(roles) > 1
        total = float(fixed_sum(weights))
        for m, (role, weight) in enumerate(zip(roles, weights, strict=True)):
            result.present[c, m] = True
            result.role[c, m] = ROLES.index(role)
            result.role_weight[c, m] = weight / total if several else 1.0
            result.deal_weight[c, m] = weight * ACCOUNT_DEAL if several else 1.0
            result.veto[c, m] = several and role in _VETO
    return result


def _role(customer: Customer, person: PersonFields) -> str:
    if isinstance(person, Person):
        return person.role
    return customer.role or "decider"


def styles(scenario: Scenario) -> Indices:
    """The style of each person, -1 where it is drawn, [C, M]."""
    return _named(scenario, STYLES, "style")


def moods(scenario: Scenario) -> Indices:
    """The mood of each person at the start, -1 where it is drawn, [C, M]."""
    return _named(scenario, MOODS, "mood")


def _named(scenario: Scenario, names: Sequence[str], field: str) -> Indices:
    table = np.full((len(scenario.customers), width(scenario)), -1, dtype=np.intp)
    for c, m, _, person in each_person(scenario):
        said = getattr(person, field)
        if said is not None:
            table[c, m] = names.index(said)
    return table


def each_person(scenario: Scenario) -> list[tuple[int, int, Customer, PersonFields]]:
    """Row, slot, customer and person of everybody."""
    return [
        (c, m, customer, person)
        for c, (name, customer) in enumerate(scenario.customers.items())
        for m, person in enumerate(people_of(name, customer).values())
    ]


def coaching(scenario: Scenario) -> Array:
    """How many of the four criteria of a coach hold for each person, -1 not said, [C, M]."""
    table = np.full((len(scenario.customers), width(scenario)), -1.0)
    for c, m, _, person in each_person(scenario):
        if person.coach is not None:
            table[c, m] = person.coach
    return table


def motives(scenario: Scenario) -> Array:
    """Motive weights k/1024 that sum to exactly 1, [C, M, 12]; all alike where none are given."""
    table = np.zeros((len(scenario.customers), width(scenario), len(MOTIVES)))
    table[...] = shares([1.0] * len(MOTIVES))
    for c, m, customer, person in each_person(scenario):
        said = person.motives or customer.motives
        if any(weight > 0.0 for weight in said.values()):
            table[c, m] = shares(in_order(said, MOTIVES))
    return table


def in_order(said: Mapping[Any, float], names: Sequence[str]) -> list[float]:
    """The numbers of a mapping in the order of an axis, 0 where it has none."""
    return [said.get(name, 0.0) for name in names]


def shares(weights: Sequence[float]) -> Array:
    """Weights as whole 1024ths that sum to 1, by largest remainder; ties go to the first."""
    total = float(fixed_sum(weights))
    exact = [weight / total * PARTS for weight in weights]
    whole = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda k: (whole[k] - exact[k], k))
    for k in order[: PARTS - int(fixed_sum(whole))]:
        whole[k] += 1
    return np.array(whole, dtype=np.float64) / PARTS


def known(scenario: Scenario) -> Mask:
    """What the player knows at the start, [C, M, K]."""
    table = np.zeros((len(scenario.customers), width(scenario), len(KINDS)), dtype=np.bool_)
    for c, m, customer, person in each_person(scenario):
        for kind in {*person.known, *customer.known}:
            table[c, m, KINDS.index(kind)] = True
        if scenario.reveal == "all":
            table[c, m] = True
    return table


def style_prior(scenario: Scenario, library: Library) -> Array:
    """Cumulative chances of the four styles, [C, M, 4]."""
    table = np.ones((len(scenario.customers), width(scenario), len(STYLES)))
    for c, m, customer, person in each_person(scenario):
        said = person.prior.style if isinstance(person, Person) else {}
        chances = said or customer.prior.style or scenario.prior.style or library.prior.style
        table[c, m] = cumulative(in_order(chances, STYLES))
    return table


def cumulative(chances: Sequence[float]) -> Array:
    """Running sums of chances, scaled so that the last is exactly 1."""
    sums = np.add.accumulate(np.array(chances, dtype=np.float64))
    sums /= sums[-1]
    return sums
