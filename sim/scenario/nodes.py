"""Where every part of a YAML text begins and ends, for tools that change some of it and no more.

    tree(text) -> Node

Offsets count characters of the text. A block ends with its last character of content: comments and
empty lines after it belong to what follows.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from sim.scenario.source import Piece, pieces

_HEADER = re.compile(r"[|>][-+0-9]*")


@dataclass(slots=True)
class Node:
    """A part of the text.

    Attributes:
        kind: What it is.
        start: Offset of its first character.
        end: Offset behind its last one; equal to `start` when nothing is written.
        flow: Whether it stands in brackets or is a bracket.
        style: Of a text: "" plain, a quote, or `|` or `>`.
        value: Of a text.
        entries: Of a mapping, in order.
        items: Of a list, in order.
    """

    kind: Literal["scalar", "mapping", "list"]
    start: int
    end: int
    flow: bool
    style: str = ""
    value: str = ""
    entries: dict[str, "Entry"] = field(default_factory=dict)
    items: list["Node"] = field(default_factory=list)

    def spans(self) -> list[tuple[int, int]]:
        """Where its parts stand, a key together with its value."""
        if self.kind == "mapping":
            return [(each.key.start, each.end) for each in self.entries.values()]
        return [(each.start, each.end) for each in self.items]


class Entry(NamedTuple):
    """A name and what it stands for."""

    key: Node
    value: Node

    @property
    def end(self) -> int:
        """Behind its last character; a name may have nothing behind its colon."""
        return max(self.key.end, self.value.end)


def tree(text: str) -> Node:
    """The parts of a text that `sim.scenario.source` reads without a complaint.

    Args:
        text: Without a byte-order mark; a mapping at its top.
    """
    growing = _Growing(text)
    for piece in pieces(text):
        growing.take(piece)
    assert growing.root is not None
    return growing.root


class _Growing:
    """The tree of the pieces so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self._open: list[tuple[Node, Node | None]] = []  # a part and the key that waits in it

    def take(self, piece: Piece) -> None:
        """Adds one piece."""
        if piece.kind == "end":
            node, _ = self._open.pop()
            node.end = piece.end if node.flow else self._last(node)
            return
        kind = piece.kind
        node = Node(kind, piece.start, piece.end, piece.flow, piece.style, piece.value)
        if kind == "scalar":
            node.flow = bool(self._open) and self._open[-1][0].flow
            self._trim(node)
        self._place(node)
        if kind != "scalar":
            self._open.append((node, None))

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        outer, key = self._open[-1]
        if outer.kind == "list":
            outer.items.append(node)
        elif key is None:
            self._open[-1] = (outer, node)
        else:
            outer.entries[key.value] = Entry(key, node)
            self._open[-1] = (outer, None)

    def _trim(self, node: Node) -> None:
        """Ends a text where its own characters end, without what the parser looked ahead to."""
        written = self.text[node.start : node.end]
        if node.style in {"|", ">"}:
            header = _HEADER.match(written)
            if header is None or "+" not in header.group():
                node.end = node.start + len(written.rstrip())
        elif not node.style:
            node.end = node.start + len(written.rstrip())

    @staticmethod
    def _last(node: Node) -> int:
        return max((end for _, end in node.spans()), default=node.start)


def gaps(node: Node) -> list[tuple[int, int]]:
    """Between each two neighbours: the end of one and the start of the next."""
    return [(left[1], right[0]) for left, right in pairwise(node.spans())]
