"""The instructor's live board in words: who is where, who has decided, who may need help."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sim.classroom.model import BoardLine, RoomInfo, SeatInfo
from sim.classroom.practice import BOTS
from sim.view.balance_names import bot_name
from sim.view.class_words import say

ORDER: Final = ("stuck", "away", "choosing", "submitted", "waiting", "finished")
ICONS: Final = {
    "stuck": "hand-heart",
    "away": "unlink",
    "choosing": "pencil",
    "submitted": "check",
    "waiting": "hourglass",
    "finished": "flag",
}
_MINUTE: Final = 60.0
_DECIDED: Final = {"submitted", "finished"}


@dataclass(frozen=True)
class SeatRow:
    """Somebody who plays a game."""

    id: str
    label: str
    kind: str  # in words; empty for a browser
    number: int  # in the order of joining, from 1
    practice: bool  # played by the server


@dataclass(frozen=True)
class GameRow:
    """One game of the class."""

    id: str
    label: str
    turn: int
    turn_text: str
    status: str
    status_text: str
    icon: str
    since: str
    seats: tuple[SeatRow, ...]
    proposals: str  # of a team, empty otherwise
    attention: bool
    practice: bool  # played by the server alone


@dataclass(frozen=True)
class Count:
    """How many games have a status."""

    status: str
    name: str
    icon: str
    number: int


@dataclass(frozen=True)
class BoardPage:
    """The board as it is shown."""

    rows: tuple[GameRow, ...]
    counts: tuple[Count, ...]
    decided: int  # of the games at the open turn
    playing: int
    awaited: int  # games of people that have not decided
    state: str
    summary: str


@dataclass(frozen=True)
class BotName:
    """A way in which practice seats can play."""

    id: str
    name: str


def bot_names(lang: str) -> tuple[BotName, ...]:
    """All of them."""
    return tuple(BotName(each, bot_name(each, lang)) for each in BOTS)


def build_class_board(
    room: RoomInfo, lines: Iterable[BoardLine], seats: Iterable[SeatInfo], *, now: float, lang: str
) -> BoardPage:
    """The board in words.

    Args:
        room: which one.
        lines: where its games stand.
        seats: everybody who has joined.
        now: seconds since 1970.
        lang: `en` or `zh`.
    """
    found = tuple(_of_ended(line) for line in lines) if room.state == "ended" else tuple(lines)
    known = {seat.id: _seat(seat, place, lang) for place, seat in enumerate(seats, start=1)}
    rows = tuple(_row(room, line, known, now=now, lang=lang) for line in found)
    counted = Counter(line.status for line in found)
    decided = counted["submitted"] + counted["finished"]
    return BoardPage(
        rows=rows,
        counts=tuple(
            Count(
                status, _status(room, status, lang, counted[status]), ICONS[status], counted[status]
            )
            for status in ORDER
            if counted[status]
        ),
        decided=decided,
        playing=len(found),
        awaited=sum(1 for line in found if not (line.practice or line.status in _DECIDED)),
        state=_state(room, lang),
        summary=say(lang, "class.board.decided", n=decided, of=len(found)),
    )


def _seat(seat: SeatInfo, place: int, lang: str) -> SeatRow:
    if seat.bot:
        kind = say(lang, "class.kind.practice", bot=bot_name(seat.bot, lang))
    else:
        kind = "" if seat.kind == "web" else say(lang, f"class.kind.{seat.kind}")
    return SeatRow(seat.id, seat.label, kind, place, practice=bool(seat.bot))


def _row(
    room: RoomInfo, line: BoardLine, seats: dict[str, SeatRow], *, now: float, lang: str
) -> GameRow:
    team = room.settings.teams > 0
    return GameRow(
        id=line.game,
        label=say(lang, "class.team_name", team=line.label) if team else line.label,
        turn=line.turn,
        turn_text=f"{line.turn} / {room.turns}",
        status=line.status,
        status_text=_status(room, "voting" if _votes(room, line) else line.status, lang),
        icon=ICONS[line.status],
        since=since(now - line.since, lang) if line.since else "",
        seats=tuple(seats[seat] for seat in line.seats if seat in seats),
        proposals=f"{line.submitted} / {len(line.seats)}" if team else "",
        attention=line.status in {"stuck", "away"},
        practice=line.practice,
    )


def _votes(room: RoomInfo, line: BoardLine) -> bool:
    """Whether all of a team have proposed and none of their plans is decided on yet."""
    together = room.settings.teams > 0 and line.submitted >= len(line.seats)
    return together and line.status in {"choosing", "stuck"}


def since(seconds: float, lang: str) -> str:
    """How long something has lasted, in whole minutes."""
    minutes = int(max(seconds, 0.0) // _MINUTE)
    return say(lang, "class.minutes", n=minutes) if minutes else say(lang, "class.just_now")


def _of_ended(line: BoardLine) -> BoardLine:
    """A game of a class that is over: the last turn it played, and nobody has to look at it."""
    if line.status == "finished":
        return line
    return replace(line, status="waiting", turn=line.turn - 1)


def _status(room: RoomInfo, status: str, lang: str, number: int = 1) -> str:
    """What a status is called, of so many games; when a class is over nobody waits any more."""
    over = room.state == "ended" and status == "waiting"
    key = "class.status.unfinished" if over else f"class.status.{status}"
    return say(lang, key, n=number)


def _state(room: RoomInfo, lang: str) -> str:
    return say(lang, f"class.state.{room.state}", turn=room.turn, turns=room.turns)
