"""Newcomers: who wakes, brought by whom, and on what terms (E24)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import Rules
from sim.engine.state import Status
from sim.engine.terms import contact, stocks, value
from sim.engine.turn import Turn

# A plain number for the array work: numpy takes far longer over a member of an enumeration.
_UNBORN = int(Status.UNBORN)

_REFERRAL = 1  # who brought them: 0 nobody, 1 a friend, 2 + the market action


@dataclass(frozen=True)
class Arrivals:
    """Reserved rows that wake this turn, [R, C]."""

    woken: Mask
    source: Indices  # 0 nobody, 1 a referral, 2 + index of the market action

    @property
    def referred(self) -> Mask:
        """Those a friend has sent."""
        return self.source == _REFERRAL


@dataclass(frozen=True)
class Terms:
    """On what terms newcomers were won, [R, C] unless said otherwise."""

    deal_logit: Array
    frailty: Array  # logits
    dependence: Array  # 0..1
    reference_price: Array  # 1 = list
    contact: Array  # contacts that finding them took
    known: Mask  # [R, C, K] kinds of knowledge that come with them
    buys: Mask  # at once; the others are prospects


def rank(mask: Mask) -> Array:
    """How many marked rows stand before each row, [R, C]."""
    return np.add.accumulate(mask, axis=1, dtype=np.float64) - mask


def arrive(turn: Turn, satisfaction: Array, loyalty: Array) -> Arrivals:
    """Reserved rows that wake: first those referred, then those each market action brings (E24).

    Args:
        turn: the turn.
        satisfaction: of the account after the turn, [R, C].
        loyalty: likewise.
    """
    rules, state = turn.rules, turn.state
    p = rules.parameters
    unborn = state.status == _UNBORN
    source = np.zeros(unborn.shape, dtype=np.intp)
    if not unborn.any():
        return Arrivals(unborn, source)
    glad = (satisfaction >= p.referral_satisfaction) & (loyalty >= p.referral_loyalty)
    place = rank(unborn)
    glad &= turn.served
    reached = np.count_nonzero(turn.any("referral") & glad, axis=1) * 1.0
    if p.stock_referral > 0.0:
        unasked = turn.draws.growth[..., 1] < stocks.referral(p, state.stocks)[:, None]
        reached = reached + np.count_nonzero(glad & unasked & ~turn.any("referral"), axis=1)
    source[unborn & (place < reached[:, None])] = _REFERRAL
    for index in range(rules.market.wakes.shape[0]):
        if rules.market.wakes[index] > 0.0:
            further = reached + turn.choices.market[:, index] * _number(rules, index)
            brought = (place >= reached[:, None]) & (place < further[:, None])
            source[unborn & brought] = _REFERRAL + 1 + index
            reached = further
    return Arrivals(source > 0, source)


def _number(rules: Rules, index: int) -> Array:
    """How many newcomers a campaign brings, whole."""
    market, p = rules.market, rules.parameters
    if market.spend[index] == 0.0:
        return np.asarray(market.wakes[index])
    expected = value.newcomers(p, market.wakes[index], np.asarray(market.spend[index]))
    return np.rint(expected)


def terms_of(rules: Rules, arrived: Arrivals) -> Terms:
    """On what terms each newcomer was won.

    Discounts buy frail customers: frailty - .8 depth, D0 = depth / .7 (Lewis 2006), and the only
    price they know is the one they came for (E5); those a friend sends are firmer: +.2 (Schmitt,
    Skiera & Van den Bulte 2011).
    """
    p, market = rules.parameters, rules.market

    def column(values: Array, referral: float = 0.0) -> Array:
        return np.concatenate([[0.0, referral], values]).take(arrived.source)

    depth = column(market.newcomer_discount)
    frailty = column(market.newcomer_frailty, p.referral_frailty)
    known = np.concatenate(
        [np.zeros((2, market.newcomer_reveals.shape[1])), market.newcomer_reveals]
    )
    return Terms(
        deal_logit=column(market.newcomer_deal, p.deal_start + p.referral_deal),
        frailty=frailty - p.newcomer_discount_frailty * depth,
        dependence=np.minimum(depth / p.newcomer_discount_scale, 1.0),
        reference_price=np.maximum(1.0 - depth, contact.LEAST_PRICE),
        contact=column(market.newcomer_contact),
        known=known.take(arrived.source, axis=0) > 0.0,
        buys=column(market.newcomer_active * 1.0) > 0.0,
    )
