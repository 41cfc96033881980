"""What it is worth to win back, to re-price, to serve less, to part and to speak to who leaves."""

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.rules import KINDS
from sim.engine.state import Status
from sim.exact import fixed_sum
from sim.lab import returning
from sim.lab.lanes import Lanes, at

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_LAPSED = int(Status.LAPSED)

_PROTOCOL = "win_back"
_OFFER = 3  # the step of the protocol for which the others prepare
_PATIENCE = 0.8  # what a chance is worth that has to wait for its preparation
_STEP = 0.4  # share of a prepared return that a step towards it is worth
_FEW = 2  # turns before the end in which preparing no longer pays
_PRICE_FELT = 2.3  # turns for which a price that went up is felt in full
_LOCK_IN = KINDS.index("lock_in")


def win_back(lanes: Lanes) -> Array:
    """An offer to somebody who left, against waiting until it can be made in its order."""
    rules, seen, prices = lanes.rules, lanes.seen, lanes.prices
    lapsed = at(seen.status == _LAPSED) & lanes.column("is_win_back")
    if not lapsed.any():
        return np.zeros(lanes.m.shape)
    offer = lanes.column("win_back") * lanes.m
    match = lanes.column("win_back_match")
    back = returning.chance(rules, seen, prices.relation, offer=offer, match=match)
    shift = lanes.column("win_back_frailty") - at(prices.habit_pull) * lanes.column("dependence")
    lasts = back * returning.lasting(rules, at(prices.chance), shift)
    once = at(prices.group > 0.0)  # a group is asked once only, so only a good offer will do
    wait = _PATIENCE * at(prices.ready * (prices.regained > 0.0)) * _later(lanes)
    wait = wait * np.where(once, 1.0, _early(lanes))
    gone = np.where(once, 1.0, back)
    return np.where(lapsed, at(prices.regained) * (lasts - wait * gone), 0.0)


def prepare(lanes: Lanes) -> Array:
    """A step of the conversation with somebody who left, at its time."""
    lapsed = lanes.seen.status == _LAPSED
    if not lapsed.any():
        return np.zeros(lanes.rows.shape)
    step, due = _step(lanes)
    towards = due & (step > 0) & (step < _OFFER) & at(lapsed)
    gain = np.maximum(lanes.prices.regained, 0.0)
    worth = _STEP * at(lanes.prices.ready * gain) * _later(lanes)
    return np.where(towards, worth, 0.0)


def _later(lanes: Lanes) -> float:
    return 1.0 if lanes.rules.sizes.turns - lanes.seen.turn > _FEW else 0.0


def _early(lanes: Lanes) -> Array:
    """1 where an offer comes before its time."""
    step, due = _step(lanes)
    return np.where((step == _OFFER) & ~due, 1.0, 0.0)


def _step(lanes: Lanes) -> tuple[Array, Mask]:
    """The step of the protocol each row is, and whether it is the next one."""
    rules = lanes.rules
    if _PROTOCOL not in rules.protocol_ids:
        return np.zeros(lanes.m.shape), np.zeros(lanes.m.shape, dtype=np.bool_)
    place = rules.protocol_ids.index(_PROTOCOL)
    step = lanes.column("step")[..., place]
    return step, step == lanes.seen.position[..., place] + 1.0


def reprice(lanes: Lanes) -> Array:
    """A higher price of one's own: earned from now on, felt for a while, compared for good."""
    p, prices, higher = lanes.rules.parameters, lanes.prices, lanes.column("reprice")
    earned = at(prices.stream * prices.sales) * higher
    felt = p.price_experience * p.price_loss_weight * _PRICE_FELT * at(lanes.seen.price_weight)
    loss = (at(prices.experience) * felt - at(prices.dearer)) * higher
    kept = at(_kept(lanes))  # driven out is the most that can happen, for better or worse
    loss = np.minimum(np.maximum(loss, np.minimum(kept, 0.0)), np.maximum(kept, 0.0))
    return np.where(at(lanes.seen.status == _ACTIVE), earned - loss, 0.0)


def serve(lanes: Lanes) -> Array:
    """Serving somebody for less lasts; serving dearly costs this turn."""
    prices, factor = lanes.prices, lanes.column("service_cost")
    saved = at(prices.stream * prices.service) * (1.0 - factor)
    spent = prices.money * at(prices.service) * (1.0 - factor)
    return np.where(factor < 1.0, saved, spent) * at(lanes.seen.status == _ACTIVE)


def release(lanes: Lanes) -> Array:
    """Parting saves what somebody costs more than is brought, and loses a place in the meters."""
    gone = lanes.column("release") & at(lanes.seen.status == _ACTIVE)
    return np.where(gone, -at(_kept(lanes)), 0.0)


def _kept(lanes: Lanes) -> Array:
    """What having a customer from now on is worth, [R, C]."""
    prices = lanes.prices
    return prices.presence + prices.stream * prices.profit


def last_words(lanes: Lanes) -> Array:
    """What is said to keep somebody this turn, and what is shown that would be lost."""
    rules, seen, prices = lanes.rules, lanes.seen, lanes.prices
    told = lanes.column("stay_shift")
    if "stay_losses" not in rules.unused:
        points = fixed_sum(seen.procedural, axis=-1) + fixed_sum(seen.financial, axis=-1)
        shown = at(points + seen.bond) * seen.known[..., _LOCK_IN]
        shown = shown * lanes.column("stay_losses")
        told = told + np.minimum(shown, rules.parameters.last_words_limit)
    risk = prices.worth * prices.chance * (1.0 - prices.chance)
    return at(risk) * told * np.minimum(lanes.m, 1.5)


def written(lanes: Lanes) -> Array:
    """What an author writes into a meter directly."""
    prices = lanes.prices
    points = at(prices.satisfaction) * lanes.column("write_satisfaction")
    return points + at(prices.loyalty) * lanes.column("write_loyalty")
