"""Deciding turns again after the game, in the browser: the plans, and the queue that judges them.

    retrying = Retrying(rooms)
    retrying.choose(seat, 3, lambda retry: retry.act("dan", "chat"))
    retrying.ask(seat, 3, "too late")      the plan waits to be judged
    retrying.look(seat, 3)                 how far that is; whoever looks drives the queue
    retrying.unask(seat, 3)

A plan is judged as in the window: by `sim.play.reviewing`, in a process of its own, by the games
that judged the plan that was played; as long as others wait the process goes on with the next
game. A seat can have one plan judged at a time; those that wait stand in one queue in the order of
asking, and no more processes run than there are lanes. What waits is kept with the seat, so that it
goes on after a restart; of several workers each has a queue of its own, and the answer that comes
first counts. Safe from any thread.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from sim.classroom.events import ClassError
from sim.classroom.retried import Retried, Turns
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.play.branching import Retry
from sim.play.reviewing import Reviewing

T = TypeVar("T")
_KEPT: Final = 256  # turns at hand; others are made anew from what is kept
_PROCESSES: Final = 2  # processors for one lane: the reviews need the others


class Asked(NamedTuple):
    """A plan that waits or is being judged; `number` is that of the question."""

    seat: str
    turn: int
    number: int


@dataclass(frozen=True)
class Looked:
    """A turn that is decided again, as far as it has come.

    Attributes:
        kept: What came of it.
        ahead: How many plans of others come before the one asked about; 0 while it is being judged.
    """

    kept: Retried
    ahead: int = 0

    @property
    def waiting(self) -> bool:
        """Whether a plan waits or is being judged."""
        return self.kept.asked is not None

    @property
    def version(self) -> str:
        """The same as long as there is nothing new to show."""
        return str(self.kept.edits)


@dataclass(eq=False)
class _Desk:
    """A place for one turn; whoever uses it holds the lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    retry: Retry | None = None
    edits: int = -1  # of what is kept that the turn agrees with


