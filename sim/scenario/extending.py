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

LONGEST_CHAIN = 20
_OWN = {"deliberate"}  # what an entry says of itself, not of what takes after it
MOST_COPIED = 20_000  # values, over all entries of a section

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
            others = (shelf or {}).get(section, {})
            _extend(entries, _Reuse(entries, (section, kind), others, problems))
    customers = whole.get("customers")
    for name, customer in customers.items() if isinstance(customers, MarkedDict) else ():
        people = customer.get("people") if isinstance(customer, MarkedDict) else None
        if isinstance(people, MarkedDict):
            section = f"customers.{name}.people"
            _extend(people, _Reuse(people, (section, "person"), {}, problems))
    return whole


def _extend(entries: MarkedDict, reuse: "_Reuse") -> None:
    for name in list(entries):
        if isinstance(entries[name], MarkedDict):
            entries[name] = reuse.complete(name, ())


class _Reuse:
    """The entries of one section that may take from one another."""

    def __init__(
        self,
        entries: MarkedDict,
        section: tuple[str, str],
        shelf: Mapping[str, MarkedDict],
        problems: list[Problem],
    ) -> None:
        self.entries = entries
        self.where, self.kind = section
        self.shelf = shelf
        self.problems = problems
        self.done: dict[str, MarkedDict] = {}
        self.left = MOST_COPIED
        self.sizes: dict[int, int] = {}

    def complete(self, name: str, chain: tuple[str, ...]) -> MarkedDict:
        """The entry with what it takes from the one it extends."""
        if name in self.done:
            return self.done[name]
        entry: MarkedDict = self.entries[name]
        if not isinstance(entry.get("extends"), str):
            return entry
        base = self._base(name, (*chain, name))
        known = base is not None and self._affordable(name, base)
        self.done[name] = _merge(base if known and base is not None else entry, entry)
        return self.done[name]

    def _affordable(self, name: str, base: MarkedDict) -> bool:
        """Whether an entry may be copied once more; small files could grow without end."""
        if id(base) not in self.sizes:
            self.sizes[id(base)] = _size(base)
        enough = self.left >= 0
        self.left -= self.sizes[id(base)]
        if enough and self.left < 0:
            self._report("S11", name, limit=MOST_COPIED)
        return self.left >= 0

    def _base(self, name: str, chain: tuple[str, ...]) -> MarkedDict | None:
        """The entry that is extended; None, and a problem, when there is none."""
        other = self.entries[name]["extends"]
        if other != name and isinstance(self.entries.get(other), MarkedDict):
            if other in chain:
                self._report("R02", name, chain=" → ".join((*chain, other)))
                return None
            if len(chain) > LONGEST_CHAIN and other not in self.done:
                self._report("R05", name, limit=LONGEST_CHAIN)
                return None
            return self.complete(other, chain)
        if other in self.shelf:
            return self.shelf[other]
        if other == name:
            self._report("R02", name, chain=f"{name} → {name}")
            return None
        choices = [key for key in (*self.entries, *self.shelf) if key != name]
        self._report("R01", name, kind=self.kind, choices=choices)
        return None

    def _report(self, code: str, name: str, **data: object) -> None:
        entry: MarkedDict = self.entries[name]
        where = f"{self.where}.{name}.extends"
        self.problems.append(
            make(code, entry.place("extends"), where, value=entry["extends"], **data)
        )


def _size(value: object) -> int:
    """How many values there are in one."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(_size(each) for each in inner)


def _merge(base: MarkedDict, entry: MarkedDict) -> MarkedDict:
    """All fields of the entry, and those of the base that it does not say; no `extends`.

    An entry without a base is its own.
    """
    merged = MarkedDict(entry.start)
    for source in (base, entry):
        for key, value in source.items():
            if key != "extends" and (source is entry or key not in _OWN):
                merged[key] = copy_of(value)
                merged.marks[key] = source.marks[key]
    return merged
