"""What names anybody can be deleted, and then it is in no file any more."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.classroom import names, roster
from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from tests.classroom.conftest import FILE, SCENARIO, Clock, chat
from tests.classroom.test_pacing import until

PEOPLE = tuple(f"Wilhelmina {number:03}" for number in range(40))
LIST = "Student ID,Full name,Email\n" + "".join(
    f"{number},Bartholomew{number:03},b{number:03}@example.org\n" for number in range(40)
)
SECRETS = ("Wilhelmina", "Bartholomew", "@example.org", "unmistakable", "Announcement")


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob(f"{FILE}*")))


def full_room(rooms: Rooms) -> tuple[str, list[str]]:
    room = rooms.open_room(SCENARIO, Settings(names="own", seed=1), "Wilhelmina's class")
    rooms.set_roster(room.id, LIST.encode())
    seats = [rooms.join(room.code, name)[0].id for name in PEOPLE]
    rooms.open_turn(room.id)
    for seat in seats[:10]:
        rooms.choose(seat, lambda session: session.act("dan", "chat"))
        rooms.choose(seat, lambda session: session.reflect("an unmistakable thought"))
        rooms.submit(seat, 1, "a")
    rooms.choose(seats[20], lambda session: session.reflect("an unmistakable draft"))
    rooms.message(room.id, "Announcement")
    rooms.close_turn(room.id)
    return room.id, seats


def test_after_erasing_no_name_is_left_in_any_file_and_every_game_is(
    rooms: Rooms, tmp_path: Path
) -> None:
    room, seats = full_room(rooms)
    _, token = rooms.join(rooms.room(room).code, "Zed")
    before = bytes_of(tmp_path)
    assert all(secret.encode() in before for secret in SECRETS)
    assert rooms.records(room)[0][2].turns[0].notes["reflection"] == "an unmistakable thought"
    rooms.erase(room)
    after = bytes_of(tmp_path)
    assert [secret for secret in SECRETS if secret.encode() in after] == []
    assert rooms.seats(room)[0].label == "#1"
    assert rooms.roster(room) == ()
    label, _, record = rooms.records(room)[0]
    assert (label, record.pseudonym, record.turns[0].choices) == ("#1", "#1", chat("dan").choices)
    assert "reflection" not in record.turns[0].notes
    assert rooms.standing(seats[0]).messages[0].text == ""
    assert rooms.room(room).title == "The usual?"
    with pytest.raises(SimError, match="class/unknown-seat"):
        rooms.seat_of(token)


def test_after_deleting_nothing_of_a_room_is_left(rooms: Rooms, tmp_path: Path) -> None:
    room, seats = full_room(rooms)
    kept, _ = rooms.join(rooms.open_room(SCENARIO, Settings(names="own")).code, "Somebody Else")
    rooms.delete(room)
    after = bytes_of(tmp_path)
    assert [each for each in (*SECRETS, room, *seats) if each.encode() in after] == []
    with pytest.raises(SimError) as caught:
        rooms.standing(seats[0])
    assert caught.value.code == "class/unknown-seat"
    assert rooms.standing(kept.id).seat.label == "Somebody Else"


def test_a_room_goes_by_itself_when_its_time_is_over(
    start: Callable[[], Rooms], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.classroom.keeping._SELDOM", 0.1)
    rooms = start()
    old = rooms.open_room(SCENARIO, Settings(retention_days=1))
    young = rooms.open_room(SCENARIO, Settings(retention_days=2))
    clock.now += 86_400.0 + 3600.0
    until(lambda: len(rooms.rooms()) == 1)
    assert rooms.rooms()[0].id == young.id
    assert old.delete_at < clock.now


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("7,Ann,ann@x.org\n8,Bob", [("7", "Ann", "ann@x.org"), ("8", "Bob", "")]),
        (
            "First name,Surname,ID number,Email address\nAnn,Lee,7,ann@x.org\n",
            [("7", "Ann Lee", "ann@x.org")],
        ),
        (
            "Student;ID;SIS User ID;SIS Login ID;Section\nLee, Ann;12;s7;ann;A\n",
            [("s7", "Lee, Ann", "")],
        ),
        ("\ufeff学号,姓名\n7,王芳\n", [("7", "王芳", "")]),
        ("名,姓氏,学号\n娜娜,欧阳,7\nAnn,Lee,8\n", [("7", "欧阳娜娜", ""), ("8", "Lee Ann", "")]),
        ("Full name,Email\nAnn,ann@x.org\n", [("ann@x.org", "Ann", "ann@x.org")]),
        ("7\tAnn\n\n\t\n8\tBob\n", [("7", "Ann", ""), ("8", "Bob", "")]),
    ],
)
def test_name_lists_as_learning_platforms_and_people_write_them(
    text: str, people: list[tuple[str, str, str]]
) -> None:
    found = [(line.number, line.name, line.email) for line in roster.read(text.encode())]
    assert found == people


def test_name_lists_in_the_encodings_of_spreadsheets() -> None:
    text = "学号,姓名\n7,王芳\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert roster.read(text.encode(encoding))[0].name == "王芳"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "class/roster-empty"),
        (b"Full name,Email\n", "class/roster-empty"),
        (b"7,Ann\n7,Bob\n", "class/roster-twice"),
        (b"7,Ann\n" * 100_000, "class/roster-size"),
        (b"".join(b"%d,Ann\n" % place for place in range(2001)), "class/roster-many"),
        (b"\xff\x00\xff\x81", "class/roster-text"),
    ],
)
def test_files_that_are_no_name_list(raw: bytes, code: str) -> None:
    with pytest.raises(SimError) as caught:
        roster.read(raw)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ann\tLee\n", "Ann Lee"),
        ("a\u202eb\u200bc", "a b c"),
        ("<script>alert(1)</script>", "<script>alert(1)</script"),
        ("王" * 40, "王" * 24),
        ("e\u0301", "\u00e9"),
    ],
)
def test_a_name_is_one_short_line_without_anything_invisible(typed: str, shown: str) -> None:
    assert names.clean(typed) == shown


def test_names_differ_in_a_room_and_those_it_gives_suit_its_language() -> None:
    taken: set[str] = set()
    for _ in range(200):
        taken.add(names.pseudonym(taken, "zh"))
    assert len(taken) == 200
    assert all("\u4e00" <= letter <= "\u9fff" or letter in " 2345" for letter in "".join(taken))
    assert names.numbered("Ann", {"Ann", "Ann 2"}) == "Ann 3"
    with pytest.raises(SimError):
        names.clean("\u200b \n")