class Retrying:
    """The turns of all rooms that are decided again, and the queue of their plans."""

    def __init__(self, rooms: Rooms, lanes: int | None = None) -> None:
        """Nobody waits yet.

        Args:
            rooms: whose games they are.
            lanes: how many plans are judged at the same time; None is one for two processors.
        """
        self._rooms = rooms
        self._lanes = lanes or max(1, (os.cpu_count() or 1) // _PROCESSES)
        self._lock = threading.RLock()
        self._desks: OrderedDict[tuple[str, int], _Desk] = OrderedDict()
        self._queue: list[Asked] = []
        self._running: dict[Asked, Reviewing] = {}
        self._idle: list[Reviewing] = []  # that have judged a plan, and wait for the next game

    # --- the plan ---

    def kept(self, seat: str, turn: int) -> Retried:
        """What came of a turn so far.

        Raises:
            ClassError: `class/unknown-seat`.
        """
        return self._rooms.retried(seat).get(turn, Retried(turn=turn))

    def view(self, seat: str, turn: int, look: Callable[[Retry], T]) -> T:
        """Look at a turn as it stood, with the plan as it is now, while nobody changes it.

        Raises:
            IllegalChoiceError: `branch/no-such-turn`.
        """
        desk = self._desk(seat, turn)
        with desk.lock:
            return look(self._current(desk, seat, turn))

    def choose(self, seat: str, turn: int, deed: Callable[[Retry], T]) -> T:
        """Change the plan by what a session can do; it is kept when this returns.

        Raises:
            ClassError: as `retried.change`.
            IllegalChoiceError: the session refuses; nothing has changed.
        """
        desk = self._desk(seat, turn)
        with desk.lock:
            retry = self._current(desk, seat, turn)
            try:
                found = deed(retry)
                plan = retry.draft.model_copy(update={"notes": {}})
                desk.edits = self._change(seat, turn, lambda old: old.with_(plan=plan)).edits
            except BaseException:
                desk.retry = None
                raise
            return found

    def say(self, seat: str, turn: int, why: str) -> None:
        """Keep what its player thinks was wrong with a turn."""
        self._change(seat, turn, lambda old: old.with_(why=why))

    def reveal(self, seat: str, turn: int) -> None:
        """Show the solution from now on; solving the turn does not count any more.

        Raises:
            ClassError: `class/try-first`: no plan has been good, and too few have been tried.
        """

        def seen(old: Retried) -> Retried:
            if not old.may_see:
                raise ClassError("class/try-first")
            return old.with_(seen=True)

        self._change(seat, turn, seen)

    # --- the queue ---

    def ask(self, seat: str, turn: int, why: str) -> None:
        """Have the plan as it is now judged; it may be changed meanwhile.

        Raises:
            IllegalChoiceError: `response/unfinished` (encounter).
            ClassError: `class/judging`: a plan of this seat is being judged already.
        """
        plan = self.view(seat, turn, lambda retry: retry.plan)

        def asked(old: Retried, turns: Turns) -> Retried:
            if any(each.asked is not None for each in turns.values()):
                raise ClassError("class/judging")
            number = old.number + 1
            return old.with_(plan=plan, asked=plan, number=number, why=why, problem="")

        kept = self._rooms.change_retried(seat, turn, asked)
        with self._lock:
            self._queue.append(Asked(seat, turn, kept.number))
            self._drive()

    def unask(self, seat: str, turn: int) -> None:
        """The plan need not be judged any more; that was no try."""
        self._change(seat, turn, lambda old: old.with_(asked=None))
        with self._lock:
            for asked in [*self._queue, *self._running]:
                if (asked.seat, asked.turn) == (seat, turn):
                    self._drop(asked)
            self._drive()

    def look(self, seat: str, turn: int) -> Looked:
        """How far a turn has come; takes what has been judged meanwhile, and lets the next begin.

        Raises:
            ClassError: `class/unknown-seat`.
        """
        kept = self.kept(seat, turn)
        if kept.asked is None:
            return Looked(kept)
        asked = Asked(seat, turn, kept.number)
        with self._lock:
            if asked not in self._running and asked not in self._queue:  # after a restart
                self._queue.append(asked)
            self._drive()
            waits = asked in self._queue
            ahead = len(self._running) + self._queue.index(asked) if waits else 0
            done = not waits and asked not in self._running
        return Looked(self.kept(seat, turn) if done else kept, ahead)

    def drop(self, room: str) -> None:
        """Forget the turns of a room that is deleted."""
        seats = {seat.id for seat in self._rooms.seats(room)}
        with self._lock:
            for asked in [*self._queue, *self._running]:
                if asked.seat in seats:
                    self._drop(asked)
            for place in [place for place in self._desks if place[0] in seats]:
                del self._desks[place]

    def close(self) -> None:
        """Stop everything; what waits is kept."""
        with self._lock:
            for asked in [*self._queue, *self._running]:
                self._drop(asked)

    # --- within ---

    def _change(self, seat: str, turn: int, deed: Callable[[Retried], Retried]) -> Retried:
        return self._rooms.change_retried(seat, turn, lambda old, _: deed(old))

    def _desk(self, seat: str, turn: int) -> _Desk:
        with self._lock:
            desk = self._desks.setdefault((seat, turn), _Desk())
            self._desks.move_to_end((seat, turn))
            while len(self._desks) > _KEPT:
                self._desks.popitem(last=False)
            return desk

    def _current(self, desk: _Desk, seat: str, turn: int) -> Retry:
        """The turn with the plan that is kept; made anew if that was changed elsewhere."""
        kept = self.kept(seat, turn)
        if desk.retry is None:
            desk.retry = self._rooms.retry(seat, turn, kept.plan)
        elif kept.edits != desk.edits and kept.plan is not None:
            desk.retry.choose(kept.plan)
        desk.edits = kept.edits
        return desk.retry

    def _drive(self) -> None:
        """Take what has been judged, and let the next begin; never waits for a plan."""
        for asked, judge in tuple(self._running.items()):
            judge.poll()
            if judge.answer is not None:
                self._take(asked, judge)
                self._idle.append(self._running.pop(asked))
        while self._queue and len(self._running) < self._lanes:
            self._begin(self._queue.pop(0))
        while self._idle:  # nobody waits
            self._idle.pop().close()

    def _begin(self, asked: Asked) -> None:
        with suppress(SimError):  # the seat or its room is no more: nobody waits for it
            plan = self.kept(asked.seat, asked.turn).asked
            if plan is None:
                return
            case = self._rooms.case(self._rooms.standing(asked.seat).room.id)
            game = self._rooms.own_game(asked.seat)
            judge = self._idle.pop() if self._idle else Reviewing(case, game)
            judge.case, judge.record = case, game
            judge.ask(asked.turn, plan)
            self._running[asked] = judge

    def _take(self, asked: Asked, judge: Reviewing) -> None:
        """Keep an answer, unless the question was withdrawn."""
        answer = judge.answer
        assert answer is not None  # that is why it is taken

        def judged(old: Retried) -> Retried:
            if old.asked is None or old.number != asked.number:
                return old
            if answer.found is None:
                code = "review/stopped" if answer.problem is None else answer.problem.code
                return old.with_(asked=None, problem=code)
            return old.with_(
                asked=None,
                tries=old.tries + 1,
                tried=old.asked,
                found=answer.found,
                solved=old.solved or (answer.found.solved and not old.seen),
            )

        with suppress(SimError):  # as in `_begin`
            self._change(asked.seat, asked.turn, judged)

    def _drop(self, asked: Asked) -> None:
        if asked in self._queue:
            self._queue.remove(asked)
        judge = self._running.pop(asked, None)
        if judge is not None:
            judge.close()
