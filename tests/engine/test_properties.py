"""What holds in every state, whatever is chosen and whatever chance brings."""

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.arrays import Array, digest
from sim.engine import legal
from sim.engine.observe import observe
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.start import start
from sim.engine.state import Choices, Outcome, Promise, State, Status
from sim.engine.step import step
from sim.errors import IllegalChoiceError
from tests.engine.workshop import compiled, play, quiet, world
from tests.strategies import (
    CUSTOMER_METERS,
    PERSON_METERS,
    SCENARIOS,
    any_choices,
    chances,
    numbers,
    opening,
    seeds,
    start_chances,
    states,
)

# Few examples of many runs each: a run more costs a fraction of a step more.
few = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
RUNS = 6
each_scenario = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)

# Every number of the state that has a scale, with its ends.
SCALES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(PERSON_METERS, (0.0, 100.0)),
    **dict.fromkeys(CUSTOMER_METERS, (0.0, 100.0)),
    "expectation": (5.0, 98.0),
    "dependence": (0.0, 1.0),
    "openness": (0.0, 1.0),
    "leave_chance": (0.0, 1.0),
    "failure": (0.0, 3.0),
    "failure_due": (0.0, 3.0),
    "redress": (0.0, np.inf),
    "repetition": (0.0, np.inf),
    "position": (0.0, 7.0),
    "contact": (0.0, np.inf),
    "failures": (0.0, np.inf),
    "failure_gap": (0.0, 100.0),
    "friends_left": (0.0, np.inf),
    "reference_price": (0.01, 10.0),
    "price_factor": (0.01, 100.0),
    "potential": (0.0, np.inf),
    "purchases": (0.0, np.inf),
    "size": (0.0, np.inf),
    "stake": (0.0, np.inf),
    "seen": (0.0, 100.0),
    "mood": (0, 3),
    "status": (0, 4),
    "stage": (0, 4),
    "promise": (0, 3),
    "guide": (0, 2),
    "attention": (0.0, 1.0),
    "door": (0.0, 10.0),
    "stocks": (0.0, 1.0),
    "rival_push": (0.0, 10.0),
    "rival_study": (0.0, 6.0),
    "competition": (0.0, 1.0),
}


def assert_on_scale(state: State) -> None:
    for each in fields(State):
        values = getattr(state, each.name)
        if isinstance(values, np.ndarray):
            assert np.isfinite(values).all(), each.name
    for name, (low, high) in SCALES.items():
        values = getattr(state, name)
        assert ((values >= low) & (values <= high)).all(), name


def assert_told_in_numbers(outcome: Outcome) -> None:
    for chance in outcome.chances:
        assert ((chance.probability >= 0.0) & (chance.probability <= 1.0)).all(), chance.name
        never, surely = chance.probability == 0.0, chance.probability == 1.0
        assert not chance.happened[never].any(), chance.name
        assert chance.happened[surely].all() or chance.name == "voice", chance.name
    for terms in outcome.terms.values():
        for name, values in terms.items():
            assert np.isfinite(values).all(), name


def assert_moved_as_allowed(state: State, after: State, outcome: Outcome) -> None:
    """Nobody is born twice or comes back unasked; only who was active leaves."""
    moves = set(zip(state.status.ravel().tolist(), after.status.ravel().tolist(), strict=True))
    assert moves <= {
        (Status.UNBORN, Status.PROSPECT),
        (Status.UNBORN, Status.ACTIVE),
        (Status.PROSPECT, Status.ACTIVE),
        (Status.ACTIVE, Status.LAPSED),
        (Status.ACTIVE, Status.RELEASED),
        (Status.LAPSED, Status.ACTIVE),
        *((each, each) for each in Status),
    }
    lost = (state.status == Status.ACTIVE) & (after.status == Status.LAPSED)
    np.testing.assert_array_equal(lost, outcome.left)


def assert_others_untouched(state: State, after: State, outcome: Outcome) -> None:
    """Those who are not with us neither feel nor pay."""
    apart = np.isin(state.status, [Status.UNBORN, Status.LAPSED, Status.RELEASED])
    np.testing.assert_array_equal(state.experience[apart], after.experience[apart])
    mute = apart & (state.status != Status.LAPSED)  # a word still reaches those who left
    np.testing.assert_array_equal(state.trust[mute], after.trust[mute])
    assert not after.profit[apart & ~outcome.woken & ~outcome.returned].any()
    assert not outcome.failed[apart].any()
    assert not outcome.left[apart].any()


