"""Rooms in PostgreSQL, for a department whose server has several workers or hosts.

Workers take turns by locking the rows of the rooms they write to; NOTIFY tells the others that they
should look again. A lost connection is made anew; what was not committed has not happened.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import psycopg
from psycopg import sql as composed

from sim.classroom.schema import TABLES
from sim.classroom.store import Row, StoreError

_CHANNEL: Final = "rapport_room"
_MAKING_TABLES: Final = 0x52617070  # an advisory lock: two workers that start make no tables twice


class PostgresStore:
    """A database that others may write to, too."""

    shared = True

    def __init__(self, address: str) -> None:
        """Connect, and make the tables where there are none.

        Args:
            address: `postgresql://user:password@host/database`; the usual environment variables
                fill in what is missing.

        Raises:
            StoreError: it does not answer, or refuses.
        """
        self._address = address
        self._lost = True
        self._base = self._connected()
        with _told(), self._base.transaction():
            self._base.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING_TABLES,))
            for table in TABLES:
                self._base.execute(table.encode())

    def _connected(self) -> "psycopg.Connection[Row]":
        with _told():
            base = psycopg.connect(self._address, autocommit=True, connect_timeout=10)
            base.execute("SET synchronous_commit = on")
            base.execute(composed.SQL("LISTEN {}").format(composed.Identifier(_CHANNEL)))
            return base

    def begin(self) -> None:
        """See `Store`."""
        if self._base.closed or self._base.broken:
            self._base = self._connected()
            self._lost = True
        self._run("BEGIN")

    def commit(self) -> None:
        """See `Store`."""
        self._run("COMMIT")

    def rollback(self) -> None:
        """See `Store`."""
        with contextlib.suppress(StoreError):
            self._run("ROLLBACK")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """See `Store`."""
        with _told():
            return self._base.execute(_own(sql), values).fetchall()

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """See `Store`; all rows travel together."""
        with _told(), self._base.cursor() as cursor:
            cursor.executemany(_own(sql), rows)

    def lock(self, rooms: Sequence[str]) -> dict[str, tuple[int, int]]:
        """See `Store`; in the order of their ids, so that no two workers wait for each other."""
        found = self.rows(
            "SELECT id, seq, edits FROM room WHERE id = ANY(?) ORDER BY id FOR UPDATE", list(rooms)
        )
        return {room: (seq, edits) for room, seq, edits in found}

    def tell(self, rooms: Iterable[str]) -> None:
        """See `Store`."""
        for room in rooms:
            self.rows("SELECT pg_notify(?, ?)", _CHANNEL, room)

    def heard(self) -> set[str]:
        """See `Store`: what was notified; after a lost connection every room."""
        if self._lost:
            self._lost = False
            return {room for (room,) in self.rows("SELECT id FROM room")}
        with _told():
            return {each.payload for each in self._base.notifies(timeout=0)}

    def scrub(self) -> None:
        """See `Store`: space that was freed is overwritten by a vacuum of the whole table."""
        for table in ("seat", "roster", "token", "draft", "free_text", "retry", "event", "room"):
            self._run(f"VACUUM FULL {table}")

    def close(self) -> None:
        """See `Store`."""
        self._base.close()

    def _run(self, sql: str) -> None:
        with _told():
            self._base.execute(sql.encode())


def _own(sql: str) -> bytes:
    """A statement of ours, with the marks for values that PostgreSQL's driver knows."""
    return sql.replace("?", "%s").encode()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Every fault of the database in one kind."""
    try:
        yield
    except psycopg.Error as error:
        raise StoreError(str(error).strip()) from error
