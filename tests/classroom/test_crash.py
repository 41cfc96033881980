"""A server is killed at a hundred moments under load: nothing acknowledged is lost or doubled."""

import sqlite3
import time
from pathlib import Path

import pytest

from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.draws import uniform_block
from tests.classroom.crash import Load, Servers, expect_kept, long_scenario, servers

KILLS = 100
CLIENTS = 8
_MOST_DECISIONS = 24  # of a server's life: it is killed in the midst of its work
_LONGEST_WAIT = 0.01  # seconds, about as long as a decision takes


def secret_of(database: str) -> str:
    rooms = Rooms(open_store(database))
    try:
        return rooms.instructor_secret
    finally:
        rooms.close()


def kill_often(running: Servers, load: Load, kills: int) -> None:
    """Kills one worker after the other while a class plays, and starts it again."""
    threads = load.run(CLIENTS)
    chance = uniform_block(11, 0, 7, runs=1, slots=kills)[0]
    for number, (share, moment, *_) in enumerate(chance.tolist()):
        load.wait_for(1 + int(share * _MOST_DECISIONS))
        time.sleep(_LONGEST_WAIT * moment)
        worker = number % len(running.ports)
        running.kill(worker)
        running.start(worker)
    load.stop.set()
    for thread in threads:
        thread.join()


@pytest.mark.slow
def test_no_decision_is_lost_or_doubled_when_the_server_is_killed(tmp_path: Path) -> None:
    database = str(tmp_path / "class.db")
    secret = secret_of(database)
    with servers(database, long_scenario(tmp_path)) as running:
        load = Load(running.ports, secret)
        kill_often(running, load, KILLS)
    assert load.problems == []
    assert len(load.acknowledged) > KILLS
    expect_kept(load, database)
    with sqlite3.connect(database) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    base.close()
