"""A class at the instructor's pace, from the lobby to the end, and after a restart."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.errors import IllegalChoiceError, SimError
from sim.game import TurnRecord, from_json, to_json
from sim.play.session import Session
from tests.classroom.conftest import FILE, SCENARIO, Opener, chat

CAFE = ("dan", "tomas", "zhao")


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(SimError) as caught:
        deed()
    return caught.value.code


def test_a_class_plays_to_the_end_and_every_game_is_the_file_of_a_solo_game(
    rooms: Rooms, opened: Opener
) -> None:
    room, seats = opened()
    for turn in range(1, room.turns + 1):
        for seat, customer in zip(seats, CAFE, strict=True):
            rested = turn % 4 == 1
            rooms.submit(seat.id, turn, f"k{turn}", chat(customer) if rested else TurnRecord())
        now = rooms.close_turn(room.id)
        if turn < room.turns:
            rooms.open_turn(room.id)
    assert now.state == "ended"
    case = rooms.case(room.id)
    scores = set()
    for label, _, record in rooms.records(room.id):
        read = from_json(to_json(record))
        alone = Session(case, read)  # refuses a result that its choices do not lead to
        assert alone.finished
        assert read.pseudonym == label
        assert read.seed == 7
        assert read.result is not None
        scores.add(read.result.score)
    assert len(scores) == len(CAFE)


def test_nothing_can_be_decided_before_the_turn_is_open_or_twice_or_for_another_turn(
    rooms: Rooms,
) -> None:
    room = rooms.open_room(SCENARIO, Settings())
    seat = rooms.join(room.code)[0].id
    assert rooms.standing(seat).turn is None
    assert code_of(lambda: rooms.submit(seat, 1, "a")) == "class/not-open"
    rooms.open_turn(room.id)
    assert rooms.standing(seat).turn == 1
    assert code_of(lambda: rooms.submit(seat, 2, "a")) == "class/other-turn"
    first = rooms.submit(seat, 1, "a", chat("dan"))
    assert rooms.submit(seat, 1, "a", chat("tomas")) == first  # the same key: the same answer
    assert code_of(lambda: rooms.submit(seat, 1, "b")) == "class/already-decided"
    assert rooms.standing(seat).status == "submitted"
    rooms.close_turn(room.id)
    assert rooms.submit(seat, 1, "a").played
    assert rooms.records(room.id)[0][2].turns == (chat("dan"),)


def test_what_the_rules_do_not_allow_is_refused_and_spoils_nothing_that_came_with_it(
    rooms: Rooms, opened: Opener
) -> None:
    room, seats = opened(6)
    forged = TurnRecord.model_validate(
        {"choices": [{"customer": "dan", "action": "chat"}, {"customer": "dan", "action": "chat"}]}
    )
    unknown = TurnRecord.model_validate({"choices": [{"customer": "nobody", "action": "chat"}]})
    answers = [
        rooms.submit_soon(seat.id, 1, "k", record)
        for seat, record in zip(
            seats, (chat("dan"), forged, chat("zhao"), unknown, None, chat("dan")), strict=True
        )
    ]
    faults = [answer.exception() for answer in answers]
    assert [type(fault) for fault in faults if fault] == [IllegalChoiceError, IllegalChoiceError]
    assert [fault is None for fault in faults] == [True, False, True, False, True, True]
    assert sum(line.status == "submitted" for line in rooms.board(room.id)) == 4


def test_a_draft_is_kept_and_played_for_one_who_is_absent_when_the_turn_closes(
    rooms: Rooms, opened: Opener
) -> None:
    room, (seat, other, _) = opened()
    rooms.choose(seat.id, lambda session: session.act("dan", "chat"))
    assert code_of(lambda: rooms.choose(seat.id, lambda s: s.act("dan", "chat"))).startswith(
        "action/"
    )
    rooms.close_turn(room.id)
    played = {label: record.turns[0].choices for label, _, record in rooms.records(room.id)}
    assert played == {
        seat.label: chat("dan").choices,
        **{name: () for name in played if name != seat.label},
    }
    assert rooms.view(other.id, lambda session: session.turn) == 2


def test_rooms_go_on_after_a_restart_where_they_stood(
    start: Callable[[], Rooms], tmp_path: Path
) -> None:
    rooms = start()
    room = rooms.open_room(SCENARIO, Settings(seed=3))
    seat, token = rooms.join(room.code)
    rooms.open_turn(room.id)
    rooms.submit(seat.id, 1, "a", chat("dan"))
    rooms.close_turn(room.id)
    rooms.open_turn(room.id)
    rooms.choose(seat.id, lambda session: session.act("tomas", "chat"))
    rooms.message(room.id, "Five minutes left")
    before = rooms.standing(seat.id), rooms.records(room.id), rooms.instructor_secret
    again = start()
    assert (again.standing(seat.id), again.records(room.id), again.instructor_secret) == before
    assert again.seat_of(token).id == seat.id
    assert again.view(seat.id, lambda session: session.draft.choices) == chat("tomas").choices
    assert again.submit(seat.id, 1, "a").played
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_at_a_free_pace_everybody_goes_on_alone(rooms: Rooms, opened: Opener) -> None:
    room, (quick, slow, _) = opened(pace="free")
    for turn in range(1, room.turns + 1):
        assert rooms.submit(quick.id, turn, f"k{turn}").played
    assert rooms.standing(quick.id).status == "finished"
    assert rooms.standing(slow.id).turn == 1
    assert code_of(lambda: rooms.submit(quick.id, 13, "z")) == "class/finished"
    assert code_of(lambda: rooms.close_turn(room.id)) == "class/own-pace"
    assert rooms.end(room.id).state == "ended"
    assert code_of(lambda: rooms.submit(slow.id, 1, "z")) == "class/ended"


def test_joining_again_with_a_key_is_the_same_seat_even_at_the_same_moment(rooms: Rooms) -> None:
    room = rooms.open_room(SCENARIO, Settings(names="own"))
    begun, held = Event(), Event()

    def hold(_: object) -> None:  # all who come meanwhile are taken by one transaction
        begun.set()
        held.wait()

    rooms._clerk.ask(hold)
    begun.wait()
    with ThreadPoolExecutor(8) as pool:
        soon = [pool.submit(rooms.join, room.code, "Ann", key="once") for _ in range(8)]
        while rooms._clerk._jobs.qsize() < len(soon):
            held.wait(0.001)
        held.set()
    assert len({each.result() for each in soon}) == 1
    assert [seat.label for seat in rooms.seats(room.id)] == ["Ann"]
    rooms.erase(room.id)
    assert code_of(lambda: rooms.join(room.code, "Ann", key="once")) == "class/already-joined"
