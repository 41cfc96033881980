"""Follows the ``loc`` of a pydantic error through schema and data at once.

A ``loc`` mixes keys of the data with labels of pydantic's own (the branch of a union, ``[key]``),
and a label may be spelt like a key that is present: only the schema tells them apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.scenario.diagnostics import Place
from sim.scenario.marked import MarkedDict, MarkedList

Schema = Mapping[str, Any]

_INNER = ("schema", "python_schema", "lax_schema")
_NO_SCHEMA: Schema = {"type": "none-such"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a ``loc`` leads.

    Attributes:
        schema: What the schema says of this spot, without wrappers.
        outer: The schema of what contains it.
        value: What stands there; None when nothing does.
        place: Where it stands; of something missing or unknown, the name it belongs to.
        key: Where its name stands.
        field: Its path as authors write it.
        at_key: Whether the name rather than the value is meant.
        branches: Labels of untagged unions met on the way, each with the field it was met at.
    """

    schema: Schema
    outer: Schema
    value: Any
    place: Place
    key: Place
    field: str = ""
    at_key: bool = False
    branches: tuple[tuple[str, str], ...] = ()


class Walker:
    """Knows one schema and its definitions."""

    def __init__(self, schema: Schema) -> None:
        self._named = dict(_definitions(schema))
        self._root = self._bare(schema)

    def spot(self, data: MarkedDict, loc: Sequence[int | str]) -> Spot:
        """Where a ``loc`` leads.

        Args:
            data: What was validated.
            loc: As in ``ValidationError.errors()``.
        """
        spot = Spot(self._root, _NO_SCHEMA, data, data.start, data.start)
        for index, part in enumerate(loc):
            spot = self._step(spot, part, loc[index + 1 :])
        return spot

    def _step(self, spot: Spot, part: int | str, rest: Sequence[int | str]) -> Spot:
        kind = spot.schema["type"]
        if kind == "union":
            schema = self._branch(spot.schema, str(part))
            return replace(spot, schema=schema, branches=(*spot.branches, (spot.field, str(part))))
        if kind == "tagged-union":
            tags = {str(tag): choice for tag, choice in spot.schema["choices"].items()}
            return replace(spot, schema=self._bare(tags.get(str(part), _NO_SCHEMA)))
        if part == "[key]" and spot.at_key:
            return spot
        inner = self._inner(spot.schema, part)
        at_key = tuple(rest) == ("[key]",) or inner is _NO_SCHEMA
        return _enter(replace(spot, schema=inner, outer=spot.schema), part, at_key=at_key)

    def _branch(self, union: Schema, label: str) -> Schema:
        for choice in union["choices"]:
            schema, own = choice if isinstance(choice, tuple) else (choice, None)
            bare = self._bare(schema)
            names = {own, bare["type"], bare.get("model_name")}
            if label in names or label.startswith(f"{schema['type']}["):
                return bare
        return _NO_SCHEMA

    def _inner(self, schema: Schema, part: int | str) -> Schema:
        kind = schema["type"]
        if kind == "model-fields":
            inner = _field_schema(schema, part)
        elif kind == "dict":
            inner = schema.get("values_schema")
        elif kind == "tuple":
            items = schema["items_schema"]
            inner = items[min(int(part), len(items) - 1)]
        else:
            inner = schema.get("items_schema")
        return _NO_SCHEMA if inner is None else self._bare(inner)

    def _bare(self, schema: Schema) -> Schema:
        """The schema below wrappers that add nothing to a ``loc``."""
        while True:
            inner: Schema | None
            if schema["type"] == "definition-ref":
                inner = self._named[schema["schema_ref"]]
            elif schema["type"] == "chain":
                inner = schema["steps"][0]
            else:
                inner = next((schema[name] for name in _INNER if name in schema), None)
            if inner is None:
                return schema
            schema = inner


def _definitions(schema: Any) -> Iterator[tuple[str, Schema]]:
    """All schemas with a name of their own, wherever they stand."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("ref"), str):
            yield schema["ref"], schema
        for inner in schema.values():
            yield from _definitions(inner)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            yield from _definitions(inner)


def _field_schema(schema: Schema, part: int | str) -> Schema | None:
    for name, field in schema["fields"].items():
        if part in {name, field.get("validation_alias")}:
            inner: Schema = field["schema"]
            return inner
    return None


def _enter(spot: Spot, part: int | str, *, at_key: bool) -> Spot:
    outer, field = spot.value, _joined(spot.field, part)
    if isinstance(outer, MarkedDict) and part in outer:
        name = str(part)
        key = outer.key_place(name)
        place = key if at_key else outer.place(name)
        return replace(spot, value=outer[name], place=place, key=key, field=field, at_key=at_key)
    if isinstance(outer, MarkedList) and isinstance(part, int) and part < len(outer):
        place = outer.place(part)
        return replace(spot, value=outer[part], place=place, key=place, field=field)
    if isinstance(part, int) and outer is not None and not isinstance(outer, MarkedList):
        return spot  # one value stands where a list of such may stand
    return replace(spot, value=None, place=spot.key, field=field)


def _joined(field: str, part: int | str) -> str:
    if isinstance(part, int):
        return f"{field}[{part}]"
    return f"{field}.{part}" if field else part
