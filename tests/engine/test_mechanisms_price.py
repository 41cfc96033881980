"""What price means to whom, and what help and gifts do: N3, D1 and D2, each against its absence."""

from typing import Any

import numpy as np
import pytest

from tests.engine.workshop import Played, play, several, value, world

SLOPE = {"rival_price_slope": 10}
PUSH = {"push_driver": 0.8, "push_analytical": 1.4, "push_expressive": 0.8, "push_amiable": 1.3}
CUT: dict[str, Any] = {"family": "value", "hours": 1, "effect": {"discount": 0.1}}
SERVE: dict[str, Any] = {"family": "service", "hours": 1, "effect": {"quality": 5}}
SHOW: dict[str, Any] = {"family": "value", "hours": 1, "effect": {"price_shift": -0.2}}


def buyer(orientation: str, action: dict[str, Any], **customer: Any) -> Played:
    rules = world(["do"], {"ann": {"orientation": orientation, **customer}}, actions={"do": action})
    return play(rules, ("ann", "do"))


def test_who_buys_by_price_feels_a_price_cut_most_and_service_least() -> None:
    cut = [buyer(one, CUT).term("satisfaction", "price") for one in ("value", "composite", "price")]
    served = [
        buyer(one, SERVE).term("satisfaction", "action.0")
        for one in ("price", "composite", "value")
    ]
    assert cut[0] < cut[1] < cut[2]
    assert cut[2] == pytest.approx(1.5 * cut[1])
    assert served[0] < served[1] < served[2]


def test_a_deed_that_shows_value_makes_price_weigh_less_and_habit_makes_it_weigh_again() -> None:
    rules = world(["show"], {"ann": {"orientation": "price"}}, actions={"show": SHOW})
    shown = play(rules, ("ann", "show"))
    later = several(rules, [], [], after=shown.state)
    assert shown.change("price_weight") < -0.05
    assert shown.now("price_weight") < later.now("price_weight") < 1.5


def war(orientation: str, **parts: Any) -> Played:
    event = {"turn": 2, "effect": {"rival_price": -0.12, "rival_turns": 2}}
    rules = world(
        ["show"],
        {"ann": {"orientation": orientation}},
        actions={"show": SHOW},
        events={"war": event},
        **parts,
    )
    return several(rules, [], [])


def test_a_cheaper_rival_pulls_those_who_look_at_prices() -> None:
    price, value_buyer = (war(one, parameters=SLOPE) for one in ("price", "value"))
    pull = price.term("stay", "rival_price")
    assert pull < value_buyer.term("stay", "rival_price") < 0.0
    assert pull == pytest.approx(-0.6 * 10 * 1.5 * 0.12)
    assert price.chance("leave") > war("price").chance("leave")


def test_a_price_war_ends_when_its_turns_are_over() -> None:
    first = war("price", parameters=SLOPE)
    over = several(first.rules, [], [], after=first.state)
    assert float(first.state.rival_price[0]) == pytest.approx(0.88)
    assert float(over.state.rival_price[0]) == 1.0
    assert over.term("stay", "rival_price") == 0.0


def test_a_deal_recedes_once_from_who_cannot_pay_and_small_packs_bring_it_back() -> None:
    small = {"family": "pitch", "hours": 1, "effect": {"outlay": 0.5}}
    rules = world(
        ["small"],
        {"ann": {"status": "prospect", "budget": 0.8}, "bob": {"status": "prospect"}},
        actions={"small": small},
    )
    first = play(rules)
    second = play(rules, after=first.state)
    packed = play(rules, ("ann", "small"), after=first.state)
    lack = first.term("deal", "ability_to_pay")
    assert lack == pytest.approx(-2 * (1 / 0.8 - 1))
    assert first.term("deal", "ability_to_pay", "bob") == 0.0
    assert second.term("deal", "ability_to_pay") == 0.0
    assert packed.term("deal", "ability_to_pay") == pytest.approx(-lack)
    moved = sum(value(rules, part) for part in first.outcome.terms["deal"].values())
    assert first.change("deal_logit") == pytest.approx(moved)


def met(style: str, push: float, **parameters: float) -> float:
    call = {"family": "contact", "hours": 1, "contacts": 2, "push": push}
    rules = world(
        ["call"], {"ann": {"style": style}}, actions={"call": call}, parameters=parameters
    )
    return play(rules, ("ann", "call")).now("contact")


def test_pushing_weighs_more_and_most_on_the_careful_and_the_kind() -> None:
    assert met("driver", 0.5) < met("driver", 1.0) < met("driver", 1.5)
    assert met("driver", 1.0) == met("amiable", 1.0)
    usual, pushed, gentle = (
        [met(style, push, **PUSH) for style in ("driver", "amiable", "analytical")]
        for push in (1.0, 1.5, 0.5)
    )
    assert len(set(usual)) == 1
    assert pushed == sorted(pushed)
    assert gentle == sorted(gentle, reverse=True)


def helped(mood: str, **effect: Any) -> Played:
    deed = {"family": "portfolio", "hours": 1, "effect": {"bond": 4, **effect}}
    rules = world(["do"], {"ann": {"mood": mood}}, actions={"do": deed})
    return play(rules, ("ann", "do"))


def test_charcoal_in_the_snow() -> None:
    usual, snow = helped("falling"), helped("falling", help=True)
    proud = helped("complacent", help=True)
    assert snow.term("bond", "attention") == pytest.approx(1.6 * usual.term("bond", "attention"))
    assert snow.term("trust", "action") == usual.term("trust", "action") + 2.0
    assert proud.term("bond", "attention") < helped("complacent").term("bond", "attention")
    assert helped("calm", help=True).term("trust", "action") == 0.0


def test_a_thing_of_value_ties_half_as_much_and_is_expected_next_time() -> None:
    attention, gift = helped("calm"), helped("calm", material=True)
    assert gift.term("bond", "attention") == pytest.approx(
        0.5 * attention.term("bond", "attention")
    )
    assert gift.change("expectation") == pytest.approx(attention.change("expectation") + 1.0)


def test_who_was_cared_for_forgets_more_slowly() -> None:
    usual, cared = helped("calm"), helped("calm", care=True)
    later = [several(each.rules, *([[]] * 8), after=each.state) for each in (usual, cared)]
    assert cared.now("bond") == usual.now("bond")
    assert later[1].now("bond") > later[0].now("bond") * 1.05
    assert later[1].now("cared") == 0.0
    fading = [play(each.rules, after=each.state).term("bond", "fading") for each in later]
    assert fading[1] / later[1].now("bond") == pytest.approx(fading[0] / later[0].now("bond"))


def test_nothing_is_otherwise_where_nobody_opts_in() -> None:
    plain, opted = buyer("composite", SERVE), buyer("composite", {**SERVE, "push": 1})
    for name, values in vars(plain.state).items():
        if isinstance(values, np.ndarray):
            assert np.array_equal(values, getattr(opted.state, name)), name
