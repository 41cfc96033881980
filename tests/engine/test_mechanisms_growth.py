"""How customers are won, grown, let go and won back; and what they are worth (E24, E25)."""

from typing import Any

import numpy as np
import pytest

from sim.engine.state import Status
from tests.engine.workshop import Played, play, several, world

PROSPECT: dict[str, Any] = {"status": "prospect", "mood": "rising"}
DELIGHTED: dict[str, Any] = {"satisfaction": 85, "loyalty": 80, "trust": 80, "expectation": 68}


# The deal funnel ----------------------------------------------------------------------------------


def test_a_deal_that_is_asked_for_is_won_or_lost_by_its_chance() -> None:
    rules = world(["ask"], {"eve": {**PROSPECT, "deal_logit": 0}, "ann": {}})
    chance = play(rules, ("eve", "ask")).chance("deal", "eve")
    won, lost = (play(rules, ("eve", "ask"), wins=chance + luck) for luck in (-0.01, 0.01))
    assert won.now("status", "eve") == Status.ACTIVE
    assert won.now("purchases", "eve") == 1
    assert lost.now("status", "eve") == Status.PROSPECT
    assert lost.told("lost_deal", "eve")
    assert lost.term("deal", "refused", "eve") < 0


def test_nobody_buys_unasked() -> None:
    rules = world(["ask"], {"eve": {**PROSPECT, "deal_logit": 5}, "ann": {}})
    assert play(rules, wins=0.0).now("status", "eve") == Status.PROSPECT


def test_courting_first_makes_the_deal_likelier_than_asking_at_once() -> None:
    """The same question in the fourth turn: after three turns of work, or of waiting."""
    offers = ["phone", "benefit_talk", "proposal", "ask"]
    rules = world(offers, {"eve": {**PROSPECT, "known": ["need", "motive"]}, "ann": {}})
    courted = several(rules, *([("eve", deed)] for deed in offers))
    waited = several(rules, [], [], [], [("eve", "ask")])
    assert courted.chance("deal", "eve") > waited.chance("deal", "eve")


def test_a_prospect_left_alone_cools() -> None:
    rules = world(["phone", "file"], {"eve": PROSPECT, "ann": {}})
    left, noted = play(rules), play(rules, ("eve", "file"))
    assert left.term("deal", "cooling", "eve") < 0 == noted.term("deal", "cooling", "eve")
    assert left.change("deal_logit", "eve") < 0


def test_a_proposal_needs_preparation() -> None:
    """Knowing the prospect well first: K of at least one half."""
    known = ["style", "need", "motive", "preference", "role", "background", "orientation", "rival"]
    prepared, blind = (
        play(
            world(["proposal"], {"eve": {**PROSPECT, "known": kinds}, "ann": {}}),
            ("eve", "proposal"),
        )
        for kinds in (known, [])
    )
    assert prepared.term("deal", "action", "eve") > 2 * blind.term("deal", "action", "eve") > 0


def test_a_trade_show_reaches_the_first_prospects_in_line() -> None:
    people = {f"p{number}": PROSPECT for number in range(4)}
    rules = world(["trade_show", "ask"], {"ann": {}, **people})
    shown = play(rules, market=["trade_show"])
    reached = [shown.term("deal", "market", name) for name in people]
    assert reached == [0.4, 0.4, 0.4, 0.0]


# Newcomers ----------------------------------------------------------------------------------------


def newcomers(number: int = 8) -> dict[str, Any]:
    return {"ann": DELIGHTED, **{f"new{index}": {"status": "unborn"} for index in range(number)}}


def woken(played: Played) -> int:
    return int(np.count_nonzero(played.outcome.woken))


def test_a_campaign_brings_fewer_for_each_further_coin() -> None:
    sizes = ("campaign_small", "campaign", "campaign_large")
    rules = world([*sizes, "visit"], newcomers())
    numbers = [woken(play(rules, market=[size])) for size in sizes]
    assert woken(play(rules)) == 0
    assert 0 < numbers[0] < numbers[1] < numbers[2] < 8
    assert numbers[2] - numbers[1] < numbers[1], "the second hundred brings fewer than the first"


