"""Checking data against a model so that one mistake does not hide the others.

    validate(model, data) -> Checked

What is wrong is reported, then cut out, and the rest is checked again: so the checks across fields
still see everything that is sound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from sim.scenario.diagnostics import Problem
from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.validation import MOST_TOLD, problems_of

MOST_ROUNDS = 12

M = TypeVar("M", bound=BaseModel)
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Checked(Generic[M]):
    """What a check found.

    Attributes:
        model: The data as a model, without what was wrong; None when too little was left.
        problems: In pydantic's order.
        cuts: Paths of what was cut out; what they belong to is not whole.
    """

    model: M | None
    problems: tuple[Problem, ...] = ()
    cuts: tuple[Keys, ...] = ()

    @cached_property
    def _above_cuts(self) -> frozenset[Keys]:
        return frozenset(cut[:length] for cut in self.cuts for length in range(len(cut) + 1))

    def whole(self, *keys: str | int) -> bool:
        """Whether nothing was cut out at or below a path."""
        return keys not in self._above_cuts


def validate(
    model: type[M],
    data: MarkedDict,
    *,
    damaged: bool = False,
    filler: Mapping[str, Any] | None = None,
) -> Checked[M]:
    """Checks data against a model.

    Args:
        model: What they should be.
        data: As read.
        damaged: lines were left out because of syntax errors: nothing is reported as missing.
        filler: stands in for fields of the top that are missing or wrong, so that the rest can
            be looked at.
    """
    problems: list[Problem] = []
    cuts: list[Keys] = []
    rest = data
    for round_number in range(MOST_ROUNDS):
        try:
            return Checked(model.model_validate(rest), tuple(problems), tuple(cuts))
        except ValidationError as error:
            schema, later = model.__pydantic_core_schema__, round_number > 0
            problems += problems_of(error, schema, data, damaged=damaged, sizes_only=later)
            if len(problems) > MOST_TOLD:
                break
            faults = error.errors(include_url=False, include_context=False)
            rest = copy_of(data) if rest is data else rest  # what is sound need not be copied
            new = [_cut_path(rest, fault["loc"], fault["type"]) for fault in faults]
            if not _cut(rest, new, filler or {}):
                break
            cuts += new
    return Checked(None, tuple(problems), tuple(cuts))


def copy_of(value: Any) -> Any:
    """A copy of marked data that can be cut without touching the original."""
    if isinstance(value, MarkedDict):
        twin = MarkedDict(value.start)
        twin.update({key: copy_of(inner) for key, inner in value.items()})
        twin.marks.update(value.marks)
        return twin
    if isinstance(value, MarkedList):
        items = MarkedList(value.start)
        items.extend(copy_of(inner) for inner in value)
        items.marks.extend(value.marks)
        return items
    return value


def _cut_path(data: Any, loc: Sequence[str | int], kind: str) -> Keys:
    """The part of the data an error is about: as deep as its `loc` leads."""
    keys: list[str | int] = []
    for part in loc:
        inside = isinstance(data, MarkedDict) and part in data
        listed = isinstance(data, MarkedList) and isinstance(part, int) and part < len(data)
        if inside or listed:
            keys.append(part)
            data = data[part]
    if kind == "missing" and not keys:
        return (str(loc[0]),)
    return tuple(keys)


def _cut(data: MarkedDict, paths: Sequence[Keys], filler: Mapping[str, Any]) -> bool:
    """Removes what stands at the paths, deepest and last first; False when nothing can be done."""
    changed = False
    for path in sorted(set(paths), key=lambda keys: (-len(keys), _reversed(keys))):
        changed = _remove(data, path, filler) or changed
    return changed


def _reversed(keys: Keys) -> tuple[Any, ...]:
    return tuple((0, -key, "") if isinstance(key, int) else (1, 0, key) for key in keys)


def _remove(data: MarkedDict, path: Keys, filler: Mapping[str, Any]) -> bool:
    if len(path) == 1 and path[0] in filler:
        fresh = data.get(str(path[0])) is not filler[str(path[0])]
        data[str(path[0])] = filler[str(path[0])]
        return fresh
    parent: Any = data
    for key in path[:-1]:
        if not _has(parent, key):
            return True  # it went with something above it
        parent = parent[key]
    if not path or not _has(parent, path[-1]):
        return False
    del parent[path[-1]]
    if isinstance(parent, MarkedList) and isinstance(path[-1], int):
        del parent.marks[path[-1]]
    return True


def _has(parent: Any, key: str | int) -> bool:
    if isinstance(parent, MarkedList):
        return isinstance(key, int) and key < len(parent)
    return isinstance(parent, MarkedDict) and key in parent
