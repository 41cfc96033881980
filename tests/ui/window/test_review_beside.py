"""While the review is worked out beside the window: news, stopping, and closing at any moment."""

import multiprocessing
import time

import pygame
import pytest

from sim.errors import SimError
from sim.play.session import Session
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.review_turn import DecisionPage
from tests.ui.window.driver import Driver, OpenWindow
from tests.ui.window.reviewed import (
    Staged,
    answer,
    open_review,
    stored,
    top,
    whole,
)
from tests.view.made_up import case_named, game


@pytest.mark.slow
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
