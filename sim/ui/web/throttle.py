"""Guessing made slow: failures are counted by address and together, successes are free.

A whole class may sit behind one address, so only what failed counts, and a class may mistype a good
deal in a minute. 31^6 codes at 300 guesses a minute: some five years for each room that is open.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from sim.classroom.events import ClassError

MINUTE: Final = 60.0
FROM_ONE_ADDRESS: Final = 30  # failures a minute
TOGETHER: Final = 300
_MOST_ADDRESSES: Final = 4096
_ALL: Final = ""


class Throttle:
    """Counts failures; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, deque[float]] = {}

    def expect_calm(self, address: str) -> None:
        """Refuse whoever has failed too often of late.

        Raises:
            ClassError: `class/too-often` (seconds to wait).
        """
        with self._lock:
            now = self._clock()
            waits = (self._wait(address, FROM_ONE_ADDRESS, now), self._wait(_ALL, TOGETHER, now))
        if max(waits) > 0.0:
            raise ClassError("class/too-often", seconds=int(max(waits)) + 1)

    def failed(self, address: str) -> None:
        """Count a failure."""
        with self._lock:
            now = self._clock()
            if len(self._failures) > _MOST_ADDRESSES:  # the count of all together goes on
                self._failures = {_ALL: self._failures.get(_ALL, deque())}
            for name in (address, _ALL):
                self._failures.setdefault(name, deque(maxlen=TOGETHER)).append(now)

    def _wait(self, name: str, most: int, now: float) -> float:
        """Seconds until fewer than `most` failures are a minute old or less."""
        times = self._failures.get(name)
        if times is None:
            return 0.0
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if not times:
            del self._failures[name]
            return 0.0
        return times[-most] + MINUTE - now if len(times) >= most else 0.0
