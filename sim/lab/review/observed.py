"""What a player may know, written over a belief: only hidden facts then differ in its particles."""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from sim.engine.facts import of_account
from sim.engine.observe import Observation, deal_estimate, observe
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State, Status, Traits, changed
from sim.exact import logit

_MOTIVE, _ORIENTATION, _RIVAL = (KINDS.index(kind) for kind in ("motive", "orientation", "rival"))
_PROSPECT = int(Status.PROSPECT)
_SURE = 0.01  # chance of a deal below which, or within which of 1, an estimate says 0 or 1

# Fields of an observation that hold a filler where somebody is not known well enough.
_CONDITIONAL = frozenset(
    (
        "potential",
        "stage",
        "leave_reason",
        "price_weight",
        "attention",
        "mood",
        "lens",
        "touchpoint",
        "redress",
        "factors",
    )
)
# What an observation shows under the state's own name is known in any case ...
_SHOWN = tuple(
    each.name
    for each in fields(Observation)
    if each.name not in _CONDITIONAL and each.name in {own.name for own in fields(State)}
    if each.name != "turn"
)
# ... and so is what the firm did itself or could keep a list of.
_ON_RECORD = (
    "earned_procedural",
    "coercive_procedural",
    "earned_financial",
    "coercive_financial",
    "hint",
    "price_factor",
    "idle",
    "voiced",
    "voiced_age",
    "quality_pipeline",
    "rival_turns",
    "failure_rate",
    "market_ready",
    "spent",
    "event_turn",
    "encounter_count",
    "encounter_turn",
)
_COMPLAINT = ("failure", "failure_age", "redress", "handled_age", "touchpoint")


def as_observed(rules: Rules, belief: State, truth: State) -> State:
    """The belief with everything the player may know set to what it is."""
    seen = observe(rules, truth)
    runs = belief.money.shape[0]
    values: dict[str, Any] = {
        name: np.repeat(getattr(source, name), runs, axis=0)
        for source, names in ((seen, _SHOWN), (truth, _ON_RECORD))
        for name in names
    }
    values["encounter_waiting"] = belief.encounter_waiting & (
        values["encounter_turn"] < truth.turn + 1
    )
    values |= (
        _failures(belief, truth) | _meters(belief, truth) | _labels(rules, belief, truth, seen)
    )
    state = changed(belief, traits=_traits(rules, belief, seen, truth), **values)
    return changed(state, **_deals(rules, state, seen))


def _failures(belief: State, truth: State) -> dict[str, Any]:
    """A complaint is heard; one that was not made leaves at most a silent failure."""
    loud, stale = truth.voiced, belief.voiced & ~truth.voiced
    values: dict[str, Any] = {}
    for name in _COMPLAINT:
        mask = loud[..., None] if name == "redress" else loud
        quiet = stale[..., None] if name == "redress" else stale
        own = getattr(belief, name)
        none = np.asarray(-1 if name == "handled_age" else 0, dtype=own.dtype)
        own = np.where(quiet, none, own)
        values[name] = np.where(mask, getattr(truth, name), own)
    values["failure_gap"] = np.where(stale[..., None], 0.0, belief.failure_gap)
    return values


def _meters(belief: State, truth: State) -> dict[str, Any]:
    """Meters that have just been read are known to the point."""
    read = (truth.seen_turn == truth.turn)[..., None]
    return {
        name: np.where(read, truth.seen[..., k], getattr(belief, name))
        for k, name in enumerate(("satisfaction", "loyalty", "trust"))
    }


def _labels(rules: Rules, belief: State, truth: State, seen: Observation) -> dict[str, Any]:
    """What is known of some only: mood, potential, stage, reason of leaving, orientation."""
    oriented = of_account(rules, truth.known[..., _ORIENTATION] * 1.0) > 0.0
    well = seen.potential_known
    courted = of_account(rules, truth.known[..., _RIVAL] * 1.0) > 0.0
    oriented, courted = (mask | np.bool_(rules.reveal_all) for mask in (oriented, courted))
    return {
        "mood": np.where(seen.mood >= 0, seen.mood, belief.mood),
        "potential": np.where(seen.potential_known, seen.potential, belief.potential),
        "stage": np.where(seen.stage >= 0, seen.stage, belief.stage),
        "price_weight": np.where(oriented, seen.price_weight, belief.price_weight),
        "lens": np.where(well[..., None], seen.lens, belief.lens),
        "attention": np.where(courted, seen.attention, belief.attention),
        "guide": np.where(seen.coach, np.maximum(belief.guide, 1), 0),
        "leave_reason": np.where(seen.leave_reason >= 0, seen.leave_reason, belief.leave_reason),
    }


def _traits(rules: Rules, belief: State, seen: Observation, truth: State) -> Traits:
    """Style and motives where they have been found out."""
    style = np.where(seen.style >= 0, seen.style, belief.traits.style)
    if not rules.uses_motives:
        return replace(belief.traits, style=style)
    customer, person = np.nonzero((truth.known[..., _MOTIVE] | np.bool_(rules.reveal_all))[0])
    motives = truth.traits.motives[0, customer, person]
    news = (belief.traits.motives[:, customer, person] != motives).any(axis=(0, 2))
    if not news.any():  # what was known before is so in every particle, and matches are large
        return replace(belief.traits, style=style)
    customer, person = customer[news], person[news]
    found = {}
    for name in ("motives", "motive_match"):
        found[name] = getattr(belief.traits, name).copy()
        found[name][:, customer, person] = getattr(truth.traits, name)[0, customer, person]
    return replace(belief.traits, style=style, **found)


def _deals(rules: Rules, state: State, seen: Observation) -> dict[str, Any]:
    """Deals stand as near as the seller's estimate says."""
    if not (seen.status == _PROSPECT).any():
        return {}
    told = deal_estimate(rules, state, state.seen)
    near = logit(np.minimum(np.maximum(seen.deal_chance, _SURE), 1.0 - _SURE))
    wrong = (told != seen.deal_chance) & (seen.status == _PROSPECT)
    return {"deal_logit": np.where(wrong, near, state.deal_logit)}
