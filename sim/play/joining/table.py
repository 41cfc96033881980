"""A seat and its game together: the game follows what the class has told."""

from typing import TypeVar

from sim.play.case import Case
from sim.play.joining.game import JoinedSession
from sim.play.joining.seat import Seat

S = TypeVar("S", bound=JoinedSession)


def seated(seat: Seat, case: Case, language: str, kind: type[S]) -> S:
    """The game of a seat as far as it has been told, with what was chosen in the open turn.

    Args:
        seat: that has been told how things stand.
        case: the scenario.
        language: `en` or `zh`.
        kind: of session.

    Raises:
        SimError: it cannot be played here: `join/garbled`, `join/differs` (turn).
    """
    session = kind(case, seat.told.opening, keep=seat.keep, language=language)
    hear(seat, session)
    if not session.finished:
        session.go_on_with(seat.draft(session.turn))
    return session


def hear(seat: Seat, session: JoinedSession) -> int:
    """Play what the class has played since the last time; returns how many turns that were.

    Raises:
        SimError: it cannot be played here: `join/garbled`, `join/differs` (turn).
    """
    turns = seat.take_turns()
    for turn in turns:
        session.be_told(turn.record, turn.luck)
        if turn.digest:
            session.expect(turn.digest)
    return len(turns)
