"""What nobody has to do: turns end in time, bots play, signs of life are kept, old rooms go."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from sim.classroom import events, pacing
from sim.classroom.clerk import Clerk, Work
from sim.classroom.events import plain
from sim.classroom.log import SEEN
from sim.classroom.memory import give_back
from sim.classroom.practice import Practice
from sim.classroom.state import Room
from sim.classroom.timekeeper import Timekeeper
from sim.errors import SimError

GRACE: Final = 1.0  # seconds after a deadline in which a decision that was on its way still counts
_OFTEN: Final = 0.2  # seconds
_SIGNS: Final = 15.0
_ALIVE: Final = 5.0
_SELDOM: Final = 600.0
_ABSENCE: Final = 2.0 * _ALIVE  # a longer silence means that the server was down

_LIVE: Final = """SELECT id FROM room WHERE NOT EXISTS
    (SELECT 1 FROM event WHERE event.room = room.id AND kind = 'end')"""
_KEEP_META: Final = """INSERT INTO meta (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"""


class Keeper:
    """Looks after the rooms.

    Attributes:
        signs: Last sign of life of every seat, seconds since 1970, as far as this process knows.
    """

    def __init__(
        self, clerk: Clerk, *, delete: Callable[[str], None], clock: Callable[[], float]
    ) -> None:
        """Read the rooms that are not over, give back the time the server was down, and begin."""
        self.signs: dict[str, float] = {}
        self._unsaved: dict[str, str] = {}
        self._clerk, self._delete, self._clock = clerk, delete, clock
        live = clerk.ask(_live).result()
        for room in live:
            with suppress(SimError):  # its scenario is gone: whoever asks for it is told
                clerk.ask(_waking(room)).result()
        self._give_back()
        self._clock_work = Timekeeper(
            (_OFTEN, self._close_due),
            (_OFTEN, Practice(clerk, clock).play),
            (_SIGNS, self._keep_signs),
            (_ALIVE, self._be_alive),
            (_SIGNS, give_back),
            (_SELDOM, self._delete_old),
        )

    def close(self) -> None:
        """Stop."""
        self._clock_work.close()
        with suppress(SimError):
            self._keep_signs()
            self._be_alive()

    def seen(self, seat: str, room: str) -> None:
        """Take note of a sign of life."""
        self.signs[seat] = self._clock()
        self._unsaved[seat] = room

    # Duties -----------------------------------------------------------------------------------

    def _close_due(self) -> None:
        now = self._clock() - GRACE
        for room in tuple(self._clerk.rooms.values()):
            if room.stage == "open" and room.deadline is not None and room.deadline <= now:
                with suppress(SimError):  # somebody was quicker
                    self._clerk.ask(_closing(room), room.id).result()

    def _keep_signs(self) -> None:
        unsaved, self._unsaved = self._unsaved, {}
        by_room: dict[str, list[str]] = {}
        for seat, room in unsaved.items():
            by_room.setdefault(room, []).append(seat)
        for room, seats in by_room.items():
            signs = {seat: self.signs[seat] for seat in seats}
            with suppress(SimError):  # the room has been deleted
                self._clerk.ask(_keeping(room, signs), room).result()

    def _be_alive(self) -> None:
        now = self._clock()
        self._clerk.ask(lambda work: work.store.many(_KEEP_META, [("alive_at", str(now))])).result()

    def _give_back(self) -> None:
        """Let deadlines wait for a server that was down: nobody could answer meanwhile."""
        now = self._clock()
        found = self._clerk.ask(
            lambda work: work.store.rows("SELECT value FROM meta WHERE name = 'alive_at'")
        ).result()
        gap = now - float(found[0][0]) if found else 0.0
        self._be_alive()
        if gap < _ABSENCE:
            return
        for room in tuple(self._clerk.rooms.values()):
            if room.stage == "open" and room.deadline is not None:
                with suppress(SimError):
                    self._clerk.ask(_giving_back(room.id, gap), room.id).result()

    def _delete_old(self) -> None:
        now = self._clock()
        old = self._clerk.ask(
            lambda work: work.store.rows("SELECT id FROM room WHERE delete_at < ?", now)
        ).result()
        for (room,) in old:
            with suppress(SimError):
                self._delete(room)


def _live(work: Work) -> list[str]:
    return [room for (room,) in work.store.rows(_LIVE)]


def _waking(room: str) -> Callable[[Work], Room]:
    return lambda work: work.look(room)


def _closing(room: Room) -> Callable[[Work], object]:
    return lambda work: pacing.close_turn(work, work.room(room.id), room.turn)


def _giving_back(name: str, gap: float) -> Callable[[Work], None]:
    def deed(work: Work) -> None:
        room = work.room(name)
        if room.deadline is not None:
            body = plain(deadline=room.deadline + gap)
            work.append(room, events.EXTEND, turn=room.turn, body=body)

    return deed


def _keeping(name: str, signs: dict[str, float]) -> Callable[[Work], None]:
    def deed(work: Work) -> None:
        room = work.room(name)
        for seat, at in signs.items():
            if seat in room.seats:
                work.write(room, SEEN, at, seat)
                room.seats[seat] = replace(room.seats[seat], seen_at=at)

    return deed
