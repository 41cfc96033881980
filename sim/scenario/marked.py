"""Mappings and lists that know where their parts stand."""

from typing import Any

from sim.scenario.diagnostics import Place


class Quoted(str):
    """A text that stood in quotes or in a block, so that it cannot be a number."""

    __slots__ = ()


class MarkedDict(dict[str, Any]):
    """A mapping with the place of every key and value.

    ``marks[key]`` is ``(path, key line, key column, value line, value column)``, all from 1; a
    merge of two mappings copies the marks along with the entries. ``start`` is where it begins.
    """

    __slots__ = ("marks", "start")

    def __init__(self, start: Place) -> None:
        super().__init__()
        self.start = start
        self.marks: dict[str, tuple[str, int, int, int, int]] = {}

    def key_place(self, key: str) -> Place:
        """Where the key stands."""
        path, line, column, _, _ = self.marks[key]
        return Place(path, line, column)

    def place(self, key: str) -> Place:
        """Where the value stands; for an empty value, its key."""
        path, key_line, key_column, line, column = self.marks[key]
        if self.get(key) is None:
            return Place(path, key_line, key_column)
        return Place(path, line, column)


class MarkedList(list[Any]):
    """A list with the place of every item, ``marks[i]`` being ``(path, line, column)``."""

    __slots__ = ("marks", "start")

    def __init__(self, start: Place) -> None:
        super().__init__()
        self.start = start
        self.marks: list[tuple[str, int, int]] = []

    def place(self, index: int) -> Place:
        """Where an item stands."""
        return Place(*self.marks[index])