def test_no_more_come_than_there_is_room_for() -> None:
    rules = world(["campaign_large", "visit"], newcomers(2))
    assert woken(play(rules, market=["campaign_large"])) == 2


def test_discounts_bring_customers_at_once_who_are_quicker_to_leave() -> None:
    offers = ["campaign", "campaign_discount", "visit"]
    rules = world(offers, newcomers())
    plain = play(rules, market=["campaign"])
    cheap = play(rules, market=["campaign_discount"])
    assert plain.now("status", "new0") == Status.PROSPECT
    assert cheap.now("status", "new0") == Status.ACTIVE
    assert cheap.now("frailty_shift", "new0") == pytest.approx(-0.8 * 0.35)
    assert cheap.now("dependence", "new0") == pytest.approx(0.35 / 0.7)
    assert plain.now("dependence", "new0") == plain.now("frailty_shift", "new0") == 0
    later = play(rules, after=cheap.state)
    assert later.chance("leave", "new0") > later.chance("leave", "ann")


def test_only_the_delighted_bring_friends() -> None:
    rules = world(["ask_referral", "campaign"], {**newcomers(), "bob": {"satisfaction": 60}})
    asked, other = play(rules, ("ann", "ask_referral")), play(rules, ("bob", "ask_referral"))
    assert woken(asked) == 1 > woken(other)
    assert woken(play(rules)) == 0, "and they must be asked"
    friend = asked.now("deal_logit", "new0")
    assert friend > play(rules, market=["campaign"]).rules.parameters.deal_start
    assert asked.now("frailty_shift", "new0") == pytest.approx(0.2)


# Growing and letting go ---------------------------------------------------------------------------


def test_the_loyal_accept_more_and_buy_more() -> None:
    def offered(loyalty: float, mood: str = "rising", **chance: Any) -> Played:
        rules = world(["cross_sell"], {"ann": {"loyalty": loyalty, "mood": mood}})
        return play(rules, ("ann", "cross_sell"), **chance)

    assert offered(80).chance("accept") > offered(30).chance("accept")
    assert offered(60).chance("accept") > offered(60, "calm").chance("accept")
    accepted, refused = offered(60, accepts=0.0), offered(60, accepts=0.99)
    assert accepted.now("potential") > refused.now("potential") == 1
    assert refused.told("refused")
    assert refused.term("satisfaction", "refused") == 0


def test_an_offer_refused_in_trouble_annoys() -> None:
    rules = world(["cross_sell"], {"ann": {"mood": "falling"}})
    refused = play(rules, ("ann", "cross_sell"), accepts=0.99)
    assert refused.term("satisfaction", "refused") == -3
    assert refused.now("satisfaction") == pytest.approx(
        play(rules).now("satisfaction") - 3, abs=0.6
    )


def test_a_customer_released_content_says_nothing_and_one_released_angry_does() -> None:
    def released(satisfaction: float) -> Played:
        entry = {"satisfaction": satisfaction, "personal_fit": satisfaction - 68}
        people: dict[str, Any] = {"ann": entry, "bob": {"ties": {"ann": 0.5}}}
        return play(world(["release"], people), ("ann", "release"), leaves=0.0)

    content, angry = released(80), released(25)
    for each in (content, angry):
        assert each.now("status") == Status.RELEASED
        assert each.told("released")
        assert not each.told("left")
        assert play(each.rules, after=each.state).now("profit") == 0
    assert content.told("messages") == 0 > angry.told("messages")


def test_releasing_a_customer_who_costs_more_than_he_brings_pays() -> None:
    rules = world(["release"], {"ann": {"potential": 0.05}, "bob": {}})
    gone = several(rules, [("ann", "release")], [], [])
    kept = several(rules, [], [], [])
    assert gone.now("historic_value") > kept.now("historic_value")


def test_what_is_lost_with_a_customer_is_his_lifetime_value() -> None:
    rules = world(["visit"], {"ann": {"potential": 3}, "bob": {"potential": 1}})
    gone = play(rules, leaves=0.0)
    assert gone.told("lost_value", "ann") > gone.told("lost_value", "bob") > 0
    assert play(rules).told("lost_value", "ann") == 0


