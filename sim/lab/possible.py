"""What may be chosen in a turn: allowed, and affordable by itself at the opening of the turn."""

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.legal import action_mask, market_mask, paths_allowed
from sim.engine.rules import Rules
from sim.engine.state import Choices, State

_EPSILON = 1e-9  # hours and money are sums of decimal fractions


def actions(rules: Rules, state: State) -> Mask:
    """Which actions may be done for which customer, [R, C, A]."""
    first, last = 1, 1 + rules.sizes.actions
    fits = affordable(rules, state, rules.rows.hours[first:last], rules.rows.money[first:last])
    return action_mask(rules, state) & fits[:, None]


def market_actions(rules: Rules, state: State) -> Mask:
    """Which actions of the firm may be done, [R, market actions]."""
    return market_mask(rules, state) & affordable(
        rules, state, rules.market.hours, rules.market.money
    )


def ways(rules: Rules, state: State) -> Mask:
    """Which ways through the open encounters may be taken, [R, V, paths]."""
    open_now = np.zeros((state.money.shape[0], rules.sizes.encounters), dtype=np.bool_)
    run, customer = np.nonzero(state.open_encounter)
    open_now[run, state.open_encounter[run, customer] - 1] = True
    possible = paths_allowed(rules, state) & open_now[..., None]
    for index in np.flatnonzero(open_now.any(axis=0)).tolist():
        rows = rules.encounters.rows[index]
        hours, money = sum_of(rules.rows.hours, rows), sum_of(rules.rows.money, rows)
        possible[:, index] &= affordable(rules, state, hours, money)
    return possible


def affordable(rules: Rules, state: State, hours: Array, money: Array) -> Mask:
    """Whether there are hours and money for each of n things, [R, n]; what is free always is."""
    enough = hours <= rules.hours[state.turn] + _EPSILON
    paid = (money <= state.money[:, None] + _EPSILON) | (money == 0.0)
    return enough & paid


def sum_of(column: Array, rows: Indices) -> Array:
    """A cost over the steps of each way [paths, depth], [paths]."""
    total = np.zeros(rows.shape[0])
    for depth in range(rows.shape[1]):
        total = total + column.take(rows[:, depth])
    return total


def nothing(rules: Rules, runs: int) -> Choices:
    """No choice at all, each array its own, to be filled in before it is handed over."""
    sizes = rules.sizes
    slots = (runs, sizes.customers, sizes.slots)
    return Choices(
        action=np.zeros(slots, dtype=np.intp),
        tone=np.zeros(slots, dtype=np.intp),
        person=np.zeros(slots, dtype=np.intp),
        market=np.zeros((runs, sizes.market_actions), dtype=np.bool_),
        response=np.zeros((runs, sizes.encounters), dtype=np.intp),
    )
