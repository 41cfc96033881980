"""From YAML events to marked data, with every limit and ban of the scenario language."""

from enum import IntEnum
from typing import Any, NoReturn

from sim.scenario.diagnostics import Place, Problem, make
from sim.scenario.marked import MarkedDict, MarkedList, Quoted

MOST_LEVELS = 32
MOST_VALUES = 100_000  # ten times the longest scenario
LONGEST_TEXT = 20_000
MOST_PROBLEMS = 1_000

_NOTHING = frozenset({"", "~", "null"})
_NO_KEYS = frozenset({"", "<<"})


class Overflow(Exception):  # noqa: N818 - not an error of the program
    """Reading was stopped at a limit."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Expects(IntEnum):
    """What comes next at the present level."""

    ROOT = 0
    KEY = 1
    VALUE = 2
    ITEM = 3
    REFUSED = 4  # the value of a key that was refused
    NOTHING_KEPT = 5  # anything, below what was refused


_KEY, _VALUE, _ITEM, _REFUSED = _Expects.KEY, _Expects.VALUE, _Expects.ITEM, _Expects.REFUSED


class Builder:
    """Builds the data of one text from its events, which PyYAML's classes describe.

    Attributes:
        root: What the text holds: a mapping, a list, a text or None.
        problems: What was refused.
        opaque: Ranges ``(first, last + 1)`` of characters inside quotes and blocks.
        ends: Where plain texts end, in characters. Both only with ``watch_ends``.
    """

    def __init__(self, path: str, *, watch_ends: bool = False) -> None:
        self.path = path
        self.root: Any = None
        self.problems: list[Problem] = []
        self.opaque: list[tuple[int, int]] = []
        self.ends: set[int] = set()
        self._watch = watch_ends
        self._left = MOST_VALUES
        self._documents = 0
        self._expects: _Expects = _Expects.ROOT
        self._target: Any = None
        self._key: tuple[str, int, int] = ("", 0, 0)
        self._outer: list[tuple[Any, _Expects]] = []

    @property
    def taken(self) -> int:
        """How many values were read."""
        return MOST_VALUES - self._left

    def scalar(self, event: Any) -> None:
        """A name or a text."""
        value = event.value
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.anchor is not None or event.tag is not None or len(value) > LONGEST_TEXT:
            self._refuse_parts(event)
        if self._watch:
            self._remember_extent(event)
        self._left -= 1
        if self._expects is not _KEY:
            if event.style:
                value = Quoted(value)
            elif value in _NOTHING:
                value = None
            self._put(value, line, column)
        elif value in self._target or ":" in value or value in _NO_KEYS:
            self._refuse_key(event, value)
        else:
            self._key = (value, line, column)
            self._expects = _VALUE

    def start(self, event: Any, *, mapping: bool) -> None:
        """A mapping or list begins."""
        place = self._place(event)
        if len(self._outer) >= MOST_LEVELS:
            self._stop("S10", place, limit=MOST_LEVELS)
        self._left -= 1
        if event.anchor is not None or event.tag is not None:
            self._refuse_parts(event)
        made: MarkedDict | MarkedList = MarkedDict(place) if mapping else MarkedList(place)
        kept = self._put(made, place.line, place.column)
        self._outer.append((self._target, self._expects))
        self._target = made
        self._expects = (_KEY if mapping else _ITEM) if kept else _Expects.NOTHING_KEPT

    def end(self) -> None:
        """A mapping or list ends."""
        self._target, self._expects = self._outer.pop()

    def alias(self, event: Any) -> None:
        """An alias stands where a name or a value belongs."""
        if self._expects is not _REFUSED:
            self._report("S14", event, name=event.anchor)
        if self._expects is _KEY:
            self._expects = _REFUSED
        else:
            self._put(None, event.start_mark.line + 1, event.start_mark.column + 1)

    def document(self, event: Any) -> bool:
        """A document begins; False when it is not the first and reading must end."""
        self._documents += 1
        if self._documents > 1:
            self._report("S17", event)
        return self._documents == 1

    def _refuse_key(self, event: Any, key: str) -> None:
        place = self._place(event)
        if key in self._target:
            self._add(make("S20", place, value=key, line=self._target.marks[key][1]))
        elif not key:
            self._add(make("S22", place))
        elif key == "<<":
            self._add(make("S15", place))
        else:
            colon = place.column + key.index(":") + bool(event.style)
            self._add(make("S34", place._replace(column=colon)))
        self._expects = _REFUSED

    def _put(self, value: Any, line: int, column: int) -> bool:
        """Stores a value where it belongs; False when it is not kept."""
        expects = self._expects
        if self._left < 0:
            self._stop("S11", Place(self.path, line, column), limit=MOST_VALUES)
        if expects is _VALUE:
            key, key_line, key_column = self._key
            self._target[key] = value
            self._target.marks[key] = (self.path, key_line, key_column, line, column)
            self._expects = _KEY
        elif expects is _ITEM:
            self._target.append(value)
            self._target.marks.append((self.path, line, column))
        elif expects is _Expects.ROOT:
            self.root = value
        else:
            return self._leave_out(line, column)
        return True

    def _leave_out(self, line: int, column: int) -> bool:
        if self._expects is _REFUSED:
            self._expects = _KEY
        elif self._expects is _KEY:  # a list or a mapping stands where a name belongs
            self._add(make("S19", Place(self.path, line, column)))
            self._expects = _REFUSED
        return False

    def _remember_extent(self, event: Any) -> None:
        end = event.end_mark.index
        if event.style:
            self.opaque.append((event.start_mark.index, end))
        elif self._expects is not _KEY:
            self.ends.add(end)

    def _refuse_parts(self, event: Any) -> None:
        if event.anchor is not None:
            self._report("S13", event, name=event.anchor)
        if event.tag is not None:
            self._report("S16", event, name=event.tag.replace("tag:yaml.org,2002:", "!!"))
        length = len(getattr(event, "value", ""))
        if length > LONGEST_TEXT:
            self._report("S12", event, length=length, limit=LONGEST_TEXT)

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)

    def _report(self, code: str, event: Any, **data: Any) -> None:
        self._add(make(code, self._place(event), **data))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) > MOST_PROBLEMS:
            self._stop("S23", problem.place, limit=MOST_PROBLEMS)

    def _stop(self, code: str, place: Place, **data: Any) -> NoReturn:
        raise Overflow(make(code, place, **data))
