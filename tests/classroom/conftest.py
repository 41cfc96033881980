"""Rooms in memory, with a clock that the test moves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.classroom.lti import Tool
from sim.classroom.model import RoomInfo, SeatInfo, Settings
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.game import ChosenAction, TurnRecord
from sim.play import saves
from tests.classroom.school import open_school, tool_for

SCENARIO = "corner-cafe"
TINY = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"
FILE = "class.db"


class Clock:
    """Seconds since 1970, as the test says."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """Return the time; no two things happen at once."""
        self.now += 0.001
        return self.now


@pytest.fixture(autouse=True)
def _no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saves, "keep_case", lambda _: None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start(tmp_path: Path, clock: Clock) -> Iterator[Callable[[], Rooms]]:
    """Starts the service on the test's own file; those before it are stopped first."""
    running: list[Rooms] = []

    def again() -> Rooms:
        while running:
            running.pop().close()
        running.append(Rooms(open_store(tmp_path / FILE), clock=clock))
        return running[-1]

    yield again
    while running:
        running.pop().close()


@pytest.fixture
def rooms(start: Callable[[], Rooms]) -> Rooms:
    return start()


@pytest.fixture
def school() -> Iterator[str]:
    """The address of a learning platform."""
    with open_school() as address:
        yield address


@pytest.fixture
def tool(school: str, tmp_path: Path) -> Tool:
    """What lets in those whom that platform sends."""
    return tool_for(school, tmp_path / "lti")


Opener = Callable[..., tuple[RoomInfo, list[SeatInfo]]]


@pytest.fixture
def opened(rooms: Rooms) -> Opener:
    """Makes a room with so many seats; the first turn is open."""

    def make(seats: int = 3, **settings: object) -> tuple[RoomInfo, list[SeatInfo]]:
        chosen = Settings(**{"seed": 7, **settings})  # type: ignore[arg-type]  # checked by the room
        room = rooms.open_room(SCENARIO, chosen)
        taken = [rooms.join(room.code)[0] for _ in range(seats)]
        return rooms.open_turn(room.id), taken

    return make


@pytest.fixture
def ended(rooms: Rooms, opened: Opener) -> Opener:
    """Makes a room with so many seats that has ended after one turn."""

    def make(seats: int, **settings: object) -> tuple[RoomInfo, list[SeatInfo]]:
        room, taken = opened(seats, **settings)
        for seat in taken:
            rooms.submit(seat.id, 1, "k", chat("dan"))
        rooms.close_turn(room.id)
        return rooms.end(room.id), taken

    return make


def chat(customer: str) -> TurnRecord:
    """A turn in which one customer is talked with."""
    return TurnRecord(choices=(ChosenAction(customer=customer, action="chat"),))
