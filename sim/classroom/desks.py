"""The games as their players see them: a session for each seat that somebody looks through.

A session is made from the log when it is wanted, brought up to date when its room has gone on, and
forgotten when others are wanted more; nothing is lost with it but what can be undone in a turn.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from sim.classroom.model import Draft
from sim.classroom.state import Game, Room
from sim.classroom.turns import Engine
from sim.game import TurnRecord
from sim.play.session import Session

T = TypeVar("T")
KEPT: Final = 256  # sessions at most


@dataclass(eq=False)
class Desk:
    """A place for one session; whoever uses it holds the lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    session: Session | None = None
    drafted_at: float = 0.0  # of the kept draft that the session agrees with


class Desks:
    """The sessions of all rooms; safe to use from any thread."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._desks: OrderedDict[str, Desk] = OrderedDict()

    def view(self, seat: str, room: Room, engine: Engine, look: Callable[[Session], T]) -> T:
        """Look at the game of a seat, its draft included, while nobody else does."""
        desk = self._desk(seat)
        with desk.lock:
            return look(self._current(desk, room, engine, seat))

    def choose(
        self,
        seat: str,
        room: Room,
        engine: Engine,
        *,
        deed: Callable[[Session], T],
        keep: Callable[[int, TurnRecord], Draft],
    ) -> T:
        """Change the draft of a seat; a change that cannot be kept has not been made.

        Args:
            seat: whose.
            room: as it is now.
            engine: that plays it.
            deed: what to do.
            keep: called with turn and draft after it; returns what was kept.
        """
        desk = self._desk(seat)
        with desk.lock:
            session = self._current(desk, room, engine, seat)
            try:
                found = deed(session)
                desk.drafted_at = keep(len(session.record.turns) + 1, session.record.draft).at
            except BaseException:
                desk.session = None
                raise
            return found

    def forget(self, seat: str) -> None:
        """Make the session anew from the log the next time."""
        with self._lock:
            self._desks.pop(seat, None)

    def _desk(self, seat: str) -> Desk:
        with self._lock:
            desk = self._desks.setdefault(seat, Desk())
            self._desks.move_to_end(seat)
            while len(self._desks) > self._kept:
                self._desks.popitem(last=False)
            return desk

    def _current(self, desk: Desk, room: Room, engine: Engine, seat: str) -> Session:
        game, draft = room.games[room.seats[seat].game], room.drafts.get(seat)
        drafted_at = draft.at if draft is not None and draft.turn == game.turn else 0.0
        session = desk.session
        known = 0 if session is None else len(session.record.turns)
        elsewhere = known == len(game.turns) and desk.drafted_at != drafted_at
        if session is None or known > len(game.turns) or elsewhere:
            session = _made(engine, game, room.seats[seat].label, draft)
        while len(session.record.turns) < len(game.turns):
            number = len(session.record.turns) + 1
            session.play(game.turns[number - 1], engine.last(game.id, number))
        desk.session, desk.drafted_at = session, drafted_at
        return session


def _made(engine: Engine, game: Game, label: str, draft: Draft | None) -> Session:
    record = engine.record(game, label=label, language="en")
    if draft is not None and draft.turn == game.turn:
        record = record.model_copy(update={"draft": draft.record})
    return Session(engine.case, record)
