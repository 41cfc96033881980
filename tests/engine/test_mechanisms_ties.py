"""What keeps a customer, what holds one, and what others do: switching cost, ties and accounts."""

from typing import Any

import numpy as np
import pytest

from sim.engine.facts import switching_cost
from sim.engine.state import Status
from tests.engine.workshop import Played, play, several, value, world

EARN: dict[str, Any] = {"family": "portfolio", "effect": {"earned_procedural": 15}}
HOLD: dict[str, Any] = {
    "family": "coercive",
    "effect": {"coercive_procedural": 15, "coercive_turns": 3, "resentment": 2},
}


def cost(played: Played) -> float:
    """The switching cost that counts for the score."""
    return value(played.rules, switching_cost(played.rules, played.state))


def lock_in(deed: str, satisfaction: float) -> Played:
    rules = world(
        ["earn", "hold"],
        {"ann": {"satisfaction": satisfaction, "personal_fit": satisfaction - 68}},
        actions={"earn": EARN, "hold": HOLD},
    )
    return several(rules, [("ann", deed)] if deed else [], [], [])


# Earned and coercive (E17, E18, E20) --------------------------------------------------------------


def test_both_kinds_hold_but_only_one_is_resented() -> None:
    nothing, earned, held = (lock_in(deed, 40) for deed in ("", "earn", "hold"))
    for bound in (earned, held):
        assert bound.term("stay", "procedural") > nothing.term("stay", "procedural")
    assert held.now("resentment") > nothing.now("resentment") == earned.now("resentment")
    assert held.term("loyalty", "resentment") < earned.term("loyalty", "resentment")
    assert held.now("loyalty") < earned.now("loyalty")


def test_coercion_counts_for_us_only_with_the_content() -> None:
    """Earned cost counts in full; held and unhappy, the coercive kind counts against us."""
    assert cost(lock_in("hold", 30)) < cost(lock_in("", 30)) < cost(lock_in("earn", 30))
    assert cost(lock_in("hold", 80)) > cost(lock_in("", 80))


def test_being_held_while_unhappy_breeds_resentment() -> None:
    def grown(satisfaction: float) -> float:
        held = {"coercive_procedural": 50, "satisfaction": satisfaction}
        rules = world(["visit"], {"ann": {**held, "personal_fit": satisfaction - 68}})
        return play(rules).term("resentment", "coercion")

    assert grown(30) > grown(50) > grown(90) == 0


def test_coercive_terms_run_out() -> None:
    rules = world(["hold"], actions={"hold": HOLD})
    held = play(rules, ("ann", "hold"))
    assert held.now("coercive_procedural") > held.before.coercive_procedural[0, 0]
    left = several(rules, *([[]] * 3), after=held.state)
    assert left.now("coercive_procedural") == 0
    assert left.term("procedural", "expiry") < 0


def test_giving_a_hostage_binds_ourselves() -> None:
    """Trust and a tie that is not resented; what was given is lost if the customer leaves."""
    rules = world(["hostage"])
    given, kept = play(rules, ("ann", "hostage")), play(rules)
    assert given.now("trust") > kept.now("trust")
    assert given.now("earned_procedural") > kept.now("earned_procedural")
    gone = [play(rules, after=each.state, leaves=0.0) for each in (given, kept)]
    costs = [each.state.spent[0] - each.before.spent[0] for each in gone]
    assert costs == [15, 0]


def test_a_reminder_wakes_those_who_stay_out_of_habit() -> None:
    def nudged(satisfaction: float) -> tuple[Played, Played]:
        rules = world(["nudge"], {"ann": {"satisfaction": satisfaction, "earned_procedural": 30}})
        return play(rules, ("ann", "nudge")), play(rules)

    inert, alone = nudged(45)
    assert inert.term("satisfaction", "nudge") == -4
    assert inert.now("earned_procedural") < alone.now("earned_procedural")
    assert inert.chance("leave") > alone.chance("leave")
    content, _ = nudged(75)
    assert content.term("satisfaction", "nudge") == content.term("procedural", "nudge") == 0


def test_points_fade_and_bonds_fade() -> None:
    rules = world(["points", "visit"], {"ann": {"earned_financial": 20, "bond": 30}})
    left, kept = play(rules), play(rules, ("ann", "points"), ("ann", "visit"))
    assert left.change("earned_financial") < 0 < kept.change("earned_financial")
    assert left.change("bond") < 0 < kept.change("bond")


