"""Practice seats: bots that try a room, or fill a small class, and count for nothing else."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest

from sim.classroom import exports, practice, xapi
from sim.classroom.debriefing import Debriefs
from sim.classroom.grades import Rule, grades
from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.game import from_json
from sim.lab.games import bot_game
from sim.play.session import Session
from tests.classroom.conftest import SCENARIO, Clock, chat
from tests.classroom.test_pacing import code_of, played, until


def statuses(rooms: Rooms, room: str) -> list[str]:
    return [line.status for line in rooms.board(room)]


def lobby(rooms: Rooms, bots: int = 3, play: str = "mixed", **settings: object) -> RoomInfo:
    chosen = Settings(**{"seed": 7, **settings})  # type: ignore[arg-type]  # checked by the room
    return rooms.add_practice(rooms.open_room(SCENARIO, chosen).id, bots, play)


def test_bots_decide_by_themselves_some_time_after_a_turn_opens(rooms: Rooms, clock: Clock) -> None:
    room = lobby(rooms, 6, "random")
    seat = rooms.join(room.code)[0]
    assert (rooms.room(room.id).seats, rooms.room(room.id).practice) == (1, 6)
    rooms.open_turn(room.id)
    clock.now += practice.EARLIEST / 2
    assert statuses(rooms, room.id) == ["choosing"] * 7
    clock.now += practice.LATEST / 2
    until(lambda: "submitted" in statuses(rooms, room.id))
    assert "choosing" in statuses(rooms, room.id)[1:]  # one after the other, not all at once
    clock.now += practice.LATEST
    until(lambda: statuses(rooms, room.id) == ["choosing", *["submitted"] * 6])
    clock.now += 100  # nobody is watching their pages
    assert statuses(rooms, room.id) == ["away", *["submitted"] * 6]
    rooms.submit(seat.id, 1, "a")
    rooms.close_turn(room.id)
    assert played(rooms, room.id) == [1] * 7


@pytest.mark.slow
def test_a_bot_plays_as_in_the_lab_and_its_game_is_the_file_of_a_solo_game(rooms: Rooms) -> None:
    room = lobby(rooms, 1, "discount")
    for _ in range(room.turns):  # closed at once: a bot has always decided
        rooms.open_turn(room.id)
        rooms.close_turn(room.id)
    (kept,) = rooms.games(room.id)
    case = rooms.case(room.id)
    assert Session(case, kept.record).finished
    assert kept.record.turns == bot_game(case.rules, "discount", 7).turns
    assert (kept.label, kept.bots) == ("Practice 1", ("discount",))


def test_bots_that_waver_do_not_waver_alike(rooms: Rooms) -> None:
    room = lobby(rooms, 3, "random")
    rooms.open_turn(room.id)
    rooms.close_turn(room.id)
    turns = [record.turns for _, _, record in rooms.records(room.id)]
    assert len({str(each) for each in turns}) == 3
    assert len(set(practice.mixed(10))) == 7
    assert practice.mixed(30)[:10] == practice.mixed(10)


@pytest.mark.parametrize(
    ("bots", "play", "code"),
    [
        (0, "mixed", "class/practice-many"),
        (31, "mixed", "class/practice-many"),
        (1, "oracle", "class/bad-setting"),
        (1, "only:chat", "class/bad-setting"),
    ],
)
def test_what_cannot_be_is_refused(rooms: Rooms, bots: int, play: str, code: str) -> None:
    assert code_of(lambda: lobby(rooms, bots, play)) == code


def test_bots_come_in_the_lobby_only_take_nobodys_place_and_go_at_once(rooms: Rooms) -> None:
    room = lobby(rooms, 30, seats=1, names="roster")
    assert code_of(lambda: rooms.add_practice(room.id, 1)) == "class/practice-many"
    rooms.set_roster(room.id, b"number,name\n1,Ana\n2,Bo\n")
    seat = rooms.join(room.code, number="1")[0]
    assert code_of(lambda: rooms.join(room.code, number="2")) == "class/full"
    bot = next(each for each in rooms.seats(room.id) if each.bot)
    assert code_of(lambda: rooms.reissue(bot.id)) == "class/practice-seat"
    rooms.open_turn(room.id)
    assert code_of(lambda: rooms.add_practice(room.id, 1)) == "class/practice-lobby"
    assert rooms.remove_practice(room.id).practice == 0
    assert [line.seats for line in rooms.board(room.id)] == [(seat.id,)]
    assert [label for label, _, _ in rooms.records(room.id)] == [seat.label]


def test_a_bot_proposes_to_its_team_and_follows_the_people_in_it(
    rooms: Rooms, clock: Clock
) -> None:
    room = lobby(rooms, 2, "expert", teams=2)  # one in each
    ana = rooms.join(room.code, team="1")[0]
    rooms.open_turn(room.id)
    clock.now += practice.LATEST
    until(lambda: statuses(rooms, room.id) == ["choosing", "submitted"])  # a team of bots decides
    rooms.submit(ana.id, 1, "a", chat("dan"))
    clock.now += practice.LATEST
    assert rooms.standing(ana.id).phase == "vote"
    own = next(each.seat for each in rooms.standing(ana.id).proposals if each.mine)
    rooms.vote(ana.id, 1, own)
    clock.now += practice.LATEST
    until(lambda: statuses(rooms, room.id) == ["submitted", "submitted"])
    rooms.close_turn(room.id)
    by_team = {each.team: each for each in rooms.games(room.id)}
    assert by_team["1"].record.turns == (chat("dan"),)
    assert [by_team[team].bots for team in ("1", "2")] == [(), ("expert",)]


def test_at_a_free_pace_bots_go_on_by_themselves_and_not_while_the_class_rests(
    rooms: Rooms, clock: Clock
) -> None:
    room = lobby(rooms, 1, "nothing", pace="free")
    rooms.open_turn(room.id)
    clock.now += practice.LATEST
    until(lambda: played(rooms, room.id) == [1])
    clock.now += practice.LATEST
    until(lambda: played(rooms, room.id) == [2])
    rooms.pause(room.id)
    clock.now += practice.LATEST
    assert code_of(lambda: rooms.close_turn(room.id)) == "class/own-pace"
    rooms.resume(room.id)
    until(lambda: played(rooms, room.id) == [3])


def test_bots_are_done_before_the_clock_and_close_a_turn_that_closes_by_itself(
    rooms: Rooms, clock: Clock
) -> None:
    room = lobby(rooms, 2, "nothing", pace="deadline", seconds=10, auto_close=True)
    rooms.open_turn(room.id)
    clock.now += 6
    until(lambda: rooms.room(room.id).state == "between")
    assert played(rooms, room.id) == [1, 1]


def test_bots_go_on_after_a_restart(start: Callable[[], Rooms], clock: Clock) -> None:
    room = lobby(start(), 2)
    again = start()
    again.open_turn(room.id)
    clock.now += practice.LATEST
    until(lambda: statuses(again, room.id) == ["submitted"] * 2)


def test_nothing_that_counts_counts_them(rooms: Rooms) -> None:
    room = lobby(rooms, 2, "nothing")
    ana = rooms.join(room.code)[0]
    debriefs = Debriefs(rooms)
    rooms.open_turn(room.id)
    rooms.close_turn(room.id)
    desk = debriefs.desk(room.id)
    assert [(game.label, game.bots) for game in desk.games] == [(ana.label, ())]
    lines = grades(desk.case, desk.people, desk.games, Rule("turns"))
    assert [line.person.label for line in lines] == [ana.label]
    with zipfile.ZipFile(io.BytesIO(exports.zip_of(desk.case, desk.every))) as archive:
        names = archive.namelist()
        assert from_json(archive.read(names[0])).pseudonym == "Practice 1"
    assert [name.split("/")[0] for name in names[:2]] == ["practice", "practice"]
    assert not names[2].startswith("practice")
    table = exports.decisions_csv(desk.case, desk.every, "en").decode().splitlines()
    assert [line.split(",")[-1] for line in table] == ["practice", "nothing", "nothing", ""]
    rooms.change_settings(room.id, practice=True)
    desk = debriefs.desk(room.id)
    assert len(desk.games) == 3
    told = xapi.to_json(xapi.class_statements(desk.case, desk.games, {}, room=room.id))
    assert len({each["actor"]["account"]["name"] for each in json.loads(told)}) == 1
    debriefs.close()


def test_where_nobody_else_has_played_the_debrief_is_about_the_bots(rooms: Rooms) -> None:
    room = lobby(rooms, 2, "nothing")
    rooms.open_turn(room.id)
    rooms.close_turn(room.id)
    debriefs = Debriefs(rooms)
    desk = debriefs.desk(room.id)
    assert (len(desk.games), desk.people, desk.mixed) == (2, [], False)
    debriefs.close()


def test_names_are_erased_but_bots_have_none(rooms: Rooms) -> None:
    room = lobby(rooms, 1)
    rooms.join(room.code)
    rooms.erase(room.id)
    assert [label for label, _, _ in rooms.records(room.id)] == ["Practice 1", "#2"]
