"""An instructor alone with practice seats: what the pages offer, say, and show to a class."""

from collections.abc import Callable

import pytest

from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.view.class_debrief_words import say as say_debrief
from sim.view.class_words import say
from tests.ui.web.browsing import Browser
from tests.ui.web.conftest import Join

Browse = Callable[..., Browser]


@pytest.fixture
def day(rooms: Rooms) -> RoomInfo:
    """A room of the shortest case; nothing is open yet."""
    return rooms.open_room("first-day", Settings(seed=7))


def played(rooms: Rooms, room: RoomInfo) -> None:
    rooms.open_turn(room.id)
    rooms.close_turn(room.id)


def test_practice_seats_come_with_one_click_and_go_with_one(
    teacher: Browser, rooms: Rooms, day: RoomInfo
) -> None:
    teacher.open(f"/teach/{day.id}")
    assert "close" not in teacher.page.links
    page = teacher.press("practice", number="3", play="vip")
    assert say("en", "class.practice_count", n=3) in page.text
    assert page.text.count("way of play: the valuable first") == 3
    assert not [link for link in page.links.values() if "reissue" in link]
    rooms.open_turn(day.id)
    page = teacher.open(f"/teach/{day.id}")
    assert "close" in {name for form in page.forms for name in form.buttons}  # nobody is waited for
    page = teacher.press("no-practice")
    assert "valuable" not in page.text
    assert rooms.room(day.id).practice == 0


def test_what_cannot_be_added_is_said(teacher: Browser, day: RoomInfo) -> None:
    teacher.open(f"/teach/{day.id}")
    page = teacher.press("practice", number="31")
    assert say("en", "error.class/practice-many", most=30) in page.text


def test_debrief_and_grades_say_whom_they_count(
    teacher: Browser, join: Join, rooms: Rooms, day: RoomInfo
) -> None:
    rooms.add_practice(day.id, 2, "nothing")
    join(code=day.code)
    played(rooms, day)
    page = teacher.open(f"/teach/{day.id}/debrief")
    assert say_debrief("en", "practice.left_out", n=2) in page.text
    page = teacher.press("practice")
    assert say_debrief("en", "practice.counted", n=2) in page.text
    assert rooms.room(day.id).settings.practice
    page = teacher.press("practice")
    assert say_debrief("en", "practice.left_out", n=2) in page.text
    page = teacher.open(f"/teach/{day.id}/grades?basis=turns")
    assert say_debrief("en", "practice.no_grades") in page.text
    assert "Practice 1" not in page.text


@pytest.mark.parametrize("reveal", ["turn", "end"])
def test_the_screen_of_the_class_follows_the_turn(
    browse: Browse, rooms: Rooms, reveal: str
) -> None:
    room = rooms.open_room("first-day", Settings(seed=7, reveal=reveal))  # type: ignore[arg-type]  # one of two
    rooms.add_practice(room.id, 3, "random")
    screen = browse()
    page = screen.open(f"/projector/{room.id}/{rooms.projector_token(room.id)}")
    assert say("en", "class.screen_go") in page.text
    rooms.open_turn(room.id)
    page = screen.open(f"/projector/{room.id}")
    assert say("en", "class.state.open", turn=1, turns=room.turns) in page.text
    assert say("en", "class.board.decided", n=0, of=3) in page.text
    rooms.close_turn(room.id)
    page = screen.open(f"/projector/{room.id}")
    shown = say_debrief("en", "standing.title") in page.text
    assert shown == (reveal == "turn")
    assert "Practice 1" not in page.text


def test_more_time_and_a_countdown_are_two_things(
    teacher: Browser, rooms: Rooms, day: RoomInfo
) -> None:
    rooms.open_turn(day.id)
    page = teacher.open(f"/teach/{day.id}")
    assert say("en", "class.countdown_help") in page.text
    page = teacher.press("extend-60")
    assert say("en", "class.extend_help") in page.text


def test_what_was_sent_can_be_seen(teacher: Browser, rooms: Rooms, day: RoomInfo) -> None:
    for number in range(5):
        rooms.message(day.id, f"message {number}")
    text = teacher.open(f"/teach/{day.id}").text
    assert [number for number in range(5) if f"message {number}" in text] == [2, 3, 4]


def test_who_mistypes_a_number_is_asked_for_the_number_again(browse: Browse, rooms: Rooms) -> None:
    room = rooms.open_room("first-day", Settings(names="roster", teams=2))
    rooms.set_roster(room.id, b"number,name\n1001,Ana\n")
    browser = browse()
    browser.open(f"/j/{room.code}")
    form = next(each for each in browser.page.forms if each.action == "/join")
    page = browser.send(form, number="9", team="2")
    assert say("en", "error.class/not-on-roster") in page.text
    form = next(each for each in page.forms if each.action == "/join")
    assert (form.fields["number"], form.fields["team"]) == ("9", "2")
    browser.send(form, number="1001")
    assert browser.path.startswith("/play")


def test_a_game_that_was_not_finished_waits_for_nobody_when_the_class_is_over(
    teacher: Browser, join: Join, rooms: Rooms, day: RoomInfo
) -> None:
    join(code=day.code)
    played(rooms, day)
    rooms.end(day.id)
    page = teacher.open(f"/teach/{day.id}")
    assert say("en", "class.status.unfinished") in page.text
    assert say("en", "class.status.waiting") not in page.text
