"""The debrief as plain data in the reader's language, the same for every front end.

The fields of `ReviewView` stand in the order in which a debrief is held: what happened and what the
trainee thinks of it, what was decided, why, what next. Numbers stand beside the text that says
them. Every chart brings its axes, a summary in one sentence, and all of it again as a table.
"""

from dataclasses import dataclass, field
from typing import Final

from sim.play.resolutions import QUESTION
from sim.view.model import CustomerReport
from sim.view.parts import Meter, Ref
from sim.view.review_chart_model import (
    Axis,
    Bar,
    BarChart,
    CalibrationChart,
    Chart,
    Dot,
    DumbbellChart,
    EvaluationChart,
    ForecastDot,
    HoursChart,
    LabelView,
    MapChart,
    Mark,
    PairRow,
    PathView,
    Place,
    ScatterChart,
    Segment,
    Span,
    Step,
    Table,
    Tick,
    TurnHours,
    WaterfallChart,
)

__all__ = [
    "QUESTION_NOTE",
    "Axis",
    "Bar",
    "BarChart",
    "CalibrationChart",
    "Chart",
    "CourseCard",
    "CourseView",
    "Dot",
    "DumbbellChart",
    "EvaluationChart",
    "ExplainedChange",
    "ForecastDot",
    "HoursChart",
    "LabelView",
    "LuckView",
    "MapChart",
    "Mark",
    "PairRow",
    "PathView",
    "Place",
    "PlanLine",
    "QuestionView",
    "RangeView",
    "Reading",
    "RetryCard",
    "ReviewView",
    "ScatterChart",
    "Segment",
    "Share",
    "Span",
    "Step",
    "Table",
    "Tick",
    "TurnDebrief",
    "TurnHours",
    "TurnLedger",
    "WaterfallChart",
]

QUESTION_NOTE: Final = QUESTION


@dataclass(frozen=True)
class RangeView:
    """A measured amount with the range that holds it in 90 of 100 cases."""

    value: float
    low: float
    high: float
    clear: bool  # the range does not contain zero
    short: str  # `+3.1`, or that it is about equal
    shown: str  # `+3.1 points (90 % range 2.5 to 3.7)`, or that it is about equal
    games: int = 0  # how many were played on for it


# --- decisions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanLine:
    """One thing in a plan."""

    customer: Ref | None  # None: for the firm
    text: str
    hours: float


@dataclass(frozen=True)
class Share:
    """One additive part of a gain."""

    id: str
    name: str
    amount: float
    shown: str


@dataclass(frozen=True)
class ExplainedChange:
    """A change of the plan that would have been better, and why."""

    kind: str
    kind_name: str
    lead: str  # what kind of difference it is
    before: PlanLine | None  # what was played; None: nothing
    after: PlanLine | None  # what would have been better; None: nothing
    sentence: str  # the three in one
    gain: RangeView
    why: str  # what the gain is made of, in a sentence
    shares: tuple[Share, ...]  # they sum to the gain
    stays: tuple[str, ...]  # how likely the customers concerned stay, before and after
    concepts: tuple[Ref, ...]
    idea: str  # the first concept in a sentence; empty: a change before it says the same
    question: str  # what to ask oneself next time; empty: a change before it asks the same


@dataclass(frozen=True)
class LuckView:
    """A chance event that moved the expected result."""

    text: str
    points: float
    shown: str


@dataclass(frozen=True)
class TurnDebrief:
    """One decision."""

    turn: int
    when: str
    label: LabelView
    between: str  # that the range also allows the neighbouring label
    loss: RangeView
    loss_share: float  # per cent of an average turn's stake
    cost: str  # the loss in a sentence
    skill: float
    luck: float
    skill_text: str
    luck_text: str
    tags: tuple[str, ...]  # good decision, bad luck; got away with it
    events: tuple[LuckView, ...]  # the last one is all the rest; they sum to the luck
    own: tuple[PlanLine, ...]
    better: tuple[PlanLine, ...]
    changes: tuple[ExplainedChange, ...]
    rest: str  # what further small changes would bring
    refined: bool  # False: label and changes are still being worked out


@dataclass(frozen=True)
class RetryCard:
    """One of the costliest turns, to be decided again; told in the order of its fields."""

    turn: int
    when: str
    label: LabelView
    loss: RangeView
    state: tuple[str, ...]  # what was known when the turn began
    own: tuple[PlanLine, ...]
    question: str
    hint: str
    better: tuple[PlanLine, ...]
    changes: tuple[ExplainedChange, ...]
    rest: str


@dataclass(frozen=True)
class TurnLedger:
    """Why the meters of the customers concerned moved in a turn, nothing held back."""

    turn: int
    when: str
    customers: tuple[CustomerReport, ...]
    concepts: tuple[Ref, ...]  # of the reasons, each once; note: the text


@dataclass(frozen=True)
class QuestionView:
    """What the trainee is asked before any label is shown, and how it compares."""

    text: str
    why_text: str
    turns: tuple[Ref, ...]  # id: the number of the turn
    said_turn: int | None  # what the trainee chose; None: not asked yet
    said_why: str
    found_turn: int | None  # the turning point by the review
    comparison: str  # empty as long as nothing was said


# --- seen through the course ----------------------------------------------------------------------


@dataclass(frozen=True)
class Reading:
    """A measured number of the game."""

    id: str
    name: str
    shown: str


@dataclass(frozen=True)
class CourseCard:
    """An idea of the course in the numbers of this game."""

    concept: Ref
    readings: tuple[Reading, ...]
    sentence: str
    table: Table | None = None
    asked: str = ""  # what the trainee is asked to write; empty: nothing


@dataclass(frozen=True)
class CourseView:
    """The game seen through the course; the cards in the order of the course."""

    title: str
    note: str
    cards: tuple[CourseCard, ...]


@dataclass(frozen=True)
class ReviewView:
    """The debrief of a game."""

    title: str
    game: str  # which one: scenario, seed, turns
    assumption: str  # good decisions are judged assuming strong play afterwards
    progress: str  # what is still being worked out; empty: all done
    depth: str  # how thoroughly it was worked out
    question: QuestionView
    figures: tuple[Meter, ...]  # skill index, accuracy, result, luck
    verdict: str  # decision and luck apart, in a sentence; empty before the end
    labels: tuple[LabelView, ...]  # the key, best first
    turns: tuple[TurnDebrief, ...]
    evaluation: EvaluationChart
    waterfall: WaterfallChart | None  # None: the game is not finished
    scatter: ScatterChart
    hours: HoursChart
    worst: DumbbellChart | None  # None: no turn has cost anything
    concepts: BarChart | None  # None: nothing to share out
    calibration: CalibrationChart | None  # None: no forecasts
    retries: tuple[RetryCard, ...]
    retries_note: str
    map: MapChart | None  # None: the game is not finished, and the truth stays hidden
    course: CourseView | None  # None: likewise
    next_steps: tuple[str, ...]
    reflection: str  # the sentence to be completed
    said_reflection: str = ""
    glossary: tuple[Ref, ...] = field(default=())  # concepts of this debrief; note: the text
