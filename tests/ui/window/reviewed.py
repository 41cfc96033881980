"""A finished game in front of the window, with a review whose numbers are invented."""

from collections.abc import Callable, Sequence
from typing import Any

import pygame

from sim.game import GameRecord
from sim.play import saves
from sim.play.session import Session
from sim.ui.window.kit.node import Begin, Screen
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.title import Title
from tests.ui.window.driver import Driver, first
from tests.view.made_up import case_named, game
from tests.view.staged import Staged, judged

__all__ = ["Staged", "first", "judged"]

SCENARIO = "corner-cafe"


def whole(policy: str = "loudest") -> Session:
    """A finished game of a bot, saved and graded."""
    case, record = case_named(SCENARIO), game(SCENARIO, policy)
    return Session.begin(case, record, grader=lambda *_: 61.0)


def open_review(
    open_window: Callable[..., Driver], session: Session | None = None, **settings: Any
) -> tuple[Driver, ReviewPage]:
    """A window with the review of a game on top of the first page."""
    driver = open_window(first, **settings)
    page = driver.app.stack.top.screen
    assert isinstance(page, Title)
    page.desk.adopt(session or whole())
    driver.app.apply(Begin(page.desk.open_review()))
    driver.send()
    return driver, shown(driver)


def shown(driver: Driver) -> ReviewPage:
    """The review, which must be on top."""
    page = driver.app.stack.top.screen
    assert isinstance(page, ReviewPage)
    return page


def stored(session: Session) -> GameRecord:
    """The game as it is on the disk."""
    assert session.path is not None
    return saves.read(session.path)


def names_with(driver: Driver, start: str) -> Sequence[str]:
    """The controls whose names begin so."""
    return [name for name in driver.names() if name.startswith(start)]


def top(driver: Driver) -> Screen:
    """The screen on top."""
    return driver.app.stack.top.screen


def answer(
    driver: Driver, press: Callable[[Driver, str], None] = Driver.click, turn: int = 4
) -> None:
    """Says which turn mattered most."""
    press(driver, f"ask/{turn}")
    press(driver, "tell")


def back(driver: Driver) -> None:
    """Esc."""
    driver.key(pygame.K_ESCAPE)
