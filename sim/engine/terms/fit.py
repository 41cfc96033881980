"""How well a deed suits the person it is done for: the multiplier m (E1-E3, N2, N6)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.once import once
from sim.engine.parameters import Parameters
from sim.engine.rules import FAMILIES, Rules
from sim.engine.state import State
from sim.engine.terms import knowledge, tiers
from sim.engine.terms.deeds import Deeds
from sim.engine.terms.sequence import Effect
from sim.exact import exp

_TONES_STYLES = 20  # tones x styles of the fit table
_STYLES = 4


@dataclass(frozen=True)
class Fit:
    """The multiplier of each deed and the factors it is made of, all [n]."""

    multiplier: Array
    receptivity: Array  # mu after stirring
    repetition: Array
    style: Array  # phi, -1..1
    motive: Array  # psi, -1..1
    item: Array  # part of the bracket owed to the file
    lens: Array | None  # first impression, None where it does not count
    tier: Array | None  # part of the bracket owed to the customer's tier, None likewise


def bracket(
    parameters: Parameters,
    style: Array,
    motive: Array,
    item: Array,
    *,
    lens: Array | None = None,
    tier: Array | None = None,
) -> Array:
    """Every kind of fit adds up in one bracket (coverage notes; replaces the factor of E2).

    Args:
        parameters: coefficients.
        style: phi.
        motive: psi.
        item: what the file adds.
        lens: first impression, where it counts (N4).
        tier: what the kind of service adds for the customer's tier, where it counts (D3).
    """
    total = 1.0 + parameters.style_weight * style + parameters.motive_weight * motive
    if lens is not None:
        total = total + parameters.lens_weight * lens
    total = total + item
    if tier is not None:
        total = total + tier
    return np.minimum(np.maximum(total, parameters.fit_floor), parameters.fit_ceiling)


def multiplier(
    parameters: Parameters, *, receptivity: Array, repetition: Array, fit: Array, sequence: Array
) -> Array:
    """The multiplier m = min(mu * repetition * fit * sequence, ceiling) (E2)."""
    product = receptivity * repetition * fit * sequence
    return np.minimum(product, parameters.multiplier_ceiling)


def style_fit(rules: Rules, row: Indices, tone: Indices, style: Indices) -> Array:
    """phi: the cosine of the style used and the customer's style, -1..1 (E1)."""
    return rules.rows.fit.reshape(-1).take(row * _TONES_STYLES + tone * _STYLES + style)


def receptivity(rules: Rules, row: Indices, mood: Indices) -> Array:
    """Receptivity mu of the mood for the row's family (domain table 3.2)."""
    return rules.rows.receptivity.reshape(-1).take(mood * rules.sizes.rows + row)


def wear(parameters: Parameters, repetition: Array) -> Array:
    """Habituation e^(-.35 H): the same kind of deed again and again tells less (E2).

    Most deeds are of a kind that has not been met for long: those need no exponential to be 1.
    """
    worn = np.ones(repetition.shape)
    where = np.flatnonzero(repetition)
    worn.reshape(-1)[where] = exp(-parameters.repetition_decay * repetition.reshape(-1)[where])
    return worn


def remembered(parameters: Parameters, known: Array, stale: Array, has: Array) -> Array:
    """What the file adds to the bracket: item = -.30 + .60 known - .40 out of date (N6).

    Args:
        parameters: coefficients.
        known: share of the kinds the row builds on that are known and fresh, 0..1.
        stale: share that is known but out of date, 0..1.
        has: 1 where the row builds on knowledge at all.
    """
    weight = parameters.knowledge_weight
    return has * (2.0 * weight * known - weight - parameters.stale_weight * stale)


