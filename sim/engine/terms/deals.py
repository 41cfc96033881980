"""The deal funnel: what brings a deal nearer and whether it closes (E25)."""

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.parameters import Parameters
from sim.engine.rules import Rules
from sim.engine.state import State
from sim.engine.terms import sequence, stocks
from sim.engine.terms.deeds import Deeds
from sim.engine.terms.fit import Fit
from sim.exact import logistic


def trust_gate(parameters: Parameters, weight: Array, trust: Array) -> Array:
    """First the person, then the goods: 1 + gate (T - 50) / 100, at least 0 (D4).

    Doney & Cannon 1997; some styles need the trust more than others.

    Args:
        parameters: coefficients.
        weight: multiplier of the gate for the person's style.
        trust: 0..100 points.
    """
    return np.maximum(1.0 + parameters.trust_gate * weight * (trust - 50.0) / 100.0, 0.0)


def gates(rules: Rules, state: State, deeds: Deeds) -> Array:
    """The trust gate at each deed, [n]; 1 throughout where a scenario does not use it."""
    if rules.parameters.trust_gate == 0.0:
        return np.ones(deeds.row.shape)
    weight = rules.style_gate.take(deeds.of_person(state.traits.style))
    return trust_gate(rules.parameters, weight, deeds.of_person(state.trust))


def proofs(rules: Rules, state: State, deeds: Deeds) -> Array:
    """What knowledge of the product and the buyer's wish to compare add to evidence, [n].

    1 + .3 (product - .3) (N9), and 1.2 while the person compares offers or judges them (E25).
    """
    p = rules.parameters
    if p.stock_evidence == 0.0 and p.evidence_judging == 0.0:
        return np.ones(deeds.row.shape)
    proof = stocks.proof(p, state.stocks).take(deeds.run)
    marks = rules.protocols.compares
    judging = np.maximum(marks, np.concatenate([marks[:, :1] * 0.0, marks[:, :-1]], axis=1))
    weighs = sequence.stands_at(
        rules, state.position, state.step_turn, turn=state.turn, marks=judging
    )
    proof = np.where(deeds.of_person(weighs), proof * (1.0 + p.evidence_judging), proof)
    return np.where(rules.rows.evidence.take(deeds.row) > 0.0, proof, 1.0)


def cooling(parameters: Parameters, logit: Array, contact: Array) -> Array:
    """Logits that a deal loses in a turn nobody works on it, by zone of the funnel (E25, D5).

    The bottom, where it is nearly closed, cools fastest, then the top, where nobody has spoken to
    the lead yet: so that the order bottom, new, middle pays.

    Args:
        parameters: coefficients.
        logit: y of the deal.
        contact: contact pressure, exactly 0 where there has never been a contact.
    """
    bottom = logistic(logit) >= parameters.funnel_bottom
    extra = np.where(contact == 0.0, parameters.cooling_new, 0.0)
    return parameters.deal_cooling + np.where(bottom, parameters.cooling_bottom, extra)


def of_form(strength: Array, missed: Array, motive: Array) -> Array:
    """What a form of the offer brings: in full from psi .5, the miss below 0 (needs and wants).

    Args:
        strength: logits where it suits.
        missed: logits where it speaks to nothing the person wants.
        motive: psi, -1..1.
    """
    suits = np.minimum(np.maximum(2.0 * motive, 0.0), 1.0)
    return np.where(motive < 0.0, missed, strength * suits)


def gains(rules: Rules, deeds: Deeds, fit: Fit, knowledge: Array) -> Array:
    """W_role * g_j * m of each deed, logits [n] (E25); the trust gate comes on top.

    A row that wants preparation has its lesser effect while the person is not known well enough; a
    row meant for one role wastes part of its effect on another.
    """
    rows = rules.rows
    known = deeds.of_person(knowledge) >= rules.parameters.knowledge_half
    strength = np.where(known, rows.deal.take(deeds.row), rows.deal_unprepared.take(deeds.row))
    if not strength.any():
        return strength
    if "is_form" not in rules.unused:
        formed = of_form(strength, rows.deal_missed.take(deeds.row), fit.motive)
        strength = np.where(rows.is_form.take(deeds.row), formed, strength)
    where = deeds.customer * rules.sizes.people + deeds.person
    role = rules.role.reshape(-1).take(where)
    width = rows.role_fit.shape[1]
    suited = rows.role_fit.reshape(-1).take(deeds.row * width + role)
    weight = rules.deal_weight.reshape(-1).take(where)
    return weight * strength * fit.multiplier * suited


def disposition(parameters: Parameters, satisfaction: Array, trust: Array) -> Array:
    """How a person of an account stands to us, around 0; below -1 he blocks (E25)."""
    pleased = parameters.disposition_satisfaction * (satisfaction - 60.0)
    return pleased + parameters.disposition_trust * (trust - 50.0)


def blocked(rules: Rules, satisfaction: Array, trust: Array) -> Mask:
    """Whether a decider, approver or gatekeeper vetoes the deal, [R, C]."""
    against = disposition(rules.parameters, satisfaction, trust) < rules.parameters.veto_disposition
    result = against[..., 0] & rules.veto[:, 0]
    for slot in range(1, rules.sizes.people):
        result = result | (against[..., slot] & rules.veto[:, slot])
    return result


def win_chance(parameters: Parameters, logit: Array, vetoed: Mask) -> Array:
    """p_win = sigma(y), at most .25 under a veto (E25)."""
    chance = logistic(logit)
    return np.where(vetoed, np.minimum(chance, parameters.veto_chance), chance)


def win_back_logit(
    parameters: Parameters,
    *,
    offer: Array,
    relation: Array,
    reason: Array,
    matched: Mask,
    door: Array,
) -> Array:
    """Logit of coming back (domain table 3.4; Kumar, Bhagwat & Zhang 2015).

    Args:
        parameters: coefficients.
        offer: logits of what is offered.
        relation: 0..1, what is left of the relationship (mean of trust and bond).
        reason: 0 none, 1 price, 2 service.
        matched: the offer answers the reason.
        door: logits left open by how the customer was let go (D10).
    """
    why = np.where(reason == 1, parameters.win_back_price, 0.0)
    why = np.where(reason == 2, parameters.win_back_service, why)
    match = np.where(matched, parameters.win_back_match, 0.0)
    base = parameters.win_back_base + parameters.win_back_relation * relation
    return base + why + offer + match + door
