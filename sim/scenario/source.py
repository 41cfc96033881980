"""YAML text as plain data with positions; the only place where YAML is read.

    read(path) / parse(text_or_bytes, name) -> Source
    pieces(text)                               where its parts stand, for `sim.scenario.nodes`

The data are mappings, lists and texts only: no scalar has a type yet, the schema decides. Mappings
and lists know where each of their keys and values stands (``key_place``, ``place``), also after
parts of several files were merged. A plain scalar is a ``str``, one in quotes or a block a
``Quoted``; an empty value, ``~`` and ``null`` are None.

Everything wrong is a ``Problem``, never an exception, and all of it is found in one run: after a
syntax error the guilty line and what hangs under it are blanked and the rest is read again.
Anchors, aliases, merge keys, tags, further documents and keys that are no names are refused, as
are more than 32 levels, 100,000 values, 200,000 lines or 4 MB. PyYAML's *events* are used because
composing recurses in C, without a limit, and because no alias is then ever expanded.
"""

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from sim.scenario.builder import MOST_VALUES, Builder, Overflow
from sim.scenario.decode import Decoded, check, decode, read_bytes
from sim.scenario.diagnostics import Place, Problem, make, ordered
from sim.scenario.marked import MarkedDict
from sim.scenario.slips import Slips
from sim.scenario.syntax import Blame, Fault, blame, hanging_under

MOST_REPAIRS = 20
MOST_VALUES_READ = MOST_VALUES * 5 // 4  # over all attempts


# A question mark inside a text, which PyYAML's own code takes for a sign of YAML within brackets.
_QUESTION = re.compile(r"(?<=[^\s,\[\]{}:])\?|\?(?=[^\s,\]}])")
_STAND_IN = "\ue03f"


class PurePython(Reader, Scanner, Parser):
    """The events from PyYAML's own code, for an installation without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, _QUESTION.sub(_STAND_IN, text))
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:
        """The next event; in texts, question marks are put back."""
        event = Parser.get_event(self)  # type: ignore[no-untyped-call]
        if isinstance(event, ScalarEvent) and _STAND_IN in event.value:
            event.value = event.value.replace(_STAND_IN, "?")
        return event


_Parser: Callable[[str], Any] = (
    yaml.cyaml.CParser  # type: ignore[attr-defined]
    if yaml.__with_libyaml__
    else PurePython
)


@dataclass(frozen=True)
class Source:
    """One file of a scenario as read.

    Attributes:
        path: Its name as the author knows it.
        text: Its text without a byte-order mark; empty when it could not be read.
        data: The mapping at its top; None when there is none.
        problems: What is wrong with it as text and as YAML, in order.
        blanked: Lines (from 1) left out because of syntax errors; what stands there must not be
            reported as missing.
    """

    path: str
    text: str = ""
    data: MarkedDict | None = None
    problems: tuple[Problem, ...] = ()
    blanked: frozenset[int] = frozenset()

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of the text without their ends."""
        return tuple(line.removesuffix("\r") for line in self.text.split("\n"))


