"""What a state is worth, part by part: the components that a score is the sum of."""

import numpy as np

from sim.arrays import Array
from sim.engine.facts import of_account, switching_cost
from sim.engine.rules import METERS, Rules
from sim.engine.score import book, score
from sim.engine.state import State, Status
from sim.exact import fixed_sum
from sim.lab.review.model import COMPONENTS

_ACTIVE = int(Status.ACTIVE)
_SATISFACTION, _LOYALTY, _TIES, _EQUITY = range(len(METERS))


def point_of_money(rules: Rules) -> float:
    """Score points of one money unit at the end of the game."""
    par = max(rules.opening_value + rules.opening_profit * rules.sizes.turns, 1.0)
    return 100.0 * float(rules.score_weight[_EQUITY]) / par


def of_customers(rules: Rules, state: State) -> Array:
    """What each customer brings to the score as things stand, by component, [R, C, 4].

    Satisfaction, loyalty and switching cost in their meters, then the book, all in score points;
    profit so far and spending come on top.
    """
    share = rules.score_customers / max(float(fixed_sum(rules.score_customers)), 1e-9)
    heads = np.minimum(state.size / np.maximum(rules.opening_size, 1.0), 1.0)
    here = (state.status == _ACTIVE) * 1.0
    scale = share * heads * here
    result = np.empty((*here.shape, 4))
    meters = (
        of_account(rules, state.satisfaction),
        of_account(rules, state.loyalty),
        switching_cost(rules, state),
    )
    for index, meter in enumerate(meters):
        result[..., index] = rules.score_weight[index] * scale * meter
    result[..., 3] = point_of_money(rules) * book(rules, state)
    return result


def components(rules: Rules, state: State) -> Array:
    """The score of last states by COMPONENTS, [R, 6]; their sum is the score.

    What the limits of the equity meter take (0..150) counts under the book.
    """
    each = of_customers(rules, state)
    rate = point_of_money(rules)
    result = np.empty((state.money.shape[0], len(COMPONENTS)))
    for index in range(3):
        result[:, index] = fixed_sum(each[..., index], axis=1)
    result[:, 3] = rate * fixed_sum(state.historic_value, axis=1)
    result[:, 4] = -rate * state.spent
    meter = rules.score_weight[_EQUITY] * score(rules, state).equity
    result[:, 5] = meter - result[:, 3] - result[:, 4]
    return result
