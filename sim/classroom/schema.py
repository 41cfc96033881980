"""The tables, in the SQL that SQLite and PostgreSQL share.

Personal data stand in `seat.label`, `roster`, `free_text` and `retry.why` only, so that erasing
those leaves the log, and with it every game, whole. Tokens are kept as SHA-256 only.
"""

from typing import Final

VERSION: Final = 1

TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS room (
        id TEXT PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        scenario TEXT NOT NULL,
        title TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        rules_version BIGINT NOT NULL,
        seed BIGINT NOT NULL,
        turns BIGINT NOT NULL,
        settings TEXT NOT NULL,
        created_at DOUBLE PRECISION NOT NULL,
        delete_at DOUBLE PRECISION NOT NULL,
        seq BIGINT NOT NULL DEFAULT 0,
        edits BIGINT NOT NULL DEFAULT 0)""",
    """CREATE TABLE IF NOT EXISTS seat (
        id TEXT PRIMARY KEY,
        room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        seen_at DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS token (
        sha256 TEXT PRIMARY KEY,
        room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
        seat TEXT NOT NULL REFERENCES seat (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        expires_at DOUBLE PRECISION)""",
    """CREATE TABLE IF NOT EXISTS roster (
        room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
        number TEXT NOT NULL,
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        seat TEXT,
        PRIMARY KEY (room, number))""",
    """CREATE TABLE IF NOT EXISTS event (
        room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
        seq BIGINT NOT NULL,
        kind TEXT NOT NULL,
        at DOUBLE PRECISION NOT NULL,
        turn BIGINT NOT NULL,
        seat TEXT,
        game TEXT,
        idem TEXT,
        body TEXT NOT NULL,
        PRIMARY KEY (room, seq))""",
    """CREATE UNIQUE INDEX IF NOT EXISTS event_idem ON event (room, seat, idem)
        WHERE idem IS NOT NULL""",
    """CREATE UNIQUE INDEX IF NOT EXISTS event_once ON event (room, game, turn)
        WHERE kind IN ('decide', 'default')""",
    """CREATE TABLE IF NOT EXISTS draft (
        seat TEXT PRIMARY KEY REFERENCES seat (id) ON DELETE CASCADE,
        room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
        turn BIGINT NOT NULL,
        body TEXT NOT NULL,
        at DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS free_text (
        room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
        seq BIGINT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (room, seq))""",
    """CREATE TABLE IF NOT EXISTS retry (
        seat TEXT NOT NULL REFERENCES seat (id) ON DELETE CASCADE,
        turn BIGINT NOT NULL,
        room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
        body TEXT NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (seat, turn))""",
)
