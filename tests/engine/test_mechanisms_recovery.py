"""What becomes of a failure: voice or silence, and how well it is made good (E13-E15)."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.engine.workshop import Played, play, several, world

STEPS = ("listen", "calm_down", "take_his_side")
HURT: dict[str, Any] = {"failure": 1, "failure_gap": 20, "voiced": True, "satisfaction": 45}


def complaint(*deeds: str, customer: dict[str, Any] | None = None, **chance: Any) -> Played:
    """One turn with an open complaint of a mild failure."""
    offers = [
        *STEPS,
        *("act_fast", "compensate_half", "compensate", "compensate_generous", "compensate_lavish"),
        *("root_cause", "survey"),
    ]
    rules = world(offers, {"ann": {**HURT, **(customer or {})}})
    return play(rules, *(("ann", deed) for deed in deeds), **chance)


def made_good(played: Played) -> float:
    """Points of satisfaction that the handling brought."""
    return sum(
        played.term("satisfaction", name)
        for name in (
            "compensation",
            "being_heard",
            "speed",
            "second_failure",
            "surprise",
            "too_late",
        )
    )


# Handling -----------------------------------------------------------------------------------------


def test_a_complaint_that_is_handled_heals_and_one_that_is_ignored_festers() -> None:
    handled, ignored = complaint(*STEPS, "compensate"), complaint()
    assert made_good(handled) > 0 == made_good(ignored)
    assert handled.term("satisfaction", "ignored") == 0 > ignored.term("satisfaction", "ignored")
    assert handled.term("trust", "recovery") > 0 > ignored.term("trust", "ignored")
    assert handled.chance("leave") < ignored.chance("leave")


@pytest.mark.parametrize(
    ("deed", "term"),
    [("listen", "being_heard"), ("compensate", "compensation"), ("act_fast", "speed")],
)
def test_each_kind_of_justice_has_its_deed(deed: str, term: str) -> None:
    assert complaint(deed).term("satisfaction", term) > 0 == complaint().term("satisfaction", term)


def test_being_heard_counts_by_thirds() -> None:
    """Listening, calming and taking their side, each as far as it is received, a third each."""
    one, two, three = (
        complaint(*STEPS[:count]).term("satisfaction", "being_heard") for count in (1, 2, 3)
    )
    assert two == pytest.approx(2 * one)
    assert three == pytest.approx(3 * one)


def test_fair_compensation_is_best_and_lavish_compensation_a_bribe() -> None:
    """Half the loss, the loss, one and a half times the loss, two and a half times."""
    names = ("compensate_half", "compensate", "compensate_generous", "compensate_lavish")
    half, whole, more, lavish = (
        complaint(*STEPS, name).term("satisfaction", "compensation") for name in names
    )
    assert half < whole < more
    assert lavish < more
    assert more - whole < whole - half, "and beyond the loss it brings little"


def test_help_at_once_repairs_more_than_help_later() -> None:
    rules = world(["act_fast"], {"ann": HURT})
    fast = [("ann", "act_fast")]
    at_once = several(rules, fast).term("satisfaction", "speed")
    next_turn = several(rules, [], fast).term("satisfaction", "speed")
    later = several(rules, [], [], fast).term("satisfaction", "speed")
    assert at_once > next_turn > later > 0


def test_an_answer_too_small_to_matter_does_harm() -> None:
    """A calming word and nothing else, to somebody whom nobody has listened to."""
    rules = world(
        ["mumble"],
        {"ann": HURT},
        actions={"mumble": {"family": "recovery", "effect": {"listening": 0.2}}},
    )
    mumbled = play(rules, ("ann", "mumble"))
    assert mumbled.term("satisfaction", "too_late") < 0
    assert made_good(mumbled) < 0


def excellent(severe: float, order: Sequence[str], customer: dict[str, Any]) -> Played:
    """A failure, answered at once with everything that can be done."""
    rules = world([*STEPS, "mend"], {"ann": customer}, actions={"mend": MEND})
    hurt = play(rules, fails=0.0, severe=severe)
    return play(rules, *(("ann", deed) for deed in order), after=hurt.state)


def test_an_excellent_answer_to_a_first_mild_failure_surprises() -> None:
    """The narrow recovery paradox: complete, in order and at once."""
    order = [*STEPS, "mend"]
    assert excellent(0.9, order, {}).term("satisfaction", "surprise") == pytest.approx(5)
    assert excellent(0.9, order[::-1], {}).term("satisfaction", "surprise") == 0
    assert excellent(0.9, order[1:], {}).term("satisfaction", "surprise") == 0
    assert excellent(0.1, order, {}).term("satisfaction", "surprise") == 0, "severe"
    assert excellent(0.9, order, {"failures": 2}).term("satisfaction", "surprise") == 0, "not first"


MEND: dict[str, Any] = {
    "family": "recovery",
    "effect": {"compensation": 1.5, "speed": 1},
    "step": {"recovery": "act"},
}


def test_a_second_failure_undoes_part_of_any_recovery() -> None:
    once = complaint(*STEPS, "compensate")
    offers = [*STEPS, "compensate"]
    rules = world(offers, {"ann": {"failures": 1, "satisfaction": 60}})
    hurt = play(rules, fails=0.0, severe=0.9)
    twice = play(rules, *(("ann", deed) for deed in offers), after=hurt.state)
    assert twice.term("satisfaction", "second_failure") < 0
    assert once.term("satisfaction", "second_failure") == 0


def test_handling_may_go_on_over_turns_but_loses_by_it() -> None:
    """Two steps now and two next turn: each counts once, and the later ones find less to heal."""
    rules = world([*STEPS, "compensate"], {"ann": HURT})
    together = play(rules, *(("ann", deed) for deed in (*STEPS, "compensate")))
    first = play(rules, ("ann", "listen"), ("ann", "calm_down"))
    second = play(rules, ("ann", "take_his_side"), ("ann", "compensate"), after=first.state)
    assert made_good(first) > 0
    assert made_good(second) > 0
    assert made_good(first) + made_good(second) < made_good(together)
    assert second.now("failure") == 0, "and then the matter is closed"


def test_removing_the_cause_makes_the_memory_of_failures_shorter() -> None:
    hurt = {"failures": 2}
    treated, soothed = (complaint("listen", *more, customer=hurt) for more in (["root_cause"], []))
    assert treated.now("failures") < soothed.now("failures")
    later = play(treated.rules, after=treated.state)
    assert later.chance("failure") < play(soothed.rules, after=soothed.state).chance("failure")


# Voice and silence --------------------------------------------------------------------------------


def test_open_channels_let_people_complain() -> None:
    rules = world(["survey", "open_channels"])
    fails: dict[str, Any] = {"fails": 0.0, "voice": 0.5}
    opened = play(rules, market=["open_channels"])
    asked = play(rules, ("ann", "survey"), **fails)
    silent = play(rules, **fails)
    heard = play(rules, after=opened.state, **fails)
    assert heard.chance("voice") > silent.chance("voice")
    assert asked.chance("voice") > silent.chance("voice")


def test_voice_grows_with_trust_and_with_how_bad_it_was() -> None:
    def voice(trust: float, severe: float) -> float:
        return play(world(["visit"], {"ann": {"trust": trust}}), fails=0.0, severe=severe).chance(
            "voice"
        )

    assert voice(80, 0.9) > voice(20, 0.9)
    assert voice(50, 0.1) > voice(50, 0.9)


def test_the_silent_cannot_be_ignored_aloud() -> None:
    """Trust falls when a complaint is ignored; a failure nobody voiced still costs satisfaction."""
    voiced, silent = complaint(), complaint(customer={"voiced": False})
    assert voiced.term("trust", "ignored") < 0 == silent.term("trust", "ignored")
    assert silent.term("satisfaction", "ignored") < 0


def test_a_failure_left_alone_is_past_in_the_end() -> None:
    rules = world(["listen"], {"ann": HURT})
    played = several(rules, *([[]] * 8))
    assert played.now("failure") == 0
    assert played.now("failure_gap") == 0
