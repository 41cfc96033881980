"""The last part of a turn: the state in which it leaves people, customers and firm."""

from typing import Any

import numpy as np

from sim.arrays import Array, Indices, Mask, side_by_side
from sim.engine.aftermath import failures_left
from sim.engine.arrivals import terms_of
from sim.engine.delivery import Delivery
from sim.engine.facts import of_account
from sim.engine.impressions import impress
from sim.engine.investments import laid_up
from sim.engine.market import (
    Market,
    frailty_of_return,
)
from sim.engine.relations import Relations, attentive_turns, upset
from sim.engine.start import stage
from sim.engine.state import Guide, Mood, Promise, State, Status, changed
from sim.engine.surveys import answered
from sim.engine.terms import contact, fit, knowledge, mood, sequence, stocks
from sim.engine.turn import Turn
from sim.exact import fixed_sum

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_RISING = int(Mood.RISING)
_NONE = int(Promise.NONE)
_ACTIVE = int(Status.ACTIVE)
_LAPSED = int(Status.LAPSED)
_TRUE = int(Guide.TRUE)

Changes = dict[str, Any]  # fields of `State`


def close(turn: Turn, met: Delivery, ties: Relations, market: Market, *, late: Array) -> State:
    """The state at the end of the turn, before the market moves (E26-E27 included).

    Args:
        turn: the turn.
        met: what customers met.
        ties: where relationships stand.
        market: who stays, comes and pays.
        late: satisfaction lost by an offer refused in trouble, [R, C].
    """
    changes = _people(turn, met, ties, late)
    changes |= _customers(turn, met, ties, market)
    changes |= failures_left(turn, met, ties)
    changes |= _firm(turn, market)
    changes |= answered(turn, ties, market)
    changes |= _newcomers(turn, market, changes)
    changes |= _look_into_silence(turn, changes)
    closed = changed(turn.state, **changes)
    return changed(closed, **_labels(turn, closed), **_readings(turn, closed))


def _people(turn: Turn, met: Delivery, ties: Relations, late: Array) -> Changes:
    """Meters, mood, memory and file of every person."""
    rules, state = turn.rules, turn.state
    satisfaction = np.minimum(np.maximum(ties.satisfaction + late[..., None], 0.0), 100.0)
    file = knowledge.learn(
        rules,
        state,
        turn.deeds,
        multiplier=turn.fit.multiplier,
        pace=_pace(turn),
        uniforms=turn.draws.person,
    )
    failed = met.severity > 0.0
    picture = impress(turn, met)
    return {
        "lens": picture.lens,
        "met": picture.met,
        "prepared": picture.prepared,
        "turn": state.turn + 1,
        "experience": met.experience,
        "expectation": met.expectation,
        "satisfaction": satisfaction,
        "trust": ties.trust,
        "loyalty": ties.loyalty,
        "mood": _moods(turn, met, ties),
        "repetition": fit.repeat(rules, state, turn.deeds),
        "known": file.known,
        "fresh": file.fresh,
        "noted": file.noted,
        "position": sequence.start_anew(rules, turn.sequence.position, failed),
        "step_turn": turn.sequence.step_turn,
    }


def _pace(turn: Turn) -> Array:
    """How fast each deed teaches: knowledge of people (N9), and a guide from inside, [n]."""
    state, p = turn.state, turn.rules.parameters
    pace: Array = np.ones(turn.deeds.row.shape)
    if p.stock_learning > 0.0:
        pace = stocks.learning(p, state.stocks).take(turn.deeds.run)
    if (state.guide == _TRUE).any():
        guided = turn.deeds.of_customer((state.guide == _TRUE).any(axis=-1))
        pace = np.where(guided, pace * p.coach_learning, pace)
    return pace


def _moods(turn: Turn, met: Delivery, ties: Relations) -> Indices:
    """Drift, the shocks of the turn, and what deeds do to a mood (E26)."""
    rules, uniforms = turn.rules, turn.draws.person
    angered, relieved, lulled = upset(turn, met, ties)
    drifted = mood.drift(rules, turn.state.mood, uniforms[..., 2])
    moved = mood.after_turn(
        rules, drifted, uniforms[..., 3], upset=angered, relieved=relieved, content=lulled
    )
    return _moved(turn, moved)


