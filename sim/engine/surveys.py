"""Asking customers how satisfied they are: who answers, what, when, and what comes of it (N7)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.market import Market
from sim.engine.relations import Relations
from sim.engine.terms import staying, survey
from sim.engine.turn import Turn


@dataclass(frozen=True)
class Asked:
    """What was asked this turn, [R, C]."""

    answers: Mask
    marks: Array  # [R, C, 3] mark 0..100, buys again 0/1, recommends 0/1
    wait: Array  # turns until the answers are in


def ask(turn: Turn, ties: Relations, market: Market) -> Asked:
    """Who answers and what, by the instrument used."""
    rules, state = turn.rules, turn.state
    p, table = rules.parameters, rules.instruments
    kind = turn.largest("survey")
    for index in np.flatnonzero(rules.market.survey):
        reached = turn.choices.market[:, index, None] & turn.served
        kind = np.where(reached, rules.market.survey[index] * 1.0, kind)
    asked = (kind > 0.0) & turn.served & (market.status == state.status)
    which = np.maximum(kind - 1.0, 0.0).astype(np.intp)
    satisfaction, loyalty = turn.of_account(ties.satisfaction), turn.of_account(ties.loyalty)
    chance = survey.response(table, which, satisfaction)
    answers, first, second = survey.uniforms(turn.draws.growth[..., 1], chance)
    heads = np.where(rules.segment, state.size * chance, 1.0)
    answers = asked & (answers | (rules.segment & (heads >= 1.0)))
    given = survey.mark(
        table, which, satisfaction, scale=state.traits.scale, heads=heads, uniform=first
    )
    again = staying.behavioural_loyalty(p, market.leave_chance) / 100.0
    again = np.where(rules.segment, again, second < again)
    glad = (satisfaction >= p.referral_satisfaction) & (loyalty >= p.referral_loyalty)
    marks = np.stack([given, again, glad * 1.0], axis=-1)
    return Asked(answers, marks, np.where(answers, 1.0 + table.lag.take(which), 0.0))


def answered(turn: Turn, ties: Relations, market: Market) -> dict[str, Any]:
    """The fields of the state that surveys change."""
    old = turn.state
    if "survey" not in turn.rules.uses:
        return {}
    asked = ask(turn, ties, market)
    wait = np.where(asked.answers, asked.wait, np.maximum(old.survey_wait, 0.0))
    pending = np.where(asked.answers[..., None], asked.marks, old.survey_pending)
    arrived = wait == 1.0
    here = market.status == old.status
    left = np.where(turn.any("follows_up"), 0.0, np.maximum(old.survey_open - 1.0, 0.0))
    left = np.where(arrived, turn.rules.parameters.survey_patience, left)
    return {
        "survey_wait": np.maximum(wait - 1.0, 0.0),
        "survey_pending": pending,
        "survey": np.where(arrived[..., None], pending, old.survey),
        "survey_turn": np.where(arrived, old.turn + 1.0, old.survey_turn),
        "survey_open": np.where(here, left, 0.0),
    }