def file_shares(rules: Rules, state: State, deeds: Deeds) -> tuple[Array, Array, Array]:
    """Known share, stale share and presence of the kinds each deed builds on, each [n]."""
    uses = _uses(rules).take(deeds.row, axis=0)
    number = knowledge.number(uses)
    if not number.any():
        return number, number, number
    person, kinds = deeds.at_person, uses.shape[-1]
    has = state.known.reshape(-1, kinds)[person] & uses
    known = knowledge.number(has & state.fresh.reshape(-1, kinds)[person])
    all_known, whole = knowledge.number(has), np.maximum(number, 1.0)
    return known / whole, (all_known - known) / whole, (number > 0.0) * 1.0


@once
def _uses(rules: Rules) -> Mask:
    """Which kinds of knowledge each row builds on, [J, K]."""
    return rules.rows.uses > 0.0


def suit(
    rules: Rules, state: State, deeds: Deeds, effect: Effect, *, tier: Indices
) -> tuple[Fit, tuple[Array, Array, Array]]:
    """The fit of every deed of the turn, and the file shares that went into it."""
    parameters, row = rules.parameters, deeds.row
    style = style_fit(rules, row, deeds.tone, deeds.of_person(state.traits.style))
    motive = motive_match(rules, state, deeds)
    shares = file_shares(rules, state, deeds)
    item = remembered(parameters, *shares)
    mu = receptivity(rules, row, deeds.of_person(state.mood))
    mu = mu + effect.lift * (rules.rows.receptivity_rising.take(row) - mu)
    lens = deeds.of_person(state.lens) if "lens" in rules.uses else None
    served = _suited_to_tier(rules, deeds, tier) if "service" not in rules.unused else None
    rest = wear(parameters, _repetition(rules, state, deeds))
    m = multiplier(
        parameters,
        receptivity=mu,
        repetition=rest,
        fit=bracket(parameters, style, motive, item, lens=lens, tier=served),
        sequence=effect.factor,
    )
    return Fit(m, mu, rest, style, motive, item, lens, served), shares


def _suited_to_tier(rules: Rules, deeds: Deeds, tier: Indices) -> Array:
    """What the kind of service of each deed adds for its customer's tier, [n] (D3)."""
    kind = rules.rows.service.take(deeds.row)
    return tiers.suited(rules.parameters, kind, deeds.of_customer(tier))


def motive_match(rules: Rules, state: State, deeds: Deeds) -> Array:
    """Motive match psi of the person addressed (N2), zero where nothing appeals to motives."""
    if not rules.uses_motives:
        return np.zeros(deeds.row.shape)
    match = state.traits.motive_match  # [1|R, C, M, J]
    person = (
        deeds.at_person
        if match.shape[0] > 1
        else (deeds.customer * rules.sizes.people + deeds.person)
    )
    return match.reshape(-1).take(person * rules.sizes.rows + deeds.row)


def match_motives(rules: Rules, motives: Array) -> Array:
    """Motive match psi = clip(2.2 sum(u z) - .2 has, -1, 1) of every row for every person (N2).

    Args:
        rules: holds the appeal z of each row [J, 12], each entry 0, .5 or 1.
        motives: weights u [1|R, C, M, 12], summing to 1.
    """
    total = np.zeros((*motives.shape[:-1], rules.sizes.rows))
    for index in range(motives.shape[-1]):
        total = total + motives[..., index, None] * rules.motive_appeal[:, index]
    parameters = rules.parameters
    psi = parameters.motive_slope * total - parameters.motive_miss * rules.motive_has
    return np.minimum(np.maximum(psi, -1.0), 1.0)


def _repetition(rules: Rules, state: State, deeds: Deeds) -> Array:
    """H of the family of each deed for the person addressed, [n]."""
    family = rules.rows.family.take(deeds.row)
    return state.repetition.reshape(-1).take(deeds.at_person * len(FAMILIES) + family)


def repeat(rules: Rules, state: State, deeds: Deeds) -> Array:
    """H <- .6 (H + 1[family used]) for each person (E3)."""
    keep = rules.parameters.repetition_keep
    repeated = keep * state.repetition
    used = deeds.at_person * len(FAMILIES) + rules.rows.family.take(deeds.row)
    repeated.reshape(-1)[used] = keep * (state.repetition.reshape(-1).take(used) + 1.0)
    return repeated
