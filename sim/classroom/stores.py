"""Which store an address means."""

from pathlib import Path

from sim.classroom.events import ClassError
from sim.classroom.sqlite import SqliteStore
from sim.classroom.store import Store, StoreError


def open_store(address: str | Path, *, shared: bool = False) -> Store:
    """The store at a path, or at an address such as `postgresql://host/database`.

    Args:
        address: where it is.
        shared: whether other processes write to the same file; to a server they always may.

    Raises:
        ClassError: `class/no-database` (reason).
    """
    text = str(address)
    try:
        if text.startswith(("postgresql://", "postgres://")):
            from sim.classroom.postgres import PostgresStore  # noqa: PLC0415 -- a group of its own

            return PostgresStore(text)
        return SqliteStore(Path(text.removeprefix("sqlite:///")), shared=shared)
    except (StoreError, ImportError) as error:
        raise ClassError("class/no-database", reason=str(error)) from error
