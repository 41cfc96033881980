"""Rooms in the store: written event by event, and read again."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sim.classroom import secrets
from sim.classroom.events import Event
from sim.classroom.model import Draft, Settings
from sim.classroom.state import Room
from sim.classroom.store import Row, Store
from sim.engine.step import RULES_VERSION
from sim.game import TurnRecord

_EVENT = "seq, kind, at, turn, seat, game, idem, body"
_ROOM = "id, code, scenario, title, fingerprint, seed, turns, settings, created_at, delete_at"


def _marks(n: int) -> str:
    return ", ".join("?" * n)


ADD_ROOM = f"INSERT INTO room ({_ROOM}, rules_version) VALUES ({_marks(11)})"  # noqa: S608 -- own names
ADD_EVENT = f"INSERT INTO event (room, {_EVENT}) VALUES ({_marks(9)})"  # noqa: S608 -- own names
ADD_SEAT = "INSERT INTO seat (id, room, label, seen_at) VALUES (?, ?, ?, ?)"
ADD_TEXT = "INSERT INTO free_text (room, seq, text) VALUES (?, ?, ?)"
ADD_TOKEN = "INSERT INTO token (sha256, room, seat, kind, expires_at) VALUES (?, ?, ?, ?, ?)"  # noqa: S105 -- a question
KEEP_DRAFT = """INSERT INTO draft (seat, room, turn, body, at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (seat) DO UPDATE SET turn = excluded.turn, body = excluded.body, at = excluded.at"""
SEEN = "UPDATE seat SET seen_at = ? WHERE id = ?"
COUNT = "UPDATE room SET seq = ?, edits = ? WHERE id = ?"


_ORDER = (ADD_ROOM, ADD_SEAT, ADD_EVENT, ADD_TEXT, ADD_TOKEN, KEEP_DRAFT, SEEN, COUNT)


@dataclass
class Pending:
    """What a transaction will write, each statement for many rows at once.

    What others refer to is written first.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: {sql: [] for sql in _ORDER})

    def add(self, sql: str, *values: object) -> None:
        """Write this, too: one of this module's statements."""
        self.rows[sql].append(values)

    def write(self, store: Store) -> None:
        """Hand everything to the store."""
        for sql, rows in self.rows.items():
            if rows:
                store.many(sql, rows)
                rows.clear()


def room_row(room: Room) -> Row:
    """A new room for `ADD_ROOM`."""
    settings = json.dumps(asdict(room.settings))
    return (
        room.id,
        room.code,
        room.scenario,
        room.title,
        room.fingerprint,
        room.seed,
        room.turns,
        settings,
        room.created_at,
        room.delete_at,
        RULES_VERSION,
    )


def event_row(room: str, event: Event) -> Row:
    """An event for `ADD_EVENT`."""
    return (
        room,
        event.seq,
        event.kind,
        event.at,
        event.turn,
        event.seat or None,
        event.game or None,
        event.key or None,
        event.body,
    )


def read_room(store: Store, room: str) -> Room | None:
    """A room as its log tells it; None if there is none."""
    found = store.rows(f"SELECT {_ROOM} FROM room WHERE id = ?", room)  # noqa: S608 -- own names
    if not found:
        return None
    name, code, scenario, title, fingerprint, seed, turns, settings, created_at, delete_at = found[
        0
    ]
    fresh = Room(
        id=name,
        code=code,
        scenario=scenario,
        title=title,
        fingerprint=fingerprint,
        seed=seed,
        turns=turns,
        settings=settings_from(settings),
        created_at=created_at,
        delete_at=delete_at,
    )
    catch_up(store, fresh)
    return fresh


def counts_of(store: Store, room: str) -> tuple[int, int] | None:
    """`seq` and `edits` of a room, which tell whether what is known of it is old."""
    found = store.rows("SELECT seq, edits FROM room WHERE id = ?", room)
    return (int(found[0][0]), int(found[0][1])) if found else None


def settings_from(text: str) -> Settings:
    """Settings from their row; what a newer program added is left out."""
    known: dict[str, Any] = {
        name: value for name, value in json.loads(text).items() if name in vars(Settings())
    }
    return Settings(**known)


def catch_up(store: Store, room: Room) -> None:
    """Bring a room of one's own up to what is in the store."""
    texts = store.rows(
        "SELECT seq, text FROM free_text WHERE room = ? AND seq > ?", room.id, room.seq
    )
    room.texts.update(texts)
    for event in _events(store, room.id, room.seq):
        room.apply(event)
    read_edits(store, room)


def read_edits(store: Store, room: Room) -> None:
    """Names, signs of life and drafts, which are no events, because only the last ones count."""
    seats = store.rows("SELECT id, label, seen_at FROM seat WHERE room = ?", room.id)
    for seat, label, seen_at in seats:
        known = room.seats.get(seat)
        if known is not None and (known.label, known.seen_at) != (label, seen_at):
            room.seats[seat] = replace(known, label=label, seen_at=seen_at)
    drafts = store.rows("SELECT seat, turn, body, at FROM draft WHERE room = ?", room.id)
    room.drafts = {
        seat: Draft(turn, TurnRecord.model_validate_json(body), at)
        for seat, turn, body, at in drafts
        if seat in room.seats and turn == room.games[room.seats[seat].game].turn
    }


def _events(store: Store, room: str, after: int) -> Iterable[Event]:
    found = store.rows(
        f"SELECT {_EVENT} FROM event WHERE room = ? AND seq > ? ORDER BY seq",  # noqa: S608 -- own names
        room,
        after,
    )
    for seq, kind, at, turn, seat, game, key, body in found:
        yield Event(seq, kind, at, turn, seat or "", game or "", key or "", body)


def key_of(store: Store) -> str:
    """The key of this store, from which its secrets are derived; made the first time."""
    store.many(
        "INSERT INTO meta (name, value) VALUES ('key', ?) ON CONFLICT (name) DO NOTHING",
        [(secrets.new_token(),)],
    )
    return str(store.rows("SELECT value FROM meta WHERE name = 'key'")[0][0])
