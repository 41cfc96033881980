"""The deal funnel: what brings a deal nearer and whether it closes (E25)."""

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.parameters import Parameters
from sim.engine.rules import Rules
from sim.engine.terms.deeds import Deeds
from sim.exact import logistic


def gains(rules: Rules, deeds: Deeds, multiplier: Array, knowledge: Array) -> Array:
    """W_role * g_j * m of each deed, logits [n] (E25).

    A row that wants preparation has its lesser effect while the person is not known well enough; a
    row meant for one role wastes part of its effect on another.
    """
    rows = rules.rows
    known = deeds.of_person(knowledge) >= rules.parameters.knowledge_half
    strength = np.where(known, rows.deal.take(deeds.row), rows.deal_unprepared.take(deeds.row))
    if not strength.any():
        return strength
    where = deeds.customer * rules.sizes.people + deeds.person
    role = rules.role.reshape(-1).take(where)
    width = rows.role_fit.shape[1]
    suited = rows.role_fit.reshape(-1).take(deeds.row * width + role)
    weight = rules.deal_weight.reshape(-1).take(where)
    return weight * strength * multiplier * suited


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
    parameters: Parameters, *, offer: Array, relation: Array, reason: Array, matched: Mask
) -> Array:
    """Logit of coming back (domain table 3.4; Kumar, Bhagwat & Zhang 2015).

    Args:
        parameters: coefficients.
        offer: logits of what is offered.
        relation: 0..1, what is left of the relationship (mean of trust and bond).
        reason: 0 none, 1 price, 2 service.
        matched: the offer answers the reason.
    """
    why = np.where(reason == 1, parameters.win_back_price, 0.0)
    why = np.where(reason == 2, parameters.win_back_service, why)
    match = np.where(matched, parameters.win_back_match, 0.0)
    base = parameters.win_back_base + parameters.win_back_relation * relation
    return base + why + offer + match
