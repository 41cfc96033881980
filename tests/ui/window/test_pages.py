"""Every page of a real game: whole at every size, language and text size, reachable by keys."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs exist

from sim.play.session import Session
from sim.ui.window import focus
from sim.ui.window.kit.node import Control, Pop, Push
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.help_page import HelpPage
from sim.ui.window.pages.picker import Picker
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.saves import SavesPage
from sim.ui.window.pages.settings_page import SettingsPage
from sim.ui.window.pages.shown import Shown
from sim.ui.window.pages.start import game_page
from sim.ui.window.pages.title import Title
from sim.ui.window.pages.turn import TurnPage
from tests.ui.window.driver import LANGUAGES, SIZES, Driver, OpenWindow, clipped, first, misplaced


@pytest.fixture(autouse=True)
def quick_grade(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pars take seconds; what is shown does not depend on them."""
    monkeypatch.setattr("sim.ui.window.pages.grading.Grading.running", property(lambda _: False))
    monkeypatch.setattr("sim.ui.window.pages.grading.Grading.__init__", lambda *_: None)
    monkeypatch.setattr("sim.ui.window.pages.grading.Grading.settle", lambda _: None)
    monkeypatch.setattr("sim.ui.window.pages.grading.Grading.stop", lambda _: None)


def desk_of(driver: Driver) -> Desk:
    page = driver.app.stack.layers[0].screen
    assert isinstance(page, Title)
    return page.desk


def played(session: Session, turns: int) -> None:
    """Some turns with a few deeds, so that there is something to see."""
    for _ in range(turns):
        for customer in session.script.customers:
            possible = [each.id for each in session.options(customer) if each.allowed]
            if possible:
                session.act(customer, possible[0])
        session.end_turn()


def walk(driver: Driver) -> Iterator[str]:
    """Opens one page after the other, and says which."""
    desk, app = desk_of(driver), driver.app
    session = Session.new("corner-cafe", 7, desk.lang)
    yield "title"
    for page in (Picker(desk), SavesPage(desk), SettingsPage(desk)):
        app.apply(Push(page))
        yield type(page).__name__
        app.apply(Pop())
    app.apply(game_page(app.stack.top.screen, session))
    yield "briefing"
    driver.app.apply(driver.control("start").press(app.ui))
    yield from turn_pages(driver)
    yield from later_pages(driver, session)


def later_pages(driver: Driver, session: Session) -> Iterator[str]:
    """What there is to see after some turns, up to the result."""
    desk, app = desk_of(driver), driver.app
    for other in (GlossaryPage(desk), HelpPage(desk)):
        app.apply(Push(other))
        yield type(other).__name__
        app.apply(Pop())
    played(session, 2)
    desk.forget()
    page = app.stack.top.screen
    assert isinstance(page, TurnPage)
    page.begin()
    app.apply(True)
    yield "third turn"
    page.shown.customer(next(iter(session.script.customers)))
    page.shown.file = "history"
    app.apply(True)
    yield "history"
    app.apply(page._play())
    yield "report"
    played(session, session.turns - len(session.reports))
    app.apply(Push(ResultPage(desk)))
    driver.send()
    yield "result"


def turn_pages(driver: Driver) -> Iterator[str]:
    """What the turn can show."""
    page, app = driver.app.stack.top.screen, driver.app
    assert isinstance(page, TurnPage)
    customer = page.desk.view.board.cards[0].id
    action = page.desk.customer(customer).actions[0].id
    for part in ("inbox", "board", "detail", "plan"):
        page.shown.part = part
        app.apply(True)
        yield f"turn, {part}"
    for kind, ident in (("file", customer), ("firm", ""), ("news", "")):
        for tab in ("actions", "people", "signs") if kind == "file" else ("actions",):
            page.shown = Shown(kind=kind, id=ident, file=tab, action=action)
            app.apply(True)
            yield f"{kind}, {tab}"
    for board in ("pyramid", "funnel", "matrix"):
        page.shown = Shown(board=board, part="board")
        app.apply(True)
        yield board


def faults(driver: Driver) -> list[str]:
    """What is wrong with a page from its top to its end."""
    driver.app.draw()
    problems = misplaced(driver.root) + clipped(driver.app)
    for scroll in list(driver.scrolls()):
        while scroll.scroll_by(driver.app.ui, scroll.rect.h * 8 // 10):
            driver.app.draw()
            problems += clipped(driver.app)
    return problems


def check(driver: Driver) -> None:
    found = [f"{name}: {fault}" for name in walk(driver) for fault in faults(driver)[:3]]
    assert found == []


def test_nothing_is_clipped_or_overlaps(open_window: OpenWindow) -> None:
    check(open_window(first))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "lang", "text"),
    [*itertools.product((*SIZES, (2560, 1440)), LANGUAGES, (1.0, 2.0)), ((2560, 1440), "en", 1.3)],
)
def test_nothing_is_clipped_at_any_size(
    open_window: OpenWindow, size: tuple[int, int], lang: str, text: float
) -> None:
    check(open_window(first, size=size, language=lang, text=text))


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "text"), [*itertools.product(LANGUAGES, (1.0, 2.0))])
def test_longer_words_break_nothing(open_window: OpenWindow, lang: str, text: float) -> None:
    check(open_window(first, language=lang, text=text, pseudo=True))


@pytest.mark.slow
@pytest.mark.parametrize("text", [1.0, 2.0])
def test_every_control_has_a_name_of_its_own_and_is_large_enough(
    open_window: OpenWindow, text: float
) -> None:
    driver = open_window(first, size=(1024, 640), text=text)
    for page in walk(driver):
        controls = focus.order(driver.root)
        names = [control.name for control in controls]
        assert len(names) == len(set(names)), page
        assert all(control.name for control in every_control(driver)), page
        small = [c.name for c in controls if not isinstance(c, Scroll) and min(c.rect.size) < 22]
        assert small == [], page  # 24 design units at the smallest scale, .8


def every_control(driver: Driver) -> list[Control]:
    return [node for node in driver.root.walk() if isinstance(node, Control)]


@pytest.mark.slow
def test_every_character_is_in_the_font(open_window: OpenWindow) -> None:
    for lang in LANGUAGES:
        driver = open_window(first, language=lang)
        shown = {char for _ in walk(driver) for char in driver.texts()}
        assets = Path(__file__).parents[3] / "assets" / "fonts"
        with TTFont(assets / f"ui-{lang}-regular.otf", lazy=True) as font:
            known = font.getBestCmap()
        assert [char for char in shown if ord(char) not in known and not char.isspace()] == []
