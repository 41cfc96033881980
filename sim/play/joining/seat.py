"""A seat in a class, for whoever plays from it: takes what there is, leaves what is to be sent.

A decision is on this disk before it is sent, with a key, and stays there until the server has
confirmed it: whatever breaks in between, it arrives, and once.
"""

import contextlib
import secrets
import time

from sim.errors import SaveError
from sim.game import TurnRecord
from sim.play.joining import place as places
from sim.play.joining.asking import Asking
from sim.play.joining.line import Line
from sim.play.joining.model import Handed, told
from sim.play.joining.news import News
from sim.play.joining.place import Drafted, Sent


class Seat(News):
    """A seat; every method but `link` returns at once."""

    _asking: Asking | None = None

    # What is to be sent -----------------------------------------------------------------------

    @property
    def sending(self) -> bool:
        """Whether a decision or a vote is on its way."""
        return self.place.sent is not None

    def keep(self, turn: int, record: TurnRecord) -> None:
        """Keep what has been chosen, here at once and on the server soon.

        Raises:
            SaveError: `save/cannot-write`.
        """
        self.remember(draft=Drafted(turn=turn, record=record))
        self._wake()

    def decide(self, turn: int, record: TurnRecord) -> None:
        """Send a decision; nothing happens while one is on its way.

        Raises:
            SaveError: `save/cannot-write`: nothing is sent that might be lost.
        """
        self._send(Sent(turn=turn, key=secrets.token_hex(16), record=record))

    def vote(self, turn: int, proposal: str) -> None:
        """Vote for the proposal of a seat; as `decide`."""
        self._send(Sent(turn=turn, key=secrets.token_hex(16), vote=proposal))

    def _send(self, sent: Sent) -> None:
        if not self.sending:
            self.remember(sent=sent)
            self._wake()

    def _wake(self) -> None:
        if self._asking is not None:
            self._asking.wake.set()

    def link(self) -> str:
        """A link with which a browser takes this seat over, once; waits for the network.

        Raises:
            AwayError: nobody answers.
            SimError: a refusal of the server; `join/garbled`.
        """
        line = Line(self.address, self.place.token)
        try:
            found = line.ask("POST", "/me/link")
        finally:
            line.hang_up()
        return f"{self.address}/resume#{told(Handed, found).link}"

    # Time -------------------------------------------------------------------------------------

    @property
    def seconds_left(self) -> int | None:
        """Until the open turn closes by itself; of a paused one, what is left; None: no clock."""
        room = None if self.told.standing is None else self.told.standing.room
        if room is None or (room.deadline is None and room.remaining is None):
            return None
        if room.deadline is None:
            return max(0, round(room.remaining or 0.0))
        ahead = 0.0 if self._asking is None else self._asking.ahead
        return max(0, round(room.deadline - time.time() - ahead))

    # Beginning and ending ---------------------------------------------------------------------

    def start(self) -> None:
        """Begin to ask, or go on; may be called often."""
        if self._asking is None or (self._asking.stopped and self.told.over is None):
            self._asking = Asking(self)

    def stop(self, *, wait: bool = False) -> None:
        """Ask no more; what was not sent is sent after the next start.

        Args:
            wait: return only when nothing is asked any more; else at once.
        """
        if self._asking is not None:
            self._asking.stop()
            if wait:
                self._asking.join()

    def keep_game(self, file: str) -> None:
        """Remember where the game of a class that is over was saved."""
        with contextlib.suppress(SaveError):  # it is saved once more the next time
            self.remember(game=file)

    def forget(self) -> None:
        """Know nothing of this seat any more."""
        places.forget(self.address, self.place.code)
