"""Games so small that the best plan is known by trying them all; and not knowing is no fault."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
import pytest

from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.state import Choices
from sim.errors import IllegalChoiceError
from sim.game import GameRecord, choices_from
from sim.lab.review import rows
from sim.lab.review.model import Review
from sim.lab.review.rollouts import block, first_run, play_on
from sim.lab.review.study import Study, study
from tests.engine.workshop import world
from tests.lab.review.games import PARS, bot_game, reviewed

_DEEDS = {
    "call": {"family": "contact", "hours": 1, "effect": {"bond": 2, "quality": 1}},
    "dine": {"family": "contact", "hours": 2, "effect": {"bond": 6, "quality": 3}},
    "teach": {"family": "earned", "hours": 2, "effect": {"earned_procedural": 12}},
}


@cache
def two_by_two(swap: bool) -> Rules:
    """Two customers, two turns, three deeds, and time for one dinner or two calls."""
    big, small = ("bob", "ann") if swap else ("ann", "bob")
    customers = {
        name: {
            "potential": 3 if name == big else 0.4,
            "satisfaction": 66 if name == big else 58,
            "loyalty": 55 if name == big else 40,
        }
        for name in sorted((big, small))
    }
    deeds = {name: {"text": {"en": "A deed.", "zh": "一件事。"}, **deed} for name, deed in _DEEDS.items()}
    return world(
        list(deeds),
        customers,
        actions=deeds,
        turns=2,
        actions_per_customer=1,
        budget={"hours": 2, "money": 100},
        score={"satisfaction": 0.2, "loyalty": 0.3, "switching_cost": 0.3, "equity": 0.2},
        parameters={"noise": 0, "failure_chance": 0},
        baseline_churn=0.04,
    )


def every_plan(rules: Rules, looked_at: Study, turn: int) -> Iterator[Choices]:
    """All that could have been done in a turn."""
    state = looked_at.played.states[turn]
    for deeds in product(range(rules.sizes.actions + 1), repeat=rules.sizes.customers):
        plan = rows.nothing(rules)
        action = plan.action.copy()
        action[0, :, 0] = deeds
        plan = Choices(action, plan.tone, plan.person, plan.market, plan.response)
        try:
            legal.check(rules, state, plan)
        except IllegalChoiceError:
            continue
        yield plan


def best_of_all(rules: Rules, game: GameRecord, turn: int, games: int = 1500) -> tuple[Choices, float]:
    """The best plan, and how far it is ahead of the next one in standard errors."""
    looked_at = study(rules, game, fingerprint=game.fingerprint, cache=PARS)
    plans = list(every_plan(rules, looked_at, turn))
    begun = block(looked_at.beliefs[turn].player, plans, games=games, first=first_run(turn, 9))
    ends = play_on(rules, [begun], seed=99)[0].value.reshape(len(plans), games)
    order = np.argsort(-ends.mean(axis=1))
    lead = ends[order[0]] - ends[order[1]]
    return plans[int(order[0])], float(lead.mean() / (lead.std() / games**0.5 + 1e-12))


@pytest.mark.slow
@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("turn", [0, 1])
def test_the_review_names_the_best_plan_there_is(swap: bool, turn: int) -> None:
    rules = two_by_two(swap)
    game = bot_game(rules, "nothing", 3)
    best, ahead = best_of_all(rules, game, turn)
    print(turn, best.action.ravel(), ahead)
    assert ahead > 5.0
    found: Review = reviewed(rules, game)
    named = choices_from(rules, found.turns[turn].best_plan)
    assert np.array_equal(named.action, best.action)
