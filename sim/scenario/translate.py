"""`run.py texts`: a table for a translator, and its way back.

export_texts(scenario, out, to, lang)      writes .csv or .xlsx
import_texts(scenario, table, lang)        puts the translations in, byte for byte
lock_texts(scenario, ids, to, lang)        says that translations are current

The table has a row for each text: `id`, `source:en`, `translation:zh`, `lock`, `note`. Only the
translation is to be changed. The lock tells on the way back whether the source is still the same.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError
from sim.scenario import diagnostics
from sim.scenario.diagnostics import Place, Problem, make
from sim.scenario.edit import Draft
from sim.scenario.library import Library, load_library
from sim.scenario.load import located
from sim.scenario.locks import (
    Lang,
    Locks,
    TextEntry,
    UnreadableLocksError,
    fingerprint,
    locks_path,
    other,
    read_locks,
    text_entries,
    write_locks,
)
from sim.scenario.messages import Language
from sim.scenario.rewrite import opened, write
from sim.scenario.schema import field_note
from sim.scenario.schema_paths import owner_of
from sim.scenario.source import parse, read
from sim.scenario.workbook import Row, Table, load, save

FINE, FOUND = 0, 1
SHEET = "texts"

_HEAD = re.compile(r"(source|translation):(en|zh)")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_STATES = {
    "missing": ("not translated yet", "尚未翻译"),
    "stale": ("the source has changed since", "译后原文改过"),
}


def export_texts(scenario: str, out: Path, to: Lang, lang: Language) -> int:
    """Writes the table of all texts of a scenario.

    Args:
        scenario: Its name or path.
        out: Ends in .csv or .xlsx.
        to: The language that is translated into.
        lang: Of the notes and of what is said.

    Raises:
        ScenarioError: The scenario cannot be read, or the table not be written.
    """
    path = located(scenario)
    source = read(path)
    if source.data is None:
        raise ScenarioError(source.problems)
    locks, library = locks_of(path), load_library()
    entries = list(text_entries(source.data))
    head = ["id", f"source:{other(to)}", f"translation:{to}", "lock", "note"]
    rows = [
        _row(entry, to, _note(entry, to, locks, library=library, lang=lang)) for entry in entries
    ]
    save(out, {SHEET: [head, *rows]})
    done = len([entry for entry in entries if entry.words.get(to)])
    _say(
        lang,
        f"{len(entries)} texts written to {out}; {done} have a translation.",
        f"已把 {len(entries)} 条文字写入 {out}，其中 {done} 条已有译文。",
    )
    return FINE


def import_texts(scenario: str, table: Path, lang: Language) -> int:
    """Puts the translations of a table into a scenario, but none whose source has changed.

    Returns:
        1 if a row could not be applied, else 0.

    Raises:
        ScenarioError: The scenario or the table cannot be read.
    """
    path = located(scenario)
    text, encode = opened(path)
    answers = Answers(text, str(path), tables=load(table), file=table, locks=locks_of(path))
    new = answers.draft.finish()
    if new != text:
        write(path, encode(new))
    if answers.counts["applied"] or answers.counts["unchanged"]:
        write_locks(path, answers.locks, parse(new, str(path)).data)
    if answers.problems:
        sys.stdout.write(diagnostics.render(answers.problems, lambda _: (), lang) + "\n\n")
    _say(lang, *_summary(answers.counts))
    return FOUND if answers.problems else FINE


def lock_texts(scenario: str, ids: Sequence[str], to: Lang, lang: Language) -> int:
    """Notes that translations say what their source says now.

    Args:
        scenario: Its name or path.
        ids: Of the texts; all that are in both languages if there are none.
        to: The language that was translated into.
        lang: Of what is said.

    Raises:
        ScenarioError: The scenario cannot be read, or there is no such text (E03).
    """
    path = located(scenario)
    data = read(path).data
    entries = {entry.id: entry for entry in text_entries(data)}
    unknown = [name for name in ids if name not in entries]
    if unknown:
        place = Place(str(path), 1, 1)
        raise ScenarioError(make("E03", place, value=name, choices=entries) for name in unknown)
    locks = locks_of(path)
    for name in ids or entries:
        locks.close(entries[name], other(to))
    write_locks(path, locks, data)
    number = len(ids or entries)
    _say(lang, f"{number} texts are noted as current.", f"已记下 {number} 条文字的译文为最新。")
    return FINE


def locks_of(path: Path) -> Locks:
    """The locks beside a scenario.

    Raises:
        ScenarioError: L71.
    """
    try:
        return read_locks(path)
    except UnreadableLocksError as failure:
        file = locks_path(path)
        raise ScenarioError([make("L71", Place(str(file), 1, 1), value=file.name)]) from failure


def _row(entry: TextEntry, to: Lang, note: str) -> list[str]:
    source = entry.words.get(other(to), "")
    lock = fingerprint(source) if source else ""
    return [entry.id, source.rstrip("\n"), entry.words.get(to, "").rstrip("\n"), lock, note]


def _note(entry: TextEntry, to: Lang, locks: Locks, *, library: Library, lang: Language) -> str:
    """What the text is, and what is to be done about it."""
    state = "stale" if locks.stale(entry) == to else "" if entry.words.get(to) else "missing"
    told = [_STATES[state][lang == "zh"]] if state else []
    note = field_note(library, *owner_of(entry.keys), lang)
    return ("；" if lang == "zh" else "; ").join([*told, *([note] if note else [])])


@dataclass(frozen=True)
class _Answer:
    """A row of a table."""

    line: int
    id: str
    source: str
    translation: str
    lock: str


class Answers:
    """A table that came back, put into a draft of the scenario.

    Attributes:
        draft: With the translations that could be applied.
        locks: With those that are current now.
        counts: How many rows were `applied`, `unchanged`, `empty`, `stale` or `refused`.
        problems: One for each row that was not applied though something stands in it.
    """

    def __init__(
        self, text: str, name: str, *, tables: Mapping[str, Table], file: Path, locks: Locks
    ) -> None:
        """Reads the table.

        Raises:
            ScenarioError: The scenario has syntax errors, or this is no table of texts (E01).
        """
        self.draft = Draft(text, name)
        self.locks = locks
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self._file = file
        self._entries = {entry.id: entry for entry in text_entries(parse(text, name).data)}
        table = tables.get(SHEET) or next(iter(tables.values()), [])
        self.source, answers = self._read(table)
        self.to = other(self.source)
        seen: set[str] = set()
        for answer in answers:
            kind = self._refusal(answer, seen) or self._apply(answer)
            self.counts[kind] += 1
            seen.add(answer.id)

    def _read(self, table: Table) -> tuple[Lang, Iterator[_Answer]]:
        """The language of the source, and the rows; E01 where this is another table."""
        head = [cell.text.lower() for cell in table[0].cells] if table else []
        found = {match[1]: match[2] for each in head if (match := _HEAD.fullmatch(each))}
        if (
            "id" not in head
            or set(found) != {"source", "translation"}
            or len({*found.values()}) < 2
        ):
            raise ScenarioError([make("E01", Place(str(self._file), 1, 1))])
        columns = {name.partition(":")[0]: place for place, name in enumerate(head)}
        return other(found["translation"]), (_answer(row, columns) for row in table[1:])

    def _refusal(self, answer: _Answer, seen: set[str]) -> str:
        entry = self._entries.get(answer.id)
        if not answer.translation.strip():
            return "empty"
        if answer.id in seen:
            return self._tell("E06", answer)
        if entry is None:
            return self._tell("E03", answer, choices=tuple(self._entries))
        source = entry.words.get(self.source, "")
        if fingerprint(source) != (answer.lock or fingerprint(answer.source)):
            self._tell("E04", answer)
            return "stale"
        words = {self.source: source, self.to: answer.translation}
        used = {lang: sorted(set(_PLACEHOLDER.findall(text))) for lang, text in words.items()}
        as_is = entry.words.get(self.to, "").rstrip("\n") == answer.translation.rstrip("\n")
        if used["en"] != used["zh"] and not as_is:
            shown = {lang: ", ".join(names) or "–" for lang, names in used.items()}
            return self._tell("E05", answer, **shown)
        return ""

    def _apply(self, answer: _Answer) -> str:
        entry = self._entries[answer.id]
        old = entry.words.get(self.to)
        model = old or entry.words.get(self.source, "")
        ends = model[len(model.rstrip("\n")) :]  # as a block of text has them
        new = answer.translation.rstrip("\n") + ends
        self.locks.close(TextEntry(entry.keys, {**entry.words, self.to: new}), self.source)
        if new == old:
            return "unchanged"
        keys = (*entry.keys, self.to)
        if self.draft.node(keys) is None:
            self.draft.add(keys, new)
        else:
            self.draft.replace(keys, new)
        return "applied"

    def _tell(self, code: str, answer: _Answer, **data: Any) -> str:
        place = Place(str(self._file), answer.line, 1)
        self.problems.append(make(code, place, value=answer.id, **data))
        return "refused"


def _answer(row: Row, columns: dict[str, int]) -> _Answer:
    def cell(name: str) -> str:
        place = columns.get(name, len(row.cells))
        return str(row.cells[place].value or "") if place < len(row.cells) else ""

    return _Answer(
        row.line, cell("id").strip(), cell("source"), cell("translation"), cell("lock").strip()
    )


def _summary(counts: Counter[str]) -> tuple[str, str]:
    applied, unchanged, empty, stale, refused = (
        counts[kind] for kind in ("applied", "unchanged", "empty", "stale", "refused")
    )
    en = f"{applied} applied, {unchanged} unchanged, {empty} empty, {stale} stale, "
    zh = f"采用 {applied} 条，未变 {unchanged} 条，空白 {empty} 条，过时 {stale} 条，"
    return f"{en}{refused} refused.", f"{zh}拒绝 {refused} 条。"


def _say(lang: Language, en: str, zh: str) -> None:
    sys.stdout.write((zh if lang == "zh" else en) + "\n")
