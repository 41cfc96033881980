"""What may not be chosen is refused with its code, as a whole, and nothing happens."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.arrays import digest
from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.state import Choices, State
from sim.engine.step import step
from sim.errors import IllegalChoiceError
from tests.engine.workshop import choose, compiled, everybody, play, quiet, rows, world
from tests.strategies import SCENARIOS, any_choices, opening

CUT: dict[str, Any] = {"family": "value", "hours": 0.1, "money": 3, "effect": {"discount": 0.1}}


def refusal(rules: Rules, state: State, choices: Choices) -> str:
    """The code with which choices are refused; the state must come through untouched."""
    before = digest((state, choices))
    with pytest.raises(IllegalChoiceError) as refused:
        step(rules, state, choices, quiet(rules, state.money.shape[0]))
    assert digest((state, choices)) == before
    return refused.value.code


# What does not exist ------------------------------------------------------------------------------


def fair() -> Rules:
    encounter = {"who": "ann", "turn": 1, "responses": {"yes": {"if": "trust >= 99"}}}
    mill = {"people": {"boss": {"role": "decider"}, "user": {"role": "user"}}}
    return world(
        ["visit", "ask", "trade_show"], {"ann": {}, "mill": mill}, encounters={"talk": encounter}
    )


@pytest.mark.parametrize(
    ("field", "place", "wrong", "code"),
    [
        ("action", (0, 0, 0), 3, "choice/unknown-action"),
        ("action", (0, 0, 0), -1, "choice/unknown-action"),
        ("tone", (0, 0, 0), 5, "choice/unknown-tone"),
        ("tone", (0, 0, 0), -1, "choice/unknown-tone"),
        ("person", (0, 1, 0), 2, "choice/unknown-person"),
        ("person", (0, 0, 0), 1, "choice/unknown-person"),
        ("response", (0, 0), 4, "response/unknown"),
        ("response", (0, 0), -1, "response/unknown"),
        ("response", (0, 0), 1, "response/not-allowed"),
    ],
)
def test_what_does_not_exist_cannot_be_chosen(
    field: str, place: tuple[int, ...], wrong: int, code: str
) -> None:
    rules = fair()
    choices = choose(rules, ("ann", "visit"), ("mill", "visit"))
    values = getattr(choices, field).copy()
    values[place] = wrong
    assert refusal(rules, opening(rules), replace(choices, **{field: values})) == code


def test_only_an_open_encounter_can_be_answered() -> None:
    rules = fair()
    later = play(rules, answers={"talk": ("none",)}).state
    answer = choose(rules, answers={"talk": ("none",)})
    assert refusal(rules, later, answer) == "response/not-open"


# What is not allowed now --------------------------------------------------------------------------


def unmet(rules: Rules, state: State, action: str, customer: str = "ann") -> set[str]:
    """The codes of the requirements that an action on a customer does not meet."""
    place = rules.customer_ids.index(customer), rules.action_ids.index(action)
    shape = (state.money.shape[0], rules.sizes.customers, rules.sizes.actions)
    return {
        code
        for code, met in legal.requirements(rules, state).items()
        if not np.broadcast_to(met, shape)[(0, *place)]
    }


@pytest.mark.parametrize(
    ("action", "customer", "code"),
    [
        ("ask", {}, "action/wrong-status"),
        ("win_back_apology", {}, "action/wrong-status"),
        ("visit", {"status": "lapsed"}, "action/wrong-status"),
        ("ahead", {}, "action/known-too-little"),
        ("consult", {"trust": 20}, "action/little-trust"),
        ("reference_visit", {"satisfaction": 50}, "action/no-evangelist"),
    ],
)
def test_an_action_has_its_requirements(action: str, customer: dict[str, Any], code: str) -> None:
    rules = world([action], {"ann": customer, "bob": {"satisfaction": 50}})
    assert unmet(rules, opening(rules), action) == {code}
    assert refusal(rules, opening(rules), choose(rules, ("ann", action))) == "action/not-allowed"


def test_requirements_are_met_by_what_is_known_not_by_what_is() -> None:
    """Trust as last read; a happy customer counts as one who recommends us once seen happy."""
    rules = world(["consult", "reference_visit"], {"ann": {"trust": 61}, "bob": {}})
    state = opening(rules)
    doubtful = replace(state, trust=state.trust * 0)
    assert not unmet(rules, doubtful, "consult")
    delighted = everybody(state, satisfaction=95.0, loyalty=95.0)
    assert unmet(rules, delighted, "reference_visit") == {"action/no-evangelist"}
    seen = replace(delighted, seen=np.full(state.seen.shape, 95.0))
    assert not unmet(rules, seen, "reference_visit")


def test_an_action_rests_after_its_use() -> None:
    rules = world(["interview"])
    state = play(rules, ("ann", "interview")).state
    for _ in range(2):
        assert unmet(rules, state, "interview") == {"action/resting"}
        state = play(rules, after=state).state
    assert not unmet(rules, state, "interview")


def test_one_promise_at_a_time() -> None:
    rules = world(["promise_hard", "promise_safe"])
    state = play(rules, ("ann", "promise_hard")).state
    assert unmet(rules, state, "promise_safe") == {"action/promise-open"}
    assert not unmet(rules, play(rules, after=state).state, "promise_safe")


def test_a_market_action_rests_too() -> None:
    rules = fair()
    state = play(rules, market=["trade_show"]).state
    assert refusal(rules, state, choose(rules, market=["trade_show"])) == "market/not-ready"


def test_the_same_action_twice_is_once_too_often() -> None:
    rules = fair()
    twice = choose(rules, ("ann", "visit"), ("ann", "visit"))
    assert refusal(rules, opening(rules), twice) == "action/twice"
    both = choose(rules, ("ann", "visit"), ("mill", "visit"))
    legal.check(rules, opening(rules), both)


# Hours and money ----------------------------------------------------------------------------------


def test_all_the_hours_may_be_spent_and_no_more() -> None:
    """Ten tenths are one, whatever binary fractions say."""
    people: dict[str, Any] = {f"c{index}": {} for index in range(11)}
    rules = world(["cut"], people, actions={"cut": CUT}, budget={"hours": 1, "money": 99})
    deeds = [(name, "cut") for name in people]
    legal.check(rules, opening(rules), choose(rules, *deeds[:10]))
    assert refusal(rules, opening(rules), choose(rules, *deeds)) == "choice/too-many-hours"


def test_no_more_money_than_there_is() -> None:
    rules = world(
        ["cut", "campaign"],
        {"ann": {}, "bob": {}, "new": {"status": "unborn"}},
        actions={"cut": CUT},
        budget={"hours": 99, "money": 5},
    )
    state = opening(rules)
    both = choose(rules, ("ann", "cut"), ("bob", "cut"))
    legal.check(rules, state, choose(rules, ("ann", "cut")))
    assert refusal(rules, state, both) == "choice/too-expensive"
    assert refusal(rules, state, choose(rules, market=["campaign"])) == "choice/too-expensive"


def test_what_is_free_is_allowed_even_in_debt() -> None:
    rules = world(["file", "release"])
    state = everybody(opening(rules), money=-10.0)
    legal.check(rules, state, choose(rules, ("ann", "release")))
    assert refusal(rules, state, choose(rules, ("ann", "file"))) == "choice/too-expensive"


def test_answers_count_against_the_budget() -> None:
    answers = {"pay": {"money": 8, "hours": 3}}
    encounter = {"who": "ann", "turn": 1, "responses": answers}
    budget = {"hours": 4, "money": 10}
    rules = world(["visit"], {"ann": {}}, encounters={"talk": encounter}, budget=budget)
    answer = choose(rules, answers={"talk": ("pay",)})
    legal.check(rules, opening(rules), answer)
    both = choose(rules, ("ann", "visit"), answers={"talk": ("pay",)})
    assert refusal(rules, opening(rules), both) == "choice/too-many-hours"


# The whole call -----------------------------------------------------------------------------------


def test_one_wrong_run_stops_the_whole_batch() -> None:
    rules = compiled(SCENARIOS[0])
    state = opening(rules, runs=5)
    choices = any_choices(rules, state, seed=1)
    tone = choices.tone.copy()
    tone[3, 0, 0] = 9
    with pytest.raises(IllegalChoiceError) as refused:
        step(rules, state, replace(choices, tone=tone), quiet(rules, 5))
    assert refused.value.code == "choice/unknown-tone"
    assert refused.value.data["place"] == (3, 0, 0)


@pytest.mark.parametrize("field", ["action", "tone", "person", "market", "response"])
def test_choices_of_another_size_are_refused(field: str) -> None:
    rules = compiled(SCENARIOS[0])
    state = opening(rules, runs=3)
    choices = any_choices(rules, state, seed=1)
    values = getattr(choices, field)
    for wrong in (values[:2], values[:, :-1], values[:, None]):
        with pytest.raises(ValueError, match=f"choices.{field} has shape"):
            step(rules, state, replace(choices, **{field: wrong}), quiet(rules, 3))


def test_chance_of_another_size_is_refused() -> None:
    rules = compiled(SCENARIOS[0])
    state = opening(rules, runs=3)
    choices = any_choices(rules, state, seed=1)
    with pytest.raises(ValueError, match="draws"):
        step(rules, state, choices, quiet(rules, 2))
    with pytest.raises(ValueError, match="shape"):
        step(rules, rows(state, slice(0, 2)), choices, quiet(rules, 3))


def test_a_tone_that_is_not_on_offer_changes_nothing() -> None:
    """A deed without tones is done in its own manner, whatever a game file says."""
    rules = world(["preventive_check", "points"], {"ann": {"style": "amiable"}})
    plain, spoken = (play(rules, ("ann", "points", tone)).state for tone in ("neutral", "amiable"))
    assert digest(plain) == digest(spoken)
    warm, cold = (
        play(rules, ("ann", "preventive_check", tone)).now("satisfaction")
        for tone in ("amiable", "driver")
    )
    assert warm > cold
