"""The instructor's and the clock's deeds: open, close, pause, and what becomes of the absent."""

from dataclasses import replace

from sim.classroom import deciding, events
from sim.classroom.clerk import Work
from sim.classroom.events import ClassError, body_of, plain
from sim.classroom.model import Receipt, RoomInfo
from sim.classroom.state import Game, Room
from sim.game import TurnRecord


def open_turn(work: Work, room: Room, seconds: int | None = None) -> RoomInfo:
    """Open the next turn; with a clock if `seconds` or the pace says so.

    Raises:
        ClassError: `class/already-open`, `class/ended`, `class/no-more-turns`.
    """
    if room.stage in {"open", "paused"}:
        raise ClassError("class/already-open", turn=room.turn)
    _expect_not_ended(room)
    if room.turn >= room.turns:
        raise ClassError("class/no-more-turns", turns=room.turns)
    limit = seconds
    if limit is None and room.settings.pace == "deadline":
        limit = room.settings.seconds
    deadline = None if limit is None else work.now + limit
    work.append(room, events.OPEN, turn=room.turn + 1, body=plain(deadline=deadline))
    return room.info


def close_turn(work: Work, room: Room, turn: int | None = None) -> RoomInfo:
    """Close the open turn, decide for the absent by the room's rule, and let all be played.

    Args:
        work: the transaction.
        room: which one.
        turn: only if this is the one that is open; None: whichever is.

    Raises:
        ClassError: `class/not-open`.
    """
    if room.stage not in {"open", "paused"} or turn not in {None, room.turn}:
        raise ClassError("class/not-open", turn=room.turn)
    if room.settings.pace == "free":
        raise ClassError("class/own-pace")
    for game in room.playing:
        if game.chosen is None and game.turn == room.turn:
            _decide_for(work, room, game)
    work.append(room, events.CLOSE, turn=room.turn)
    over = room.turn == room.turns
    if over and not any(room.behind(game) for game in room.playing):
        work.append(room, events.END)
    return room.info


def _decide_for(work: Work, room: Room, game: Game) -> None:
    """Bots are never absent; a team's vote so far counts; else the room's rule for the absent."""
    if deciding.decide_by_bot(work, room, game):
        return
    if game.proposals:
        deciding.settle_vote(work, room, game)
        return
    if room.settings.absent == "hold":
        return
    record = TurnRecord()
    if room.settings.absent == "draft" and (found := _draft_of(room, game)) is not None:
        engine = work.engine(room)
        engine.advance(room)
        record = engine.of_draft(room.games[game.id], found)
    body, _ = body_of(record)
    work.append(room, events.DEFAULT, turn=game.turn, game=game.id, body=body)


def _draft_of(room: Room, game: Game) -> TurnRecord | None:
    """The draft of a game; of a team's that which was changed last."""
    found = [room.drafts[seat] for seat in room.members(game) if seat in room.drafts]
    now = [draft for draft in found if draft.turn == game.turn]
    return max(now, key=lambda draft: draft.at).record if now else None


def catch_up(work: Work, room: Room, game: Game) -> None:
    """Bring a game that begins late to where the class is, unless it may do so by itself."""
    if room.settings.absent == "hold":
        return
    while room.behind(game) and room.settings.pace != "free":
        work.append(room, events.DEFAULT, turn=game.turn, game=game.id)
        game = room.games[game.id]


def close_if_all_decided(work: Work, room: Room) -> bool:
    """Close the turn by itself where the room is set so and nobody is waited for; whether."""
    if not room.settings.auto_close or room.stage != "open" or room.settings.pace == "free":
        return False
    playing = room.playing
    if playing and all(game.chosen is not None or game.turn > room.turn for game in playing):
        close_turn(work, room)
        return True
    return False


def pause(work: Work, room: Room) -> RoomInfo:
    """Let nobody decide and the clock stand still.

    Raises:
        ClassError: `class/not-open`.
    """
    if room.stage != "open":
        raise ClassError("class/not-open", turn=room.turn)
    left = None if room.deadline is None else max(room.deadline - work.now, 0.0)
    work.append(room, events.PAUSE, turn=room.turn, body=plain(remaining=left))
    return room.info


def resume(work: Work, room: Room) -> RoomInfo:
    """Go on after a pause.

    Raises:
        ClassError: `class/not-paused`.
    """
    if room.stage != "paused":
        raise ClassError("class/not-paused")
    deadline = None if room.remaining is None else work.now + room.remaining
    work.append(room, events.RESUME, turn=room.turn, body=plain(deadline=deadline))
    return room.info


def extend(work: Work, room: Room, seconds: float) -> RoomInfo:
    """Give the open turn more time; one without a clock gets one.

    Raises:
        ClassError: `class/not-open`.
    """
    if room.stage == "paused":
        body = plain(remaining=(room.remaining or 0.0) + seconds)
    elif room.stage == "open":
        begin = work.now if room.deadline is None else max(room.deadline, work.now)
        body = plain(deadline=begin + seconds)
    else:
        raise ClassError("class/not-open", turn=room.turn)
    work.append(room, events.EXTEND, turn=room.turn, body=body)
    return room.info


def end(work: Work, room: Room) -> RoomInfo:
    """End the room; an open turn is closed first.

    Raises:
        ClassError: `class/ended`.
    """
    _expect_not_ended(room)
    if room.stage in {"open", "paused"} and room.settings.pace != "free":
        close_turn(work, room)
    if room.stage != "ended":
        work.append(room, events.END)
    return room.info


def lock(work: Work, room: Room, *, locked: bool) -> RoomInfo:
    """Let nobody join, or let them again."""
    if room.locked != locked:
        work.append(room, events.LOCK, body=plain(locked=locked))
    return room.info


def message(work: Work, room: Room, text: str) -> RoomInfo:
    """Tell everybody something.

    Raises:
        ClassError: `class/no-text`.
    """
    clean = " ".join(text.split())[:500]
    if not clean:
        raise ClassError("class/no-text")
    work.append(room, events.MESSAGE, text=clean)
    return room.info


def _expect_not_ended(room: Room) -> None:
    if room.stage == "ended":
        raise ClassError("class/ended")


def as_played(receipt: Receipt) -> Receipt:
    """The receipt of a turn that has been closed since."""
    return replace(receipt, played=True)
