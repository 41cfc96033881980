"""View-models in which every text is different, to see whether a front end shows them all."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

# Not for reading: ids, pictures, and the place where a line belongs.
SILENT = {
    "id",
    "icon",
    "portrait",
    "group",
    "anchor",
    "mood_id",
    "direction",
    "encounter",
    "path",
    "faces",
}


class Counter:
    """Gives out texts that occur nowhere else."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def text(self, name: str) -> str:
        """A new text; remembered unless it is not for reading."""
        found = f"zq{len(self.given):03d}{name}qz"
        if name not in SILENT:
            self.given.append(found)
        else:
            self.given.append("")
        return found


def filled(kind: Any, counter: Counter, **fixed: object) -> Any:
    """An instance of a dataclass of the view-model, every text of it unique.

    Args:
        kind: the dataclass.
        counter: of the texts.
        **fixed: fields, at any depth, that keep a value of their own.
    """
    hints = get_type_hints(kind)
    values = {
        field.name: fixed[field.name]
        if field.name in fixed
        else _value(field.name, hints[field.name], counter, fixed)
        for field in fields(kind)
    }
    return kind(**values)


def _value(name: str, hint: Any, counter: Counter, fixed: dict[str, object]) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {UnionType, Union}:
        chosen = next(each for each in arguments if each is not type(None))
        return _value(name, chosen, counter, fixed)
    if origin is tuple:
        return tuple(_value(name, arguments[0], counter, fixed) for _ in range(2))
    if is_dataclass(hint):
        return filled(hint, counter, **fixed)
    if hint is str:
        return counter.text(name)
    return {bool: True, int: 7, float: 7.0}[hint]


def texts_of(counter: Counter) -> Iterator[str]:
    """Everything that must be shown."""
    return (text for text in counter.given if text)
