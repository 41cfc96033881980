"""The second part of a turn: trust, switching cost and loyalty after recovery (E15-E21)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.delivery import Delivery
from sim.engine.redress import Redress, hear, make_good
from sim.engine.state import Mood
from sim.engine.terms import contact, labels, staying, switching, tiers
from sim.engine.terms.neighbours import through_others
from sim.engine.turn import Turn

_FALLING = int(Mood.FALLING)  # a plain number: numpy takes far longer over an enumeration

Parts = dict[str, Array]


@dataclass(frozen=True)
class Relations:
    """Where the relationship stands after the turn; `parts` sum to each change."""

    redress: Redress
    satisfaction: Array  # [R, C, M]
    satisfaction_raw: Array  # before the limits of the scale
    satisfaction_written: Array  # [R, C, M] by deeds directly, with their author's reason
    nudged: Array  # [R, C] satisfaction lost by a plan nobody asked for
    complained: Mask  # [R, C]
    voice_chance: Array  # [R, C] where something failed
    trust: Array  # [R, C, M]
    trust_parts: Parts
    procedural: tuple[Array, Array]  # earned, coercive [R, C]
    procedural_parts: Parts
    financial: tuple[Array, Array]
    financial_parts: Parts
    coercive_turns: Array
    bond: Array
    bond_parts: Parts
    resentment: Array
    resentment_parts: Parts
    dependence: Array
    loyalty: Array  # [R, C, M]
    loyalty_logit_parts: Parts  # [R, C, M]
    loyalty_target: Array  # [R, C, M]
    loyalty_capped: Array | None  # [R, C, M] what ceilings took of the target, <= 0 (D8)
    loyalty_raw: Array  # [R, C, M]
    loyalty_written: Array  # [R, C, M]


def relate(turn: Turn, met: Delivery) -> Relations:
    """E13-E21 in their order."""
    redress = make_good(turn, met)
    written = _written(turn, "write_satisfaction")
    nudged = _nudge(turn, turn.rules.parameters.nudge_satisfaction)
    raw = met.satisfaction + add_up_parts(redress.parts) + redress.cap + written
    raw = raw + nudged[..., None]
    satisfaction = switching.within_percent(raw)
    voice, complained = hear(turn, met)
    judged = _judged(turn, met, satisfaction)
    trust_parts = _trust_parts(turn, met, redress, judged)
    trust = switching.within_percent(turn.state.trust + add_up_parts(trust_parts))
    of_account = turn.of_account(satisfaction)
    procedural, procedural_parts, financial, financial_parts, turns = _ties(turn)
    bond_parts = _bond_parts(turn, met)
    bond = switching.within_percent(turn.state.bond + add_up_parts(bond_parts))
    resentment_parts = _resentment_parts(turn, procedural[1] + financial[1], of_account)
    resentment = switching.within_percent(turn.state.resentment + add_up_parts(resentment_parts))
    price = 1.0 - turn.total("discount")
    habit = turn.total("dependence") + _precedent(turn)
    dependence = contact.dependence(turn.rules.parameters, turn.state.dependence, price, habit)
    logit_parts = staying.loyalty_parts(
        turn.rules.parameters,
        satisfaction=judged,
        trust=trust,
        bond=bond[..., None],
        resentment=resentment[..., None],
        dependence=dependence[..., None],
    )
    target = staying.loyalty_target(staying.add_parts(logit_parts))
    capped = _capped(turn, met, target, judged=judged, trust=trust, bond=bond)
    tended = target if capped is None else target + capped
    loyal_raw = turn.state.loyalty + turn.rules.parameters.loyalty_rate * (
        tended - turn.state.loyalty
    )
    loyal_raw = np.where(turn.served[..., None], loyal_raw, turn.state.loyalty)
    loyalty_written = _written(turn, "write_loyalty")
    loyal_raw = loyal_raw + loyalty_written
    return Relations(
        redress=redress,
        satisfaction=satisfaction,
        satisfaction_raw=raw,
        satisfaction_written=written,
        nudged=nudged,
        complained=complained,
        voice_chance=voice,
        trust=trust,
        trust_parts=trust_parts,
        procedural=procedural,
        procedural_parts=procedural_parts,
        financial=financial,
        financial_parts=financial_parts,
        coercive_turns=turns,
        bond=bond,
        bond_parts=bond_parts,
        resentment=resentment,
        resentment_parts=resentment_parts,
        dependence=np.where(turn.reached, dependence, turn.state.dependence),
        loyalty=switching.within_percent(loyal_raw),
        loyalty_logit_parts=logit_parts,
        loyalty_target=target,
        loyalty_capped=capped,
        loyalty_raw=loyal_raw,
        loyalty_written=loyalty_written,
    )


def _capped(
    turn: Turn, met: Delivery, target: Array, *, judged: Array, trust: Array, bond: Array
) -> Array | None:
    """What a distant relationship or plain service takes of the target, <= 0, [R, C, M] (D8)."""
    if "caps" not in turn.rules.uses:
        return None
    level = labels.level(turn.rules.parameters, bond[..., None], trust)
    attentive = (attentive_turns(turn, met) > 0.0)[..., None]
    most = tiers.ceiling(turn.rules.parameters, level, judged, attentive)
    return np.minimum(most - target, 0.0)


def attentive_turns(turn: Turn, met: Delivery) -> Array:
    """Turns for which a promise kept or a wish foreseen still counts, [R, C] (D8)."""
    left = np.maximum(turn.state.attentive - 1.0, 0.0)
    now = (met.kept | turn.any("anticipates")) & turn.served
    return np.where(now, turn.rules.parameters.service_turns, left)


def add_up_parts(parts: Parts) -> Array:
    """The sum of named contributions in their order."""
    return staying.add_parts(parts)


def _written(turn: Turn, column: str) -> Array:
    """What deeds write directly, with their author's reason, [R, C, M]."""
    if column in turn.rules.unused:
        return np.broadcast_to(turn.zero[..., None], turn.state.satisfaction.shape)
    return turn.to_people(turn.column(column))


