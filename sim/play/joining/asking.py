"""The threads that keep a seat up: one listens, the other brings and looks.

They go on by themselves whatever happens to the network or the server, until they are stopped or
the seat is none any more.
"""

import contextlib
import http.client
import json
import socket
import threading
from typing import Any, Final

from sim.errors import SaveError, SimError
from sim.game import GameRecord, TurnRecord, from_json
from sim.play.joining.line import BEAT, AwayError, Line, connection, signs
from sim.play.joining.model import Played, Standing, told
from sim.play.joining.news import News
from sim.play.joining.place import Sent

LOOK: Final = 5.0  # seconds between two looks while the stream is alive
SHORT: Final = 1.0  # and while it is not, or nobody answers
_OVER: Final = frozenset(("class/removed", "class/unknown-seat", "class/unknown-room"))
_NOTES: Final = ("forecast", "reflection", "seconds")  # what a class keeps beside a turn


class Asking:
    """Two threads, from their start to their stop.

    Attributes:
        wake: To be set when there is something to bring.
    """

    def __init__(self, news: News) -> None:
        """Begins."""
        self.wake = threading.Event()
        self._news = news
        self._line = Line(news.address, news.place.token)
        self._stream = connection(news.address, BEAT)
        self._end = threading.Event()
        self._alive = False  # the stream
        self._threads = [
            threading.Thread(target=work, name="class", daemon=True)
            for work in (self._ask, self._listen)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def stopped(self) -> bool:
        """Whether they were told to stop, or have nothing left to ask."""
        return self._end.is_set()

    @property
    def ahead(self) -> float:
        """Seconds by which the server's clock is ahead of this one."""
        return self._line.ahead

    def stop(self) -> None:
        """Tells them to stop, and does not wait for it."""
        self._end.set()
        self.wake.set()
        with contextlib.suppress(OSError, AttributeError):  # closed already, or never opened
            self._stream.sock.shutdown(socket.SHUT_RDWR)

    def join(self, seconds: float = 10.0) -> None:
        """Waits until they have stopped."""
        for thread in self._threads:
            thread.join(seconds)

    # Listening --------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Wakes the other thread when there is news."""
        while not self.stopped:
            with contextlib.suppress(OSError, http.client.HTTPException, AttributeError):
                for is_news in signs(self._stream, self._line.token):
                    self._alive = True
                    if is_news:
                        self.wake.set()
            self._alive = False
            self._stream.close()
            self._end.wait(SHORT)

    # Bringing and looking ---------------------------------------------------------------------

    def _ask(self) -> None:
        while not self.stopped:
            online = self._asked()
            self.wake.wait(LOOK if online and self._alive else SHORT)
            self.wake.clear()
        self._line.hang_up()

    def _asked(self) -> bool:
        """Bring and look once; whether the server answered."""
        try:
            self._deliver()
            self._look()
        except SimError as error:
            if error.code in _OVER:
                self._news.tell(over=error)
                self._end.set()
            else:  # away, or not as it should be: it may be about to be replaced by a newer one
                self._news.tell(online=False, away=error)
            return False
        self._news.tell(online=True, away=None)
        return True

    def _deliver(self) -> None:
        sent = self._news.place.sent
        if sent is not None:
            self._news.settle(sent, self._refusal(*_request(sent), sent.key))
        draft, standing = self._news.place.draft, self._news.told.standing
        if draft is not None and standing is not None and standing.turn == draft.turn:
            self._refusal(f"/me/draft/{draft.turn}", _body(draft.record), "")
            self._news.settle_draft(draft)  # what is refused here is told when it is decided

    def _refusal(self, path: str, body: Any, key: str) -> SimError | None:
        """Send something; why it was refused, if it was."""
        try:
            self._line.ask("PUT", path, body, key=key)
        except AwayError:
            raise
        except SimError as error:
            if error.code in _OVER:
                raise
            return error
        return None

    def _look(self) -> None:
        standing = told(Standing, self._line.ask("GET", "/me"))
        if standing.seat.removed:
            raise SimError("class/removed")
        found = self._line.ask("GET", f"/me/played?after={self._news.known}")
        self._news.tell_played(told(Played, found))
        if standing.room.state == "ended" and self._news.told.game is None:
            self._news.tell(game=self._game())
        self._news.tell(standing=standing)

    def _game(self) -> GameRecord:
        try:
            return from_json(json.dumps(self._line.ask("GET", "/me/game")))
        except SaveError as error:
            raise SimError("join/garbled") from error


def _request(sent: Sent) -> tuple[str, dict[str, Any]]:
    """Path and body of what is to be sent."""
    if sent.record is None:
        return f"/me/votes/{sent.turn}", {"proposal": sent.vote}
    return f"/me/decisions/{sent.turn}", _body(sent.record)


def _body(record: TurnRecord) -> dict[str, Any]:
    """A turn as the class takes it."""
    found = record.model_dump(mode="json", include={"choices", "market", "responses"})
    notes = {name: record.notes[name] for name in _NOTES if name in record.notes}
    return {**found, "notes": notes}
