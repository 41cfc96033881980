"""What customers value, how they first saw us, and what suits whom: N10, N4, D3 and D8."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.observe import observe
from sim.engine.rules import TOUCHPOINTS
from sim.engine.state import Status
from sim.engine.step import step
from tests.engine.workshop import Played, choose, play, quiet, several, value, world
from tests.strategies import opening

LENS = {"lens_weight": 0.15, "lens_gap": 13.5}
CAPS = {
    "level_cap_brand": 55,
    "level_cap_distant": 70,
    "service_cap_poor": 50,
    "service_cap_standard": 60,
    "service_cap_quality": 75,
}
CARE: dict[str, Any] = {"money": 10, "hours": 1, "effect": {"factors": {"care": 10}}}


# Factors of value (N10) ---------------------------------------------------------------------------


def invested(turns: int, **values: Any) -> Played:
    rules = world(["invest"], {"ann": values, "bob": {}}, market_actions={"invest": CARE})
    first = play(rules, market=["invest"])
    return several(rules, *([[]] * turns), after=first.state)


def test_an_investment_reaches_those_who_value_what_it_betters() -> None:
    late = invested(3, values={"care": 3, "product": 1})
    assert late.term("satisfaction", "value_profile") > late.term(
        "satisfaction", "value_profile", "bob"
    )
    assert late.term("satisfaction", "value_profile", "bob") > 0.0
    assert invested(2).term("satisfaction", "value_profile") == 0.0, "it takes time to arrive"
    blind = invested(3, values={"product": 1})
    assert blind.term("satisfaction", "value_profile") == 0.0


def test_an_event_may_spoil_one_factor() -> None:
    event = {"turn": 2, "effect": {"factors": {"communication": -10}}}
    rules = world(["visit"], {"ann": {"values": {"communication": 1}}}, events={"gag": event})
    assert several(rules, [], []).term("satisfaction", "value_profile") < 0.0


# Touchpoints (N10) --------------------------------------------------------------------------------


def test_every_failure_falls_on_a_touchpoint_and_most_on_delivery() -> None:
    rules = world(["visit"])
    found = [
        int(told(rules, uniform).outcome.touchpoint[0, 0]) for uniform in np.linspace(0, 0.999, 50)
    ]
    assert set(found) == set(range(1, 9))
    often = max(set(found), key=found.count)
    assert TOUCHPOINTS[often - 1] == "delivery"
    assert play(rules).outcome.touchpoint[0, 0] == 0


def told(rules: Any, uniform: float) -> Played:
    """A turn in which something fails, its touchpoint by a given draw."""
    draws = quiet(rules, fails=0.0)
    delivery = draws.delivery.copy()
    delivery[..., 3] = uniform
    before = opening(rules)
    after, outcome = step(rules, before, choose(rules), replace(draws, delivery=delivery))
    return Played(rules, before, after, outcome)


def test_prevention_works_where_it_is_done() -> None:
    def chance(touchpoint: str | None) -> float:
        effect = {"failure_rate": 0.5, **({"touchpoint": touchpoint} if touchpoint else {})}
        action = {"money": 1, "hours": 1, "effect": effect}
        rules = world(["mend"], market_actions={"mend": action})
        return play(rules, after=play(rules, market=["mend"]).state).chance("failure")

    usual = play(world(["visit"])).chance("failure")
    assert chance(None) == pytest.approx(usual * 0.5)
    assert chance("delivery") == pytest.approx(usual * (1 - 0.5 * 0.22))
    assert chance("learning") == pytest.approx(usual * (1 - 0.5 * 0.08))


def test_a_deed_may_guard_one_touchpoint_of_one_customer() -> None:
    check = {
        "family": "service",
        "hours": 1,
        "touchpoint": "after_sales",
        "effect": {"failure_factor": 0, "failure_turns": 2},
    }
    rules = world(["check"], {"ann": {}, "bob": {}}, actions={"check": check})
    guarded = several(rules, [("ann", "check")], [])
    over = several(rules, [], [], after=guarded.state)
    assert guarded.chance("failure") == pytest.approx(0.8 * guarded.chance("failure", "bob"))
    assert over.chance("failure") == over.chance("failure", "bob")


def tired(style: str, **more: Any) -> float:
    form = {"family": "service", "hours": 1, "effort": 2}
    rules = world(["form"], {"ann": {"style": style}, **more}, actions={"form": form})
    return play(rules, ("ann", "form")).term("satisfaction", "time_effort")


def test_their_own_time_is_dearest_to_drivers_and_to_the_most_valuable() -> None:
    costs = [tired(style) for style in ("driver", "expressive", "analytical", "amiable")]
    assert costs == sorted(costs)
    assert costs[-1] < 0.0
    # Alone, ann is the first of one; beside a larger customer she is ordinary.
    others = {f"b{index}": {"potential": 3} for index in range(8)}
    assert tired("driver", **others) > costs[0]


# First impression (N4) ----------------------------------------------------------------------------

MEET: dict[str, Any] = {"family": "contact", "hours": 1, "contacts": 1, "tones": True}
READY: dict[str, Any] = {"family": "discovery", "hours": 0.25, "preparation": 2}
PITCH: dict[str, Any] = {"family": "pitch", "hours": 1, "effect": {"deal": 1}}


def meeting(*deeds: tuple[str, ...], tools: bool = False, **parameters: float) -> Played:
    kit = {"money": 10, "hours": 1, "effect": {"tools": True}}
    rules = world(
        ["meet", "ready", "pitch", "kit"],
        {"ann": {"status": "prospect"}},
        actions={"meet": MEET, "ready": READY, "pitch": PITCH},
        market_actions={"kit": kit},
        parameters=parameters or LENS,
    )
    before = play(rules, market=["kit"] if tools else []).state
    return play(rules, *deeds, after=before)


def test_preparation_tools_and_manner_make_the_first_impression() -> None:
    cold = meeting(("ann", "meet"))
    ready = meeting(("ann", "ready"), ("ann", "meet"))
    equipped = meeting(("ann", "meet"), tools=True)
    suited, clashing = (meeting(("ann", "meet", tone)) for tone in ("driver", "amiable"))
    assert cold.now("lens") == pytest.approx(-0.3)
    assert ready.now("lens") == pytest.approx(0.0)
    assert equipped.now("lens") == pytest.approx(-0.2)
    assert clashing.now("lens") < cold.now("lens") < suited.now("lens")


def test_one_meets_for_the_first_time_only_once() -> None:
    cold = meeting(("ann", "meet"))
    late = several(
        cold.rules,
        [("ann", "ready"), ("ann", "meet", "driver")],
        after=cold.state,
    )
    assert late.now("lens") == pytest.approx(cold.now("lens"), abs=0.05)
    assert late.state.met.all()


def test_the_first_impression_helps_or_hinders_what_comes_later() -> None:
    gains = []
    for deeds in ([("ann", "meet")], [("ann", "ready"), ("ann", "meet")]):
        first = meeting(*deeds)
        later = play(first.rules, ("ann", "pitch"), after=first.state)
        gains.append(later.term("deal", "action"))
        assert later.badge("first_impression") == pytest.approx(1 + 0.15 * first.now("lens"))
    assert gains[0] < gains[1]


def test_the_first_impression_colours_a_clear_gap() -> None:
    def gap(impression: float, fit: float) -> float:
        customer = {"impression": impression, "personal_fit": fit}
        rules = world(["visit"], {"ann": customer}, parameters=LENS)
        return play(rules).term("satisfaction", "first_impression")

    assert gap(-1, -20) < gap(-1, 0) <= 0.0 <= gap(1, 0) < gap(1, -20)


def test_experience_corrects_the_picture_and_serving_the_motive_opens_it() -> None:
    appeal = {**PITCH, "appeal": {"fame": 1}}
    rules = world(
        ["appeal"],
        {
            "ann": {"impression": -0.5, "motives": {"fame": 1}, "known": ["motive"]},
            "bob": {"impression": -0.5, "motives": {"fame": 1}},
            "eve": {"impression": -0.5, "personal_fit": 25},
        },
        actions={"appeal": appeal},
        parameters=LENS,
    )
    played = play(rules, ("ann", "appeal"), ("bob", "appeal"))
    assert played.change("lens") > 0.3, "a known motive was served"
    assert abs(played.change("lens", "bob")) < 0.05, "a guess opens nothing"
    assert played.change("lens", "eve") > played.change("lens", "bob")


def test_no_impression_is_made_where_none_is_asked_for() -> None:
    first = meeting(("ann", "ready"), ("ann", "meet"), lens_weight=0.0)
    assert first.now("lens") == 0.0
    assert not first.state.met.any()
    assert "first_impression" not in first.outcome.terms["satisfaction"]


# Tiers and kinds of service (D3) ------------------------------------------------------------------


def served(kind: str | None) -> Played:
    deed = {"family": "service", "hours": 1, "service": kind, "effect": {"quality": 4}}
    customers = {"ann": {"potential": 4}, "bob": {"potential": 2}}
    customers |= {f"c{index}": {"potential": 1} for index in range(10)}
    rules = world(["do"], customers, actions={"do": {k: v for k, v in deed.items() if v}})
    return play(rules, *((name, "do") for name in customers))


def test_personal_service_suits_the_few_and_standard_service_the_many() -> None:
    plain, standard, personal = (served(kind) for kind in (None, "standard", "personal"))
    for name, liked, disliked in (
        ("ann", personal, standard),
        ("bob", personal, standard),
        ("c9", standard, personal),
    ):
        better, worse, usual = (
            each.term("satisfaction", "action.0", name) for each in (liked, disliked, plain)
        )
        assert worse < better
        assert worse < usual <= better
    assert standard.badge("tier") == pytest.approx(0.7)
    assert standard.badge("tier", "c9") == 1.0


# Ceilings of loyalty (D8) -------------------------------------------------------------------------

FOND: dict[str, Any] = {"satisfaction": 80, "trust": 80, "loyalty": 75, "personal_fit": 12}


def loyal(bond: float, deeds: int = 0, parameters: dict[str, Any] | None = None) -> Played:
    foresee = {"family": "service", "hours": 1, "effect": {"anticipates": True}}
    rules = world(
        ["ahead"],
        {"ann": {**FOND, "bond": bond}},
        actions={"ahead": foresee},
        parameters=CAPS if parameters is None else parameters,
    )
    return several(rules, *([[("ann", "ahead")]] * deeds or [[]]))


def test_without_a_closer_relation_loyalty_stops_at_a_ceiling() -> None:
    free, stranger = loyal(5, parameters={"noise": 4}), loyal(5, 1)
    assert stranger.now("loyalty") < free.now("loyalty")
    assert stranger.term("loyalty", "level_cap") < 0.0
    assert "level_cap" not in free.outcome.terms["loyalty"]
    moved = sum(value(stranger.rules, part) for part in stranger.outcome.terms["loyalty"].values())
    assert moved == pytest.approx(stranger.change("loyalty"))


def test_only_attentive_service_and_an_intimate_relation_lift_it() -> None:
    plain, attentive, intimate = loyal(65), loyal(40, 1), loyal(65, 1)
    assert plain.now("loyalty") < attentive.now("loyalty") < intimate.now("loyalty")
    assert intimate.term("loyalty", "level_cap") == 0.0
    over = several(intimate.rules, [], [], [], after=intimate.state)
    assert over.term("loyalty", "level_cap") < 0.0, "attention is soon forgotten"


def test_only_active_customers_are_ranked() -> None:
    played = served("personal")
    gone = played.state.status.copy()
    gone[0, 0] = int(Status.LAPSED)
    seen = observe(played.rules, replace(played.state, status=gone))
    assert seen.tier[0].tolist() == [2, 0, 1, 1, *[2] * 8]
