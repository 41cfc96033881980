"""A room as its log tells it: every event changes it in one way, and nothing else does."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from sim.classroom import events
from sim.classroom.events import Event
from sim.classroom.model import Draft, Message, RoomInfo, Said, SeatInfo, Settings, Stage
from sim.classroom.position import Position
from sim.game import TurnRecord

ALL: Final = "all"  # topics of those who listen: everything that happens,
STAGE: Final = "stage"  # what concerns everybody; or the id of a game or a seat
_READ: Final = 30.0  # seconds in which everybody reads a message, whatever happens meanwhile


@dataclass(frozen=True)
class Proposed:
    """What a member of a team would do; `seq` says who was first."""

    record: TurnRecord
    seq: int


class Sent(NamedTuple):
    """What has been done under a key."""

    kind: str
    turn: int
    seq: int


@dataclass(frozen=True)
class Game:
    """A game of the room, of one seat or of a team."""

    id: str
    team: str = ""
    seats: tuple[str, ...] = ()
    turns: tuple[TurnRecord, ...] = ()
    chosen: TurnRecord | None = None  # decided, and not yet played
    chosen_at: float = 0.0
    since: float = 0.0  # of its present turn, or of its last change
    proposals: dict[str, Proposed] = field(default_factory=dict)
    votes: dict[str, str] = field(default_factory=dict)  # seat: whose proposal
    position: Position | None = None  # where the engine has it; behind `turns` until advanced

    @property
    def turn(self) -> int:
        """The next one to decide, from 1."""
        return len(self.turns) + 1


@dataclass
class Room:
    """Everything about a room; `copy` before changing what others may be reading."""

    id: str
    code: str
    scenario: str
    title: str
    fingerprint: str
    seed: int
    turns: int
    settings: Settings
    created_at: float
    delete_at: float
    stage: Stage = "lobby"
    turn: int = 0
    deadline: float | None = None
    remaining: float | None = None
    locked: bool = False
    seq: int = 0
    seats: dict[str, SeatInfo] = field(default_factory=dict)
    games: dict[str, Game] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    texts: dict[int, str] = field(default_factory=dict)  # free text by the number of its event
    said: dict[str, Said] = field(default_factory=dict)  # by seat, after the game
    keys: dict[tuple[str, str], Sent] = field(default_factory=dict)  # by seat and key
    reissued: dict[str, int] = field(default_factory=dict)  # seat: number of the last reissue
    versions: dict[str, int] = field(default_factory=dict)  # topic: number of its last event
    due: set[str] = field(default_factory=set)  # games with turns that the engine has not played
    shown: RoomInfo | None = None  # `info` as it was made last

    def copy(self) -> "Room":
        """The same room, to be changed without the other noticing."""
        shared = ("seats", "games", "drafts", "texts", "said", "keys", "reissued", "versions")
        twin = replace(self)
        for name in shared:
            setattr(twin, name, dict(getattr(self, name)))
        twin.due = set(self.due)
        return twin

    @property
    def info(self) -> RoomInfo:
        """What is seen of it."""
        if self.shown is None or self.shown.seq != self.seq:
            self.shown = self._info()
        return self.shown

    def _info(self) -> RoomInfo:
        turn = self.turn
        if self.settings.pace == "free" and turn:
            furthest = max((game.turn for game in self.games.values()), default=1)
            turn = min(furthest, self.turns)
        present = self.present
        bots = sum(1 for seat in present if seat.bot)
        return RoomInfo(
            id=self.id,
            code=self.code,
            scenario=self.scenario,
            title=self.title,
            state=self.stage,
            turn=turn,
            turns=self.turns,
            deadline=self.deadline,
            settings=self.settings,
            remaining=self.remaining,
            locked=self.locked,
            seats=len(present) - bots,
            practice=bots,
            seq=self.seq,
            created_at=self.created_at,
            delete_at=self.delete_at,
        )

    @property
    def present(self) -> list[SeatInfo]:
        """The seats that nobody has sent away."""
        return [seat for seat in self.seats.values() if not seat.removed]

    @property
    def people(self) -> list[SeatInfo]:
        """The present seats that somebody plays from."""
        return [seat for seat in self.present if not seat.bot]

    @property
    def practice(self) -> list[SeatInfo]:
        """The present seats that bots play from."""
        return [seat for seat in self.present if seat.bot]

    def bots(self, game: Game) -> list[str]:
        """The bots of a game that only bots have ever played; else none."""
        found = [self.seats[seat].bot for seat in game.seats]
        return found if all(found) else []

    @property
    def playing(self) -> list[Game]:
        """The games that somebody still plays."""
        return [
            game
            for game in self.games.values()
            if any(not self.seats[seat].removed for seat in game.seats)
        ]

    def members(self, game: Game) -> list[str]:
        """The seats of a game that nobody has sent away."""
        return [seat for seat in game.seats if not self.seats[seat].removed]

    def behind(self, game: Game) -> bool:
        """Whether a game plays at once because the class is ahead of it, or everybody does so."""
        if self.settings.pace == "free":
            return True
        last_closed = self.turn if self.stage in {"between", "ended"} else self.turn - 1
        return len(game.turns) < last_closed

    def apply(self, event: Event) -> None:
        """Let an event happen."""
        self.seq = event.seq
        _HAPPENS[event.kind](self, event)
        if event.key:
            self.keys[event.seat, event.key] = Sent(event.kind, event.turn, event.seq)
        self.versions[ALL] = event.seq
        for topic in _topics(event):
            self.versions[topic] = event.seq

    def change(self, game: str, **values: Any) -> Game:
        """Change a game; returns it as it is now."""
        known = self.games[game]
        # As `replace`, which takes ten times as long: this is done several times for a decision.
        twin = self.games[game] = object.__new__(Game)
        vars(twin).update(vars(known), **values)
        return twin

    def settle(self, game: str, record: TurnRecord, at: float) -> None:
        """Let a turn of a game count as played; the engine follows."""
        turns = (*self.games[game].turns, record)
        self.change(game, turns=turns, chosen=None, proposals={}, votes={}, since=at, chosen_at=0.0)
        self.due.add(game)
        for seat in self.games[game].seats:
            self.drafts.pop(seat, None)


_OF_A_GAME: Final = {
    events.JOIN,
    events.DECIDE,
    events.DEFAULT,
    events.PROPOSE,
    events.VOTE,
    events.REFLECT,
    events.TURNING,
}


def _topics(event: Event) -> tuple[str, ...]:
    return (event.game,) if event.kind in _OF_A_GAME else (STAGE,)


def _join(room: Room, event: Event) -> None:
    data = event.data
    room.seats[event.seat] = SeatInfo(
        id=event.seat,
        room=room.id,
        label="",  # names are kept apart; whoever reads the log adds them
        team=data["team"],
        game=event.game,
        kind=data["kind"],
        joined_at=event.at,
        seen_at=event.at,
        bot=data.get("bot", ""),
    )
    known = room.games.get(event.game, Game(event.game, data["team"], since=event.at))
    room.games[event.game] = replace(known, seats=(*known.seats, event.seat))


def _remove(room: Room, event: Event) -> None:
    room.seats[event.seat] = replace(room.seats[event.seat], removed=True)
    room.drafts.pop(event.seat, None)


def _open(room: Room, event: Event) -> None:
    room.stage, room.turn = "open", event.turn
    room.deadline, room.remaining = event.data.get("deadline"), None
    for game in room.games.values():
        room.change(game.id, since=event.at)
    _pass_by(room, event.at)


def _close(room: Room, event: Event) -> None:
    room.stage, room.deadline, room.remaining = "between", None, None
    for game in tuple(room.games.values()):
        if game.chosen is not None:
            room.settle(game.id, game.chosen, event.at)
    _pass_by(room, event.at)


def _pass_by(room: Room, at: float) -> None:
    """What was said of the turn before ("two more minutes") is no longer so."""
    room.messages = tuple(
        replace(each, past=each.past or at - each.at > _READ) for each in room.messages
    )


def _pause(room: Room, event: Event) -> None:
    room.stage, room.deadline, room.remaining = "paused", None, event.data.get("remaining")


def _resume(room: Room, event: Event) -> None:
    room.stage, room.deadline, room.remaining = "open", event.data.get("deadline"), None


def _extend(room: Room, event: Event) -> None:
    room.deadline, room.remaining = event.data.get("deadline"), event.data.get("remaining")


def _lock(room: Room, event: Event) -> None:
    room.locked = bool(event.data["locked"])


def _end(room: Room, _: Event) -> None:
    room.stage, room.deadline, room.remaining = "ended", None, None


def _message(room: Room, event: Event) -> None:
    room.messages = (*room.messages, Message(event.seq, room.texts.get(event.seq, ""), event.at))


def _decide(room: Room, event: Event) -> None:
    record = event.record
    if text := room.texts.get(event.seq):
        record = record.model_copy(update={"notes": {**record.notes, "reflection": text}})
    if room.behind(room.games[event.game]):
        room.settle(event.game, record, event.at)
    else:
        room.change(event.game, chosen=record, chosen_at=event.at, since=event.at)


def _default(room: Room, event: Event) -> None:
    room.settle(event.game, event.record, event.at)


def _propose(room: Room, event: Event) -> None:
    game = room.games[event.game]
    proposals = {**game.proposals, event.seat: Proposed(event.record, event.seq)}
    room.change(game.id, proposals=proposals, since=event.at)


def _reflect(room: Room, event: Event) -> None:
    text, game = room.texts.get(event.seq, ""), room.games[event.game]
    if not text or not game.turns:
        return
    *earlier, last = game.turns
    before = last.notes.get("reflection")
    whole = f"{before}\n{text}" if before and game.team else text
    thought = last.model_copy(update={"notes": {**last.notes, "reflection": whole}})
    room.change(game.id, turns=(*earlier, thought))


def _turning(room: Room, event: Event) -> None:
    room.said[event.seat] = Said(event.turn, room.texts.get(event.seq, ""))


def _vote(room: Room, event: Event) -> None:
    game = room.games[event.game]
    room.change(game.id, votes={**game.votes, event.seat: event.data["other"]}, since=event.at)


def _reissue(room: Room, event: Event) -> None:
    room.reissued[event.seat] = event.seq


def _settings(room: Room, event: Event) -> None:
    room.settings = replace(room.settings, **event.data)


def _erase(room: Room, event: Event) -> None:
    room.texts = {}
    room.reissued = dict.fromkeys(room.seats, event.seq)  # no device proves whose it is any more
    room.said = {seat: replace(said, why="") for seat, said in room.said.items()}


_HAPPENS: Final[dict[str, Callable[[Room, Event], None]]] = {
    events.OPEN: _open,
    events.CLOSE: _close,
    events.PAUSE: _pause,
    events.RESUME: _resume,
    events.EXTEND: _extend,
    events.LOCK: _lock,
    events.END: _end,
    events.MESSAGE: _message,
    events.JOIN: _join,
    events.REMOVE: _remove,
    events.DECIDE: _decide,
    events.DEFAULT: _default,
    events.PROPOSE: _propose,
    events.VOTE: _vote,
    events.REISSUE: _reissue,
    events.REFLECT: _reflect,
    events.TURNING: _turning,
    events.SETTINGS: _settings,
    events.ERASE: _erase,
}
