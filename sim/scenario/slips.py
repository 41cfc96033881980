"""Slips that YAML reads without complaint, but not as they were meant.

They are looked for in the text itself, before it is parsed; what stands in quotes or in a block
(known after parsing) is text, where only invisible characters count.

Every pattern is a class of single characters or anchored to a line, and crosses no line end.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from sim.scenario.diagnostics import Place, Problem, make

MOST_REPORTED = 100
MOST_COMMENTS = 20_000
WIDEST_GAP = 200

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES = "–—•·●◦‣−‐‑－﹣"
_UNUSUAL = re.compile(f"[{_SPACES}{_DASHES}：\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_BY_LINE = (
    ("S50", re.compile(f"(?m)^ *([{_SPACES}])")),
    ("S51", re.compile(f"(?m)^ *([{_DASHES}]) ?[^\\s{_DASHES}-]")),
    ("S32", re.compile(r"(?m)^ *(?:- +)?[A-Za-z_][\w-]{0,40}(：)")),
)
_NO_SPACE_AFTER_DASH = ("S52", re.compile(r"\n *(-)[^\W\d]"))
_INVISIBLE = re.compile("[\u200b\u200c\u2060-\u2064]|\u200d(?![\u2640-\U0001ffff])")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COMMENT = re.compile(r" (#[^\s#!][^\n]{0,20})")


class Slips:
    """The slips of one text.

    Attributes:
        suspected: Whether the extents of its values are needed to tell slips from text.
    """

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._unusual = _UNUSUAL.search(text) is not None
        self._lines = list(islice(self._by_line(), MOST_REPORTED))
        comments = islice(_COMMENT.finditer(text), MOST_COMMENTS)
        self._comments = [(found.start(1), found[1]) for found in comments]
        self.suspected = bool(self._lines or self._comments)

    def problems(self, opaque: Sequence[tuple[int, int]], ends: Collection[int]) -> list[Problem]:
        """Finds the slips.

        Args:
            opaque: Ranges of characters inside quotes and blocks, in order.
            ends: Offsets where plain values end.
        """
        found = [*self._outside(opaque), *self._cut_off(ends), *self._invisible()]
        return found[:MOST_REPORTED]

    def _by_line(self) -> Iterator[tuple[str, int, str]]:
        for code, pattern in (*(_BY_LINE if self._unusual else ()), _NO_SPACE_AFTER_DASH):
            for found in pattern.finditer(self._text):
                yield code, found.start(1), found[1]

    def _outside(self, opaque: Sequence[tuple[int, int]]) -> Iterator[Problem]:
        starts = [start for start, _ in opaque]
        for code, at, shown in self._lines:
            inside = bisect_right(starts, at) - 1
            if inside < 0 or at >= opaque[inside][1]:
                yield self._make(code, at, value=shown, character=_named(shown))

    def _invisible(self) -> Iterator[Problem]:
        if not self._unusual:
            return
        for code, pattern in (("S53", _INVISIBLE), ("S55", _TURNING)):
            for found in islice(pattern.finditer(self._text), MOST_REPORTED):
                yield self._make(code, found.start(), character=_named(found[0]))

    def _cut_off(self, ends: Collection[int]) -> Iterator[Problem]:
        cut = ((at, shown) for at, shown in self._comments if self._gap(at) in ends)
        for at, shown in islice(cut, MOST_REPORTED):
            yield self._make("S54", at, value=shown.rstrip())

    def _gap(self, at: int) -> int:
        """Where the spaces before an offset begin."""
        start = max(0, at - WIDEST_GAP)
        return start + len(self._text[start:at].rstrip(" "))

    def _make(self, code: str, at: int, **data: Any) -> Problem:
        line = self._text.count("\n", 0, at) + 1
        column = at - (self._text.rfind("\n", 0, at) + 1) + 1
        return make(code, Place(self._path, line, column), **data)


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
