"""The debrief as plain data in the reader's language, the same for every front end.

The fields of `ReviewView` stand in the order in which a debrief is held: what happened and what the
trainee thinks of it, what was decided, why, what next. Numbers stand beside the text that says
them. Every chart brings its axes, a summary in one sentence, and all of it again as a table.
"""

from dataclasses import dataclass, field
from typing import Final

from sim.view.model import CustomerReport
from sim.view.parts import Meter, Ref

# The note of the last turn that keeps what the trainee says before the labels are shown,
# an object with the number of the turn, `turn`, and a line of reasons, `why`.
QUESTION_NOTE: Final = "turning_point"


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


@dataclass(frozen=True)
class LabelView:
    """How good a decision was; never told by the colour alone."""

    id: str  # of `sim.lab.review.model.LABELS`; it is also the name of the colour
    glyph: str
    name: str
    text: str  # what it means


# --- charts ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tick:
    """A mark of an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high`; `low` may be the larger one, and then it runs backwards."""

    name: str
    low: float
    high: float
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Table:
    """The numbers of a chart; the first cell of a row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What all charts have."""

    id: str
    title: str
    summary: str  # one sentence: what there is to see
    note: str  # how to read it
    table: Table


@dataclass(frozen=True)
class Span:
    """A stretch of a band."""

    x: float
    low: float
    high: float


@dataclass(frozen=True)
class Mark:
    """A decision on the evaluation line: above it better than the expert, below it worse."""

    turn: int
    x: float
    y: float  # what was to be expected after the decision
    line: float  # what was to be expected before it
    after: float  # where luck brought it, at `turn + 1`
    label: LabelView
    shown: str


@dataclass(frozen=True, kw_only=True)
class EvaluationChart(Chart):
    """What the game was worth at the opening of every turn; x = turn, its end is `turn + 1`."""

    x: Axis
    y: Axis  # points
    share: Axis  # the same height in per cent of the stakes
    line: tuple[tuple[float, float], ...]
    band: tuple[Span, ...]  # how exactly it was measured, 95 %
    fan: tuple[Span, ...]  # what the future still held, 10 to 90 % of games
    marks: tuple[Mark, ...]
    line_name: str
    band_name: str
    fan_name: str
    mark_name: str
    luck_name: str


@dataclass(frozen=True)
class Step:
    """A bar of the waterfall."""

    id: str
    kind: str  # start, skill, luck, end
    turn: int  # 0 of the first and the last
    name: str
    start: float
    end: float
    shown: str


@dataclass(frozen=True, kw_only=True)
class WaterfallChart(Chart):
    """From what the expert would have reached over skill and luck to the result."""

    y: Axis
    steps: tuple[Step, ...]
    skill_name: str
    luck_name: str
    total_name: str


@dataclass(frozen=True)
class Dot:
    """A turn among decisions and luck."""

    turn: int
    x: float
    y: float
    label: LabelView
    shown: str


@dataclass(frozen=True, kw_only=True)
class ScatterChart(Chart):
    """How good each decision was, by how lucky it was."""

    x: Axis  # loss in per cent of a turn's stake, better to the right
    y: Axis  # luck, points
    split: tuple[float, float]
    fields: tuple[str, str, str, str]  # top left, top right, bottom left, bottom right
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Segment:
    """Hours for one kind of action."""

    id: str
    hours: float


@dataclass(frozen=True)
class TurnHours:
    """Where the hours of a turn went."""

    turn: int
    own: tuple[Segment, ...]
    expert: tuple[Segment, ...]


@dataclass(frozen=True, kw_only=True)
class HoursChart(Chart):
    """Hours by kind of action and turn, the player's beside the expert's."""

    y: Axis
    kinds: tuple[Ref, ...]  # in the order of stacking, the same for all bars
    turns: tuple[TurnHours, ...]
    own_name: str
    expert_name: str


@dataclass(frozen=True)
class PairRow:
    """A customer in two plans."""

    id: str
    name: str
    own: float
    better: float
    own_text: str
    better_text: str


@dataclass(frozen=True, kw_only=True)
class DumbbellChart(Chart):
    """The costliest turn customer by customer: hours as played and in the better plan."""

    turn: int
    x: Axis
    rows: tuple[PairRow, ...]
    own_name: str
    better_name: str


@dataclass(frozen=True)
class Bar:
    """A bar with its range."""

    id: str
    name: str
    value: float
    low: float
    high: float
    short: str
    shown: str


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """What each concept of the course cost, the most first."""

    x: Axis
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class ForecastDot:
    """Forecasts made with about the same confidence."""

    sure: float  # 0..1, their mean
    hit: float  # 0..1, the share that came true
    count: int
    shown: str


@dataclass(frozen=True, kw_only=True)
class CalibrationChart(Chart):
    """How sure the forecasts were, and how often they came true."""

    x: Axis  # 0..1
    y: Axis  # 0..1
    dots: tuple[ForecastDot, ...]


@dataclass(frozen=True)
class Place:
    """Where a customer stood at the opening of a turn."""

    turn: int
    satisfaction: float
    loyalty: float


@dataclass(frozen=True)
class PathView:
    """A customer's way over the map."""

    id: str
    name: str
    portrait: str | None
    places: tuple[Place, ...]  # of the turns in which the customer was there
    left: bool


@dataclass(frozen=True, kw_only=True)
class MapChart(Chart):
    """Satisfaction by loyalty in behaviour over time."""

    x: Axis  # 0..100
    y: Axis  # 0..100
    split: tuple[float, float]
    fields: tuple[str, str, str, str]  # top left, top right, bottom left, bottom right
    turns: int  # the last turn of any place
    paths: tuple[PathView, ...]


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
    idea: str  # the first concept in a sentence
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
    events: tuple[LuckView, ...]
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
    verdict: str  # decision and luck apart, in two sentences
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
    next_steps: tuple[str, ...]
    reflection: str  # the sentence to be completed
    said_reflection: str = ""
    glossary: tuple[Ref, ...] = field(default=())  # concepts of this debrief; note: the text
