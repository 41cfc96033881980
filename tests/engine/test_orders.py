"""Every order of steps that the course teaches: the right one is better than any wrong one (N1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from sim.arrays import Array
from sim.engine.rules import Rules
from sim.engine.state import Choices, State
from sim.engine.step import step
from sim.scenario.library import load_library
from tests.engine.workshop import Deed, play, quiet, several, world
from tests.strategies import opening

PROTOCOLS = load_library().protocols
each_protocol = pytest.mark.parametrize("name", PROTOCOLS)

# Turns in which the steps are due, where it is not one after the other: the gaps of protocols.yaml.
SCHEDULE: Mapping[str, Sequence[int]] = {
    "complacent": (0, 2, 3),
    "recovery": (0, 0, 0, 0),
    "visit": (0, 0, 0),
    "memory": (0, 1, 3, 5, 6),
}


def steps_of(name: str) -> list[str]:
    return [each.id for each in PROTOCOLS[name].steps]


def schedule(name: str) -> Sequence[int]:
    return SCHEDULE.get(name, range(len(steps_of(name))))


@cache
def rehearsal(name: str) -> Rules:
    """One deed for each step, all alike but for their place in the order.

    A deed brings a deal nearer and shares in justice, so that what the order does to either shows.
    """
    entry = PROTOCOLS[name]
    family = "pitch" if entry.mood else "portfolio"
    deed = {"deal": 1, "listening": 0.2, "compensation": 0.2, "speed": 0.1}
    actions = {
        each: {"family": family, "effect": deed, "step": {name: each}} for each in steps_of(name)
    }
    ann: dict[str, Any] = {"mood": entry.mood or "calm", "known": ["need"]}
    if entry.component:  # an order of the parts of justice has something to make good
        ann |= {"failure": 1, "failure_gap": 20, "voiced": True}
    return world(list(actions), {"ann": ann}, actions=actions)


def played_in(name: str, orders: Sequence[Sequence[int]]) -> tuple[Array, State]:
    """What the steps come to in each order, one run for each, and the state at the end.

    The worth of an order is what its deeds did to the deal, to trust and to satisfaction.
    """
    rules = rehearsal(name)
    state = before = opening(rules, runs=len(orders))
    turns = schedule(name)
    for number in range(max(turns) + 1):
        now = [place for place, turn in enumerate(turns) if turn == number]
        action = np.zeros((len(orders), 1, rules.sizes.slots), dtype=np.intp)
        for slot, place in enumerate(now):
            action[:, 0, slot] = [order[place] + 1 for order in orders]
        state, _ = step(rules, state, _choices(action), quiet(rules, len(orders)))
    gain = state.deal_logit[:, 0] - before.deal_logit[:, 0]
    trust = state.trust[:, 0, 0] - before.trust[:, 0, 0]
    pleased = state.satisfaction[:, 0, 0] - before.satisfaction[:, 0, 0]
    return gain + 0.1 * trust + 0.1 * pleased, state


def _choices(action: Any) -> Choices:
    blank = np.zeros(action.shape, dtype=np.intp)
    market = np.zeros((action.shape[0], 0), dtype=np.bool_)
    return Choices(action, blank, blank, market, np.zeros((action.shape[0], 0), dtype=np.intp))


@each_protocol
def test_every_wrong_order_is_worse_than_the_right_one(name: str) -> None:
    """All orders of the same deeds at the same times, in one batch."""
    orders = sorted(permutations(range(len(steps_of(name)))))
    worth, _ = played_in(name, orders)
    assert orders[0] == tuple(range(len(steps_of(name))))
    wrong = {order: float(value) for order, value in zip(orders[1:], worth[1:], strict=True)}
    best = max(wrong, key=wrong.__getitem__)
    assert wrong[best] < worth[0] - 0.01, (best, wrong[best], worth[0])


@each_protocol
def test_the_whole_order_takes_every_step_in_its_time(name: str) -> None:
    """The position after the last step is where the protocol says one begins again."""
    _, state = played_in(name, [range(len(steps_of(name)))])
    place = list(PROTOCOLS).index(name)
    assert state.position[0, 0, 0, place] == PROTOCOLS[name].restart


# Each order once more, told by the deeds that a player really has -------------------------------


@dataclass(frozen=True)
class Lesson:
    """A right and a wrong order of shipped deeds, and the meter that tells them apart."""

    right: Sequence[Sequence[str]]  # turn by turn
    wrong: Sequence[Sequence[str]]
    meter: str
    customer: Mapping[str, Any]


LESSONS = {
    "complacent": Lesson(
        right=[["visit"], [], ["praise_advice"], ["cross_sell_probe"]],
        wrong=[["cross_sell_probe"], [], ["praise_advice"], ["visit"]],
        meter="trust",
        customer={"mood": "complacent"},
    ),
    "calm": Lesson([["stir"], ["offer"]], [["offer"], ["stir"]], "deal_logit", {"mood": "calm"}),
    "falling": Lesson([["care"], ["offer"]], [["offer"], ["care"]], "trust", {"mood": "falling"}),
    "aidmas": Lesson(
        right=[["phone"], ["benefit_talk"], ["proposal"], ["reminder"]],
        wrong=[["reminder"], ["proposal"], ["benefit_talk"], ["phone"]],
        meter="deal_logit",
        customer={"status": "prospect", "known": ["need", "motive"]},
    ),
    "recovery": Lesson(
        right=[["listen", "calm_down", "take_his_side", "compensate"]],
        wrong=[["compensate", "take_his_side", "calm_down", "listen"]],
        meter="satisfaction",
        customer={"failure": 2, "failure_gap": 20, "voiced": True},
    ),
    "saboteur": Lesson(
        right=[["admit_saboteur"], ["green_channel"], ["dissolve_prejudice"]],
        wrong=[["dissolve_prejudice"], ["green_channel"], ["admit_saboteur"]],
        meter="trust",
        customer={"satisfaction": 30, "resentment": 40},
    ),
    "visit": Lesson([["small_talk", "needs"]], [["needs", "small_talk"]], "trust", {}),
    "dialogue": Lesson(
        right=[["useful_gift"], ["letter"]],
        wrong=[["letter"], ["useful_gift"]],
        meter="bond",
        customer={},
    ),
    "idic": Lesson(
        right=[["file"], ["data_analysis"], ["visit"], ["tailor"]],
        wrong=[["tailor"], ["visit"], ["data_analysis"], ["file"]],
        meter="earned_procedural",
        customer={"known": ["preference", "need"]},
    ),
    "memory": Lesson(
        right=[["file"], ["greeting"], [], ["booklet"], [], ["guide"], ["welcome_back"]],
        wrong=[["welcome_back"], ["guide"], [], ["booklet"], [], ["greeting"], ["file"]],
        meter="bond",
        customer={"known": ["preference", "background"]},
    ),
}
PROBES: dict[str, Any] = {
    "offer": {"family": "pitch", "effect": {"deal": 1}},
    "cross_sell_probe": {"family": "growth", "effect": {"bond": 1}},
    "needs": {"family": "discovery", "effect": {"bond": 1}, "step": {"visit": "needs"}},
    "letter": {"family": "contact", "effect": {"bond": 1}, "step": {"dialogue": "continue"}},
    "tailor": {
        "family": "earned",
        "effect": {"earned_procedural": 6},
        "step": {"idic": "customise"},
    },
}


@pytest.mark.parametrize("name", LESSONS)
def test_the_order_of_shipped_deeds_decides(name: str) -> None:
    lesson = LESSONS[name]
    offers = sorted({deed for turn in (*lesson.right, *lesson.wrong) for deed in turn})
    own = {deed: PROBES[deed] for deed in offers if deed in PROBES}
    rules = world(offers, {"ann": lesson.customer}, actions=own)

    def result(turns: Sequence[Sequence[str]]) -> float:
        return several(rules, *([("ann", deed) for deed in turn] for turn in turns)).now(
            lesson.meter
        )

    assert result(lesson.right) > result(lesson.wrong)


def test_before_an_offer_comes_the_reason_for_leaving() -> None:
    """Winning back: the same offer succeeds less often when nobody has asked why."""
    offers = ["ask_why", "paint_losses", "win_back_apology"]
    gone = {"status": "lapsed", "leave_reason": "service", "known": ["reason", "lock_in"]}
    rules = world(offers, {"ann": gone, "bob": {}})
    right = several(rules, *([("ann", deed)] for deed in offers)).chance("return")
    wrong = several(
        rules, *([("ann", deed)] for deed in reversed(offers[:2])), [("ann", offers[2])]
    )
    hasty = play(rules, ("ann", "win_back_apology"))
    assert right > wrong.chance("return") > 0
    assert right > hasty.chance("return") > 0


def test_last_words_tell_more_after_the_reason() -> None:
    """Somebody about to leave listens to what would be lost once asked why."""
    rules = world(["ask_why", "paint_losses"], {"ann": {"known": ["lock_in", "reason"]}})
    asked = several(rules, [("ann", "ask_why")], [("ann", "paint_losses")])
    blunt = several(rules, [], [("ann", "paint_losses")])
    assert asked.term("stay", "last_words") > blunt.term("stay", "last_words") > 0
    assert asked.chance("leave") < blunt.chance("leave")


# What the memory does ----------------------------------------------------------------------------


def test_a_step_that_comes_too_late_is_not_what_it_was() -> None:
    """Ask within a turn of the moment of liking, or the window has closed."""
    rules = world(
        ["phone", "benefit_talk", "proposal", "reminder", "asking"],
        {"ann": {"status": "prospect", "mood": "rising", "known": ["need", "motive"]}},
        actions={"asking": {"family": "pitch", "effect": {"deal": 1}, "step": {"aidmas": "ask"}}},
    )
    courtship = [[("ann", deed)] for deed in ("phone", "benefit_talk", "proposal", "reminder")]
    in_time = several(rules, *courtship, [("ann", "asking")])
    late = several(rules, *courtship, [], [("ann", "asking")])
    early = play(rules, ("ann", "asking"))
    assert in_time.badge("steps") == 1.25
    assert late.badge("steps") == 0.8
    assert early.badge("steps") == 0.4
    assert early.change("trust") == pytest.approx(-2)


def test_interest_asks_for_the_need() -> None:
    """Talking of benefits without knowing the need comes too early, whatever came before."""

    def talk(known: list[str]) -> float:
        rules = world(
            ["phone", "benefit_talk"],
            {"ann": {"status": "prospect", "mood": "rising", "known": known}},
        )
        return several(rules, [("ann", "phone")], [("ann", "benefit_talk")]).badge("steps")

    assert talk(["need"]) == 1.05
    assert talk([]) == 0.7


def test_a_position_that_nobody_follows_up_slips_back() -> None:
    """A saboteur who was heard and then forgotten has to be heard again; a file lasts."""
    offers = ["file", "admit_saboteur", "dissolve_prejudice", "green_channel", "data_analysis"]
    rules = world(offers, {"ann": {}})
    first = play(rules, ("ann", "file"), ("ann", "admit_saboteur"))

    def due(idle: int, deed: str) -> bool:
        turns: list[list[Deed]] = [[] for _ in range(idle)]
        return several(rules, *turns, [("ann", deed)], after=first.state).badge("due") > 0

    assert due(0, "green_channel")
    assert due(1, "green_channel")
    assert not due(2, "green_channel")
    assert due(6, "data_analysis")


def test_a_new_failure_starts_recovery_afresh() -> None:
    hurt = {"failure": 1, "failure_gap": 10, "voiced": True}
    rules = world(["listen", "compensate"], {"ann": hurt})
    place = list(PROTOCOLS).index("recovery")
    heard = play(rules, ("ann", "listen"))
    again = play(rules, ("ann", "listen"), fails=0.0)
    assert heard.state.position[0, 0, 0, place] == 1
    assert again.state.position[0, 0, 0, place] == 0


def test_a_strict_order_falls_back_to_its_start() -> None:
    """Guiding the complacent too early costs all the endurance so far."""
    rules = world(
        ["visit", "offer"], {"ann": {"mood": "complacent"}}, actions={"offer": PROBES["offer"]}
    )
    place = list(PROTOCOLS).index("complacent")
    endured = play(rules, ("ann", "visit"))
    spoilt = play(rules, ("ann", "visit"), ("ann", "offer"))
    assert endured.state.position[0, 0, 0, place] == 1
    assert spoilt.state.position[0, 0, 0, place] == 0
    assert spoilt.change("trust") < endured.change("trust")
    assert spoilt.term("satisfaction", "out_of_order") < 0


def test_a_mood_protocol_acts_in_its_mood_only() -> None:
    def steps(mood: str) -> float:
        rules = world(["offer"], {"ann": {"mood": mood}}, actions={"offer": PROBES["offer"]})
        return play(rules, ("ann", "offer")).badge("steps")

    assert steps("rising") == 1.0
    assert steps("falling") == 0.6
    assert steps("calm") == 0.9
    assert steps("complacent") == 0.5


def test_stirring_lifts_receptivity_towards_rising() -> None:
    rules = world(["stir", "offer"], {"ann": {"mood": "calm"}}, actions={"offer": PROBES["offer"]})
    cold = play(rules, ("ann", "offer"))
    warm = play(rules, ("ann", "stir"), ("ann", "offer"))
    assert cold.badge("mood") == 0.45
    assert warm.outcome.badges["mood"][1, 0, 0] == pytest.approx(0.45 + 0.7 * (1.3 - 0.45))


def test_guiding_at_the_right_time_may_turn_the_mood() -> None:
    rules = world(
        ["visit", "praise_advice", "offer"],
        {"ann": {"mood": "complacent"}},
        actions={"offer": PROBES["offer"]},
    )
    patience = [[("ann", "visit")], [], [("ann", "praise_advice")], [("ann", "offer")]]
    assert several(rules, *patience, shocks=0.59).now("mood") == 0
    assert several(rules, *patience, shocks=0.61).now("mood") == 3
    assert several(rules, [("ann", "offer")], shocks=0.59).now("mood") == 3
