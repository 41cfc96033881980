"""Guessing made slow: failures are counted by address and together, successes are free.

A whole class may sit behind one address, so it must not be locked out by one of its own who guesses
or by everybody's typing errors:

- only what failed counts, and the same wrong thing again teaches nothing and counts for nothing;
- codes and keys are counted apart. A code has 31^6 values, so who has failed too often has to wait,
  even with a right one: 300 guesses a minute need some five years for each room that is open. But
  an address from which a code has come before may go on using that one;
- a key has 192 bits and cannot be guessed at any pace, so a right one is never refused, and
  counting saves the store's time and shows who tries.

Each process counts for itself. Where several workers answer at one address, each allows its share
of the guesses, so that together a few allow no more than one alone.
"""

import ipaddress
import threading
import time
from collections.abc import Callable
from typing import Final, NamedTuple

from sim.classroom.events import ClassError

MINUTE: Final = 60.0
WELCOME: Final = 3 * 3600.0  # seconds that an address may go on using a code of its own
_MOST_ADDRESSES: Final = 4096
_MOST_CODES: Final = 32  # of one address
_LEAST: Final = 10  # wrong guesses that every worker allows: people mistype, too
_NETWORK: Final = 64  # bits of an IPv6 address that one household or one machine has to itself
_ALL: Final = ""


class Limit(NamedTuple):
    """Different wrong guesses a minute of one kind."""

    kind: str
    of_one: int  # address
    together: int


CODES: Final = Limit("codes", 60, 300)
KEYS: Final = Limit("keys", 300, 3000)  # seats: after a reset all phones of a class have a void one
TEACHING: Final = Limit("teaching", 30, 300)  # the instructor's key


def party(host: str) -> str:
    """Who is counted as one: an IPv4 address, or the network of an IPv6 address."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _NETWORK), strict=False))


class Throttle:
    """Counts failures; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, workers: int = 1) -> None:
        """Counts nothing yet.

        Args:
            clock: seconds that never go back.
            workers: that answer at the same address and count for themselves, this one included.
        """
        self._clock, self._workers = clock, workers
        self._lock = threading.Lock()
        self._failures: dict[tuple[str, str], dict[int, float]] = {}  # guess: when, oldest first
        self._welcome: dict[str, dict[str, float]] = {}  # address: code: until when

    def expect_calm(self, limit: Limit, address: str) -> None:
        """Refuse whoever has failed too often of late.

        Raises:
            ClassError: `class/too-often` (seconds to wait).
        """
        with self._lock:
            wait = self._longest_wait(limit, address)
        if wait > 0.0:
            raise ClassError("class/too-often", seconds=int(wait) + 1)

    def failed(self, limit: Limit, address: str, guess: str) -> None:
        """Count a failure.

        Raises:
            ClassError: `class/too-often` (seconds to wait): there were too many before it.
        """
        self.expect_calm(limit, address)
        with self._lock:
            now = self._clock()
            if len(self._failures) > _MOST_ADDRESSES:  # the counts of all together go on
                kept = [key for key in self._failures if key[1] == _ALL]
                self._failures = {key: self._failures[key] for key in kept}
            for name in (address, _ALL):
                self._failures.setdefault((limit.kind, name), {}).setdefault(hash(guess), now)

    def welcome(self, address: str, code: str) -> None:
        """Let an address go on using a code that it knows, whatever others behind it do."""
        with self._lock:
            if len(self._welcome) > _MOST_ADDRESSES:
                self._welcome.clear()
            known = self._welcome.setdefault(address, {})
            known.pop(code, None)
            known[code] = self._clock() + WELCOME
            while len(known) > _MOST_CODES:
                del known[next(iter(known))]

    def is_welcome(self, address: str, code: str) -> bool:
        """Whether this code has come from this address before; a wrong one never has."""
        with self._lock:
            return self._welcome.get(address, {}).get(code, 0.0) > self._clock()

    def _longest_wait(self, limit: Limit, address: str) -> float:
        now = self._clock()
        return max(
            self._wait((limit.kind, address), self._share(limit.of_one), now),
            self._wait((limit.kind, _ALL), self._share(limit.together), now),
        )

    def _share(self, most: int) -> int:
        return max(most // self._workers, _LEAST)

    def _wait(self, key: tuple[str, str], most: int, now: float) -> float:
        """Seconds until fewer than `most` failures are a minute old or less."""
        times = self._failures.get(key)
        if times is None:
            return 0.0
        for guess in [guess for guess, at in times.items() if at <= now - MINUTE]:
            del times[guess]
        if not times:
            del self._failures[key]
            return 0.0
        ages = list(times.values())
        return ages[-most] + MINUTE - now if len(ages) >= most else 0.0
