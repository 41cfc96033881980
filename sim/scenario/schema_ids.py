"""The ids of one scenario, written into the JSON Schema wherever its author may name one.

An editor then offers them while somebody types, and underlines what is not among them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.library import Library
from sim.scenario.marked import MarkedDict

EACH = "each"
_LIBRARY = ("actions", "market_actions")


@dataclass(frozen=True)
class Ids:
    """What an author may name, in the order of the file; the library's come first.

    Attributes:
        customers: Of the scenario.
        people: Of all its firms.
        actions: On customers.
        market_actions: For the firm as a whole.
        rivals: Of the scenario.
        variables: Of the scenario.
    """

    customers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    market_actions: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


def ids_of(data: Any, library: Library) -> Ids:
    """The ids of a file as read, even of one with mistakes.

    Args:
        data: At the top of the file; no mapping has no ids.
        library: Whose actions may be named as well.
    """
    own = {name: _keys(data, name) for name in ("customers", "rivals", "variables", *_LIBRARY)}
    shared = {
        name: [each for group in getattr(library, name).values() for each in group]
        for name in _LIBRARY
    }
    people = (
        person for customer in _entries(data, "customers") for person in _keys(customer, "people")
    )
    return Ids(
        customers=tuple(own["customers"]),
        people=tuple(dict.fromkeys(people)),
        actions=tuple(dict.fromkeys([*shared["actions"], *own["actions"]])),
        market_actions=tuple(dict.fromkeys([*shared["market_actions"], *own["market_actions"]])),
        rivals=tuple(own["rivals"]),
        variables=tuple(own["variables"]),
    )


def _entries(data: Any, section: str) -> Iterator[Any]:
    found = data.get(section) if isinstance(data, MarkedDict) else None
    yield from found.values() if isinstance(found, MarkedDict) else ()


def _keys(data: Any, section: str) -> list[str]:
    found = data.get(section) if isinstance(data, MarkedDict) else None
    return list(found) if isinstance(found, MarkedDict) else []


def write_ids(schema: dict[str, Any], ids: Ids) -> None:
    """Adds ids to a schema of scenario files."""
    whole, named = schema["properties"], schema["$defs"]
    fields = {name: entry["properties"] for name, entry in named.items() if "properties" in entry}
    menu = (*ids.actions, *ids.market_actions)
    whole["offers"]["items"] = {"enum": list(menu)}
    _one_of(fields["Encounter"], "who", (*ids.customers, EACH))
    _one_of(fields["Encounter"], "speaker", (*ids.people, *ids.customers))
    _items_of(fields["Encounter"], "among", ids.customers)
    _one_of(fields["Customer"], "extends", ids.customers)
    _one_of(fields["Person"], "extends", ids.people)
    _one_of(fields["Action"], "extends", ids.actions)
    _one_of(fields["MarketAction"], "extends", ids.market_actions)
    _one_of(fields["Event"], "rival", ids.rivals)
    _items_of(fields["EventEffect"], "wakes", ids.customers)
    _items_of(fields["EventMood"], "who", ids.customers)
    _keys_of(fields["Customer"], "ties", ids.customers)
    for name in ("failure", "stale"):
        _keys_of(fields["EventEffect"], name, ids.customers)
    for name in ("Effect", "EventEffect"):
        _keys_of(fields[name], "variables", ids.variables)


def _one_of(fields: Mapping[str, Any], name: str, ids: Iterable[str]) -> None:
    kept = {"description": fields[name].get("description", "")}
    fields[name].clear()
    fields[name].update({**kept, "enum": list(ids)})


def _items_of(fields: Mapping[str, Any], name: str, ids: Iterable[str]) -> None:
    fields[name]["items"] = {"enum": list(ids)}


def _keys_of(fields: Mapping[str, Any], name: str, ids: Iterable[str]) -> None:
    """The names of a mapping; editors offer them only where any name may have a value."""
    patterns = fields[name].pop("patternProperties", None)
    if patterns:
        (fields[name]["additionalProperties"],) = patterns.values()
    fields[name]["propertyNames"] = {"enum": list(ids)}
