"""From pydantic's errors to problems with a place, a code and words in every language.

    problems_of(error, schema, data)      schema: ``Model.__pydantic_core_schema__``

Pydantic's ``loc`` mixes keys of the data with labels of its own (the chosen branch of a union,
``[key]``), and a label may be spelt like a key that is present. So the schema is walked along with
the data: only the schema knows which part is which.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from pydantic import ValidationError

from sim.scenario.diagnostics import Problem, make
from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.messages import MESSAGES
from sim.scenario.scalars import found
from sim.scenario.schema_walk import Schema, Spot, Walker

_CODES = {
    "extra_forbidden": "T01",
    "missing": "T02",
    "literal_error": "T03",
    "enum": "T03",
    "union_tag_invalid": "T03",
    "float_parsing": "T04",
    "float_type": "T21",
    "int_parsing": "T05",
    "int_from_float": "T05",
    "int_parsing_size": "T05",
    "int_type": "T28",
    "bool_parsing": "T06",
    "bool_type": "T27",
    "string_type": "T07",
    "string_sub_type": "T07",
    "model_type": "T08",
    "model_attributes_type": "T08",
    "dict_type": "T08",
    "mapping_type": "T08",
    "dataclass_type": "T08",
    "list_type": "T09",
    "tuple_type": "T09",
    "set_type": "T09",
    "frozen_set_type": "T09",
    "greater_than": "T10",
    "greater_than_equal": "T11",
    "less_than": "T12",
    "less_than_equal": "T13",
    "string_too_short": "T14",
    "string_too_long": "T15",
    "string_pattern_mismatch": "T16",
    "too_short": "T17",
    "too_long": "T18",
    "finite_number": "T19",
    "union_tag_not_found": "T20",
    "multiple_of": "T22",
    "value_error": "T98",
    "assertion_error": "T98",
}
_LIMITS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length")
MOST_TOLD = 1_000
_SIZES = frozenset({"too_short", "too_long"})
_WANTED = {
    "float": "number",
    "int": "integer",
    "bool": "boolean",
    "str": "text",
    "literal": "text",
    "enum": "text",
    "list": "list",
    "tuple": "list",
}
_OTHER_KIND = frozenset({"T07", "T08", "T09", "T21", "T23", "T27", "T28"})
_EMPTY_INSTEAD = frozenset(_CODES.values()) - {"T01", "T02", "T98"}
_ABSENT = frozenset({"T02", "T17", "T20", "T23", "L02", "L03"})


def problems_of(
    error: ValidationError,
    schema: Schema,
    data: MarkedDict,
    *,
    damaged: bool = False,
    sizes_only: bool = False,
) -> list[Problem]:
    """Turns all errors of a validation into problems.

    Args:
        error: What pydantic raised for ``data``.
        schema: The core schema of the model.
        data: The data that were validated.
        damaged: Lines were left out because of syntax errors: nothing is reported as missing.
        sizes_only: Only that ``data`` have too many or too few entries somewhere, which pydantic
            does not look at before the entries themselves are right.

    Returns:
        In pydantic's order; of the branches of an untagged union only the most fitting one. At
        most ``MOST_TOLD``, the last of which says so.
    """
    walker = Walker(schema)
    told: list[tuple[Spot, Problem]] = []
    for details in error.errors(include_url=False):
        if sizes_only and details["type"] not in _SIZES:
            continue
        spot = walker.spot(data, details["loc"])
        problem = _problem(dict(details), spot)
        if len(told) == MOST_TOLD:
            told.append((spot, make("S23", problem.place, limit=MOST_TOLD)))
            break
        if not ((damaged and problem.code in _ABSENT) or (sizes_only and _is_in_size(problem))):
            told.append((spot, problem))
    return list(_best_branches(told))


def _is_in_size(problem: Problem) -> bool:
    """Whether only the entries left after cutting are too few."""
    count, limit = problem.data.get("count", 0), problem.data.get("limit", 0)
    return problem.code == "T17" and count >= limit


def _problem(details: dict[str, Any], spot: Spot) -> Problem:
    kind = details["type"]
    if kind in MESSAGES:
        context = {name: value for name, value in details["ctx"].items() if name != "told"}
        return make(kind, spot.place, spot.field, **{"value": spot.value, **context})
    code = _CODES.get(kind, "T99")
    if code == "T02":
        outer, _, name = spot.field.rpartition(".")
        return make(code, spot.place, outer, field=name)
    if spot.value is None and code in _EMPTY_INSTEAD:
        wanted = _wanted(spot.schema)
        return make("T23", spot.place, spot.field, wanted=wanted)
    if kind == "literal_error" and isinstance(spot.value, MarkedDict | MarkedList):
        return make("T07", spot.place, spot.field, found=found(spot.value))
    data = _data(code, details, spot)
    if kind == "union_tag_invalid":
        spot = _at_tag(spot)
    return make(code, spot.place, spot.field, **data)


def _wanted(schema: Schema) -> str:
    whole = schema["type"] == "literal" and all(isinstance(each, int) for each in _allowed(schema))
    return "integer" if whole else _WANTED.get(schema["type"], "entries")


def _at_tag(spot: Spot) -> Spot:
    """The value that chooses between kinds, rather than the whole."""
    tag = spot.schema.get("discriminator")
    if isinstance(tag, str) and isinstance(spot.value, MarkedDict) and tag in spot.value:
        return replace(spot, place=spot.value.place(tag), field=f"{spot.field}.{tag}")
    return spot


def _data(code: str, details: dict[str, Any], spot: Spot) -> dict[str, Any]:
    context = details.get("ctx", {})
    name = spot.field.rpartition(".")[2].partition("[")[0]
    key = next((str(part) for part in reversed(details["loc"]) if part != "[key]"), "")
    limit = next((context[key] for key in _LIMITS if key in context), None)
    data: dict[str, Any] = {"value": spot.value, "found": found(spot.value), "limit": limit}
    if code == "T01":
        data |= {"value": key, "choices": _fields(spot.outer)}
    elif code in {"T03", "T20"}:
        data |= _word(spot, key if spot.at_key else name)
    elif code == "T16":
        data |= {"value": key if spot.at_key else spot.value}
    elif code in {"T17", "T18"}:
        data |= {"count": len(spot.value or ())}
    if details["type"] == "union_tag_invalid":
        data |= {"value": context["tag"], "noun": "kind"}
    return {**data, "reason": str(context.get("error", details["msg"]))}


def _word(spot: Spot, name: str) -> dict[str, Any]:
    """What is said of a word that is not in its list; the word may be the name of an entry."""
    if spot.at_key:
        return {"value": name, "noun": "", "choices": _choices(spot.outer["keys_schema"])}
    return {"noun": name, "choices": _choices(spot.schema)}


def _fields(schema: Schema) -> tuple[str, ...]:
    fields = schema.get("fields", {})
    return tuple(str(field.get("validation_alias", name)) for name, field in fields.items())


def _choices(schema: Schema) -> tuple[str, ...]:
    allowed = _allowed(schema)
    return tuple(str(item.value if isinstance(item, Enum) else item) for item in allowed)


def _allowed(schema: Schema) -> Sequence[Any]:
    names = {"literal": "expected", "enum": "members"}
    return tuple(schema.get(names.get(schema["type"], "choices"), ()))


def _best_branches(told: Sequence[tuple[Spot, Problem]]) -> Iterator[Problem]:
    """Keeps, of the branches of an untagged union, the one the author most likely meant."""
    unions: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for spot, problem in told:
        for field, label in spot.branches:
            unions[field][label].append(problem)
    best = {field: min(tried, key=_misfit(field, tried)) for field, tried in unions.items()}
    for spot, problem in told:
        if all(best[field] == label for field, label in spot.branches):
            yield problem


def _misfit(field: str, tried: Mapping[str, list[Problem]]) -> Any:
    """How badly a branch fits: another kind of thing is worse than any number of other faults."""

    def weigh(label: str) -> tuple[bool, int]:
        found_here = tried[label]
        other_kind = any(p.field == field and p.code in _OTHER_KIND for p in found_here)
        return other_kind, len(found_here)

    return weigh
