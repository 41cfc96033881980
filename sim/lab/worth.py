"""What a deed is worth: its effects at the prices of `sim.lab.valuation`."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays import Array, Indices, side_by_side
from sim.engine.observe import Observation
from sim.engine.rules import KINDS, Rules
from sim.engine.state import Promise, Status
from sim.engine.terms import contact, recovery, satisfaction, switching, value
from sim.exact import logistic
from sim.lab.order import Order
from sim.lab.valuation import Prices

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_HARD = int(Promise.HARD)
_NONE = int(Promise.NONE)
_PROSPECT = int(Status.PROSPECT)
_LAPSED = int(Status.LAPSED)
_UNBORN = int(Status.UNBORN)

_Kind = TypeVar("_Kind", bound=np.generic)

_LEARNING = {
    "style": 1.0,
    "need": 0.8,
    "preference": 0.8,
    "motive": 0.5,
    "mood": 0.25,
    "role": 0.5,
}
_CURIOSITY = 0.15  # share of a usual visit's worth that knowing somebody adds to each later one


def _at(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """A value of each customer, for every person and row: [R, C] -> [R, C, 1, 1]."""
    return values[:, :, None, None]


def worth(
    rules: Rules,
    seen: Observation,
    prices: Prices,
    rows: Indices,
    *,
    m: Array,
    order: Order,
) -> Array:
    """Score points each row would bring at each person: effects times prices, in a fixed order.

    Args:
        rules: of the scenario.
        seen: what the player knows.
        prices: of the quantities [R, C].
        rows: of the effect table to look at: the same for everybody [N], or one each [R, 1, 1, 1].
        m: their multiplier [R, C, M, N].
        order: what their place in an order does, each [R, C, M, N].
    """
    table, at = rules.rows, _at
    active = at(seen.status == _ACTIVE)
    experience = table.quality[rows] * m + order.quality
    experience = experience - _weariness(rules, seen, rows)
    total = at(prices.experience) * experience
    trust = table.trust[rows] + order.trust
    total = total + at(prices.trust) * trust
    bond = table.bond[rows] * m * at(switching.room(seen.bond))
    total = total + at(prices.bond) * bond
    earned_p = table.earned_procedural[rows] * m * at(switching.room(seen.procedural[..., 0]))
    earned_f = table.earned_financial[rows] * m * at(switching.room(seen.financial[..., 0]))
    total = total + at(prices.procedural) * earned_p + at(prices.financial) * earned_f
    imposed = table.coercive_procedural[rows] + table.coercive_financial[rows]
    total = total + at(prices.coercive) * imposed + at(prices.resentment) * table.resentment[rows]
    total = total + _price_worth(rules, seen, prices, rows)
    total = total + _redress_worth(rules, seen, prices, rows, component=order.component)
    total = total + _promise_worth(rules, prices, rows) * active
    total = total + _growth_worth(rules, seen, prices, rows, m=m)
    total = total + _knowledge_worth(rules, seen, prices, rows, m=m)
    expected = table.expectation[rows]
    total = total - at(prices.satisfaction) * 0.4 * expected
    return total - prices.money * table.money[rows]


def _weariness(rules: Rules, seen: Observation, rows: Indices) -> Array:
    """Irritation that one more contact would bring, experience points [R, C, 1, N]."""
    p = rules.parameters
    stage = np.maximum(seen.stage, 1) * 1.0
    pressed = contact.pressure(p, seen.contact, np.zeros(seen.contact.shape))
    over = contact.excess(p, _at(pressed) + rules.rows.contacts[rows], _at(stage))
    return contact.irritation(p, over)


def _price_worth(rules: Rules, seen: Observation, prices: Prices, rows: Indices) -> Array:
    """What a price cut gives now and costs later, [R, C, 1, N]."""
    p, table = rules.parameters, rules.rows
    depth = table.discount[rows]
    if not depth.any() and not table.dependence[rows].any():
        return np.zeros((*seen.contact.shape, 1, rows.shape[-1]))
    habit = p.dependence_gain * depth + table.dependence[rows]
    gain = _at(prices.experience) * p.price_experience * depth
    later = p.price_loss_weight * p.price_experience * p.reference_price_rate * depth
    loss = _at(prices.experience) * later
    margin = prices.money * _at(np.maximum(prices.profit, 0.0)) * depth * p.discount_margin
    return gain - loss - margin + _at(prices.dependence) * habit


def _redress_worth(
    rules: Rules, seen: Observation, prices: Prices, rows: Indices, *, component: Array
) -> Array:
    """What handling an open complaint gives back, [R, C, M, N]."""
    p, table, result = rules.parameters, rules.rows, np.zeros(component.shape)
    words = (table.listening[rows] + table.calming[rows] + table.siding[rows]) / 3.0
    kind = (table.compensation[rows], words, table.speed[rows])
    handles = (kind[0] != 0.0) | (kind[1] != 0.0) | (kind[2] != 0.0)
    where = np.nonzero(np.broadcast_to(_at(seen.complaint > 0.0) & handles, component.shape))
    if not where[0].size:
        return result
    at, order = where[:2], component[where]
    paid, said, speed = (np.broadcast_to(each, component.shape)[where] for each in kind)
    quick = speed * recovery.velocity(p, seen.complaint_age[at]) * order
    now = seen.redress[at]
    after = side_by_side(
        now[:, 0] + recovery.counted(p, paid, order),
        np.minimum(now[:, 1] + said * order, 1.0),
        np.minimum(now[:, 2] + quick, 1.0),
    )
    old, new = recovery.justice_parts(p, now), recovery.justice_parts(p, after)
    gained = (new[0] + new[1] + new[2]) - (old[0] + old[1] + old[2])
    ignored = p.ignored_share * (gained > 0.0)
    points = _gap_of(rules, seen)[at] * (gained + ignored)
    faith = p.trust_recovery * gained + p.trust_ignored * (gained > 0.0)
    result[where] = prices.satisfaction[at] * points + prices.trust[at] * faith
    return result


def _gap_of(rules: Rules, seen: Observation) -> Array:
    """Satisfaction a failure of this severity usually costs, points [R, C]."""
    p = rules.parameters
    severity = seen.complaint
    loss = satisfaction.failure_loss(p, severity)
    rate = satisfaction.rate(p, seen.purchases, severity)
    usual = np.full(loss.shape, p.satisfaction_base)
    fall = satisfaction.gap_value(p, usual - loss, usual)
    return rate * (p.quality_weight * loss - p.gap_weight * fall)


def _promise_worth(rules: Rules, prices: Prices, rows: Indices) -> Array:
    """The expected result of a promise: kept, broken, and the bar it sets."""
    p = rules.parameters
    kind = rules.rows.promise[rows]
    keep = recovery.keep_chance(p, kind)
    points = keep * p.promise_kept_experience - (1.0 - keep) * p.promise_broken_experience
    faith = keep * p.promise_kept_trust - (1.0 - keep) * p.promise_broken_trust
    bar = np.where(kind == _HARD, p.promise_expectation, 0.0)
    worth = _at(prices.experience) * (points - bar) + _at(prices.trust) * faith
    return np.where(kind != _NONE, worth, 0.0)


def _growth_worth(
    rules: Rules, seen: Observation, prices: Prices, rows: Indices, *, m: Array
) -> Array:
    """Deals, further offers, win-backs and releases, [R, C, M, N]."""
    p, table = rules.parameters, rules.rows
    prospect = (seen.status == _PROSPECT)[:, :, None, None]
    chance = seen.deal_chance[:, :, None, None]
    known = (seen.knowledge >= p.knowledge_half)[..., None]
    push = np.where(known, table.deal[rows], table.deal_unprepared[rows]) * m
    deal_weight = rules.deal_weight
    push = push * deal_weight[..., None]
    newcomer = prices.newcomer[:, :, None, None]
    slope = np.maximum(chance * (1.0 - chance), 0.05)
    later = 1.0 if seen.turn + 1 < rules.sizes.turns else 0.0
    total = np.where(prospect, push * slope * newcomer * 0.8 * later, 0.0)
    asked = table.ask[rows] & prospect
    wait = 0.6 * later * np.minimum(chance + 0.25, 1.0)
    total = np.where(asked, (chance - wait) * newcomer + 0.25 * slope * newcomer, total)
    accept = logistic(value.accept_logit(p, prices.loyalty_seen))[:, :, None, None]
    grown = prices.money * np.maximum(prices.profit, 0.0) * (p.accept_growth - 1.0)
    grown = grown * max(rules.sizes.turns - seen.turn, 1) * 2.0
    active = (seen.status == _ACTIVE)[:, :, None, None]
    sold = table.cross_sell[rows] & active
    total = total + np.where(sold, np.minimum(accept * m, 1.0) * grown[:, :, None, None], 0.0)
    total = total + _referral_worth(rules, seen, prices, rows)
    lapsed = (seen.status == _LAPSED)[:, :, None, None] & table.is_win_back[rows]
    back = logistic(p.win_back_base + 0.5 * p.win_back_relation + table.win_back[rows])
    total = total + np.where(lapsed, back * newcomer, 0.0)
    loss = np.minimum(prices.worth, 0.0)[:, :, None, None]
    return total - np.where(
        table.release[rows] & active, loss + np.maximum(prices.worth, 0.0)[:, :, None, None], 0.0
    )


def _referral_worth(rules: Rules, seen: Observation, prices: Prices, rows: Indices) -> Array:
    """A friend of a delighted customer, [R, C, 1, N]."""
    p = rules.parameters
    glad = prices.satisfaction_seen >= p.referral_satisfaction
    glad &= prices.loyalty_seen >= p.referral_loyalty
    room = (seen.status == _UNBORN).any(axis=1)[:, None]
    new = _mean_newcomer(seen, prices)[:, None]
    worth = np.where(glad & room, 0.3 * new, 0.0)
    return _at(worth) * rules.rows.referral[rows]


def _mean_newcomer(seen: Observation, prices: Prices) -> Array:
    """What a reserved row would be worth, [R]."""
    unborn = seen.status == _UNBORN
    total, number = np.zeros(unborn.shape[0]), np.zeros(unborn.shape[0])
    for customer in range(unborn.shape[1]):
        total = total + unborn[:, customer] * prices.newcomer[:, customer]
        number = number + unborn[:, customer]
    return total / np.maximum(number, 1.0)


def _knowledge_worth(
    rules: Rules, seen: Observation, prices: Prices, rows: Indices, *, m: Array
) -> Array:
    """What learning about a person is worth to later deeds, [R, C, M, N]."""
    later = max(rules.sizes.turns - seen.turn - 1, 0)
    usual = 2.5 * prices.bond + 2.0 * prices.experience + 2.0 * prices.trust
    usual = usual + 4.0 * prices.procedural
    per_kind = _CURIOSITY * min(later, 6) * np.maximum(usual, 0.0)
    learnt = np.zeros(m.shape)
    unknown = ~(seen.known & seen.fresh)
    for name, weight in _LEARNING.items():
        kind = KINDS.index(name)
        reveal = rules.rows.reveal[rows, kind]  # [N]
        if reveal.any():
            learnt = learnt + weight * unknown[..., kind, None] * reveal
    unwritten = seen.known & ~seen.noted
    number = np.zeros(m.shape[:3])
    for name, weight in _LEARNING.items():
        number = number + weight * unwritten[..., KINDS.index(name)]
    written = 0.3 * number[..., None] * rules.rows.notes[rows]
    clear = np.minimum(m, 1.5)
    return per_kind[:, :, None, None] * (learnt * clear + written)
