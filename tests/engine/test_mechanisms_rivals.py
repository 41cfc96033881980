"""Attention, rivals, coaches, ties, what seller and firm know, the silent, forms of the offer."""

from typing import Any

import numpy as np
import pytest

from sim.engine import legal
from sim.engine.observe import observe
from sim.engine.rules import KINDS, MOTIVES, Rules
from sim.engine.state import Guide
from sim.errors import IllegalChoiceError
from tests.engine.workshop import Played, for_kind, knows, play, several, value, world

ATTENTION = {"attention_weight": 1, "attention_options": 0.6}
LEAD: dict[str, Any] = {"status": "prospect", "potential": 1}

# Share of attention (N5) --------------------------------------------------------------------------


def courted(*deeds: str, push: float = 0.5, **entry: float) -> Played:
    rules = world(
        ["visit", "useful_gift"],
        {"ann": entry},
        parameters=ATTENTION,
        market={"competition": 0.8, "rival_push": push},
    )
    return play(rules, *(("ann", deed) for deed in deeds))


def test_whoever_courts_wins_attention_and_the_rival_loses_it() -> None:
    assert courted("useful_gift").now("attention") > courted().now("attention")
    assert courted(push=1.5).now("attention") < courted(push=0.5).now("attention")
    assert courted(purchases=0).now("attention") < courted(purchases=5).now("attention")


def test_who_thinks_of_us_first_hardly_looks_at_rivals() -> None:
    high, low = courted(attention=0.9), courted(attention=0.1)
    assert high.term("stay", "attention") > 0 > low.term("stay", "attention")
    assert high.chance("leave") < low.chance("leave")


def test_attention_without_a_choice_holds_nobody() -> None:
    rules = world(
        ["visit"], {"ann": {"attention": 0.9}}, parameters=ATTENTION, market={"competition": 0}
    )
    assert play(rules).term("stay", "attention") == 0


def test_what_speaks_to_a_motive_is_noticed_more() -> None:
    def noticed(motive: str) -> float:
        rules = world(
            ["useful_gift"],
            {"ann": {"motives": {motive: 1}}},
            parameters=ATTENTION | {"motive_weight": 0},
        )
        return play(rules, ("ann", "useful_gift")).now("attention")

    appeals = world(["useful_gift"]).motive_appeal[1]
    best, worst = MOTIVES[int(np.argmax(appeals))], MOTIVES[int(np.argmin(appeals))]
    assert noticed(best) > noticed(worst)


def test_a_buyer_who_compares_offers_is_drawn_away() -> None:
    rules = world(
        ["approach_usual", "benefit_talk", "offer_expert"],
        {"ann": {**LEAD, "known": ["need"]}},
        parameters=ATTENTION,
    )
    path = (("approach_usual",), ("benefit_talk",), ("offer_expert",), ())
    played = [
        several(rules, *([("ann", deed) for deed in turn] for turn in path[:number]))
        for number in (1, 2, 3)
    ]
    drawn = [each.term("deal", "comparing") for each in played]
    assert drawn[0] == drawn[1] == 0
    assert drawn[2] < 0


def test_evidence_counts_more_while_a_buyer_compares() -> None:
    def gain(weight: float) -> float:
        rules = world(
            ["approach_usual", "benefit_talk", "offer_expert", "approach_demonstration"],
            {"ann": {**LEAD, "known": ["need"], "mood": "rising"}},
            parameters={"evidence_judging": weight},
        )
        before = several(
            rules,
            [("ann", "approach_usual")],
            [("ann", "benefit_talk")],
            [("ann", "offer_expert")],
        )
        proof = ("ann", "approach_demonstration")
        return play(rules, proof, after=before.state).term("deal", "action")

    assert gain(0.2) == pytest.approx(1.2 * gain(0))


# Rivals -------------------------------------------------------------------------------------------

MOVE: dict[str, Any] = {
    "turn": 9,
    "rival": "other",
    "effect": {"rival_pull": 1, "rival_turns": 3, "rival_push": 0.4},
}


def watched() -> Rules:
    return world(
        ["study_rival", "forestall_rival", "visit"],
        events={"move": MOVE},
        rivals={"other": {"name": {"en": "Other", "zh": "别家"}, "push": 0.8}},
        parameters=ATTENTION,
    )


STUDY = [("ann", "study_rival")]


def test_the_boldest_rival_sets_the_push() -> None:
    assert play(watched()).before.rival_push[0] == 0.8


