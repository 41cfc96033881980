"""Reads the workbook of a scenario and says, by sheet, row and column, what in it is wrong.

book = read_book(tables, path)
book.take_out(draft, data, entries=...)    what the workbook no longer holds
book.put_in(draft, data)                   what it holds and the file does not
book.blame(problems, lang)                 problems of the file, told at their cells
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError
from sim.scenario.diagnostics import Place, Problem, make, sentence
from sim.scenario.edit import Draft
from sim.scenario.lint_context import joined
from sim.scenario.messages import Language
from sim.scenario.plain import looked_up
from sim.scenario.pruning import Keys
from sim.scenario.schema_paths import fields_of, is_model, kind_at
from sim.scenario.sheet_layout import (
    APART,
    COMMENT,
    FIELD,
    SHEETS,
    TOP,
    VALUE,
    Sheet,
    leaves,
    same,
    value_of,
)
from sim.scenario.workbook import Cell, Row, Table
from sim.scenario.writing import Noted

_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_NOTHING = Cell()


@dataclass
class Entry:
    """What a row says.

    Attributes:
        sheet: The sheet it stands in.
        keys: Path of the entry in the file; () for the rows of the sheet `scenario`.
        values: By path within the entry; None where the cell is empty.
        cells: Row and column of each value, likewise.
        comment: To stand above the entry; None where there is no such column.
        line: Its row.
    """

    sheet: str
    keys: Keys
    values: dict[Keys, Any] = field(default_factory=dict)
    cells: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    comment: str | None = None
    line: int = 1


class Book:
    """A workbook without mistakes of form."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: set[str] = set()
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []

    def tell(self, code: str, sheet: str, at: tuple[int, int], **data: Any) -> None:
        """Notes what is wrong with a cell, given its row and column from 1."""
        self.problems.append(self._problem(code, sheet, at, **data))

    def _problem(self, code: str, sheet: str, at: tuple[int, int], **data: Any) -> Problem:
        row, column = at
        place = Place(f"{self.path} [{sheet}]", row, column)
        return make(code, place, sheet=sheet, line=row, column=letter(column), **data)

    def blame(self, problems: Iterable[Problem], lang: Language) -> list[Problem]:
        """Problems of the file that come from a cell, told at that cell."""
        known: dict[str, tuple[str, tuple[int, int]]] = {}
        for entry in self.entries:
            known[joined(entry.keys)] = (entry.sheet, (entry.line, 1))
            for keys, at in entry.cells.items():
                known[joined((*entry.keys, *keys))] = (entry.sheet, at)
        told = []
        for problem in problems:
            name = re.sub(r"\[\d+\]$", "", problem.field)
            while name and name not in known:
                name = name.rpartition(".")[0]
            if name:
                told.append(self._moved(problem, *known[name], lang))
        return told

    def _moved(self, problem: Problem, sheet: str, at: tuple[int, int], lang: Language) -> Problem:
        moved = self._problem("E28", sheet, at, told=sentence(problem, lang))
        return Problem(*moved.place, "E28", problem.severity, problem.field, moved.data)

    def take_out(self, draft: Draft, data: Any, *, entries: bool) -> list[Problem]:
        """Removes from a draft the fields whose cells are empty.

        Args:
            draft: Of the file.
            data: What it says.
            entries: Whether entries that are in no sheet go as well.

        Returns:
            Of each such entry that stays, a note (E29).
        """
        kept = []
        for entry in self.entries:
            here = looked_up(data, entry.keys)
            gone = {keys for keys, value in entry.values.items() if value is None}
            if isinstance(here, Mapping):
                for keys in _emptied(here, gone, APART if not entry.keys else frozenset()):
                    draft.remove((*entry.keys, *keys))
        named = {entry.keys for entry in self.entries}
        outer: set[Keys] = set()
        for sheet in SHEETS:
            for ids, _ in sheet.entries(data) if sheet.name in self.sheets else ():
                keys = sheet.keys(ids)
                if keys in named or any(keys[: len(each)] == each for each in outer):
                    continue
                outer.add(keys)
                if entries:
                    draft.remove(keys, comment=True)
                else:
                    place = Place(f"{self.path} [{sheet.name}]", 1, 1)
                    kept.append(make("E29", place, sheet=sheet.name, value=" ".join(ids)))
        return kept

    def put_in(self, draft: Draft, data: Any) -> None:
        """Writes into a draft what the cells say and the file does not."""
        last: dict[Keys, str] = {}
        for entry in self.entries:
            here = looked_up(data, entry.keys)
            above = entry.keys or next(iter(entry.values))[:1]
            if isinstance(looked_up(data, above), Mapping) or (above[0] in data and not entry.keys):
                _change(draft, here, entry)
                last[entry.keys[:-1]] = str(above[-1])
                continue
            new = looked_up(_nested(entry), () if entry.keys else above)
            if new is not None:
                comment = entry.comment or ""
                draft.add(above, new, after=last.get(entry.keys[:-1]), comment=comment)


