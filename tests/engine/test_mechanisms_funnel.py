"""Funnel zones, trust gate, last words, ladder of loyalty, promises with forfeits, newcomers."""

import numpy as np
import pytest

from sim.engine.rules import KINDS, Rules
from tests.engine.workshop import Played, everybody, play, several, value, world

LEAD = {"status": "prospect", "potential": 1}
ZONES = {"cooling_new": 0.07, "cooling_bottom": 0.15}


def cooled(parameters: dict[str, float], **entry: float) -> float:
    rules = world(["phone"], {"ann": {**LEAD, **entry}}, parameters=parameters)
    return -play(rules).term("deal", "cooling")


def test_the_bottom_of_the_funnel_cools_fastest_then_the_top() -> None:
    bottom = cooled(ZONES, deal_logit=0.5, contact=1)
    new = cooled(ZONES, deal_logit=-1.4)
    middle = cooled(ZONES, deal_logit=-1.4, contact=1)
    assert (bottom, new, middle) == pytest.approx((0.20, 0.12, 0.05))
    assert cooled({}, deal_logit=0.5) == cooled({}, deal_logit=-1.4) == 0.05


def test_a_lead_that_was_spoken_to_once_is_no_longer_new() -> None:
    rules = world(["phone"], {"ann": LEAD}, parameters=ZONES)
    assert several(rules, [("ann", "phone")], []).term("deal", "cooling") == pytest.approx(-0.05)


def gain(trust: float, style: str, gate: float) -> float:
    entry = {**LEAD, "trust": trust, "style": style}
    rules = world(["benefit_talk"], {"ann": entry}, parameters={"trust_gate": gate})
    return play(rules, ("ann", "benefit_talk")).term("deal", "action")


def test_first_the_person_then_the_goods() -> None:
    assert gain(90, "driver", 1) > gain(50, "driver", 1) > gain(10, "driver", 1) > 0
    assert gain(90, "driver", 0) == gain(10, "driver", 0)
    drop = {style: gain(25, style, 1) / gain(50, style, 1) for style in ("driver", "amiable")}
    assert drop == pytest.approx({"driver": 0.75, "amiable": 0.5})


def test_the_gate_stands_among_the_badges() -> None:
    rules = world(["benefit_talk"], {"ann": {**LEAD, "trust": 90}}, parameters={"trust_gate": 1})
    assert play(rules, ("ann", "benefit_talk")).badge("trust_gate") == pytest.approx(1.4)


def painted(known: list[str], **entry: float) -> float:
    rules = world(["paint_losses"], {"ann": {"known": known, **entry}})
    return play(rules, ("ann", "paint_losses")).term("stay", "last_words")


def test_losses_are_shown_as_far_as_the_file_knows_them() -> None:
    tied = {"bond": 30, "earned_procedural": 20}
    assert painted(["lock_in"], **tied) > painted(["lock_in"], bond=10) > 0
    assert painted([], **tied) == 0
    everything = {"bond": 90, "earned_procedural": 90, "earned_financial": 90}
    assert painted(["lock_in"], **everything) == pytest.approx(0.9)


def test_who_is_let_go_with_grace_comes_back_more_easily() -> None:
    def back(*last_words: tuple[str, str]) -> float:
        rules = world(["let_go", "win_back_apology"])
        gone = play(rules, *last_words, leaves=0.0).state
        same = everybody(gone, trust=40.0)
        return play(rules, ("ann", "win_back_apology"), after=same).chance("return")

    assert back(("ann", "let_go")) > back()


def test_the_door_closes_behind_somebody_who_has_returned() -> None:
    rules = world(["let_go", "win_back_apology"])
    gone = play(rules, ("ann", "let_go"), leaves=0.0)
    assert gone.now("door") == pytest.approx(0.6)
    back = play(rules, ("ann", "win_back_apology"), after=gone.state, returns=0.0)
    assert back.told("returned")
    assert back.now("door") == 0


LADDER = {"ladder_margin": 0.04, "ladder_cost_new": 0.1, "ladder_cost_step": 0.05}


@pytest.mark.parametrize(
    ("purchases", "loyalty", "margin", "cost"),
    [(1, 50, 1, 1.1), (3, 50, 1.04, 1), (8, 50, 1.08, 0.95), (8, 80, 1.12, 0.9)],
)
def test_each_step_of_the_ladder_brings_more_and_costs_less(
    purchases: int, loyalty: float, margin: float, cost: float
) -> None:
    entry = {"purchases": purchases, "loyalty": loyalty}
    plain, climbed = (
        play(world(["visit"], {"ann": entry}, parameters=parameters)) for parameters in ({}, LADDER)
    )
    serve = plain.rules.parameters.serve_cost
    sales = plain.now("profit") + serve
    assert climbed.now("profit") == pytest.approx(sales * margin - serve * cost)


def promised(kind: str, *, kept: bool, delay: float = 0.0) -> Played:
    rules = world([kind])
    made = play(rules, ("ann", kind))
    uniform = np.full((1, 1), delay)
    return play(rules, after=made.state, keeps=0.0 if kept else 1.0, delays=uniform)


def test_a_broken_promise_that_pays_for_itself_hurts_less() -> None:
    hard = promised("promise_hard", kept=False)
    paid = [promised("promise_ladder", kept=False, delay=delay) for delay in (0.1, 0.5, 0.9)]
    lost = [-each.term("satisfaction", "promise") for each in (hard, *paid)]
    assert sorted(lost, reverse=True) == lost
    assert lost[-1] > 0
    faith = [-each.term("trust", "promise_broken") for each in (hard, *paid)]
    assert sorted(faith, reverse=True) == faith
    spent = [each.state.spent[0] - each.before.spent[0] for each in (hard, *paid)]
    assert spent == [0, 2, 5, 15]


def test_a_kept_promise_pays_nothing_and_is_kept_as_often() -> None:
    hard, ladder = (promised(f"promise_{kind}", kept=True) for kind in ("hard", "ladder"))
    assert ladder.state.spent[0] == ladder.before.spent[0]
    assert ladder.term("satisfaction", "promise") == hard.term("satisfaction", "promise") > 0
    assert ladder.now("expectation") == hard.now("expectation")


def found(*how: str) -> tuple[Rules, Played]:
    unborn = {f"new{number}": {"status": "unborn"} for number in range(4)}
    rules = world([*how], {"ann": {}, **unborn})
    return rules, play(rules, market=how)


def test_each_way_of_prospecting_brings_its_own_kind_of_lead() -> None:
    rules, played = found("prospect_door", "prospect_introduction")
    first, second, third, none = (
        {name: value(rules, getattr(played.state, name), f"new{number}") for name in _TERMS}
        for number in range(4)
    )
    assert first == second == {"deal_logit": -1.8, "frailty_shift": 0, "contact": 1.3, "status": 1}
    assert third == {"deal_logit": -0.6, "frailty_shift": 0.2, "contact": 0, "status": 1}
    assert none["status"] == 0


_TERMS = ("deal_logit", "frailty_shift", "contact", "status")


def test_what_consultants_know_of_a_lead_comes_with_it() -> None:
    rules, played = found("prospect_consulting")
    told = played.state.known[0, rules.customer_ids.index("new0"), 0]
    assert {KINDS[kind] for kind in np.flatnonzero(told)} == {"need", "background", "situation"}
    assert not played.state.known[0, rules.customer_ids.index("new1")].any()
