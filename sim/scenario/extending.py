"""Reuse inside a file and from the library: `extends: other-id`.

What an entry does not say itself it takes from the entry it extends, field by field; a field that
it says replaces the other one whole. Marks are taken along, so a mistake is told where it stands.
"""

from collections.abc import Mapping

from sim.scenario.diagnostics import Problem, make
from sim.scenario.marked import MarkedDict
from sim.scenario.pruning import copy_of

_SECTIONS = {
    "customers": "customer",
    "actions": "action",
    "market_actions": "action",
}

Shelf = Mapping[str, Mapping[str, MarkedDict]]  # section -> id -> entry of the library


def resolved(data: MarkedDict, problems: list[Problem], shelf: Shelf | None = None) -> MarkedDict:
    """A copy of a file's data in which nothing extends anything any more.

    Args:
        data: as read.
        problems: gets a problem for each reference to nothing or to itself.
        shelf: entries of the library that may be extended, too.
    """
    whole: MarkedDict = copy_of(data)
    for section, kind in _SECTIONS.items():
        entries = whole.get(section)
        if isinstance(entries, MarkedDict):
            _extend(entries, section, kind, (shelf or {}).get(section, {}), problems)
    customers = whole.get("customers")
    for name, customer in customers.items() if isinstance(customers, MarkedDict) else ():
        people = customer.get("people") if isinstance(customer, MarkedDict) else None
        if isinstance(people, MarkedDict):
            _extend(people, f"customers.{name}.people", "person", {}, problems)
    return whole


def _extend(
    entries: MarkedDict,
    where: str,
    kind: str,
    shelf: Mapping[str, MarkedDict],
    problems: list[Problem],
) -> None:
    done: dict[str, MarkedDict] = {}
    for name in list(entries):
        if isinstance(entries[name], MarkedDict):
            entries[name] = _complete(name, (), entries, shelf, done, _Report(where, kind, problems))


class _Report:
    """Where problems of one section go."""

    def __init__(self, where: str, kind: str, problems: list[Problem]) -> None:
        self.where, self.kind, self.problems = where, kind, problems

    def add(self, code: str, name: str, entry: MarkedDict, **data: object) -> None:
        place, where = entry.place("extends"), f"{self.where}.{name}.extends"
        self.problems.append(make(code, place, where, value=entry["extends"], **data))


def _complete(
    name: str,
    chain: tuple[str, ...],
    entries: MarkedDict,
    shelf: Mapping[str, MarkedDict],
    done: dict[str, MarkedDict],
    report: _Report,
) -> MarkedDict:
    """The entry with what it takes from the one it extends."""
    if name in done:
        return done[name]
    entry: MarkedDict = entries[name]
    other = entry.get("extends")
    if not isinstance(other, str):
        return entry
    base = _base(name, other, (*chain, name), entries, shelf, done, report)
    merged = _merge(base, entry) if base is not None else _merge(entry, entry)
    done[name] = merged
    return merged


def _base(
    name: str,
    other: str,
    chain: tuple[str, ...],
    entries: MarkedDict,
    shelf: Mapping[str, MarkedDict],
    done: dict[str, MarkedDict],
    report: _Report,
) -> MarkedDict | None:
    entry = entries[name]
    if other != name and other in entries and isinstance(entries[other], MarkedDict):
        if other in chain:
            report.add("R02", name, entry, chain=" → ".join((*chain, other)))
            return None
        return _complete(other, chain, entries, shelf, done, report)
    if other in shelf:
        return shelf[other]
    if other == name:
        report.add("R02", name, entry, chain=f"{name} → {name}")
        return None
    choices = [key for key in (*entries, *shelf) if key != name]
    report.add("R01", name, entry, kind=report.kind, choices=choices)
    return None


def _merge(base: MarkedDict, entry: MarkedDict) -> MarkedDict:
    """All fields of the entry, and those of the base that it does not say; no `extends`."""
    merged = MarkedDict(entry.start)
    for source in (base, entry):
        for key, value in source.items():
            if key != "extends":
                merged[key] = copy_of(value)
                merged.marks[key] = source.marks[key]
    return merged
