"""Tables as CSV that a spreadsheet opens as it is meant, and cannot be made to run anything by.

A name may have been typed by anybody. A cell that a spreadsheet would take for a formula is written
with an apostrophe before it, which spreadsheets understand as: this is text (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it Excel takes UTF-8 for something else
_FORMULA: Final = (*"=+-@\t\r\n", *"＝＋－＠")  # spreadsheets in East Asia read wide ones, too

Cell = str | int | float | None


def table(rows: Iterable[Sequence[Cell]], *, bom: bool = True, divider: str = ",") -> bytes:
    """A table as a file.

    Args:
        rows: the first holds the headings; numbers are written as they are, None as nothing.
        bom: begin with the mark by which Excel knows UTF-8; importers of platforms go without.
        divider: between cells.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=divider, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return ((BOM if bom else "") + stream.getvalue()).encode()


def safe(cell: Cell) -> str:
    """A cell as text; one that would be a formula is told to be text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return repr(cell)
