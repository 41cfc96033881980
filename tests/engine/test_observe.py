"""What a player knows: no hidden fact shows, what is known is right, and the live why adds up."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.arrays import Mask, digest
from sim.engine.facts import of_account
from sim.engine.observe import estimated_stay, observe, visible_terms
from sim.engine.rules import KINDS, Rules
from sim.engine.state import State, Traits
from sim.engine.terms import knowledge
from sim.lab import runs as lab
from sim.lab.policies import NAMES, policy
from tests.engine.workshop import Turn, compiled, play, rows, whole_game, world
from tests.strategies import SCENARIOS, opening

each_scenario = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Every field of the state is one or the other; what is partly hidden changes where it is unknown.
VISIBLE = words(
    "turn known fresh noted hint position step_turn seen seen_turn repetition status size "
    "purchases earned_procedural coercive_procedural earned_financial coercive_financial "
    "coercive_turns bond dependence contact promise deal_logit profit historic_value "
    "ready_turn open_encounter money competition core_quality rival_quality rival_pull "
    "variables market_ready voiced event_count encounter_count door "
    "guide rival_push rival_study rival_forestalled stocks "
    "price_factor rival_price unaffordable service_cost factors touchpoint_rate tools met "
    "prepared guarded owed survey survey_turn survey_open"
)
_UNSEEN: Mapping[str, float] = {  # hidden throughout, with a change that matters
    "experience": 9.0,
    "expectation": 9.0,
    "satisfaction": 9.0,
    "trust": 9.0,
    "loyalty": 9.0,
    "failure_gap": 5.0,
    "resentment": 9.0,
    "friends_left": 0.5,
    "frailty_shift": -1.0,
    "leave_chance": 0.2,
    "failures": 1.0,
    "failure_prior": 1.0,
    "failure_factor": -0.5,
    "failure_guard": 2.0,
    "failure_due": 3.0,
    "failure_rate": 1.0,
    "handled_age": 1.0,
    "voiced_age": 2.0,
    "openness": 0.3,
    "low_turns": 1.0,
    "idle": 2.0,
    "stake": 9.0,
    "cared": 3.0,
    "attentive": 3.0,
    "survey_pending": 5.0,
    "survey_wait": 2.0,
    "reference_price": 0.2,
    "quality_pipeline": 2.0,
    "rival_turns": 1.0,
    "spent": 9.0,
    "event_turn": 1.0,
    "encounter_turn": 1.0,
}


def well_known(rules: Rules, state: State) -> Mask:
    level = of_account(rules, knowledge.level(rules, state.known, state.fresh))
    known: Mask = level >= rules.parameters.knowledge_half
    return known


def kind(state: State, name: str) -> Mask:
    return state.known[..., KINDS.index(name)]


Change = Callable[[Rules, State], dict[str, Any]]
_PARTLY: Mapping[str, Change] = {
    "mood": lambda _, state: {
        "mood": np.where(
            kind(state, "mood") & state.fresh[..., KINDS.index("mood")],
            state.mood,
            (state.mood + 1) % 4,
        )
    },
    "potential": lambda rules, state: {
        "potential": np.where(well_known(rules, state), state.potential, state.potential + 2.0)
    },
    "stage": lambda rules, state: {
        "stage": np.where(well_known(rules, state), state.stage, (state.stage + 1) % 5)
    },
    "leave_reason": lambda rules, state: {
        "leave_reason": np.where(
            of_account(rules, kind(state, "reason") * 1.0) > 0.0, state.leave_reason, 2
        )
    },
    "price_weight": lambda rules, state: {
        "price_weight": np.where(
            of_account(rules, kind(state, "orientation") * 1.0) > 0.0,
            state.price_weight,
            state.price_weight + 0.3,
        )
    },
    "attention": lambda rules, state: {
        "attention": np.where(
            of_account(rules, kind(state, "rival") * 1.0) > 0.0, state.attention, 0.9
        )
    },
    "failure": lambda _, state: {"failure": np.where(state.voiced, state.failure, 3.0)},
    "touchpoint": lambda _, state: {"touchpoint": np.where(state.voiced, state.touchpoint, 3)},
    "lens": lambda rules, state: {
        "lens": np.where(well_known(rules, state)[..., None], state.lens, state.lens + 0.2)
    },
    "failure_age": lambda _, state: {
        "failure_age": np.where(
            state.voiced & (state.failure > 0.0), state.failure_age, state.failure_age + 1.0
        )
    },
    "redress": lambda _, state: {
        "redress": np.where((state.voiced & (state.failure > 0.0))[..., None], state.redress, 0.5)
    },
    "encounter_waiting": lambda _, state: {"encounter_waiting": ~state.encounter_waiting},
    "traits": lambda rules, state: {"traits": other_traits(rules, state)},
}


def other_traits(rules: Rules, state: State) -> Traits:
    """Other people in the same seats: styles and motives where they are unknown, and all luck."""
    del rules
    traits, known = state.traits, kind(state, "motive")[..., None]
    style = np.broadcast_to(traits.style, state.mood.shape)
    match = np.broadcast_to(traits.motive_match, (*state.mood.shape, traits.motive_match.shape[-1]))
    return Traits(
        style=np.where(kind(state, "style"), style, (style + 1) % 4),
        motives=np.where(known, traits.motives, traits.motives[..., ::-1]),
        motive_match=np.where(known, match, -match),
        personal_fit=traits.personal_fit + 4.0,
        frailty=traits.frailty - 1.0,
        scale=traits.scale + 3.0,
    )


HIDDEN = (*_UNSEEN, *_PARTLY)


def changed(rules: Rules, state: State, name: str) -> State:
    """The state with one hidden field other than it is, wherever the player does not know it."""
    if name in _PARTLY:
        return replace(state, **_PARTLY[name](rules, state))
    return replace(state, **{name: getattr(state, name) + _UNSEEN[name]})


@cache
def states(path: Path) -> list[State]:
    """States of random games, early, in the middle and late."""
    return [turn.before for turn in whole_game(compiled(path), "any", seed=6, runs=6)][::2]


def test_every_field_is_either_visible_or_hidden() -> None:
    names = {each.name for each in fields(State)}
    assert names == VISIBLE | set(HIDDEN)
    assert not VISIBLE & set(HIDDEN)


@each_scenario
@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_field_changes_nothing_that_is_seen(path: Path, name: str) -> None:
    rules, moved = compiled(path), 0
    for state in states(path):
        other = changed(rules, state, name)
        moved += digest(other) != digest(state)
        seen, seen_of_other = vars(observe(rules, state)), vars(observe(rules, other))
        differ = [key for key in seen if digest((seen[key],)) != digest((seen_of_other[key],))]
        assert differ == []
    assert moved, "the change must have changed something"


@each_scenario
@pytest.mark.parametrize("bot", [name for name in NAMES if name != "oracle"])
def test_no_hidden_field_changes_a_choice(path: Path, bot: str) -> None:
    """All hidden fields at once: whoever chooses by one of them is found out."""
    rules = compiled(path)
    for state in states(path):
        other = state
        for name in HIDDEN:
            other = changed(rules, other, name) if name != "failure_age" else other
        chosen, of_other = (lab.choose(rules, policy(bot), each, seed=9) for each in (state, other))
        assert digest(chosen) == digest(of_other)


@each_scenario
@pytest.mark.parametrize("bot", ["expert", "vip", "loudest", "random"])
def test_no_bot_reads_hidden_facts_out_of_the_rules(path: Path, bot: str) -> None:
    """The rules hold the author's opening facts; a policy may use its priors only."""
    rules = compiled(path)
    start = rules.opening
    blind = replace(
        rules,
        opening=replace(
            start,
            state={name: values * 0 for name, values in start.state.items()},
            style=np.full_like(start.style, -1),
            mood=np.full_like(start.mood, -1),
            motives=start.motives[..., ::-1],
            personal_fit=start.personal_fit + 5.0,
            frailty=start.frailty - 1.0,
        ),
    )
    for state in states(path):
        chosen = (lab.choose(each, policy(bot), state, seed=9) for each in (rules, blind))
        assert len({digest(each) for each in chosen}) == 1