def assert_paid(rules: Rules, state: State, choices: Choices, after: State) -> None:
    """Money is spent as chosen, saved as said, paid out as pledged, and never made."""
    _, cost = legal.chosen_rows(rules, state, choices)
    income = rules.income[min(state.turn + 1, rules.sizes.turns - 1)]
    saved = choices.market @ rules.market.saves
    pledged = np.count_nonzero(state.promise == Promise.LADDER, axis=1)
    forfeits = state.money - cost + saved + income - after.money
    assert ((forfeits > -1e-9) & (forfeits < 15.0 * pledged + 1e-9)).all()
    assert (after.spent >= state.spent + cost - saved - 1e-9).all()


@each_scenario
@few
@given(data=st.data())
def test_every_turn_keeps_to_the_rules_of_the_world(path: Path, data: st.DataObject) -> None:
    """From states that games reach, and from the ends of the scales, turn after turn."""
    keep_to_the_rules(compiled(path), data)


@pytest.mark.slow
@each_scenario
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_many_turns_keep_to_the_rules_of_the_world(path: Path, data: st.DataObject) -> None:
    keep_to_the_rules(compiled(path), data)


def keep_to_the_rules(rules: Rules, data: st.DataObject) -> None:
    state = data.draw(states(rules, runs=RUNS))
    seed, bold = data.draw(seeds), data.draw(st.booleans())
    for _ in range(2):
        chance = data.draw(chances(rules, state.turn, runs=RUNS))
        choices = any_choices(rules, state, seed=seed, bold=bold)
        after, outcome = step(rules, state, choices, chance, ledger=True)
        assert_on_scale(after)
        assert_told_in_numbers(outcome)
        assert_moved_as_allowed(state, after, outcome)
        assert_others_untouched(state, after, outcome)
        assert_paid(rules, state, choices, after)
        state = after
    assert_on_scales_of_the_score(rules, state)
    seen = observe(rules, state)
    assert np.isfinite(seen.style_belief).all()
    assert np.isfinite(seen.motive_match).all()


def assert_on_scales_of_the_score(rules: Rules, state: State) -> None:
    result = score(rules, state)
    for meter, top in (
        (result.satisfaction, 100),
        (result.loyalty, 100),
        (result.switching_cost, 100),
        (result.equity, 150),
    ):
        assert ((meter >= 0) & (meter <= top)).all()


@each_scenario
@few
@given(data=st.data())
def test_every_opening_is_on_its_scales(path: Path, data: st.DataObject) -> None:
    rules = compiled(path)
    assert_on_scale(start(rules, data.draw(start_chances(rules, runs=RUNS))))


# More of a good thing -----------------------------------------------------------------------------

LEVELS = (0, 2, 8, 30)
BARS = (10.0, 40.0, 68.0, 69.0, 75.0, 98.0)


def one_deed(effects: Sequence[dict[str, Any]]) -> Rules:
    """Deeds that differ in one effect, for one customer."""
    actions = {
        f"deed{index}": {"family": "portfolio", "effect": effect}
        for index, effect in enumerate(effects)
    }
    return world(list(actions), actions=actions)


@st.composite
def anns(make: st.DrawFn, rules: Rules) -> State:
    """One customer in some state of mind."""

    def one(*levels: float) -> Array:
        return np.full((1, 1, 1), make(st.sampled_from(levels)))

    return replace(
        opening(rules),
        satisfaction=one(0.0, 20.0, 55.0, 80.0, 100.0),
        expectation=one(10.0, 50.0, 75.0, 98.0),
        trust=one(0.0, 50.0, 100.0),
        purchases=one(0.0, 3.0, 30.0)[0],
        mood=np.full((1, 1, 1), make(st.integers(0, 3))),
    )


@few
@given(data=st.data(), luck=numbers, fails=numbers)
def test_more_quality_never_lowers_satisfaction(
    data: st.DataObject, luck: float, fails: float
) -> None:
    rules = one_deed([{"quality": level} for level in LEVELS])
    ann = data.draw(anns(rules))
    satisfied = [
        play(rules, ("ann", deed), after=ann, luck=luck, fails=fails).now("satisfaction")
        for deed in rules.action_ids
    ]
    assert satisfied == sorted(satisfied)


@few
@given(data=st.data(), luck=numbers)
def test_a_better_firm_pleases_and_a_higher_bar_displeases(
    data: st.DataObject, luck: float
) -> None:
    rules = one_deed([{"quality": 1}])
    ann = data.draw(anns(rules))

    def satisfied(**changed: Array) -> float:
        state = replace(ann, **changed)  # type: ignore[arg-type]  # number fields
        return play(rules, after=state, luck=luck).now("satisfaction")

    by_quality = [satisfied(core_quality=np.array([level])) for level in BARS]
    by_bar = [satisfied(expectation=np.full((1, 1, 1), level)) for level in BARS]
    assert by_quality == sorted(by_quality)
    assert by_bar == sorted(by_bar, reverse=True)


