"""What customers say: when an encounter opens, who waits, and what answers do."""

from typing import Any

import numpy as np
import pytest

from sim.engine.rules import KINDS, Rules
from sim.engine.state import State
from tests.engine.workshop import Played, knows, play, value, world
from tests.strategies import opening


def spoken(rules: Rules, state: State) -> list[str]:
    """The encounters that are open."""
    return [rules.encounter_ids[opened - 1] for opened in state.open_encounter[0] if opened]


def openings(rules: Rules, turns: int, **chance: Any) -> list[list[str]]:
    """What is open in each turn while nobody answers."""
    state = opening(rules)
    heard = [spoken(rules, state)]
    for _ in range(turns - 1):
        state = play(rules, after=state, **chance).state
        heard.append(spoken(rules, state))
    return heard


def talk(who: str = "ann", **parts: Any) -> dict[str, Any]:
    return {"who": who, **parts}


# When they open -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "turns"),
    [
        ({"turn": 1}, [1]),
        ({"turn": 3}, [3]),
        ({"when": "turn >= 2"}, [2]),
        ({"when": "turn >= 2", "repeat": 1}, [2, 3, 4, 5, 6]),
        ({"when": "turn >= 2", "repeat": 2}, [2, 4, 6]),
        ({"turn": 2, "when": "satisfaction > 99"}, []),
        ({"when": "bob.satisfaction > 99"}, []),
        ({"when": "any(satisfaction < 99) and turn == 4"}, [4]),
        ({"when": "encounter.talk == 0 and turn > 2"}, [3]),
    ],
)
def test_they_open_in_their_turn_or_when_their_condition_holds(
    when: dict[str, Any], turns: list[int]
) -> None:
    rules = world(["visit"], {"ann": {}, "bob": {}}, encounters={"talk": talk(**when)})
    heard = openings(rules, 6)
    assert [turn for turn, ids in enumerate(heard, 1) if ids] == turns


@pytest.mark.parametrize(
    ("said", "status", "heard"),
    [
        ({}, "active", True),
        ({}, "prospect", True),
        ({}, "lapsed", False),
        ({"status": ["lapsed"]}, "lapsed", True),
        ({"status": ["lapsed"]}, "active", False),
        ({"status": ["lapsed", "released"]}, "released", True),
    ],
)
def test_who_has_left_speaks_only_where_the_author_says_so(
    said: dict[str, Any], status: str, *, heard: bool
) -> None:
    people = {"ann": {"status": status}, "bob": {}}
    rules = world(["visit"], people, encounters={"talk": talk(turn=1, **said)})
    assert openings(rules, 1) == [["talk"] if heard else []]


def test_one_by_chance_opens_by_its_draw() -> None:
    rules = world(["visit"], encounters={"talk": talk(when="turn >= 2", chance=0.3)})
    assert openings(rules, 3, opens=0.29) == [[], ["talk"], []]
    assert openings(rules, 3, opens=0.31) == [[], [], []]


def test_a_choice_can_make_somebody_speak() -> None:
    """The condition reads the state after the turn: a visit brings the bond it asks for."""
    rules = world(["visit"], encounters={"thanks": talk(when="bond >= 11")})
    assert spoken(rules, play(rules, ("ann", "visit")).state) == ["thanks"]
    assert spoken(rules, play(rules).state) == []


def test_a_complaint_opens_at_once_for_whoever_complained() -> None:
    encounter = {"who": "each", "on": "complaint", "repeat": 1}
    rules = world(["visit"], {"ann": {}, "bob": {}}, encounters={"complaint": encounter})
    fails = np.array([[0.5, 0.0]])
    loud, silent = (play(rules, fails=fails, voice=luck) for luck in (0.0, 0.99))
    assert spoken(rules, loud.state) == ["complaint.bob"]
    assert spoken(rules, silent.state) == []
    assert spoken(rules, play(rules, after=loud.state).state) == []


def test_only_customers_and_prospects_speak() -> None:
    people = {
        "ann": {},
        "gone": {"status": "lapsed"},
        "new": {"status": "unborn"},
        "eve": {"status": "prospect"},
    }
    encounters = {name: talk(name, turn=1) for name in people}
    rules = world(["visit"], people, encounters=encounters)
    assert spoken(rules, opening(rules)) == ["ann", "eve"]


# At most so many ----------------------------------------------------------------------------------


def crowd(most: int, number: int = 7) -> Rules:
    people: dict[str, Any] = {f"c{index}": {} for index in range(number)}
    encounters = {f"talk{index}": talk(f"c{index}", turn=1) for index in range(number)}
    return world(["visit"], people, encounters=encounters, most_open=most)


def test_five_speak_and_the_others_wait() -> None:
    rules = crowd(5)
    first, second, third = openings(rules, 3)
    assert first == [f"talk{index}" for index in range(5)]
    assert second == ["talk5", "talk6"]
    assert third == []


