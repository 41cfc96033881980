"""From a file to text: size, encoding and characters, before any YAML is read.

Nothing is guessed in silence: UTF-8 (with or without a byte-order mark) and UTF-16 with one are
read; anything else is a problem at the first byte that does not fit. Where the rest can still be
read, it is, so that one stray byte does not hide the other mistakes of a file.
"""

import codecs
import errno
import re
import stat
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sim.scenario.diagnostics import Place, Problem, make

MOST_BYTES = 4 * 1024 * 1024
MOST_LINES = 200_000
MOST_REPORTED = 20

# What YAML itself forbids, and invisible line ends that editors do not count as lines.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REASONS = {
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.ELOOP: "link-circle",
    errno.ENAMETOOLONG: "name-too-long",
    errno.ENOTDIR: "not-a-folder",
    errno.EINVAL: "bad-name",
}


class Decoded(NamedTuple):
    r"""What the bytes of a file say.

    Attributes:
        text: Without a byte-order mark; lines end with ``\n`` or ``\r\n``.
        problems: What is wrong with it as text.
        guilty: Lines, from 0, that hold what cannot stand in a scenario.
        usable: Whether the rest of the text can be read.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    guilty: tuple[int, ...] = ()
    usable: bool = True


def read_bytes(path: Path, name: str) -> bytes | Problem:
    """The bytes of a file, or why they cannot be had.

    Args:
        path: The file.
        name: What to call it in a problem.
    """
    start = Place(name, 1, 1)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # a pipe or a device might never end
            folder = stat.S_ISDIR(mode)
            return make("S02", start) if folder else make("S03", start, reason="no-file")
        size = path.stat().st_size
        with path.open("rb") as file:
            data = b"" if size > MOST_BYTES else file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return make("S01", start)
    except OSError as failure:
        return make("S03", start, reason=_REASONS.get(failure.errno or 0, "system"))
    except ValueError:  # a NUL in the name
        return make("S03", start, reason="bad-name")
    size = max(size, len(data))
    return data if size <= MOST_BYTES else _too_big(size, name)


def _too_big(size: int, name: str) -> Problem:
    megabyte = 1024 * 1024
    size_shown = f"{size / megabyte:.1f}"
    return make("S04", Place(name, 1, 1), size=size_shown, limit=MOST_BYTES // megabyte)


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file.

    Args:
        data: At most ``MOST_BYTES`` bytes; more is refused.
        name: What to call the file in a problem.
    """
    if len(data) > MOST_BYTES:
        return _unusable("", _too_big(len(data), name))
    kind = _kind(data)
    if kind is not None:
        return _unusable("", make("S06", Place(name, 1, 1), kind=kind))
    if data.startswith(_UTF16):
        return _utf16(data, name)
    data = data.removeprefix(codecs.BOM_UTF8)
    wide = _turns_wide(data)
    if wide is not None:
        return _not_utf8(data.decode("utf-8", errors="replace"), data[:wide].decode(), 0, name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _by_line(data, name)


def check(text: str, name: str) -> Decoded:
    """As ``decode``, for what is text already."""
    if len(text) > MOST_BYTES:
        return _unusable("", _too_big(len(text), name))
    return _checked(text.removeprefix("\ufeff"), name)


def _unusable(text: str, problem: Problem) -> Decoded:
    return Decoded(text, (problem,), usable=False)


def _utf16(data: bytes, name: str) -> Decoded:
    try:
        return _checked(data.decode("utf-16"), name)
    except UnicodeDecodeError as failure:
        before = data[: failure.start].decode("utf-16", errors="ignore")
        shown = data.decode("utf-16", errors="replace")
        return _not_utf8(shown, before, data[failure.start], name)


def _not_utf8(text: str, before: str, byte: int, name: str) -> Decoded:
    """A text that cannot be read from some byte on."""
    place = _place(before.removeprefix("\ufeff"), name)
    return _unusable(text, make("S08", place, value=f"0x{byte:02X}"))


def _by_line(data: bytes, name: str) -> Decoded:
    """A text of which some lines are not UTF-8; no encoding uses the byte of a line end twice."""
    lines = data.split(b"\n")
    wrong = [number for number, line in enumerate(lines) if not _is_utf8(line)]
    chinese = _looks_like_gbk(b"\n".join(lines[number] for number in wrong))
    foreign = frozenset(wrong)
    text = "\n".join(
        line.decode("gb18030" if chinese and number in foreign else "utf-8", errors="replace")
        for number, line in enumerate(lines)
    )
    mixed = any(not line.isascii() for number, line in enumerate(lines) if number not in foreign)
    shown = wrong[: MOST_REPORTED if mixed or not chinese else 1]
    problems = [_not_in_line(lines[number], number, name, chinese=chinese) for number in shown]
    rest = _checked(text, name)
    guilty = rest.guilty if chinese else (*rest.guilty, *wrong)
    return rest._replace(problems=(*problems, *rest.problems), guilty=guilty)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_in_line(line: bytes, number: int, name: str, *, chinese: bool) -> Problem:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as failure:
        place = Place(name, number + 1, len(line[: failure.start].decode("utf-8")) + 1)
        byte = line[failure.start]
        return make("S07", place) if chinese else make("S08", place, value=f"0x{byte:02X}")
    raise AssertionError(number)


def _checked(text: str, name: str) -> Decoded:
    """The text, and where characters stand that must not."""
    if not text.strip():
        return _unusable(text, make("S05", Place(name, 1, 1)))
    if text.count("\n") > MOST_LINES:
        return _unusable("", make("S24", Place(name, MOST_LINES + 1, 1), limit=MOST_LINES))
    found = list(islice(_FORBIDDEN.finditer(text), MOST_REPORTED))
    if not found:
        return Decoded(text)
    places = [_place(text[: each.start()], name) for each in found]
    problems = [
        make("S09", place, character=f"U+{ord(each[0]):04X}")
        for place, each in zip(places, found, strict=True)
    ]
    return Decoded(_FORBIDDEN.sub(" ", text), tuple(problems), _lines_of(places))


def _lines_of(places: Sequence[Place]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(place.line - 1 for place in places))


def _kind(data: bytes) -> str | None:
    """What a file is that is no text; None for a text, also for one with stray characters."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    first = data.find(b"\0")
    if first < 0 or data.startswith(_UTF16) or _begins_as_text(data[:first]):
        return None
    head = data[:4096]
    zeros = max(head[::2].count(0), head[1::2].count(0))
    printable = sum(byte >= 32 or byte in b"\t\r\n\0" for byte in head)
    return "utf-16" if zeros * 4 > len(head) > 8 and printable == len(head) else "binary"


def _begins_as_text(head: bytes) -> bool:
    return b"\n" in head and not _CONTROL.search(head) and _is_utf8(head)


def _turns_wide(data: bytes) -> int | None:
    """Where a text goes over to UTF-16, by its zero bytes."""
    first = data.find(b"\0")
    rest = len(data) - first
    return first if first >= 0 and data.count(b"\0", first) * 4 > rest else None


def _looks_like_gbk(data: bytes) -> bool:
    """Whether nearly all high bytes pair up as GB2312 characters."""
    high = sum(byte >= 0x80 for byte in data)
    pairs = len(re.findall(rb"[\xb0-\xf7\xa1-\xa9][\xa1-\xfe]", data))
    return pairs >= 2 and pairs * 2 >= high * 0.9


def _place(before: str, name: str) -> Place:
    line = before.count("\n")
    return Place(name, line + 1, len(before) - (before.rfind("\n") + 1) + 1)
