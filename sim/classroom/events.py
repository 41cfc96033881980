"""What can happen in a room, as it is kept: an append-only log, read again to know the room."""

import json
from dataclasses import dataclass
from typing import Any

from sim.errors import SimError
from sim.game import TurnRecord

OPEN = "open"  # turn, deadline: the turn can be decided
CLOSE = "close"  # turn: every decided game of it is played
PAUSE = "pause"  # remaining
RESUME = "resume"  # deadline
EXTEND = "extend"  # deadline
LOCK = "lock"  # locked
END = "end"
MESSAGE = "message"  # its text is kept apart
JOIN = "join"  # seat, game, team, kind; of a practice seat also the bot
REMOVE = "remove"  # seat
DECIDE = "decide"  # seat, game, turn, record
DEFAULT = "default"  # game, turn, record: of one who was absent
PROPOSE = "propose"  # seat, game, turn, record: a member of a team would do this
VOTE = "vote"  # seat, game, turn, other: the member whose proposal it is for
REFLECT = "reflect"  # seat, game: a thought after the game; its text is kept apart
TURNING = "turning"  # seat, game, turn: it mattered most, says the trainee; why is kept apart
SETTINGS = "settings"  # what has changed
REISSUE = "reissue"  # seat: earlier tokens of it are void
ERASE = "erase"  # the names are gone

_APART = ("reflection",)  # free text: may name people, so it is kept where it can be deleted


class ClassError(SimError):
    """Something that cannot be done in this room, at this moment, or by whoever asks."""


@dataclass(frozen=True)
class Event:
    """One thing that has happened in a room.

    Attributes:
        seq: Its number in the room, from 1, without gaps.
        kind: One of this module's names.
        at: Seconds since 1970.
        turn: From 1; 0 where it is about none.
        seat: Whose deed it is; empty for the instructor's and the clock's.
        game: Which game it is about; empty if none.
        key: By which whoever sent it can send it again without doing it again.
        body: What else there is to know, plain data.
    """

    seq: int
    kind: str
    at: float
    turn: int = 0
    seat: str = ""
    game: str = ""
    key: str = ""
    body: str = "{}"

    @property
    def data(self) -> dict[str, Any]:
        """The body read."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def record(self) -> TurnRecord:
        """The decision in it."""
        return TurnRecord.model_validate_json(self.body)


def body_of(record: TurnRecord) -> tuple[str, str]:
    """A decision as it is kept, and the free text that is kept apart from it."""
    text = str(record.notes.get("reflection") or "")
    if not record.notes.keys().isdisjoint(_APART):
        notes = {name: value for name, value in record.notes.items() if name not in _APART}
        record = record.model_copy(update={"notes": notes})
    return record.model_dump_json(exclude_defaults=True), text


def plain(**data: object) -> str:
    """A body of plain data."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
