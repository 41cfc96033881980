"""The expert minds the books: below zero, gone, and about to go (domain table 3.4)."""

from typing import Any

import numpy as np
import pytest

from sim.engine.observe import Observation, observe
from sim.engine.rules import Rules
from sim.engine.state import State
from sim.lab.expert import offer, plan
from sim.lab.valuation import price
from tests.engine.workshop import play, world
from tests.strategies import opening

BOOKS = ("reprice", "tier_service", "release", "visit")
BACK = ("ask_why", "paint_losses", "win_back_apology", "win_back_bundle")


def seen_in(rules: Rules, state: State | None = None) -> Observation:
    return observe(rules, opening(rules) if state is None else state)


def worth(rules: Rules, deed: str, who: str = "ann", state: State | None = None) -> float:
    """What the expert thinks a deed is worth, score points."""
    seen = seen_in(rules, state)
    found = offer(rules, seen, price(rules, seen)).worth
    return float(found[0, rules.customer_ids.index(who), rules.action_ids.index(deed)])


def books(**parts: Any) -> Rules:
    entry = {"purchases": 20, "satisfaction": 60, **parts}
    score = {"satisfaction": 0.5, "equity": 0.5}
    return world(BOOKS, {"ann": entry, "bob": {"purchases": 20}}, score=score)


def test_who_costs_more_than_is_brought_is_repriced_served_for_less_or_parted_with() -> None:
    dear, good = books(potential=0.5, service_cost=8), books(potential=2)
    for deed in ("reprice", "tier_service", "release"):
        assert worth(dear, deed) > worth(good, deed)
    assert worth(dear, "tier_service") > 0
    assert worth(dear, "release") > 0 > worth(good, "release")


@pytest.mark.parametrize("potential", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("count", [1, 40])
def test_the_firms_own_books_tell_what_a_customer_is_worth(potential: float, count: int) -> None:
    rules = books(potential=potential, count=count, service_cost=0.7)
    found = price(rules, seen_in(rules))
    assert not seen_in(rules).potential_known[0, 0]
    assert found.profit[0, 0] == pytest.approx(opening(rules).profit[0, 0], rel=1e-9)
    assert found.sales[0, 0] - found.service[0, 0] == pytest.approx(found.profit[0, 0])


def test_of_those_who_left_the_books_tell_it_as_well() -> None:
    gone = {"status": "lapsed", "leave_reason": "service", "purchases": 20, "satisfaction": 60}
    people = {"small": {**gone, "potential": 0.4}, "large": {**gone, "potential": 4}, "ann": {}}
    rules = world(BACK, people, score={"equity": 1})
    small, large = (worth(rules, "win_back_bundle", who) for who in ("small", "large"))
    assert large > small


def left(**parts: Any) -> Rules:
    gone = {"status": "lapsed", "leave_reason": "service", "purchases": 20, "satisfaction": 60}
    people = {"eve": {**gone, "potential": 3, **parts}, "ann": {}}
    return world(BACK, people, score={"equity": 1})


def test_an_offer_waits_until_the_reason_is_known_and_the_losses_are_shown() -> None:
    rules = left()
    asked = play(rules, ("eve", "ask_why"), learns=0.0)
    shown = play(rules, ("eve", "paint_losses"), after=asked.state)
    before, after = (worth(rules, "win_back_apology", "eve", at) for at in (None, shown.state))
    assert after > before
    assert worth(rules, "ask_why", "eve") > 0
    assert worth(rules, "ask_why", "eve") > worth(rules, "ask_why", "eve", asked.state)
    assert worth(rules, "paint_losses", "eve", asked.state) > worth(rules, "paint_losses", "eve")


def test_a_group_that_can_be_asked_once_only_is_not_asked_in_haste() -> None:
    one, many = left(), left(count=40, potential=3 / 40, service_cost=1 / 40)
    assert worth(many, "win_back_apology", "eve") < worth(one, "win_back_apology", "eve")


def test_a_return_that_will_not_last_is_worth_less() -> None:
    firm = price(left(), seen_in(left()))
    assert firm.ready[0, 0] > 0
    assert firm.ready[0, 1] == 0  # nobody to win back
    actions = {"loose": {"extends": "win_back_bundle", "effect": {"win_back": {"offer": 1.6}}}}
    frail = {"win_back": {"offer": 1.6, "frailty": -2}}
    brittle = {"loose": {**actions["loose"], "effect": frail}}
    people: dict[str, Any] = {"eve": {"status": "lapsed", "purchases": 20}, "ann": {}}
    ready = [
        price(rules, seen_in(rules)).ready[0, 0]
        for rules in (world(["loose"], people, actions=each) for each in (actions, brittle))
    ]
    assert ready[0] > ready[1] > 0


def test_last_words_are_worth_most_where_somebody_is_about_to_go() -> None:
    words = {"plea": {"family": "recovery", "effect": {"stay_shift": 0.5}}}
    people = {
        "ann": {"satisfaction": 30, "loyalty": 20, "purchases": 20},
        "bob": {"satisfaction": 85, "loyalty": 80, "purchases": 20},
    }
    rules = world(["plea"], people, actions=words, score={"equity": 1})
    assert worth(rules, "plea", "ann") > worth(rules, "plea", "bob") > 0
    assert np.isfinite(price(rules, seen_in(rules)).stream).all()


def test_being_seen_to_pay_for_staying_costs_with_those_who_hear_of_it() -> None:
    """As an action and as an answer, where customers do not stand side by side."""
    money = {"family": "value", "effect": {"stay_shift": 0.3, "bribe": True}}
    people: dict[str, Any] = {
        "ann": {"purchases": 20},
        "bob": {"purchases": 20, "ties": {"ann": 0.8}},
        "cy": {"purchases": 20, "ties": {"ann": 0.8}},
    }
    talk = {"who": "cy", "turn": 1, "responses": {"pay": money, "warm": {}, "cold": {}}}

    def told(precedent: float) -> Rules:
        return world(
            ["pay"],
            people,
            actions={"pay": money},
            encounters={"talk": talk},
            parameters={"tie_precedent": precedent},
            score={"equity": 0.5, "loyalty": 0.5},
        )

    assert worth(told(0.2), "pay") < worth(told(0.0), "pay")
    assert worth(told(0.2), "pay", "cy") == pytest.approx(worth(told(0.0), "pay", "cy"))
    assert plan(told(0.2), seen_in(told(0.2)))[2].shape == (1, 1)


def test_a_group_that_has_just_come_back_is_reckoned_by_what_it_used_to_bring() -> None:
    """It has brought nothing yet in the turn in which it returns."""
    rules = left(count=40, potential=3 / 40, service_cost=1 / 40)
    back = play(rules, ("eve", "win_back_apology"))
    assert back.told("returned", "eve")
    assert back.now("profit", "eve") == 0
    now, then = (price(rules, seen_in(rules, at)) for at in (back.state, None))
    each = now.profit[0, 0] / back.now("size", "eve")
    assert each == pytest.approx(then.profit[0, 0] / 40, rel=0.2)


def test_who_left_for_no_reason_of_ours_can_come_back() -> None:
    gone = {"leave_reason": "none", "known": ["reason"]}
    rules = left(**gone)
    assert price(rules, seen_in(rules)).ready[0, 0] > 0
