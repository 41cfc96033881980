"""Lines that fit the screen: widths in columns, where a Chinese character takes two."""

import unicodedata
from collections.abc import Iterator
from functools import cache

WIDTH = 80
_NEVER_FIRST = frozenset("，。、；：！？）」』》】〉”’…·%,.;:!?)]}")
_NEVER_LAST = frozenset("（「『《【〈“‘([{¥")


def columns(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


@cache
def _columns_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, *, width: int = WIDTH, indent: str = "") -> list[str]:
    """Break a text into lines.

    Breaks at spaces and between Chinese characters, never before a closing mark or after an
    opening one; what fits on no line is cut. Line breaks of the text itself stay.

    Args:
        text: of any length.
        width: columns of a line.
        indent: in front of every line but the first.
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _wrap_paragraph(paragraph, width, indent)
    return lines


def _wrap_paragraph(text: str, width: int, indent: str) -> list[str]:
    lines: list[str] = []
    lead = text[: len(text) - len(text.lstrip(" "))]
    line, used, margin = lead, len(lead), columns(indent)
    for piece in _pieces(text[len(lead) :]):
        if used + columns(piece.rstrip(" ")) > width and line.strip():
            lines.append(line.rstrip(" "))
            line, used = indent, margin
        for part in _cut(piece, width - used):
            if used + columns(part.rstrip(" ")) > width:
                lines.append(line.rstrip(" "))
                line, used = indent, margin
            line += part
            used += columns(part)  # counted on: a line is looked at once for each of its pieces
    lines.append(line.rstrip(" "))
    return lines


def _pieces(text: str) -> Iterator[str]:
    """The parts between which a line may break."""
    piece = ""
    for place, character in enumerate(text):
        piece += character
        if _may_break(character, text[place + 1 : place + 2]):
            yield piece
            piece = ""
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if not after or after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before == " ":
        return True
    return _columns_of(before) == 2 or _columns_of(after) == 2


def _cut(piece: str, room: int) -> Iterator[str]:
    """A piece as it stands, or by characters where it is longer than a whole line."""
    if columns(piece.rstrip(" ")) <= max(room, 1):
        yield piece
    else:
        yield from piece
