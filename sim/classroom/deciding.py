"""The trainees' deeds: deciding a turn alone, or proposing and voting as a team."""

from collections import Counter
from typing import Final

from sim.classroom import events
from sim.classroom.clerk import Decision, Work
from sim.classroom.events import ClassError, body_of, plain
from sim.classroom.log import KEEP_DRAFT
from sim.classroom.model import Draft, Receipt, Said
from sim.classroom.state import Game, Room
from sim.game import TurnRecord


def open_turn_of(room: Room, seat: str) -> int:
    """The turn that a seat can decide now.

    Raises:
        ClassError: why it cannot: `class/removed`, `class/finished`, `class/ended`,
            `class/paused`, `class/not-open`, `class/already-decided`.
    """
    game = game_of(room, seat)
    if game.turn > room.turns:
        raise ClassError("class/finished")
    if room.stage in {"ended", "paused"}:
        raise ClassError(f"class/{room.stage}")
    if room.turn == 0 or (room.stage != "open" and not room.behind(game)):
        raise ClassError("class/not-open", turn=room.turn)
    if game.chosen is not None or seat in game.proposals:
        raise ClassError("class/already-decided", turn=game.turn)
    return game.turn


def game_of(room: Room, seat: str) -> Game:
    """The game of a seat.

    Raises:
        ClassError: `class/unknown-seat`, `class/removed`.
    """
    if seat not in room.seats:
        raise ClassError("class/unknown-seat")
    if room.seats[seat].removed:
        raise ClassError("class/removed")
    return room.games[room.seats[seat].game]


def keep_draft(work: Work, room: Room, seat: str, *, turn: int, record: TurnRecord) -> Draft:
    """Keep what a seat has chosen so far.

    Raises:
        ClassError: as `open_turn_of`; `class/other-turn` (turn).
    """
    if (now := open_turn_of(room, seat)) != turn:
        raise ClassError("class/other-turn", turn=now)
    draft = room.drafts[seat] = Draft(turn, record, work.now)
    body = record.model_dump_json(exclude_defaults=True)
    work.write(room, KEEP_DRAFT, seat, room.id, turn, body, draft.at)
    return draft


def intended(room: Room, seat: str, record: TurnRecord | None) -> Decision | None:
    """What will be asked of the engine if this is decided; None: nothing."""
    if seat not in room.seats:
        return None
    game = room.games[room.seats[seat].game]
    return game, _record(room, seat, record)


def _record(room: Room, seat: str, record: TurnRecord | None) -> TurnRecord:
    """What is decided: what was sent, else what has been chosen so far."""
    if record is not None:
        return record
    draft = room.drafts.get(seat)
    turn = room.games[room.seats[seat].game].turn
    return draft.record if draft is not None and draft.turn == turn else _NOTHING


_NOTHING = TurnRecord()


def decide(
    work: Work, room: Room, seat: str, *, turn: int, key: str, record: TurnRecord | None = None
) -> Receipt:
    """Decide a turn, or propose to one's team what to decide.

    The same key again gives the same receipt again and does nothing.

    Args:
        work: the transaction.
        room: which one.
        seat: whose decision.
        turn: which turn it was made for, from 1.
        key: chosen by whoever sends it; empty for none.
        record: the decision; None: the draft as it stands.

    Raises:
        ClassError: as `open_turn_of`; `class/other-turn` (turn).
        IllegalChoiceError: the rules do not allow it.
    """
    if (sent := room.keys.get((seat, key))) is not None and key:
        return receipt(room, seat, sent)
    now = open_turn_of(room, seat)
    if now != turn:
        raise ClassError("class/other-turn", turn=now)
    game = game_of(room, seat)
    chosen = _record(room, seat, record)
    if (refusal := work.refusal(room, game, chosen)) is not None:
        raise refusal
    kind = events.PROPOSE if game.team else events.DECIDE
    body, text = body_of(chosen)
    done = work.append(
        room, kind, turn=turn, seat=seat, game=game.id, key=key, body=body, text=text
    )
    if game.team:
        _vote_if_clear(work, room, room.games[game.id])
    return receipt(room, seat, (kind, turn, done.seq))


def decide_by_bot(work: Work, room: Room, game: Game) -> bool:
    """Decide the next turn of a game that only practice seats play; whether it is one.

    What was proposed and voted in it counts, as in every team.
    """
    if not room.bots(game) or not room.members(game):
        return False
    if game.proposals:
        settle_vote(work, room, game)
    else:
        seat = room.members(game)[0]
        engine = work.engine(room)
        engine.advance(room)
        record = engine.planned(room.games[game.id], room.seats[seat].bot, place_of(room, seat))
        body, _ = body_of(record)
        work.append(room, events.DECIDE, turn=game.turn, seat=seat, game=game.id, body=body)
    return True


