"""Plans of one turn: where two differ, one with a piece of another, and what the hours allow."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from sim.arrays import Array
from sim.engine import legal
from sim.engine.observe import Observation, observe
from sim.engine.rules import Rules
from sim.engine.state import Choices, State
from sim.errors import IllegalChoiceError
from sim.exact import fixed_sum
from sim.lab import expert
from sim.lab.answers import weighed
from sim.lab.fill import LEAST_HOURS, Offer, fill
from sim.lab.order import alone
from sim.lab.policies import market_worth
from sim.lab.review.rows import key
from sim.lab.valuation import price

_SLACK = 1e-6  # hours by which a plan may seem to take too long before it is looked at closely

Of = Literal["customer", "encounter", "market"]


@dataclass(frozen=True)
class Piece:
    """A part of a plan that can be exchanged: a customer's deeds, an answer, a market action."""

    of: Of
    index: int


@dataclass(frozen=True)
class Table:
    """What can be said of plans in one turn before any game is played on.

    Attributes:
        rules: of the scenario.
        state: of one run, as it was; what is allowed rests on what the player knew.
        seen: what the player saw of it.
        offer: worth of every action as the expert reckons it, score points.
        answers: worth of each answer to an open encounter, the hours it takes counted as a loss,
            by encounter.
        order: what its place in the order of deeds makes of each action for each person, a factor,
            [C, M, A]; below 1 it comes too early, too late, or once more.
        market: worth of each market action, score points, [1, market actions].
        checked: plans looked at so far, and whether they are allowed.
    """

    rules: Rules
    state: State
    seen: Observation
    offer: Offer
    answers: dict[int, Array]
    order: Array
    market: Array
    checked: dict[bytes, bool] = field(default_factory=dict, repr=False)

    def allowed(self, plan: Choices) -> bool:
        """Whether the plan could have been played."""
        deeds = fixed_sum(self.rules.rows.hours.take(plan.action).reshape(-1))
        if deeds > self.seen.hours + _SLACK:  # soon told, and most often the reason
            return False
        name = key(plan)
        if name not in self.checked:
            try:
                legal.check(self.rules, self.state, plan)
            except IllegalChoiceError:
                self.checked[name] = False
            else:
                self.checked[name] = True
        return self.checked[name]

    def worth(self, plan: Choices) -> float:
        """Score points of the deeds and market actions of a plan as the expert reckons them."""
        total = 0.0
        for customer, slot in np.argwhere(plan.action[0] > 0).tolist():
            total += float(self.offer.worth[0, customer, plan.action[0, customer, slot] - 1])
        for index in np.flatnonzero(plan.market[0]).tolist():
            total += float(self.market[0, index])
        for index in np.flatnonzero(plan.response[0]).tolist():
            total += float(self.answers[index][plan.response[0, index] - 1])
        return total

    def density(self, customer: int, slot: int, plan: Choices) -> float:
        """Worth per hour of one deed of a plan."""
        row = int(plan.action[0, customer, slot])
        hours = max(float(self.rules.rows.hours[row]), LEAST_HOURS)
        return float(self.offer.worth[0, customer, row - 1]) / hours


def table(rules: Rules, state: State) -> Table:
    """Weigh everything on offer in a turn."""
    seen = observe(rules, state)
    prices = price(rules, seen)
    offered = expert.offer(rules, seen, prices)
    hour = expert.hour_price(rules, seen, offered)
    _, which, points = weighed(rules, seen, prices, hour)
    order = alone(rules, seen, np.arange(1, 1 + rules.sizes.actions)[:, None, None, None])
    worth = np.where(seen.action_mask, offered.worth, -np.inf)
    return Table(
        rules=rules,
        state=state,
        seen=seen,
        offer=replace(offered, worth=worth),
        answers={int(index): points[k] for k, index in enumerate(which)},
        order=np.moveaxis(order.factor[:, 0], 0, -1),
        market=market_worth(rules, seen, prices),
    )


