"""A class joined from the window: by keys, through the network, whatever happens to the server."""

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from sim.classroom.model import RoomInfo, Settings
from sim.play import saves
from sim.play.case import open_case
from sim.play.session import Session
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.node import Control
from sim.ui.window.pages.class_join import JoinPage
from sim.ui.window.pages.class_read import ClassReportPage, ClassResultPage, EndedPage
from sim.ui.window.pages.class_turn import ClassTurnPage
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.title import Title
from sim.view import join_words
from tests.ui.web.browsing import Browser, buttons
from tests.ui.window.driver import Driver, OpenWindow, first
from tests.ui.window.lesson import SCENARIO, School, enter, page_of, top, until

TINY = Path(__file__).parents[2] / "scenario" / "good" / "tiny.yaml"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    found = School(tmp_path)
    yield found
    found.rooms.close()


@pytest.fixture
def window(open_window: OpenWindow) -> Iterator[Driver]:
    driver = open_window(first)
    yield driver
    for layer in driver.app.stack.layers:
        if isinstance(layer.screen, ClassTurnPage):
            layer.screen.seat.stop(wait=True)


def play_turn(driver: Driver) -> None:
    """Answers with the first answer, does the first thing for the first customer, and decides."""
    for _ in range(40):
        choices = [
            node
            for node in driver.root.walk()
            if isinstance(node, Control) and node.name.startswith("answer/") and node.enabled
        ]
        if choices:
            driver.key(pygame.K_0 + choices[0].digit)
        elif page_of(driver)._waiting():
            driver.key(pygame.K_i)
        else:
            break
    session = page_of(driver).game
    customer = next(iter(session.script.customers))
    action = next((each.id for each in session.options(customer) if each.allowed), "")
    if action:
        driver.press(f"customer/{customer}")
        driver.press(f"action/{action}")
        driver.press(f"do/{action}")
    driver.press("end")
    if isinstance(top(driver), Dialogue):
        driver.press("dialogue/1")


