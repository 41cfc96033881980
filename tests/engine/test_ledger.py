"""Every change is told in full: named contributions that sum to it, limits computed as such."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.arrays import Array
from sim.engine.facts import financial, procedural
from sim.engine.state import State
from sim.engine.step import step
from sim.scenario.library import load_library
from tests.engine.workshop import Turn, compiled, everybody, play, quiet, whole_game, world
from tests.strategies import SCENARIOS, any_choices, opening

CLOSE = 1e-9
QUANTITIES: dict[str, Callable[[State], Array]] = {
    "satisfaction": lambda state: state.satisfaction,
    "loyalty": lambda state: state.loyalty,
    "trust": lambda state: state.trust,
    "procedural": procedural,
    "financial": financial,
    "bond": lambda state: state.bond,
    "resentment": lambda state: state.resentment,
}
each_scenario = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
each_quantity = pytest.mark.parametrize("quantity", QUANTITIES)


@cache
def games(path: Path, bot: str = "any") -> Sequence[Turn]:
    return list(whole_game(compiled(path), bot, seed=1, runs=20, ledger=True))


def summed(terms: dict[str, Array]) -> Array:
    return sum(list(terms.values())[1:], start=next(iter(terms.values())) + 0.0)


@each_scenario
@each_quantity
@pytest.mark.parametrize("bot", ["any", "expert"])
def test_the_terms_of_a_meter_sum_to_its_change(path: Path, quantity: str, bot: str) -> None:
    of = QUANTITIES[quantity]
    for turn in games(path, bot):
        change = of(turn.state) - of(turn.before)
        told = summed(turn.outcome.terms[quantity])
        np.testing.assert_allclose(told, change, rtol=0, atol=CLOSE)


@each_scenario
def test_the_terms_of_a_deal_sum_to_its_change(path: Path) -> None:
    """A deal that is won starts afresh, and a newcomer brings its own; neither is a change."""
    for turn in games(path):
        change = turn.state.deal_logit - turn.before.deal_logit
        told = summed(turn.outcome.terms["deal"])
        same = ~(turn.outcome.won | turn.outcome.woken) & (
            (turn.before.status == 1) | (turn.before.status == 2)
        )
        np.testing.assert_allclose(told[same], change[same], rtol=0, atol=CLOSE)


@each_scenario
def test_the_parts_of_staying_sum_to_the_logit_of_the_chance(path: Path) -> None:
    for turn in games(path):
        logit = summed(turn.outcome.terms["stay"])
        chance = next(each for each in turn.outcome.chances if each.name == "leave").probability
        active = turn.before.status == 2
        np.testing.assert_allclose(1 / (1 + np.exp(logit[active])), chance[active], atol=CLOSE)


@each_scenario
def test_random_play_meets_what_the_ledger_must_explain(path: Path) -> None:
    """The sums above prove little unless failures, promises, complaints and events happened."""
    turns = games(path)
    met = {
        name: sum(int(getattr(turn.outcome, name).sum()) for turn in turns)
        for name in ("failed", "complained", "promise_kept", "promise_broken", "event_happened")
    }
    met["handled"] = sum(
        int((turn.outcome.terms["satisfaction"]["being_heard"] != 0).sum()) for turn in turns
    )
    met["capped"] = sum(
        int((turn.outcome.terms["satisfaction"]["cap"] != 0).sum()) for turn in turns
    )
    if path.stem == "everything":
        assert min(met.values()) > 0, met
    assert met["event_happened"] > 0


@each_quantity
@pytest.mark.parametrize("level", [0.0, 0.4, 99.7, 100.0])
def test_at_the_ends_of_the_scales_the_terms_still_sum(quantity: str, level: float) -> None:
    rules = compiled(SCENARIOS[0])
    meters = (
        "satisfaction",
        "loyalty",
        "trust",
        "bond",
        "resentment",
        "earned_procedural",
        "coercive_procedural",
        "earned_financial",
        "coercive_financial",
        "failure_gap",
    )
    state = everybody(opening(rules, runs=12), **dict.fromkeys(meters, level))
    for _ in range(3):
        choices = any_choices(rules, state, seed=5, bold=True)
        after, outcome = step(rules, state, choices, quiet(rules, runs=12, fails=0.0), ledger=True)
        change = QUANTITIES[quantity](after) - QUANTITIES[quantity](state)
        np.testing.assert_allclose(summed(outcome.terms[quantity]), change, rtol=0, atol=CLOSE)
        state = after


# What a limit takes is computed from the limit, not left over -----------------------------------


def test_the_limit_of_a_meter_is_what_lies_beyond_it() -> None:
    rules = world(["care"], {"ann": {"bond": 99.9, "trust": 99.5, "satisfaction": 99}})
    played = play(rules, ("ann", "care"))
    for quantity, before in (("bond", 99.9), ("trust", 99.5)):
        raw = before + sum(
            played.term(quantity, name)
            for name in played.outcome.terms[quantity]
            if name not in {"cap", "rep_left"}
        )
        assert played.term(quantity, "cap") == pytest.approx(min(100.0, raw) - raw, abs=1e-12)


def test_a_pile_of_good_deeds_is_cut_at_the_scale_of_experience() -> None:
    """98 is the most that can be experienced; the limit shows what went to waste."""
    offers = ["surprise_delight", "ahead"]
    people = {
        "ann": {
            "mood": "rising",
            "personal_fit": 25,
            "known": ["preference", "need", "style", "mood", "motive"],
        }
    }
    played = play(world(offers, people), ("ann", "surprise_delight"), ("ann", "ahead"))
    assert played.now("experience") == 98.0
    p = played.rules.parameters
    rate = played.term("satisfaction", "luck") + p.satisfaction_rate_floor  # luck is 0 here
    assert played.term("satisfaction", "cap") < -0.1 * rate


def test_no_limit_no_term() -> None:
    played = play(world(["visit"]), ("ann", "visit"))
    for quantity in QUANTITIES:
        assert played.term(quantity, "cap") == 0.0


def test_a_plan_that_takes_more_than_there_is_takes_what_there_is() -> None:
    people = {"ann": {"earned_procedural": 1, "satisfaction": 30}}
    played = play(world(["nudge"], people), ("ann", "nudge"))
    assert played.now("earned_procedural") == pytest.approx(0.0, abs=1e-12)
    assert played.term("procedural", "nudge") == pytest.approx(
        -1.0 - played.term("procedural", "time_together")
    )


# Names ------------------------------------------------------------------------------------------


@each_scenario
def test_every_term_has_a_name_and_a_reason_in_the_library(path: Path) -> None:
    known = load_library().terms
    for turn in games(path):
        for quantity, terms in turn.outcome.terms.items():
            names = {name.partition(".")[0] for name in terms}
            assert names <= set(known[quantity]), quantity


@pytest.mark.parametrize(
    ("quantity", "names"),
    [
        (
            "satisfaction",
            {
                "response.0",
                "action.0",
                "compensation",
                "being_heard",
                "speed",
                "second_failure",
                "too_late",
                "written",
                "refused",
                "nudge",
            },
        ),
        (
            "trust",
            {
                "recovery",
                "ignored",
                "promise_kept",
                "promise_broken",
                "action",
                "out_of_order",
                "out_of_date",
                "privacy",
            },
        ),
        ("procedural", {"time_together", "earned", "coercive", "expiry", "portability", "nudge"}),
        ("financial", {"earned", "coercive", "expiry", "fading", "portability"}),
        ("bond", {"attention", "fading", "pestering", "rep_left"}),
        ("resentment", {"coercion", "imposed", "fading"}),
        ("stay", {"satisfaction", "rival", "friends_left", "habit", "last_words"}),
        ("deal", {"action", "market", "cooling", "message", "refused"}),
    ],
)
def test_random_play_uses_the_terms(quantity: str, names: set[str]) -> None:
    """A term that nothing moves would be summed without ever being tested."""
    moved = {
        name
        for turn in games(SCENARIOS[0])
        for name, values in turn.outcome.terms[quantity].items()
        if values.any()
    }
    assert names <= moved


def test_a_contribution_belongs_to_the_deed_that_made_it() -> None:
    rules = world(["visit", "surprise_delight"])
    both = play(rules, ("ann", "visit"), ("ann", "surprise_delight"))
    first = play(rules, ("ann", "visit"))
    assert both.term("satisfaction", "action.0") == first.term("satisfaction", "action.0") > 0
    assert both.term("satisfaction", "action.1") > both.term("satisfaction", "action.0")
