"""Array types of the program and the letters that name their axes.

Shapes are written in docstrings as, for example, ``[R, C, M]``. The letters mean:

=======  ==========================================================================
letter   axis
=======  ==========================================================================
``R``    runs: rows of a batch; a game that a person plays is a batch with ``R = 1``
``C``    customers: rows of the portfolio, newcomers that have not appeared included
``S``    slots: actions that one customer can be given in one turn
``M``    members: person slots at a customer; a consumer uses the first only
``J``    rows of the effect table: actions, then the paths of encounters
``A``    actions on one customer
``F``    families that actions belong to
``Q``    protocols: orders of steps that a sequence of actions can follow
``K``    kinds of knowledge about a person
``V``    encounters: things customers say or do
``E``    events: things that happen in the market or the firm
=======  ==========================================================================

Axes always stand in this order, the leading ones first, and are never squeezed: an array per
customer is ``[R, C]`` also when there is one run or one customer. A quantity that is the same in
every run may have a leading axis of length 1, which broadcasts. All quantities are float64,
because only then does a number mean the same bits in a batch, in a game and in a saved file.
"""

import hashlib
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
"""Quantities: float64; spelt so that a product of a mask and a number is one too."""

Indices = NDArray[np.intp]
"""Positions in an axis or rows of a table, the type numpy indexes with."""

Mask = NDArray[np.bool_]
"""Yes or no for each element; True means that it holds or is allowed."""


def side_by_side(*columns: Array) -> Array:
    """Arrays of one shape along a new last axis, as `np.stack` does at three times the cost."""
    result = np.empty((*columns[0].shape, len(columns)))
    for place, column in enumerate(columns):
        result[..., place] = column
    return result


def digest(value: object) -> str:
    """SHA-256 of every bit of a state or outcome, to tell whether two are the same."""
    found = hashlib.sha256()
    _feed(found, value)
    return found.hexdigest()


def _feed(found: "hashlib._Hash", value: object) -> None:
    if is_dataclass(value):
        for field in fields(value):
            found.update(field.name.encode())
            _feed(found, getattr(value, field.name))
    elif isinstance(value, np.ndarray):
        found.update(f"{value.dtype.kind}{value.shape}".encode())
        found.update(value.tobytes())
    elif isinstance(value, dict):
        _feed(found, tuple(sorted(value.items())))
    elif isinstance(value, tuple):
        for item in value:
            _feed(found, item)
    else:
        found.update(repr(value).encode())