@each_scenario
def test_a_row_of_an_observation_is_that_of_the_single_game(path: Path) -> None:
    rules = compiled(path)
    for state in states(path):
        together = observe(rules, state)
        for run in (0, 3, 5):
            alone = observe(rules, rows(state, slice(run, run + 1)))
            assert digest(rows(together, slice(run, run + 1))) == digest(alone)


# What is known ------------------------------------------------------------------------------------


def test_what_was_learnt_is_shown_as_it_is() -> None:
    known = {"style": "amiable", "mood": "falling", "motives": {"fame": 1}}
    offers = ["praise_public"]
    blind = observe(rules := world(offers, {"ann": known}), opening(rules))
    told = {**known, "known": ["style", "mood", "motive"]}
    seen = observe(rules := world(offers, {"ann": told}), opening(rules))
    assert (blind.style[0, 0, 0], blind.mood[0, 0, 0]) == (-1, -1)
    assert (seen.style[0, 0, 0], seen.mood[0, 0, 0]) == (3, 1)
    assert not blind.motive_match.any()
    assert seen.motive_match.any()
    assert list(seen.style_belief[0, 0, 0]) == [0, 0, 0, 1]


def test_clues_sharpen_the_belief_in_a_style() -> None:
    clue = {"style": "amiable", "strength": 0.5}
    encounter = {"who": "ann", "turn": 1, "clue": clue}
    rules = world(["visit"], {"ann": {"style": None}}, encounters={"talk": encounter})
    belief = observe(rules, opening(rules)).style_belief[0, 0, 0]
    assert belief.sum() == pytest.approx(1)
    assert belief[3] == pytest.approx(3 / 6)
    assert belief[0] == belief[1] == belief[2] == pytest.approx(1 / 6)


