"""The debrief by keys only and by mouse only: asked first, then shown; nothing is lost."""

import multiprocessing
import time
from collections.abc import Callable

import pygame
import pytest

from sim.errors import SimError
from sim.play.saves import saves
from sim.play.session import Session
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.node import Push, Screen
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.review_compare import ComparePage
from sim.ui.window.pages.review_ledger import LedgerPage
from sim.ui.window.pages.review_retry import RetryPage
from sim.ui.window.pages.review_turn import DecisionPage
from sim.ui.window.pages.title import Title
from sim.ui.window.pages.turn import TurnPage
from sim.view.review_model import QUESTION_NOTE
from tests.ui.window.driver import Driver
from tests.ui.window.reviewed import (
    Staged,
    first,
    judged,
    names_with,
    open_review,
    shown,
    staged,
    stored,
    whole,
)
from tests.view.made_up import case_named, game

__all__ = ["staged"]  # a fixture

OpenWindow = Callable[..., Driver]
Press = Callable[[Driver, str], None]
WAYS = pytest.mark.parametrize("press", [Driver.press, Driver.click], ids=["keys", "mouse"])


def top(driver: Driver) -> Screen:
    return driver.app.stack.top.screen


def answer(driver: Driver, press: Press = Driver.click, turn: int = 4) -> None:
    press(driver, f"ask/{turn}")
    press(driver, "tell")


def back(driver: Driver) -> None:
    driver.key(pygame.K_ESCAPE)


# --- asked first ---


@pytest.mark.slow
@WAYS
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


@WAYS
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
@WAYS
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
@WAYS
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
@WAYS
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
@WAYS
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
@WAYS
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


# --- while it is being worked out ---


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_the_costliest_turns_stream_in(open_window: OpenWindow, staged: Staged) -> None:
    staged.steps = [None, 0, 1, 3, 1000]
    driver, page = open_review(open_window)
    answer(driver)  # asked while nothing is known yet
    labels = []
    for _ in range(6):
        driver.wait(0.1)
        view = page.debrief.view
        labels.append(0 if view is None else len([each for each in view.turns if each.refined]))
    assert labels == sorted(labels)
    assert labels[-1] == 12
    assert not page.debrief.busy
    assert driver.app._patience() == 0  # nothing is asked for any more


@pytest.mark.slow
def test_waiting_is_said_and_can_be_stopped_and_gone_on_with(
    open_window: OpenWindow, staged: Staged
) -> None:
    staged.steps = [None] * 50
    driver, page = open_review(open_window)
    answer(driver)
    assert "playing on from your turns" in driver.texts()
    driver.press("stop")
    assert not page.debrief.busy
    assert "was stopped" in driver.texts()
    staged.later = [1000]
    driver.press("resume")
    driver.wait(0.2)
    assert "Skill index" in driver.texts()


def test_while_it_is_worked_out_the_window_draws_only_news(
    open_window: OpenWindow, staged: Staged
) -> None:
    staged.steps = [2, *[None] * 400]
    driver, _ = open_review(open_window)
    answer(driver)
    driver.wait(1.0)  # until the tip of what was clicked has come
    frames = driver.app.frames
    driver.wait(2.0)
    assert driver.app.frames == frames


