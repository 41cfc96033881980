"""The one who writes: takes all that waits, judges and writes it, commits once, then tells.

One thread has the store. While it commits, more deeds gather, and the next commit takes them
together: a sync of the disk is shared by everybody who waited for it. The order is always validate,
compute, commit, publish, answer; so nobody is told of anything that a crash could take back, and
nobody reads a room that is being changed.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sim.classroom.events import ClassError, Event
from sim.classroom.log import (
    ADD_EVENT,
    ADD_ROOM,
    ADD_TEXT,
    COUNT,
    Pending,
    catch_up,
    counts_of,
    event_row,
    read_room,
)
from sim.classroom.state import Game, Room
from sim.classroom.store import Row, Store, StoreError
from sim.classroom.turns import Engine
from sim.errors import IllegalChoiceError, SimError
from sim.game import TurnRecord

T = TypeVar("T")
Decision = tuple[Game, TurnRecord]
_MOST: Final = 512  # deeds in one transaction
_TICK: Final = 0.25  # seconds between looks at what other processes have done
_GATHERING: Final = 0.002  # seconds for more deeds to come, where many come at once


@dataclass
class Job:
    """A deed that waits.

    Attributes:
        room: Id of the room it is about; None if it is about none yet.
        deed: What to do; may refuse with a `SimError` before it has written anything.
        alone: To be done instead, outside any transaction.
        decision: What it will ask the engine, so that it can be asked for many at once.
        answer: Where its result goes.
    """

    room: str | None
    deed: Callable[["Work"], Any]
    alone: Callable[[Store], Any] | None = None
    decision: Callable[[Room], Decision | None] | None = None
    answer: "Future[Any]" = field(default_factory=Future)


class Work:
    """One transaction, from the inside: rooms that may be changed, and what will be written."""

    def __init__(self, clerk: "Clerk", locked: dict[str, tuple[int, int]]) -> None:
        self._clerk = clerk
        self._locked = locked
        self._counts: dict[str, tuple[int, int] | None] = {}
        self._pending = Pending()
        self._verdicts: dict[tuple[str, str, int, int], IllegalChoiceError | None] = {}
        self.rooms: dict[str, Room] = {}
        self.changed: set[str] = set()
        self.dropped: set[str] = set()
        self.deeds = 0  # things written so far
        self.store = clerk.store

    @property
    def now(self) -> float:
        """Seconds since 1970."""
        return self._clerk.clock()

    def room(self, room: str) -> Room:
        """A room to be changed.

        Raises:
            ClassError: `class/unknown-room`.
        """
        if room not in self.rooms:
            if self.store.shared and room not in self._locked:
                self._locked.update(self.store.lock([room]))
            known = self._clerk.latest(room, self._locked.get(room))
            if known is None:
                raise ClassError("class/unknown-room")
            self.rooms[room] = known.copy()
        return self.rooms[room]

    def look(self, room: str) -> Room:
        """A room as it is in the store, not to be changed; one question for all who wait.

        Raises:
            ClassError: `class/unknown-room`.
        """
        known = self.rooms.get(room)
        if known is None and self.store.shared and room not in self._counts:
            self._counts[room] = self._locked.get(room) or counts_of(self.store, room)
        known = known or self._clerk.latest(room, self._counts.get(room))
        if known is None:
            raise ClassError("class/unknown-room")
        return known

    def engine(self, room: Room) -> Engine:
        """What plays its games."""
        return self._clerk.engine(room)

    def add_room(self, room: Room, row: Row) -> None:
        """Make a room."""
        self._pending.add(ADD_ROOM, *row)
        self.rooms[room.id] = room
        self._note(room)

    def drop_room(self, room: Room) -> None:
        """Delete a room and everything in it."""
        self._pending.write(self.store)
        self.store.many("DELETE FROM room WHERE id = ?", [(room.id,)])
        self.deeds += 1
        self.changed.discard(room.id)
        self.dropped.add(room.id)

    def edits(self, room: str) -> int:
        """How often a room has been written to, this time included."""
        return self._locked.get(room, (0, 0))[1] + 1

    def _note(self, room: Room) -> None:
        self.changed.add(room.id)
        self.deeds += 1

    def append(
        self,
        room: Room,
        kind: str,
        *,
        turn: int = 0,
        seat: str = "",
        game: str = "",
        key: str = "",
        body: str = "{}",
        text: str = "",
    ) -> Event:
        """Let something happen in a room."""
        event = Event(
            room.seq + 1, kind, self._clerk.clock(), turn, seat=seat, game=game, key=key, body=body
        )
        if text:
            room.texts[event.seq] = text
            self._pending.add(ADD_TEXT, room.id, event.seq, text)
        self._pending.add(ADD_EVENT, *event_row(room.id, event))
        room.apply(event)
        self._note(room)
        return event

    def write(self, room: Room, sql: str, *values: object) -> None:
        """Write something that is no event, by a statement of `log`."""
        self._pending.add(sql, *values)
        self._note(room)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """What is in the store, and what others in this transaction have just put there."""
        self._pending.write(self.store)
        return self.store.rows(sql, *values)

    def at_once(self, room: Room, sql: str, *values: object) -> None:
        """Run a statement of one's own after everything before it."""
        self._pending.write(self.store)
        self.store.many(sql, [values])
        self._note(room)

    def refusal(self, room: Room, game: Game, record: TurnRecord) -> IllegalChoiceError | None:
        """Why the rules do not allow a decision, if they do not."""
        asked = _question(room, game, record)
        if asked not in self._verdicts:
            self.judge(room, [(game, record)])
        return self._verdicts[asked]

    def judge(self, room: Room, asked: Sequence[Decision]) -> None:
        """Ask the engine about many decisions of one room together."""
        engine = self.engine(room)
        engine.advance(room)
        now = [(room.games[game.id], record) for game, record in asked]
        for (game, record), verdict in zip(now, engine.refusals(now), strict=True):
            self._verdicts[_question(room, game, record)] = verdict

    def finish(self) -> None:
        """Compute what follows, and hand everything to the store."""
        for name in sorted(self.changed):
            room = self.rooms[name]
            self.engine(room).advance(room)
            self._pending.add(COUNT, room.seq, self.edits(name), name)
        self._pending.write(self.store)
        self.store.tell(self.changed)


