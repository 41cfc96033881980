"""A class under load whose server is killed again and again, and what must hold afterwards."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.classroom.log import read_room
from sim.classroom.stores import open_store
from sim.game import TurnRecord
from tests.classroom.conftest import TINY

HOST = Path(__file__).with_name("crash_host.py")
TURNS = 12
CUSTOMERS = ("mei", "tom")
_PATIENCE = 90.0  # seconds until a client gives up


def long_scenario(folder: Path) -> Path:
    """The smallest scenario with so many turns that a class is busy for a while."""
    text = TINY.read_text(encoding="utf-8")
    for old, new in (
        ("\nturns: 2", f"\nturns: {TURNS}"),
        ("hours: [4, 5]", "hours: 5"),
        ("\nid: tiny", "\nid: longest"),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "longest").mkdir()
    (folder / "longest" / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder / "longest"


def free_ports(number: int) -> int:
    """The first of some neighbouring ports that nobody uses; another process looks elsewhere."""
    begin = 20_000 + os.getpid() % 600 * 16
    for first in (*range(begin, 30_000, 16), *range(20_000, begin, 16)):
        with suppress(OSError):
            for port in range(first, first + number):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return first
    raise OSError("no free ports")


class Servers:
    """Servers on one database, each at a port of its own."""

    def __init__(self, database: str, scenario: Path, workers: int) -> None:
        first = free_ports(workers)
        self.ports = [first + number for number in range(workers)]
        self.database = database
        self._host = subprocess.Popen(
            [sys.executable, HOST, database, scenario, str(self.ports[0]), str(workers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HOST.parents[2])},
        )
        self._running: dict[int, int] = {}
        for number in range(workers):
            self.start(number)

    def start(self, number: int) -> None:
        """Start a worker; it takes connections when this returns."""
        assert self._host.stdin is not None
        assert self._host.stdout is not None
        self._host.stdin.write(f"{number}\n")
        self._host.stdin.flush()
        self._running[number] = int(self._host.stdout.readline())

    def kill(self, number: int) -> None:
        """Kill a worker as a power switch would."""
        process = self._running.pop(number)
        os.kill(process, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:  # until it has let go of its port
                os.kill(process, 0)
                time.sleep(0.001)

    def close(self) -> None:
        """Kill everything."""
        for number in tuple(self._running):
            self.kill(number)
        self._host.kill()
        self._host.communicate()


@contextmanager
def servers(database: str, scenario: Path, workers: int = 1) -> Iterator[Servers]:
    """Servers that are gone afterwards."""
    found = Servers(database, scenario, workers)
    try:
        yield found
    finally:
        found.close()


@dataclass
class Client:
    """A program that asks until it is answered, whichever server is alive."""

    ports: list[int]
    token: str = ""
    retries: int = 0
    _turn: int = 0
    _line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
        """One request, as often as it takes; safe to repeat because of its key."""
        given_up = time.monotonic() + _PATIENCE
        while time.monotonic() < given_up:
            try:
                status, answer = self._once(method, path, body, key)
            except (OSError, http.client.HTTPException, ValueError):
                self.hang_up()
            else:
                if status != 503:
                    return status, answer
            self.retries += 1
            time.sleep(0.02)
        raise AssertionError("nobody answers")

    def _once(self, method: str, path: str, body: Any, key: str) -> tuple[int, Any]:
        if self._line is None:
            port = self.ports[self._turn % len(self.ports)]
            self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        sent = None if body is None else json.dumps(body)
        self._line.request(method, f"/api/v1{path}", sent, headers)
        answer = self._line.getresponse()
        raw = answer.read()
        return answer.status, json.loads(raw) if raw else None

    def hang_up(self) -> None:
        """Let go of the server; the next one asked may be alive."""
        if self._line is not None:
            self._line.close()
        self._line = None
        self._turn += 1


@dataclass
class Load:
    """Two classes of clients: one at a free pace, one in a room whose turns close by themselves.

    Attributes:
        acknowledged: What a server said is decided, by seat and turn.
        seats: Room of every seat.
        problems: What went wrong for a client.
    """

    ports: list[int]
    secret: str
    acknowledged: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, clients: int) -> list[threading.Thread]:
        """Begin; ends after `stop` is set, when everything that was sent has been answered."""
        threads = []
        for settings in ({"pace": "free"}, {"auto_close": True}):
            group = Group(self, clients // 2, settings)
            threads += [
                threading.Thread(target=group.guarded, args=(number,))
                for number in range(clients // 2)
            ]
        for thread in threads:
            thread.start()
        return threads

    def wait_for(self, more: int) -> None:
        """Wait until so many more decisions have been acknowledged."""
        wanted = len(self.acknowledged) + more
        given_up = time.monotonic() + _PATIENCE
        while len(self.acknowledged) < wanted and not self.problems:
            assert time.monotonic() < given_up, "nothing is decided any more"
            time.sleep(0.001)


class Group:
    """Clients in one room after the other; the first of them teaches."""

    def __init__(self, load: Load, size: int, settings: dict[str, Any]) -> None:
        self._load, self._settings = load, settings
        self._together = threading.Barrier(size)
        self._room: dict[str, Any] = {}

    def guarded(self, number: int) -> None:
        """Play until it is enough."""
        try:
            while not self._load.stop.is_set():
                self._play(number)
        except threading.BrokenBarrierError:
            pass  # the others have stopped
        except Exception as error:  # noqa: BLE001 -- a thread has nobody to raise to
            self._load.problems.append(f"{number}: {error!r}")
        finally:
            self._together.abort()

    def _play(self, number: int) -> None:
        teacher, trainee = (Client(self._load.ports, token) for token in (self._load.secret, ""))
        try:
            self._game(number, teacher, trainee)
        finally:
            teacher.hang_up()
            trainee.hang_up()

    def _game(self, number: int, teacher: Client, trainee: Client) -> None:
        """One game of one client."""
        if number == 0:
            body = {"scenario": "longest", "settings": {"seed": 5, **self._settings}}
            self._room = teacher.ask("POST", "/rooms", body)[1]
        self._together.wait(_PATIENCE)
        _, joined = trainee.ask("POST", "/join", {"code": self._room["code"]})
        trainee.token, seat = joined["token"], joined["seat"]["id"]
        self._load.seats[seat] = self._room["id"]
        for turn in range(1, TURNS + 1):
            self._together.wait(_PATIENCE)
            if number == 0 and turn == 1:
                self._teach(teacher, "open", "class/already-open")
            elif number == 0 and "pace" not in self._settings:
                # It has closed by itself, unless it waits for a seat whose owner was never told.
                self._teach(teacher, "close", "class/not-open")
                self._teach(teacher, "open", "class/already-open")
            self._together.wait(_PATIENCE)
            if self._load.stop.is_set():
                return
            self._decide(trainee, seat, turn)
        self._together.wait(_PATIENCE)
        if number == 0:
            self._teach(teacher, "end", "class/ended")

    def _teach(self, teacher: Client, action: str, done: str) -> None:
        """Do something that may have been done already, when only the answer was lost."""
        status, answer = teacher.ask("PATCH", f"/rooms/{self._room['id']}", {"action": action})
        assert status == 200 or answer["code"] == done, answer

    def _decide(self, trainee: Client, seat: str, turn: int) -> None:
        body: dict[str, Any] = {"choices": [{"customer": CUSTOMERS[turn % 2], "action": "greet"}]}
        key = f"{seat}-{turn}"
        status, receipt = trainee.ask("PUT", f"/me/decisions/{turn}", body, key)
        if status == 422:  # somebody who has left is not greeted
            body, key = {}, f"{key}-nothing"
            status, receipt = trainee.ask("PUT", f"/me/decisions/{turn}", body, key)
        assert status == 200, receipt
        assert receipt["turn"] == turn
        self._load.acknowledged[seat, turn] = body


def expect_kept(load: Load, database: str) -> None:
    """Every acknowledged decision is in the log, once, as it was sent; nothing else is."""
    store = open_store(database)
    try:
        kept: dict[tuple[str, int], TurnRecord] = {}
        for room in sorted(set(load.seats.values())):
            found = read_room(store, room)
            assert found is not None
            numbers = store.rows("SELECT seq FROM event WHERE room = ? ORDER BY seq", room)
            assert [number for (number,) in numbers] == list(range(1, found.seq + 1))
            for game in found.games.values():
                decided = (*game.turns, *((game.chosen,) if game.chosen else ()))
                kept |= {(game.id, turn): each for turn, each in enumerate(decided, start=1)}
            doubled = store.rows(
                "SELECT COUNT(*) FROM event WHERE room = ? AND kind = 'decide' "
                "GROUP BY game, turn HAVING COUNT(*) > 1",
                room,
            )
            assert doubled == []
        ours = {key: each for key, each in kept.items() if key[0] in load.seats}
        assert set(ours) == set(load.acknowledged)
        for place, sent in load.acknowledged.items():
            assert [each.customer for each in ours[place].choices] == [
                each["customer"] for each in sent.get("choices", ())
            ]
    finally:
        store.close()