# Winning back -------------------------------------------------------------------------------------

OFFERS = ("win_back_apology", "win_back_upgrade", "win_back_discount", "win_back_bundle")


def back(deed: str, reason: str, **parts: Any) -> Played:
    gone = {"status": "lapsed", "leave_reason": reason, "known": ["reason"], **parts}
    return play(world(OFFERS, {"eve": gone, "ann": {}}), ("eve", deed))


def test_an_offer_that_answers_the_reason_works_better() -> None:
    repair, price = "win_back_apology", "win_back_discount"
    matched = back(repair, "service").chance("return", "eve")
    assert matched > back(price, "service").chance("return", "eve")
    answered = back(price, "price").chance("return", "eve")
    assert answered > back(repair, "price").chance("return", "eve")


def test_what_is_left_of_the_relation_helps() -> None:
    warm = back("win_back_upgrade", "service", trust=80, bond=40).chance("return", "eve")
    assert warm > back("win_back_upgrade", "service", trust=10, bond=0).chance("return", "eve")


def test_a_word_reaches_those_who_left() -> None:
    letter = {"family": "contact", "effect": {"bond": 4}, "needs": {"status": ["lapsed"]}}
    people: dict[str, Any] = {"eve": {"status": "lapsed"}, "ann": {}}
    rules = world(["ask_why", "letter"], people, actions={"letter": letter})
    spoken = several(rules, [("eve", "ask_why"), ("eve", "letter")])
    silent = several(rules, [])
    assert spoken.now("trust", "eve") == silent.now("trust", "eve") + 1
    assert spoken.now("bond", "eve") > silent.now("bond", "eve")
    assert spoken.outcome.read[0, 0]
    assert not silent.outcome.read[0, 0]


def test_of_a_group_that_left_the_share_comes_back_that_says_yes() -> None:
    gone = {"status": "lapsed", "leave_reason": "service", "count": 40}
    rules = world(["win_back_apology"], {"eve": gone, "ann": {}})
    person = world(["win_back_apology"], {"eve": {**gone, "count": 1}, "ann": {}})
    each = play(person, ("eve", "win_back_apology"), returns=0.99).chance("return", "eve")
    for draw in (0.0, 0.99):
        back = play(rules, ("eve", "win_back_apology"), returns=draw)
        assert back.now("status", "eve") == Status.ACTIVE
        assert back.now("size", "eve") == pytest.approx(40 * each)
        assert back.chance("return", "eve") == 1  # nothing about it was luck


def test_those_bought_back_are_quicker_to_leave_again() -> None:
    gone = {"status": "lapsed", "leave_reason": "price", "known": ["reason"]}
    rules = world(OFFERS, {"eve": gone, "ann": {}})
    bought = play(rules, ("eve", "win_back_bundle"), returns=0.0)
    earned = play(rules, ("eve", "win_back_upgrade"), returns=0.0)
    for each in (bought, earned):
        assert each.told("returned", "eve")
        assert each.now("status", "eve") == Status.ACTIVE
    assert bought.now("frailty_shift", "eve") == pytest.approx(-0.5)
    assert earned.now("frailty_shift", "eve") == pytest.approx(0.2)
    assert play(rules, after=bought.state).chance("leave", "eve") > play(
        rules, after=earned.state
    ).chance("leave", "eve")


def test_nobody_comes_back_unasked() -> None:
    gone = {"status": "lapsed", "leave_reason": "price"}
    played = play(world(OFFERS, {"eve": gone, "ann": {}}), returns=0.0)
    assert played.now("status", "eve") == Status.LAPSED


def test_why_a_customer_left_is_remembered() -> None:
    """Those who were satisfied leave for the price, the others for the service."""
    rules = world(
        ["visit"], {"ann": {"satisfaction": 80}, "bob": {"satisfaction": 30, "personal_fit": -30}}
    )
    gone = play(rules, leaves=0.0)
    assert gone.now("leave_reason", "ann") == 1
    assert gone.now("leave_reason", "bob") == 2
