"""What a review says, as plain data: numbers and ids, no words.

    to_json(review) -> text            from_json(text) -> Review

Values are points of the scenario's score unless a field says otherwise; turns count from 1.
"""

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.game import TurnRecord

FORMAT: Final = 1

Tier = Literal["instant", "standard", "deep"]
Label = Literal["beats_expert", "best", "good", "inaccuracy", "mistake", "blunder", "routine"]
LABELS: Final = ("beats_expert", "best", "good", "inaccuracy", "mistake", "blunder", "routine")
Tag = Literal["unlucky", "got_away"]  # good decision, bad luck; mistake that went unpunished
Kind = Literal[
    "omission",  # something worth doing was not done
    "wrong_target",  # the deed was right, for another customer or person
    "wrong_action",  # the customer was right, the deed was not
    "wrong_answer",  # another answer to what a customer said
    "wrong_tone",  # the same deed in a manner that suits the person better
    "overspend",  # hours or money for nothing
    "timing",  # right, but not now
    "missing_information",  # learning first would have been better
]
# A score is the sum of these, so a difference of scores is explained by theirs.
COMPONENTS: Final = ("satisfaction", "loyalty", "switching_cost", "profit", "spending", "book")


class Part(BaseModel):
    """Part of a review; unknown keys are refused, since a review can always be made again."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Estimate(Part):
    """A mean over games played on, with the range that holds it in 90 of 100 cases."""

    value: float
    low: float
    high: float
    games: int  # how many were played on for it


class Choice(Part):
    """One thing chosen, by ids."""

    customer: str | None = None  # None: the firm as a whole
    action: str | None = None  # of a customer or of the market
    tone: str = "neutral"
    person: str | None = None
    encounter: str | None = None
    path: tuple[str, ...] = ()


class Change(Part):
    """One step from what was played towards what would have been better; gains add up."""

    kind: Kind
    # What it is about: an action (customer, action, tone, person), an answer (encounter and path),
    # or a market action; None on a side means nothing was there.
    before: Choice | None
    after: Choice | None
    room: tuple[Choice, ...] = ()  # what else was left out so that hours and money allow it
    gain: Estimate
    components: dict[str, float]  # of COMPONENTS, summing to the gain's value
    # Chance that customers concerned are still there at the end, before and after the change; only
    # where it surely moves, those it moves most first.
    stays: dict[str, tuple[float, float]] = Field(default_factory=dict)  # customer id
    concepts: tuple[str, ...] = ()  # ids, most important first


class Luck(Part):
    """A chance event that moved the expected result."""

    customer: str | None
    event: str  # name of the chance, as in `outcome.chances`
    happened: bool
    chance: float  # 0..1, how likely it was to happen
    points: float  # > 0 lucky


class TurnReview(Part):
    """One turn: values before, of what was played, and of the best found."""

    turn: int = Field(ge=1)
    value: Estimate  # V: the expert from here on
    fan: tuple[float, float]  # 10 and 90 per cent of final scores, the expert from here on
    played: Estimate  # Q of what was played, then the expert
    best: Estimate  # Q of the best plan found
    nothing: Estimate  # Q of doing nothing this turn
    loss: Estimate  # best - played, >= 0, from games of its own
    loss_share: float  # l: per cent of an average turn's stake
    label: Label
    between: Label | None = None  # the neighbouring label that the range also allows
    weight: float
    accuracy: float  # 0..100
    skill: float  # Q(played) - V, by what the player could know
    luck: float  # V of the next turn - V - skill
    unknown: float = 0.0  # of it, what the decision brought by facts the player could not know
    lucky: tuple[Luck, ...] = ()  # the luckiest and unluckiest events, largest first
    tags: tuple[Tag, ...] = ()
    best_plan: TurnRecord
    expert_plan: TurnRecord
    changes: tuple[Change, ...] = ()  # at most three, from the played plan to the best
    rest: float = 0.0  # what further small changes would bring together
    # Hours by action id (answers under their encounter's id, market actions under theirs).
    hours: dict[str, float] = Field(default_factory=dict)
    expert_hours: dict[str, float] = Field(default_factory=dict)
    concept_loss: dict[str, Estimate] = Field(default_factory=dict)  # shares of the loss
    refined: bool = True  # False: only the graph's numbers so far, label and changes to come
    tier: Tier = "standard"  # how thoroughly it was looked at; instant: it is not refined


class Review(Part):
    """The review of a game; the same game always gives the same."""

    format: int = FORMAT
    tier: Tier
    scenario: str
    fingerprint: str
    game: str  # checksum of the record
    policy_version: int
    stakes: float  # S: V0 of the expert - V0 of doing nothing, points
    turns_total: int  # turns of a whole game
    opening: float  # V0
    result: float | None  # F: the score reached; None for an unfinished game
    skill: float  # sum over turns
    luck: float
    unknown: float = (
        0.0  # of luck, what rests on facts the player could not know; the rest is chance
    )
    luck_share: float  # 0..1: the share of games with less luck
    accuracy: float  # 0..100
    skill_index: float  # 0 = doing nothing, 100 = the expert
    turning_point: int | None  # the turn after which the result was decided most
    turns: tuple[TurnReview, ...]
    concept_loss: dict[str, Estimate] = Field(default_factory=dict)


class Progress(Part):
    """How far a review has come."""

    done: float = Field(ge=0.0, le=1.0)
    review: Review


class Evaluation(Part):
    """What another plan for a turn would have been worth, by the same games as the review's."""

    value: Estimate
    loss: Estimate  # against the best plan found, >= 0
    loss_share: float  # per cent of an average turn's stake
    label: Label
    solved: bool  # at least good


def to_json(review: Review) -> str:
    """One JSON value, keys in the order of the fields."""
    return review.model_dump_json(indent=1) + "\n"


def from_json(text: str | bytes) -> Review:
    """The review in a text.

    Raises:
        ValueError: it is not a review of this format.
    """
    return Review.model_validate_json(text)


def plain(review: Review) -> dict[str, Any]:
    """The review as dictionaries and lists."""
    return review.model_dump(mode="json")
