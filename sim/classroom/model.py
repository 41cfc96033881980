"""What is seen of a room: plain data that never changes once it has been handed out."""

from dataclasses import dataclass, field
from typing import Literal

from sim.game import GameRecord, TurnRecord

Pace = Literal["turn", "deadline", "free"]
Absent = Literal["draft", "nothing", "hold"]
Names = Literal["pseudonym", "own", "roster"]
Reveal = Literal["turn", "end"]
Stage = Literal["lobby", "open", "paused", "between", "ended"]
Status = Literal["choosing", "submitted", "waiting", "stuck", "away", "finished"]
Phase = Literal["", "propose", "wait", "vote"]


@dataclass(frozen=True)
class Settings:
    """How a class plays.

    Attributes:
        pace: `turn`, the instructor opens and closes each turn; `deadline`, the same with a clock
            that closes it; `free`, everybody goes on when ready.
        seconds: For each turn of pace `deadline`, 10..86400.
        auto_close: Close a turn as soon as every game has decided.
        names: `pseudonym`, the room gives a name; `own`, trainees type one; `roster`, only those on
            the name list may join, by their number, and are shown under a pseudonym.
        teams: How many teams; 0: everybody plays alone.
        reveal: When the class sees how it stands: after each `turn`, or at the `end`.
        absent: What becomes of a game without a decision when its turn closes: `draft`, what had
            been chosen, without unfinished conversations; `nothing`; or `hold`, the game stays
            behind and catches up at its own pace.
        seats: How many may join, 1..1000.
        reviews: Whether trainees get a review of their own game once the room has ended.
        practice: Whether the debrief counts practice seats beside people; where nobody else has
            played it always does.
        retention_days: After so many days the room is deleted, 1..3650.
        seed: Of the luck, the same for all games; None draws one.
        language: In which the room was opened, `en` or `zh`; trainees choose their own.
    """

    pace: Pace = "turn"
    seconds: int = 180
    auto_close: bool = False
    names: Names = "pseudonym"
    teams: int = 0
    reveal: Reveal = "turn"
    absent: Absent = "draft"
    seats: int = 200
    reviews: bool = True
    practice: bool = False
    retention_days: int = 90
    seed: int | None = None
    language: str = "en"


@dataclass(frozen=True)
class RoomInfo:
    """A room as it stands.

    Attributes:
        id: Never changes, and is known to nobody but the server.
        code: What is typed to join.
        scenario: Its name, or the path it was opened from.
        title: What the instructor calls it.
        state: `lobby`, nothing has been opened; `open`, a turn is; `paused`, it rests; `between`,
            the last turn was closed and the next not yet opened; `ended`.
        turn: The one that is open or was closed last, from 1; 0 in the lobby. Pace `free`: the
            furthest that any game has open.
        turns: Of the whole game.
        deadline: When the open turn closes by itself, seconds since 1970.
        remaining: Seconds left of a turn that is paused.
        settings: How the class plays.
        locked: Nobody can join.
        seats: How many are taken by people.
        practice: How many practice seats there are beside them.
        seq: Number of the last event.
        created_at: Seconds since 1970.
        delete_at: When it is deleted, seconds since 1970.
    """

    id: str
    code: str
    scenario: str
    title: str
    state: Stage
    turn: int
    turns: int
    deadline: float | None
    settings: Settings
    remaining: float | None = None
    locked: bool = False
    seats: int = 0
    practice: int = 0
    seq: int = 0
    created_at: float = 0.0
    delete_at: float = 0.0


@dataclass(frozen=True)
class SeatInfo:
    """A place in a room.

    Attributes:
        id: Of this place.
        room: Id of the room.
        label: The name the class sees.
        team: Id of the team; empty without teams.
        game: Id of the game that is played from this place.
        kind: `web`, `window`, `bot`, or `practice` if the server plays it itself.
        joined_at: Seconds since 1970.
        seen_at: Last sign of life, seconds since 1970.
        removed: Sent away by the instructor.
        bot: Of a practice seat the policy that plays it, one of `practice.BOTS`; else empty.
    """

    id: str
    room: str
    label: str
    team: str
    game: str
    kind: str
    joined_at: float
    seen_at: float
    removed: bool = False
    bot: str = ""


@dataclass(frozen=True)
class BoardLine:
    """Where one game of a class stands.

    Attributes:
        game: Its id.
        label: Of its seat or team.
        turn: The open turn, from 1; the last one when it is over.
        status: `choosing`; `submitted`, and waits for the others; `waiting` for the instructor;
            `stuck`, has chosen nothing for long; `away`, gives no sign of life; `finished`.
        since: When that began, seconds since 1970.
        seats: Ids of who plays it.
        submitted: How many of a team's members have proposed.
        practice: Whether only practice seats play it.
    """

    game: str
    label: str
    turn: int
    status: Status
    since: float
    seats: tuple[str, ...]
    submitted: int = 0
    practice: bool = False


@dataclass(frozen=True)
class Message:
    """Something the instructor told everybody."""

    id: int  # number of its event
    text: str
    at: float
    past: bool = False  # a turn has been opened or closed since it was read


@dataclass(frozen=True)
class Proposal:
    """What a member of a team would do."""

    seat: str
    label: str
    record: TurnRecord
    votes: int
    mine: bool


@dataclass(frozen=True)
class Standing:
    """Everything about one seat but its game.

    Attributes:
        room: The room.
        seat: The seat.
        status: As on the board; a member of a team who has proposed has `submitted`.
        turn: The turn that can be decided now, from 1; None: nothing can.
        revealed: Whether the class may see how it stands.
        messages: To all, the oldest first.
        phase: Of a team's turn: `propose`; `wait` for the others' proposals; `vote`; else empty.
        proposals: Those of the team in the order of their coming, from phase `vote` on.
        voted: The seat whose proposal this member voted for.
        members: Of the team that are present, and how many of them have proposed.
        proposed: How many have proposed.
    """

    room: RoomInfo
    seat: SeatInfo
    status: Status
    turn: int | None
    revealed: bool
    messages: tuple[Message, ...] = ()
    phase: Phase = ""
    proposals: tuple[Proposal, ...] = ()
    voted: str = ""
    members: int = 1
    proposed: int = 0


@dataclass(frozen=True)
class Receipt:
    """What a decision came to; the same however often it is sent.

    Attributes:
        turn: Which turn it decided, from 1.
        seq: Number of its event in the room.
        kind: `decide`, `propose` or `vote`.
        played: Whether the turn has been played by now.
    """

    turn: int
    seq: int
    kind: str
    played: bool = False


@dataclass(frozen=True)
class Said:
    """Which turn a trainee thinks mattered most, from 1, and why."""

    turn: int
    why: str


@dataclass(frozen=True)
class RosterLine:
    """A person on the name list; personal data, kept apart and deletable."""

    number: str
    name: str
    email: str = ""
    seat: str = ""


@dataclass(frozen=True)
class Kept:
    """A game of a room as it is kept.

    Attributes:
        label: Of its seat, or the number of its team.
        team: Whose it is; empty if somebody plays alone.
        record: As the file that a game alone would have been saved to.
        bots: Policies of the practice seats, where nobody else has played it; else none.
    """

    label: str
    team: str
    record: GameRecord
    bots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """What a seat has chosen so far in its open turn."""

    turn: int
    record: TurnRecord = field(default_factory=TurnRecord)
    at: float = 0.0