@pytest.mark.parametrize(
    ("quantity", "term", "meter", "sign"),
    [
        ("stay", "satisfaction", "satisfaction", 1),
        ("stay", "loyalty", "loyalty", 1),
        ("stay", "procedural", "earned_procedural", 1),
        ("stay", "procedural", "coercive_procedural", 1),
        ("stay", "financial", "earned_financial", 1),
        ("stay", "financial", "coercive_financial", 1),
        ("stay", "bond", "bond", 1),
        ("stay", "resentment", "resentment", -1),
        ("stay", "rival", "dependence", -1),
        ("loyalty", "satisfaction", "satisfaction", 1),
        ("loyalty", "trust", "trust", 1),
        ("loyalty", "bond", "bond", 1),
        ("loyalty", "resentment", "resentment", -1),
        ("loyalty", "discount_habit", "dependence", -1),
    ],
)
def test_each_reason_to_stay_has_its_own_weight(
    quantity: str, term: str, meter: str, sign: int
) -> None:
    """One meter higher, and its term in the why moves the way that the model says."""
    scale = 100 if meter != "dependence" else 1
    low, high = (
        play(world(["visit"], {"ann": {meter: share * scale}})).term(quantity, term)
        for share in (0.3, 0.9)
    )
    assert (high - low) * sign > 0.1


def test_gifts_are_worth_less_to_the_dissatisfied() -> None:
    """What leaving would forfeit weighs by how well one is served (E22)."""

    def held(satisfaction: float) -> float:
        entry = {"earned_financial": 40, "satisfaction": satisfaction}
        return play(world(["visit"], {"ann": entry})).term("stay", "financial")

    assert held(90) > held(30) > 0


# Others (E22, E23) --------------------------------------------------------------------------------

NETWORK: dict[str, Any] = {
    "ann": {"satisfaction": 85, "expectation": 60},
    "bob": {"ties": {"ann": 0.5}},
    "eve": {"status": "prospect", "ties": {"ann": 0.5}},
}


def test_whoever_leaves_takes_friends_along() -> None:
    rules = world(["visit"], NETWORK)
    luck = np.array([[0.0, 0.5, 0.5]])
    gone, stayed = play(rules, leaves=luck), play(rules)
    assert gone.told("left", "ann")
    assert gone.now("friends_left", "bob") == 0.5
    after = [play(rules, after=each.state) for each in (gone, stayed)]
    assert after[0].term("stay", "friends_left", "bob") < 0
    assert after[1].term("stay", "friends_left", "bob") == 0
    assert after[0].chance("leave", "bob") > after[1].chance("leave", "bob")
    later = several(rules, [], [], after=gone.state)
    assert later.now("friends_left", "bob") < gone.now("friends_left", "bob")


def test_friends_who_stay_because_of_us_keep_their_friends() -> None:
    """A choice for one customer decides about another: helping ann keeps bob."""
    unhappy: dict[str, Any] = {
        **NETWORK,
        "ann": {"satisfaction": 20, "frailty": -1.5, "personal_fit": -25, "mood": "falling"},
    }
    rules = world(["care", "treat"], unhappy, actions={"treat": TREAT})
    luck: dict[str, Any] = {"leaves": np.array([[0.33, 0.99, 0.99]])}
    helped = play(rules, ("ann", "care"), ("ann", "treat"), **luck)
    alone = play(rules, **luck)
    assert alone.told("left", "ann") > helped.told("left", "ann") == 0
    again = [play(rules, after=each.state) for each in (helped, alone)]
    assert again[0].chance("leave", "bob") < again[1].chance("leave", "bob")


TREAT: dict[str, Any] = {"family": "service", "effect": {"quality": 15, "stay_shift": 1}}


def test_the_satisfied_speak_for_us_and_the_unhappy_against() -> None:
    """Word of mouth reaches those who know the speaker, bad words with more force."""
    rules = world(["treat"], NETWORK, actions={"treat": TREAT})
    good = play(rules, ("ann", "treat"))
    bad = play(world(["visit"], {**NETWORK, "ann": {"satisfaction": 15, "personal_fit": -40}}))
    assert good.told("messages") > 0 > bad.told("messages")
    assert -bad.told("messages") > good.told("messages")
    assert good.term("deal", "message", "eve") > 0 > bad.term("deal", "message", "eve")
    assert good.term("deal", "message", "eve") > good.term("deal", "message", "bob") > 0


