"""What programs may send: models that take nothing else, and no more of it than a turn can hold."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.classroom.model import Absent, Names, Pace, Reveal, Settings
from sim.classroom.practice import MIXED, MOST
from sim.game import Id, TurnRecord

Short = Annotated[str, Field(max_length=100)]
_MOST_CHOICES = 100
_MOST_STEPS = 8


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class SentAction(_Sent):
    """One action on one customer."""

    customer: Id
    action: Id
    tone: Literal["neutral", "driver", "analytical", "expressive", "amiable"] = "neutral"
    person: Id | None = None


class SentForecast(_Sent):
    """Where a customer's satisfaction will go."""

    customer: Id
    direction: Literal["up", "stay", "down"]
    sure: float = Field(ge=0.34, le=1.0)


class SentNotes(_Sent):
    """What is kept with a turn and counts for nothing."""

    forecast: SentForecast | None = None
    reflection: str | None = Field(default=None, max_length=4000)
    seconds: float | None = Field(default=None, ge=0.0, le=1e7)


class SentDecision(_Sent):
    """A whole turn."""

    choices: tuple[SentAction, ...] = Field(default=(), max_length=_MOST_CHOICES)
    market: tuple[Id, ...] = Field(default=(), max_length=_MOST_CHOICES)
    responses: dict[Id, Annotated[tuple[Id, ...], Field(min_length=1, max_length=_MOST_STEPS)]] = (
        Field(default_factory=dict, max_length=_MOST_CHOICES)
    )
    notes: SentNotes = SentNotes()

    def record(self) -> TurnRecord:
        """The turn as it is recorded."""
        plain = self.model_dump_json(exclude_none=True, exclude_defaults=True)
        return TurnRecord.model_validate_json(plain)  # a third of what making the parts would take


class SentSettings(_Sent):
    """How a class is to play; see `sim.classroom.model.Settings`."""

    pace: Pace = "turn"
    seconds: int = Field(default=180, ge=10, le=86_400)
    auto_close: bool = False
    names: Names = "pseudonym"
    teams: int = Field(default=0, ge=0, le=50)
    reveal: Reveal = "turn"
    absent: Absent = "draft"
    seats: int = Field(default=200, ge=1, le=1000)
    reviews: bool = True
    practice: bool = False
    retention_days: int = Field(default=90, ge=1, le=3650)
    seed: int | None = Field(default=None, ge=0, lt=2**63)
    language: Literal["en", "zh"] = "en"

    def settings(self) -> Settings:
        """The settings they say."""
        return Settings(**dict(self))


class SentRoom(_Sent):
    """A room to be opened."""

    scenario: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[a-z][a-z0-9_-]*$")]
    title: Short = ""
    settings: SentSettings = SentSettings()


class SentJoin(_Sent):
    """Somebody who takes a seat."""

    code: Annotated[str, Field(min_length=1, max_length=20)]
    label: Short = ""
    team: Annotated[str, Field(max_length=4)] = ""
    number: Short = ""
    kind: Literal["web", "window", "bot"] = "web"


class SentVote(_Sent):
    """A vote for a member's proposal."""

    proposal: Short  # id of the seat


class SentPractice(_Sent):
    """Bots that take seats; see `sim.classroom.practice`."""

    number: int = Field(default=1, ge=1, le=MOST)
    play: Annotated[str, Field(max_length=20)] = MIXED


class SentTurning(_Sent):
    """Which turn of one's own game mattered most, and why."""

    turn: int = Field(ge=1, le=1000)
    why: Annotated[str, Field(max_length=4000)] = ""


class SentDeed(_Sent):
    """What an instructor does with a room; which of the other fields count depends on it."""

    action: Literal[
        "open", "close", "pause", "resume", "extend", "lock", "unlock", "message", "end"
    ]
    seconds: int | None = Field(default=None, ge=10, le=86_400)
    text: Annotated[str, Field(max_length=500)] = ""
    turn: int | None = Field(default=None, ge=1, le=1000)


class SentLink(_Sent):
    """What a seat on another device handed over."""

    link: Short
