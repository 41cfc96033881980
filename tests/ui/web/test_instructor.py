"""The instructor's pages: signing in, making a room, pacing it, and everything about its seats."""

from collections.abc import Callable

import pytest

from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.view.class_words import say
from tests.ui.web.browsing import Browser
from tests.ui.web.conftest import Join

Browse = Callable[..., Browser]


def test_nobody_gets_in_without_the_key(browse: Browse, room: RoomInfo) -> None:
    browser = browse()
    for path in ("", "/screen", "/watch/x", "/settings", "/roster", "/sure/delete"):
        browser.open(f"/teach/{room.id}{path}")
        assert browser.path == "/teach"
        assert say("en", "class.sign_in") in browser.page.text
    form = next(each for each in browser.page.forms if each.action == "/teach/sign-in")
    browser.send(form, key="guess")
    assert say("en", "error.class/wrong-secret") in browser.page.text


def test_a_deed_without_the_key_does_nothing(join: Join, rooms: Rooms, room: RoomInfo) -> None:
    trainee = join()
    form = next(each for each in trainee.page.forms if each.action == "/language")
    for path in ("do", "end", "delete", "erase", "message"):
        form.action = f"/teach/{room.id}/{path}"
        trainee.send(form, deed="open", code=room.code, text="x")
    assert rooms.room(room.id).state == "lobby"


def test_a_room_is_made_with_its_settings(teacher: Browser, rooms: Rooms) -> None:
    teacher.open("/teach/new")
    teacher.press(
        "create",
        scenario="first-day",
        title="Tuesday",
        pace="deadline",
        names="own",
        seconds="90",
        seats="30",
        seed="5",
        auto_close="1",
        absent="nothing",
        reveal="end",
    )
    (made,) = rooms.rooms()
    assert teacher.path == f"/teach/{made.id}"
    assert (made.scenario, made.title) == ("first-day", "Tuesday")
    expected = Settings("deadline", 90, auto_close=True, names="own", reveal="end")
    found = made.settings
    assert (found.pace, found.seconds, found.auto_close) == ("deadline", 90, expected.auto_close)
    assert (found.names, found.reveal, found.absent) == ("own", "end", "nothing")
    assert (found.seats, found.seed) == (30, 5)


@pytest.mark.parametrize(("name", "value"), [("seats", "many"), ("teams", "51"), ("pace", "warp")])
def test_what_cannot_be_set_is_said(teacher: Browser, rooms: Rooms, name: str, value: str) -> None:
    teacher.open("/teach/new")
    teacher.press("create", **{name: value})
    assert teacher.path == "/teach/new"
    assert value in teacher.page.text
    assert rooms.rooms() == ()


def test_a_turn_is_opened_prolonged_paused_and_closed(
    teacher: Browser, join: Join, rooms: Rooms, room: RoomInfo
) -> None:
    join("Ana")
    teacher.open(f"/teach/{room.id}")
    assert "Ana" in teacher.page.text
    teacher.press("open")
    assert say("en", "class.state.open", turn=1, turns=12) in teacher.page.text
    teacher.press("extend-60")
    deadline = rooms.room(room.id).deadline
    assert deadline is not None
    teacher.press("pause")
    assert rooms.room(room.id).state == "paused"
    teacher.press("resume")
    teacher.press("lock")
    assert rooms.room(room.id).locked
    teacher.click("close")
    assert say("en", "class.close_sure", turn=1) in teacher.page.text
    teacher.press("yes")
    assert rooms.room(room.id).state == "between"
    assert say("en", "class.open_next", turn=2) in teacher.page.text


def test_a_turn_that_has_been_closed_meanwhile_is_not_closed_again(
    teacher: Browser, join: Join, rooms: Rooms, room: RoomInfo
) -> None:
    join()
    rooms.open_turn(room.id)
    teacher.open(f"/teach/{room.id}/sure/close")
    rooms.close_turn(room.id)
    rooms.open_turn(room.id)
    teacher.press("yes")
    assert say("en", "error.class/not-open") in teacher.page.text
    assert (rooms.room(room.id).state, rooms.room(room.id).turn) == ("open", 2)


def test_a_message_reaches_the_class(
    teacher: Browser, join: Join, rooms: Rooms, room: RoomInfo
) -> None:
    trainee = join()
    teacher.open(f"/teach/{room.id}")
    teacher.press("send", text="Two more minutes")
    trainee.open("/play")
    assert "Two more minutes" in trainee.page.text
    assert rooms.standing(rooms.seats(room.id)[0].id).messages[-1].text == "Two more minutes"


def test_a_game_is_watched_and_cannot_be_changed(
    teacher: Browser, join: Join, rooms: Rooms, room: RoomInfo
) -> None:
    join("Ana")
    rooms.open_turn(room.id)
    seat = rooms.seats(room.id)[0].id
    rooms.choose(seat, lambda session: session.act("dan", "chat", "driver"))
    base = f"/teach/{room.id}/watch/{seat}"
    for path in ("", "/customer/dan", "/customer/dan?tab=people", "/news", "/firm", "/plan"):
        page = teacher.open(base + path)
        assert teacher.answer.status_code == 200
        assert say("en", "class.watching", name="Ana") in page.text
        pressable = {form.action for form in page.forms if form.buttons}
        assert {each for each in pressable if each.startswith("/play")} <= {"/play/answer"}
        assert not [name for form in page.forms for name in form.buttons if "answer-" in name]
        assert not [link for link in page.links.values() if link.startswith("/play")]
    assert "Driver" in teacher.open(base + "/plan").text
    rooms.close_turn(room.id)
    assert "Week 1" in teacher.open(base + "/report").text


