"""Data of a scenario without places and styles: nested mappings, lists and the text of scalars."""

from collections.abc import Mapping
from typing import Any

from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.pruning import Keys
from sim.scenario.writing import Noted, Setting, scalar

GONE = object()


def plain(value: Any) -> Any:
    """A value without places and styles, scalars as the text that stands for them."""
    if isinstance(value, MarkedDict | Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, MarkedList | list | tuple):
        return [plain(inner) for inner in value]
    if value is None:
        return None
    return str(value) if isinstance(value, str) else scalar(value, "", Setting())


def looked_up(data: Any, keys: Keys) -> Any:
    """The part at a path, None where there is none."""
    for key in keys:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def thawed(value: Any) -> Any:
    """A copy that can be added to."""
    if isinstance(value, Mapping):
        made = Noted()
        made.comments |= value.comments if isinstance(value, Noted) else {}
        made.update({str(key): thawed(inner) for key, inner in value.items()})
        return made
    return list(value) if isinstance(value, list | tuple) else value


def without_gone(data: Any) -> Any:
    """Without the list items that were marked as taken out."""
    if isinstance(data, dict):
        return {key: without_gone(inner) for key, inner in data.items()}
    if isinstance(data, list):
        return [without_gone(inner) for inner in data if inner is not GONE]
    return data
