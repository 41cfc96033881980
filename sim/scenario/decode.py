"""From a file to text: size, encoding and characters, before any YAML is read.

Nothing is guessed: UTF-8 (with or without a byte-order mark) and UTF-16 with one are read, every
other encoding is refused with its likely name, at the first byte that does not fit.
"""

import codecs
import re
from pathlib import Path

from sim.scenario.diagnostics import Place, Problem, make

MOST_BYTES = 4 * 1024 * 1024
MOST_LINES = 200_000

# What YAML itself forbids, and invisible line ends that editors do not count as lines.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LONE_RETURN = re.compile("\r(?!\n)")
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
)


def read_bytes(path: Path, name: str) -> bytes | Problem:
    """The bytes of a file, or why they cannot be had.

    Args:
        path: The file.
        name: What to call it in a problem.
    """
    start = Place(name, 1, 1)
    try:
        if path.is_dir():
            return make("S02", start)
        size = path.stat().st_size
        if size > MOST_BYTES:
            return _too_big(size, name)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return make("S01", start)
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        return make("S03", start, reason=reason)
    return data if len(data) <= MOST_BYTES else _too_big(len(data), name)


def _too_big(size: int, name: str) -> Problem:
    megabyte = 1024 * 1024
    size_shown = f"{size / megabyte:.1f}"
    return make("S04", Place(name, 1, 1), size=size_shown, limit=MOST_BYTES // megabyte)


def decode(data: bytes, name: str) -> str | Problem:
    r"""The text of a file, or why it is none.

    Args:
        data: At most ``MOST_BYTES`` bytes; more is refused.
        name: What to call the file in a problem.

    Returns:
        Text without a byte-order mark whose lines end with ``\n`` or ``\r\n`` and that holds no
        control characters.
    """
    if len(data) > MOST_BYTES:
        return _too_big(len(data), name)
    kind = _kind(data)
    if kind is not None:
        return make("S06", Place(name, 1, 1), kind=kind)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as failure:
        return _undecodable(data, failure, name)
    return _checked(text, name)


def check(text: str, name: str) -> str | Problem:
    """As ``decode``, for what is text already."""
    if len(text) > MOST_BYTES:
        return _too_big(len(text), name)
    return _checked(text.removeprefix("\ufeff"), name)


def _checked(text: str, name: str) -> str | Problem:
    found = _FORBIDDEN.search(text) or ("\r" in text and _LONE_RETURN.search(text))
    if found:
        character = f"U+{ord(found[0]):04X}"
        return make("S09", _place(text[: found.start()], name), character=character)
    if not text.strip():
        return make("S05", Place(name, 1, 1))
    if text.count("\n") > MOST_LINES:
        return make("S24", Place(name, MOST_LINES + 1, 1), limit=MOST_LINES)
    return text


def _kind(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    head = data[:4096]
    if b"\0" not in head or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    zeros = max(head[::2].count(0), head[1::2].count(0))
    printable = sum(byte >= 32 or byte in b"\t\r\n\0" for byte in head)
    return "utf-16" if zeros * 4 > len(head) > 8 and printable == len(head) else "binary"


def _undecodable(data: bytes, failure: UnicodeDecodeError, name: str) -> Problem:
    codec = "utf-16" if failure.encoding.startswith("utf-16") else "utf-8"
    mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) and codec == "utf-8" else 0
    before = data[: failure.start + mark].decode(codec, errors="ignore")
    place = _place(before.removeprefix("\ufeff"), name)
    if codec == "utf-8" and _looks_like_gbk(data):
        return make("S07", place)
    byte = data[failure.start + mark : failure.start + mark + 1]
    return make("S08", place, value=f"0x{byte.hex().upper()}")


def _looks_like_gbk(data: bytes) -> bool:
    """Whether nearly all high bytes pair up as GB2312 characters."""
    high = sum(byte >= 0x80 for byte in data)
    pairs = len(re.findall(rb"[\xb0-\xf7\xa1-\xa9][\xa1-\xfe]", data))
    return pairs >= 2 and pairs * 2 >= high * 0.9


def _place(before: str, name: str) -> Place:
    line = before.count("\n")
    return Place(name, line + 1, len(before) - (before.rfind("\n") + 1) + 1)
