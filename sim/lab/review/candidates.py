"""Which plans are compared: the played and the expert's, and what lies one step from either."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from sim.engine.state import Choices
from sim.lab.review import rows
from sim.lab.review.plans import (
    Piece,
    Table,
    exchanged,
    filled,
    pieces,
    trimmed,
    unique,
    with_deed,
    without,
)

MOST = 64
_TRIED = 3  # actions a customer that are tried in place of what is planned


def candidates(on: Table, played: Choices, expert: Choices, most: int) -> list[Choices]:
    """Plans that could have been played: the first three are the played, the expert's, and none.

    Whatever the expert would not reckon to be among the best is left out when there are too many.

    Args:
        on: what is known of plans in the turn.
        played: the plan played.
        expert: the expert's.
        most: how many at most, 3 or more.
    """
    first = unique(iter((played, expert, rows.nothing(on.rules), filled(on, played))))
    first = [plan for plan in first if on.allowed(plan)]
    known = {rows.key(plan) for plan in first}
    others = [
        plan for plan in unique(_neighbours(on, played, expert)) if rows.key(plan) not in known
    ]
    others.sort(key=lambda plan: -on.worth(plan))  # stable: equals stay in order
    allowed = (plan for plan in others if on.allowed(plan))
    return first + list(islice(allowed, max(most - len(first), 0)))


def _neighbours(on: Table, played: Choices, expert: Choices) -> Iterator[Choices]:
    """Plans one exchange away from the played or the expert's."""
    for piece in pieces(played, expert):
        for base, other in ((played, expert), (expert, played)):
            plan = trimmed(on, exchanged(base, other, piece), piece)
            if plan is not None:
                yield plan
                yield filled(on, plan)
    for base in (expert, played):
        yield from _answered(on, base)
        yield from _invested(on, base)
        yield from _exchanged_deeds(on, base)
    for customer, slot in np.argwhere(played.action[0] > 0).tolist():
        yield without(played, customer, slot)


def _answered(on: Table, base: Choices) -> Iterator[Choices]:
    """Other answers to whoever speaks."""
    for customer in np.flatnonzero(on.state.open_encounter[0]).tolist():
        index = int(on.state.open_encounter[0, customer]) - 1
        for path in range(int(on.rules.encounters.paths[index]) + 1):
            other = base.response.copy()
            other[0, index] = path
            plan = Choices(base.action, base.tone, base.person, base.market, other)
            fitting = trimmed(on, plan, Piece("encounter", index))
            if fitting is not None:
                yield fitting


def _invested(on: Table, base: Choices) -> Iterator[Choices]:
    """With a market action more, or one less."""
    for index in range(on.rules.sizes.market_actions):
        other = base.market.copy()
        other[0, index] = ~other[0, index]
        plan = Choices(base.action, base.tone, base.person, other, base.response)
        fitting = trimmed(on, plan, Piece("market", index))
        if fitting is not None:
            yield fitting


def _exchanged_deeds(on: Table, base: Choices) -> Iterator[Choices]:
    """With another deed for one customer, those that promise most."""
    for customer in range(on.rules.sizes.customers):
        worth = on.offer.worth[0, customer]
        for action in np.argsort(-worth, kind="stable")[:_TRIED].tolist():
            if worth[action] <= 0.0:
                break
            how = int(on.offer.tone[0, customer, action]), int(on.offer.person[0, customer, action])
            plan = with_deed(base, customer, action + 1, how)
            fitting = trimmed(on, plan, Piece("customer", customer))
            if fitting is not None:
                yield fitting
