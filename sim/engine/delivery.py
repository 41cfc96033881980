"""The first half of a turn: contact, price, delivered experience and satisfaction (E4-E12)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.mishaps import go_wrong
from sim.engine.parameters import Parameters
from sim.engine.state import Promise
from sim.engine.terms import contact, impression, prices, profile, recovery, satisfaction, tiers
from sim.engine.turn import Turn

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_NONE = int(Promise.NONE)


@dataclass(frozen=True)
class Delivery:
    """What the customer met this turn and what it did to satisfaction; inputs of the ledger."""

    price: Array  # [R, C] paid, 1 = list
    price_weight: Array  # [R, C] pw (N3)
    price_gap: Array  # [R, C] g_p as heavily as price weighs
    contact: Array  # [R, C]
    over: Array  # [R, C] contacts beyond the welcome
    irritation: Array  # [R, C] experience points
    quality: Array  # [n] e_j of each deed
    out_of_order: Array  # [R, C] experience points lost by the wrong order, <= 0
    kept: Mask  # [R, C]
    broken: Mask  # [R, C]
    promised: Array  # [R, C] experience points owed to a promise
    pledged: Array  # [R, C] share of a broken promise that was made good as announced
    payout: Array  # [R, C] money that a pledge paid out
    severity: Array  # [R, C] of a new failure, 0 none
    failure_loss: Array  # [R, C] experience points
    failure_chance: Array  # [R, C]
    touchpoint: Indices  # [R, C] 1 + where it failed, 0 nowhere
    valued: Array  # [R, C] experience points that the factors of value bring (N10)
    tiring: Array  # [R, C] experience points that the customer's own effort costs (N10)
    impression: Array | None  # [R, C, M] points of the first impression, None where unused (N4)
    colour: Array  # [R, C, M] experience points owed to mood
    luck: Array  # [R, C] experience points
    raw: Array  # [R, C, M] experience before the scale's limits
    experience: Array  # [R, C, M]
    gap: Array  # [R, C, M] v(d)
    encounter_raw: Array  # [R, C, M]
    encounter: Array  # [R, C, M]
    rate: Array  # [R, C] omega
    satisfaction: Array  # [R, C, M] after E10
    expectation: Array  # [R, C, M] after E11


def deliver(turn: Turn) -> Delivery:
    """E4-E11 for every active customer; others keep their satisfaction and expectation."""
    rules, state = turn.rules, turn.state
    p = rules.parameters
    pressed = contact.pressure(p, state.contact, _contacts(turn))
    over = contact.excess(p, pressed, state.stage * 1.0)
    irritation = contact.irritation(p, over)
    price, weight, price_gap = _price(turn)
    promise, wrong = _settle(turn), go_wrong(turn)
    quality, valued, tiring = _quality(turn), _valued(turn), _tiring(turn)
    out_of_order = turn.deeds.spread(turn.sequence.effect.quality)
    luck = satisfaction.luck(p, turn.draws.delivery[..., 0])
    loss = satisfaction.failure_loss(p, wrong.severity) / rules.features.tolerance
    colour = p.mood_colour * rules.mood_sign.take(state.mood)
    common = state.core_quality[:, None] + state.traits.personal_fit
    common = common + turn.deeds.spread(quality) + out_of_order
    common = common + p.price_experience * price_gap - irritation - loss + promise.points + luck
    raw = (common + valued - tiring)[..., None] + colour
    experience = satisfaction.within_scale(raw)
    gap = satisfaction.gap_value(p, experience, state.expectation)
    met_raw, picture = _encounter(turn, experience, gap)
    met = np.minimum(np.maximum(met_raw, 0.0), 100.0)
    rate = satisfaction.rate(p, state.purchases, wrong.severity)
    moved = state.satisfaction + rate[..., None] * (met - state.satisfaction)
    served = turn.served[..., None]
    return Delivery(
        price=price,
        price_weight=weight,
        price_gap=price_gap,
        contact=pressed,
        over=over,
        irritation=irritation,
        quality=quality,
        out_of_order=out_of_order,
        kept=promise.kept,
        broken=promise.broken,
        promised=promise.points,
        pledged=promise.pledged,
        payout=promise.payout,
        severity=wrong.severity,
        failure_loss=loss,
        failure_chance=wrong.chance,
        touchpoint=wrong.touchpoint,
        valued=valued,
        tiring=tiring,
        impression=picture,
        colour=colour,
        luck=luck,
        raw=raw,
        experience=np.where(served, experience, state.experience),
        gap=gap,
        encounter_raw=met_raw,
        encounter=met,
        rate=rate,
        satisfaction=np.where(served, moved, state.satisfaction),
        expectation=_expect(turn, experience),
    )


def _encounter(turn: Turn, experience: Array, gap: Array) -> tuple[Array, Array | None]:
    """The level of the encounter before the limits of its scale, and the first impression's part.

    Both are [R, C, M] (E9, N4).
    """
    p = turn.rules.parameters
    level = satisfaction.encounter_raw(p, experience, gap)
    if "lens" not in turn.rules.uses:
        return level, None
    picture = impression.colour(p, turn.state.lens, gap)
    return level + picture, picture


def _price(turn: Turn) -> tuple[Array, Array, Array]:
    """What is paid, how heavily it weighs, and the gap to what was expected, each [R, C] (E5)."""
    price = turn.state.price_factor * (1.0 - turn.total("discount"))
    price = np.maximum(price, contact.LEAST_PRICE)
    weight = _price_weight(turn)
    gap = contact.price_gap(turn.rules.parameters, turn.state.reference_price, price)
    return price, weight, gap * weight


def _price_weight(turn: Turn) -> Array:
    """How heavily price weighs after the deeds of the turn, [R, C] (N3)."""
    if "price_weight" not in turn.rules.uses:
        return turn.state.price_weight
    return prices.weight(
        turn.rules.parameters,
        turn.state.price_weight,
        turn.rules.features.price_weight,
        turn.scaled("price_shift") * turn.courted,
    )


def _quality(turn: Turn) -> Array:
    """Experience points of each deed, as far as benefits count with the customer, [n] (E6, N3)."""
    points = turn.column("quality") * turn.fit.multiplier
    if "price_weight" not in turn.rules.uses:
        return points
    return points * turn.rules.features.benefit_weight.take(turn.deeds.customer)


def _contacts(turn: Turn) -> Array:
    """Contacts of deeds and of market actions with everybody, [R, C]; push weighs by style (D1)."""
    each = turn.column("contacts")
    if "push" in turn.rules.uses:
        style = turn.deeds.of_person(turn.state.traits.style)
        bearing = contact.push(turn.rules.parameters, style)
        each = each + turn.column("pushing") * (bearing - 1.0)
    total = turn.deeds.spread(each)
    market = turn.rules.market.contacts
    for index in range(market.shape[0]):
        if market[index] != 0.0:
            total = total + turn.choices.market[:, index, None] * market[index] * turn.served
    return total


@dataclass(frozen=True)
class _Promise:
    """How last turn's promises ended, each [R, C] (E12, D9)."""

    kept: Mask
    broken: Mask
    pledged: Array
    payout: Array
    points: Array  # of experience


