"""The same classroom on PostgreSQL, with two workers of which either may die."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.classroom import retrying
from sim.classroom.events import ClassError
from sim.classroom.model import Settings
from sim.classroom.retrying import Retrying
from sim.classroom.rooms import Rooms
from sim.classroom.store import StoreError
from sim.classroom.stores import open_store
from tests.classroom.conftest import SCENARIO, Clock, chat
from tests.classroom.crash import Load, expect_kept, long_scenario, servers
from tests.classroom.postgres import cluster, programs
from tests.classroom.test_crash import kill_often, secret_of
from tests.classroom.test_pacing import played, until
from tests.classroom.test_retrying import Judge

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed"),
]
KILLS = 100


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with cluster() as found:
        yield found


Opened = Callable[[], Rooms]


@pytest.fixture
def worker(address: str, clock: Clock) -> Iterator[Opened]:
    """Starts a worker of the same process: a service of its own on the same database."""
    running: list[Rooms] = []

    def start() -> Rooms:
        running.append(Rooms(open_store(address), clock=clock))
        return running[-1]

    yield start
    for rooms in running:
        rooms.close()


def test_two_workers_see_and_do_the_same(worker: Opened) -> None:
    one, two = worker(), worker()
    assert one.instructor_secret == two.instructor_secret
    room = one.open_room(SCENARIO, Settings(seed=7))
    seats = [(one, two)[number % 2].join(room.code) for number in range(6)]
    two.open_turn(room.id)
    for number, (seat, token) in enumerate(seats):
        rooms, other = (one, two) if number % 3 else (two, one)
        assert rooms.seat_of(token).id == seat.id
        rooms.choose(seat.id, lambda session: session.act("dan", "chat"))
        assert other.view(seat.id, lambda session: session.draft.choices) == chat("dan").choices
        first = rooms.submit(seat.id, 1, "key")
        assert other.submit(seat.id, 1, "key") == first
    assert one.board(room.id) == two.board(room.id)
    assert one.close_turn(room.id).state == two.room(room.id).state == "between"
    assert one.records(room.id) == two.records(room.id)
    assert one.version(room.id) == two.version(room.id)
    link = two.reissue(seats[0][0].id)
    with pytest.raises(ClassError):
        one.seat_of(seats[0][1])
    assert one.take_over(link)[0].id == seats[0][0].id


def test_a_turn_decided_again_at_one_worker_goes_on_at_the_other(
    worker: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = worker(), worker()
    room = one.open_room(SCENARIO, Settings(seed=7))
    seat, _ = two.join(room.code)
    one.open_turn(room.id)
    two.submit(seat.id, 1, "key", chat("dan"))
    one.close_turn(room.id)
    two.end(room.id)
    monkeypatch.setattr(retrying, "Reviewing", Judge)
    here, there = Retrying(one), Retrying(two)
    here.choose(seat.id, 1, lambda retry: retry.cancel("dan", "chat"))
    there.ask(seat.id, 1, "too soon")
    assert here.look(seat.id, 1).waiting
    monkeypatch.setattr(Judge, "ready", True)
    while here.look(seat.id, 1).waiting:
        pass
    kept = there.look(seat.id, 1).kept
    assert (kept.solved, kept.tries, kept.why) == (True, 1, "too soon")
    one.erase(room.id)
    assert two.retried(seat.id)[1].why == ""
    two.delete(room.id)
    with pytest.raises(ClassError):
        one.retried(seat.id)


def test_what_one_worker_does_reaches_those_who_listen_at_the_other(worker: Opened) -> None:
    one, two = worker(), worker()
    room = one.open_room(SCENARIO, Settings(seed=7))
    before = two.version(room.id)
    one.open_turn(room.id)
    until(lambda: two._watching.version(room.id, ("stage",)) > before)


def test_bots_of_a_room_decide_once_whichever_worker_plays_for_them(
    address: str, worker: Opened, clock: Clock
) -> None:
    one, two = worker(), worker()
    room = one.add_practice(one.open_room(SCENARIO, Settings(seed=7)).id, 12)
    seat, _ = two.join(room.code)
    for turn in (1, 2, 3):
        (one, two)[turn % 2].open_turn(room.id)
        clock.now += 60.0  # all bots are due, at both workers
        until(lambda: [line.status for line in two.board(room.id)].count("submitted") == 12)
        one.submit(seat.id, turn, f"key-{turn}")
        two.close_turn(room.id)
    assert played(one, room.id) == played(two, room.id) == [3] * 13
    store = open_store(address)
    decided = "SELECT COUNT(*) FROM event WHERE room = ? AND kind = 'decide'"
    assert store.rows(decided, room.id) == [(39,)]
    store.close()


def test_names_leave_the_database_and_a_room_leaves_with_everything(worker: Opened) -> None:
    rooms = worker()
    room = rooms.open_room(SCENARIO, Settings(names="own"))
    seat, _ = rooms.join(room.code, "Somebody")
    rooms.open_turn(room.id)
    rooms.submit(seat.id, 1, "a", chat("dan"))
    rooms.close_turn(room.id)
    rooms.erase(room.id)
    assert rooms.seats(room.id)[0].label == "#1"
    assert rooms.records(room.id)[0][2].turns == (chat("dan"),)
    rooms.delete(room.id)
    with pytest.raises(ClassError):
        rooms.room(room.id)


def test_a_lost_connection_is_made_anew(address: str, worker: Opened) -> None:
    rooms = worker()
    room = rooms.open_room(SCENARIO, Settings(seed=7))
    seat, _ = rooms.join(room.code)
    rooms.open_turn(room.id)
    other = open_store(address)
    other.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    other.close()
    refused = rooms.submit_soon(seat.id, 1, "key", chat("dan")).exception()
    assert refused is None or getattr(refused, "code", "") == "class/storage"
    receipt = rooms.submit(seat.id, 1, "key", chat("dan"))
    assert rooms.submit(seat.id, 1, "key") == receipt


def test_an_address_where_nothing_answers_is_said(clock: Clock) -> None:
    del clock
    with pytest.raises(ClassError) as caught:
        open_store("postgresql://nobody@127.0.0.1:1/none")
    assert caught.value.code == "class/no-database"
    assert isinstance(caught.value.__cause__, StoreError)


def test_no_decision_is_lost_or_doubled_when_either_of_two_workers_is_killed(
    address: str, tmp_path: Path
) -> None:
    secret = secret_of(address)
    with servers(address, long_scenario(tmp_path), workers=2) as running:
        load = Load(running.ports, secret)
        kill_often(running, load, KILLS)
    assert load.problems == []
    assert len(load.acknowledged) > KILLS
    expect_kept(load, address)
