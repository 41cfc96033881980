"""Whoever plans blind to a mechanism does worse in a world that has it: N3, N4, N7 and N10.

The planner is the expert both times. Blind, it reckons by rules in which the mechanism is neutral;
the world is the same. What it loses is told in points of the grade: the distance between doing
nothing and the expert who sees is a hundred.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.state import Choices
from sim.exact import fixed_sum
from sim.lab.policies import Policy, policy
from sim.lab.runs import play
from tests.engine.workshop import world

RUNS, SEED = 60, 5
Blinding = Callable[[Rules], Rules]


def mean_score(rules: Rules, chosen: str | Policy) -> float:
    final = play(rules, chosen, seed=SEED, runs=RUNS)
    return float(fixed_sum(score(rules, final).score)) / RUNS


def lost(rules: Rules, blinding: Blinding) -> float:
    """Points of the grade that the blind expert loses."""
    expert, blind = policy("expert"), blinding(rules)

    def choose(_: Rules, seen: Any, uniforms: Any) -> Choices:
        return expert.choose(blind, seen, uniforms)

    seeing = mean_score(rules, "expert")
    nothing = mean_score(rules, "nothing")
    assert seeing > nothing
    return 100.0 * (seeing - mean_score(rules, replace(expert, choose=choose))) / (seeing - nothing)


def without(rules: Rules, *columns: str, uses: tuple[str, ...] = ()) -> Rules:
    """Rules in which columns are neutral and mechanisms out of use."""
    neutral = {
        name: np.repeat(getattr(rules.rows, name)[:1], rules.sizes.rows, 0) for name in columns
    }
    return replace(
        rules,
        rows=replace(rules.rows, **neutral),
        unused=rules.unused | set(columns),
        uses=rules.uses - set(uses),
    )


def portfolio(number: int, **customer: Any) -> dict[str, dict[str, Any]]:
    return {f"c{index}": {"style": None, **customer} for index in range(number)}


def deed(family: str, hours: float, **parts: Any) -> dict[str, Any]:
    return {"family": family, "hours": hours, "tones": True, **parts}


WEIGHTS = {"satisfaction": 0.25, "loyalty": 0.25, "switching_cost": 0.25, "equity": 0.25}


def price_war() -> Rules:
    """A cheaper rival: show value, or serve as ever."""
    return world(
        ["show", "serve"],
        portfolio(8, orientation="price", known=["orientation"]),
        actions={
            "show": deed("value", 1, effect={"price_shift": -0.15, "quality": 1}),
            "serve": deed("service", 1, effect={"quality": 2}),
        },
        parameters={"rival_price_slope": 10},
        market={"rival_price": 0.88, "competition": 0.6},
        budget={"hours": 4},
        score=WEIGHTS,
        actions_per_customer=1,
    )


def strangers() -> Rules:
    """People who have not met us: prepare for the first meeting, or go at once."""
    return world(
        ["ready", "meet"],
        portfolio(8, met=False, impression=0),
        actions={
            "ready": deed("discovery", 0.25, preparation=4),
            "meet": deed("contact", 1, contacts=0.5, effect={"bond": 3, "quality": 2}),
        },
        parameters={"lens_weight": 0.25, "lens_gap": 20},
        budget={"hours": 5},
        score=WEIGHTS,
        actions_per_customer=2,
    )


def surveyed() -> Rules:
    """Customers who were asked: act on their answers, or serve as ever."""
    return world(
        ["ask", "act", "serve"],
        portfolio(8),
        actions={
            "ask": deed("discovery", 0.25, effect={"survey": "phone"}),
            "act": deed("service", 1, effect={"quality": 2, "follows_up": True}),
            "serve": deed("service", 1, effect={"quality": 2.5}),
        },
        budget={"hours": 4},
        score=WEIGHTS,
        actions_per_customer=1,
    )


def busy() -> Rules:
    """Busy people: a thorough service that takes their time, or a short one."""
    return world(
        ["thorough", "short"],
        portfolio(8),
        actions={
            "thorough": deed("service", 1, effort=1.5, effect={"quality": 4}),
            "short": deed("service", 1, effect={"quality": 3}),
        },
        budget={"hours": 4},
        score=WEIGHTS,
        actions_per_customer=1,
    )


def blind_to_price(rules: Rules) -> Rules:
    neutral = replace(rules.parameters, rival_price_slope=0.0)
    return replace(without(rules, "price_shift"), parameters=neutral)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "blinding"),
    [
        (price_war, blind_to_price),
        (strangers, lambda rules: without(rules, "preparation", uses=("lens",))),
        (surveyed, lambda rules: without(rules, "survey", "follows_up", uses=("survey",))),
        (busy, lambda rules: without(rules, "effort")),
    ],
    ids=["N3", "N4", "N7", "N10"],
)
def test_who_plans_blind_to_it_loses_a_point_or_more(
    made: Callable[[], Rules], blinding: Blinding
) -> None:
    assert lost(made(), blinding) >= 1.0