def place_of(room: Room, seat: str) -> int:
    """The place of a seat in its room, from 0."""
    return list(room.seats).index(seat)


def receipt(room: Room, seat: str, sent: tuple[str, int, int]) -> Receipt:
    """What a deed of a seat has come to by now."""
    kind, turn, seq = sent
    game = room.games[room.seats[seat].game]
    return Receipt(turn, seq, kind, played=len(game.turns) >= turn)


def vote(work: Work, room: Room, seat: str, *, turn: int, other: str, key: str) -> Receipt:
    """Vote for the proposal of a member of one's team; can be changed until the team has decided.

    Raises:
        ClassError: `class/no-team`, `class/no-proposal`, `class/propose-first`, and as
            `open_turn_of`.
    """
    if (sent := room.keys.get((seat, key))) is not None and key:
        return receipt(room, seat, sent)
    game = game_of(room, seat)
    _expect_votable(room, game, turn=turn)
    if other not in game.proposals:
        raise ClassError("class/no-proposal")
    if seat not in game.proposals and not all_proposed(room, game):
        raise ClassError("class/propose-first")
    body = plain(other=other)
    done = work.append(room, events.VOTE, turn=turn, seat=seat, game=game.id, key=key, body=body)
    _decide_if_clear(work, room, room.games[game.id])
    return receipt(room, seat, (events.VOTE, turn, done.seq))


LONGEST_THOUGHT: Final = 4000  # characters


def reflect(work: Work, room: Room, seat: str, text: str) -> None:
    """Keep a thought with the last turn of a game that is over.

    Raises:
        ClassError: `class/no-text`, `class/not-over`, `class/unknown-seat`, `class/removed`.
    """
    game = game_of(room, seat)
    clean = text.encode("utf-8", "replace").decode()[:LONGEST_THOUGHT].strip()
    if not clean:
        raise ClassError("class/no-text")
    if not game.turns or (room.stage != "ended" and game.turn <= room.turns):
        raise ClassError("class/not-over")
    work.append(room, events.REFLECT, turn=len(game.turns), seat=seat, game=game.id, text=clean)


def say_turning(work: Work, room: Room, seat: str, said: Said) -> None:
    """Keep which turn of a game mattered most, as its player sees it before the review is shown.

    Raises:
        ClassError: `class/not-over`, `class/no-such-turn` (turns), `class/unknown-seat`,
            `class/removed`.
    """
    game = game_of(room, seat)
    if room.stage != "ended":
        raise ClassError("class/not-over")
    if not 1 <= said.turn <= len(game.turns):
        raise ClassError("class/no-such-turn", turns=len(game.turns))
    clean = said.why.encode("utf-8", "replace").decode()[:LONGEST_THOUGHT].strip()
    if room.said.get(seat) == Said(said.turn, clean):  # sent again
        return
    work.append(room, events.TURNING, turn=said.turn, seat=seat, game=game.id, text=clean)


def _expect_votable(room: Room, game: Game, *, turn: int) -> None:
    if not game.team:
        raise ClassError("class/no-team")
    if game.chosen is not None or game.turn > turn:
        raise ClassError("class/already-decided", turn=turn)
    if game.turn != turn:
        raise ClassError("class/other-turn", turn=game.turn)
    if room.stage != "open" and not (room.stage == "between" and room.behind(game)):
        raise ClassError("class/paused" if room.stage == "paused" else "class/not-open", turn=turn)


def all_proposed(room: Room, game: Game) -> bool:
    """Whether the members have no more to wait for, or have begun to vote."""
    return bool(game.votes) or set(room.members(game)) <= set(game.proposals)


def _vote_if_clear(work: Work, room: Room, game: Game) -> None:
    """Where all members want the same, there is nothing to vote on."""
    if not set(room.members(game)) <= set(game.proposals):
        return
    first, *others = (each.record for each in game.proposals.values())
    if all(_same(first, other) for other in others):
        settle_vote(work, room, game)


def _same(one: TurnRecord, other: TurnRecord) -> bool:
    wanted = (one.choices, one.market, one.responses)
    return wanted == (other.choices, other.market, other.responses)


def _decide_if_clear(work: Work, room: Room, game: Game) -> None:
    """A majority decides at once, else everybody's vote is waited for."""
    members = room.members(game)
    most = max(Counter(game.votes.values()).values())
    if 2 * most > len(members) or set(members) <= set(game.votes):
        settle_vote(work, room, game)


def settle_vote(work: Work, room: Room, game: Game) -> None:
    """Make the proposal with most votes the team's decision; of equals the one that came first."""
    votes = Counter(game.votes.values())
    order = sorted(game.proposals.items(), key=lambda each: (-votes[each[0]], each[1].seq))
    seat, proposal = order[0]
    body, _ = body_of(proposal.record)
    work.append(room, events.DECIDE, turn=game.turn, seat=seat, game=game.id, body=body)
