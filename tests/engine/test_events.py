"""Things that happen in the market and the firm: when they come and what each of them does."""

from typing import Any

import numpy as np
import pytest

from sim.engine.rules import KINDS
from sim.engine.state import Mood, Status
from tests.engine.workshop import Played, knows, play, several, world
from tests.strategies import opening


def after(effect: dict[str, Any], customers: dict[str, Any] | None = None, **when: Any) -> Played:
    """The first turn has been played and an event of the second turn has come."""
    event = {"turn": 2, **when, "effect": effect}
    return play(world(["visit"], customers, events={"event": event}))


def happened(rules: Any, turns: int, **chance: Any) -> list[int]:
    """Turns at whose opening the event came, from 1."""
    counts = [0.0, float(opening(rules).event_count[0, 0])]
    played = None
    for _ in range(turns - 1):
        played = play(rules, after=played.state if played else None, **chance)
        counts.append(float(played.state.event_count[0, 0]))
    return [turn for turn in range(1, turns + 1) if counts[turn] > counts[turn - 1]]


# When ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "turns"),
    [
        ({"turn": 1}, [1]),
        ({"turn": 3}, [3]),
        ({"when": "turn >= 2"}, [2]),
        ({"when": "turn >= 2", "repeat": 1}, [2, 3, 4, 5, 6]),
        ({"when": "turn >= 2", "repeat": 2}, [2, 4, 6]),
        ({"turn": 3, "when": "average(satisfaction) > 99"}, []),
        ({"turn": 3, "when": "ann.satisfaction < 99"}, [3]),
    ],
)
def test_an_event_comes_in_its_turn_or_when_its_condition_holds(
    when: dict[str, Any], turns: list[int]
) -> None:
    rules = world(["visit"], events={"event": {**when, "effect": {"rival_pull": 0.1}}})
    assert happened(rules, 6) == turns


def test_an_event_by_chance_falls_by_its_draw() -> None:
    event = {"turn": 2, "chance": 0.4, "effect": {"rival_pull": 0.1}}
    rules = world(["visit"], events={"event": event})
    assert happened(rules, 4, happens=0.39) == [2]
    assert happened(rules, 4, happens=0.41) == []


def test_each_run_has_its_own_events() -> None:
    rules = world(["visit"], events={"event": {"chance": 0.5, "effect": {"rival_pull": 0.1}}})
    state = opening(rules, runs=64, seed=3)
    assert 15 < state.event_count.sum() < 49
    np.testing.assert_array_equal(state.rival_pull > 0, state.event_count[:, 0] > 0)


def test_a_choice_can_bring_an_event_about() -> None:
    """A condition on a variable that answers write to."""
    encounter = {
        "who": "ann",
        "turn": 1,
        "responses": {"boast": {"effect": {"variables": {"noise": 1}}}},
    }
    rules = world(
        ["visit"],
        variables={"noise": 0},
        encounters={"talk": encounter},
        events={"event": {"when": "noise >= 1", "effect": {"rival_pull": 0.5}}},
    )
    boasted = play(rules, answers={"talk": ("boast",)})
    silent = play(rules, answers={"talk": ("none",)})
    assert boasted.outcome.event_happened[0, 0]
    assert not silent.outcome.event_happened[0, 0]
    assert boasted.state.rival_pull[0] == 0.5


# What ---------------------------------------------------------------------------------------------


def test_a_rival_pulls_for_some_turns() -> None:
    moved = after({"competition": 0.9, "rival_quality": 5, "rival_pull": 0.8, "rival_turns": 2})
    state = moved.state
    assert (state.competition[0], state.rival_quality[0], state.rival_pull[0]) == (0.9, 73, 0.8)
    first = play(moved.rules, after=state)
    second = play(moved.rules, after=first.state)
    third = play(moved.rules, after=second.state)
    calm = play(world(["visit"])).term("stay", "rival")
    assert first.term("stay", "rival") < calm
    assert second.term("stay", "rival") == pytest.approx(first.term("stay", "rival"))
    assert third.term("stay", "rival") > second.term("stay", "rival"), "the offer is over"