@few
@given(data=st.data())
def test_a_deeper_discount_never_displeases_now_nor_helps_later(data: st.DataObject) -> None:
    rules = one_deed([{"discount": depth} for depth in (0, 0.05, 0.15, 0.3, 0.5)])
    ann = data.draw(anns(rules))
    now = [play(rules, ("ann", deed), after=ann) for deed in rules.action_ids]
    later = [play(rules, after=each.state) for each in now]
    satisfied = [each.now("satisfaction") for each in now]
    spoilt = [each.term("satisfaction", "price") for each in later]
    habit = [each.now("dependence") for each in later]
    assert satisfied == sorted(satisfied)
    assert spoilt == sorted(spoilt, reverse=True)
    assert habit == sorted(habit)


# Meters of which more never makes a customer likelier to leave, and those of which less does not.
GOOD = ("bond", "satisfaction", "loyalty", "trust", "earned_procedural", "earned_financial")
BAD = ("resentment", "dependence", "friends_left")


@pytest.mark.parametrize("name", [*GOOD, *BAD])
@few
@given(data=st.data())
def test_the_logit_of_staying_moves_one_way(name: str, data: st.DataObject) -> None:
    """One meter higher and all else equal, in any state of any scenario."""
    rules = compiled(data.draw(st.sampled_from(SCENARIOS)))
    state = data.draw(states(rules, runs=RUNS))
    choices = any_choices(rules, state, seed=data.draw(seeds))
    chance = quiet(rules, RUNS)
    top = {"dependence": 1.0, "friends_left": 3.0}.get(name, 100.0)
    share = data.draw(st.floats(0.05, 1.0))
    values = getattr(state, name)
    higher = replace(state, **{name: values + share * (top - np.minimum(values, top))})
    _, before = step(rules, state, choices, chance)
    _, after = step(rules, higher, choices, chance)
    active = state.status == Status.ACTIVE
    one, other = (
        next(each.probability for each in told.chances if each.name == "leave")[active]
        for told in (before, after)
    )
    slack = 1e-12
    assert (other <= one + slack).all() if name in GOOD else (other >= one - slack).all()


# What is not allowed ------------------------------------------------------------------------------

CODES = {
    "action/not-allowed",
    "action/twice",
    "choice/too-expensive",
    "choice/too-many-hours",
    "choice/unknown-action",
    "choice/unknown-person",
    "choice/unknown-tone",
    "market/not-ready",
    "response/not-allowed",
    "response/not-open",
    "response/unknown",
}


@each_scenario
@few
@given(data=st.data())
def test_any_choice_is_played_or_refused_with_a_code(path: Path, data: st.DataObject) -> None:
    """Numbers from nowhere: nothing in between, and nothing changed when refused."""
    rules = compiled(path)
    state = data.draw(states(rules))
    usual = any_choices(rules, state, seed=data.draw(seeds))
    choices = data.draw(garbled(usual))
    before = digest((state, choices))
    code = refusal(rules, state, choices)
    assert code is None or code in CODES
    assert digest((state, choices)) == before


def refusal(rules: Rules, state: State, choices: Choices) -> str | None:
    """The code with which choices are refused; None where they are played."""
    try:
        after, _ = step(rules, state, choices, quiet(rules))
    except IllegalChoiceError as error:
        return error.code
    assert after.turn == state.turn + 1
    return None


@st.composite
def garbled(make: st.DrawFn, choices: Choices) -> Choices:
    """Choices with one entry overwritten by a number that may mean anything."""
    name = make(st.sampled_from(["action", "tone", "person", "response", "market"]))
    values = getattr(choices, name).copy()
    if values.size:
        place = make(st.integers(0, values.size - 1))
        wrong = make(st.integers(-2, 60)) if name != "market" else True
        values.reshape(-1)[place] = wrong
    return replace(choices, **{name: values})


@each_scenario
def test_what_the_masks_allow_is_allowed(path: Path) -> None:
    """Every action that the mask shows can be chosen, as far as hours and money go."""
    rules = compiled(path)
    rules = replace(rules, hours=np.full(rules.sizes.turns, 1e6))
    state = replace(opening(rules), money=np.full(1, 1e6))
    allowed = legal.action_mask(rules, state)[0]
    blank = np.zeros((1, rules.sizes.customers, rules.sizes.slots), dtype=np.intp)
    for customer, action in np.ndindex(allowed.shape):
        chosen = blank.copy()
        chosen[0, customer, 0] = action + 1
        choices = Choices(
            action=chosen,
            tone=blank,
            person=blank,
            market=np.zeros((1, rules.sizes.market_actions), dtype=np.bool_),
            response=np.zeros((1, rules.sizes.encounters), dtype=np.intp),
        )
        if allowed[customer, action]:
            legal.check(rules, state, choices)
        else:
            with pytest.raises(IllegalChoiceError, match="action/not-allowed"):
                legal.check(rules, state, choices)
