"""What a customer lives through: contact, price, expectation, promises, quality and failures."""

from typing import Any

import pytest

from sim.engine.state import Stage
from tests.engine.workshop import Deed, Played, play, several, world

CALL: Any = {"call": {"family": "contact", "contacts": 1, "effect": {"bond": 0.5}}}


# Contact (E4, E19) --------------------------------------------------------------------------------


def months_of(calls: int, months: int = 6) -> Played:
    """So many calls a month to a customer of the second stage."""
    names = [f"call{number}" for number in range(calls)]
    rules = world(
        names or ["visit"],
        {"ann": {"purchases": 1, "bond": 30, "trust": 20}},
        actions=dict.fromkeys(names, CALL["call"]),
    )
    return several(rules, *([[("ann", name) for name in names]] * months))


def test_two_contacts_a_month_kept_up_irritate_and_one_does_not() -> None:
    """The threshold of a customer in exploration (stage 1)."""
    once, twice = months_of(1), months_of(2)
    assert once.now("stage") == twice.now("stage") == Stage.EXPLORATION
    assert once.told("over_contact") == 0.0 == once.term("satisfaction", "over_contact")
    assert twice.told("over_contact") > 0.0 > twice.term("satisfaction", "over_contact")
    assert twice.term("bond", "pestering") < 0.0


def test_more_contact_helps_up_to_a_point() -> None:
    """There is a best number of calls, between none and as many as one can make."""
    played = [months_of(calls) for calls in range(5)]
    leaving = [each.chance("leave") for each in played]
    assert 0 < leaving.index(min(leaving)) < 4
    satisfied = [each.now("satisfaction") for each in played]
    assert satisfied == sorted(satisfied, reverse=True)
    assert satisfied[1] > satisfied[4]


def test_those_who_are_closer_stand_more_contact() -> None:
    def over(stage: dict[str, float]) -> float:
        names = ["call0", "call1", "call2"]
        rules = world(names, {"ann": stage}, actions=dict.fromkeys(names, CALL["call"]))
        return play(rules, *(("ann", name) for name in names)).told("over_contact")

    new = over({"purchases": 0})
    committed = over({"purchases": 5, "trust": 80, "loyalty": 80, "bond": 60, "satisfaction": 80})
    assert new > committed


# Price (E5, E6, E24) ------------------------------------------------------------------------------


def after_discounts(turns: int) -> Played:
    """So many turns at 30 % off, then one at the usual price."""
    rules = world(["cut"], actions={"cut": {"family": "value", "effect": {"discount": 0.3}}})
    return several(rules, *([[("ann", "cut")]] * turns), [])


def test_a_discount_pleases_now_and_spoils_the_usual_price() -> None:
    rules = world(["discount_deep"])
    cut, usual = play(rules, ("ann", "discount_deep")), play(rules)
    assert cut.now("satisfaction") > usual.now("satisfaction")
    assert cut.now("reference_price") < 1.0
    spoilt = after_discounts(2)
    assert spoilt.term("satisfaction", "price") < 0.0
    assert after_discounts(0).term("satisfaction", "price") == 0.0


def test_a_return_to_the_old_price_hurts_more_than_the_cut_pleased() -> None:
    rules = world(["discount"], {"ann": {"reference_price": 1}})
    cheap = world(["discount"], {"ann": {"reference_price": 0.85}})
    pleased = play(rules, ("ann", "discount")).term("satisfaction", "price")
    hurt = play(cheap).term("satisfaction", "price")
    assert -hurt > 1.5 * pleased > 0.0


def test_discounts_make_dependent_and_the_dependent_leave() -> None:
    kept = [after_discounts(turns) for turns in (0, 1, 3)]
    habits = [played.now("dependence") for played in kept]
    assert habits == sorted(habits)
    assert habits[0] == 0.0
    rival = [played.term("stay", "rival") for played in kept]
    assert rival == sorted(rival, reverse=True)
    assert kept[2].term("loyalty", "discount_habit") < 0.0
    assert kept[2].chance("leave") > kept[0].chance("leave")


def test_a_discount_costs_margin_at_once() -> None:
    rules = world(["discount"], {"ann": {"potential": 2}})
    cut, usual = play(rules, ("ann", "discount")), play(rules)
    assert cut.now("profit") < usual.now("profit")


def test_a_higher_price_earns_more_and_pleases_less() -> None:
    raised = several(world(["reprice"]), [("ann", "reprice")], [])
    same = several(world(["reprice"]), [], [])
    assert raised.now("price_factor") == pytest.approx(1.15)
    assert raised.now("profit") > same.now("profit")
    assert raised.now("satisfaction") < same.now("satisfaction")
    assert raised.now("dependence") == 0.0, "a customer's own list price is not a discount"


def test_cheaper_service_saves_money_and_tires_the_customer() -> None:
    rules = world(["tier_service", "tier_vip"])
    usual, own, vip = (
        play(rules, *deeds) for deeds in ([], [("ann", "tier_service")], [("ann", "tier_vip")])
    )
    assert own.now("profit") > usual.now("profit") > vip.now("profit")
    assert own.term("satisfaction", "written") == -2
    assert own.now("satisfaction") < usual.now("satisfaction") < vip.now("satisfaction")


# Expectation (E11) --------------------------------------------------------------------------------


def test_delight_raises_the_bar() -> None:
    """What was a surprise the first time is expected the third."""
    rules = world(["treat"], actions={"treat": {"family": "service", "effect": {"quality": 10}}})
    treat = [("ann", "treat")]
    first, third = several(rules, treat), several(rules, treat, [], treat, [], treat)
    assert third.now("expectation") > first.now("expectation")
    assert third.term("satisfaction", "gap") < first.term("satisfaction", "gap")
    spoilt = several(rules, treat, [], treat, [])
    assert spoilt.term("satisfaction", "gap") < several(rules, [], [], [], []).term(
        "satisfaction", "gap"
    )