def letter(column: int) -> str:
    """The name of a column in a spreadsheet: A, B … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_book(tables: Mapping[str, Table], path: Path) -> Book:
    """Reads the sheets of a workbook.

    Raises:
        ScenarioError: With all that is wrong with its form.
    """
    book = Book(path)
    if not any(sheet.name in tables for sheet in SHEETS):
        book.problems.append(make("E20", Place(str(path), 1, 1), value=SHEETS[0].name))
    if TOP in tables:
        _Top(book, TOP, tables[TOP]).read()
    for sheet in SHEETS:
        if sheet.name in tables:
            book.sheets.add(sheet.name)
            _Entries(book, sheet, tables[sheet.name]).read()
    if book.problems:
        raise ScenarioError(book.problems)
    return book


class _Columns:
    """The head of a sheet, and cells by the name of their column."""

    def __init__(self, book: Book, name: str, table: Table) -> None:
        self.book, self.name = book, name
        self.rows = table[1:]
        self.places: dict[str, int] = {}
        for place, cell in enumerate(table[0].cells if table else ()):
            if cell.text in self.places:
                book.tell("E30", name, (table[0].line, place + 1), value=cell.text)
            elif cell.text:
                self.places[cell.text] = place

    def has(self, *names: str) -> bool:
        """Whether these columns are there; tells of those that are not."""
        missing = [name for name in names if name not in self.places]
        for name in missing:
            self.book.tell("E22", self.name, (1, 1), value=name)
        return not missing

    def cell(self, row: Row, column: str) -> Cell:
        """A cell; one behind the end of its row is empty."""
        place = self.places.get(column, len(row.cells))
        return row.cells[place] if place < len(row.cells) else _NOTHING

    def at(self, row: Row, column: str) -> tuple[int, int]:
        """Row and column, from 1."""
        return row.line, self.places[column] + 1

    def comment(self, row: Row) -> str | None:
        """The comment of a row, None where there is no such column."""
        return self.cell(row, COMMENT).text if COMMENT in self.places else None

    def value(self, row: Row, column: str, keys: Keys) -> Any:
        """What a cell says for a field; tells of dates and formulas."""
        cell = self.cell(row, column)
        if cell.formula:
            self.book.tell("E27", self.name, self.at(row, column))
        elif isinstance(cell.value, dt.date | dt.time | dt.timedelta):
            self.book.tell("E26", self.name, self.at(row, column))
        else:
            return value_of(cell, keys)
        return None


class _Top(_Columns):
    """The sheet of the fields that have no sheet of their own."""

    def read(self) -> None:
        """Reads its rows as one entry for each field at the top."""
        if not self.has(FIELD, VALUE):
            return
        whole: dict[str, Entry] = {}
        seen: set[Keys] = set()
        for row in self.rows:
            name = self.cell(row, FIELD).text
            keys = tuple(name.split("."))
            if kind_at(keys) is None or keys[0] in APART:
                self.book.tell("E21", self.name, self.at(row, FIELD), value=name, choices=())
                continue
            if keys in seen:
                self.book.tell("E24", self.name, self.at(row, FIELD), value=name)
                continue
            seen.add(keys)
            entry = whole.setdefault(keys[0], Entry(self.name, (), line=row.line))
            entry.values[keys] = self.value(row, VALUE, keys)
            entry.cells[keys] = self.at(row, VALUE)
            if entry.comment is None:
                entry.comment = self.comment(row)
        self.book.entries += whole.values()


class _Entries(_Columns):
    """A sheet with a row for each entry."""

    def __init__(self, book: Book, sheet: Sheet, table: Table) -> None:
        super().__init__(book, sheet.name, table)
        self.sheet = sheet

    def read(self) -> None:
        """Reads its rows."""
        if not self.has(*self.sheet.ids):
            return
        fields = {
            name: tuple(name.split("."))
            for name in self.places
            if name not in {*self.sheet.ids, COMMENT} and self._is_field(name)
        }
        seen: set[Keys] = set()
        for row in self.rows:
            ids = self._ids(row)
            if not ids:
                continue
            keys = self.sheet.keys(ids)
            if keys in seen:
                self.book.tell("E24", self.name, self.at(row, "id"), value=ids[-1])
            seen.add(keys)
            entry = Entry(self.name, keys, comment=self.comment(row), line=row.line)
            for name, path in fields.items():
                entry.values[path] = self.value(row, name, (*keys, *path))
                entry.cells[path] = self.at(row, name)
            self.book.entries.append(entry)

    def _is_field(self, name: str) -> bool:
        keys: Keys = tuple(name.split("."))
        if kind_at((*self.sheet.model, *keys)) is not None and keys[0] not in self.sheet.apart:
            return True
        model = kind_at(self.sheet.model)
        choices = [field for field, _ in fields_of(model)] if is_model(model) else []
        place = (1, self.places[name] + 1)
        self.book.tell("E21", self.name, place, value=name, choices=choices)
        return False

    def _ids(self, row: Row) -> tuple[str, ...]:
        """The ids of a row; none if there is something wrong with them."""
        ids = [self.cell(row, column).text for column in self.sheet.ids]
        fine = True
        for column, ident in zip(self.sheet.ids, ids, strict=True):
            steps = ident.split("/") if self.name == "responses" and column == "id" else [ident]
            if not all(_ID.fullmatch(step) for step in steps):
                self.book.tell("E23", self.name, self.at(row, column), value=ident)
                fine = False
        return tuple(ids) if fine and self._has_owner(row, ids) else ()

    def _has_owner(self, row: Row, ids: Sequence[str]) -> bool:
        """Whether the entry that this one belongs to is in its own sheet, if that is there."""
        if len(ids) == 1:
            return True
        owner = {"people": "customers", "responses": "encounters"}[self.name]
        outer, _, _ = ids[1].rpartition("/")
        own = outer and self.sheet.keys((ids[0], outer))
        known = {entry.keys for entry in self.book.entries}
        if owner in self.book.sheets and (owner, ids[0]) not in known:
            self.book.tell("E25", self.name, self.at(row, self.sheet.ids[0]), value=ids[0])
            return False
        if own and own not in known:
            self.book.tell("E25", self.name, self.at(row, "id"), value=outer)
            return False
        return True


def _emptied(here: Mapping[str, Any], gone: set[Keys], apart: frozenset[str]) -> Iterator[Keys]:
    """The least paths that take all these fields out and leave no empty mapping behind."""
    left = {keys for keys, _ in leaves(here, apart)}
    out = left & gone
    stay = left - gone
    told: set[Keys] = set()
    for keys in out:
        depth = len(keys)
        while depth > 1 and not any(other[: depth - 1] == keys[: depth - 1] for other in stay):
            depth -= 1
        told.add(keys[:depth])
    yield from sorted(told, key=str)


def _change(draft: Draft, here: Mapping[str, Any], entry: Entry) -> None:
    """Brings an entry that is there to what its row says."""
    for path, value in entry.values.items():
        old, keys = looked_up(here, path), (*entry.keys, *path)
        if value is None or (old is not None and same(old, value, keys)):
            continue
        if draft.node(keys) is None:
            draft.add(keys, value)
        else:
            ends = old[len(old.rstrip("\n")) :] if isinstance(old, str) else ""
            draft.replace(keys, value + ends if isinstance(value, str) else value)
    above = entry.keys or next(iter(entry.values))[:1]
    comment = entry.comment
    if comment is not None and draft.node(above) and comment != draft.comment(above):
        draft.set_comment(above, comment)


def _nested(entry: Entry) -> Noted:
    """The fields of a new entry, one within the other."""
    whole = Noted()
    for path, value in entry.values.items():
        if value is not None:
            inner: Any = whole
            for key in path[:-1]:
                inner = inner.setdefault(str(key), Noted())
            inner[str(path[-1])] = value
    return whole