@pytest.mark.slow
def test_a_whole_game_through_the_network(
    school: School, window: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a browser beside it that does nothing, and a server that is away in the middle."""
    monkeypatch.setattr("sim.play.case.pars", lambda *_: None)
    monkeypatch.setattr("sim.play.case.grade", lambda *_: 50.0)
    room = school.rooms.open_room(SCENARIO, Settings(seed=7, names="own"))
    school.rooms.join(room.code, "Ben")
    with school.open() as address:
        enter(window, address, room.code)
        until(window, lambda: "who" in window.names())
        window.tab_to("who")
        window.type("Ada")
        window.press("join")
        until(window, lambda: isinstance(top(window), ClassTurnPage))
        assert join_words.say("en", "class.wait.lobby.title") in window.texts()
        for turn in (1, 2):
            one_turn(school, window, room.id, turn)
        school.rooms.open_turn(room.id)
        until(window, lambda: page_of(window).where == "turn")
    until(window, lambda: not page_of(window).seat.told.online)
    play_turn(window)  # nobody answers; it is kept, and sent when somebody does
    assert join_words.say("en", "join.wait.sending.title") in window.texts()
    with school.open():
        until(window, lambda: page_of(window).where == "submitted")
        school.rooms.close_turn(room.id)
        until(window, lambda: isinstance(top(window), ClassReportPage))
        window.press("on")
        for turn in range(4, room.turns + 1):
            one_turn(school, window, room.id, turn)
        until(window, lambda: isinstance(top(window), ResultPage))  # the last turn ends the class
        expect_the_same_game(school, window, room.id)


def expect_the_same_game(school: School, driver: Driver, room: str) -> None:
    """What the class has of it, what the window shows, and what lies among the saved games."""
    board = {line.label: line.status for line in school.rooms.board(room)}
    assert board == {"Ada": "finished", "Ben": "finished"}
    theirs = {label: record for label, _, record in school.rooms.records(room)}["Ada"]
    title = driver.app.stack.layers[0].screen
    assert isinstance(title, Title)
    ours = title.desk.session
    assert [each.path for each in saves.saves()] == [ours.path]
    assert ours.record.seed == theirs.seed
    assert [each.choices for each in ours.record.turns] == [each.choices for each in theirs.turns]
    assert len([each for each in theirs.turns if each.choices]) >= len(theirs.turns) - 1
    assert ours.path is not None
    assert Session.resume(ours.path).result == ours.result


def one_turn(school: School, driver: Driver, room: str, turn: int) -> None:
    """The instructor opens and closes it; in between it is played by keys."""
    school.rooms.open_turn(room)
    until(driver, lambda: page_of(driver).where == "turn")
    play_turn(driver)
    until(driver, lambda: page_of(driver).where == "submitted")
    school.rooms.close_turn(room, turn)
    until(driver, lambda: isinstance(top(driver), ClassReportPage))
    driver.press("on")


@pytest.mark.slow
def test_a_team_of_a_window_and_a_browser(school: School, window: Driver) -> None:
    """A name list, a message, a proposal each, a vote, a restart, and an early end."""
    room = school.rooms.open_room(SCENARIO, Settings(seed=7, names="roster", teams=2))
    school.rooms.set_roster(room.id, b"number,name\n7,Ada\n8,Ben\n")
    with school.open() as address:
        browser = joined_browser(address, room.code)
        other = school.rooms.seats(room.id)[0].id
        join_by_number(window, address, room.code)
        school.rooms.message(room.id, "Look at the letters first.")
        school.rooms.open_turn(room.id)
        until(window, lambda: page_of(window).where == "turn")
        until(window, lambda: "Look at the letters first." in window.texts())
        window.press("end")
        assert isinstance(top(window), Dialogue)
        window.press("dialogue/1")
        until(window, lambda: page_of(window).where == "team")
        propose_in(browser)
        until(window, lambda: page_of(window).where == "vote")
        window.press(f"vote/{other}")
        until(window, lambda: "Your vote" in window.texts())
        browser.open("/play/vote")
        assert "1 vote" in browser.page.text
        browser.press("vote-2")  # the browser's own, which came second
        school.rooms.close_turn(room.id)
        until(window, lambda: isinstance(top(window), ClassReportPage))
        browser.open("/play/report")
        window.press("on")
        assert page_of(window).game.record.turns[0].choices
        browser.close()
        come_back_and_see_the_end(school, window, address, room)


def joined_browser(address: str, code: str) -> Browser:
    browser = Browser(address)
    browser.open(f"/j/{code}")
    form = next(each for each in browser.page.forms if each.action == "/join")
    browser.send(form, number="8", team="2")
    return browser


def join_by_number(driver: Driver, address: str, code: str) -> None:
    """With a wrong number first; into the second team."""
    enter(driver, address, code, "9")
    until(driver, lambda: "join" in driver.names())
    driver.click("team/2")
    driver.press("join")
    until(driver, lambda: "not on the name list" in driver.texts())
    driver.tab_to("who")
    driver.key(pygame.K_BACKSPACE)
    driver.type("7")
    driver.press("join")
    until(driver, lambda: isinstance(top(driver), ClassTurnPage))


def propose_in(browser: Browser) -> None:
    """The first thing that can be done for the first customer, as a proposal."""
    browser.open("/play")
    browser.click("begin")
    customer = next(each for each in browser.page.links.values() if "/play/customer/" in each)
    browser.open(customer)
    browser.press(next(buttons(browser.page, "do-")))
    browser.open("/play/end")
    browser.press("submit")


def come_back_and_see_the_end(school: School, driver: Driver, address: str, room: RoomInfo) -> None:
    """As after a restart of the program: nothing is known but what lies on the disk."""
    driver.key(pygame.K_ESCAPE)
    driver.press("dialogue/1")
    assert isinstance(top(driver), Title)
    enter(driver, address, room.code)
    until(driver, lambda: isinstance(top(driver), ClassTurnPage))
    assert page_of(driver).game.played == 1
    assert len(school.rooms.seats(room.id)) == 2
    school.rooms.end(room.id)
    until(driver, lambda: isinstance(top(driver), EndedPage))
    assert [each.record is not None for each in saves.saves()] == [True]
    driver.press("home")
    driver.press("class")  # from now on the saved game
    until(driver, lambda: not isinstance(top(driver), JoinPage))
    assert len(saves.saves()) == 1


@pytest.mark.slow
def test_who_is_sent_away_and_who_finds_nobody(school: School, window: Driver) -> None:
    enter(window, "http://127.0.0.1:9", "ABC234")
    until(window, lambda: "does not answer" in window.texts())
    window.press("back")
    room = school.rooms.open_room(SCENARIO, Settings(seed=7))
    with school.open() as address:
        enter(window, address, room.code)
        until(window, lambda: isinstance(top(window), ClassTurnPage))
        window.press("device")
        until(window, lambda: f"{address}/resume#" in window.texts())
        window.press("back")
        school.rooms.kick(school.rooms.seats(room.id)[0].id)
        until(window, lambda: "taken out of the room" in window.texts())


@pytest.mark.slow
def test_at_ones_own_pace(school: School, window: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is there before the class is over; the review is not."""
    monkeypatch.setattr(saves, "open_case", lambda *_, **__: open_case(TINY))
    room = school.rooms.open_room(TINY, Settings(seed=7, pace="free"))
    school.rooms.open_turn(room.id)
    with school.open() as address:
        enter(window, address, room.code)
        until(window, lambda: "start" in window.names())
        window.press("start")
        for _ in range(room.turns):
            until(window, lambda: page_of(window).where == "turn")
            window.press("end")
            if isinstance(top(window), Dialogue):
                window.press("dialogue/1")
            until(window, lambda: isinstance(top(window), ClassReportPage))
            window.press("on")
        assert page_of(window).where == "finished"
        window.press("result")
        assert isinstance(top(window), ClassResultPage)
        assert "review" not in window.names()
        assert "eed: " not in window.texts()  # others may still be playing
        window.key(pygame.K_ESCAPE)
        school.rooms.end(room.id)
        until(window, lambda: isinstance(top(window), ResultPage))
        assert "review" in window.names()
