"""The opening state: what the author wrote stands, what was left open is drawn run by run."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from sim.arrays import Indices
from sim.draws import draw_start
from sim.engine.facts import of_account
from sim.engine.start import start
from sim.engine.state import Mood, Stage, StartDraws, State, Status
from sim.scenario.library import load_library
from tests.engine.workshop import compiled, value, world
from tests.strategies import SCENARIOS, opening, shape_of

RUNS = 4096
OPEN: dict[str, Any] = {
    "style": None,
    "mood": None,
    "potential": None,
    "personal_fit": None,
    "frailty": None,
}


def shares(values: Indices, number: int) -> list[float]:
    return [float(np.mean(values == index)) for index in range(number)]


# Written ------------------------------------------------------------------------------------------


def test_what_the_author_wrote_stands_in_every_run() -> None:
    ann = {
        "satisfaction": 71,
        "expectation": 64,
        "trust": 33,
        "loyalty": 22,
        "bond": 17,
        "earned_procedural": 9,
        "coercive_financial": 8,
        "resentment": 6,
        "dependence": 0.25,
        "potential": 2.5,
        "purchases": 4,
        "frailty": -0.5,
        "personal_fit": 3,
        "mood": "falling",
        "style": "expressive",
        "price_factor": 1.1,
    }
    state = opening(rules := world(["visit"], {"ann": ann}), runs=3)
    for name, wanted in ann.items():
        if name in {"frailty", "personal_fit", "mood", "style"}:
            continue
        assert value(rules, getattr(state, name)) == wanted, name
        assert np.unique(getattr(state, name)).size == 1, name
    assert (state.mood == Mood.FALLING).all()
    assert (state.traits.frailty == -0.5).all()
    assert (state.traits.personal_fit == 3).all()
    assert (state.traits.style == 2).all()


@pytest.mark.parametrize("status", [each.name.lower() for each in Status])
def test_every_status_has_its_usual_start(status: str) -> None:
    rules = world(["visit"], {"ann": {"status": status}, "bob": {}})
    state = opening(rules)
    usual = load_library().start["prospect" if status in {"prospect", "unborn"} else "active"]
    assert value(rules, state.status) == Status[status.upper()]
    assert value(rules, state.satisfaction) == usual.satisfaction
    assert value(rules, state.bond) == usual.bond


def test_money_is_what_the_budget_gives_in_the_first_turn() -> None:
    rules = world(["visit"], budget={"hours": 9, "money": 30, "income": 7})
    assert opening(rules).money[0] == 37


def test_the_stage_of_a_relationship_follows_from_its_numbers() -> None:
    people: dict[str, Any] = {
        "new": {"purchases": 0},
        "tried": {"purchases": 1},
        "grown": {"purchases": 6, "trust": 60, "satisfaction": 70},
        "bound": {"purchases": 6, "trust": 80, "satisfaction": 80, "loyalty": 80, "bond": 70},
        "angry": {"purchases": 6, "resentment": 90},
        "gone": {"status": "lapsed"},
    }
    rules = world(["visit"], people)
    stages = [value(rules, opening(rules).stage, name) for name in people]
    assert stages == [*Stage, Stage.DISSOLUTION]


def test_a_first_impression_is_rough() -> None:
    rules = world(["visit"], {"ann": {"satisfaction": 69, "loyalty": 31, "trust": 88}})
    assert list(opening(rules).seen[0, 0, 0]) == [60, 40, 80]
    assert opening(rules).seen_turn[0, 0] == -1


def test_an_open_game_opens_every_file() -> None:
    rules = world(["visit"], {"ann": {}}, reveal="all")
    state = opening(rules)
    assert state.known.all()
    assert state.fresh.all()


# Drawn --------------------------------------------------------------------------------------------


def drawn(**parts: Any) -> State:
    return opening(world(["visit"], {"ann": OPEN}, **parts), runs=RUNS, seed=11)


def test_styles_are_drawn_from_the_prior() -> None:
    assert shares(drawn().traits.style, 4) == pytest.approx([0.25] * 4, abs=0.025)
    prior = {"style": {"driver": 0.6, "amiable": 0.4}}
    assert shares(drawn(prior=prior).traits.style, 4) == pytest.approx([0.6, 0, 0, 0.4], abs=0.025)


def test_a_customer_may_have_a_prior_of_its_own() -> None:
    prior = {"style": {"analytical": 1}}
    rules = world(["visit"], {"ann": {**OPEN, "prior": prior}, "bob": OPEN})
    styles = opening(rules, runs=256).traits.style
    assert (styles[:, 0] == 1).all()
    assert np.unique(styles[:, 1]).size == 4


def test_moods_are_drawn_from_the_long_run_of_their_chain() -> None:
    """Rising .22, falling .16, calm .44, complacent .18."""
    assert shares(drawn().mood, 4) == pytest.approx([0.22, 0.16, 0.44, 0.18], abs=0.025)


@pytest.mark.parametrize(
    ("name", "spread"), [("frailty", "frailty_spread"), ("personal_fit", "fit_spread")]
)
def test_hidden_facts_are_normal_around_zero(name: str, spread: str) -> None:
    usual = getattr(drawn().traits, name)
    assert usual.mean() == pytest.approx(0, abs=0.06 * usual.std())
    assert usual.std() == pytest.approx(getattr(load_library().prior, spread), rel=0.05)
    assert getattr(drawn(prior={spread: 2}).traits, name).std() == pytest.approx(2, rel=0.05)
    assert not getattr(drawn(prior={spread: 0}).traits, name).any()


def test_potential_is_lognormal_with_mean_one() -> None:
    potential = drawn(prior={"potential_spread": 0.5}).potential
    assert potential.mean() == pytest.approx(1, abs=0.03)
    assert np.log(potential).std() == pytest.approx(0.5, rel=0.05)
    assert (drawn(prior={"potential_spread": 0}).potential == 1).all()


def test_people_of_one_firm_differ() -> None:
    role = {"style": None, "mood": None}
    people = {"boss": {"role": "decider", **role}, "user": {"role": "user", **role}}
    rules = world(["visit"], {"mill": {"people": people}})
    styles = opening(rules, runs=256).traits.style[:, 0]
    assert 0.1 < np.mean(styles[:, 0] == styles[:, 1]) < 0.4


def test_the_extremes_of_chance_give_numbers() -> None:
    """A uniform of 0 has no normal quantile; the opening must have one all the same."""
    for path in SCENARIOS:
        rules = compiled(path)
        usual = draw_start(1, shape_of(rules), runs=2)
        for extreme in (0.0, 1.0 - 2.0**-53):
            chance = StartDraws(
                **{name: np.full(old.shape, extreme) for name, old in vars(usual).items()}
            )
            state = start(rules, chance)
            for each in fields(State):
                values = getattr(state, each.name)
                if isinstance(values, np.ndarray):
                    assert np.isfinite(values).all(), each.name
            assert np.isfinite(state.traits.frailty).all()


def test_a_baseline_churn_is_met_on_average() -> None:
    rules = world(["visit"], {"ann": OPEN}, baseline_churn=0.03, prior={"fit_spread": 0})
    state = opening(rules, runs=RUNS)
    assert of_account(rules, state.satisfaction).std() == 0
    assert state.leave_chance.mean() == pytest.approx(0.03, rel=0.06)


def test_the_same_seed_gives_a_customer_the_same_luck_whoever_else_is_there() -> None:
    alone = opening(world(["visit"], {"ann": OPEN}), runs=8)
    beside = opening(world(["visit"], {"ann": OPEN, "bob": OPEN}), runs=8)
    for name in ("frailty", "style", "personal_fit"):
        one, other = (getattr(each.traits, name)[:1, 0] for each in (alone, beside))
        np.testing.assert_array_equal(one, other)
    assert replace(alone, turn=1).turn == 1