def test_the_study_of_rivals_climbs_one_level_at_a_time() -> None:
    rules = watched()
    levels = [several(rules, *turns).state.rival_study[0] for turns in ([STUDY], [STUDY, [], []])]
    assert levels == [1, 1]
    # The action itself rests for two turns.
    assert several(rules, *[STUDY, [], []] * 2).state.rival_study[0] == 2


def test_only_who_knows_the_rival_through_can_forestall_it() -> None:
    rules = watched()
    learnt = several(rules, *[STUDY, [], []] * 2).state
    assert not legal.market_mask(rules, learnt)[0, 0]
    with pytest.raises(IllegalChoiceError, match="study-first"):
        play(rules, after=learnt, market=["forestall_rival"])
    through = learnt.__class__(**{**vars(learnt), "rival_study": np.full(1, 6.0)})
    ahead, idle = (play(rules, after=through, market=deeds) for deeds in (["forestall_rival"], []))
    then = [several(rules, [], [], after=each.state).state for each in (ahead, idle)]
    assert then[0].rival_pull[0] == then[1].rival_pull[0] / 2 == 0.5
    assert value(rules, then[0].attention) > value(rules, then[1].attention)


def test_the_fourth_level_shows_where_the_rival_turns_next() -> None:
    rules = watched()
    before = several(rules, *[[]] * 7).state
    assert not observe(rules, before).foreseen.any()
    studied = before.__class__(**{**vars(before), "rival_study": np.full(1, 4.0)})
    assert observe(rules, studied).foreseen[0, 0]
    assert not observe(rules, several(rules, [], after=studied).state).foreseen.any()


# A coach inside -----------------------------------------------------------------------------------


def inside(criteria: int | None, trust: float = 75, bond: float = 60) -> Played:
    entry = {**LEAD, "trust": trust, "bond": bond, "coach": criteria}
    rules = world(["coach", "question_need"], {"ann": entry}, parameters=ATTENTION)
    return play(rules, ("ann", "coach"), learns=for_kind("need", 0.05))


@pytest.mark.parametrize(
    ("criteria", "trust", "bond", "guide"),
    [
        (3, 75, 60, Guide.TRUE),
        (2, 75, 60, Guide.FALSE),
        (4, 55, 60, Guide.NONE),
        (4, 75, 20, Guide.NONE),
        (None, 75, 60, Guide.NONE),
    ],
)
def test_a_coach_must_trust_us_be_close_and_meet_the_criteria(
    criteria: int | None, trust: float, bond: float, guide: Guide
) -> None:
    played = inside(criteria, trust, bond)
    assert played.now("guide") == guide
    gained = played.term("deal", "coach")
    assert gained == (pytest.approx(0.3) if guide == Guide.TRUE else 0)


def test_a_true_coach_teaches_twice_as_much_and_a_false_one_tells_the_rival() -> None:
    true, false, none = (inside(criteria) for criteria in (4, 1, None))
    asked = ("ann", "question_need")
    level = for_kind("need", 0.3)  # twice the chance reaches it, once does not
    after = [
        play(each.rules, asked, after=each.state, learns=level) for each in (true, false, none)
    ]
    assert [knows(each, "need") for each in after] == [True, False, False]
    shares = [play(each.rules, after=each.state).now("attention") for each in (true, false, none)]
    assert shares[1] < shares[2] == shares[0]


def test_whose_coach_is_false_is_not_told() -> None:
    true, false = (observe(each.rules, each.state) for each in (inside(4), inside(1)))
    assert (true.coach == false.coach).all()
    assert true.coach.any()


# Ties around a customer (N8) ----------------------------------------------------------------------

TIES = {"tie_spill": 0.3, "tie_precedent": 0.1}


def circle(deed: str, influence: float = 1.0, **parameters: float) -> Played:
    rules = world(
        [deed],
        {
            "ann": {"ties": {"bob": 0.5}, "dependence": 0.2},
            "bob": {"influence": influence},
            "cleo": {},
        },
        parameters={**TIES, **parameters},
    )
    return play(rules, ("bob", deed))


def test_kindness_to_one_reaches_those_around() -> None:
    played = circle("please")
    room = 1 - played.before.bond[0] / 100
    gained = played.term("bond", "attention", "bob") / room[1]
    assert played.term("bond", "through_others") == pytest.approx(0.3 * 0.5 * gained * room[0])
    assert played.term("bond", "through_others", "cleo") == 0
    assert circle("please", influence=2).term("bond", "through_others") == pytest.approx(
        2 * played.term("bond", "through_others")
    )


