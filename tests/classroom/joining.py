"""Seats of this program in a class of the test's own server."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.play.joining import table
from sim.play.joining.address import address_of
from sim.play.joining.entrance import Entrance
from sim.play.joining.game import JoinedSession
from sim.play.joining.seat import Seat

PATIENCE = 60.0  # seconds; only a test that fails waits so long


def wait_for(wanted: Callable[[], object]) -> None:
    """Wait until something is true; the threads of a seat work meanwhile."""
    given_up = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < given_up, "it does not come"
        time.sleep(0.005)


@contextmanager
def seated(address: str, code: str, **asked: str) -> Iterator[tuple[Seat, JoinedSession]]:
    """A seat that was taken, with its game as far as it has been told."""
    entrance = Entrance(address_of(address), code)
    door = entrance.look()
    place = entrance.remembered() or entrance.join(**asked)
    case = entrance.case(door, place)
    entrance.close()
    seat = Seat(entrance.address, place)
    seat.start()
    try:
        wait_for(lambda: seat.told.standing)
        yield seat, table.seated(seat, case, "en", JoinedSession)
    finally:
        seat.stop(wait=True)
