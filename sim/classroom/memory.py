"""Memory that is free, given back to the system.

The turn of a class, played and explained for all at once, takes some megabytes for a moment; Python
frees them, but the C library keeps them, and a school's small server has other things to do.
"""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Let the system have what is free, where the C library can do that; takes about 2 ms."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """GNU's `malloc_trim`; other libraries give back by themselves, or cannot."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found
