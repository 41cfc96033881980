"""What chance events move: the score points at stake in each, fixed before anything is drawn.

A rollout's score less the sum of (happened - probability) x points has the same mean and a fraction
of the variance: a control variate. The same terms tell which events were lucky.
"""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.facts import of_account, switching_cost
from sim.engine.rules import METERS, Rules
from sim.engine.score import earning
from sim.engine.state import Outcome, State, Status
from sim.engine.terms import value
from sim.exact import fixed_sum, int_power
from sim.lab.review.model import COMPONENTS
from sim.lab.review.worth import point_of_money

_ACTIVE = int(Status.ACTIVE)
_SATISFACTION, _LOYALTY, _TIES, _EQUITY = range(len(METERS))
_PARTS = len(COMPONENTS)
_PROFIT, _BOOK = COMPONENTS.index("profit"), COMPONENTS.index("book")
_LEAST, _MOST = 1e-3, 0.5  # chances to leave that a lifetime is reckoned with
_BACK = 0.5  # of what leaving costs, where customers can be won back
_FAILURE = 32.0  # points of satisfaction that a failure is worth, with all that follows from it
_NEAR = np.array((1, 2, 4))  # turns left from which on a deal counts as one further off
COLUMNS = 2 + _NEAR.size  # of what leaving brought, and deals by how near the end they are


@dataclass(frozen=True)
class Stake:
    """Score points by component that hang on one kind of event, [R, C, 6]; > 0 a gain."""

    name: str
    points: Array


def stakes(rules: Rules, before: State, after: State, outcome: Outcome) -> list[Stake]:
    """What hung on the events of a turn, by the names of `outcome.chances`.

    Args:
        rules: of the scenario.
        before: the state in which the turn was chosen.
        after: the next state.
        outcome: of the turn.
    """
    return _stakes(rules, before, after, outcome, here=keeping(rules, after))


def _stakes(
    rules: Rules, before: State, after: State, outcome: Outcome, *, here: Array
) -> list[Stake]:
    chance = {each.name: each for each in outcome.chances}
    may_go = may_leave(rules, before, outcome)[..., None]
    gone = here * _BACK if rules.rows.is_win_back.any() else here
    back = here * _missed(rules, after, chance["return"].probability)[..., None]
    return [
        Stake("leave", np.where(may_go, -gone, 0.0)),
        Stake("deal", here * _missed(rules, after, chance["deal"].probability)[..., None]),
        Stake("return", np.where(rules.segment[:, None], 0.0, back)),
        Stake("failure", _failure(rules, before)),
    ]  # of segments a share leaves or comes back, which is no chance


def _missed(rules: Rules, after: State, probability: Array) -> Array:
    """Share of what is refused now that will not be had later either, [R, C].

    It can be asked for again with much the same chance as long as the game goes on, so that little
    hangs on one refusal early in the game.
    """
    left = rules.sizes.turns - after.turn
    return np.sqrt(int_power(1.0 - probability, left))  # asked every other turn


def may_leave(rules: Rules, before: State, outcome: Outcome) -> Mask:
    """Whose leaving is a matter of chance: segments shrink, and some are released, [R, C]."""
    return (before.status == _ACTIVE) & ~rules.segment & ~outcome.released


def keeping(rules: Rules, state: State) -> Array:
    """What having each customer for the rest of the game brings, by component, [R, C, 6]."""
    p = rules.parameters
    left = rules.sizes.turns - state.turn
    share = rules.score_customers / max(float(fixed_sum(rules.score_customers)), 1e-9)
    share = share * np.minimum(state.size / np.maximum(rules.opening_size, 1.0), 1.0)
    meter = of_account(rules, state.satisfaction)
    chance = np.minimum(np.maximum(state.leave_chance, _LEAST), _MOST)
    stays = int_power(1.0 - chance, left)
    profit = earning(rules, state)
    rate = point_of_money(rules)
    result = _no_points(meter.shape)
    meters = (meter, of_account(rules, state.loyalty), switching_cost(rules, state))
    for index, points in enumerate(meters):
        result[..., index] = rules.score_weight[index] * share * stays * points
    result[..., _PROFIT] = rate * profit * (1.0 - chance) * (1.0 - stays) / chance
    result[..., _BOOK] = rate * stays * value.lifetime_value(p, profit, chance)
    return result


def _no_points(shape: tuple[int, ...]) -> Array:
    """Zeros [R, C, 6]; each component lies together, as each is worked out by itself."""
    return np.moveaxis(np.zeros((_PARTS, *shape)), 0, -1)


def _failure(rules: Rules, before: State) -> Array:
    """A failure's usual cost, all in the meter of satisfaction, where chance decides on it."""
    share = rules.score_customers / max(float(fixed_sum(rules.score_customers)), 1e-9)
    lost = _FAILURE * rules.score_weight[_SATISFACTION] * share
    result = _no_points(before.status.shape)
    open_to_chance = (before.status == _ACTIVE) & (before.failure_due == 0.0)
    result[..., _SATISFACTION] = -lost * open_to_chance
    return result


def surprise(rules: Rules, before: State, after: State, outcome: Outcome) -> Array:
    """Score points by component that chance brought this turn against its mean, [R, 6]."""
    return taken_out(rules, before, after, outcome)[0]


def taken_out(rules: Rules, before: State, after: State, outcome: Outcome) -> tuple[Array, Array]:
    """What chance brought this turn against its mean, in score points.

    What hangs on a deal differs by scenario more than any stake that is fixed beforehand can say:
    of a deal refused a whole customer is lost, or next to nothing as it is signed a week later. So
    it is told once more by itself, for comparisons to find out how much of it there is in a game.

    Returns:
        By component, [R, 6], and by COLUMNS the customers that left, and that were won with no
        turn left, one, two or three, or more, at all that having them brings, [R, 5].
    """
    here, runs = keeping(rules, after), before.money.shape[0]
    total, columns = np.zeros((runs, _PARTS)), np.zeros((runs, COLUMNS))
    fell = {chance.name: chance for chance in outcome.chances}
    for stake in _stakes(rules, before, after, outcome, here=here):
        chance = fell[stake.name]
        off = chance.happened * 1.0 - chance.probability
        if not off.any():
            continue
        brought = fixed_sum(off[..., None] * stake.points, axis=1)
        total = total + brought
        if stake.name == "leave":
            columns[:, 0] = fixed_sum(brought, axis=1)
        elif stake.name == "deal":
            near = int(np.searchsorted(_NEAR, rules.sizes.turns - after.turn, side="right"))
            columns[:, 1 + near] = fixed_sum(off * fixed_sum(here, axis=2), axis=1)
    return total, columns
