"""Practice seats: places that the server plays itself, to try a room alone or fill a small class.

    add(work, room, 8, MIXED)      in the lobby
    Practice(clerk, clock).play()  whatever is due now; called many times a second
    remove(work, room)             at any moment, all of them

The bots are those of the lab. Each chooses by what a player may know, and its decisions go the way
of everybody's: into the log, once, judged by the engine. They come in over some seconds, so that
a board lives as it does with people. In a team a bot proposes like everybody, and then follows the
people: it votes when they all have, for the proposal that leads.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Final

from sim.classroom import deciding, events, names, pacing, seats, secrets
from sim.classroom.board import phase_of
from sim.classroom.clerk import Clerk, Work
from sim.classroom.events import ClassError, plain
from sim.classroom.log import ADD_SEAT
from sim.classroom.model import RoomInfo, SeatInfo
from sim.classroom.state import Game, Room
from sim.errors import SimError
from sim.game import TurnRecord
from sim.lab.policies import NAMES

KIND: Final = "practice"
MOST: Final = 30  # in a room
MIXED: Final = "mixed"
BOTS: Final = tuple(name for name in NAMES if name != "oracle")  # which sees what no player may
_FIRST_TEN: Final = (
    *("noisy-expert", "vip", "loudest", "random", "discount"),
    *("noisy-expert", "expert", "random", "visits", "noisy-expert"),
)
_LATER: Final = ("noisy-expert", "random", "noisy-expert")  # kinds whose games are never the same

EARLIEST: Final = 2.0  # seconds after a turn has opened
LATEST: Final = 20.0
_OF_CLOCK: Final = 0.5  # of the time of a turn, at most


def mixed(number: int) -> tuple[str, ...]:
    """So many bots, as different as a class is: no two of them play alike."""
    later = (_LATER[place % len(_LATER)] for place in range(number))
    return (*_FIRST_TEN, *later)[:number]


def add(work: Work, room: Room, number: int, play: str = MIXED) -> RoomInfo:
    """Let bots take seats, beside the people and not instead of them.

    Args:
        work: the transaction.
        room: which one.
        number: how many more, 1..`MOST`.
        play: one of `BOTS`, or `MIXED`.

    Raises:
        ClassError: `class/practice-lobby`: the first turn has been opened;
            `class/practice-many` (most); `class/bad-setting` (name, value).
    """
    if play != MIXED and play not in BOTS:
        raise ClassError("class/bad-setting", name="practice", value=play[:40])
    if room.stage != "lobby":
        raise ClassError("class/practice-lobby")
    there = [seat.bot for seat in room.practice]
    if number < 1 or len(there) + number > MOST:
        raise ClassError("class/practice-many", most=MOST)
    wanted = mixed(len(there) + number)[len(there) :] if play == MIXED else (play,) * number
    for bot in wanted:
        _take_seat(work, room, bot)
    return room.info


def _take_seat(work: Work, room: Room, bot: str) -> None:
    seat, team, now = secrets.new_id(), seats.team_for(room), work.now
    taken = {each.label for each in room.seats.values()}
    label = names.of_practice(taken, room.settings.language)
    work.write(room, ADD_SEAT, seat, room.id, label, now)
    body = plain(team=team, kind=KIND, bot=bot)
    work.append(room, events.JOIN, seat=seat, game=f"team-{team}" if team else seat, body=body)
    room.seats[seat] = replace(room.seats[seat], label=label, seen_at=now)


def remove(work: Work, room: Room) -> RoomInfo:
    """Send all bots away; the games that only they have played are left out of everything."""
    for seat in room.practice:
        work.append(room, events.REMOVE, seat=seat.id)
    return room.info


# When, and what ----------------------------------------------------------------------------------


def due_at(room: Room, seat: SeatInfo) -> float:
    """When a bot does the next thing in its open turn, seconds since 1970.

    Some seconds after the turn has opened or its team has moved, each seat at another moment and
    always at the same; well before the clock runs out, if there is one.
    """
    game = room.games[seat.game]
    latest = LATEST / len(room.members(game))
    if room.deadline is not None:
        latest = min(latest, _OF_CLOCK * max(room.deadline - game.since, 0.0))
    spread = zlib.crc32(f"{seat.id}/{game.turn}".encode()) / 2**32
    earliest = min(EARLIEST, latest)
    return game.since + earliest + spread * (latest - earliest)


def favourite(room: Room, game: Game, seat: str) -> str:
    """The proposal that a bot votes for: that which leads among people; empty: not yet."""
    people = [each for each in room.members(game) if not room.seats[each].bot]
    if not set(people) <= set(game.votes) or seat in game.votes:
        return ""
    votes = Counter(game.votes[each] for each in people)
    wanted = [each for each in game.proposals if each in people] or list(game.proposals)
    return min(wanted, key=lambda each: (-votes[each], game.proposals[each].seq))


class Practice:
    """Plays for the practice seats of all rooms that this process knows."""

    def __init__(self, clerk: Clerk, clock: Callable[[], float]) -> None:
        """Begin with nothing.

        Args:
            clerk: who is asked for everything, as by people.
            clock: seconds since 1970.
        """
        self._clerk, self._clock = clerk, clock

    def play(self) -> None:
        """Do whatever is due; what somebody else has done meanwhile is left alone."""
        for room in tuple(self._clerk.rooms.values()):
            if room.stage in {"open", "between"}:
                for seat in self._due(room):
                    with suppress(SimError):
                        self._move(room.id, seat)

    def _due(self, room: Room) -> Iterator[str]:
        now = self._clock()
        return (seat.id for seat in room.practice if due_at(room, seat) <= now)

    def _move(self, name: str, seat: str) -> None:
        room = self._clerk.rooms[name]  # others of the team have moved since
        game = room.games[room.seats[seat].game]
        if phase_of(room, game, seat) == "vote":
            if other := favourite(room, game, seat):
                self._clerk.ask(_voting(name, seat, game.turn, other), name).result()
            return
        turn = deciding.open_turn_of(room, seat)
        place = deciding.place_of(room, seat)
        record = self._clerk.engine(room).planned(game, room.seats[seat].bot, place)
        self._clerk.ask(
            _deciding(name, seat, turn, record),
            name,
            lambda now: deciding.intended(now, seat, record),
        ).result()


def _voting(name: str, seat: str, turn: int, other: str) -> Callable[[Work], object]:
    def deed(work: Work) -> None:
        room = work.room(name)
        deciding.vote(work, room, seat, turn=turn, other=other, key=_key("vote", turn))
        pacing.close_if_all_decided(work, room)

    return deed


def _deciding(name: str, seat: str, turn: int, record: TurnRecord) -> Callable[[Work], object]:
    def deed(work: Work) -> None:
        room = work.room(name)
        key = _key("decide", turn)
        deciding.decide(work, room, seat, turn=turn, key=key, record=record)
        pacing.close_if_all_decided(work, room)

    return deed


def _key(deed: str, turn: int) -> str:
    """The same in every process, so that two who play for a seat do it once."""
    return f"practice-{deed}-{turn}"
