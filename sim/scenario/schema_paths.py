"""What the schema says of a field that is given by its path."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from sim.scenario.pruning import Keys
from sim.scenario.schema_scenario import Scenario


def kind_at(keys: Keys, kind: Any = Scenario) -> Any:
    """The type of the field at a path; None where the schema has no such field."""
    for key in keys:
        kind = _inside(_bare(kind), str(key))
        if kind is None:
            return None
    return _bare(kind)


def owner_of(keys: Keys) -> tuple[str, str]:
    """The model and the field that the innermost name of a path belongs to."""
    for depth in range(len(keys) - 1, -1, -1):
        kind = kind_at(keys[:depth])
        if is_model(kind) and kind_at(keys[: depth + 1]) is not None:
            return kind.__name__, str(keys[depth])
    return Scenario.__name__, str(keys[0])


def fields_of(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """The names of a model's fields as authors write them, with their types."""
    for name, info in model.model_fields.items():
        yield info.alias or name, _bare(info.annotation)


def is_model(kind: Any) -> bool:
    """Whether a type is an entry with fields of its own."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def is_list(kind: Any) -> bool:
    """Whether a type is a list."""
    return get_origin(kind) is list


def _inside(kind: Any, key: str) -> Any:
    if is_model(kind):
        return next((inner for name, inner in fields_of(kind) if name == key), None)
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    return None


def _bare(kind: Any) -> Any:
    """A type without its ranges and without the possibility that nothing stands there."""
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
        elif origin in {Union, UnionType}:
            kind = next(each for each in get_args(kind) if each is not type(None))
        elif hasattr(kind, "__value__"):
            kind = kind.__value__
        else:
            return kind