def test_a_seat_of_another_room_is_not_found(
    teacher: Browser, join: Join, rooms: Rooms, room: RoomInfo
) -> None:
    other = rooms.open_room("corner-cafe", Settings(names="own"))
    join(code=other.code)
    seat = rooms.seats(other.id)[0].id
    teacher.open(f"/teach/{room.id}/watch/{seat}")
    assert teacher.answer.status_code == 404
    teacher.open(f"/teach/{room.id}/sure/kick?seat={seat}")
    assert teacher.answer.status_code == 404
    assert not rooms.seats(other.id)[0].removed


def test_a_lost_seat_gets_a_new_key(
    teacher: Browser, browse: Browse, join: Join, *, rooms: Rooms, room: RoomInfo
) -> None:
    trainee = join("Ana")
    seat = rooms.seats(room.id)[0].id
    teacher.open(f"/teach/{room.id}/sure/reissue?seat={seat}")
    teacher.press("yes")
    key = teacher.answer.text.partition("/resume#")[2].partition('"')[0]
    trainee.open("/play")
    assert trainee.path == "/"
    other = browse()
    other.open("/resume")
    other.send(next(each for each in other.page.forms if each.action == "/resume"), key=key)
    assert "Ana" in other.page.text


def test_somebody_is_removed_after_a_question(
    teacher: Browser, join: Join, rooms: Rooms, room: RoomInfo
) -> None:
    join("Ana")
    seat = rooms.seats(room.id)[0].id
    teacher.open(f"/teach/{room.id}/sure/kick?seat={seat}")
    assert not rooms.seats(room.id)[0].removed
    teacher.press("yes")
    assert rooms.seats(room.id)[0].removed


def test_a_name_list_decides_who_may_join(teacher: Browser, browse: Browse, rooms: Rooms) -> None:
    listed = rooms.open_room("corner-cafe", Settings(seed=7, names="roster"))
    teacher.open(f"/teach/{listed.id}/roster")
    form = next(each for each in teacher.page.forms if each.action.endswith("/roster"))
    teacher.answer = teacher.client.post(
        form.action,
        data=form.fields,
        files={"file": ("class.csv", "number,name\n17,Ana\n18,林\n".encode(), "text/csv")},
        headers={"origin": teacher.address},
    )
    assert "17" in teacher.answer.text
    trainee = browse()
    trainee.open(f"/j/{listed.code}")
    form = next(each for each in trainee.page.forms if each.action == "/join")
    trainee.send(form, number="99")
    assert say("en", "error.class/not-on-roster") in trainee.page.text
    trainee.send(form, number="17")
    assert trainee.path == "/play"
    assert "Ana" not in trainee.answer.text


def test_settings_can_be_changed_while_a_class_plays(
    teacher: Browser, rooms: Rooms, room: RoomInfo
) -> None:
    rooms.open_turn(room.id)
    teacher.open(f"/teach/{room.id}/settings")
    teacher.press("save", absent="hold", seats="12")
    assert say("en", "class.saved") in teacher.page.text
    found = rooms.room(room.id).settings
    assert (found.absent, found.seats) == ("hold", 12)


def test_deleting_asks_for_the_code(teacher: Browser, rooms: Rooms, room: RoomInfo) -> None:
    teacher.open(f"/teach/{room.id}/sure/delete")
    teacher.press("yes", code="WRONG1")
    assert say("en", "error.class/wrong-code") in teacher.page.text
    assert len(rooms.rooms()) == 1
    teacher.press("yes", code=room.code.lower())
    assert teacher.path == "/teach"
    assert rooms.rooms() == ()


def test_names_can_be_deleted_alone(
    teacher: Browser, join: Join, rooms: Rooms, room: RoomInfo
) -> None:
    join("Ana")
    teacher.open(f"/teach/{room.id}/sure/erase")
    teacher.press("yes")
    teacher.open(f"/teach/{room.id}")
    assert "Ana" not in teacher.page.text
    assert len(rooms.rooms()) == 1


def test_the_projector_shows_address_code_and_how_many(
    teacher: Browser, join: Join, room: RoomInfo
) -> None:
    join("Ana")
    page = teacher.open(f"/teach/{room.id}/screen")
    assert room.code in page.text
    assert teacher.address.partition("://")[2] in page.text
    assert say("en", "class.room.joined", n=1) in page.text
    assert "Ana" not in page.text
    assert "path" in page.tags  # the QR code


def test_signing_out(teacher: Browser, room: RoomInfo) -> None:
    teacher.open("/teach")
    form = next(each for each in teacher.page.forms if each.action == "/teach/sign-out")
    teacher.send(form)
    teacher.open(f"/teach/{room.id}")
    assert teacher.path == "/teach"