def _moved(turn: Turn, moods: Indices) -> Indices:
    """What the deeds of the turn do to the moods of those they address, in their order."""
    rows, deeds = turn.rules.rows, turn.deeds
    target = rows.shock_mood.take(deeds.row)
    rising = turn.sequence.effect.rising
    if not (target.any() or rising.any()):
        return moods
    uniform = deeds.of_person(turn.draws.person[..., 3])
    origin = rows.shock_from.take(deeds.row)
    fits = (origin == 0) | (deeds.of_person(turn.state.mood) == origin - 1)
    struck = (target > 0) & fits & (uniform < rows.shock_chance.take(deeds.row))
    glad = uniform < rising
    moods = moods.copy()
    flat = moods.reshape(-1)
    for first, last in deeds.bounds:
        place = slice(first, last)
        where = deeds.at_person[place]
        flat[where[glad[place]]] = _RISING
        flat[where[struck[place]]] = target[place][struck[place]] - 1
    return moods


def _customers(turn: Turn, met: Delivery, ties: Relations, market: Market) -> Changes:
    """Switching cost, price, value and status of every customer."""
    served, old = turn.served, turn.state
    cost = market.cost
    service = np.minimum(old.service_cost, old.service_cost * turn.product("service_cost"))
    bought = served | market.deal.won | market.returned
    return {
        "status": market.status,
        "size": market.size,
        "potential": market.potential,
        "purchases": np.where(bought, old.purchases + 1.0, old.purchases),
        "earned_procedural": ties.procedural[0],
        "coercive_procedural": ties.procedural[1],
        "earned_financial": ties.financial[0],
        "coercive_financial": ties.financial[1],
        "coercive_turns": ties.coercive_turns,
        "bond": ties.bond,
        "resentment": ties.resentment,
        "dependence": ties.dependence,
        "reference_price": np.where(served, _reference(turn, met), old.reference_price),
        "price_weight": np.where(turn.courted, met.price_weight, old.price_weight),
        "unaffordable": market.deal.unaffordable,
        "cared": _cared(turn),
        "attentive": attentive_turns(turn, met),
        "price_factor": old.price_factor * (1.0 + turn.total("reprice")),
        "contact": met.contact,
        "promise": _promise(turn),
        "deal_logit": np.where(
            market.deal.won, turn.rules.parameters.deal_start, market.deal.logit
        ),
        "idle": np.where(turn.busy, 0.0, old.idle + 1.0),
        "friends_left": market.friends_left,
        "frailty_shift": old.frailty_shift + frailty_of_return(turn, market),
        "leave_chance": market.leave_chance,
        "service_cost": service,
        "stake": np.where(market.left, 0.0, old.stake + turn.total("stake")),
        "profit": market.profit,
        **_paid(turn, market),
        "leave_reason": market.leave_reason,
        "attention": market.rivalry.attention,
        "guide": market.rivalry.guide,
        "door": _door(turn, market),
        "ready_turn": _cooldowns(turn),
        "spent": old.spent + _spent(turn, cost, market),
    }


def _paid(turn: Turn, market: Market) -> Changes:
    """What customers have paid so far and still owe; those who leave pay no more (D7)."""
    old = turn.state
    if "credit" not in turn.rules.uses:
        return {"historic_value": old.historic_value + market.profit}
    owing = np.maximum(market.profit, 0.0) * (1.0 - turn.rules.features.credit)
    here = market.status == _ACTIVE
    now = market.profit - owing + np.where(here, old.owed, 0.0)
    return {
        "historic_value": old.historic_value + now,
        "owed": np.where(here, owing, 0.0),
    }


def _spent(turn: Turn, cost: Array, market: Market) -> Array:
    """Money gone this turn: deeds, market actions and stakes lost with those who left, [R]."""
    lost = np.where(market.left, turn.state.stake + turn.total("stake"), 0.0)
    return market.market_cost + fixed_sum(cost + lost, axis=1)