def test_trust_won_with_one_is_heard_of() -> None:
    assert circle("praise_advice").term("trust", "through_others") == 0
    played = circle("care")
    assert played.term("trust", "through_others") > 0
    assert "through_others" not in circle("care", tie_spill=0).outcome.terms["trust"]


def test_what_leaving_paid_is_a_precedent() -> None:
    paid = circle("reward_leaving")
    blind = circle("reward_leaving", tie_precedent=0)
    assert paid.now("dependence") - blind.now("dependence") == pytest.approx(0.05)
    assert paid.now("dependence", "cleo") == blind.now("dependence", "cleo")


# What seller and firm know (N9) -------------------------------------------------------------------

STOCKS = {"stock_keep": 0.995, "stock_learning": 0.5, "stock_evidence": 0.3, "stock_failures": 0.5}


def skilled(**levels: float) -> tuple[Rules, Any]:
    rules = world(
        ["question_need", "sales_tools", "train_staff", "cut_training", "broaden"],
        {"ann": LEAD, "bob": {"satisfaction": 85, "loyalty": 80}, "new": {"status": "unborn"}},
        parameters={**STOCKS, "stock_referral": 0.2},
    )
    before = play(rules).before
    usual = {"people": 0.3, "product": 0.3, "staff": 0.3} | levels
    stocks = np.array([list(usual.values())])
    return rules, before.__class__(**{**vars(before), "stocks": stocks})


def test_stocks_are_built_and_decay_and_cutting_training_wastes_the_staff() -> None:
    rules, state = skilled()
    trained = play(rules, after=state, market=["train_staff", "broaden"]).state.stocks[0]
    left = play(rules, after=state).state.stocks[0]
    saved = play(rules, after=state, market=["cut_training"])
    assert trained[2] > 0.3 > left[2] > saved.state.stocks[0, 2]
    assert trained[0] > 0.3 > left[0] == saved.state.stocks[0, 0]
    assert saved.state.money[0] - play(rules, after=state).state.money[0] == 20


def test_who_knows_people_learns_faster_and_is_sent_friends() -> None:
    def learns(people: float) -> bool:
        rules, state = skilled(people=people)
        played = play(rules, ("ann", "question_need"), after=state, learns=for_kind("need", 0.5))
        return knows(played, "need")

    assert learns(1.0)
    assert not learns(0.0)

    def sent(people: float) -> bool:
        rules, state = skilled(people=people)
        return bool(play(rules, after=state, refers=0.1).told("woken", "new"))

    assert sent(0.9)
    assert not sent(0.1)


def test_who_knows_the_product_proves_more_and_trained_staff_fail_less() -> None:
    gains = []
    for product in (0.0, 0.3, 0.9):
        rules, state = skilled(product=product)
        gains.append(play(rules, ("ann", "sales_tools"), after=state).term("deal", "action"))
    assert sorted(gains) == gains
    assert gains[2] == pytest.approx(1.18 * gains[1])
    chances = []
    for staff in (0.9, 0.3, 0.0):
        rules, state = skilled(staff=staff)
        chances.append(play(rules, after=state).chance("failure", "bob"))
    assert chances[0] < chances[1] < chances[2]
    assert chances[1] == pytest.approx(rules.parameters.failure_chance)


def test_frozen_stocks_change_nothing() -> None:
    rules = world(["visit"])
    assert (several(rules, [], [], []).state.stocks == 0.3).all()


# Silent customers ---------------------------------------------------------------------------------


def test_going_through_the_quiet_ones_finds_out_who_is_leaving() -> None:
    rules = world(["visit", "clean_files"], {"ann": {}, "bob": {}})
    quiet = several(rules, [], [], [("bob", "visit")])
    looked = play(rules, after=quiet.state, market=["clean_files"], learns=for_kind("sign", 0.5))
    sign = looked.state.known[0, :, 0, KINDS.index("sign")]
    assert sign.tolist() == [True, False]
    missed = play(rules, after=quiet.state, market=["clean_files"], learns=for_kind("sign", 0.9))
    assert not missed.state.known[0, :, 0, KINDS.index("sign")].any()


# Forms of the offer -------------------------------------------------------------------------------


def test_a_form_of_the_offer_sells_where_it_fits_and_harms_where_it_does_not() -> None:
    def gain(motives: dict[str, float]) -> float:
        rules = world(["offer_gift_box"], {"ann": {**LEAD, "motives": motives}})
        return play(rules, ("ann", "offer_gift_box")).term("deal", "action")

    assert gain({"fame": 1}) > gain({"fame": 1, "thrift": 2}) > 0 > gain({"thrift": 1})
