"""The view-model: complete, in both languages, and blind to what the player cannot know."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.engine.state import State
from sim.play.case import Case, open_case
from sim.play.session import Session
from sim.view.build import (
    build_briefing,
    build_catalogue,
    build_customer,
    build_encounter,
    build_glossary,
    build_report,
    build_result,
    build_view,
)

GOOD = Path(__file__).parents[1] / "scenario" / "good"
LANGUAGES = ("en", "zh")
HIDDEN_METERS = ("satisfaction", "loyalty", "trust", "experience", "expectation", "resentment")


@cache
def case(name: str) -> Case:
    return open_case("corner-cafe" if name == "corner-cafe" else GOOD / f"{name}.yaml")


def new(name: str = "tiny", seed: int = 3) -> Session:
    return Session.new(case(name), seed, saved=False, grader=lambda _case, _score: 50.0)


def everything(session: Session, lang: str) -> list[Any]:
    views: list[Any] = [build_view(session, lang), build_briefing(session, lang)]
    views += [build_customer(session, lang, name) for name in session.rules.customer_ids]
    views += [build_encounter(session, lang, each.id) for each in session.open_encounters()]
    if session.reports:
        views.append(build_report(session, lang))
    return views


def leaves(view: Any) -> Iterator[Any]:
    if is_dataclass(view):
        for field in fields(view):
            yield from leaves(getattr(view, field.name))
    elif isinstance(view, tuple):
        for item in view:
            yield from leaves(item)
    else:
        yield view


def with_state(session: Session, **changed: Any) -> Session:
    session._states[-1] = replace(session.state, **changed)
    return session


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["tiny", "account"])
def test_views_are_plain_data(name: str, lang: str) -> None:
    session = new(name)
    found = list(leaves(tuple(everything(session, lang))))
    session.end_turn()
    found += leaves(tuple(everything(session, lang)))
    assert {type(each) for each in found} <= {str, int, float, bool, type(None)}


@pytest.mark.parametrize("field", HIDDEN_METERS)
def test_hidden_meters_change_nothing_on_screen(field: str) -> None:
    plain = everything(new(), "en")
    session = new()
    other = with_state(session, **{field: getattr(session.state, field) * 0.5 + 9.0})
    assert everything(other, "en") == plain


def test_hidden_traits_change_nothing_on_screen() -> None:
    plain = everything(new(), "en")
    session = new()
    traits = session.state.traits
    known = session.observation.style >= 0
    other = replace(
        traits,
        style=np.where(known, traits.style, (traits.style + 1) % 4),
        frailty=traits.frailty + 1.0,
        personal_fit=traits.personal_fit - 5.0,
    )
    assert everything(with_state(session, traits=other), "en") == plain


def test_hidden_worth_and_mood_change_nothing_on_screen() -> None:
    plain = everything(new(), "zh")
    session = new()
    state: State = session.state
    known = session.observation.mood >= 0
    mood = np.where(known, state.mood, (state.mood + 1) % 4)
    known_worth = session.observation.potential_known
    potential = np.where(known_worth, state.potential, state.potential * 3.0)
    assert everything(with_state(session, mood=mood, potential=potential), "zh") == plain


def test_unknown_things_say_how_to_find_out() -> None:
    view = build_customer(new(), "en", "mei")
    unknown = [fact for person in view.people for fact in person.file if not fact.known]
    assert unknown
    assert all(fact.text == "?" and fact.how for fact in unknown)


def test_a_prospect_has_no_satisfaction_yet() -> None:
    session = new()
    row = session.rules.customer_ids.index("mei")
    status, bought = session.state.status.copy(), session.state.purchases.copy()
    status[0, row], bought[0, row] = 1, 0.0
    view = build_customer(with_state(session, status=status, purchases=bought), "en", "mei")
    meters = {meter.id: meter for meter in view.meters}
    assert meters["satisfaction"].value is None
    assert meters["satisfaction"].shown == "?"
    assert meters["satisfaction"].how
    assert meters["trust"].value is not None
    board = build_view(session, "en").board
    assert [ref.id for zone in board.funnel for ref in zone.customers] == ["mei"]


def test_the_contributions_of_a_change_sum_to_it() -> None:
    session = new("corner-cafe")
    rules = session.rules
    reads = [name for index, name in enumerate(rules.action_ids) if rules.rows.reads[1 + index]]
    changes = []
    for customer in rules.customer_ids[:3]:
        session.act(customer, reads[0])
        session.end_turn()
        report = build_report(session, "en")
        changes += [change for each in report.customers for change in each.changes]
    assert changes
    for change in changes:
        total = sum(part.amount for part in change.contributions)
        assert total == pytest.approx(change.amount, abs=1e-9)
        sizes = [abs(part.amount) for part in change.contributions]
        assert sizes == sorted(sizes, reverse=True)


def test_customers_with_the_largest_changes_come_first() -> None:
    session = new("corner-cafe")
    session.act(session.rules.customer_ids[0], session.rules.action_ids[0])
    session.end_turn()
    weights = [customer.weight for customer in build_report(session, "en").customers]
    assert weights == sorted(weights, reverse=True)


def test_a_chosen_action_is_shown_as_chosen_and_in_the_plan() -> None:
    session = new()
    option = next(each for each in session.options("mei") if each.allowed)
    session.act("mei", option.id)
    view = build_customer(session, "en", "mei")
    action = next(each for each in view.actions if each.id == option.id)
    assert action.chosen
    assert not action.allowed
    assert [planned.id for planned in build_view(session, "en").plan] == [option.id]
    assert view.slots_left == session.rules.sizes.slots - 1


def test_impossible_actions_say_why() -> None:
    session = new("account")
    for customer in session.rules.customer_ids:
        for action in build_customer(session, "zh", customer).actions:
            assert bool(action.why_not) != action.allowed


def test_a_conversation_goes_step_by_step() -> None:
    session = new()
    name = session.open_encounters()[0].id
    first = build_encounter(session, "en", name)
    assert (first.said, first.answered) == ((), False)
    session.answer(name, (first.responses[0].id,))
    second = build_encounter(session, "en", name)
    assert second.said[0].say == first.responses[0].say
    assert second.said[0].reply
    while not (view := build_encounter(session, "en", name)).answered:
        session.answer(name, (*view.path, view.responses[0].id))
    assert view.responses == ()
    assert view.concepts


def test_the_ten_signs_are_ten_and_counted() -> None:
    view = build_customer(new(), "en", "mei")
    assert [sign.id for sign in view.signs] == [str(number) for number in range(1, 11)]
    count = len([sign for sign in view.signs if sign.state])
    assert view.signs_note.startswith(f"{count} of 10 signs")


def test_an_opening_impression_is_no_ground_for_a_sign() -> None:
    states = {sign.id: sign.state for sign in build_customer(new(), "en", "mei").signs}
    assert {states[name] for name in ("3", "4", "6")} == {None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_result_has_what_the_score_is_made_of(lang: str) -> None:
    session = new()
    while not session.finished:
        session.end_turn()
    session.grade()
    view = build_result(session, lang)
    assert session.result is not None
    assert view.score.value == session.result.score
    assert view.grade.value == 50.0
    assert [meter.id for meter in view.meters] == [
        "satisfaction",
        "loyalty",
        "switching_cost",
        "equity",
    ]
    assert view.ending
    assert view.next_steps


def test_a_forecast_is_shown_and_judged() -> None:
    session = new()
    session.forecast("mei", "up", 0.7)
    assert "70 %" in build_view(session, "en").forecast.text
    while not session.finished:
        session.end_turn()
    assert "1 forecast" in build_result(session, "en").forecast


def test_the_glossary_is_searched_in_both_languages() -> None:
    session = new()
    english = build_glossary(session, "en", "trust")
    chinese = build_glossary(session, "en", "信任")
    assert english.entries
    assert chinese.entries
    assert len(build_glossary(session, "zh").entries) == len(session.script.glossary.concepts)
    assert build_glossary(session, "zh", "zzzz").entries == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_lists_scenarios_and_saved_games(lang: str) -> None:
    Session.new(GOOD / "tiny.yaml", 1, lang)
    view = build_catalogue(lang)
    assert any(item.id == "corner-cafe" and item.summary for item in view.scenarios)
    assert [save.problem for save in view.saves] == [""]


def test_a_damaged_save_is_listed_with_its_problem() -> None:
    path = Session.new(GOOD / "tiny.yaml", 1).path
    assert path is not None
    path.write_text("{", encoding="utf-8")
    view = build_catalogue("en")
    assert view.saves[0].problem


def test_a_buying_role_is_shown_only_once_it_is_known() -> None:
    session = new("account")
    customer = next(name for name, each in session.script.customers.items() if len(each.people) > 1)
    view = build_customer(session, "en", customer)
    roles = {person.role for person in view.people}
    assert roles == {"role ?"}
    everyone = np.ones_like(session.state.known)
    view = build_customer(with_state(session, known=everyone, fresh=everyone), "en", customer)
    assert "Decider, weight 30 %" in {person.role for person in view.people}


def test_kinds_that_nobody_can_learn_here_are_left_out() -> None:
    view = build_customer(new("account"), "en", new("account").rules.customer_ids[0])
    assert all(
        "no action here tells" not in fact.how for person in view.people for fact in person.file
    )


def test_the_plane_has_those_of_whom_there_is_a_reading() -> None:
    session = new()
    assert build_view(session, "en").board.plane.places == ()
    for _ in range(session.turns):
        for customer in session.script.customers:
            for each in session.options(customer)[:2]:
                if each.allowed:
                    session.act(customer, each.id)
                    break
        session.end_turn()
    board = build_view(session, "en").board
    placed = {each.id: each for each in board.plane.places}
    fields = {ref.id: group.id for group in board.matrix for ref in group.customers}
    assert set(placed) == {name for name, field in fields.items() if field != "unknown"}
    for name, place in placed.items():
        satisfied = place.satisfaction >= board.plane.split[0]
        assert satisfied == (fields[name] in {"mercenary", "evangelist"})
        stays = place.loyalty >= board.plane.split[1]
        assert stays == (fields[name] in {"captive", "evangelist"})
    ended = build_result(session, "en")
    assert len(ended.plane.places) == sum(len(group.customers) for group in ended.matrix)