def pieces(one: Choices, other: Choices) -> list[Piece]:
    """Where two plans differ, in the order of customers, encounters and market actions."""
    found = [
        Piece("customer", customer)
        for customer in range(one.action.shape[1])
        if not all(
            np.array_equal(getattr(one, name)[0, customer], getattr(other, name)[0, customer])
            for name in ("action", "tone", "person")
        )
    ]
    found += [
        Piece("encounter", int(index))
        for index in np.flatnonzero(one.response[0] != other.response[0])
    ]
    found += [
        Piece("market", int(index)) for index in np.flatnonzero(one.market[0] != other.market[0])
    ]
    return found


def exchanged(plan: Choices, other: Choices, piece: Piece) -> Choices:
    """The plan with one piece of another."""
    if piece.of == "customer":
        changed = {}
        for name in ("action", "tone", "person"):
            values = getattr(plan, name).copy()
            values[0, piece.index] = getattr(other, name)[0, piece.index]
            changed[name] = values
        return replace(plan, **changed)
    name = "response" if piece.of == "encounter" else "market"
    values = getattr(plan, name).copy()
    values[0, piece.index] = getattr(other, name)[0, piece.index]
    return replace(plan, **{name: values})


def without(plan: Choices, customer: int, slot: int) -> Choices:
    """The plan without one deed; the customer's later deeds move up."""
    changed = {}
    for name in ("action", "tone", "person"):
        values = getattr(plan, name).copy()
        rest = np.delete(values[0, customer], slot)
        values[0, customer] = np.append(rest, 0)
        changed[name] = values
    return replace(plan, **changed)


def with_deed(plan: Choices, customer: int, row: int, how: tuple[int, int]) -> Choices:
    """The plan with one deed, in a tone and to a person, as all that is done for a customer."""
    changed = {}
    for name, value in (("action", row), ("tone", how[0]), ("person", how[1])):
        values = getattr(plan, name).copy()
        values[0, customer] = 0
        values[0, customer, 0] = value
        changed[name] = values
    return replace(plan, **changed)


def trimmed(on: Table, plan: Choices, keep: Piece) -> Choices | None:
    """The plan without the deeds worth least per hour, as many as it takes to be allowed.

    Args:
        on: what is known of plans in the turn.
        plan: perhaps over the budget.
        keep: the piece that is not to be touched.
    """
    while not on.allowed(plan):
        deeds = [
            (on.density(customer, slot, plan), customer, slot)
            for customer, slot in np.argwhere(plan.action[0] > 0).tolist()
            if keep != Piece("customer", customer)
        ]
        if not deeds:
            return None
        _, customer, slot = min(deeds)
        plan = without(plan, customer, slot)
    return plan


def filled(on: Table, plan: Choices) -> Choices:
    """The plan with its spare hours and money spent on what is worth most per hour."""
    seen = on.seen
    hours, money = legal.chosen_rows(on.rules, on.state, plan)
    free = (plan.action == 0).any(axis=-1)
    worth = np.where(free[..., None], on.offer.worth, -np.inf)
    for customer, slot in np.argwhere(plan.action[0] > 0).tolist():
        worth[0, customer, plan.action[0, customer, slot] - 1] = -np.inf
    more = fill(
        on.rules,
        seen,
        replace(on.offer, worth=worth),
        hours=np.full(1, seen.hours) - hours,
        money=np.maximum(seen.money - money, 0.0),
    )
    values = {name: getattr(plan, name).copy() for name in ("action", "tone", "person")}
    for customer, slot in np.argwhere(more.action[0] > 0).tolist():
        place = np.flatnonzero(values["action"][0, customer] == 0)
        if place.size:
            for name, value in values.items():
                value[0, customer, place[0]] = getattr(more, name)[0, customer, slot]
    return replace(plan, **values)


def unique(plans: Iterator[Choices]) -> list[Choices]:
    """Plans without repetition, the first of each kind."""
    found: dict[bytes, Choices] = {}
    for plan in plans:
        found.setdefault(key(plan), plan)
    return list(found.values())