@contextmanager
def paused_collection() -> Iterator[None]:
    """Holds back garbage collection, which takes most of the time of building much data."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read(path: str | Path, name: str | None = None) -> Source:
    """Reads a file.

    Args:
        path: The file.
        name: What to call it in problems; its path by default.
    """
    name = str(path) if name is None else name
    data = read_bytes(Path(path), name)
    return Source(name, problems=(data,)) if isinstance(data, Problem) else parse(data, name)


def parse(content: str | bytes, name: str) -> Source:
    """Reads the content of a file.

    Args:
        content: Text, or bytes as they stand in the file.
        name: What to call it in problems.
    """
    decoded = check(content, name) if isinstance(content, str) else decode(content, name)
    if not decoded.usable:
        return Source(name, decoded.text, problems=decoded.problems)
    with paused_collection():
        return _Reading(decoded, name).source()


class Piece(NamedTuple):
    """One event of YAML: a text, the start of a mapping or list, or the end of one.

    Attributes:
        kind: Which of them.
        start: Offset of its first character.
        end: Offset behind its last; the parser may have looked ahead to what follows.
        flow: Whether it is written in brackets.
        style: Of a text: "" plain, a quote, or the sign of a block.
        value: Of a text.
    """

    kind: Literal["scalar", "mapping", "list", "end"]
    start: int
    end: int
    flow: bool = False
    style: str = ""
    value: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """The events of a text that `parse` reads without a syntax error."""
    parser = _Parser(text)
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, ScalarEvent):
            yield Piece("scalar", start, end, style=event.style or "", value=event.value)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            mapping = isinstance(event, MappingStartEvent)
            yield Piece("mapping" if mapping else "list", start, end, bool(event.flow_style))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            yield Piece("end", start, end)


class _Reading:
    """Reads one text, again after each syntax error."""

    def __init__(self, decoded: Decoded, name: str) -> None:
        self.text = text = decoded.text
        self.name = name
        self.found: list[Problem] = list(decoded.problems)
        self.blanked: set[int] = set()
        self.slips = Slips(text, name)
        for line in decoded.guilty:
            self._leave_out(Blame("S09", line, 0))
        if text.startswith("%") or "\n%" in text:
            self._drop_directives()

    @cached_property
    def lines(self) -> list[str]:
        """The lines, blank where something was left out."""
        return self.text.replace("\r", " ").split("\n")

    def source(self) -> Source:
        builder, fault = self._attempt()
        taken = builder.taken
        for _ in range(MOST_REPAIRS):
            if fault is None or not self._repair(fault):
                break
            if taken + builder.taken > MOST_VALUES_READ:
                break
            builder, fault = self._attempt()
            taken += builder.taken
        else:
            self._give_up(fault)
        found = [*self.found, *builder.problems, *self.slips.problems(builder.opaque, builder.ends)]
        data = builder.root if isinstance(builder.root, MarkedDict) else None
        if data is None and not found:
            found.append(self._no_mapping(builder.root))
        return Source(
            self.name,
            self.text,
            data,
            tuple(_one_cause_each(ordered(found))),
            frozenset(line + 1 for line in self.blanked),
        )

    def _attempt(self) -> tuple[Builder, Fault | None]:
        text = "\n".join(self.lines) if self.blanked else self.text
        builder = Builder(self.name, watch_ends=self.slips.suspected)
        try:
            _feed(builder, _Parser(text))
        except Overflow as stop:
            builder.root = None
            builder.problems.append(stop.problem)
        except yaml.YAMLError as failure:
            return builder, _fault(failure)
        return builder, None

    def _repair(self, fault: Fault) -> bool:
        """Notes what is wrong and blanks the guilty lines; False when that cannot help."""
        blamed = blame(self.lines, fault)
        place = Place(self.name, blamed.line + 1, blamed.column + 1)
        self.found.append(make(blamed.code, place, **blamed.data))
        changes = bool(self.lines[blamed.line].strip())
        self._leave_out(blamed)
        return changes

    def _give_up(self, fault: Fault | None) -> None:
        """Says where reading ended when there are too many syntax errors."""
        if fault is not None:
            place = Place(self.name, min(fault.line, len(self.lines) - 1) + 1, fault.column + 1)
            self.found.append(make("S23", place, limit=MOST_REPAIRS))

    def _leave_out(self, blamed: Blame) -> None:
        """Blanks a guilty line and what hangs under it."""
        self._blank(
            [
                line
                for line in hanging_under(self.lines, blamed)
                if self.lines[line].strip() or line == blamed.line
            ]
        )

    def _blank(self, lines: Sequence[int]) -> None:
        # As many spaces, so that every offset into the text stays right.
        for line in lines:
            self.lines[line] = " " * len(self.lines[line])
        self.blanked.update(lines)

    def _drop_directives(self) -> None:
        # Before any parser sees them: libyaml compares each %TAG with all before.
        guilty = [number for number, line in enumerate(self.lines) if line.startswith("%")]
        self.found.extend(make("S18", Place(self.name, line + 1, 1)) for line in guilty[:20])
        self._blank(guilty)

    def _no_mapping(self, root: Any) -> Problem:
        if root is None:
            return make("S05", Place(self.name, 1, 1))
        first = next(number for number, line in enumerate(self.lines) if _is_content(line))
        line = self.lines[first]
        return make("S21", Place(self.name, first + 1, len(line) - len(line.lstrip()) + 1))


def _feed(builder: Builder, parser: Any) -> None:
    """Gives all events of the first document to the builder."""
    get = parser.get_event
    while True:
        event = get()
        kind = type(event)
        if kind is ScalarEvent:
            builder.scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            builder.start(event, mapping=kind is MappingStartEvent)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            builder.end()
        elif kind is AliasEvent:
            builder.alias(event)
        elif kind is StreamEndEvent or (kind is DocumentStartEvent and not builder.document(event)):
            return


def _fault(failure: yaml.YAMLError) -> Fault:
    mark = getattr(failure, "problem_mark", None)
    began = getattr(failure, "context_mark", None)
    problem = getattr(failure, "problem", None) or str(failure)
    context = getattr(failure, "context", None) or ""
    if "<block end>" in problem:  # as libyaml puts it
        expected = "key" if "mapping" in context else "'-' indicator"
        problem = f"did not find expected {expected}"
    return Fault(
        problem,
        mark.line if mark else 0,
        mark.column if mark else 0,
        context,
        (began.line, began.column) if began else None,
    )


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", "---", "..."))


def _one_cause_each(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Leaves out what YAML says of a line that has a more telling slip."""
    slips = {p.line for p in problems if p.code in {"S50", "S51", "S52", "S32"}}
    for problem in problems:
        vague = problem.code in {"S30", "S40", "S41", "S43"}
        if not (vague and problem.line in slips):
            yield problem
