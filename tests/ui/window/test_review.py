"""The debrief by keys only and by mouse only: asked first, then shown; nothing is lost."""

import pygame
import pytest

from sim.ui.window.kit.node import Push, Screen
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.ledger import LedgerPage
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.review_turn import DecisionPage
from sim.ui.window.pages.title import Title
from sim.view.review_model import QUESTION_NOTE
from tests.ui.window.driver import Driver, OpenWindow, Press, by_keys_and_mouse
from tests.ui.window.reviewed import (
    answer,
    back,
    first,
    names_with,
    open_review,
    shown,
    stored,
    top,
    whole,
)

# --- asked first ---


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_nothing_is_graded_before_the_player_has_said_what_mattered(
    open_window: OpenWindow, press: Press
) -> None:
    session = whole()
    driver, page = open_review(open_window, session)
    assert not names_with(driver, "step/")
    assert not any(word in driver.texts() for word in ("Blunder", "Mistake", "??", "Skill index"))
    press(driver, "tell")  # no turn is chosen yet
    assert not page.debrief.answered
    press(driver, "ask/4")
    driver.tab_to("why")
    driver.type("all hours on one")
    press(driver, "tell")
    assert "Skill index" in driver.texts()
    assert "all hours on one" in driver.texts()
    noted = stored(session).turns[-1].notes[QUESTION_NOTE]
    assert noted == {"turn": 4, "why": "all hours on one"}


@pytest.mark.usefixtures("staged")
def test_who_has_answered_once_is_not_asked_again(open_window: OpenWindow) -> None:
    session = whole()
    driver, _ = open_review(open_window, session)
    answer(driver)
    back(driver)
    driver.app.apply(Push(session_page(driver)))
    assert "step/happened" in driver.names()


def session_page(driver: Driver) -> Screen:
    page = driver.app.stack.layers[0].screen
    assert isinstance(page, Title)
    return page.desk.open_review()


# --- the four steps ---