@pytest.mark.parametrize(
    ("deed", "sign"), [("promise_hard", 1), ("promise_safe", 0), ("sober_word", -1)]
)
def test_words_set_the_bar(deed: str, sign: int) -> None:
    rules = world([deed])
    change = play(rules, ("ann", deed)).now("expectation") - play(rules).now("expectation")
    assert (change > 0) - (change < 0) == sign


def test_a_trial_shows_what_to_expect() -> None:
    rules = world(["free_trial"], {"ann": {"status": "prospect", "expectation": 90}})
    tried = play(rules, ("ann", "free_trial"))
    assert tried.now("expectation") == pytest.approx((90 + 68) / 2)


def test_advertising_raises_what_everybody_expects() -> None:
    rules = world(["advertise", "visit"], {"ann": {}, "bob": {"status": "prospect"}})
    told = play(rules, market=["advertise"])
    for who in ("ann", "bob"):
        assert told.now("expectation", who) > play(rules).now("expectation", who)


# Promises (E12) -----------------------------------------------------------------------------------


def test_a_promise_is_settled_in_the_next_turn() -> None:
    rules = world(["promise_hard"])
    made = play(rules, ("ann", "promise_hard"))
    kept, broken = (play(rules, after=made.state, keeps=luck) for luck in (0.74, 0.76))
    assert kept.told("promise_kept") > broken.told("promise_kept") == 0
    assert broken.told("promise_broken") > kept.told("promise_broken") == 0
    assert kept.term("trust", "promise_kept") > 0 > broken.term("trust", "promise_broken")
    assert kept.term("satisfaction", "promise") > 0 > broken.term("satisfaction", "promise")
    assert kept.now("promise") == broken.now("promise") == 0


def test_slack_keeps_a_promise_that_haste_would_break() -> None:
    rules = world(["promise_hard", "promise_safe"])
    luck: dict[str, Any] = {"keeps": 0.9}
    hard = several(rules, [("ann", "promise_hard")], [], **luck)
    safe = several(rules, [("ann", "promise_safe")], [], **luck)
    assert hard.told("promise_broken")
    assert safe.told("promise_kept")
    assert safe.now("trust") > hard.now("trust")
    assert safe.now("satisfaction") > hard.now("satisfaction")


def test_a_promise_broken_costs_more_trust_than_one_kept_brings() -> None:
    rules = world(["promise_safe"])
    made = play(rules, ("ann", "promise_safe"))
    kept, broken = (play(rules, after=made.state, keeps=luck) for luck in (0.0, 0.99))
    assert -broken.term("trust", "promise_broken") > kept.term("trust", "promise_kept")


# Quality and failures (E6) ------------------------------------------------------------------------


def test_better_quality_arrives_the_turn_after_next() -> None:
    rules = world(["raise_quality", "visit"])
    raised = play(rules, market=["raise_quality"])
    qualities = [raised.state.core_quality[0]]
    for _ in range(3):
        raised = play(rules, after=raised.state)
        qualities.append(raised.state.core_quality[0])
    assert qualities == [68, 68, 71, 71]
    plain = several(rules, [], [], [], [])
    assert raised.now("satisfaction") > plain.now("satisfaction")
    assert raised.state.money[0] < plain.state.money[0]


def test_a_check_halves_the_chance_of_a_failure_for_three_turns() -> None:
    rules = world(["preventive_check"])
    checked = play(rules, ("ann", "preventive_check"))
    usual = checked.chance("failure")
    chances = []
    for _ in range(4):
        checked = play(rules, after=checked.state)
        chances.append(checked.chance("failure"))
    assert chances == pytest.approx([usual / 2, usual / 2, usual / 2, usual])


def test_a_failure_that_was_prevented_did_not_happen() -> None:
    rules = world(["preventive_check"], parameters={"failure_chance": 0.4})
    careful = several(rules, [("ann", "preventive_check")])
    careless = several(rules, [])
    luck: dict[str, Any] = {"fails": 0.3, "severe": 0.9}
    prevented, met = (play(rules, after=before.state, **luck) for before in (careful, careless))
    assert met.told("failed") > prevented.told("failed") == 0
    assert prevented.now("satisfaction") > met.now("satisfaction")
    assert met.term("satisfaction", "failure") < 0 == prevented.term("satisfaction", "failure")


def test_trained_staff_fail_less_often() -> None:
    rules = world(["train_staff", "visit"])
    trained = several(rules, [], after=play(rules, market=["train_staff"]).state)
    assert trained.chance("failure") == pytest.approx(0.9 * play(rules).chance("failure"))


def test_severe_failures_hurt_more() -> None:
    rules = world(["visit"])
    mild, severe = (play(rules, fails=0.0, severe=luck) for luck in (0.31, 0.29))
    assert (mild.now("failure"), severe.now("failure")) == (1, 3)
    assert severe.now("satisfaction") < mild.now("satisfaction") < play(rules).now("satisfaction")


def test_long_tenure_softens_a_failure() -> None:
    """The same failure for a new customer and for one who has bought for years."""

    def lost(purchases: int) -> float:
        rules = world(["visit"], {"ann": {"purchases": purchases}})
        deeds: list[Deed] = []
        return play(rules, *deeds, fails=0.0, severe=0.9).change("satisfaction")

    assert lost(2) < lost(24) < 0
