"""What is told late: concepts that would give somebody away, and the truth about the portfolio."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sim.engine.facts import of_account
from sim.lab.pars import Pars
from sim.paths import user_dir
from sim.play.case import Case, known_pars, open_case
from sim.play.session import Session
from sim.view.build import build_encounter, build_report, build_result
from sim.view.words import decimal, whole

TESTS = Path(__file__).parents[1]
LANGUAGES = ("en", "zh")
TELLING = ("mood.falling", "person.amiable")


@cache
def tiny() -> Case:
    return open_case(TESTS / "scenario" / "good" / "tiny.yaml")


def session_with(*teaches: str) -> Session:
    """A game whose first conversation is about these concepts."""
    case = tiny()
    encounters = {
        name: replace(script, teaches=teaches) for name, script in case.script.encounters.items()
    }
    script = replace(case.script, encounters=encounters)
    return Session.new(replace(case, script=script), 3, saved=False, grader=lambda *_: 50.0)


def talk(session: Session) -> str:
    """Answers the first conversation to its end; its id."""
    name = session.open_encounters()[0].id
    while not (view := build_encounter(session, "en", name)).answered:
        session.answer(name, (*view.path, view.responses[0].id))
    return name


def finish(session: Session) -> None:
    while not session.finished:
        session.end_turn()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_conversation_does_not_name_a_hidden_mood_or_style(lang: str) -> None:
    session = session_with(*TELLING, "recovery.steps")
    view = build_encounter(session, lang, talk(session))
    assert [ref.id for ref in view.concepts] == ["recovery.steps"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_result_names_what_was_held_back_and_with_whom(lang: str) -> None:
    session = session_with(*TELLING, "recovery.steps")
    customer = session.script.encounters[talk(session)].customer
    finish(session)
    held = build_result(session, lang).withheld
    assert tuple(ref.id for ref in held) == TELLING
    assert {ref.note for ref in held} == {session.script.customers[customer].name.of(lang)}


def test_a_reason_does_not_name_a_hidden_mood_or_style() -> None:
    session = Session.new(open_case("corner-cafe"), 7, saved=False)
    session.act("dan", "chat")
    session.end_turn()
    told = {
        (customer.id, part.concept.id)
        for customer in build_report(session, "en").customers
        for change in customer.changes
        for part in change.contributions
        if part.concept is not None
    }
    assert told
    assert not [concept for _, concept in told if concept in TELLING]


def test_the_matrix_at_the_end_is_true_and_leaves_nobody_out() -> None:
    session = Session.new(tiny(), 3, saved=False, grader=lambda *_: 50.0)
    finish(session)
    state, rules = session.state, session.rules
    satisfaction = of_account(rules, state.satisfaction)[0]
    groups = build_result(session, "en").matrix
    assert "unknown" not in {group.id for group in groups}
    placed = [ref for group in groups for ref in group.customers]
    assert placed
    for ref in placed:
        row = rules.customer_ids.index(ref.id)
        assert ref.note.startswith(f"satisfaction {whole(float(satisfaction[row]))}, ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_grade_says_between_which_scores_it_lies(lang: str) -> None:
    session = Session.new(tiny(), 3, saved=False)
    finish(session)
    assert not any(sign.isdecimal() and sign not in "01" for sign in grade_note(session, lang))
    session.grade()
    (kept,) = (user_dir() / "pars").iterdir()
    assert kept.is_file()
    for score in (case_pars(session).nothing, case_pars(session).expert):
        assert decimal(score) in grade_note(session, lang)


def grade_note(session: Session, lang: str) -> str:
    return build_result(session, lang).grade.when


def case_pars(session: Session) -> Pars:
    found = known_pars(session.case)
    assert found is not None
    return found


@pytest.mark.parametrize(("lang", "reason"), [("en", "Relief."), ("zh", "松了口气。")])
def test_what_an_author_writes_directly_is_shown_with_the_authors_reason(
    lang: str, reason: str
) -> None:
    session = Session.new(TESTS / "engine" / "everything.yaml", 5, saved=False)
    session.end_turn()
    session.answer("stoppage", ("help",))
    reads = session.rules.rows.reads[1:]
    for option in session.options("mill"):
        if option.allowed and reads[session.rules.action_ids.index(option.id)]:
            session.act("mill", option.id)
            break
    session.end_turn()
    (mill,) = (each for each in build_report(session, lang).customers if each.id == "mill")
    (written,) = (
        part
        for change in mill.changes
        if change.id == "satisfaction"
        for part in change.contributions
        if part.id == "written"
    )
    assert written.sentence == reason
    assert written.amount > 0