def _question(room: Room, game: Game, record: TurnRecord) -> tuple[str, str, int, int]:
    return room.id, game.id, len(game.turns), id(record)


class Clerk:
    """The thread that has the store."""

    def __init__(
        self,
        store: Store,
        *,
        engine: Callable[[Room], Engine],
        published: Callable[[Iterable[Room]], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Begin to work.

        Args:
            store: belongs to the clerk from now on.
            engine: what plays the games of a room.
            published: called with every room that has changed, after each commit.
            clock: seconds since 1970.
        """
        self.store, self.engine, self.clock = store, engine, clock
        self._published = published
        self.rooms: dict[str, Room] = {}  # that are known, as they were at the last commit
        self._edits: dict[str, int] = {}
        self._closing = threading.Lock()
        self._closed = False
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._crowded = False  # whether several deeds came together last time
        self._thread = threading.Thread(target=self._work, name="clerk", daemon=True)
        self._thread.start()

    def ask(
        self,
        deed: Callable[[Work], T],
        room: str | None = None,
        decision: Callable[[Room], Decision | None] | None = None,
    ) -> "Future[T]":
        """Have something done; the answer comes when it is on the disk."""
        return self._put(Job(room, deed, decision=decision))

    def tidy(self, alone: Callable[[Store], Any]) -> None:
        """Have something done to the store outside any transaction, and wait for it."""
        self._put(Job(None, lambda _: None, alone)).result()

    def forget(self, room: str) -> list[str]:
        """Read a room anew the next time; returns its seats."""
        known = self.rooms.pop(room, None)
        return [] if known is None else list(known.seats)

    def close(self) -> None:
        """Do what waits, then stop; whatever is asked afterwards is refused."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _put(self, job: Job) -> "Future[Any]":
        with self._closing:
            if self._closed:
                job.answer.set_exception(ClassError("class/storage", reason="closed"))
            else:
                self._jobs.put(job)
        return job.answer

    def latest(self, room: str, counts: tuple[int, int] | None) -> Room | None:
        """A room as it is in the store, whoever changed it last; for the clerk's own thread."""
        known = self.rooms.get(room)
        if known is None:
            known = read_room(self.store, room)
        elif counts is not None and (known.seq, self._edits.get(room)) != counts:
            known = known.copy()
            catch_up(self.store, known)
        else:
            return known
        if known is not None:
            self.engine(known).advance(known)
            self.rooms[room] = known
            if counts is not None:
                self._edits[room] = counts[1]
            self._published([known])
        return known

    # The thread -------------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            jobs, stop = self._waiting()
            self._crowded = len(jobs) > 1
            if jobs:
                self._do(jobs)
            elif self.store.shared:
                self._listen()
            if stop:
                self.store.close()
                return

    def _waiting(self) -> tuple[list[Job], bool]:
        """Everything that waits; at least one job, unless time or work is over."""
        jobs: list[Job] = []
        try:
            job = self._jobs.get(timeout=_TICK if self.store.shared else None)
            if self._crowded:
                time.sleep(_GATHERING)
            while job is not None:
                if job.answer.set_running_or_notify_cancel():  # else nobody waits for it any more
                    jobs.append(job)
                if len(jobs) >= _MOST:
                    return jobs, False
                job = self._jobs.get_nowait()
        except queue.Empty:
            return jobs, False
        return jobs, True

    def _do(self, jobs: list[Job]) -> None:
        """One transaction for all; if something unforeseen is among them, one for each."""
        if len(jobs) > 1 and any(job.alone is not None for job in jobs):
            for job in jobs:
                self._do([job])
            return
        try:
            answers = self._together(jobs)
        except Exception as error:  # noqa: BLE001 -- whoever asked is told, and the clerk goes on
            self.store.rollback()
            if len(jobs) > 1:
                for job in jobs:
                    self._do([job])
            else:
                _answer(jobs[0], _reason(error))
            return
        for job, answer in zip(jobs, answers, strict=True):
            _answer(job, answer)

    def _together(self, jobs: list[Job]) -> list[Any]:
        if (alone := jobs[0].alone) is not None:
            return [alone(self.store)]
        self.store.begin()
        rooms = sorted({job.room for job in jobs if job.room is not None})
        work = Work(self, self.store.lock(rooms) if self.store.shared and rooms else {})
        self._judge(work, jobs)
        answers = [_done(job, work) for job in jobs]
        work.finish()
        self.store.commit()
        for name in work.dropped:
            self.rooms.pop(name, None)
        changed = [work.rooms[name] for name in work.changed]
        for room in changed:
            self.rooms[room.id] = room
            self._edits[room.id] = work.edits(room.id)
        self._published(changed)
        return answers

    def _judge(self, work: Work, jobs: list[Job]) -> None:
        """Ask the engine beforehand about all decisions that wait."""
        asked: dict[str, list[Decision]] = {}
        for job in jobs:
            if job.room is not None and job.decision is not None:
                with suppress(SimError):  # the deed itself will say so
                    if (decision := job.decision(work.room(job.room))) is not None:
                        asked.setdefault(job.room, []).append(decision)
        for room, decisions in asked.items():
            work.judge(work.room(room), decisions)

    def _listen(self) -> None:
        """Look at the rooms that other processes have changed."""
        try:
            for room in self.store.heard() & set(self.rooms):
                if (counts := counts_of(self.store, room)) is not None:
                    self.latest(room, counts)
        except StoreError:
            self.store.rollback()


def _done(job: Job, work: Work) -> Any:
    """The result of a deed, or the refusal; anything else spoils the whole transaction."""
    before = work.deeds
    try:
        return job.deed(work)
    except SimError as refusal:
        if work.deeds > before:
            raise RuntimeError("a deed was refused after it had begun to write") from refusal
        return refusal


def _reason(error: Exception) -> Exception:
    stored = isinstance(error, StoreError)
    return ClassError("class/storage", reason=str(error)) if stored else error


def _answer(job: Job, answer: Any) -> None:
    if isinstance(answer, Exception):
        job.answer.set_exception(answer)
    else:
        job.answer.set_result(answer)