def test_a_meeting_gives_a_reading_and_time_makes_it_old() -> None:
    rules = world(["visit"], {"ann": {"satisfaction": 63, "trust": 47}})
    first = observe(rules, opening(rules))
    assert list(first.seen[0, 0, 0]) == [60, 40, 40], "a first impression, to the nearest twenty"
    met = play(rules, ("ann", "visit"))
    later = play(rules, after=met.state)
    now = observe(rules, met.state)
    assert now.seen[0, 0, 0, 0] == met.now("satisfaction")
    assert now.seen_turn[0, 0] == 1
    assert observe(rules, later.state).seen[0, 0, 0, 0] == met.now("satisfaction")
    assert later.now("satisfaction") != met.now("satisfaction")


def test_a_silent_failure_is_not_seen_and_a_complaint_is() -> None:
    rules = world(["visit"])
    loud, silent = (play(rules, fails=0.0, severe=0.1, voice=luck).state for luck in (0.0, 0.99))
    assert observe(rules, loud).complaint[0, 0] == 3
    assert observe(rules, silent).complaint[0, 0] == 0
    assert silent.failure[0, 0] == 3


def test_the_value_of_a_customer_is_known_to_those_who_know_the_customer() -> None:
    rich = {"potential": 7}
    every = ["style", "need", "motive", "preference", "role", "background", "orientation", "rival"]
    rules = world(["visit"], {"ann": rich, "bob": {**rich, "known": every}})
    seen = observe(rules, opening(rules))
    assert list(seen.potential[0]) == [1, 7]
    assert list(seen.potential_known[0]) == [False, True]
    assert seen.stage[0, 0] == -1 != seen.stage[0, 1]


@each_scenario
def test_reveal_all_shows_everything(path: Path) -> None:
    rules = replace(compiled(path), reveal_all=True)
    for state in states(path):
        seen = observe(rules, state)
        np.testing.assert_array_equal(
            seen.style, np.broadcast_to(state.traits.style, state.mood.shape)
        )
        np.testing.assert_array_equal(seen.mood, state.mood)
        np.testing.assert_array_equal(seen.potential, state.potential)
        np.testing.assert_array_equal(seen.seen[..., 0], state.satisfaction)
        np.testing.assert_array_equal(seen.seen[..., 2], state.trust)
        np.testing.assert_array_equal(seen.leave_reason, state.leave_reason)
        np.testing.assert_array_equal(seen.stage, state.stage)
        assert seen.potential_known.all()


