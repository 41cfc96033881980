"""Why every number moved: each named contribution, summing to the change.

The contributions are the very arrays the turn was computed from, so the explanation is the
calculation. Quantities and terms are named as in `scenarios/library/terms.yaml`; what a limit of a
scale took is computed as such (`cap`), not as the remainder.
"""

import numpy as np

from sim.arrays import Array
from sim.engine.delivery import Delivery
from sim.engine.market import Market
from sim.engine.relations import Relations, add_up_parts
from sim.engine.state import State, Terms
from sim.engine.terms import deals, switching
from sim.engine.turn import Turn


def explain(turn: Turn, met: Delivery, ties: Relations, market: Market, *, late: Array) -> Terms:
    """All ledger terms of the turn, quantity -> term -> [R, C] or [R, C, M].

    `late` is what a refused offer cost satisfaction after everything else, [R, C].
    """
    return {
        "satisfaction": _satisfaction(turn, met, ties, late),
        "loyalty": _loyalty(turn, ties),
        "procedural": dict(ties.procedural_parts),
        "financial": dict(ties.financial_parts),
        "bond": _capped(ties.bond_parts, turn.state.bond),
        "trust": _capped(ties.trust_parts, turn.state.trust),
        "resentment": _capped(ties.resentment_parts, turn.state.resentment),
        "stay": market.stay_parts,
        "deal": dict(market.deal.parts),
    }


def deed_name(turn: Turn, place: int) -> str:
    """`response.0`, `action.1`: the place of a deed in what the player chose."""
    if place < turn.deeds.responses:
        return f"response.{place}"
    return f"action.{place - turn.deeds.responses}"


def _satisfaction(turn: Turn, met: Delivery, ties: Relations, late: Array) -> dict[str, Array]:
    """E6-E10 and E15 by contribution; everything of the encounter is scaled by omega."""
    p, state = turn.rules.parameters, turn.state
    rate = np.where(turn.served, met.rate, 0.0)[..., None]
    weight = rate * p.quality_weight
    core = state.core_quality[:, None] + state.traits.personal_fit
    base = p.satisfaction_base
    level = base + p.quality_weight * (core[..., None] - base)
    clipped = met.raw - np.minimum(np.maximum(met.raw, 5.0), 98.0)
    terms = {
        "core_quality": rate * (level - state.satisfaction),
        "gap": rate * p.gap_weight * met.gap,
        "price": weight * (p.price_experience * met.price_gap)[..., None],
        "over_contact": -weight * met.irritation[..., None],
        "failure": -weight * met.failure_loss[..., None],
        "promise": weight * met.promised[..., None],
        "mood_colour": weight * met.colour,
        "luck": weight * met.luck[..., None],
    }
    if met.impression is not None:
        terms["first_impression"] = rate * met.impression
    if "values" in turn.rules.uses:
        terms["value_profile"] = weight * met.valued[..., None]
    if "effort" not in turn.rules.unused:
        terms["time_effort"] = -weight * met.tiring[..., None]
    for place, part in enumerate(turn.deeds.in_places(met.quality)):
        terms[deed_name(turn, place)] = weight * part[..., None]
    terms["out_of_order"] = weight * met.out_of_order[..., None]
    terms.update(ties.redress.parts)
    terms["written"] = ties.satisfaction_written
    terms["nudge"] = ties.nudged[..., None] + np.zeros(state.satisfaction.shape)
    terms["refused"] = late[..., None] + np.zeros(state.satisfaction.shape)
    limits = -weight * clipped + rate * (met.encounter - met.encounter_raw) + ties.redress.cap
    limits = limits + (ties.satisfaction - ties.satisfaction_raw)
    final = np.minimum(np.maximum(ties.satisfaction + terms["refused"], 0.0), 100.0)
    terms["cap"] = limits + (final - (ties.satisfaction + terms["refused"]))
    return terms


def _loyalty(turn: Turn, ties: Relations) -> dict[str, Array]:
    """The change of loyalty, shared out over the logit's summands pro rata (E21).

    What the present logit says against a neutral one (L* = 50) is shared over the summands; `habit`
    is the pull of fifty less what was carried over.
    """
    p, state = turn.rules.parameters, turn.state
    served = turn.served[..., None]
    logit = add_up_parts(ties.loyalty_logit_parts)
    flat = np.abs(logit) < 1e-6
    slope = np.where(flat, 25.0, (ties.loyalty_target - 50.0) / np.where(flat, 1.0, logit))
    share = np.where(served, p.loyalty_rate * slope, 0.0)
    terms = {name: share * part for name, part in ties.loyalty_logit_parts.items()}
    if ties.loyalty_capped is not None:
        terms["level_cap"] = np.where(served, p.loyalty_rate * ties.loyalty_capped, 0.0)
    rest = ties.loyalty_target - 50.0 - slope * logit
    terms["habit"] = np.where(served, p.loyalty_rate * (50.0 - state.loyalty + rest), 0.0)
    terms["written"] = ties.loyalty_written
    terms["cap"] = ties.loyalty - ties.loyalty_raw
    return terms


def _capped(parts: dict[str, Array], before: Array) -> dict[str, Array]:
    """The parts with what the scale 0..100 took from their sum."""
    raw = before + add_up_parts(parts)
    return {**parts, "cap": switching.within_percent(raw) - raw}


def between_turns(terms: Terms, closed: State, opened: State) -> None:
    """Add what the events between two turns did to switching cost."""
    for quantity, part in (
        ("procedural", "coercive_procedural"),
        ("financial", "coercive_financial"),
    ):
        terms[quantity]["portability"] = getattr(opened, part) - getattr(closed, part)
    terms["bond"]["rep_left"] = opened.bond - closed.bond


def badges(turn: Turn) -> dict[str, Array]:
    """The multipliers of each deed, [D, R, C]: what made it tell more or less.

    D are the places in the order of deeds: responses, then actions; 0 where a place is empty.
    """
    p, suited, effect = turn.rules.parameters, turn.fit, turn.sequence.effect
    every = {
        "mood": suited.receptivity,
        "repetition": suited.repetition,
        "style": 1.0 + p.style_weight * suited.style,
        "motive": 1.0 + p.motive_weight * suited.motive,
        "item": 1.0 + suited.item,
        "steps": effect.factor,
        "early": effect.early,
        "due": effect.due,
        "trust_gate": deals.gates(turn.rules, turn.state, turn.deeds),
        "multiplier": suited.multiplier,
    }
    if suited.lens is not None:
        every["first_impression"] = 1.0 + p.lens_weight * suited.lens
    if suited.tier is not None:
        every["tier"] = 1.0 + suited.tier
    return {name: turn.deeds.in_places(values) for name, values in every.items()}
