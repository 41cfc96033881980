"""What a class tells, checked: another program sent it, perhaps another version of this one."""

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.errors import SimError
from sim.game import Id, TurnRecord

M = TypeVar("M", bound=BaseModel)
_LONGEST = 4000  # characters of any text
Stage = Literal["lobby", "open", "paused", "between", "ended"]


class _Told(BaseModel):
    """Further fields are left out: a newer server may send them."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_max_length=_LONGEST)


class Door(_Told):
    """What a room asks of those who want to join it; see `sim.classroom.beyond`."""

    title: str
    scenario: Id
    state: Stage
    turns: int
    locked: bool
    names: Literal["pseudonym", "own", "roster"]
    teams: int = Field(ge=0, le=1000)
    fingerprint: str = Field(pattern="^[0-9a-f]{64}$")
    rules_version: int


class Joined(_Told):
    """A seat that was taken, with what proves it."""

    class Seat(_Told):
        """Which seat."""

        id: str
        label: str
        team: str = ""

    seat: Seat
    token: str = Field(min_length=1, max_length=200)


class Handed(_Told):
    """What another device takes a seat over with."""

    link: str = Field(pattern="^[A-Za-z0-9_-]{1,200}$")


class RoomState(_Told):
    """The room as it stands; `sim.classroom.model.RoomInfo` describes the fields."""

    code: str
    title: str
    state: Stage
    turn: int
    turns: int
    deadline: float | None = None
    remaining: float | None = None


class SeatState(_Told):
    """One's own seat."""

    id: str
    label: str
    team: str = ""
    removed: bool = False


class Message(_Told):
    """Something the instructor told everybody."""

    id: int
    text: str
    past: bool = False


class Proposal(_Told):
    """What a member of a team would do."""

    seat: str
    label: str
    votes: int
    mine: bool
    decision: TurnRecord


class Standing(_Told):
    """How the class and one's own seat stand; `sim.classroom.model.Standing` describes it."""

    room: RoomState
    seat: SeatState
    status: Literal["choosing", "submitted", "waiting", "stuck", "away", "finished"]
    turn: int | None = None
    messages: tuple[Message, ...] = ()
    phase: Literal["", "propose", "wait", "vote"] = ""
    proposals: tuple[Proposal, ...] = ()
    voted: str = ""
    members: int = 1
    proposed: int = 0


class Played(BaseModel):
    """The turns that have been played; `sim.classroom.beyond.Played` describes it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    after: int = Field(ge=0)
    turns: tuple[TurnRecord, ...]
    luck: tuple[str, ...]
    opening: str
    digest: str
    draft: TurnRecord = TurnRecord()


class Files(BaseModel):
    """A scenario and its library as texts."""

    model_config = ConfigDict(frozen=True)

    files: dict[str, str]


def told(kind: type[M], found: Any) -> M:
    """An answer as what it should be.

    Raises:
        SimError: `join/garbled`: it is not.
    """
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        raise SimError("join/garbled") from error
