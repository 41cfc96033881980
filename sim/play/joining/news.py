"""What is known of a seat: what the class has told, and what it has not been told yet.

Safe to use from any thread, and nothing in it waits for the network.
"""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Any

from sim.errors import SimError
from sim.game import GameRecord, TurnRecord
from sim.play.joining import place as places
from sim.play.joining.address import Address
from sim.play.joining.model import Played, Standing
from sim.play.joining.place import Drafted, Place, Sent


@dataclass(frozen=True)
class Turn:
    """A turn that the class has played.

    Attributes:
        number: From 1.
        record: What was decided.
        luck: What was drawn for it.
        digest: Of where the game stood afterwards; empty where that was not told.
    """

    number: int
    record: TurnRecord
    luck: str
    digest: str


@dataclass(frozen=True)
class Told:
    """How things stand; all of it was true at one moment.

    Attributes:
        standing: Of class and seat; None before the first answer.
        opening: What was drawn for the opening; empty before the first answer.
        online: Whether the server answered when it was asked last.
        away: Why it did not.
        over: Why this seat is none any more: sent away, or not known to the server.
        game: The whole game with its luck, once the class is over.
    """

    standing: Standing | None = None
    opening: str = ""
    online: bool = False
    away: SimError | None = None
    over: SimError | None = None
    game: GameRecord | None = None


class News:
    """What there is, for whoever plays; and what comes in, from whoever asks the server.

    Attributes:
        address: Of the server.
        changes: Counts up whenever something is new.
        told: How things stand.
        known: How many turns have been told so far.
    """

    def __init__(self, address: Address, place: Place) -> None:
        """Nothing is known but the seat itself."""
        self.address = address
        self.changes = 0
        self.told = Told()
        self.known = 0
        self._place = place
        self._draft = TurnRecord()
        self._turns: deque[Turn] = deque()
        self._refusals: deque[SimError] = deque()
        self._lock = threading.RLock()

    @property
    def place(self) -> Place:
        """What is remembered of the seat on this disk."""
        return self._place

    # For whoever plays ------------------------------------------------------------------------

    def draft(self, turn: int) -> TurnRecord:
        """What had been chosen in the open turn: what the server has not got yet comes first."""
        with self._lock:
            kept = self._place.draft
            return kept.record if kept is not None and kept.turn == turn else self._draft

    def take_turns(self) -> list[Turn]:
        """The turns that have been played since the last time, in order."""
        with self._lock:
            found = list(self._turns)
            self._turns.clear()
            return found

    def take_refusals(self) -> list[SimError]:
        """What has been refused since the last time."""
        with self._lock:
            found = list(self._refusals)
            self._refusals.clear()
            return found

    def remember(self, **changes: Any) -> None:
        """Change what is remembered of the seat; on the disk before this returns.

        Raises:
            SaveError: `save/cannot-write`; nothing has changed.
        """
        with self._lock:
            changed = self._place.model_copy(update=changes)
            places.remember(self.address, changed)
            self._place = changed
            self.changes += 1

    # For whoever asks the server --------------------------------------------------------------

    def tell(self, **values: Any) -> None:
        """Take over how things stand, where it has changed."""
        with self._lock:
            new = Told(**{**vars(self.told), **values})
            if new != self.told:
                self.told = new
                self.changes += 1

    def tell_played(self, found: Played) -> None:
        """Take over turns that have been played, and the draft of the open one."""
        with self._lock:
            if found.after != self.known or len(found.turns) != len(found.luck):
                return
            last = found.after + len(found.turns)
            for number, record, luck in zip(
                range(found.after + 1, last + 1), found.turns, found.luck, strict=True
            ):
                digest = found.digest if number == last else ""
                self._turns.append(Turn(number, record, luck, digest))
                self.changes += 1
            self.known, self._draft = last, found.draft
            if found.opening:
                self.tell(opening=found.opening)

    def settle(self, sent: Sent, refusal: SimError | None) -> None:
        """What was sent is confirmed, or refused for good."""
        with self._lock:
            kept = self._place
            if kept.sent is not None and kept.sent.key == sent.key:
                done = refusal is None and kept.draft is not None and kept.draft.turn == sent.turn
                self.remember(sent=None, draft=None if done else kept.draft)
            if refusal is not None:
                self._refusals.append(refusal)
                self.changes += 1

    def settle_draft(self, draft: Drafted) -> None:
        """The server has got a draft; a newer one may have come meanwhile."""
        with self._lock:
            if self._place.draft == draft:
                self.remember(draft=None)
                self._draft = draft.record