def _judged(turn: Turn, met: Delivery, satisfaction: Array) -> Array:
    """The satisfaction by which trust and loyalty are judged, [R, C, M].

    A failure is met before its answer, which can come in the next turn only; attitudes wait for it,
    as they do where both fall into one turn (E13-E15 stand before E16 and E21).
    """
    shock = np.maximum(turn.state.satisfaction - met.satisfaction, 0.0)
    before = np.minimum(satisfaction + shock, 100.0)
    return np.where((met.severity > 0.0)[..., None], before, satisfaction)


def _inert(turn: Turn) -> Mask:
    """Customers who stay out of habit: active and not satisfied (row 30 of the domain notes)."""
    reference = turn.rules.parameters.coercion_reference
    return turn.served & (turn.of_account(turn.state.satisfaction) < reference)


def _nudge(turn: Turn, loss: float) -> Array:
    """A better plan nobody asked for wakes the inert, who lose something (Ascarza et al. 2016)."""
    if "nudge" in turn.rules.unused:
        return turn.zero
    return np.where(turn.any("nudge") & _inert(turn), -loss, 0.0)


def _trust_parts(turn: Turn, met: Delivery, redress: Redress, satisfaction: Array) -> Parts:
    """Trust follows satisfaction slowly, deeds and promises at once (E12, E16, N1, N6)."""
    p, state = turn.rules.parameters, turn.state
    served = turn.served[..., None]
    towards = np.where(served, p.trust_rate * (satisfaction - state.trust), 0.0)
    shape = np.zeros(state.trust.shape)
    unheard = redress.ignored & state.voiced
    parts = {
        "towards_satisfaction": towards,
        "recovery": shape + (p.trust_recovery * redress.gain)[..., None],
        "ignored": shape - np.where(unheard, p.trust_ignored, 0.0)[..., None],
        "promise_kept": shape + (met.kept * p.promise_kept_trust)[..., None],
        "promise_broken": shape
        - (met.broken * (1.0 - met.pledged) * p.promise_broken_trust)[..., None],
        "action": shape + turn.to_people(_earned_trust(turn)),
        "out_of_order": shape + turn.to_people(turn.sequence.effect.trust),
        "out_of_date": shape - turn.to_people(p.trust_stale * turn.stale),
        "privacy": shape - turn.to_people(p.privacy_trust * _intrusion(turn)),
    }
    if p.tie_spill > 0.0:
        gained = through_others(turn.rules, np.maximum(turn.total("trust"), 0.0))
        heard = p.tie_spill * gained * turn.courted
        parts["through_others"] = heard[..., None] * switching.room(state.trust)
    if "survey" in turn.rules.uses:
        acted, let_go = _followed(turn)
        parts["asked_answered"] = shape + acted[..., None]
        parts["asked_ignored"] = shape + let_go[..., None]
    reached = turn.reached[..., None]
    for name in ("action", "out_of_order", "out_of_date", "privacy"):  # the rest is of the served
        parts[name] = np.where(reached, parts[name], 0.0)
    return parts