def _settle(turn: Turn) -> _Promise:
    """Last turn's promise is kept or broken now (E12)."""
    kept, broken = _keep(turn)
    pledged, payout = _pay_pledge(turn, broken)
    points = _promised(turn.rules.parameters, kept, broken, pledged)
    return _Promise(kept, broken, pledged, payout, points)


def _keep(turn: Turn) -> tuple[Mask, Mask]:
    """Whether open promises are kept or broken, each [R, C]."""
    open_promise = (turn.state.promise != _NONE) & turn.served
    if not open_promise.any():
        return open_promise, open_promise
    chance = recovery.keep_chance(turn.rules.parameters, turn.state.promise)
    kept = turn.draws.response[..., 1] < chance
    return open_promise & kept, open_promise & ~kept


def _promised(p: Parameters, kept: Mask, broken: Mask, pledged: Array) -> Array:
    """Experience points owed to a promise that was kept, or broken and partly made good, [R, C]."""
    lost = broken * (1.0 - pledged) * p.promise_broken_experience
    return kept * p.promise_kept_experience - lost


def _pay_pledge(turn: Turn, broken: Mask) -> tuple[Array, Array]:
    """What broken promises make good by themselves, and cost, each [R, C] (D9)."""
    if not broken.any():
        return turn.zero, turn.zero
    p, uniform = turn.rules.parameters, turn.draws.growth[..., 3]
    justice, money = recovery.pledge(p, turn.state.promise, uniform)
    return np.where(broken, justice, 0.0), np.where(broken, money, 0.0)


def _valued(turn: Turn) -> Array:
    """What the factors of value bring beyond the core quality, [R, C] (N10)."""
    if "values" not in turn.rules.uses:
        return turn.zero
    return profile.valued(turn.rules.features.values, turn.state.factors[:, 0])


def _tiring(turn: Turn) -> Array:
    """What the customer's own time and effort cost the experience, [R, C] (N10)."""
    if "effort" in turn.rules.unused:
        return turn.zero
    p, deeds = turn.rules.parameters, turn.deeds
    hours = turn.column("effort") * profile.taxing(p, deeds.of_person(turn.state.traits.style))
    vip = deeds.of_customer(turn.tier) == tiers.VIP
    return p.effort_weight * deeds.spread(hours * np.where(vip, p.effort_vip, 1.0))


def _expect(turn: Turn, experience: Array) -> Array:
    """Expectation after the experience, plus what words and promises add (E11-E12)."""
    p, state = turn.rules.parameters, turn.state
    learnt = satisfaction.expectation(p, state.expectation, experience)
    learnt = np.where(turn.served[..., None], learnt, state.expectation)
    words = turn.total("expectation")
    hard = turn.deeds.any(recovery.ambitious(turn.rules.rows.promise.take(turn.deeds.row)))
    words = words + np.where(hard, p.promise_expectation, 0.0)
    words = words + p.material_expectation * turn.total("material")
    market = turn.rules.market.expectation
    for index in range(market.shape[0]):
        if market[index] != 0.0:
            words = words + turn.choices.market[:, index, None] * market[index] * turn.courted
    pull = np.minimum(turn.total("expectation_pull"), 1.0)[..., None]
    target = turn.state.core_quality[:, None, None]
    learnt = learnt + pull * (target - learnt) + words[..., None]
    return satisfaction.within_scale(learnt)
