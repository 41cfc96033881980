"""Every screen of the debrief: whole at every size, language and text size, reachable by keys."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs exist

from sim.ui.window import focus
from sim.ui.window.kit.node import Pop, Push
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.pages.ledger import LedgerPage
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.review_branch import branch_dialogue
from sim.ui.window.pages.review_compare import ComparePage
from sim.ui.window.pages.review_retry import RetryPage, retry_page
from sim.ui.window.pages.review_turn import DecisionPage, opened_report
from tests.ui.window.driver import LANGUAGES, SIZES, Driver, OpenWindow
from tests.ui.window.reviewed import Staged, judged, open_review, whole
from tests.ui.window.test_pages import every_control, faults

CHARTS = ("evaluation", "map", "scatter", "waterfall", "hours", "worst", "concepts", "calibration")


def walk(driver: Driver, page: ReviewPage, stage: Staged) -> Iterator[str]:
    """Shows one screen after the other, and says which."""
    app, debrief = driver.app, page.debrief
    yield "ask"
    page.ask.turn = 4
    app.refresh()
    yield "ask, chosen"
    debrief.answer(4, "because")
    for tables in (set[str](), set(CHARTS)):
        debrief.tables = tables
        for step in ("happened", "decided", "why", "next"):
            page._choose(step)
            app.refresh()
            yield f"{step}, {'tables' if tables else 'charts'}"
    debrief.tables = set()
    debrief.customer, debrief.moment = debrief.session.rules.customer_ids[0], 9
    page._choose("happened")
    app.refresh()
    yield "map of one"
    yield from sheets(driver, page)
    yield from retry(driver, page, stage)


def sheets(driver: Driver, page: ReviewPage) -> Iterator[str]:
    """What opens on top of the review."""
    app, debrief = driver.app, page.debrief
    other = next(ref.id for ref in debrief.others())
    for name, screen in (
        ("decision", DecisionPage(debrief, 4)),
        ("ledger", LedgerPage(debrief.desk, debrief.ledger, "turn/4")),
        ("accuracy", LedgerPage(debrief.desk, debrief.ledger, "accuracy")),
        ("report", opened_report(debrief, 4)),
        ("compare", ComparePage(debrief, other)),
    ):
        app.apply(Push(screen))
        yield name
        app.apply(Pop())
    app.apply(branch_dialogue(debrief, 4))
    yield "branch"
    app.apply(Pop())


def retry(driver: Driver, page: ReviewPage, stage: Staged) -> Iterator[str]:
    """A turn that is decided again, up to its solution."""
    app = driver.app
    app.apply(retry_page(page.debrief, 4))
    yield "retry"
    screen = app.stack.top.screen
    assert isinstance(screen, RetryPage)
    for solved in (False, True):
        stage.answers = [judged(solved=solved, label="good" if solved else "blunder")]
        screen._check()
        driver.wait(0.2)
        yield f"judged, {solved}"
    screen._reveal()
    app.refresh()
    yield "solution"


def check(open_window: OpenWindow, stage: Staged, *, pseudo: bool = False, **settings: Any) -> None:
    whole("vip")  # to compare with
    driver, page = open_review(open_window, None, pseudo=pseudo, **settings)
    found = [
        f"{name}: {fault}" for name in walk(driver, page, stage) for fault in faults(driver)[:3]
    ]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "lang", "text"),
    [*itertools.product((*SIZES, (2560, 1440)), LANGUAGES, (1.0, 2.0))],
)
def test_nothing_is_clipped_or_overlaps(
    open_window: OpenWindow, staged: Staged, size: tuple[int, int], lang: str, *, text: float
) -> None:
    check(open_window, staged, size=size, language=lang, text=text)


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "text"), [*itertools.product(LANGUAGES, (1.0, 2.0))])
def test_longer_words_break_nothing(
    open_window: OpenWindow, staged: Staged, lang: str, text: float
) -> None:
    check(open_window, staged, pseudo=True, language=lang, text=text)


@pytest.mark.slow
@pytest.mark.parametrize("text", [1.0, 2.0])
def test_every_control_has_a_name_of_its_own_and_is_large_enough(
    open_window: OpenWindow, staged: Staged, text: float
) -> None:
    whole("vip")
    driver, page = open_review(open_window, size=(1024, 640), text=text)
    for screen in walk(driver, page, staged):
        controls = focus.order(driver.root)
        names = [control.name for control in controls]
        assert len(names) == len(set(names)), screen
        assert all(control.name for control in every_control(driver)), screen
        small = [c.name for c in controls if not isinstance(c, Scroll) and min(c.rect.size) < 22]
        assert small == [], screen


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_character_is_in_the_font(open_window: OpenWindow, staged: Staged, lang: str) -> None:
    whole("vip")
    driver, page = open_review(open_window, language=lang)
    shown = {char for _ in walk(driver, page, staged) for char in driver.texts()}
    fonts = Path(__file__).parents[3] / "assets" / "fonts"
    with TTFont(fonts / f"ui-{lang}-regular.otf", lazy=True) as font:
        known = font.getBestCmap()
    assert [char for char in shown if ord(char) not in known and not char.isspace()] == []


@pytest.mark.slow
def test_every_control_is_reached_by_tab_and_shows_its_ring(
    open_window: OpenWindow, staged: Staged
) -> None:
    whole("vip")
    driver, page = open_review(open_window, size=(1024, 640))
    for screen in walk(driver, page, staged):
        controls = focus.order(driver.root)
        visited = set()
        for _ in controls:
            focus.move(driver.app.ui, driver.root, 1)
            assert driver.app.ui.focus_shown, screen
            visited.add(driver.focus)
            control = driver.control(driver.focus)
            assert driver.app.surface.get_rect().colliderect(control.rect), (screen, control.name)
        assert visited == {control.name for control in controls}, screen