def _precedent(turn: Turn) -> Array:
    """What others take as a precedent: who saw a neighbour paid to stay waits for it too (N8)."""
    weight = turn.rules.parameters.tie_precedent
    if weight == 0.0 or "bribe" in turn.rules.unused:
        return turn.zero
    return weight * through_others(turn.rules, turn.any("bribe") * 1.0)


def _followed(turn: Turn) -> tuple[Array, Array]:
    """Trust for acting on what was answered, and for leaving it at that, points [R, C] (N7)."""
    p, patience = turn.rules.parameters, turn.state.survey_open * turn.served
    acted = (patience > 0.0) & turn.any("follows_up")
    let_go = (patience == 1.0) & ~acted
    return acted * p.survey_answered, let_go * -p.survey_ignored


def _intrusion(turn: Turn) -> Array:
    """1 where a deed pries into the life of somebody who does not trust us yet, [n]."""
    if "intrusive" in turn.rules.unused:
        return np.zeros(turn.deeds.row.shape)
    pries = turn.rules.rows.intrusive.take(turn.deeds.row)
    wary = turn.deeds.of_customer(turn.of_account(turn.state.trust)) < 50.0
    return (pries & wary) * 1.0


def _ties(
    turn: Turn,
) -> tuple[tuple[Array, Array], Parts, tuple[Array, Array], Parts, Array]:
    """Procedural and financial switching cost, earned and coercive (E17-E18)."""
    p, state = turn.rules.parameters, turn.state
    deeds = np.where(turn.courted, 1.0, 0.0)
    together = np.where(turn.served, p.time_together_rate, 0.0) * switching.room(
        state.earned_procedural
    )
    market = _market_procedural(turn)
    learnt = turn.scaled("earned_procedural") * deeds + market
    learnt = learnt * switching.room(state.earned_procedural)
    imposed = turn.total("coercive_procedural") * deeds * switching.room(state.coercive_procedural)
    fined = turn.total("coercive_financial") * deeds * switching.room(state.coercive_financial)
    given = turn.scaled("earned_financial") * deeds
    given = given * switching.room(state.earned_financial)
    fading = switching.faded_financial(p, state.earned_financial)
    nudged = np.maximum(
        _nudge(turn, p.nudge_procedural), -(state.earned_procedural + together + learnt)
    )
    turns = np.maximum(state.coercive_turns - 1.0, 0.0)
    ended = (state.coercive_turns > 0.0) & (turns == 0.0)
    ended_p = np.where(ended, -state.coercive_procedural, 0.0)
    ended_f = np.where(ended, -state.coercive_financial, 0.0)
    turns = np.maximum(turns, turn.largest("coercive_turns"))
    procedural_parts = {
        "time_together": together,
        "earned": learnt,
        "coercive": imposed,
        "expiry": ended_p,
        "nudge": nudged,
    }
    financial_parts = {"earned": given, "coercive": fined, "expiry": ended_f, "fading": fading}
    earned_p, over_p = _limit(state.earned_procedural + together + learnt + nudged)
    coercive_p, over_cp = _limit(state.coercive_procedural + imposed + ended_p)
    earned_f, over_f = _limit(state.earned_financial + given + fading)
    coercive_f, over_cf = _limit(state.coercive_financial + fined + ended_f)
    procedural_parts["cap"] = over_p + over_cp
    financial_parts["cap"] = over_f + over_cf
    return (earned_p, coercive_p), procedural_parts, (earned_f, coercive_f), financial_parts, turns


