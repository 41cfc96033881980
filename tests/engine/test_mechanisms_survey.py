"""Asking customers, and what they are beyond money: N7 and D7, each against its absence."""

from typing import Any

import numpy as np
import pytest

from sim.engine.observe import observe
from sim.engine.score import equity_money
from tests.engine.workshop import Played, play, several, value, world

DRAWS = np.linspace(0.01, 0.99, 25)
LATE = 0.4  # a draw that makes somebody answer by any instrument once it is shifted


def asked(instrument: str, turns: int = 0, answers: float = LATE, **customer: Any) -> Played:
    deeds = {
        "ask": {"family": "discovery", "hours": 1, "effect": {"survey": instrument}},
        "act": {"family": "service", "hours": 1, "effect": {"follows_up": True}},
    }
    rules = world(["ask", "act"], {"ann": customer}, actions=deeds)
    first = play(rules, ("ann", "ask"), replies=answers)
    return several(rules, *([[]] * turns), after=first.state) if turns else first


def mark(played: Played) -> float:
    return float(played.state.survey[0, 0, 0])


def test_the_telephone_answers_at_once_and_the_mail_two_turns_later() -> None:
    phone, mail = asked("phone"), asked("mail")
    assert phone.now("survey_turn") == 1.0
    assert mail.now("survey_turn") == -1.0
    assert asked("mail", 1).now("survey_turn") == -1.0
    assert asked("mail", 2).now("survey_turn") == 3.0


def answering(instrument: str, **customer: Any) -> float:
    """The share of draws by which somebody answers."""
    told = [asked(instrument, answers=each, **customer) for each in DRAWS]
    heard = [each.now("survey_turn") > 0.0 or each.now("survey_wait") > 0.0 for each in told]
    return sum(heard) / len(heard)


def test_not_everybody_answers_and_least_by_mail() -> None:
    assert answering("phone") == pytest.approx(0.6, abs=0.05)
    assert answering("mail") == pytest.approx(0.15, abs=0.05)


def test_online_it_is_those_who_are_moved_that_answer() -> None:
    moved = [answering("online", satisfaction=s, personal_fit=s - 68) for s in (20, 60, 95)]
    assert moved[1] < moved[0]
    assert moved[1] < moved[2]


def test_marks_are_kind_on_the_spot_and_imprecise() -> None:
    marks = {
        name: [mark(asked(name, answers=each)) for each in (0.40, 0.42, 0.44, 0.46, 0.48)]
        for name in ("spot", "phone")
    }
    assert np.ptp(marks["spot"]) > np.ptp(marks["phone"]) > 0.0


def test_a_mark_does_not_tell_what_one_will_do() -> None:
    """Satisfied and free to go: the mark is high, and yet nobody signs for a year."""
    market = {"competition": 1}
    deeds = {"ask": {"family": "discovery", "hours": 1, "effect": {"survey": "phone"}}}
    rules = world(
        ["ask"],
        {"ann": {"satisfaction": 90, "personal_fit": 20, "loyalty": 20, "frailty": -1.6}},
        actions=deeds,
        market=market,
    )
    played = play(rules, ("ann", "ask"), replies=LATE)
    assert mark(played) > 60
    assert played.state.survey[0, 0, 1] == 0.0
    assert played.state.survey[0, 0, 2] == 0.0


def test_asked_and_answered_earns_trust_and_asked_and_ignored_costs_it() -> None:
    first = asked("phone")
    acted = several(first.rules, [("ann", "act")], [], after=first.state)
    assert play(first.rules, ("ann", "act"), after=first.state).term("trust", "asked_answered") == 4
    assert acted.term("trust", "asked_ignored") == 0.0
    ignored = several(first.rules, [], [], after=first.state)
    assert ignored.term("trust", "asked_ignored") == -3.0
    assert several(ignored.rules, [], after=ignored.state).term("trust", "asked_ignored") == 0.0


def test_who_was_not_asked_expects_nothing() -> None:
    first = asked("phone")
    rules = first.rules
    idle = several(rules, [("ann", "act")], [], [])
    assert idle.term("trust", "asked_answered") == idle.term("trust", "asked_ignored") == 0.0


def test_the_whole_portfolio_can_be_asked_and_only_the_answers_show() -> None:
    action = {"hours": 1, "money": 1, "effect": {"survey": "phone"}}
    rules = world(["all"], {"ann": {}, "bob": {"status": "lapsed"}}, market_actions={"all": action})
    played = play(rules, market=["all"], replies=LATE)
    seen = observe(rules, played.state)
    assert seen.survey_turn[0].tolist() == [1.0, -1.0]


def test_a_group_tells_its_mean_more_precisely() -> None:
    many = [mark(asked("phone", answers=each, count=400)) for each in (0.40, 0.44, 0.48)]
    one = [mark(asked("phone", answers=each)) for each in (0.40, 0.44, 0.48)]
    assert np.ptp(many) < np.ptp(one) / 5


# Traits beyond money (D7) -------------------------------------------------------------------------


def test_the_tolerant_lose_less_to_a_failure() -> None:
    rules = world(["visit"], {"ann": {"tolerance": 0.7}, "bob": {}, "eve": {"tolerance": 1.3}})
    failed = play(rules, fails=0.0)
    losses = [failed.term("satisfaction", "failure", name) for name in ("ann", "bob", "eve")]
    assert losses[0] < losses[1] < losses[2] < 0.0
    assert losses[0] == pytest.approx(losses[1] / 0.7)


def test_who_pays_late_pays_later_and_not_at_all_when_gone() -> None:
    rules = world(["visit"], {"ann": {"credit": 0.8}, "bob": {}})
    first = play(rules)
    assert first.now("historic_value") == pytest.approx(0.8 * first.now("historic_value", "bob"))
    assert first.now("owed") == pytest.approx(0.2 * first.now("profit"))
    both = play(rules, after=first.state)
    assert both.now("historic_value") == pytest.approx(
        both.now("historic_value", "bob") - both.now("owed")
    )
    gone = play(rules, after=first.state, leaves=0.0)
    assert gone.now("owed") == 0.0
    assert gone.change("historic_value") < gone.change("historic_value", "bob")
    assert equity_money(rules, both.state)[0] > equity_money(rules, gone.state)[0]


def test_those_who_have_influence_are_heard_more() -> None:
    def heard(influence: float) -> float:
        rules = world(
            ["visit"],
            {
                "ann": {"satisfaction": 90, "personal_fit": 20, "influence": influence},
                "bob": {"status": "prospect", "ties": {"ann": 0.5}},
            },
        )
        played = play(rules)
        return value(rules, played.outcome.terms["deal"]["message"], "bob")

    assert heard(0.5) < heard(1) < heard(2)
