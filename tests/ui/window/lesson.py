"""A class's server, and a window that comes into the class."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.play.joining.address import address_of
from sim.play.joining.entrance import Entrance
from sim.ui.web.app import create_app
from sim.ui.window.kit.node import Screen
from sim.ui.window.pages.class_turn import ClassTurnPage
from sim.ui.window.pages.start import join_page
from tests.classroom.serving import serving
from tests.ui.window.driver import Driver

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
