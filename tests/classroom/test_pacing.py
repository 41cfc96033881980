"""Clocks, pauses, latecomers, the absent, and those who are sent away."""

import time
from collections.abc import Callable

import pytest

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.game import TurnRecord
from tests.classroom.conftest import SCENARIO, Clock, Opener, chat

PATIENCE = 60.0  # seconds; only a test that fails waits so long


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(SimError) as caught:
        deed()
    return caught.value.code


def until(holds: Callable[[], bool]) -> None:
    """Waits for what another thread does."""
    given_up = time.monotonic() + PATIENCE
    while time.monotonic() < given_up:
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it has not happened")


def played(rooms: Rooms, room: str) -> list[int]:
    """How many turns of each game have been played."""
    return [len(record.turns) for _, _, record in rooms.records(room)]


def test_a_turn_with_a_clock_closes_by_itself_and_can_be_given_time(
    rooms: Rooms, opened: Opener, clock: Clock
) -> None:
    room, seats = opened(pace="deadline", seconds=60)
    assert room.deadline == pytest.approx(clock.now + 60, abs=1)
    clock.now += 50
    longer = rooms.extend(room.id, 120)
    assert longer.deadline is not None
    assert room.deadline is not None
    assert longer.deadline - room.deadline == pytest.approx(120)
    clock.now += 100
    rooms.submit(seats[0].id, 1, "a", chat("dan"))
    clock.now += 40
    until(lambda: rooms.room(room.id).state == "between")
    assert played(rooms, room.id) == [1, 1, 1]
    assert rooms.records(room.id)[0][2].turns[0].choices == chat("dan").choices


def test_a_decision_on_its_way_when_the_clock_runs_out_still_counts(
    rooms: Rooms, opened: Opener, clock: Clock
) -> None:
    room, seats = opened(pace="deadline", seconds=60)
    clock.now += 60.3
    rooms.submit(seats[0].id, 1, "a", chat("dan"))
    clock.now += 1.0
    until(lambda: rooms.room(room.id).state == "between")


def test_a_pause_stops_the_clock_and_every_decision(
    rooms: Rooms, opened: Opener, clock: Clock
) -> None:
    room, seats = opened(pace="deadline", seconds=60)
    clock.now += 20
    paused = rooms.pause(room.id)
    assert (paused.state, paused.deadline) == ("paused", None)
    assert paused.remaining == pytest.approx(40, abs=1)
    assert code_of(lambda: rooms.submit(seats[0].id, 1, "a")) == "class/paused"
    assert code_of(lambda: rooms.choose(seats[0].id, lambda _: None)) == "class/paused"
    assert code_of(lambda: rooms.pause(room.id)) == "class/not-open"
    clock.now += 1000
    resumed = rooms.resume(room.id)
    assert resumed.deadline == pytest.approx(clock.now + 40, abs=1)
    assert code_of(lambda: rooms.resume(room.id)) == "class/not-paused"
    assert not rooms.submit(seats[0].id, 1, "a").played


def test_a_deadline_waits_for_a_server_that_was_down(
    start: Callable[[], Rooms], clock: Clock
) -> None:
    rooms = start()
    room = rooms.open_room(SCENARIO, Settings(pace="deadline", seconds=60, seed=1))
    rooms.join(room.code)
    rooms.open_turn(room.id)
    clock.now += 10
    rooms.close()
    clock.now += 500
    again = start()
    left = again.room(room.id).deadline
    assert left == pytest.approx(clock.now + 50, abs=2)


def test_a_turn_can_close_as_soon_as_everybody_has_decided(rooms: Rooms, opened: Opener) -> None:
    room, (one, two, gone) = opened(auto_close=True)
    rooms.submit(one.id, 1, "a")
    rooms.kick(gone.id)
    assert rooms.room(room.id).state == "open"
    assert rooms.submit(two.id, 1, "a").played
    assert rooms.room(room.id).state == "between"


def test_one_who_is_sent_away_may_do_nothing_and_is_waited_for_no_more(
    rooms: Rooms, opened: Opener
) -> None:
    room, (one, gone, _) = opened()
    rooms.kick(gone.id)
    assert code_of(lambda: rooms.submit(gone.id, 1, "a")) == "class/removed"
    assert code_of(lambda: rooms.hand_over(gone.id)) == "class/removed"
    assert rooms.standing(gone.id).seat.removed
    assert len(rooms.board(room.id)) == 2
    rooms.close_turn(room.id)
    assert played(rooms, room.id) == [1, 0, 1]
    assert rooms.submit_soon(one.id, 1, "z").exception() is not None


@pytest.mark.parametrize(
    ("absent", "stands"), [("draft", (2, 3)), ("nothing", (2, 3)), ("hold", (0, 1))]
)
def test_who_comes_late_stands_where_the_rule_for_the_absent_puts_them(
    rooms: Rooms, opened: Opener, absent: str, stands: tuple[int, int]
) -> None:
    room, _ = opened(absent=absent)
    rooms.close_turn(room.id)
    rooms.open_turn(room.id)
    rooms.close_turn(room.id)
    seat, _ = rooms.join(room.code)
    behind = played(rooms, room.id)[-1]
    rooms.open_turn(room.id)
    assert (behind, rooms.standing(seat.id).turn) == stands


