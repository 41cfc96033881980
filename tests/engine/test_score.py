"""The result of a game: three meters over the opening customers, equity, score and ending."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.facts import kept, switching_cost
from sim.engine.rules import Rules
from sim.engine.score import ending, score
from sim.engine.state import State, Status
from tests.engine.workshop import everybody, play, rows, several, world
from tests.strategies import opening

EVEN = {"satisfaction": 0.25, "loyalty": 0.25, "switching_cost": 0.25, "equity": 0.25}
PAIR: dict[str, Any] = {
    "ann": {"potential": 3, "satisfaction": 80, "loyalty": 60},
    "bob": {"potential": 1, "satisfaction": 40, "loyalty": 20},
}


def with_status(rules: Rules, state: State, **status: Status) -> State:
    moved = state.status.copy()
    for name, each in status.items():
        moved[:, rules.customer_ids.index(name)] = each
    return replace(state, status=moved)


# Meters -------------------------------------------------------------------------------------------


def test_meters_are_weighed_by_potential_at_the_start() -> None:
    rules = world(["visit"], PAIR)
    result = score(rules, opening(rules))
    assert result.satisfaction[0] == pytest.approx((3 * 80 + 1 * 40) / 4)
    assert result.loyalty[0] == pytest.approx((3 * 60 + 1 * 20) / 4)
    grown = replace(opening(rules), potential=np.array([[3.0, 9.0]]))
    assert score(rules, grown).satisfaction[0] == result.satisfaction[0]


@pytest.mark.parametrize("gone", [Status.LAPSED, Status.RELEASED])
def test_the_lost_count_nothing(gone: Status) -> None:
    rules = world(["visit"], PAIR)
    state = with_status(rules, opening(rules), ann=gone)
    assert score(rules, state).satisfaction[0] == pytest.approx(1 * 40 / 4)
    assert kept(rules, state)[0, 0] == pytest.approx(0.25)


def test_newcomers_do_not_count_in_the_meters_but_in_equity() -> None:
    people = {**PAIR, "new": {"status": "unborn", "potential": 9, "satisfaction": 99}}
    rules = world(["visit"], people)
    state = opening(rules)
    later = with_status(rules, state, new=Status.ACTIVE)
    assert score(rules, later).satisfaction[0] == score(rules, state).satisfaction[0]
    assert score(rules, later).equity[0] > score(rules, state).equity[0]


def test_half_a_segment_counts_half() -> None:
    rules = world(["visit"], {"street": {"count": 10, "potential": 1, "satisfaction": 60}})
    half = everybody(opening(rules), size=5.0)
    assert score(rules, half).satisfaction[0] == pytest.approx(30)
    assert kept(rules, half)[0, 0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("satisfaction", "credit"),
    [(30, -1), (45, -0.5), (50, 0), (55, 0.5), (90, 1)],
)
def test_coercive_cost_counts_by_how_the_customer_feels(satisfaction: float, credit: float) -> None:
    """Gamma = clip((S - 50) / 10, -1, 1), beside 40 points earned."""
    earned = {"earned_procedural": 40, "earned_financial": 40, "bond": 40}
    held = {"coercive_procedural": 20, "coercive_financial": 20, "satisfaction": satisfaction}
    rules = world(["visit"], {"ann": {**earned, **held}})
    p = rules.parameters
    weight = (p.stay_procedural + p.stay_financial) / (
        p.stay_procedural + p.stay_financial + p.stay_bond
    )
    cost = switching_cost(rules, opening(rules))[0, 0]
    assert cost == pytest.approx(40 + credit * 20 * weight)


def test_switching_cost_stays_on_its_scale() -> None:
    rules = world(["visit"])
    names = ("earned_procedural", "earned_financial", "bond", "coercive_procedural")
    full = everybody(opening(rules), satisfaction=90.0, **dict.fromkeys(names, 100.0))
    assert score(rules, full).switching_cost[0] <= 100
    empty = everybody(opening(rules), satisfaction=0.0, **dict.fromkeys(names[:3], 0.0))
    assert score(rules, everybody(empty, coercive_procedural=100.0)).switching_cost[0] == 0


# Equity -------------------------------------------------------------------------------------------


def test_the_opening_book_kept_whole_is_a_hundred() -> None:
    rules = world(["visit"], PAIR)
    assert score(rules, opening(rules)).equity[0] == pytest.approx(100)


def test_equity_falls_with_the_lost_and_with_money_spent() -> None:
    rules = world(["visit", "campaign"], PAIR)
    state = opening(rules)
    lost = score(rules, with_status(rules, state, ann=Status.LAPSED))
    spent = score(rules, replace(state, spent=np.array([200.0])))
    assert lost.equity[0] < spent.equity[0] < 100
    assert spent.equity_money[0] == pytest.approx(score(rules, state).equity_money[0] - 200)


def test_profit_counts_as_it_is_earned() -> None:
    rules = world(["visit"], PAIR)
    state = several(rules, [], [], []).state
    earned = state.historic_value.sum()
    value = score(rules, replace(state, historic_value=state.historic_value * 0)).equity_money[0]
    assert score(rules, state).equity_money[0] == pytest.approx(value + earned)


def test_what_was_spent_is_everything_that_was_paid() -> None:
    rules = world(["visit", "campaign"], {"ann": {}, "new": {"status": "unborn"}})
    played = play(rules, ("ann", "visit"), market=["campaign"])
    assert played.state.spent[0] == 103
    assert played.before.money[0] - played.state.money[0] == 103


# Score and ending ---------------------------------------------------------------------------------


def test_the_scenario_weighs_the_meters_into_a_score() -> None:
    even = world(["visit"], PAIR, score=EVEN)
    result = score(even, opening(even))
    parts = (result.satisfaction, result.loyalty, result.switching_cost, result.equity)
    assert result.score[0] == pytest.approx(sum(part[0] for part in parts) / 4)
    only = world(["visit"], PAIR, score={"loyalty": 1})
    assert score(only, opening(only)).score[0] == result.loyalty[0]


def test_better_treatment_is_a_better_score() -> None:
    rules = world(["visit", "ahead", "release"], PAIR, score=EVEN)
    cared = several(rules, [("ann", "visit"), ("bob", "visit")], []).state
    dropped = several(rules, [("ann", "release"), ("bob", "release")], []).state
    idle = several(rules, [], []).state
    results = [score(rules, state).score[0] for state in (cared, idle, dropped)]
    assert results == sorted(results, reverse=True)
    assert len(set(results)) == 3


def test_each_run_is_scored_by_itself() -> None:
    rules = world(["visit"], PAIR, score=EVEN)
    state = opening(rules, runs=4)
    mixed = replace(
        state, satisfaction=state.satisfaction * np.array([1, 0.5, 0, 1])[:, None, None]
    )
    together = score(rules, mixed)
    for run in range(4):
        alone = score(rules, rows(mixed, slice(run, run + 1)))
        assert together.score[run] == alone.score[0]
        assert together.equity_money[run] == alone.equity_money[0]


ENDINGS: dict[str, Any] = {
    "glad": {"when": "score_satisfaction >= 70 and lost == 0"},
    "kept": {"when": "kept >= 50%"},
    "rich": {"when": "any(potential > 8)"},
    "sad": {},
}


def test_the_first_ending_that_holds_is_told_run_by_run() -> None:
    line = {"en": "A line.", "zh": "一句话。"}
    told = {name: {"title": line, "text": line, **entry} for name, entry in ENDINGS.items()}
    rules = world(["visit"], PAIR, endings=told)
    state = opening(rules, runs=4)
    status = state.status.copy()
    status[1, 1] = status[2, 0] = status[3, 0] = Status.LAPSED
    potential = state.potential.copy()
    potential[3, 1] = 9
    mixed = replace(state, status=status, potential=potential)
    assert ending(rules, mixed) == ["glad", "kept", "sad", "rich"]
