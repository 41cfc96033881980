"""The debriefs of rooms while somebody looks at them: worked out beside the server, and kept.

    debriefs = Debriefs(rooms)
    desk = debriefs.desk(room_id)      what the room's games say by now
    desk.start(); desk.poll()          every decision valued, then the moments looked at closely
    desk.found()                       the debrief as far as it has come

Safe to use from any thread.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.classroom.debrief.closer import Closer
from sim.classroom.debrief.debrief import ClassDebrief, class_debrief
from sim.classroom.debrief.games import ClassGame, counted
from sim.classroom.debrief.valuing import Valuing, forget
from sim.classroom.grades import Person
from sim.classroom.model import RosterLine, SeatInfo
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.game import checksum
from sim.play.case import Case

_MOST = 8  # rooms whose debriefs are at hand; others are put together again


@dataclass
class Desk:
    """The debrief of one room, for games as they were when it was begun.

    Attributes:
        case: The scenario.
        games: Of the class, as far as they count.
        every: All there are, those of practice seats that do not count, too.
        people: Who plays which.
        valuing: What every decision was worth.
        closer: The moments; None until all decisions have been valued.
        seq: Number of the room's last event when it was looked at.
    """

    case: Case
    games: Sequence[ClassGame]
    every: Sequence[ClassGame]
    people: Sequence[Person]
    valuing: Valuing
    closer: Closer | None = None
    seq: int = -1
    _found: ClassDebrief | None = None
    _known: int = -1
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def played(self) -> bool:
        """Whether there is anything to talk about."""
        return any(game.record.turns for game in self.games)

    @property
    def mixed(self) -> bool:
        """Whether people have played, and bots too, so that there is a choice of whom to count."""
        return {bool(game.bots) for game in self.every if game.record.turns} == {False, True}

    @property
    def busy(self) -> bool:
        """Whether something is being worked out."""
        with self._lock:
            return self.valuing.busy or (self.closer is not None and self.closer.busy)

    @property
    def problem(self) -> SimError | None:
        """Why there will be no more."""
        return self.valuing.problem

    @property
    def done(self) -> float:
        """How many decisions have been valued, 0..1."""
        return self.valuing.done

    def start(self) -> None:
        """Begin, or go on."""
        with self._lock:
            self.valuing.start()

    def stop(self) -> None:
        """Give up what is being worked out; what has been found stays."""
        with self._lock:
            self.valuing.cancel()
            if self.closer is not None:
                self.closer.cancel()

    def poll(self) -> None:
        """Take what has been found in the meantime; when all is valued, look at the moments."""
        with self._lock:
            self.valuing.poll()
            if self.valuing.done == 1.0 and self.closer is None and self.played:
                self.closer = Closer(self.case, self.games, self.found().moments)
                self.closer.start()
            if self.closer is not None:
                self.closer.poll()

    def found(self) -> ClassDebrief:
        """The debrief as far as it has come."""
        with self._lock:
            if self._found is None or self._known != len(self.valuing.reviews):
                self._known = len(self.valuing.reviews)
                self._found = class_debrief(self.case, self.games, dict(self.valuing.reviews))
            return self._found


class Debriefs:
    """The debriefs of all rooms."""

    def __init__(self, rooms: Rooms) -> None:
        """None is begun yet."""
        self._rooms = rooms
        self._lock = threading.Lock()
        self._desks: dict[str, Desk] = {}

    def desk(self, room: str) -> Desk:
        """The debrief of a room; a new one when its games have gone on.

        Raises:
            ClassError: `class/unknown-room`.
        """
        info = self._rooms.room(room)
        seq = info.seq
        with self._lock:
            known = self._desks.get(room)
            if known is not None and known.seq == seq:
                return known
        every = games_of(self._rooms, room)
        games = counted(every, practice=info.settings.practice)
        people = people_of(games, self._rooms.seats(room), self._rooms.roster(room))
        with self._lock:
            known = self._desks.get(room)
            if known is not None and _alike(known.games, games):
                known.seq, known.every, known.people = seq, every, people
                return known
            if known is not None:
                known.stop()
            case = self._rooms.case(room)
            desk = Desk(case, games, every, people, Valuing(case, games), seq=seq)
            self._desks[room] = desk
            self._trim()
            return desk

    def drop(self, room: str) -> None:
        """Stop the debrief of a room that is deleted, and remove what was kept for it."""
        with self._lock:
            known = self._desks.pop(room, None)
        if known is not None:
            known.stop()
        forget(games_of(self._rooms, room))

    def close(self) -> None:
        """Stop everything."""
        with self._lock:
            desks, self._desks = self._desks, {}
        for desk in desks.values():
            desk.stop()

    def _trim(self) -> None:
        while len(self._desks) > _MOST:
            oldest = next(iter(self._desks))
            self._desks.pop(oldest).stop()


def _alike(one: Sequence[ClassGame], other: Sequence[ClassGame]) -> bool:
    """Whether games are the same, under the same labels."""
    if len(one) != len(other):
        return False
    return all(
        mine.label == theirs.label
        and mine.team == theirs.team
        and checksum(mine.record) == checksum(theirs.record)
        for mine, theirs in zip(one, other, strict=True)
    )


def games_of(rooms: Rooms, room: str) -> list[ClassGame]:
    """The games of a room, each once."""
    return [
        ClassGame(each.label, each.team or None, each.record, each.bots)
        for each in rooms.games(room)
    ]


def people_of(
    games: Sequence[ClassGame], seats: Sequence[SeatInfo], roster: Sequence[RosterLine]
) -> list[Person]:
    """Who plays which game: those of the name list, then whoever else has a seat.

    Args:
        games: of the room.
        seats: of the room; those who were sent away do not count, nor do those of bots.
        roster: its name list, perhaps empty.
    """
    by_team = {game.team: number for number, game in enumerate(games) if game.team}
    by_label = {game.label: number for number, game in enumerate(games) if not game.team}
    here = {seat.id: seat for seat in seats if not seat.removed and not seat.bot}

    def number(seat: SeatInfo) -> int | None:
        return by_team.get(seat.team) if seat.team else by_label.get(seat.label)

    listed = []
    for line in roster:
        seat = here.pop(line.seat, None) if line.seat else None
        label, game = ("", None) if seat is None else (seat.label, number(seat))
        listed.append(Person(game, label, line.number, line.name, line.email))
    return listed + [Person(number(seat), seat.label) for seat in here.values()]
