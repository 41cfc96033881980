"""Games so small that the best plan is known by trying them all; and not knowing is no fault."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
import pytest

from sim import draws
from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import Choices
from sim.engine.step import step
from sim.errors import IllegalChoiceError
from sim.game import ChosenAction, GameRecord, TurnRecord, choices_from, result_of, shape_of
from sim.lab.review import rows
from sim.lab.review.grading import spread
from sim.lab.review.model import Review
from sim.lab.review.rollouts import block, first_run, play_on
from sim.lab.review.study import Study, study
from tests.engine.workshop import world
from tests.lab.review.games import PARS, bot_game, reviewed
from tests.lab.review.test_review import assert_adds_up

_TEXT = {"en": "A deed.", "zh": "一件事。"}
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
    deeds = {
        name: {"text": {"en": "A deed.", "zh": "一件事。"}, **deed} for name, deed in _DEEDS.items()
    }
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


def best_of_all(
    rules: Rules, game: GameRecord, turn: int, games: int = 1500
) -> tuple[Choices, float]:
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
    assert ahead > 5.0
    found: Review = reviewed(rules, game)
    named = choices_from(rules, found.turns[turn].best_plan)
    assert np.array_equal(named.action, best.action)


_STYLES = ("driver", "analytical", "expressive", "amiable")


@cache
def strangers() -> Rules:
    """One customer who counts and three who do not, each of another style; time for one deed."""
    customers = {
        name: {
            "potential": 4 if name == "ann" else 0.1,
            "style": style,
            "mood": "rising",
        }
        for name, style in zip(("ann", "bob", "cho", "dee"), _STYLES, strict=True)
    }
    actions = {
        "listen": {"text": _TEXT, "family": "discovery", "hours": 1, "reveal": {"style": 1}},
        "dine": {
            "text": _TEXT,
            "family": "contact",
            "hours": 1,
            "tones": True,
            "effect": {"bond": 12},
        },
    }
    return world(
        list(actions),
        customers,
        actions=actions,
        turns=6,
        actions_per_customer=1,
        budget={"hours": 1, "money": 100},
        score={"satisfaction": 0.1, "loyalty": 0.3, "switching_cost": 0.5, "equity": 0.1},
        parameters={"noise": 0, "failure_chance": 0, "style_weight": 0.4, "repetition_decay": 0},
        baseline_churn=0.02,
    )


def a_game(rules: Rules, *turns: tuple[str, str]) -> GameRecord:
    """A game in which ann is served: each turn a deed and its tone."""
    state = start(rules, draws.draw_start(4, shape_of(rules)))
    record = bot_game(rules, "nothing", 4)
    played = []
    for number, (action, tone) in enumerate(turns):
        deed = ChosenAction(customer="ann", action=action, tone=tone)  # type: ignore[arg-type]
        played.append(TurnRecord(choices=(deed,)))
        choices = choices_from(rules, played[-1])
        state, _ = step(rules, state, choices, draws.draw(4, number, shape_of(rules)))
    return record.model_copy(update={"turns": tuple(played), "result": result_of(rules, state)})


@pytest.mark.slow
def test_learning_first_is_no_fault_because_nobody_knew() -> None:
    """With the style known, dining at once in its tone were better; the player could not know."""
    rules = strangers()
    asked = a_game(rules, ("listen", "neutral"), *[("dine", "driver")] * 5)
    found = reviewed(rules, asked)
    first = found.turns[0]
    assert first.label in {"beats_expert", "best", "good"}
    assert first.skill >= 0.0
    assert first.unknown < 0.0  # what was dealt stood against it, which is not held against anyone
    assert_adds_up(found)
    looked_at = study(rules, asked, fingerprint=asked.fingerprint, cache=PARS)
    tones = [_dine(rules, tone) for tone in _STYLES]
    plans = [*tones, looked_at.plan(0)]
    begun = block(looked_at.beliefs[0].player, plans, games=200, first=first_run(0, 9))
    ends = play_on(rules, [begun], seed=7)[0].value.reshape(len(plans), 200)
    for guess in ends[:-1]:  # the true style is no better a guess than any other
        lead = spread(ends[-1] - guess)
        assert lead.mean > -lead.error


def _dine(rules: Rules, tone: str) -> Choices:
    deed = ChosenAction(customer="ann", action="dine", tone=tone)  # type: ignore[arg-type]
    return choices_from(rules, TurnRecord(choices=(deed,)))
