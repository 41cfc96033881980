"""The service of the classroom: what an instructor and a trainee can do, and what they see.

    rooms = Rooms(open_store(path))
    room = rooms.open_room("corner-cafe", Settings())
    seat, token = rooms.join(room.code)
    rooms.open_turn(room.id)
    rooms.choose(seat.id, lambda session: session.act("dan", "chat"))
    rooms.submit(seat.id, 1, "a key")
    rooms.close_turn(room.id)

Safe to use from any thread. What changes something returns when it is on the disk; `submit_soon`
returns at once, for those who have no thread to wait in. Refusals are `SimError` with codes of the
family `class/`, and of the game's. Rooms and seats are named by their ids.
"""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from sim.classroom import board, deciding, events, opening, pacing, roster, seats, secrets
from sim.classroom.again import Again
from sim.classroom.clerk import Work
from sim.classroom.directory import Proof
from sim.classroom.events import ClassError, plain
from sim.classroom.log import room_row
from sim.classroom.model import (
    BoardLine,
    Draft,
    Receipt,
    RoomInfo,
    RosterLine,
    Said,
    SeatInfo,
    Settings,
    Standing,
)
from sim.classroom.state import ALL, STAGE, Room
from sim.classroom.teaching import Teaching
from sim.game import TurnRecord
from sim.play.case import Case
from sim.play.session import Session

T = TypeVar("T")
GONE = 2**53 - 1  # the version of a room that has been deleted


