"""Who plans as if a mechanism were not there does worse where it is: a choice can teach it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.step import step
from sim.exact import fixed_sum
from sim.lab import runs as lab
from sim.lab.policies import policy
from tests.engine.workshop import world
from tests.strategies import opening, turn_chance

_SEED, _RUNS = 11, 24


def mean_score(rules: Rules, bot: str, eyes: Rules) -> float:
    """What a bot that plans by `eyes` reaches in the games of `rules`."""
    state = opening(rules, seed=_SEED, runs=_RUNS)
    for number in range(rules.sizes.turns):
        choices = lab.choose(eyes, policy(bot), state, seed=_SEED)
        chance = turn_chance(rules, number, seed=_SEED, runs=_RUNS)
        state, _ = step(rules, state, choices, chance)
    return float(fixed_sum(score(rules, state).score)) / _RUNS


def grade_of_the_blind(rules: Rules, neutral: Mapping[str, float]) -> float:
    """The grade of an expert to whom some coefficients are neutral; who sees them has 100."""
    blind = replace(rules, parameters=replace(rules.parameters, **neutral))  # type: ignore[arg-type]  # all are floats
    nothing = mean_score(rules, "nothing", rules)
    room = mean_score(rules, "expert", rules) - nothing
    assert room > 1
    return 100 * (mean_score(rules, "expert", blind) - nothing) / room


def deed(**effect: float) -> dict[str, Any]:
    return {"family": "contact", "hours": 1, "contacts": 0.2, "effect": effect}


def courted() -> Rules:
    """A little warmth or being noticed, while a rival courts everybody."""
    return world(
        ["warm", "shine"],
        {f"c{number}": {} for number in range(8)},
        actions={"warm": deed(bond=3), "shine": deed(bond=1.5, salience=1.2)},
        budget={"hours": 8, "money": 100},
        actions_per_customer=1,
        score={"equity": 1},
        market={"competition": 0.9, "rival_push": 1.2},
        baseline_churn=0.06,
        parameters={"attention_weight": 1},
    )


def circle() -> Rules:
    """One hour a turn, and one customer to whom all the others listen."""
    others: dict[str, dict[str, Any]] = {f"c{n}": {"ties": {"hub": 1.0}} for n in range(7)}
    return world(
        ["warm"],
        {**others, "hub": {"influence": 2.0}},
        actions={"warm": deed(bond=5, trust=1)},
        budget={"hours": 1, "money": 100},
        actions_per_customer=1,
        score={"equity": 0.5, "switching_cost": 0.5},
        market={"competition": 0.8},
        baseline_churn=0.05,
        parameters={"tie_spill": 0.3},
    )


def workshop() -> Rules:
    """Much goes wrong: visit, train the staff, or save on training."""
    return world(
        ["warm", "train_staff", "cut_training"],
        {f"c{number}": {} for number in range(10)},
        actions={"warm": {**deed(bond=1), "hours": 2}},
        budget={"hours": 8, "money": 200, "income": 10},
        actions_per_customer=1,
        score={"satisfaction": 0.5, "equity": 0.5},
        market={"competition": 0.8},
        baseline_churn=0.05,
        parameters={"stock_keep": 0.995, "stock_failures": 1.0, "failure_chance": 0.3},
    )


@pytest.mark.parametrize(
    ("rules", "neutral"),
    [
        (courted, {"attention_weight": 0.0}),
        (circle, {"tie_spill": 0.0}),
        (workshop, {"stock_failures": 0.0}),
    ],
)
def test_the_blind_score_at_least_a_point_less(rules: Any, neutral: Mapping[str, float]) -> None:
    assert grade_of_the_blind(rules(), neutral) <= 99
