"""The name list of a class: read from the tables that learning platforms export."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sim.classroom.clerk import Work
from sim.classroom.events import ClassError
from sim.classroom.model import RosterLine
from sim.classroom.state import Room

LARGEST: Final = 512 * 1024  # bytes
MOST: Final = 2000  # people
_LONGEST: Final = 120  # characters
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")

# Headings, in small letters, of Moodle's and Canvas's exports and of what people write themselves.
_NUMBER: Final = (
    "number", "student number", "student id", "id number", "idnumber", "sis user id",
    "sis login id", "id", "username", "user name", "学号", "工号", "编号", "学生学号", "用户名",
)  # fmt: skip
_NAME: Final = ("name", "full name", "student", "姓名", "名字", "学生", "学生姓名")
_FIRST: Final = ("first name", "given name")
_LAST: Final = ("last name", "surname", "family name")
_CHINESE_LAST: Final = ("姓", "姓氏")  # in Chinese it comes first, and without a space
_CHINESE_FIRST: Final = ("名",)
_EMAIL: Final = (
    "email", "email address", "e-mail", "mail", "邮箱", "电子邮箱", "电子邮件", "电子邮件地址",
    "email地址", "email 地址",
)  # fmt: skip


def read(raw: bytes) -> tuple[RosterLine, ...]:
    """The people in a CSV file.

    Columns are found by their headings; without any known heading the first column is the number,
    the second the name, the third the address.

    Raises:
        ClassError: `class/roster-size` (limit), `class/roster-text`, `class/roster-empty`,
            `class/roster-twice` (number), `class/roster-many` (limit).
    """
    if len(raw) > LARGEST:
        raise ClassError("class/roster-size", limit=LARGEST // 1024)
    table = [row for row in _rows(_text(raw)) if any(cell.strip() for cell in row)]
    if not table:
        raise ClassError("class/roster-empty")
    places = _places([cell.strip().lower() for cell in table[0]])
    lines = [_line(row, places or _PLAIN) for row in (table[1:] if places else table)]
    found = [line for line in lines if line.number]
    if not found:
        raise ClassError("class/roster-empty")
    if len(found) > MOST:
        raise ClassError("class/roster-many", limit=MOST)
    _expect_different(found)
    return tuple(found)


Places = dict[str, tuple[int, ...]]
_PLAIN: Final[Places] = {"number": (0,), "name": (1,), "email": (2,)}


def _text(raw: bytes) -> str:
    """Text in the encodings that spreadsheets write in the languages of the program."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ClassError("class/roster-text")


def _rows(text: str) -> list[list[str]]:
    head = text.partition("\n")[0]
    divider = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=divider))
    except csv.Error as error:
        raise ClassError("class/roster-text") from error


def _places(headings: Sequence[str]) -> Places:
    """Where number, name and address stand; empty if the first row has no headings."""

    def first(names: Sequence[str]) -> tuple[int, ...]:
        return next(((headings.index(name),) for name in names if name in headings), ())

    number, name, email = first(_NUMBER), first(_NAME), first(_EMAIL)
    western = (*first(_FIRST), *first(_LAST))
    whole = name or western or (*first(_CHINESE_LAST), *first(_CHINESE_FIRST))
    if not (number or email) or not (whole or email):
        return {}
    return {"number": number or email, "name": whole, "email": email}


def _line(row: Sequence[str], places: Places) -> RosterLine:
    def cell(name: str) -> str:
        parts = (row[place].strip() for place in places[name] if place < len(row))
        return _joined([part for part in parts if part])[:_LONGEST]

    return RosterLine(number=cell("number"), name=cell("name"), email=cell("email"))


def _joined(parts: Sequence[str]) -> str:
    """The parts of a name; in Chinese writing nothing stands between them."""
    divider = "" if parts and all(_HAN.fullmatch(part) for part in parts) else " "
    return divider.join(parts)


def _expect_different(lines: Sequence[RosterLine]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.number in seen:
            raise ClassError("class/roster-twice", number=line.number)
        seen.add(line.number)


def write(work: Work, room: Room, lines: Sequence[RosterLine]) -> tuple[RosterLine, ...]:
    """Replace the name list of a room; who has joined keeps the seat if still listed."""
    claimed = {line.number: line.seat for line in of(work, room)}
    kept = tuple(replace(line, seat=claimed.get(line.number, "")) for line in lines)
    work.at_once(room, "DELETE FROM roster WHERE room = ?", room.id)
    for line in kept:
        values = (room.id, line.number, line.name, line.email, line.seat or None)
        work.at_once(
            room,
            "INSERT INTO roster (room, number, name, email, seat) VALUES (?, ?, ?, ?, ?)",
            *values,
        )
    return kept


def of(work: Work, room: Room) -> tuple[RosterLine, ...]:
    """The name list of a room, by number."""
    found = work.store.rows(
        "SELECT number, name, email, seat FROM roster WHERE room = ? ORDER BY number", room.id
    )
    return tuple(RosterLine(number, name, email, seat or "") for number, name, email, seat in found)
