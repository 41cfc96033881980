"""The reviews of trainees' own games once their room has ended, worked out beside the server.

    reviews = OwnReviews(rooms)
    looked = reviews.look(seat)      the review as far as it has come; begins it, or goes on with it
    looked.review, looked.turns, looked.ahead, looked.problem

All games of the server stand in one queue. The review of a game begins with the turns that cost
most, and after `SLICE` of them it makes room for whoever waits and goes on behind them; but turns
that are played on together are finished together, and often that is most of a game. Nothing runs
but while somebody looks: whoever does drives the queue, and what was found is kept in files. Of
several workers each has a queue of its own over the same files. Safe from any thread.
"""

import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from sim.classroom.debrief import valuing
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.game import GameRecord
from sim.lab.review.model import Review
from sim.play import kept
from sim.play.case import Case
from sim.play.reviewing import Reviewing

SLICE: Final = 3  # turns that are looked at before others have theirs
_TIER: Final = "standard"
_MOST: Final = 300  # games at hand; others are taken from their files again
_PROCESSES: Final = 2  # of a review: it has a helper of its own


@dataclass(frozen=True)
class Looked:
    """A review as far as it has come.

    Attributes:
        case: The scenario.
        record: The game, with what its trainee says of it.
        review: What there is so far; None in the first moments.
        turns: How many turns have been looked at closely.
        ahead: How many games come before it; 0 while it is being worked out.
        busy: Whether it is being worked out, or waits for that.
        problem: Why there will be no more; None while all is well.
    """

    case: Case
    record: GameRecord
    review: Review | None
    turns: int
    ahead: int
    busy: bool
    problem: SimError | None

    @property
    def version(self) -> str:
        """The same as long as there is nothing new to show."""
        state = "-" if self.review is None else str(self.turns)
        return f"{state}/{'busy' if self.busy else 'still'}"


class OwnReviews:
    """The queue of all rooms."""

    def __init__(self, rooms: Rooms, lanes: int | None = None) -> None:
        """Nobody waits yet.

        Args:
            rooms: whose games they are.
            lanes: how many reviews at the same time; None is one for two processors.
        """
        self._rooms = rooms
        self._lanes = lanes or max(1, (os.cpu_count() or 1) // _PROCESSES)
        self._lock = threading.RLock()
        self._games: OrderedDict[str, Reviewing] = OrderedDict()
        self._queue: list[str] = []
        self._running: dict[str, int] = {}  # with how many turns each began its slice

    def look(self, seat: str, *, again: bool = False) -> Looked:
        """The review of a seat's game.

        Args:
            seat: whose.
            again: try once more what has failed.

        Raises:
            ClassError: `class/not-over`, `class/unknown-seat`.
            SimError: `class/nothing-played`.
        """
        record = self._rooms.own_game(seat)
        if not record.turns:
            raise SimError("class/nothing-played")
        standing = self._rooms.standing(seat)
        case, game = self._rooms.case(standing.room.id), standing.seat.game
        with self._lock:
            found = self._reviewing(game, case, record)
            failed = found.problem is not None and not again
            if not (failed or self._waits(game) or _whole(found)):
                self._queue.append(game)
            self._drive()
            return self._looked(game, found, case, record)

    def drop(self, room: str) -> None:
        """Forget the games of a room that is deleted, and remove what was kept of them."""
        with self._lock:
            for game in {seat.game for seat in self._rooms.seats(room)}:
                self._stop(game)
        for _, _, record in self._rooms.records(room):
            if record.turns:
                kept.forget(record)

    def close(self) -> None:
        """Stop everything; what has been found is kept."""
        with self._lock:
            for game in tuple(self._games):
                self._stop(game)

    # --- the queue ---

    def _reviewing(self, game: str, case: Case, record: GameRecord) -> Reviewing:
        found = self._games.get(game)
        if found is None:
            found = self._games[game] = Reviewing(case, record)
            found.review = kept.kept_review(record) or valuing.kept_review(record)
            self._trim()
        self._games.move_to_end(game)
        return found

    def _waits(self, game: str) -> bool:
        return game in self._running or game in self._queue

    def _drive(self) -> None:
        """Take what is new, end whose turn is over, and let the next begin; never waits."""
        for game, began in tuple(self._running.items()):
            found = self._games[game]
            found.poll()
            if not found.working:
                del self._running[game]
            elif self._queue and _turns(found) >= began + SLICE:
                found.cancel()
                del self._running[game]
                self._queue.append(game)
        while self._queue and len(self._running) < self._lanes:
            game = self._queue.pop(0)
            self._running[game] = _turns(self._games[game])
            self._games[game].start()

    def _stop(self, game: str) -> None:
        found = self._games.pop(game, None)
        self._running.pop(game, None)
        if game in self._queue:
            self._queue.remove(game)
        if found is not None:
            found.close()

    def _trim(self) -> None:
        idle = [game for game in self._games if not self._waits(game)]
        for game in idle[: max(0, len(self._games) - _MOST)]:
            self._stop(game)

    def _looked(self, game: str, found: Reviewing, case: Case, record: GameRecord) -> Looked:
        waits = game in self._queue
        return Looked(
            case=case,
            record=record,
            review=found.review,
            turns=_turns(found),
            ahead=len(self._running) + self._queue.index(game) if waits else 0,
            busy=self._waits(game),
            problem=found.problem,
        )


def _turns(found: Reviewing) -> int:
    """How many turns have been looked at closely."""
    return 0 if found.review is None else len(kept.looked_at(found.review, _TIER))


def _whole(found: Reviewing) -> bool:
    return found.review is not None and kept.whole(found.review, _TIER)
