"""The charts of a debrief as plain data: axes, series, a sentence, and all of it as a table."""

from dataclasses import dataclass

from sim.view.parts import Ref


@dataclass(frozen=True)
class LabelView:
    """How good a decision was; never told by the colour alone."""

    id: str  # of `sim.lab.review.model.LABELS`; it is also the name of the colour
    glyph: str
    name: str
    text: str  # what it means


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


@dataclass(frozen=True, kw_only=True)
class FieldsChart(Chart):
    """Two axes whose plane is cut into four fields."""

    x: Axis
    y: Axis
    split: tuple[float, float]  # where the fields meet
    fields: tuple[str, str, str, str]  # top left, top right, bottom left, bottom right


@dataclass(frozen=True)
class Dot:
    """A turn among decisions and luck."""

    turn: int
    x: float
    y: float
    label: LabelView
    shown: str


@dataclass(frozen=True, kw_only=True)
class ScatterChart(FieldsChart):
    """Luck, in points, by loss in per cent of a turn's stake: to the right the better decisions."""

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
    shown: str  # what the better plan does otherwise


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
class MapChart(FieldsChart):
    """Satisfaction by loyalty in behaviour over time, both 0..100."""

    turns: int  # the last turn of any place
    paths: tuple[PathView, ...]