def _limit(raw: Array) -> tuple[Array, Array]:
    """A cost within 0..100, and what the limit took."""
    kept = switching.within_percent(raw)
    return kept, kept - raw


def _market_procedural(turn: Turn) -> Array:
    """Earned procedural cost that market actions bring to every active customer, [R, C]."""
    total = turn.zero
    column = turn.rules.market.procedural
    for index in range(column.shape[0]):
        if column[index] != 0.0:
            total = total + turn.choices.market[:, index, None] * column[index] * turn.served
    return total


def _bond_parts(turn: Turn, met: Delivery) -> Parts:
    """Personal attention times its fit, fading and pestering (E19)."""
    p, state = turn.rules.parameters, turn.state
    attention = turn.deeds.spread(_attention(turn)) * turn.reached
    column = turn.rules.market.bond
    for index in range(column.shape[0]):
        if column[index] != 0.0:
            attention = (
                attention + turn.choices.market[:, index, None] * column[index] * turn.served
            )
    parts = {
        "attention": attention * switching.room(state.bond),
        "fading": switching.faded_bond(p, state.bond) * switching.bond_fading(p, state.cared),
        "pestering": switching.pestering(p, met.over),
    }
    if p.tie_spill > 0.0:
        heard = through_others(turn.rules, attention) * turn.courted
        parts["through_others"] = p.tie_spill * heard * switching.room(state.bond)
    return parts


def _attention(turn: Turn) -> Array:
    """Points of bond of each deed before what room there is, [n] (E19, D2)."""
    points = turn.column("bond") * turn.fit.multiplier
    if {"help", "material"} <= turn.rules.unused:
        return points
    rows, row = turn.rules.rows, turn.deeds.row
    return points * switching.attention(
        turn.rules.parameters,
        turn.deeds.of_person(turn.state.mood),
        helps=rows.help.take(row),
        material=rows.material.take(row),
    )


def _earned_trust(turn: Turn) -> Array:
    """Points of trust that deeds earn or cost of themselves, and help in trouble besides, [n]."""
    points = turn.column("trust")
    if "help" in turn.rules.unused:
        return points
    trouble = turn.rules.rows.help.take(turn.deeds.row)
    trouble = trouble & (turn.deeds.of_person(turn.state.mood) == _FALLING)
    return points + turn.rules.parameters.help_trust * trouble


def _resentment_parts(turn: Turn, coercive: Array, satisfaction: Array) -> Parts:
    """Being held while unhappy, terms imposed, and time that heals (E20, N6)."""
    p, state = turn.rules.parameters, turn.state
    imposed = turn.total("resentment") * turn.reached
    pried = p.privacy_resentment * turn.deeds.spread(_intrusion(turn)) * turn.reached
    held = switching.coercion(p, coercive, satisfaction)
    return {
        "coercion": np.where(turn.served, held, 0.0),
        "imposed": imposed + pried,
        "fading": -p.resentment_fade_rate * state.resentment,
    }


def upset(turn: Turn, met: Delivery, relations: Relations) -> tuple[Mask, Mask, Mask]:
    """Who is shocked, relieved or lulled at the end of the turn, each [R, C, M] (table 3.3)."""
    p, state = turn.rules.parameters, turn.state
    open_failure = (met.severity > 0.0) | (relations.redress.open & ~relations.redress.handled)
    short = met.experience / state.expectation - 1.0 < p.shock_gap
    served = turn.served[..., None]
    angered = served & (open_failure[..., None] | short)
    relieved = relations.redress.handled & (relations.redress.justice > p.shock_recovery_justice)
    quiet = (state.rival_turns == 0.0)[:, None, None]
    lulled = served & quiet & (relations.satisfaction > p.shock_complacent_satisfaction)
    return angered, np.broadcast_to(relieved[..., None], angered.shape), lulled