def test_a_bond_made_in_time_outlasts_a_rival() -> None:
    """The choice that decides whether an entry costs the customer: visits before, or none."""
    event = {"turn": 3, "effect": {"competition": 0.95, "rival_pull": 1, "rival_turns": 3}}
    rules = world(["visit", "note"], events={"event": event})
    deeds = [("ann", "visit"), ("ann", "note")]
    loved = several(rules, deeds, [], [])
    left = several(rules, [], [], [])
    assert loved.chance("leave") < left.chance("leave")


def test_numbers_that_can_be_taken_along_free_the_held() -> None:
    held = {"ann": {"coercive_procedural": 40, "coercive_financial": 20, "coercive_turns": 9}}
    freed, kept = after({"portability": True}, held), after({"rival_pull": 0.1}, held)
    share = freed.rules.parameters.portability
    for name in ("coercive_procedural", "coercive_financial"):
        assert freed.now(name) == pytest.approx(share * kept.now(name))
    assert freed.term("procedural", "portability") < 0 == kept.term("procedural", "portability")
    assert freed.now("earned_procedural") == kept.now("earned_procedural")


def test_the_end_of_contracts_ends_what_they_imposed() -> None:
    held = {"ann": {"coercive_procedural": 40, "coercive_financial": 20, "coercive_turns": 9}}
    ended = after({"contract_end": True}, held)
    assert ended.now("coercive_procedural") == ended.now("coercive_financial") == 0
    assert ended.now("coercive_turns") == 0


def test_a_representative_who_leaves_takes_bonds_along() -> None:
    bonded = {"ann": {"bond": 50}}
    left = after({"bond_loss": 0.4}, bonded)
    kept = after({"rival_pull": 0.1}, bonded)
    assert left.now("bond") == pytest.approx(0.6 * kept.now("bond"))
    assert left.term("bond", "rep_left") < 0


def test_a_failure_that_an_event_brings_comes_with_the_next_delivery() -> None:
    struck = after({"failure": {"ann": 3}}, {"ann": {}, "bob": {}})
    assert struck.now("failure_due", "ann") == 3
    delivered = play(struck.rules, after=struck.state)
    assert delivered.told("failed", "ann")
    assert delivered.now("failure", "ann") == 3
    assert not delivered.told("failed", "bob")
    assert delivered.now("failure_due", "ann") == 0


def test_an_event_turns_the_moods_it_names() -> None:
    effect = {"mood": {"to": "falling", "chance": 1, "who": ["ann"]}}
    struck = after(effect, {"ann": {}, "bob": {}})
    assert struck.now("mood", "ann") == Mood.FALLING
    assert struck.now("mood", "bob") == Mood.CALM


def test_what_was_known_may_go_out_of_date() -> None:
    moved = after({"stale": {"ann": ["need"]}}, {"ann": {"known": ["need", "style"]}})
    assert knows(moved, "need")
    assert not moved.state.fresh[0, 0, 0, KINDS.index("need")]
    assert moved.state.fresh[0, 0, 0, KINDS.index("style")]


def test_an_event_wakes_a_newcomer() -> None:
    people = {"ann": {}, "new": {"status": "unborn"}, "later": {"status": "unborn"}}
    woken = after({"wakes": ["new"]}, people)
    assert woken.now("status", "new") == Status.PROSPECT
    assert woken.now("status", "later") == Status.UNBORN


def test_quality_failures_and_variables_of_the_firm() -> None:
    event = {"turn": 2, "effect": {"core_quality": -4, "failure_rate": 2, "variables": {"x": 3}}}
    moved = play(world(["visit"], variables={"x": 1}, events={"event": event}))
    assert moved.state.core_quality[0] == 64
    assert moved.state.variables[0, 0] == 4
    usual = moved.chance("failure")
    assert play(moved.rules, after=moved.state).chance("failure") == pytest.approx(2 * usual)
