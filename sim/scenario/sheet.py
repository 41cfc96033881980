"""`run.py sheet`: a scenario as a workbook, for authors who would rather not write YAML.

export_sheet(scenario, out, lang)                  writes .xlsx
import_sheet(scenario, book, lang, remove=...)     puts what was changed into the file

A file that is there is edited byte for byte; one that is not is made. Nothing is written while a
cell holds what its field cannot.
"""

import sys
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError
from sim.scenario import diagnostics
from sim.scenario.diagnostics import Problem
from sim.scenario.edit import Draft
from sim.scenario.load import Inspection, inspect_source, locate, located
from sim.scenario.messages import Language
from sim.scenario.plain import looked_up
from sim.scenario.rewrite import opened, write
from sim.scenario.sheet_layout import (
    APART,
    COMMENT,
    FIELD,
    SHEETS,
    TOP,
    VALUE,
    cell_of,
    columns,
    leaves,
)
from sim.scenario.sheet_read import Book, read_book
from sim.scenario.source import parse
from sim.scenario.workbook import load, save

FINE, FOUND = 0, 1
_WRITTEN = ("Written: {path}", "已写入：{path}")
_NO_CHANGE = ("No change.", "没有变化。")
_SEED = "format: 1\n"  # what a file begins with that is made from a workbook


def export_sheet(scenario: str, out: Path, lang: Language) -> int:
    """Writes a scenario as a workbook.

    Args:
        scenario: Its name or path.
        out: Ends in .xlsx.
        lang: Of what is said.

    Raises:
        ScenarioError: The scenario cannot be read, or the workbook not be written.
    """
    path = located(scenario)
    text, _ = opened(path)
    save(out, tables_of(text, str(path)))
    _say(lang, *_WRITTEN, path=out)
    return FINE


def tables_of(text: str, name: str) -> dict[str, list[list[Any]]]:
    """The sheets of a scenario.

    Args:
        text: Of the file.
        name: What to call it in problems.
    """
    draft, data = Draft(text, name), parse(text, name).data
    tables: dict[str, list[list[Any]]] = {TOP: [[FIELD, VALUE, COMMENT]]}
    told: set[str] = set()
    for keys, value in leaves(data, APART):
        top = str(keys[0])
        comment = "" if top in told else draft.comment((top,))
        told.add(top)
        tables[TOP].append([".".join(map(str, keys)), cell_of(value, keys), comment])
    for sheet in SHEETS:
        names = columns(sheet, data)
        table = tables[sheet.name] = [[*sheet.ids, COMMENT, *names]]
        for ids, entry in sheet.entries(data):
            keys = sheet.keys(ids)
            paths = [tuple(column.split(".")) for column in names]
            found = ((path, looked_up(entry, path)) for path in paths)
            cells = [
                None
                if value is None or (value and isinstance(value, dict))
                else cell_of(value, (*keys, *path))
                for path, value in found
            ]
            table.append([*ids, draft.comment(keys), *cells])
    return tables


def import_sheet(scenario: str, book: Path, lang: Language, *, remove: bool = False) -> int:
    """Puts what was changed in a workbook into a scenario, or makes the scenario.

    Args:
        scenario: Its name or path; the path of a new file ends in .yaml.
        book: The workbook.
        lang: Of what is said.
        remove: Whether to take out of the file what is in none of the sheets.

    Returns:
        1 if the scenario has errors that no cell is to blame for, else 0.

    Raises:
        ScenarioError: Something in the workbook is wrong; nothing was written.
    """
    path = locate(scenario) or located(scenario)
    new_file = not path.exists()
    text, encode = (_SEED, str.encode) if new_file else opened(path)
    read_in = read_book(load(book), book)
    new, kept = applied(text, str(path), read_in, remove=remove)
    others = [] if new == text else _accepted(text, new, path, read_in=read_in, lang=lang)
    if others and not new_file:
        raise ScenarioError(others)
    if new != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, encode(new))
    if told := [*kept, *others]:
        sys.stdout.write(diagnostics.render(told, lambda _: (), lang) + "\n\n")
    _say(lang, *(_WRITTEN if new != text else _NO_CHANGE), path=path)
    return FOUND if others else FINE


def _accepted(text: str, new: str, path: Path, *, read_in: Book, lang: Language) -> list[Problem]:
    """The errors that came in and that no cell is to blame for.

    Raises:
        ScenarioError: E28: there are some that come from cells.
    """
    before, after = (inspect_source(parse(each, str(path)), path) for each in (text, new))
    news = _news(before, after)
    blamed = read_in.blame(news, lang)
    if any(each.severity == "error" for each in blamed):
        raise ScenarioError(blamed)
    return [each for each in news if each.severity == "error"]


def _news(before: Inspection, after: Inspection) -> list[Problem]:
    """The problems that were not there before."""
    known = {(each.code, each.field) for each in before.problems}
    return [each for each in after.problems if (each.code, each.field) not in known]


def applied(text: str, name: str, book: Book, *, remove: bool) -> tuple[str, list[Problem]]:
    """The text with all that the workbook says, and what of it the workbook does not name.

    Raises:
        ScenarioError: It cannot be edited so.
    """
    taking = Draft(text, name)
    kept = book.take_out(taking, parse(text, name).data, entries=remove)
    rest = taking.finish()
    putting = Draft(rest, name)
    book.put_in(putting, parse(rest, name).data)
    return putting.finish(), kept


def _say(lang: Language, en: str, zh: str, *, path: Path) -> None:
    sys.stdout.write((zh if lang == "zh" else en).format(path=path) + "\n")
