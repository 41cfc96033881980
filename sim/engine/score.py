"""The result of a game: three meters, customer equity, and the score they make."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.engine.conditions import evaluate
from sim.engine.facts import Facts, of_account, switching_cost
from sim.engine.rules import METERS, Rules
from sim.engine.state import State, Status
from sim.engine.terms import ladder, value
from sim.exact import fixed_sum

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)


@dataclass(frozen=True)
class Score:
    """What a state is worth, each [R]."""

    satisfaction: Array  # 0..100
    loyalty: Array  # 0..100
    switching_cost: Array  # 0..100
    equity: Array  # 0..150, 100 = the opening book kept whole
    equity_money: Array  # money units: profit so far and value of the book
    score: Array  # weighted by the scenario


def score(rules: Rules, state: State) -> Score:
    """Weigh the meters over the opening customers by opening potential, the lost as 0."""
    present = (state.status == _ACTIVE) * _share_left(rules, state)
    meters = {
        "satisfaction": of_account(rules, state.satisfaction),
        "loyalty": of_account(rules, state.loyalty),
        "switching_cost": switching_cost(rules, state),
    }
    weighed = {name: _weigh(rules, values * present) for name, values in meters.items()}
    money = equity_money(rules, state)
    par = rules.opening_value + rules.opening_profit * float(state.turn)
    equity = value.equity_index(money, np.asarray(max(par, 1.0)))
    every = {**weighed, "equity": equity}
    total = np.zeros(state.money.shape)
    for index, name in enumerate(METERS):
        total = total + rules.score_weight[index] * every[name]
    return Score(**weighed, equity=equity, equity_money=money, score=total)


def equity_money(rules: Rules, state: State) -> Array:
    """Profit so far less what was spent, and the lifetime value of the active customers, [R]."""
    return fixed_sum(state.historic_value + state.owed + book(rules, state), axis=1) - state.spent


def earning(rules: Rules, state: State) -> Array:
    """Profit that each row would bring in a turn as things stand, active or not, [R, C]."""
    p = rules.parameters
    satisfaction, loyalty = (
        of_account(rules, meter) for meter in (state.satisfaction, state.loyalty)
    )
    earned = value.profit(
        p,
        potential=state.potential,
        satisfaction=satisfaction,
        price=state.price_factor,
        service_cost=state.service_cost,
        step=ladder.step(p, state.purchases, loyalty),
    )
    return earned * state.size


def book(rules: Rules, state: State) -> Array:
    """Lifetime value of each active customer, money units [R, C]."""
    lasting = value.lifetime_value(rules.parameters, earning(rules, state), state.leave_chance)
    return np.where(state.status == _ACTIVE, lasting, 0.0)


def _share_left(rules: Rules, state: State) -> Array:
    """The share of a row's opening heads that is still here, 0..1."""
    return np.minimum(state.size / np.maximum(rules.opening_size, 1.0), 1.0)


def _weigh(rules: Rules, values: Array) -> Array:
    """The mean over the opening customers, by potential at the start, [R]."""
    whole = np.maximum(fixed_sum(rules.score_customers), 1e-9)
    return fixed_sum(rules.score_customers * values, axis=1) / whole


def ending(rules: Rules, state: State) -> list[str]:
    """The ending each run has reached: the first whose condition holds, [R] ids."""
    result = score(rules, state)
    extra = {
        "score": result.score[:, None],
        "score_satisfaction": result.satisfaction[:, None],
        "score_loyalty": result.loyalty[:, None],
        "score_switching_cost": result.switching_cost[:, None],
        "score_equity": result.equity[:, None],
    }
    facts = Facts(rules, state, extra)
    told: list[str] = [""] * state.money.shape[0]
    for option in rules.endings:
        holds = np.ones((len(told), 1)) if option.condition is None else None
        if holds is None and option.condition is not None:
            holds = evaluate(option.condition, facts)
        for run in range(len(told)):
            if (
                not told[run]
                and holds is not None
                and holds[run if holds.shape[0] > 1 else 0].any()
            ):
                told[run] = option.id
    return told