@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_the_steps_in_their_order(open_window: OpenWindow, press: Press) -> None:
    driver, page = open_review(open_window)
    answer(driver, press)
    seen = [page.step]
    while "on" in driver.names():
        press(driver, "on")
        seen.append(page.step)
    assert seen == ["happened", "decided", "why", "next"]
    driver.key(pygame.K_2)
    assert page.step == "decided"
    press(driver, "step/why")
    assert page.step == "why"


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_every_mark_of_every_chart_opens_its_decision(
    open_window: OpenWindow, press: Press
) -> None:
    driver, page = open_review(open_window, size=(1920, 1080))
    answer(driver)
    for step, marks in (
        ("happened", ("evaluation/9",)),
        ("decided", ("turn/9", "scatter/9", "waterfall/9", "hours/9")),
    ):
        driver.click(f"step/{step}")
        for mark in marks:
            press(driver, mark)
            decision = top(driver)
            assert isinstance(decision, DecisionPage), mark
            assert decision.turn == 9
            back(driver)
            assert driver.focus == mark
            assert top(driver) is page


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_numbers_open_their_ledgers_and_terms_their_formulas(
    open_window: OpenWindow, press: Press
) -> None:
    driver, _ = open_review(open_window)
    answer(driver)
    for figure, formula in (
        ("skill_index", "100 × (1 + sum of all decisions"),
        ("accuracy", "Accuracy of a turn = 100 × ½"),
        ("result", "the sum of all luck, exactly"),
        ("luck", "Luck of a turn ="),
    ):
        press(driver, f"figure/{figure}")
        assert isinstance(top(driver), LedgerPage)
        assert formula in driver.texts()
        back(driver)
    press(driver, "figure/accuracy")
    press(driver, "ledger/luck")
    assert "Luck of a turn =" in driver.texts()
    back(driver)
    press(driver, "evaluation/4")
    press(driver, "ledger")
    assert "Loss share = 100 × (best plan found" in driver.texts()
    assert "90 % range" in driver.texts()
    back(driver)
    press(driver, "changes")
    assert isinstance(top(driver), ReportPage)
    back(driver)
    assert isinstance(top(driver), DecisionPage)


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_the_sums_of_the_ledgers_are_those_of_the_review(open_window: OpenWindow) -> None:
    driver, page = open_review(open_window)
    found = page.debrief.reviewing.review
    ledger = page.debrief.ledger("result")
    assert found is not None
    assert ledger is not None
    assert found.result is not None
    assert abs(found.opening + found.skill + found.luck - found.result) < 1e-9
    assert ledger.value in driver.texts() or ledger.value == ledger.table.rows[-1][1]


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_a_concept_opens_the_glossary(open_window: OpenWindow, press: Press) -> None:
    driver, _ = open_review(open_window)
    answer(driver)
    driver.key(pygame.K_3)
    press(driver, "concept/recovery.steps")
    page = top(driver)
    assert isinstance(page, GlossaryPage)
    assert page.concept == "recovery.steps"


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_every_card_of_the_course_is_there_and_opens_its_entry(
    open_window: OpenWindow, press: Press
) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    driver.key(pygame.K_3)
    view = page.debrief.view
    assert view is not None
    assert view.course is not None
    ways = [f"course/{card.concept.id}" for card in view.course.cards]
    assert names_with(driver, "course/") == ways
    press(driver, ways[-1])
    entry = top(driver)
    assert isinstance(entry, GlossaryPage)
    assert entry.concept == view.course.cards[-1].concept.id
    back(driver)
    driver.point(ways[-1])  # scrolled into sight
    readings = view.course.cards[-1].readings
    assert all(each.shown in driver.texts() for each in readings)


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_charts_turn_into_tables_and_back(open_window: OpenWindow, press: Press) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    press(driver, "table/evaluation")
    view = page.debrief.view
    assert view is not None
    assert all(cell in driver.texts() for cell in view.evaluation.table.columns)
    assert not names_with(driver, "evaluation/")
    press(driver, "table/evaluation")
    assert names_with(driver, "evaluation/")


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_the_map_goes_through_time(open_window: OpenWindow, press: Press) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    view = page.debrief.view
    assert view is not None
    assert view.map is not None
    press(driver, "moment/back")
    assert page.debrief.moment == view.map.turns - 1
    driver.tab_to("moment")
    driver.key(pygame.K_HOME)
    assert page.debrief.moment == 1
    assert "Week 1" in driver.texts()
    press(driver, "moment/on")
    assert page.debrief.moment == 2
    press(driver, "moment/play")
    driver.wait(1.2)
    assert page.debrief.moment == 3
    press(driver, "moment/play")
    driver.wait(2.0)
    assert page.debrief.moment == 3
    face = names_with(driver, "map/")[0]
    press(driver, face)
    assert page.debrief.customer == face.removeprefix("map/")
    press(driver, face)
    assert page.debrief.customer == ""


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_a_customer_of_the_worst_turn_opens_why_it_changed(open_window: OpenWindow) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    driver.key(pygame.K_3)
    view = page.debrief.view
    assert view is not None
    assert view.worst is not None
    known = {each.id for each in page.debrief.report(view.worst.turn).customers}
    pair = next(name for name in names_with(driver, "pair/") if name[5:] in known)
    driver.press(pair)
    report = top(driver)
    assert isinstance(report, ReportPage)
    assert report.chosen == pair.removeprefix("pair/")


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_from_one_decision_to_the_next(open_window: OpenWindow) -> None:
    driver, _ = open_review(open_window)
    answer(driver)
    driver.press("evaluation/11")
    driver.press("after")
    decision = top(driver)
    assert isinstance(decision, DecisionPage)
    assert decision.turn == 12
    driver.press("after")  # there is none after the last
    assert top(driver) is decision
    driver.press("before")
    assert isinstance(top(driver), DecisionPage)
    back(driver)
    assert isinstance(top(driver), ReviewPage)


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_the_language_switches_live_on_every_screen(open_window: OpenWindow) -> None:
    driver, page = open_review(open_window)
    driver.click("ask/4")
    driver.click("language")
    assert "哪个回合最关键" in driver.texts()
    assert page.ask.turn == 4
    driver.click("tell")
    assert "技能指数" in driver.texts()
    driver.click("evaluation/4")
    assert "大错招" in driver.texts()
    driver.click("ledger")
    assert "损失占比" in driver.texts()
    back(driver)
    driver.click("language")
    assert "Blunder" in driver.texts()
    back(driver)
    assert "Skill index" in driver.texts()


# --- the ways in ---


@pytest.mark.slow
@by_keys_and_mouse
@pytest.mark.usefixtures("staged")
def test_from_the_result_and_from_the_saved_games(
    open_window: OpenWindow, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.play.session.grade_of", lambda *_: 61.0)
    session = whole()
    session.grade()
    driver = open_window(first)
    press(driver, "saves")
    press(driver, f"review/{session.path}")
    shown(driver)
    back(driver)
    press(driver, "saves")
    press(driver, f"save/{session.path}")
    assert isinstance(top(driver), ResultPage)
    press(driver, "review")
    shown(driver)
    back(driver)
    assert isinstance(top(driver), ResultPage)


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_an_unfinished_game_is_not_reviewed(open_window: OpenWindow) -> None:
    driver = open_window(first)
    driver.press("new")
    driver.press("scenario/corner-cafe")
    driver.press("start")
    driver.key(pygame.K_1)
    driver.key(pygame.K_ESCAPE)
    driver.press("dialogue/1")
    driver.press("saves")
    assert names_with(driver, "save/")
    assert not names_with(driver, "review/")
