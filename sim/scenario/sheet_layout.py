"""How a scenario lies in the sheets of a workbook.

    customers, people, encounters, responses    a row for each entry, a column for each field
    scenario                                    a row for each of the other fields

A column is named by the path of its field within the entry: `name.en`, `motives.fame`. The first
columns hold the ids of the entry; of a response below another, `answer/more`. `comment` is what
stands in comment lines above the entry.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario.marked import Quoted
from sim.scenario.plain import looked_up
from sim.scenario.pruning import Keys
from sim.scenario.schema_paths import fields_of, is_list, is_model, kind_at
from sim.scenario.workbook import Cell

COMMENT = "comment"
FIELD, VALUE = "field", "value"
EMPTY: Mapping[str, Any] = {"{}": {}, "[]": []}

_TEXT = (".en", ".zh")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)")
_COMMA = re.compile(r"\s*[,，、;；\n]\s*")


def _with_languages(*names: str) -> tuple[str, ...]:
    """Names that end in * stand for a text in both languages."""
    found = []
    for name in names:
        found += [name[:-1] + lang for lang in _TEXT] if name.endswith("*") else [name]
    return tuple(found)


@dataclass(frozen=True)
class Sheet:
    """One sheet of entries.

    Attributes:
        name: Of the sheet.
        ids: Columns with the ids that lead to an entry.
        model: Path to the schema of an entry, with any ids.
        apart: Fields that have a sheet of their own.
        usual: Columns that are there even if no entry uses them.
    """

    name: str
    ids: tuple[str, ...]
    model: Keys
    apart: frozenset[str]
    usual: tuple[str, ...]

    def keys(self, ids: Sequence[str]) -> Keys:
        """The path of an entry."""
        if self.name == "people":
            return ("customers", ids[0], "people", ids[1])
        if self.name == "responses":
            steps = [key for step in ids[1].split("/") for key in ("responses", step)]
            return ("encounters", ids[0], *steps)
        return (self.name, ids[0])

    def entries(self, data: Any) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
        """The ids and fields of all entries, in the order of the file."""
        for name, entry in _mappings(looked_up(data, self.model[:1])):
            if self.name in {"customers", "encounters"}:
                yield (name,), entry
            elif self.name == "people":
                for ident, person in _mappings(entry.get("people")):
                    yield (name, ident), person
            else:
                for path, response in _branches(entry):
                    yield (name, path), response


SHEETS = (
    Sheet(
        "customers",
        ("id",),
        ("customers", "x"),
        frozenset({"people"}),
        _with_languages(
            "extends", "name*", "about*", "portrait", "kind", "status", "style", "mood",
            "potential", "satisfaction", "trust", "loyalty",
        ),
    ),
    Sheet(
        "people",
        ("customer", "id"),
        ("customers", "x", "people", "x"),
        frozenset(),
        _with_languages("name*", "role", "about*", "portrait", "style", "mood", "trust"),
    ),
    Sheet(
        "encounters",
        ("id",),
        ("encounters", "x"),
        frozenset({"responses"}),
        _with_languages("who", "speaker", "turn", "when", "chance", "title*", "text*", "teaches"),
    ),
    Sheet(
        "responses",
        ("encounter", "id"),
        ("encounters", "x", "responses", "x"),
        frozenset({"responses"}),
        _with_languages(
            "family", "say*", "reply*", "rationale*", "tone", "hours", "money", "effect.quality",
            "effect.bond", "effect.trust", "teaches",
        ),
    ),
)  # fmt: skip
TOP = "scenario"
APART = frozenset({"customers", "encounters"})


def _mappings(data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(data, Mapping):
        for name, entry in data.items():
            if isinstance(entry, Mapping):
                yield name, entry


def _branches(entry: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, response in _mappings(entry.get("responses")):
        yield path + name, response
        yield from _branches(response, f"{path}{name}/")


def leaves(data: Any, apart: frozenset[str] = frozenset()) -> Iterator[tuple[Keys, Any]]:
    """The fields of an entry that hold a single value or a list, with their paths."""
    for key, value in data.items():
        if key in apart:
            continue
        if isinstance(value, Mapping) and value:
            for inner, leaf in leaves(value):
                yield (key, *inner), leaf
        elif value is not None:
            yield (key,), value


def columns(sheet: Sheet, data: Any) -> list[str]:
    """The fields that have a column: the usual ones, then the others in the schema's order."""
    used = {
        ".".join(map(str, keys)): None
        for _, entry in sheet.entries(data)
        for keys, _ in leaves(entry, sheet.apart)
    }
    others = [name for name in used if name not in sheet.usual]
    return [*sheet.usual, *sorted(others, key=lambda name: _rank(sheet.model, name))]


def _rank(model: Keys, name: str) -> tuple[tuple[int, str], ...]:
    rank, keys = [], model
    for key in name.split("."):
        kind = kind_at(keys)
        fields = [field for field, _ in fields_of(kind)] if is_model(kind) else []
        rank.append((fields.index(key) if key in fields else len(fields), key))
        keys = (*keys, key)
    return tuple(rank)


def cell_of(value: Any, keys: Keys) -> Any:
    """What a cell shows of a value: a number where the field holds one, else a text."""
    if isinstance(value, Mapping | list):
        return ", ".join(map(str, value)) or ("[]" if isinstance(value, list) else "{}")
    text = str(value)
    numeric = kind_at(keys) in {int, float} and not isinstance(value, Quoted)
    if numeric and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text.removesuffix("\n")


def value_of(cell: Cell, keys: Keys) -> Any:
    """What a cell says for a field; None for an empty one."""
    value = cell.value
    if value is None:
        return None
    if isinstance(value, str):
        return _said(value, keys)
    if is_list(kind_at(keys)):
        return [value]
    if isinstance(value, float) and cell.percent:
        return f"{value * 100:.10g}%"
    if isinstance(value, bool) or kind_at(keys) in {int, float}:
        return value
    return f"{value:.15g}"


def _said(value: str, keys: Keys) -> Any:
    value = value if keys[-1] in {"en", "zh"} else value.strip()
    if value in EMPTY:
        return EMPTY[value]
    if value and is_list(kind_at(keys)):
        return [part for part in _COMMA.split(value) if part]
    return value or None


def same(old: Any, new: Any, keys: Keys) -> bool:
    """Whether a cell still says what the file does."""
    if isinstance(new, list) and isinstance(old, str):  # one value where a list may stand
        return [old] == [str(each) for each in new]
    if isinstance(old, Mapping | list) or isinstance(new, Mapping | list):
        many = isinstance(old, list) and isinstance(new, list)
        return [str(each) for each in old] == [str(each) for each in new] if many else old == new
    shown = cell_of(old, keys)
    if isinstance(new, bool):
        return str(old).lower() == str(new).lower()
    amounts = _amount(shown), _amount(new)
    if None not in amounts and kind_at(keys) in {int, float}:
        return amounts[0] == amounts[1]
    return str(shown) == str(new).removesuffix("\n")


def _amount(value: Any) -> float | None:
    text = str(value)
    number = _NUMBER.fullmatch(text.removesuffix("%"))
    if number is None:
        return None
    return round(float(number.group()) / (100 if text.endswith("%") else 1), 12)
