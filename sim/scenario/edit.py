"""Changes some values of a scenario's text and not one byte of the rest.

    draft = Draft(text)
    draft.replace(("customers", "mei", "trust"), 40)
    draft.add(("customers", "mei", "name", "zh"), "林梅")
    draft.remove(("customers", "mei", "mood"))
    new = draft.finish()

Comments, order, quoting, indents and line ends of everything else stay. A text that is replaced
keeps its style (plain, either quote, a block) if it can be written so. What comes out is read again
before it is returned: it says what was asked for, or nothing is returned.

Files are opened and replaced by `sim.scenario.rewrite`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sim.errors import ScenarioError
from sim.scenario.diagnostics import Place, make
from sim.scenario.lint_context import joined
from sim.scenario.nodes import Node, tree
from sim.scenario.plain import GONE, looked_up, plain, thawed, without_gone
from sim.scenario.pruning import Keys
from sim.scenario.source import parse, paused_collection
from sim.scenario.writing import Noted, Setting, entry, flow, remark, scalar

_HEADER = re.compile(r"[|>][-+0-9]*")


class Splice(NamedTuple):
    """Characters to be replaced."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Addition:
    keys: Keys
    value: Any
    after: str | None
    comment: str


class Draft:
    """A text and the changes to be made in it; they must not concern the same part twice.

    Attributes:
        text: As it was.
        data: What it says now, with all changes so far; plain mappings, lists and texts.
    """

    def __init__(self, text: str, name: str = "") -> None:
        """Reads the text.

        Raises:
            ScenarioError: It has syntax errors, or no mapping at its top.
        """
        source = parse(text, name)
        if source.data is None or any(each.severity == "error" for each in source.problems):
            raise ScenarioError(source.problems)
        self.text = text
        self._name = name
        self.data: dict[str, Any] = plain(source.data)
        with paused_collection():
            self._root = tree(text)
        self._complaints = len(source.problems)
        self._eol = "\r\n" if "\r\n" in text else "\n"
        self._replaced: dict[Keys, Any] = {}
        self._removed: set[Keys] = set()
        self._added: list[_Addition] = []
        self._comments: dict[Keys, str] = {}

    def node(self, keys: Keys) -> Node | None:
        """The part at a path in the text as it was; None where there is none."""
        node: Node | None = self._root
        for key in keys:
            if node is None:
                return None
            node = _inner(node, key)
        return node

    def replace(self, keys: Keys, value: Any) -> None:
        """Gives a part another value: a text, a number, a truth value or a list of these.

        Raises:
            ScenarioError: E90: there is no such part.
        """
        if self.node(keys) is None:
            raise self._refusal("E90", keys)
        self._holder(keys)[keys[-1]] = plain(value)
        self._replaced[keys] = thawed(value)

    def add(self, keys: Keys, value: Any, *, after: str | None = None, comment: str = "") -> None:
        """Adds a name to a mapping, and the mappings around it that are missing.

        Args:
            keys: Where; the last is the new name.
            value: A text, number, truth value, list, or a mapping of these.
            after: The name it is to follow; by default it comes last.
            comment: Lines to stand above it, where it gets a line of its own.

        Raises:
            ScenarioError: E90: it is there, or something on the way is no mapping.
        """
        while len(keys) > 1 and looked_up(self.data, keys[:-1]) is None:
            if self.node(keys[:-1]) is not None:  # a name with nothing behind its colon
                self.replace(keys[:-1], {keys[-1]: value})
                return
            around = Noted()
            around[str(keys[-1])] = value
            around.comments[str(keys[-1])] = comment
            keys, value, after, comment = keys[:-1], around, None, ""
        holder = self._holder(keys)
        if not isinstance(holder, dict) or keys[-1] in holder:
            raise self._refusal("E90", keys)
        holder[str(keys[-1])] = plain(value)
        new = self._new(keys)
        if new is None:
            self._added.append(_Addition(keys, thawed(value), after, comment))
        else:
            new[str(keys[-1])] = thawed(value)
            new.comments[str(keys[-1])] = comment

    def remove(self, keys: Keys, *, comment: bool = False) -> None:
        """Takes a name out of its mapping or an item out of its list; an emptied one stays.

        Args:
            keys: Of the part.
            comment: Whether the comment lines right above it go, too.

        Raises:
            ScenarioError: E90: there is no such part.
        """
        if self.node(keys) is None:
            raise self._refusal("E90", keys)
        holder = self._holder(keys)
        if isinstance(holder, dict):
            del holder[keys[-1]]
        else:
            holder[keys[-1]] = GONE
        self._removed.add(keys)
        if comment:
            self._comments[keys] = ""

    def comment(self, keys: Keys) -> str:
        """The comment lines right above a name, without their signs."""
        return "\n".join(
            line.strip().removeprefix("#").removeprefix(" ") for line in self._above(keys)[1]
        )

    def set_comment(self, keys: Keys, comment: str) -> None:
        """Puts other comment lines above a name that has a line of its own."""
        self._comments[keys] = comment

    def finish(self) -> str:
        """The text with all changes.

        Raises:
            ScenarioError: E91: it cannot be said in this place of the text.
        """
        want = without_gone(self.data)
        for quote in (False, True):
            new = self._spliced(list(self._splices(quote=quote)))
            source = parse(new, "")
            if source.data is None or len(source.problems) > self._complaints:
                continue
            if plain(source.data) == want:
                return new
        raise self._refusal("E91", *self._touched())

    def _touched(self) -> list[Keys]:
        return [
            *self._replaced,
            *(each.keys for each in self._added),
            *sorted(self._removed, key=str),
        ]

    def _new(self, keys: Keys) -> Any:
        """The new mapping that a name would go into; None where it is one of the text."""
        for at, value in (*self._replaced.items(), *((e.keys, e.value) for e in self._added)):
            if len(at) < len(keys) and keys[: len(at)] == at:
                return looked_up(value, keys[len(at) : -1])
        return None

    def _refusal(self, code: str, *fields: Keys) -> ScenarioError:
        """Why one of these fields cannot be changed, at the deepest part that is there."""
        keys = fields[0] if fields else ()
        known = next(
            node for depth in range(len(keys), -1, -1) if (node := self.node(keys[:depth]))
        )
        line = self.text.count("\n", 0, known.start) + 1
        place = Place(self._name, line, self._column(known.start) + 1)
        return ScenarioError([make(code, place, joined(keys))])

    def _holder(self, keys: Keys) -> Any:
        holder = looked_up(self.data, keys[:-1])
        if holder is None:
            raise self._refusal("E90", keys)
        return holder

    def _spliced(self, splices: list[Splice]) -> str:
        parts, at = [], 0
        for splice in sorted(splices, key=lambda each: (each.start, each.end)):
            if splice.start < at:
                raise self._refusal("E91", *self._touched())
            parts += [self.text[at : splice.start], splice.text.replace("\n", self._eol)]
            at = splice.end
        return "".join([*parts, self.text[at:]])

    def _splices(self, *, quote: bool) -> Iterator[Splice]:
        for keys, value in self._replaced.items():
            yield self._replacement(keys, value, quote=quote)
        for holder in {keys[:-1] for keys in self._removed}:
            if not any(holder[:depth] in self._removed for depth in range(1, len(holder) + 1)):
                yield from self._removals(holder)
        places: dict[tuple[Keys, str | None], list[_Addition]] = {}
        for each in self._added:
            places.setdefault((each.keys[:-1], each.after), []).append(each)
        # Where two mappings end on one line, what is added to the inner one comes first.
        for holder, after in sorted(places, key=lambda place: -len(place[0])):
            additions = places[holder, after]
            yield self._additions(holder, after, additions, quote=quote)
        for keys, comment in self._comments.items():
            yield self._commented(keys, comment)

    # --- replacing ---------------------------------------------------------------------------

    def _replacement(self, keys: Keys, value: Any, *, quote: bool) -> Splice:
        node = self.node(keys)
        assert node is not None
        at = Setting(node.flow, self._indent(node), quote)
        if isinstance(value, list | tuple | Mapping):
            written = flow(value, at)
            if node.kind == "list" and not node.flow and not isinstance(value, Mapping):
                written = self._items(node, value, at)
        else:
            style = node.style if node.kind == "scalar" else ""
            written = scalar(value, style, at)
        start, end = node.start, node.end
        header = _HEADER.match(self.text, start) if node.style in {"|", ">"} else None
        if header is not None:  # a comment on the line of the sign stays
            comment = self.text[header.end() : self._line_end(start)].rstrip()
            first, rest, others = written.partition("\n")
            written = first + comment + rest + others
        if start == end and self.text[start - 1 : start] not in {" ", ""}:
            written = " " + written
        return Splice(start, end, written)

    def _items(self, node: Node, value: Any, at: Setting) -> str:
        """Items one below the other, each with the indent of the first."""
        between = "\n" + " " * self._column(node.start) + "- "
        written = (flow(each, Setting(flow=True, quote=at.quote)) for each in value)
        return "- " + between.join(written) if value else "[]"

    # --- removing ----------------------------------------------------------------------------

    def _removals(self, holder: Keys) -> Iterator[Splice]:
        node = self.node(holder)
        assert node is not None
        names: list[str | int] = list(node.entries) or list(range(len(node.items)))
        gone = [(*holder, name) in self._removed for name in names]
        spans = node.spans()
        if all(gone):
            yield from self._emptied(holder, node)
            return
        spans = node.spans()
        first_kept = gone.index(False)
        if first_kept and (node.flow or self._follows_dash(spans[0][0], node)):
            yield Splice(spans[0][0], spans[first_kept][0], "")
            gone[:first_kept] = [False] * first_kept
        for place in (place for place, is_gone in enumerate(gone) if is_gone):
            start, end = spans[place]
            if node.flow:
                yield Splice(spans[place - 1][1], end, "")
            else:
                yield Splice(self._line_start(start), self._next_line(end), "")

    def _follows_dash(self, start: int, node: Node) -> bool:
        """Whether a mapping begins on the line of a dash, so that its first name cannot just go."""
        return node.kind == "mapping" and bool(self.text[self._line_start(start) : start].strip())

    def _emptied(self, holder: Keys, node: Node) -> Iterator[Splice]:
        brackets = "{}" if node.kind == "mapping" else "[]"
        if node.flow or self._follows_dash(node.start, node) or not holder:
            yield Splice(node.start, node.end, brackets)
            return
        outer = self.node(holder[:-1])
        assert outer is not None
        if outer.kind == "list":
            yield Splice(node.start, node.end, brackets)
            return
        colon = self.text.index(":", outer.entries[str(holder[-1])].key.end) + 1
        yield Splice(colon, colon, " " + brackets)
        yield Splice(self._line_start(node.start), self._next_line(node.end), "")

    # --- adding ------------------------------------------------------------------------------

    def _additions(
        self, holder: Keys, after: str | None, additions: list[_Addition], *, quote: bool
    ) -> Splice:
        node = self.node(holder)
        assert node is not None
        known = node.entries.get(after) if after is not None else None
        spans = node.spans()
        if node.flow or not spans:
            at = Setting(flow=True, quote=quote)
            text = ", ".join(f"{each.keys[-1]}: {flow(each.value, at)}" for each in additions)
            if not spans:
                return Splice(node.start, node.end, "{" + text + "}")
            end = known.end if known else spans[-1][1]
            return Splice(end, end, ", " + text)
        column = self._column(node.start)
        at = Setting(indent=column, quote=quote)
        lines = [line for each in additions for line in _lines(each, at)]
        place = self._next_line(known.end if known else spans[-1][1])
        text = "".join(" " * column + line + "\n" if line else "\n" for line in lines)
        if self.text[place - 1 : place] != "\n":
            return Splice(place, place, "\n" + text.removesuffix("\n"))
        return Splice(place, place, text)

    # --- comments ----------------------------------------------------------------------------

    def _above(self, keys: Keys) -> tuple[int, list[str]]:
        """Where the comment lines right above a name begin, and these lines."""
        outer = self.node(keys[:-1])
        assert outer is not None
        key = outer.entries[str(keys[-1])].key
        start = self._line_start(key.start)
        column = key.start - start
        lines: list[str] = []
        while start > 0:
            before = self._line_start(start - 1)
            line = self.text[before:start].rstrip("\r\n")
            if not line.startswith(" " * column + "#"):
                break
            lines.insert(0, line)
            start = before
        return start, lines

    def _commented(self, keys: Keys, comment: str) -> Splice:
        outer = self.node(keys[:-1])
        assert outer is not None
        start, _ = self._above(keys)
        end = self._line_start(outer.entries[str(keys[-1])].key.start)
        indent = " " * self._column(outer.entries[str(keys[-1])].key.start)
        return Splice(start, end, "".join(f"{indent}{line}\n" for line in remark(comment)))

    # --- places ------------------------------------------------------------------------------

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def _next_line(self, end: int) -> int:
        """Where the line after a part begins; the end of the text where there is none."""
        if self.text[end - 1 : end] == "\n":  # a block that keeps the empty lines at its end
            return end
        return min(self._line_end(end) + 1, len(self.text))

    def _column(self, offset: int) -> int:
        return offset - self._line_start(offset)

    def _indent(self, node: Node) -> int:
        """How far the lines of a block are indented: as they are, or two more than its line."""
        if node.style in {"|", ">"}:
            for line in self.text[node.start : node.end].split("\n")[1:]:
                if line.strip():
                    return len(line) - len(line.lstrip(" "))
        start = self._line_start(node.start)
        line = self.text[start : node.start]
        return len(line) - len(line.lstrip(" -")) + 2


def _inner(node: Node, key: str | int) -> Node | None:
    if isinstance(key, int):
        return node.items[key] if key < len(node.items) else None
    found = node.entries.get(key)
    return found.value if found else None


def _lines(each: _Addition, at: Setting) -> list[str]:
    return [*remark(each.comment), *entry(str(each.keys[-1]), each.value, at)]
