"""Windows for tests, without a screen and closed at the end."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sim.ui.window.app import App
from sim.ui.window.kit.node import Screen
from sim.ui.window.settings import Settings
from tests.ui.window.driver import Driver, OpenWindow


@pytest.fixture
def open_window() -> Iterator[OpenWindow]:
    """Opens a window on a screen; further words are settings."""
    opened: list[Driver] = []

    def open_(first: Callable[[App], Screen], *, pseudo: bool = False, **values: Any) -> Driver:
        values.setdefault("still", True)
        driver = Driver(first, Settings(**values), pseudo=pseudo)
        opened.append(driver)
        return driver

    yield open_
    for driver in opened:
        driver.close()
