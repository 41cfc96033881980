"""From any number on a page, one click or one key leads to where it comes from."""

import pygame
import pytest

from sim.play.session import Session
from sim.ui.window.kit.node import Begin, Push
from sim.ui.window.pages.briefing import Briefing
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.ledger import LedgerPage
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.title import Title
from sim.ui.window.pages.turn import TurnPage
from tests.ui.window.driver import Driver, OpenWindow, Press, by_keys_and_mouse, first
from tests.view.made_up import case_named, game


def opened(open_window: OpenWindow, session: Session, **settings: object) -> Driver:
    """A window on a game."""
    driver = open_window(first, **settings)
    page = driver.app.stack.top.screen
    assert isinstance(page, Title)
    page.desk.adopt(session)
    driver.app.apply(Begin(page.desk.open_game()))
    driver.send()
    return driver


def running(turns: int = 1) -> Session:
    session = Session.new(case_named("tiny"), 3, saved=False, grader=lambda *_: 61.0)
    for _ in range(turns):
        session.end_turn()
    return session


def ledger(driver: Driver) -> str:
    """The ledger on top."""
    page = driver.app.stack.top.screen
    assert isinstance(page, LedgerPage), type(page)
    return page.name


def leads_to(driver: Driver, press: Press, control: str, name: str) -> None:
    """Pressing a number opens its ledger, and Esc leads back to it."""
    press(driver, control)
    assert ledger(driver) == name
    driver.key(pygame.K_ESCAPE)
    assert driver.focus == control


@pytest.mark.slow
@by_keys_and_mouse
def test_every_number_of_a_turn(open_window: OpenWindow, press: Press) -> None:
    session = running()
    driver = opened(open_window, session, size=(1920, 1080))
    page = driver.app.stack.top.screen
    assert isinstance(page, TurnPage)
    for name in ("budget/hours", "budget/money", "book/satisfaction", "book/switching_cost"):
        leads_to(driver, press, f"fact/{name}", name)
    press(driver, "news")
    leads_to(driver, press, "number/book/loyalty", "book/loyalty")
    customer = session.rules.customer_ids[0]
    press(driver, f"customer/{customer}")
    leads_to(driver, press, f"number/of/{customer}/trust", f"of/{customer}/trust")
    for tab, name in (
        ("signs", f"of/{customer}/bond"),
        ("people", f"person/{customer}/{customer}/knowledge"),
    ):
        page.shown.file = tab
        driver.app.refresh()
        found = [each for each in driver.names() if each.startswith("number/")]
        assert any(each.startswith(f"number/{name.split('/')[0]}") for each in found)
        leads_to(driver, press, found[-1], found[-1].removeprefix("number/"))


def test_one_key_on_every_page(open_window: OpenWindow) -> None:
    session = running()
    driver = opened(open_window, session)
    page = driver.app.stack.top.screen
    assert isinstance(page, TurnPage)
    page.shown.news()
    driver.app.refresh()
    driver.key(pygame.K_n)
    assert ledger(driver) == "book/satisfaction"
    driver.key(pygame.K_ESCAPE)
    customer = session.rules.customer_ids[1]
    driver.tab_to(f"customer/{customer}")
    driver.key(pygame.K_n)
    assert ledger(driver) == f"of/{customer}"
    driver.key(pygame.K_ESCAPE)
    driver.app.apply(Push(Briefing(page.desk)))
    driver.key(pygame.K_n)
    assert ledger(driver) == "goal/score"
    driver.key(pygame.K_ESCAPE)
    driver.key(pygame.K_ESCAPE)
    driver.app.apply(Push(ReportPage(page.desk, {})))
    report = driver.app.stack.top.screen
    assert isinstance(report, ReportPage)
    driver.key(pygame.K_n)
    assert report.formulas


@pytest.mark.slow
@by_keys_and_mouse
def test_the_numbers_of_the_result(open_window: OpenWindow, press: Press) -> None:
    case, record = case_named("tiny"), game("tiny")
    session = Session.begin(case, record, grader=lambda *_: 61.0)
    session.grade()
    driver = opened(open_window, session)
    page = driver.app.stack.top.screen
    assert isinstance(page, ResultPage)
    for meter in ("grade", "score", "equity", "satisfaction"):
        control = "number/grade" if meter == "grade" else f"number/result/{meter}"
        leads_to(driver, press, control, f"result/{meter}")
    driver.key(pygame.K_n)
    assert ledger(driver) == "result/score"


@pytest.mark.slow
def test_from_a_ledger_to_others_and_to_the_glossary_in_either_language(
    open_window: OpenWindow,
) -> None:
    session = running()
    driver = opened(open_window, session)
    customer = session.rules.customer_ids[0]
    driver.press(f"customer/{customer}")
    driver.key(pygame.K_n)
    driver.press(f"ledger/of/{customer}/switching_cost")
    assert "the sum of all ties" in driver.texts()
    driver.press("concept/switching.cost")
    assert isinstance(driver.app.stack.top.screen, GlossaryPage)
    driver.key(pygame.K_ESCAPE)
    driver.key(pygame.K_l)
    assert "各种纽带" in driver.texts()
