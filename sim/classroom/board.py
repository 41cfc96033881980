"""Where everybody is: the instructor's live board, and what one seat has to know."""

from collections import Counter
from collections.abc import Mapping

from sim.classroom import deciding
from sim.classroom.events import ClassError
from sim.classroom.model import BoardLine, Phase, Proposal, Standing, Status
from sim.classroom.seats import label_of
from sim.classroom.state import Game, Room

AWAY = 45.0  # seconds without a sign of life
STUCK = 180.0  # seconds with a turn open and nothing chosen


def board(room: Room, *, seen: Mapping[str, float], now: float) -> tuple[BoardLine, ...]:
    """A line for every game that is played, in the order of joining; those of bots at the end."""
    ordered = sorted(room.playing, key=lambda game: bool(room.bots(game)))
    return tuple(_line(room, game, seen, now) for game in ordered)


def _line(room: Room, game: Game, seen: Mapping[str, float], now: float) -> BoardLine:
    members = room.members(game)
    people = [each for each in members if not room.seats[each].bot]
    seen_at = max((_seen(room, each, seen) for each in people), default=now)  # bots are never away
    status, since = _status(room, game, seen_at, now)
    return BoardLine(
        game=game.id,
        label=label_of(room, game),
        turn=min(game.turn, room.turns),
        status=status,
        since=since,
        seats=tuple(members),
        submitted=len(game.proposals),
        practice=bool(room.bots(game)),
    )


def _seen(room: Room, seat: str, seen: Mapping[str, float]) -> float:
    return max(room.seats[seat].seen_at, seen.get(seat, 0.0))


def _status(room: Room, game: Game, seen: float, now: float) -> tuple[Status, float]:
    """What the instructor has to know first."""
    if game.turn > room.turns:
        return "finished", game.since
    if game.chosen is not None:
        return "submitted", game.chosen_at
    if now - seen > AWAY:
        return "away", seen
    if room.stage in {"open", "paused"} or (room.stage == "between" and room.behind(game)):
        changed = max(game.since, *(_changed(room, seat) for seat in game.seats))
        stuck = room.stage != "paused" and now - changed > STUCK  # in a pause nobody can choose
        return ("stuck" if stuck else "choosing"), changed
    return "waiting", game.since


def _changed(room: Room, seat: str) -> float:
    draft = room.drafts.get(seat)
    return 0.0 if draft is None else draft.at


def standing(room: Room, seat: str, *, now: float) -> Standing:
    """What one seat has to know.

    Raises:
        ClassError: `class/unknown-seat`; one that was removed still learns that it was.
    """
    if seat not in room.seats:
        raise ClassError("class/unknown-seat")
    game = room.games[room.seats[seat].game]
    turn = _open_turn(room, seat)
    members = room.members(game)
    phase = phase_of(room, game, seat)
    return Standing(
        room=room.info,
        seat=room.seats[seat],
        status=_own_status(room, game, seat, turn, now=now),
        turn=turn,
        revealed=room.stage == "ended" or room.settings.reveal == "turn",
        messages=room.messages,
        phase=phase,
        proposals=_proposals(room, game, seat) if phase == "vote" else (),
        voted=game.votes.get(seat, ""),
        members=len(members),
        proposed=len(set(members) & set(game.proposals)),
    )


def _open_turn(room: Room, seat: str) -> int | None:
    try:
        return deciding.open_turn_of(room, seat)
    except ClassError:
        return None


def _own_status(room: Room, game: Game, seat: str, turn: int | None, *, now: float) -> Status:
    if turn is not None:
        return "choosing"
    if seat in game.proposals and game.chosen is None:
        return "submitted"
    return _status(room, game, now, now)[0]


def phase_of(room: Room, game: Game, seat: str) -> Phase:
    """What a member of a team has to do now, see `Standing.phase`."""
    if not game.team or game.chosen is not None or game.turn > room.turns:
        return ""
    if room.stage == "paused":  # nobody can propose or vote; who has proposed still waits
        return "wait" if seat in game.proposals else ""
    if room.stage != "open" and not (room.stage == "between" and room.behind(game)):
        return ""
    if game.proposals and deciding.all_proposed(room, game):
        return "vote"
    return "wait" if seat in game.proposals else "propose"


def _proposals(room: Room, game: Game, seat: str) -> tuple[Proposal, ...]:
    votes = Counter(game.votes.values())
    return tuple(
        Proposal(other, room.seats[other].label, each.record, votes[other], mine=other == seat)
        for other, each in game.proposals.items()
    )