def _reference(turn: Turn, met: Delivery) -> Array:
    return contact.reference_price(turn.rules.parameters, turn.state.reference_price, met.price)


def _door(turn: Turn, market: Market) -> Array:
    """How far the door stands open to those who go: the best last words count (D10)."""
    if "door" in turn.rules.unused:
        return turn.state.door
    opened = np.maximum(turn.state.door, turn.largest("door"))
    return np.where(market.returned, 0.0, opened)


def _cared(turn: Turn) -> Array:
    """Turns for which bonds still fade more slowly, [R, C] (D2)."""
    left = np.maximum(turn.state.cared - 1.0, 0.0)
    if "care" in turn.rules.unused:
        return left
    fresh = turn.any("care") & turn.reached
    return np.where(fresh, turn.rules.parameters.care_turns, left)


def _promise(turn: Turn) -> Indices:
    """The promise made this turn, to be settled in the next."""
    promise = turn.largest("promise")
    return np.where(turn.courted, promise, _NONE).astype(np.intp)


def _cooldowns(turn: Turn) -> Array:
    """First turn in which each action may be used again on each customer."""
    rules, state, deeds = turn.rules, turn.state, turn.deeds
    ready = state.ready_turn.copy()
    first = deeds.bounds[deeds.responses][0]  # answers come before actions
    used = deeds.row[first:]
    where = deeds.at[first:] * rules.sizes.actions + used - 1
    ready.reshape(-1)[where] = state.turn + 1.0 + rules.rows.cooldown.take(used)
    return ready


def _newcomers(turn: Turn, market: Market, changes: Changes) -> Changes:
    """Rows that woke take the terms on which they were won."""
    woken = market.woken
    if not woken.any():
        return {}
    terms = terms_of(turn.rules, market.arrived)
    told = terms.known[:, :, None, :] & turn.rules.present[:, :, None]
    active = np.where(woken & terms.buys, _ACTIVE, changes["status"])
    return {
        "status": active.astype(np.intp),
        "deal_logit": np.where(woken, terms.deal_logit, changes["deal_logit"]),
        "frailty_shift": np.where(woken, terms.frailty, changes["frailty_shift"]),
        "dependence": np.where(woken, terms.dependence, changes["dependence"]),
        "reference_price": np.where(woken, terms.reference_price, changes["reference_price"]),
        "contact": np.where(woken, terms.contact, changes["contact"]),
        **{name: changes[name] | told for name in ("known", "fresh", "noted")},
        "unaffordable": np.where(woken, 0.0, changes["unaffordable"]),
    }


def _firm(turn: Turn, market: Market) -> Changes:
    """Money, quality on its way, openness and the rival's passing moves."""
    rules, old = turn.rules, turn.state
    table = rules.market
    arriving = np.zeros(old.money.shape)
    openness, rate = old.openness, old.failure_rate
    ready = old.market_ready
    for index in range(rules.sizes.market_actions):
        chosen = turn.choices.market[:, index]
        arriving = arriving + chosen * table.quality[index]
        openness = openness + chosen[:, None] * table.openness[index]
        if not table.touchpoint[index]:
            rate = rate * np.where(chosen, table.failure_rate[index], 1.0)
    rest = old.turn + 1.0 + table.cooldown
    ready = np.where(turn.choices.market, rest, ready)
    openness = openness + turn.total("openness")
    cost = market.market_cost + fixed_sum(market.cost, axis=1)
    following = min(old.turn + 1, rules.sizes.turns - 1)
    rival_turns = np.maximum(old.rival_turns - 1.0, 0.0)
    return {
        **laid_up(turn),
        "money": old.money - cost + float(rules.income[following]),
        "core_quality": old.core_quality + old.quality_pipeline[:, 0],
        "quality_pipeline": side_by_side(old.quality_pipeline[:, 1], arriving),
        "openness": np.minimum(openness, 1.0),
        "rival_push": market.rivalry.push,
        "rival_study": market.rivalry.study,
        "rival_forestalled": market.rivalry.forestalled,
        "stocks": _stocks(turn),
        "failure_rate": rate,
        "rival_turns": rival_turns,
        "rival_price": np.where(rival_turns > 0.0, old.rival_price, rules.opening.rival_price),
        "rival_pull": np.where(rival_turns > 0.0, old.rival_pull, 0.0),
        "market_ready": ready,
        "variables": old.variables + _shifts(turn),
    }


