"""What follows from the rules alone is worked out once for them."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import finalize

from sim.engine.rules import Rules

_Found = TypeVar("_Found")


def once(make: Callable[[Rules], _Found]) -> Callable[[Rules], _Found]:
    """Keep what a function makes of rules, which never change, for as long as they live."""
    kept: dict[int, _Found] = {}

    @wraps(make)
    def found(rules: Rules) -> _Found:
        name = id(rules)
        if name not in kept:
            kept[name] = make(rules)
            finalize(rules, kept.pop, name, None)
        return kept[name]

    return found
