"""Who is who: codes, seats and tokens to rooms; looked up once, then known."""

from collections.abc import Callable
from typing import NamedTuple

from sim.classroom import secrets
from sim.classroom.clerk import Clerk
from sim.classroom.events import ClassError
from sim.classroom.model import SeatInfo
from sim.classroom.seats import SEAT
from sim.classroom.state import Room


class Proof(NamedTuple):
    """What a token proved when it was looked up; it may have been made void since."""

    room: str
    seat: str
    seq: int  # of the room when it was looked up

    def holds(self, room: Room) -> bool:
        """Whether it still does, as its room stands."""
        return room.reissued.get(self.seat, 0) <= self.seq


class Directory:
    """Looks things up; only what exists is remembered, so that guessing fills no memory."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._codes: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        self._proofs: dict[str, Proof] = {}

    def room_of(self, code: str) -> str:
        """Id of the room with a code as it was typed, or with this id.

        Raises:
            ClassError: `class/unknown-code`.
        """
        if code in self._codes.values():
            return code
        if self._ask("SELECT id FROM room WHERE id = ?", code):
            return code
        return self.room_of_code(code)

    def room_of_code(self, code: str) -> str:
        """Id of the room with a code as it was typed.

        Raises:
            ClassError: `class/unknown-code`.
        """
        typed = secrets.as_code(code)
        if typed not in self._codes:
            found = self._ask("SELECT id FROM room WHERE code = ?", typed)
            if not found:
                raise ClassError("class/unknown-code")
            self._codes[typed] = found[0][0]
        return self._codes[typed]

    def home(self, seat: str) -> str:
        """Id of the room of a seat.

        Raises:
            ClassError: `class/unknown-seat`.
        """
        if seat not in self._homes:
            found = self._ask("SELECT room FROM seat WHERE id = ?", seat)
            if not found:
                raise ClassError("class/unknown-seat")
            self._homes[seat] = str(found[0][0])
        return self._homes[seat]

    def known(self, token: str) -> Proof | None:
        """What a token proved when it was looked up last; nothing is asked."""
        return self._proofs.get(secrets.kept(token))

    def at_hand(self, token: str, room_of: dict[str, Room]) -> SeatInfo | None:
        """The seat that a token proves, if nothing has to be looked up for it; else None."""
        proof = self.known(token)
        room = None if proof is None else room_of.get(proof.room)
        if proof is None or room is None or not proof.holds(room):
            return None
        return room.seats.get(proof.seat)

    def home_of_link(self, link: str) -> str:
        """Id of the room that a link leads to.

        Raises:
            ClassError: `class/unknown-link`.
        """
        found = self._ask("SELECT room FROM token WHERE sha256 = ?", secrets.kept(link))
        if not found:
            raise ClassError("class/unknown-link")
        return found[0][0]

    def proof(self, token: str, look: Callable[[str], Room]) -> tuple[Room, str]:
        """Room and seat that a token proves.

        Args:
            token: as the device sent it.
            look: a room as it is now.

        Raises:
            ClassError: `class/unknown-seat`.
        """
        kept = secrets.kept(token)
        proof = self._proofs.get(kept)
        if proof is not None and proof.holds(room := look(proof.room)):
            return room, proof.seat
        found = self._ask("SELECT room, seat FROM token WHERE sha256 = ? AND kind = ?", kept, SEAT)
        if not found:
            self._proofs.pop(kept, None)
            raise ClassError("class/unknown-seat")
        home, seat = found[0]
        room = look(home)
        self._proofs[kept] = Proof(home, seat, room.seq)
        self._homes[seat] = home
        return room, seat

    def remember(self, token: str, seat: SeatInfo, seq: int) -> None:
        """A token that has just been given out."""
        self._proofs[secrets.kept(token)] = Proof(seat.room, seat.id, seq)
        self._homes[seat.id] = seat.room

    def forget(self, room: str) -> None:
        """A room that is no more."""
        for table in (self._codes, self._homes):
            for name in [name for name, home in tuple(table.items()) if home == room]:
                table.pop(name, None)
        for kept in [kept for kept, proof in tuple(self._proofs.items()) if proof.room == room]:
            self._proofs.pop(kept, None)

    def _ask(self, sql: str, *values: object) -> list[tuple[str, ...]]:
        return self._clerk.ask(lambda work: work.store.rows(sql, *values)).result()