def _stocks(turn: Turn) -> Array:
    """Knowledge of people, product and staff after the turn, [R, 3] (N9)."""
    table, state = turn.rules.market, turn.state
    gained = np.zeros(state.stocks.shape)
    cut = np.zeros(state.money.shape, dtype=np.bool_)
    for index in range(table.stocks.shape[0]):
        chosen = turn.choices.market[:, index]
        gained = gained + chosen[:, None] * table.stocks[index]
        cut |= chosen & table.cuts_training[index]
    for kind, column in ((stocks.PEOPLE, "people_stock"), (stocks.PRODUCT, "product_stock")):
        if column not in turn.rules.unused:
            gained[:, kind] += fixed_sum(turn.scaled(column), axis=1)
    return stocks.built(turn.rules.parameters, state.stocks, gained=gained, cut=cut)


def _look_into_silence(turn: Turn, changes: Changes) -> Changes:
    """What market actions bring to light about customers gone quiet (`recovery.silence`)."""
    table, state = turn.rules.market, turn.state
    if not (table.quiet_reveals > 0.0).any():
        return {}
    lapsed = state.status == _LAPSED
    quiet = (turn.served & (state.idle >= turn.rules.parameters.quiet_turns)) | lapsed
    told = np.zeros(state.known.shape, dtype=np.bool_)
    for index in range(table.quiet_reveals.shape[0]):
        here = (turn.choices.market[:, index, None] & quiet)[..., None] & turn.rules.present
        told |= knowledge.by_chance(table.quiet_reveals[index], turn.draws.person[..., 0], here)
    return {name: changes[name] | told for name in ("known", "fresh")}


def _shifts(turn: Turn) -> Array:
    """What deeds add to the scenario's own variables, [R, X]."""
    total = np.zeros_like(turn.state.variables)
    if "variable_shift" in turn.rules.unused:
        return total
    for index in range(turn.rules.sizes.variables):
        shift = turn.rules.rows.variable_shift[:, index].take(turn.deeds.row)
        total[:, index] = fixed_sum(turn.deeds.spread(shift), axis=1)
    return total


def _labels(turn: Turn, state: State) -> Changes:
    """Low turns and the stage of every relationship (E27)."""
    line = turn.rules.parameters.stage_dissolution_satisfaction
    low = of_account(turn.rules, state.satisfaction) < line
    low_turns = np.where(low & turn.served, turn.state.low_turns + 1.0, 0.0)
    return {"low_turns": low_turns, "stage": stage(turn.rules, state, low_turns)}


def read(turn: Turn, level: Array) -> Mask:
    """Whose meters the player sees afresh: those met in person, and those known well.

    `level` is K, [R, C, M].
    """
    met = turn.any("reads") & turn.reached
    result: Mask = met | (turn.of_account(level) >= turn.rules.parameters.knowledge_half)
    return result | np.bool_(turn.rules.reveal_all)


def _readings(turn: Turn, state: State) -> Changes:
    """What the player last saw of satisfaction, loyalty and trust."""
    fresh = read(turn, knowledge.level(turn.rules, state.known, state.fresh))
    seen, people = state.seen.copy(), turn.rules.sizes.people
    where = np.flatnonzero(fresh)
    meters = (state.satisfaction, state.loyalty, state.trust)
    now = [meter.reshape(-1, people)[where] for meter in meters]
    seen.reshape(-1, people, 3)[where] = side_by_side(*now)
    return {
        "seen": seen,
        "seen_turn": np.where(fresh, float(state.turn), state.seen_turn),
    }
