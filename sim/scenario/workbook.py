"""Tables as files: rows of texts to and from CSV and XLSX.

    save(path, tables)              .csv (one table) or .xlsx
    load(path) -> tables            cells as Python values, with the line of every row

Spreadsheets are read with openpyxl, which is in the group `sheet`; CSV needs nothing.
"""

import csv
import importlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import ScenarioError
from sim.scenario.decode import decode, read_bytes
from sim.scenario.diagnostics import Place, Problem, make
from sim.scenario.rewrite import write

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
WIDEST = 60  # columns of a spreadsheet, in characters

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MARK = "\ufeff"  # by it Excel knows that a CSV file is UTF-8


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Attributes:
        value: A text, number, truth value, date, or None.
        percent: It is shown as a percentage.
        formula: It is worked out, or an error.
    """

    value: Any = None
    percent: bool = False
    formula: bool = False

    @property
    def text(self) -> str:
        """What it says, without spaces around it."""
        return "" if self.value is None else str(self.value).strip()


class Row(NamedTuple):
    """A row and its number in the file, from 1."""

    line: int
    cells: Sequence[Cell]


Table = Sequence[Row]


def save(path: Path, tables: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Writes tables; the first row of each is its head.

    Args:
        path: Ends in .csv or .xlsx.
        tables: By name of the sheet; one for CSV.

    Raises:
        ScenarioError: E07, E08 or E92.
    """
    kind = _kind(path)
    if kind == ".csv":
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(next(iter(tables.values())))
        write(path, (_MARK + stream.getvalue()).encode())
    else:
        write(path, _workbook(path, tables))


def load(path: Path) -> dict[str, Table]:
    """Reads all tables of a file.

    Returns:
        By name of the sheet; "" for CSV. Rows without anything in them are left out.

    Raises:
        ScenarioError: It cannot be read.
    """
    kind = _kind(path)
    data = read_bytes(path, str(path))
    if isinstance(data, Problem):
        raise ScenarioError([data])
    return {"": _csv(data, path)} if kind == ".csv" else _sheets(data, path)


def _kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in {".csv", ".xlsx"}:
        raise _unusable("E07", path, value=path.name)
    return kind


def _unusable(code: str, path: Path, **data: Any) -> ScenarioError:
    return ScenarioError([make(code, Place(str(path), 1, 1), **data)])


def _csv(data: bytes, path: Path) -> Table:
    decoded = decode(data, str(path))
    if any(problem.severity == "error" for problem in decoded.problems):
        raise ScenarioError(decoded.problems)
    head = decoded.text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter)
    rows, line = [], 1
    try:
        for texts in reader:
            cells = [Cell(text.replace("\r\n", "\n") or None) for text in texts]
            rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as failure:
        raise _unusable("E02", path, reason=str(failure)) from failure
    return _filled(rows)


def _filled(rows: Iterable[Row]) -> Table:
    return [row for row in rows if any(cell.value is not None for cell in row.cells)]


def _openpyxl(path: Path) -> Any:
    try:
        return importlib.import_module("openpyxl")
    except ImportError as failure:
        raise _unusable("E08", path) from failure


def _sheets(data: bytes, path: Path) -> dict[str, Table]:
    openpyxl = _openpyxl(path)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as failure:
        raise _unusable("E02", path, reason=type(failure).__name__) from failure
    return {
        sheet.title: _filled(
            Row(number, [_cell(each) for each in row])
            for number, row in enumerate(
                sheet.iter_rows(
                    max_row=min(sheet.max_row, MOST_ROWS),
                    max_col=min(sheet.max_column, MOST_COLUMNS),
                ),
                1,
            )
        )
        for sheet in book.worksheets
    }


def _cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("_x000D_\n", "\n")
    formula = cell.data_type in {"f", "e"}
    return Cell(None if value == "" else value, "%" in str(cell.number_format), formula)


def _workbook(path: Path, tables: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    openpyxl = _openpyxl(path)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                _put(openpyxl, sheet.cell(number, column), value, head=number == 1)
        _lay_out(openpyxl, sheet, rows)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(openpyxl: Any, cell: Any, value: Any, *, head: bool) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("\ufffd", value)
        cell.data_type = "s"  # a text that begins with = is none the less a text
        cell.number_format = "@"
    else:
        cell.value = value
    cell.alignment = openpyxl.styles.Alignment(wrap_text=not head, vertical="top")
    if head:
        cell.font = openpyxl.styles.Font(bold=True)


def _lay_out(openpyxl: Any, sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    """Makes the columns wide enough to read, and keeps the head and the ids in sight."""
    sheet.freeze_panes = "B2"
    for column in range(1, max((len(row) for row in rows), default=0) + 1):
        longest = max(len(str(row[column - 1])) for row in rows if len(row) >= column)
        letter = openpyxl.utils.get_column_letter(column)
        sheet.column_dimensions[letter].width = min(max(longest + 2, 8), WIDEST)