class Rooms(Again, Teaching):
    """All rooms of a store."""

    # Rooms ------------------------------------------------------------------------------------

    def open_room(
        self, scenario: str | Path, settings: Settings | None = None, title: str = ""
    ) -> RoomInfo:
        """Make a room, in its lobby.

        Raises:
            ScenarioError: the scenario cannot be found or has errors.
            ClassError: `class/bad-setting` (name, value).
        """
        case = self._cases.open(scenario)
        room = opening.new_room(case, settings or Settings(), title, self._clock())

        def deed(work: Work) -> RoomInfo:
            work.add_room(room, room_row(room))
            return room.info

        return self._clerk.ask(deed).result()

    def rooms(self) -> tuple[RoomInfo, ...]:
        """All rooms, the newest first."""
        asked = "SELECT id FROM room ORDER BY created_at DESC, id"
        found = self._clerk.ask(lambda work: work.store.rows(asked)).result()
        return tuple(self._look(room).info for (room,) in found)

    def room(self, code: str) -> RoomInfo:
        """The room with a code as it was typed, or with this id.

        Raises:
            ClassError: `class/unknown-code`.
        """
        return self._look(self._directory.room_of(code)).info

    def room_by_code(self, code: str) -> RoomInfo:
        """The room with a code as it was typed; an id will not do.

        Raises:
            ClassError: `class/unknown-code`.
        """
        return self._look(self._directory.room_of_code(code)).info

    def case(self, room: str) -> Case:
        """The scenario that is played in a room."""
        return self._cases.engine(self._look(room)).case

    def change_settings(self, room: str, **values: object) -> RoomInfo:
        """Change what may be changed while a class plays, `opening.CHANGEABLE`.

        Raises:
            ClassError: `class/fixed-setting` (name), `class/bad-setting` (name, value).
        """
        new = opening.changes(values)

        def deed(work: Work, found: Room) -> RoomInfo:
            work.append(found, events.SETTINGS, body=plain(**new))
            return found.info

        return self._do(room, deed)

    def erase(self, room: str) -> RoomInfo:
        """Delete every name, the name list, free text and links; the games stay, numbered."""
        title = opening.title_of(self.case(room), self.room(room).settings)
        info = self._do(room, lambda work, found: seats.erase(work, found, title))
        self._forget(room)
        self._clerk.tidy(lambda store: store.scrub())
        return info

    def delete(self, room: str) -> None:
        """Delete a room and everything in it."""
        self._do(room, lambda work, found: work.drop_room(found))
        self._forget(room)
        self._watching.tell(room, {ALL: GONE, STAGE: GONE})
        self._directory.forget(room)
        self._cases.forget(room)
        self._clerk.tidy(lambda store: store.scrub())

    # The pace ---------------------------------------------------------------------------------

    def open_turn(self, room: str, seconds: int | None = None) -> RoomInfo:
        """Open the next turn; see `pacing.open_turn`."""
        return self._do(room, lambda work, found: pacing.open_turn(work, found, seconds))

    def close_turn(self, room: str, turn: int | None = None) -> RoomInfo:
        """Close the open turn and let it be played; see `pacing.close_turn`."""
        return self._do(room, lambda work, found: pacing.close_turn(work, found, turn))

    def pause(self, room: str) -> RoomInfo:
        """Let nobody decide and the clock stand still; see `pacing.pause`."""
        return self._do(room, pacing.pause)

    def resume(self, room: str) -> RoomInfo:
        """Go on after a pause; see `pacing.resume`."""
        return self._do(room, pacing.resume)

    def extend(self, room: str, seconds: float) -> RoomInfo:
        """Give the open turn more time; see `pacing.extend`."""
        return self._do(room, lambda work, found: pacing.extend(work, found, seconds))

    def lock(self, room: str, *, locked: bool = True) -> RoomInfo:
        """Let nobody join, or let them again."""
        return self._do(room, lambda work, found: pacing.lock(work, found, locked=locked))

    def message(self, room: str, text: str) -> RoomInfo:
        """Tell everybody something; see `pacing.message`."""
        return self._do(room, lambda work, found: pacing.message(work, found, text))

    def end(self, room: str) -> RoomInfo:
        """End the room; see `pacing.end`."""
        return self._do(room, pacing.end)

    # Seats ------------------------------------------------------------------------------------

    def join(
        self,
        code: str,
        label: str = "",
        *,
        team: str = "",
        kind: str = "web",
        number: str = "",
        key: str = "",
    ) -> tuple[SeatInfo, str]:
        """Take a seat; see `seats.join`. The token is known to nobody afterwards but its owner.

        With a key, whoever got no answer asks again and gets the same seat and token: so it is as
        secret as the token.
        """
        home = self._directory.room_of_code(code)
        token = secrets.derived(self._join_key, f"{home}/{key}") if key else secrets.new_token()

        def deed(work: Work, found: Room) -> SeatInfo:
            return seats.join(work, found, token, label=label, team=team, kind=kind, number=number)

        seat = self._do(home, deed)
        self._directory.remember(token, seat, self._look(seat.room).seq)
        return seat, token

    def seat_of(self, token: str) -> SeatInfo:
        """The seat that a token proves; a removed one, too.

        Raises:
            ClassError: `class/unknown-seat`.
        """
        room, seat = self._directory.proof(token, self._look)
        return room.seats[seat]

    def seat_at_hand(self, token: str) -> SeatInfo | None:
        """As `seat_of`, if that can be answered without waiting; else None."""
        if self._clerk.store.shared:  # another process may have made the token void
            return None
        return self._directory.at_hand(token, self._clerk.rooms)

    def known(self, token: str) -> Proof | None:
        """What a token proved when it was looked up last; None: nothing, as far as is known.

        It may be void by now: what is done with it says so to `standing_soon` and `submit_soon`.
        """
        return self._directory.known(token)

    def seats(self, room: str) -> tuple[SeatInfo, ...]:
        """All seats of a room, removed ones too, in the order of joining."""
        return tuple(self._look(room).seats.values())

    def seat_in(self, room: str, seat: str) -> SeatInfo:
        """A seat, if it is of this room.

        Raises:
            ClassError: `class/unknown-seat`.
        """
        found = self._look(room).seats.get(seat)
        if found is None:
            raise ClassError("class/unknown-seat")
        return found

    def seen(self, seat: str) -> None:
        """Take note of a sign of life."""
        self._keeper.seen(seat, self._directory.home(seat))

    def kick(self, seat: str) -> SeatInfo:
        """Send somebody away; what they have decided stays."""
        return self._do_for(seat, seats.remove)

    def hand_over(self, seat: str) -> str:
        """A token for another device of the same trainee; see `seats.hand_over`."""
        return self._do_for(seat, seats.hand_over)

    def reissue(self, seat: str) -> str:
        """As `hand_over`, by the instructor for a device that is lost; what it kept is void."""
        return self._do_for(seat, seats.reissue)

    def take_over(self, link: str) -> tuple[SeatInfo, str]:
        """Exchange what `hand_over` gave for a token of one's own; works once.

        Raises:
            ClassError: `class/unknown-link`.
        """
        home = self._directory.home_of_link(link)
        seat, token = self._do(home, lambda work, found: seats.take_over(work, found, link))
        self._directory.remember(token, seat, self._look(seat.room).seq)
        return seat, token

    def set_roster(self, room: str, raw: bytes) -> tuple[RosterLine, ...]:
        """Replace the name list by that of a CSV file; see `roster.read`."""
        lines = roster.read(raw)
        return self._do(room, lambda work, found: roster.write(work, found, lines))

    def roster(self, room: str) -> tuple[RosterLine, ...]:
        """The name list."""
        return self._do(room, roster.of)

    def is_instructor(self, secret: str) -> bool:
        """Whether somebody knows the instructor's secret."""
        return secrets.same(secret, self.instructor_secret)

    def projector_token(self, room: str) -> str:
        """What the projector's link carries: it shows this room without names, and does nothing."""
        return secrets.derived(self._projector_key, room)

    def is_projector(self, room: str, token: str) -> bool:
        """Whether a token is that of the room's projector."""
        return secrets.same(token, self.projector_token(room))

    # Playing ----------------------------------------------------------------------------------

    def standing(self, seat: str) -> Standing:
        """Everything about a seat but its game; see `model.Standing`."""
        return board.standing(self._home(seat), seat, now=self._clock())

    def standing_at_hand(self, proof: Proof) -> Standing | None:
        """As `standing`, of a seat that was proved, if that is known without waiting; else None."""
        room = self._clerk.rooms.get(proof.room) if self.at_hand(proof.room) else None
        if room is None or not proof.holds(room):
            return None
        return board.standing(room, proof.seat, now=self._clock())

    def standing_soon(self, proof: Proof) -> "Future[Standing]":
        """As `standing`, of a seat that was proved; soon, for those who have no thread to wait in.

        Raises (by the future):
            ClassError: `class/unknown-seat`: the proof is void by now.
        """

        def deed(work: Work) -> Standing:
            room = work.look(proof.room)
            _expect_held(proof, room)
            return board.standing(room, proof.seat, now=self._clock())

        return self._clerk.ask(deed)

    def view(self, seat: str, look: Callable[[Session], T]) -> T:
        """Look at the game of a seat, its draft included; the session must not be kept."""
        room = self._home(seat)
        return self._desks.view(seat, room, self._cases.engine(room), look)

    def choose(self, seat: str, deed: Callable[[Session], T]) -> T:
        """Change the draft of a seat by what a session can do; it is kept when this returns.

        Raises:
            ClassError: as `deciding.open_turn_of`.
            IllegalChoiceError: the session refuses.
        """
        room = self._home(seat)
        deciding.open_turn_of(room, seat)

        def keep(turn: int, record: TurnRecord) -> Draft:
            return self._do(
                room.id,
                lambda work, now: deciding.keep_draft(work, now, seat, turn=turn, record=record),
            )

        engine = self._cases.engine(room)
        return self._desks.choose(seat, room, engine, deed=deed, keep=keep)

    def keep_draft(self, seat: str, turn: int, record: TurnRecord) -> Draft:
        """Keep a draft that was made elsewhere; what the rules do not allow of it is left out.

        Raises:
            ClassError: as `deciding.keep_draft`.
        """

        def deed(work: Work, room: Room, who: str) -> Draft:
            return deciding.keep_draft(work, room, who, turn=turn, record=record)

        return self._do_for(seat, deed)

    def submit(
        self, seat: str, turn: int, key: str = "", record: TurnRecord | None = None
    ) -> Receipt:
        """Decide a turn, or propose to one's team; see `deciding.decide`."""
        return self.submit_soon(seat, turn, key, record).result()

    def submit_soon(
        self,
        seat: str,
        turn: int,
        key: str = "",
        record: TurnRecord | None = None,
        *,
        proof: Proof | None = None,
    ) -> "Future[Receipt]":
        """As `submit`; the receipt comes when it is on the disk.

        With a proof whoever sends it is refused (`class/unknown-seat`) if it is void by now.
        """
        home = self._directory.home(seat)

        def deed(work: Work) -> Receipt:
            room = work.room(home)
            if proof is not None:
                _expect_held(proof, room)
            done = deciding.decide(work, room, seat, turn=turn, key=key, record=record)
            closed = pacing.close_if_all_decided(work, room)
            return pacing.as_played(done) if closed else done

        return self._clerk.ask(deed, home, lambda room: deciding.intended(room, seat, record))

    def vote(self, seat: str, turn: int, other: str, key: str = "") -> Receipt:
        """Vote for the proposal of a member of one's team; see `deciding.vote`."""

        def deed(work: Work, room: Room) -> Receipt:
            done = deciding.vote(work, room, seat, turn=turn, other=other, key=key)
            closed = pacing.close_if_all_decided(work, room)
            return pacing.as_played(done) if closed else done

        return self._do(self._directory.home(seat), deed)

    def reflect(self, seat: str, text: str) -> None:
        """Keep a thought with a game that is over; see `deciding.reflect`."""
        self._do_for(seat, lambda work, room, who: deciding.reflect(work, room, who, text))
        self._desks.forget(seat)

    def say_turning(self, seat: str, said: Said) -> None:
        """Keep which turn mattered most to a trainee; see `deciding.say_turning`."""
        self._do_for(seat, lambda work, room, who: deciding.say_turning(work, room, who, said))

    def said(self, seat: str) -> Said | None:
        """Which turn mattered most to a trainee; None as long as nothing has been said."""
        return self._home(seat).said.get(seat)

    # What there is to see ---------------------------------------------------------------------

    def board(self, room: str) -> tuple[BoardLine, ...]:
        """Where everybody is."""
        return board.board(self._look(room), seen=self._keeper.signs, now=self._clock())


def _expect_held(proof: Proof, room: Room) -> None:
    if not proof.holds(room):
        raise ClassError("class/unknown-seat")