def test_the_reckoned_chance_of_staying_rests_on_readings() -> None:
    rules = world(["visit"], {"ann": {"satisfaction": 90}, "bob": {"satisfaction": 30}})
    stays = estimated_stay(rules, observe(rules, opening(rules)))
    assert 0 < stays[0, 1] < stays[0, 0] < 100


def test_an_answer_may_be_given_by_what_is_known_of_trust() -> None:
    """The condition of a path reads the last reading: an unknown change of trust shows nowhere."""
    answers = {"dare": {"if": "trust >= 50"}, "style": {"if": "style is driver"}, "plain": {}}
    encounter = {"who": "ann", "turn": 1, "responses": answers}
    rules = world(["visit"], {"ann": {"trust": 61}}, encounters={"talk": encounter})
    state = opening(rules)
    doubtful = replace(state, trust=state.trust * 0)
    assert list(observe(rules, doubtful).path_allowed[0, 0]) == [True, False, True]
    known = replace(state, known=np.ones_like(state.known), seen=state.seen * 0)
    assert list(observe(rules, known).path_allowed[0, 0]) == [False, True, True]


# The live why -------------------------------------------------------------------------------------


@cache
def turns(path: Path) -> list[Turn]:
    return whole_game(compiled(path), "any", seed=6, runs=8, ledger=True)


def _whole(values: Any, read: Mask) -> Mask:
    return read if values.ndim == read.ndim else np.broadcast_to(read[..., None], values.shape)


@each_scenario
def test_the_live_why_sums_to_the_change_where_there_is_a_reading(path: Path) -> None:
    rules = compiled(path)
    for turn in turns(path):
        shown = visible_terms(rules, observe(rules, turn.before), turn.outcome)
        for quantity, terms in shown.items():
            told, real = (
                sum(list(each.values())[1:], start=next(iter(each.values())) + 0.0)
                for each in (terms, turn.outcome.terms[quantity])
            )
            read = _whole(real, turn.outcome.read)
            np.testing.assert_allclose(told[read], real[read], rtol=0, atol=1e-9)
            assert not told[~read].any()
            assert all(
                not values[~_whole(values, turn.outcome.read)].any() for values in terms.values()
            )


@each_scenario
def test_the_live_why_hides_the_chance_of_staying_and_luck(path: Path) -> None:
    rules = compiled(path)
    for turn in turns(path):
        shown = visible_terms(rules, observe(rules, turn.before), turn.outcome)
        assert "stay" not in shown
        assert "luck" not in shown["satisfaction"]
        np.testing.assert_array_equal(
            shown["satisfaction"]["chance"],
            np.where(turn.outcome.read[..., None], turn.outcome.terms["satisfaction"]["luck"], 0.0),
        )


def test_what_rests_on_the_unknown_is_folded_into_it() -> None:
    """The gap of somebody hardly known is not told from core quality; the debrief tells it."""
    rules = world(["visit"], {"ann": {"expectation": 80, "mood": "falling"}})
    played = play(rules, ("ann", "visit"))
    before = observe(rules, played.before)
    shown = visible_terms(rules, before, played.outcome)["satisfaction"]
    real = played.outcome.terms["satisfaction"]
    hidden = real["gap"] + real["core_quality"] + real["mood_colour"]
    assert shown["gap"][0, 0, 0] == shown["mood_colour"][0, 0, 0] == 0 > real["gap"][0, 0, 0]
    assert shown["unknown"][0, 0, 0] == pytest.approx(hidden[0, 0, 0])
    assert visible_terms(rules, before, played.outcome, debrief=True) == played.outcome.terms


def test_a_failure_shows_once_it_is_voiced() -> None:
    rules = world(["visit"])

    def shown(voice: float) -> float:
        played = play(rules, ("ann", "visit"), fails=0.0, voice=voice)
        terms = visible_terms(rules, observe(rules, played.before), played.outcome)
        return float(terms["satisfaction"]["failure"][0, 0, 0])

    assert shown(0.0) < 0 == shown(0.99)
