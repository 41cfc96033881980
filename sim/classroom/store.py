"""Where rooms are kept: what every store can do."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]


class StoreError(Exception):
    """The store does not answer; what was not committed has not happened."""


class Store(Protocol):
    """A database; used by one thread, that of its `Clerk`.

    Every method may raise `StoreError`.

    Attributes:
        shared: Whether other processes may write to it, so that what is in memory may be old.
    """

    shared: bool

    def begin(self) -> None:
        """Begin a transaction, after whoever else is writing."""

    def commit(self) -> None:
        """Bring everything to the disk; it has happened when this returns."""

    def rollback(self) -> None:
        """Let nothing of it have happened; never raises."""

    def rows(self, sql: str, *values: object) -> list[Row]:
        """What a question, with `?` for each value, finds."""

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """Do something for every row."""

    def lock(self, rooms: Sequence[str]) -> dict[str, tuple[int, int]]:
        """`seq` and `edits` of rooms, which nobody else changes before the transaction ends."""

    def tell(self, rooms: Iterable[str]) -> None:
        """Let other processes know, when the transaction is committed, that rooms have changed."""

    def heard(self) -> set[str]:
        """Rooms that others have changed since the last call; never waits."""

    def scrub(self) -> None:
        """Leave no trace in any file of what has been deleted; outside a transaction."""

    def close(self) -> None:
        """Let go of the database."""
