"""The third part of a turn: staying, word of mouth, deals, newcomers and money (E22-E25)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine import arrivals
from sim.engine.arrivals import Arrivals, rank
from sim.engine.delivery import Delivery
from sim.engine.relations import Relations
from sim.engine.rivalry import Rivalry, contend
from sim.engine.rules import KINDS
from sim.engine.state import Mood, Status
from sim.engine.terms import deals, ladder, prices, staying, value
from sim.engine.turn import Turn
from sim.exact import logistic

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_FALLING = int(Mood.FALLING)
_ACTIVE = int(Status.ACTIVE)
_LAPSED = int(Status.LAPSED)
_PROSPECT = int(Status.PROSPECT)
_RELEASED = int(Status.RELEASED)

_LOCK_IN = KINDS.index("lock_in")
_PRICE, _SERVICE = 1, 2  # reasons of leaving
_UNHAPPY = 50.0  # below this a leaver blames the service rather than the price


@dataclass(frozen=True)
class Deal:
    """The deal funnel after the turn, [R, C]; `parts` sum to the change of the logit."""

    parts: dict[str, Array]
    logit: Array
    unaffordable: Array  # logits that it lacks for want of money
    win_chance: Array  # where a deal was asked for
    asked: Mask
    won: Mask


@dataclass(frozen=True)
class Market:
    """Who stays, comes and pays after the turn; [R, C] unless said otherwise."""

    stay_parts: dict[str, Array]
    leave_chance: Array
    left: Mask
    lost_share: Array  # share of the row that left: 1 or 0, a fraction of a segment
    size: Array
    messages: Array
    friends_left: Array
    deal: Deal
    accept_chance: Array
    accepted: Mask
    refused: Mask
    return_chance: Array
    returned: Mask
    released: Mask
    woken: Mask
    arrived: Arrivals  # who woke, and how they were won
    status: Indices
    potential: Array
    profit: Array  # of the turn, before deeds
    cost: Array  # money of deeds for this customer
    market_cost: Array  # [R]
    lost_value: Array
    leave_reason: Indices
    rivalry: Rivalry


def trade(turn: Turn, met: Delivery, ties: Relations) -> Market:
    """E22-E25 in their order."""
    rules, state = turn.rules, turn.state
    p = rules.parameters
    satisfaction, trust = turn.of_account(ties.satisfaction), turn.of_account(ties.trust)
    loyalty = turn.of_account(ties.loyalty)
    rivalry = contend(turn, ties.bond)
    parts = _stay_parts(turn, met, ties, rivalry, satisfaction=satisfaction, loyalty=loyalty)
    chance = np.where(turn.served, staying.leave_chance(staying.add_parts(parts)), 0.0)
    released = turn.any("release") & turn.served
    gone = turn.served & ~released & (turn.draws.response[..., 2] < chance)
    left = gone & ~rules.segment
    share = np.where(rules.segment, np.where(released, 0.0, chance), left * 1.0)
    profit = _profit(turn, met, satisfaction, loyalty)
    messages = np.where(turn.served, staying.told(p, satisfaction, ties.resentment), 0.0)
    blame = released & (satisfaction < _UNHAPPY)
    messages = np.where(released & ~blame, 0.0, messages)
    deal = _deals(turn, met, ties, rivalry, messages=messages)
    accept, accepted, refused = _offers(turn, loyalty)
    back, returned = _win_back(turn, trust, ties.bond)
    size = np.where(rules.segment, state.size * (1.0 - share), state.size)
    arrived = arrivals.arrive(turn, satisfaction, loyalty)
    unhappy = (satisfaction < _UNHAPPY) | (state.failure > 0.0) | (met.severity > 0.0)
    reason = np.where(left, np.where(unhappy, _SERVICE, _PRICE), state.leave_reason)
    lost_value = np.zeros(left.shape)
    lost_value[left] = np.maximum(value.lifetime_value(p, profit[left], chance[left]), 0.0)
    return Market(
        stay_parts=parts,
        leave_chance=chance,
        left=left,
        lost_share=share,
        size=np.where(rules.segment & returned, state.size * back, size),
        messages=messages,
        friends_left=_contagion(turn, share),
        deal=deal,
        accept_chance=accept,
        accepted=accepted,
        refused=refused,
        return_chance=np.where(rules.segment & returned, 1.0, back),
        returned=returned,
        released=released,
        woken=arrived.woken,
        arrived=arrived,
        status=_status(
            turn, left=left, released=released, won=deal.won, returned=returned, woken=arrived.woken
        ),
        potential=np.where(accepted, state.potential * p.accept_growth, state.potential),
        profit=profit,
        cost=turn.total("money") + met.payout,
        market_cost=_market_cost(turn),
        lost_value=lost_value,
        leave_reason=reason,
        rivalry=rivalry,
    )


def _stay_parts(
    turn: Turn,
    met: Delivery,
    ties: Relations,
    rivalry: Rivalry,
    *,
    satisfaction: Array,
    loyalty: Array,
) -> dict[str, Array]:
    """The stay logit by contribution (E22)."""
    state = turn.state
    parts = staying.parts_with_rivals(
        turn.rules.parameters,
        state,
        satisfaction=satisfaction,
        loyalty=loyalty,
        procedural=ties.procedural[0] + ties.procedural[1],
        financial=ties.financial[0] + ties.financial[1],
        bond=ties.bond,
        resentment=ties.resentment,
        dependence=ties.dependence,
        friends_left=state.friends_left,
        frailty=state.traits.frailty + state.frailty_shift,
        price=met.price,
        price_weight=met.price_weight,
        attention=rivalry.attention,
    )
    if not {"stay_shift", "stay_losses"} <= turn.rules.unused:
        parts["last_words"] = _last_words(turn, ties)
    return parts


def _last_words(turn: Turn, ties: Relations) -> Array:
    """What is said to somebody who wants to leave: words, and losses that are known (D10)."""
    factor = turn.sequence.effect.factor
    words = turn.deeds.spread(turn.column("stay_shift") * factor)
    if "stay_losses" in turn.rules.unused:
        return words
    known = turn.of_account((turn.state.known & turn.state.fresh)[..., _LOCK_IN] * 1.0)
    points = ties.procedural[0] + ties.procedural[1] + ties.financial[0] + ties.financial[1]
    shown = turn.deeds.spread(turn.column("stay_losses") * factor) * known * (points + ties.bond)
    return words + np.minimum(shown, turn.rules.parameters.last_words_limit)


def _profit(turn: Turn, met: Delivery, satisfaction: Array, loyalty: Array) -> Array:
    """Profit of the turn before deeds, [R, C] (E24)."""
    state = turn.state
    earned = value.profit(
        turn.rules.parameters,
        potential=state.potential,
        satisfaction=satisfaction,
        price=met.price,
        service_cost=state.service_cost * turn.product("service_cost"),
        step=ladder.step(turn.rules.parameters, state.purchases, loyalty),
    )
    return np.where(turn.served, earned * state.size, 0.0)


def _market_cost(turn: Turn) -> Array:
    """Money spent on market actions, [R]."""
    total = np.zeros(turn.state.money.shape)
    column = turn.rules.market.money - turn.rules.market.saves
    for index in range(column.shape[0]):
        total = total + turn.choices.market[:, index] * column[index]
    return total


def _contagion(turn: Turn, share: Array) -> Array:
    """X <- .5 X + sum of ties to those who left (E22; Nitzan & Libai 2011)."""
    rules = turn.rules
    total = rules.parameters.friends_keep * turn.state.friends_left
    for index in range(rules.neighbour.shape[1]):
        total = total + rules.tie[:, index] * share.take(rules.neighbour[:, index], axis=1)
    return total


def _deals(
    turn: Turn, met: Delivery, ties: Relations, rivalry: Rivalry, *, messages: Array
) -> Deal:
    """The deal logit after the turn and whether a deal that was asked for closed (E25)."""
    rules, state = turn.rules, turn.state
    p = rules.parameters
    gains = deals.gains(rules, turn.deeds, turn.fit, turn.knowledge)
    gains = gains * deals.gates(rules, state, turn.deeds) * deals.proofs(rules, state, turn.deeds)
    idle = turn.courted & ~turn.busy
    cooled = deals.cooling(p, state.deal_logit, state.contact)
    parts = {
        "action": turn.deeds.spread(gains) * turn.courted,
        "market": _reached(turn),
        "cooling": np.where(idle, -cooled, 0.0),
        "message": _heard(turn, messages),
    }
    if p.attention_options > 0.0:
        parts["comparing"] = -rivalry.compared
    if "coach" not in rules.unused:
        parts["coach"] = np.where(rivalry.guided & turn.courted, p.coach_deal, 0.0)
    prospect = state.status == _PROSPECT
    lack = state.unaffordable
    if "budget" in rules.uses:
        lack = _unaffordable(turn, met)
        parts["ability_to_pay"] = state.unaffordable - lack
    logit = state.deal_logit + staying.add_parts(parts)
    asked = turn.any("ask") & prospect
    chance = turn.zero
    if asked.any():
        vetoed = deals.blocked(rules, ties.satisfaction, ties.trust)
        chance = deals.win_chance(p, logit, vetoed)
    won = asked & (turn.draws.response[..., 3] < chance)
    parts["refused"] = np.where(asked & ~won, -p.refused_deal, 0.0)
    return Deal(
        parts=parts,
        logit=np.where(turn.courted, logit + parts["refused"], state.deal_logit),
        unaffordable=np.where(won, 0.0, lack),
        win_chance=chance,
        asked=asked,
        won=won,
    )


def _unaffordable(turn: Turn, met: Delivery) -> Array:
    """What the deals of prospects lack for want of money, [R, C] (N3)."""
    rules = turn.rules
    asked = met.price * turn.product("outlay")
    lack = prices.unaffordable(rules.parameters, asked, rules.features.budget)
    return np.where(turn.state.status == _PROSPECT, lack, 0.0)


def _heard(turn: Turn, messages: Array) -> Array:
    """What prospects and customers hear from those they know: +-.2 a message (E23)."""
    rules = turn.rules
    p = rules.parameters
    total = turn.zero
    for index in range(rules.neighbour.shape[1]):
        told = messages.take(rules.neighbour[:, index], axis=1) / p.told_base
        total = total + rules.tie[:, index] * np.minimum(np.maximum(told, -2.0), 2.0)
    weight = np.where(turn.served, p.message_customers, 1.0)
    return np.where(turn.courted, p.message_shift * weight * total, 0.0)


def _reached(turn: Turn) -> Array:
    """Deal logits that market actions bring to the first prospects in line, [R, C]."""
    market = turn.rules.market
    total = turn.zero
    prospect = turn.state.status == _PROSPECT
    for index in range(market.reach.shape[0]):
        if market.reach[index] > 0.0:
            near = prospect & (rank(prospect) < market.reach[index])
            total = total + (turn.choices.market[:, index, None] & near) * market.deal[index]
    return total


def _offers(turn: Turn, loyalty: Array) -> tuple[Array, Mask, Mask]:
    """Cross- and up-selling: accepted with sigma(-1 + .04 (L - 50)) * mu (domain table 3.4)."""
    offered = turn.any("cross_sell") & turn.served
    if not offered.any():
        return turn.zero, offered, offered
    suited = turn.scaled("cross_sell")
    chance = logistic(value.accept_logit(turn.rules.parameters, loyalty)) * suited
    chance = np.where(offered, np.minimum(chance, 1.0), 0.0)
    yes = turn.draws.growth[..., 0] < chance
    return chance, offered & yes, offered & ~yes


def refused_in_trouble(turn: Turn, market: Market) -> Array:
    """Points of satisfaction lost by an offer refused in a falling mood, [R, C]."""
    falling = turn.of_account((turn.state.mood == _FALLING) * 1.0) >= 0.5
    loss = turn.rules.parameters.refused_satisfaction
    return np.where(market.refused & falling, -loss, 0.0)


def _win_back(turn: Turn, trust: Array, bond: Array) -> tuple[Array, Mask]:
    """Whether a lapsed customer comes back; of a segment the share that does (domain table 3.4)."""
    rules, state = turn.rules, turn.state
    tried = turn.any("is_win_back") & (state.status == _LAPSED)
    if not tried.any():
        return turn.zero, tried
    match = rules.rows.win_back_match.take(turn.deeds.row)
    fits = turn.deeds.any((match > 0) & (match == turn.deeds.of_customer(state.leave_reason)))
    logit = deals.win_back_logit(
        rules.parameters,
        offer=turn.scaled("win_back"),
        relation=(trust + bond) / 200.0,
        reason=state.leave_reason * 1.0,
        matched=fits,
        door=state.door,
    )
    chance = np.where(tried, logistic(logit), 0.0)
    return chance, tried & (rules.segment | (turn.draws.growth[..., 2] < chance))


def _status(
    turn: Turn, *, left: Mask, released: Mask, won: Mask, returned: Mask, woken: Mask
) -> Indices:
    """Status after the turn."""
    status = np.where(left, _LAPSED, turn.state.status)
    status = np.where(released, _RELEASED, status)
    status = np.where(won | returned, _ACTIVE, status)
    return np.where(woken, _PROSPECT, status).astype(np.intp)


def frailty_of_return(turn: Turn, market: Market) -> Array:
    """What the win-back offer does to the inclination to stay, logits [R, C]."""
    if "win_back_frailty" in turn.rules.unused:
        return turn.zero
    return np.where(market.returned, turn.total("win_back_frailty"), 0.0)
