"""After the review: deciding again, a closer look, playing on, and another game beside this one."""

import pygame
import pytest

from sim.errors import SimError
from sim.play.saves import saves
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.review_compare import ComparePage
from sim.ui.window.pages.review_retry import RetryPage
from sim.ui.window.pages.turn import TurnPage
from tests.ui.window.driver import OpenWindow, Press, by_keys_and_mouse
from tests.ui.window.reviewed import (
    Staged,
    answer,
    back,
    judged,
    names_with,
    open_review,
    stored,
    top,
    whole,
)

# --- learn from your mistakes ---


@pytest.mark.slow
@by_keys_and_mouse
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
    press(driver, "end")
    assert hint.split(".")[0] not in driver.texts()  # no hint before a try has been judged
    staged.answers = [judged(solved=False, label="blunder")]
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
    assert names_with(driver, "inbox/")  # what was answered can be answered otherwise
    driver.press("solution")
    assert "Better plan" in driver.texts()
    driver.click("language")
    assert "更好的方案" in driver.texts()
    driver.click("language")
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


@pytest.mark.slow
def test_while_a_plan_is_judged_the_seconds_are_told_and_it_can_be_stopped(
    open_window: OpenWindow, staged: Staged
) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    driver.click("evaluation/4")
    driver.click("again")
    retry = top(driver)
    assert isinstance(retry, RetryPage)
    driver.press("end")
    driver.wait(3.2)
    assert "3 s so far" in driver.texts()
    driver.click(next(name for name in driver.names() if name.startswith("plan/")))
    assert "s so far" in driver.texts()  # the plan can be changed meanwhile
    driver.click("stop")
    assert "stop" not in driver.names()
    assert retry.tries == 0
    assert not page.debrief.busy
    staged.answers = [judged(solved=True, label="good")]
    driver.press("end")
    driver.wait(0.3)
    assert "Solved" in driver.texts()


# --- playing on ---


@pytest.mark.slow
@by_keys_and_mouse
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
@by_keys_and_mouse
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


# --- a closer look ---


@pytest.mark.slow
@by_keys_and_mouse
def test_one_turn_is_looked_at_more_closely(
    open_window: OpenWindow, staged: Staged, press: Press
) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    driver.click("evaluation/4")
    staged.later = [None, None, 4]
    press(driver, "closer")
    assert staged.deepened == [(4,)]
    assert "Looking more closely" in driver.texts()
    driver.wait(0.6)
    assert page.debrief.looked_closer(4)
    assert "looked at more closely" in driver.texts()
    assert "closer" not in driver.names()
    driver.click("after")
    page.debrief.reviewing.done = 1.0
    staged.later = [None] * 50
    press(driver, "closer")
    press(driver, "stop")
    assert not page.debrief.busy
    assert "closer" in driver.names()
    assert not page.debrief.looked_closer(5)


@pytest.mark.slow
@by_keys_and_mouse
def test_the_whole_game_is_looked_at_more_closely_stopped_and_gone_on_with(
    open_window: OpenWindow, staged: Staged, press: Press
) -> None:
    driver, page = open_review(open_window)
    answer(driver)
    staged.later = [0, 5, *[None] * 50]
    press(driver, "closer")
    assert staged.deepened == [()]
    assert "Looking more closely" in driver.texts()
    driver.wait(0.4)
    view = page.debrief.view
    assert view is not None
    assert view.depth.startswith("5 of 12 turns looked at more closely")
    press(driver, "stop")
    assert not page.debrief.busy
    assert page.debrief.closer_left == 7
    assert "Skill index" in driver.texts()  # nothing that was there is lost
    staged.later = [5, 9, 1000]
    press(driver, "closer")
    driver.wait(0.8)
    assert page.debrief.closer_left == 0
    assert page.debrief.view is not None
    assert page.debrief.view.depth.startswith("Deep")
    assert not {"closer", "stop", "resume"} & set(driver.names())
