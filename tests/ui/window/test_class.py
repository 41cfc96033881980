"""A class joined from the window: by keys, through the network, whatever happens to the server."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pygame
import pytest

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.play import saves
from sim.play.joining.address import address_of
from sim.play.joining.entrance import Entrance
from sim.play.session import Session
from sim.ui.web.app import create_app
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.node import Control, Screen
from sim.ui.window.pages.class_turn import ClassReportPage, ClassTurnPage
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.start import join_page
from sim.ui.window.pages.title import Title
from sim.view import join_words
from tests.classroom.serving import serving
from tests.ui.window.driver import Driver, first

OpenWindow = Callable[..., Driver]
SCENARIO = "first-day"
PATIENCE = 60.0  # seconds


class School:
    """A class's server, which can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, 0
        self.rooms = Rooms(open_store(folder / "class.db"))

    @contextmanager
    def open(self) -> Iterator[str]:
        """Serve; afterwards nobody answers."""
        with serving(create_app(self.rooms), port=self.port) as address:
            self.port = int(address.rsplit(":", 1)[1])
            yield address
            self.rooms.stop_listening()
        self.rooms.close()
        self.rooms = Rooms(open_store(self.folder / "class.db"))


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


def top(driver: Driver) -> Screen:
    return driver.app.stack.top.screen


def until(driver: Driver, wanted: Callable[[], object]) -> None:
    """Frame by frame, until something is true; the network works meanwhile."""
    given_up = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < given_up, f"{top(driver)}: {driver.texts()}"
        driver.wait(0.1)
        time.sleep(0.01)


def enter(driver: Driver, address: str, code: str, name: str = "") -> None:
    title = driver.app.stack.layers[0].screen
    driver.app.apply(join_page(title, Entrance(address_of(address), code), name))


def page_of(driver: Driver) -> ClassTurnPage:
    found = top(driver)
    assert isinstance(found, ClassTurnPage)
    return found


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