def test_a_scenario_may_let_fewer_speak() -> None:
    heard = openings(crowd(2), 5)
    assert [len(ids) for ids in heard] == [2, 2, 2, 1, 0]


def test_one_customer_says_one_thing_at_a_time() -> None:
    encounters = {name: talk(turn=1) for name in ("first", "second", "third")}
    rules = world(["visit"], encounters=encounters)
    assert openings(rules, 4) == [["first"], ["second"], ["third"], []]


def test_a_complaint_that_had_to_wait_is_heard_later() -> None:
    encounters = {
        "news": talk(turn=2),
        "complaint": {"who": "ann", "on": "complaint"},
    }
    rules = world(["visit"], encounters=encounters)
    hurt = play(rules, fails=0.0, voice=0.0)
    assert spoken(rules, hurt.state) == ["news"]
    assert hurt.state.encounter_waiting[0, 1]
    assert spoken(rules, play(rules, after=hurt.state).state) == ["complaint"]


def test_whoever_left_no_longer_waits() -> None:
    rules = world(["visit"], {"ann": {}, "bob": {}}, encounters={"talk": talk(turn=2)})
    assert spoken(rules, play(rules, leaves=np.array([[0.0, 0.5]])).state) == []


# Answers ------------------------------------------------------------------------------------------

TREE: dict[str, Any] = {
    "responses": {
        "listen": {
            "effect": {"trust": 1},
            "responses": {
                "ask": {"effect": {"trust": 10}, "reveal": {"need": 1}},
                "wait": {"effect": {"trust": 20}},
            },
        },
        "pay": {"money": 7, "hours": 2, "effect": {"bond": 2}},
        "shrug": {"effect": {"trust": -5}},
    },
    "unanswered": {"effect": {"trust": -3, "bond": -1}},
}


def answered(*path: str) -> Played:
    rules = world(["visit"], encounters={"talk": talk(turn=1, **TREE)})
    return play(rules, answers={"talk": path} if path else {}, learns=0.0)


@pytest.mark.parametrize(
    ("path", "points"),
    [(("listen", "ask"), 11), (("listen", "wait"), 21), (("shrug",), -5), (("pay",), 0), ((), -3)],
)
def test_a_path_sums_the_effects_of_its_steps(path: tuple[str, ...], points: float) -> None:
    assert answered(*path).term("trust", "action") == pytest.approx(points)


def test_silence_costs_what_the_scenario_says() -> None:
    silent, shrugged = answered(), answered("shrug")
    assert silent.outcome.unanswered[0, 0]
    assert not shrugged.outcome.unanswered[0, 0]
    assert silent.term("bond", "attention") < 0 == shrugged.term("bond", "attention")


def test_an_answer_costs_hours_and_money() -> None:
    assert answered("pay").state.money[0] == answered("shrug").state.money[0] - 7


def test_what_an_answer_reveals_is_learnt_for_certain() -> None:
    """The draws of this turn would teach nothing; the answer does, and nobody else learns it."""
    assert knows(answered("listen", "ask"), "need")
    assert not knows(answered("listen", "wait"), "need")


def test_an_encounter_is_over_once_its_turn_is() -> None:
    assert spoken(answered("pay").rules, answered("pay").state) == []


def test_words_give_away_a_style_and_may_tell_more() -> None:
    clue = {"style": "amiable", "strength": 0.5}
    rules = world(["visit"], encounters={"talk": talk(turn=2, clue=clue, reveals=["tie"])})
    before, heard = opening(rules), play(rules).state
    assert before.hint.sum() == 0
    assert list(heard.hint[0, 0, 0]) == [0, 0, 0, 0.5]
    assert heard.known[0, 0, 0, KINDS.index("tie")]


def test_the_speaker_is_the_one_who_is_answered() -> None:
    mill = {"people": {"boss": {"role": "decider"}, "user": {"role": "user"}}}
    encounter = talk("mill", speaker="user", turn=1, responses={"help": {"effect": {"trust": 8}}})
    rules = world(["visit"], {"mill": mill}, encounters={"talk": encounter})
    played = play(rules, answers={"talk": ("help",)})
    trust = [value(rules, played.outcome.terms["trust"]["action"], "mill", m) for m in (0, 1)]
    assert trust == [2, 8]


def test_the_tone_of_an_answer_fits_or_clashes() -> None:
    answers = {
        tone: {"tone": tone, "family": "contact", "effect": {"bond": 4}}
        for tone in ("driver", "amiable", "expressive")
    }
    rules = world(["visit"], encounters={"talk": talk(turn=1, responses=answers)})
    bonds = {tone: play(rules, answers={"talk": (tone,)}).now("bond") for tone in answers}
    assert max(bonds, key=bonds.__getitem__) == "driver"