@pytest.mark.slow
def test_a_review_that_breaks_off_is_said(
    open_window: OpenWindow, staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged.steps = [None] * 50
    driver, page = open_review(open_window)

    def poll() -> bool:
        page.debrief.reviewing.problem = SimError("review/stopped")
        staged.steps.clear()
        return True

    monkeypatch.setattr(page.debrief.reviewing, "poll", poll)
    driver.wait(0.2)
    assert "nothing of the game is lost" in driver.texts()


@pytest.mark.parametrize(
    "moment", ["ask", "waiting", "happened", "decision", "ledger", "retry", "judging", "branch"]
)
@pytest.mark.slow
def test_the_window_may_close_at_any_moment(
    open_window: OpenWindow, staged: Staged, moment: str
) -> None:
    staged.steps = [None] * 99 if moment == "waiting" else [3, *[None] * 99]
    session = whole()
    driver, _ = open_review(open_window, session)
    if moment != "ask":
        answer(driver)
    if moment in {"decision", "ledger", "retry", "judging", "branch"}:
        driver.click("evaluation/2")
    if moment == "ledger":
        driver.click("ledger")
    if moment == "branch":
        driver.click("play_on")
    if moment in {"retry", "judging"}:
        driver.click("again")
    if moment == "judging":
        driver.click("end")
    driver.send(pygame.event.Event(pygame.QUIT))
    assert not driver.app.running
    assert staged.closed == 1
    assert stored(session).turns == session.record.turns
    assert stored(session).result == session.record.result


# --- learn from your mistakes ---


@pytest.mark.slow
@WAYS
def test_a_turn_is_decided_again_hinted_at_and_solved(
    open_window: OpenWindow, staged: Staged, press: Press
) -> None:
    session = whole()
    driver, _ = open_review(open_window, session)
    answer(driver)
    driver.key(pygame.K_4)
    press(driver, names_with(driver, "retry/")[0])
    page = top(driver)
    assert isinstance(page, RetryPage)
    hint = page._card.hint
    driver.tab_to("why")
    driver.type("too much at once")
    staged.answers = [judged(solved=False, label="blunder")]
    press(driver, "end")
    driver.wait(0.3)
    assert "Not there yet" in driver.texts()
    assert hint.split(".")[0] in driver.texts()
    assert "solution" not in driver.names()
    press(driver, next(name for name in driver.names() if name.startswith("plan/")))
    staged.answers = [judged(solved=True, label="good")]
    press(driver, "end")
    driver.wait(0.3)
    assert "Solved" in driver.texts()
    assert staged.asked[0] != staged.asked[1]
    driver.click("language")
    assert "解决了" in driver.texts()
    driver.click("language")
    noted = stored(session).turns[-1].notes["retries"][str(page.number)]
    assert noted == {"solved": True, "tries": 2, "why": "too much at once", "seen": False}
    back(driver)
    assert "1 of 3 solved" in driver.texts()
    assert stored(session).result == session.result


@pytest.mark.slow
def test_after_two_tries_the_solution_may_be_seen_but_does_not_count(
    open_window: OpenWindow, staged: Staged
) -> None:
    session = whole()
    driver, _ = open_review(open_window, session)
    answer(driver)
    driver.key(pygame.K_4)
    driver.click(names_with(driver, "retry/")[0])
    page = top(driver)
    assert isinstance(page, RetryPage)
    for _ in range(2):
        staged.answers = [judged(solved=False, label="mistake")]
        driver.press("end")
        driver.wait(0.2)
    driver.press("solution")
    assert "Better plan" in driver.texts()
    staged.answers = [judged(solved=True, label="best")]
    driver.press("end")
    driver.wait(0.2)
    noted = stored(session).turns[-1].notes["retries"][str(page.number)]
    assert not noted["solved"]
    assert noted["seen"]


@pytest.mark.slow
def test_a_plan_that_cannot_be_judged_costs_no_try(open_window: OpenWindow, staged: Staged) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    driver.click("evaluation/4")
    driver.click("again")
    staged.answers = [SimError("review/stopped")]
    driver.press("end")
    driver.wait(0.2)
    retry = top(driver)
    assert isinstance(retry, RetryPage)
    assert retry.tries == 0
    assert "nothing of the game is lost" in driver.texts()
    assert page.debrief.retries == {}


# --- playing on ---


@pytest.mark.slow
@WAYS
@pytest.mark.usefixtures("staged")
@pytest.mark.parametrize(("which", "lucks"), [(2, 0), (1, 1)], ids=["same luck", "new luck"])
def test_playing_on_is_a_game_of_its_own(
    open_window: OpenWindow, press: Press, which: int, lucks: int
) -> None:
    session = whole()
    driver, page = open_review(open_window, session)
    answer(driver)
    before = stored(session)
    press(driver, "evaluation/4")
    press(driver, "play_on")
    assert isinstance(top(driver), Dialogue)
    press(driver, f"dialogue/{which}")
    turn = top(driver)
    assert isinstance(turn, TurnPage)
    new = turn.desk.session
    assert new.turn == 4
    assert new.draft.choices == before.turns[3].choices
    assert new.record.branch is not None
    assert len(new.record.luck) == lucks
    assert stored(session) == before
    assert len(saves()) == 2
    assert page.debrief.session.record.result == before.result


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_playing_on_from_a_chosen_turn(open_window: OpenWindow) -> None:
    driver, _ = open_review(open_window)
    answer(driver)
    driver.key(pygame.K_4)
    driver.tab_to("branch/turn")
    driver.key(pygame.K_RIGHT)
    driver.press("branch/go")
    assert "Week 5" in driver.texts()
    driver.press("dialogue/0")
    assert isinstance(top(driver), ReviewPage)


@pytest.mark.slow
@pytest.mark.usefixtures("staged")
def test_what_to_do_next_time_is_kept(open_window: OpenWindow) -> None:
    session = whole()
    driver, _ = open_review(open_window, session)
    answer(driver)
    driver.key(pygame.K_4)
    driver.tab_to("thought")
    driver.type("survey first")
    driver.press("keep")
    assert stored(session).turns[-1].notes["reflection"] == "survey first"


# --- two games ---


@pytest.mark.slow
@WAYS
@pytest.mark.usefixtures("staged")
def test_two_games_side_by_side(open_window: OpenWindow, press: Press) -> None:
    other, session = whole("vip"), whole()
    driver, _ = open_review(open_window, session)
    answer(driver)
    driver.key(pygame.K_4)
    press(driver, f"compare/{other.path}")
    page = top(driver)
    assert isinstance(page, ComparePage)
    assert "The games part in Week 1." in driver.texts()
    press(driver, "all")
    assert page.all
    driver.key(pygame.K_l)
    assert "两局" in driver.texts()
    back(driver)
    assert isinstance(top(driver), ReviewPage)


# --- the ways in ---


@pytest.mark.slow
@WAYS
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


# --- a closer look ---


@pytest.mark.slow
@WAYS
def test_one_turn_is_looked_at_more_closely(
    open_window: OpenWindow, staged: Staged, press: Press
) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    driver.click("evaluation/4")
    staged.steps = [None, None, 1000]
    press(driver, "closer")
    assert "Looking more closely" in driver.texts()
    driver.wait(0.6)
    assert page.debrief.looked_closer(4)
    assert "looked at more closely" in driver.texts()
    assert "closer" not in driver.names()
    driver.click("after")
    staged.steps = [None] * 50
    press(driver, "closer")
    press(driver, "closer/stop")
    assert page.debrief.closer is None
    assert "closer" in driver.names()
    assert not page.debrief.looked_closer(5)


# --- with the real process beside the window ---


def real_review(open_window: OpenWindow) -> tuple[Driver, ReviewPage]:
    """The review of a small game, begun in a process of its own."""
    case, record = case_named("tiny"), game("tiny")
    return open_review(open_window, Session.begin(case, record, grader=lambda *_: 50.0))


@pytest.mark.slow
def test_a_real_review_comes_in_beside_the_window(open_window: OpenWindow) -> None:
    driver, page = real_review(open_window)
    answer(driver, turn=1)
    news = 0
    for _ in range(6000):
        if not page.debrief.busy:
            break
        time.sleep(0.02)
        frames = driver.app.frames
        driver.wait(0.05)
        news += driver.app.frames > frames
    assert page.debrief.reviewing.problem is None
    assert page.debrief.reviewing.done == 1.0
    assert "Skill index" in driver.texts()
    assert 0 < news < 40
    driver.press("evaluation/1")
    assert isinstance(top(driver), DecisionPage)


@pytest.mark.slow
def test_closing_the_window_ends_the_real_process(open_window: OpenWindow) -> None:
    before = set(multiprocessing.active_children())
    driver, page = real_review(open_window)
    started = set(multiprocessing.active_children()) - before
    assert len(started) == 1
    driver.wait(0.1)
    driver.send(pygame.event.Event(pygame.QUIT))
    assert set(multiprocessing.active_children()) <= before
    assert not page.debrief.busy
