"""The clock of the classroom: a thread that does things at the right time."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

_TICK: Final = 0.2  # seconds


class Timekeeper:
    """A thread that calls others at the right time."""

    def __init__(self, *duties: tuple[float, Callable[[], None]]) -> None:
        """Begin.

        Args:
            *duties: how often, in seconds, and what; a duty that fails is tried again next time.
        """
        self._duties = duties
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="timekeeper", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        due = [time.monotonic() + every for every, _ in self._duties]
        while not self._stop.wait(_TICK):
            now = time.monotonic()
            for place, (every, duty) in enumerate(self._duties):
                if now >= due[place]:
                    due[place] = now + every
                    self._do(duty)

    @staticmethod
    def _do(duty: Callable[[], None]) -> None:
        with suppress(Exception):  # a clock that stops would stop every class
            duty()