def test_the_resentful_tell_more_people() -> None:
    def told(resentment: float) -> float:
        entry = {"satisfaction": 25, "personal_fit": -30, "resentment": resentment}
        return -play(world(["visit"], {"ann": entry})).told("messages")

    assert told(80) > told(0) > 0


# Accounts (E25) -----------------------------------------------------------------------------------

FIRM: dict[str, Any] = {
    "status": "prospect",
    "deal_logit": 2,
    "people": {
        "boss": {"role": "decider", "known": ["role"]},
        "user": {"role": "user", "known": ["role"]},
        "gate": {"role": "gatekeeper"},
    },
}


def firm(offers: list[str], gate: dict[str, Any] | None = None) -> Any:
    people = {**FIRM["people"], "gate": {"role": "gatekeeper", **(gate or {})}}
    return world(offers, {"mill": {**FIRM, "people": people}, "ann": {}})


def test_a_gatekeeper_who_dislikes_us_blocks_the_deal() -> None:
    blocked = play(firm(["ask"], {"satisfaction": 20, "trust": 5}), ("mill", "ask"))
    open_gate = play(firm(["ask"]), ("mill", "ask"))
    assert blocked.chance("deal", "mill") == 0.25 < open_gate.chance("deal", "mill")


def test_winning_over_the_gatekeeper_lifts_the_veto() -> None:
    """Two turns of help for the one who blocks, instead of two turns for the boss."""
    rules = firm(["care", "small_talk", "ask"], {"satisfaction": 60, "trust": 28})

    def asked(person: str) -> float:
        kindness = [("mill", "care", "driver", person), ("mill", "small_talk", "neutral", person)]
        return several(rules, kindness, [], [("mill", "ask", "driver", "boss")]).chance(
            "deal", "mill"
        )

    assert asked("gate") > 0.25 == asked("boss")


def test_a_user_cannot_veto() -> None:
    people = {**FIRM["people"], "user": {"role": "user", "satisfaction": 5, "trust": 0}}
    rules = world(["ask"], {"mill": {**FIRM, "people": people}, "ann": {}})
    assert play(rules, ("mill", "ask")).chance("deal", "mill") > 0.25


def test_an_executive_visit_is_for_those_who_decide() -> None:
    """Role fit times the weight of the person's voice."""
    rules = firm(["executive_visit"])
    gains = {
        person: play(rules, ("mill", "executive_visit", "driver", person)).term(
            "deal", "action", "mill"
        )
        for person in ("boss", "user", "gate")
    }
    assert gains["boss"] > gains["user"]
    assert gains["boss"] > gains["gate"] > 0
    weight = rules.deal_weight[0]
    assert gains["user"] / gains["boss"] == pytest.approx(0.4 * weight[1] / weight[0])


def test_satisfaction_of_a_firm_is_that_of_its_people_by_role() -> None:
    """Pleasing the user moves the account's satisfaction by the user's weight."""
    people = {"boss": {"role": "decider"}, "user": {"role": "user"}}
    rules = world(["fix"], {"mill": {"people": people}}, actions={"fix": WRITE})
    pleased = [play(rules, ("mill", "fix", "neutral", person)) for person in people]
    written = [
        sum(
            rules.role_weight[0, m] * each.term("satisfaction", "written", "mill", m)
            for m in range(2)
        )
        for each in pleased
    ]
    weight = rules.role_weight[0]
    assert weight.sum() == pytest.approx(1)
    assert written[0] / written[1] == pytest.approx(
        (weight[0] + 0.25 * weight[1]) / (weight[1] + 0.25 * weight[0])
    )


WRITE: dict[str, Any] = {
    "family": "service",
    "effect": {"satisfaction": {"points": 4, "because": {"en": "Because.", "zh": "因为。"}}},
}


def test_a_segment_shrinks_instead_of_leaving() -> None:
    rules = world(["visit"], {"ann": {}, "street": {"count": 100}})
    played = play(rules, leaves=0.0)
    assert played.told("left", "street") == 0
    assert played.now("status", "street") == Status.ACTIVE
    assert played.now("size", "street") == pytest.approx(
        100 * (1 - played.chance("leave", "street"))
    )
    assert played.now("profit", "street") == pytest.approx(100 * played.now("profit", "ann"))
