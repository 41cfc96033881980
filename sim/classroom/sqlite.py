"""Rooms in one file, by the SQLite that comes with Python.

Write-ahead log with `synchronous=FULL`: what is committed survives a power cut. That costs one sync
per commit, so the clerk commits many decisions at once. `secure_delete` overwrites what is deleted.
"""

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from sim.classroom.schema import TABLES
from sim.classroom.store import Row, StoreError

MEMORY: Final = Path(":memory:")
_PATIENCE: Final = 10.0  # seconds for another process that writes
_ONE_ROW: Final = re.compile(r"VALUES (\([?, ]+\))")
_MOST_VALUES: Final = 900  # in one statement; SQLite before 3.32 takes 999


class SqliteStore:
    """A file, of this process alone unless `shared`."""

    def __init__(self, path: Path = MEMORY, *, shared: bool = False) -> None:
        """Open the file, or make it.

        Raises:
            StoreError: it cannot be opened, or is none of ours.
        """
        self.shared = shared
        self._version = 0
        try:
            if path != MEMORY:
                path.parent.mkdir(parents=True, exist_ok=True)
            with _told():
                self._base = sqlite3.connect(
                    path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
                )
                self._prepare()
        except OSError as error:
            raise StoreError(str(error)) from error
        if path != MEMORY:
            path.chmod(0o600)  # names and games of a class are nobody else's business

    def _prepare(self) -> None:
        for setting in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            self._base.execute(f"PRAGMA {setting}")
        self._base.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            self._base.execute(table)
        self._base.execute("COMMIT")

    def begin(self) -> None:
        """See `Store`."""
        with _told():
            self._base.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """See `Store`."""
        with _told():
            self._base.execute("COMMIT")

    def rollback(self) -> None:
        """See `Store`."""
        with contextlib.suppress(sqlite3.Error):
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """See `Store`."""
        with _told():
            return self._base.execute(sql, values).fetchall()

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """See `Store`.

        Many rows are inserted by few statements: after each one Python lets other threads go on,
        and if they are busy the clerk comes back only after `sys.getswitchinterval()`.
        """
        found = _ONE_ROW.search(sql)
        if found is None or len(rows) == 1:
            with _told():
                self._base.executemany(sql, rows)
            return
        most = _MOST_VALUES // len(rows[0])
        for begin in range(0, len(rows), most):
            part = rows[begin : begin + most]
            together = (
                f"{sql[: found.end()]}{f', {found[1]}' * (len(part) - 1)}{sql[found.end() :]}"
            )
            self.rows(together, *(value for row in part for value in row))

    def lock(self, rooms: Sequence[str]) -> dict[str, tuple[int, int]]:
        """See `Store`; a transaction has the whole file to itself anyway."""
        marks = ",".join("?" * len(rooms))
        found = self.rows(f"SELECT id, seq, edits FROM room WHERE id IN ({marks})", *rooms)  # noqa: S608 -- question marks only
        return {room: (seq, edits) for room, seq, edits in found}

    def tell(self, rooms: Iterable[str]) -> None:
        """See `Store`; others see it in the file."""

    def heard(self) -> set[str]:
        """See `Store`: every room, whenever another process has written anything."""
        if not self.shared:
            return set()
        version = int(self.rows("PRAGMA data_version")[0][0])
        if version == self._version:
            return set()
        self._version = version
        return {room for (room,) in self.rows("SELECT id FROM room")}

    def scrub(self) -> None:
        """See `Store`: what was overwritten in the file may still stand in the write-ahead log."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """See `Store`."""
        self._base.close()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Every fault of the database in one kind."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(str(error)) from error
