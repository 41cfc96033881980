"""The turns that a class talks about, looked at closely: labels and reasons of the standard review.

    closer = Closer(case, games, moments)
    closer.start()
    closer.poll()        True when there is something new: `found`, `busy`
    closer.cancel()

Only the two contrasting games of each moment are looked at, and only in that turn, in processes of
their own and within a limit of time: what is missing then is shown as the instant review has it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sim.classroom.debrief.games import ClassGame
from sim.classroom.debrief.moments import Moment
from sim.lab.review.model import TurnReview
from sim.play.case import Case
from sim.play.reviewing import Reviewing

SECONDS = 120.0
_AT_ONCE = 2  # each uses a second process of its own where it looks at several turns


@dataclass
class Closer:
    """Turns looked at closely, as they come in.

    Attributes:
        case: The scenario of the games.
        games: Of the class.
        moments: What is to be talked about.
        seconds: After so many it ends with what there is.
        clock: Seconds that only grow.
        found: Reviews of turns, by number of the game and turn from 1.
    """

    case: Case
    games: Sequence[ClassGame]
    moments: Sequence[Moment]
    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    found: dict[tuple[int, int], TurnReview] = field(default_factory=dict)
    _queue: list[tuple[int, tuple[int, ...]]] = field(default_factory=list, repr=False)
    _running: list[tuple[int, Reviewing]] = field(default_factory=list, repr=False)
    _end: float = field(default=0.0, repr=False)

    def start(self) -> None:
        """Begins with the most instructive moment."""
        if self.busy:
            return
        wanted: dict[int, list[int]] = {}
        for moment in self.moments:
            for game in (moment.good, moment.poor):
                wanted.setdefault(game, []).append(moment.turn)
        self._queue = [(game, tuple(sorted(set(turns)))) for game, turns in wanted.items()]
        self._end = self.clock() + self.seconds
        self._fill()

    @property
    def busy(self) -> bool:
        """Whether something is being looked at."""
        return bool(self._running or self._queue)

    def poll(self) -> bool:
        """Whether there is something new since the last time; never waits."""
        before = len(self.found)
        for each in tuple(self._running):
            game, reviewing = each
            reviewing.poll()
            self._take(game, reviewing)
            if not reviewing.busy:
                reviewing.close()
                self._running.remove(each)
        if self.clock() > self._end:
            self.cancel()
        self._fill()
        return len(self.found) > before

    def cancel(self) -> None:
        """Stops; what has been found so far stays."""
        running, self._running, self._queue = self._running, [], []
        for _, reviewing in running:
            reviewing.close()

    def _fill(self) -> None:
        while self._queue and len(self._running) < _AT_ONCE:
            game, turns = self._queue.pop(0)
            reviewing = Reviewing(self.case, self.games[game].record, turns=turns)
            reviewing.start()
            self._take(game, reviewing)
            if reviewing.busy:
                self._running.append((game, reviewing))

    def _take(self, game: int, reviewing: Reviewing) -> None:
        """Takes the turns that have been looked at."""
        if reviewing.review is None:
            return
        wanted = {moment.turn for moment in self.moments}
        for turn in reviewing.review.turns:
            if turn.refined and turn.turn in wanted:
                self.found[game, turn.turn] = turn