def test_a_game_that_is_held_back_catches_up_at_its_own_pace(rooms: Rooms, opened: Opener) -> None:
    room, (one, held, _) = opened(absent="hold")
    rooms.choose(held.id, lambda session: session.act("dan", "chat"))
    rooms.submit(one.id, 1, "a")
    rooms.close_turn(room.id)
    assert played(rooms, room.id) == [1, 0, 0]
    assert rooms.standing(held.id).turn == 1
    assert rooms.submit(held.id, 1, "a").played  # its draft is still there
    assert code_of(lambda: rooms.submit(held.id, 2, "b")) == "class/not-open"
    rooms.open_turn(room.id)
    assert not rooms.submit(held.id, 2, "b").played
    assert rooms.records(room.id)[1][2].turns[0].choices == chat("dan").choices


def test_nothing_is_played_of_a_draft_where_the_rule_says_nothing(
    rooms: Rooms, opened: Opener
) -> None:
    room, (one, *_) = opened(absent="nothing")
    rooms.choose(one.id, lambda session: session.act("dan", "chat"))
    rooms.close_turn(room.id)
    assert rooms.records(room.id)[0][2].turns == (TurnRecord(),)


def test_nobody_joins_a_room_that_is_locked_full_or_over(rooms: Rooms) -> None:
    room = rooms.open_room(SCENARIO, Settings(seats=2))
    rooms.lock(room.id)
    assert code_of(lambda: rooms.join(room.code)) == "class/locked"
    rooms.lock(room.id, locked=False)
    gone, _ = rooms.join(room.code)
    rooms.join(room.code)
    assert code_of(lambda: rooms.join(room.code)) == "class/full"
    rooms.kick(gone.id)
    rooms.join(room.code)
    rooms.end(room.id)
    assert code_of(lambda: rooms.join(room.code)) == "class/ended"


def test_an_end_in_the_middle_of_a_turn_lets_it_be_played(rooms: Rooms, opened: Opener) -> None:
    room, (one, *_) = opened()
    rooms.submit(one.id, 1, "a", chat("dan"))
    assert rooms.end(room.id).state == "ended"
    assert played(rooms, room.id) == [1, 1, 1]
    assert code_of(lambda: rooms.open_turn(room.id)) == "class/ended"


def test_a_message_and_a_thought_afterwards_reach_those_they_are_for(
    rooms: Rooms, opened: Opener
) -> None:
    room, (one, *_) = opened()
    rooms.message(room.id, "  Two \n minutes ")
    assert [each.text for each in rooms.standing(one.id).messages] == ["Two minutes"]
    assert code_of(lambda: rooms.message(room.id, " ")) == "class/no-text"
    assert code_of(lambda: rooms.reflect(one.id, "Hm")) == "class/not-over"
    rooms.end(room.id)
    rooms.reflect(one.id, "I should have called")
    assert rooms.records(room.id)[0][2].turns[-1].notes["reflection"] == "I should have called"


def test_what_a_class_already_plays_by_stays(rooms: Rooms, opened: Opener) -> None:
    room, _ = opened()
    assert rooms.change_settings(room.id, absent="hold", seconds=30).settings.absent == "hold"
    assert code_of(lambda: rooms.change_settings(room.id, seed=1)) == "class/fixed-setting"
    assert code_of(lambda: rooms.change_settings(room.id, absent="?")) == "class/bad-setting"
    with pytest.raises(SimError) as caught:
        rooms.open_room(SCENARIO, Settings(seats=0))
    assert caught.value.data == {"name": "seats", "value": "0"}


def test_the_board_says_who_is_away_and_who_is_stuck(
    rooms: Rooms, opened: Opener, clock: Clock
) -> None:
    room, (one, two, three) = opened()
    rooms.submit(one.id, 1, "a")
    clock.now += 200
    rooms.seen(two.id)
    found = {line.game: line.status for line in rooms.board(room.id)}
    assert found == {one.game: "submitted", two.game: "stuck", three.game: "away"}
    rooms.choose(two.id, lambda session: session.act("dan", "chat"))
    assert [line.status for line in rooms.board(room.id)] == ["submitted", "choosing", "away"]


def test_what_was_said_of_a_turn_is_past_when_it_is_over(
    rooms: Rooms, opened: Opener, clock: Clock
) -> None:
    room, (seat, _) = opened(2)
    rooms.message(room.id, "two more minutes")
    clock.now += 100
    rooms.message(room.id, "look at the screen")
    clock.now += 5
    rooms.close_turn(room.id)
    assert [each.past for each in rooms.standing(seat.id).messages] == [True, False]
