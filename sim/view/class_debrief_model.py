"""The debrief of a class as plain data in the reader's language, the same for page and projector.

The fields of `ClassDebriefView` stand in the order in which a debrief is held: first everybody says
what he expects, then the moment is shown, then two plans, then the rule they teach. No name stands
in it unless it was asked for. Every chart brings a sentence, and all of its numbers as a table.
"""

from dataclasses import dataclass

from sim.view.parts import Ref
from sim.view.review_chart_model import Axis, Chart, LabelView, Span
from sim.view.review_model import ExplainedChange, PlanLine

Point = tuple[float, float]


@dataclass(frozen=True)
class Series:
    """A named line of points."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class LinesChart(Chart):
    """Thin lines of all games, the median over them, and where the middle half lies."""

    x: Axis
    y: Axis
    lines: tuple[Series, ...]
    middle: tuple[Point, ...]
    band: tuple[Span, ...]
    reference: tuple[Point, ...]  # a line to compare with; empty: none
    line_name: str
    middle_name: str
    band_name: str
    reference_name: str


@dataclass(frozen=True)
class DivergingRow:
    """Skill and luck of one game, both in score points, negative to the left."""

    name: str
    skill: float
    luck: float
    shown: str


@dataclass(frozen=True, kw_only=True)
class DivergingChart(Chart):
    """What decisions and what chance brought, game by game, in the order of the names."""

    x: Axis
    rows: tuple[DivergingRow, ...]
    skill_name: str
    luck_name: str


@dataclass(frozen=True)
class CloudDot:
    """A game among others."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class CloudChart(Chart):
    """Games by two numbers."""

    x: Axis
    y: Axis
    dots: tuple[CloudDot, ...]


@dataclass(frozen=True)
class HeatCell:
    """One field: a glyph on a ground, never the ground alone."""

    look: str  # id of the label whose colours it has
    text: str  # glyph or number
    shown: str  # in words


@dataclass(frozen=True)
class HeatRow:
    """A row of fields."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, kw_only=True)
class HeatChart(Chart):
    """Fields by game and turn, or by game and idea."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    key: tuple[LabelView, ...]


@dataclass(frozen=True)
class Bar:
    """How many of a class, and what it means for them."""

    name: str
    count: int
    share: float  # 0..1 of the class
    shown: str  # `12 of 30`
    note: str  # what it cost them; empty while it is not to be told
    look: str  # id of the label whose colours the note has; empty: none


@dataclass(frozen=True, kw_only=True)
class SplitChart(Chart):
    """A class divided by what it did."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class PlanView:
    """One of two plans, told without saying whose."""

    name: str  # `Plan A`
    lines: tuple[PlanLine, ...]
    value: str  # what the game was worth before
    cost: str  # what the turn lost, in a sentence
    label: LabelView


@dataclass(frozen=True)
class MomentView:
    """A moment, told in the order of its fields."""

    id: str
    turn: int
    when: str
    title: str
    situation: str
    asked: str  # predict: what would you have done, and how many did the same
    options: tuple[str, ...]  # to vote on, without what they came to
    split: SplitChart
    good: PlanView
    poor: PlanView
    compare: str  # what to look at
    changes: tuple[ExplainedChange, ...]  # from the dearer plan to a better one, once worked out
    concept: Ref | None  # the rule: its name, and in `note` what the course says
    question: str  # to ask the class


@dataclass(frozen=True)
class LeverView:
    """Something that can be set."""

    id: str
    name: str
    text: str
    value: float
    low: float
    high: float
    step: float
    shown: str  # the value in words
    range: str  # the range in words


@dataclass(frozen=True, kw_only=True)
class SlopeChart(Chart):
    """Ranks before and after."""

    rows: tuple[tuple[str, int, int], ...]  # name, rank before, rank after
    before_name: str
    after_name: str


@dataclass(frozen=True)
class WhatIfView:
    """The class under other conditions."""

    title: str
    summary: str
    dropped: str
    lines: LinesChart  # the medians and all games after the change; reference: the median before
    ranks: SlopeChart


@dataclass(frozen=True)
class ClassDebriefView:
    """The debrief of a class.

    Attributes:
        title: Of the case.
        who: How many games, and whether all were decided by the same luck.
        pending: That reviews are still being worked out; empty: all are there.
        headings: Of the sections, by id.
        predict: What everybody says first, and turns to choose from.
        turns: Names of the turns.
        result: What happened.
        moments: Most instructive first.
        skill: Decisions against luck.
        heat: Where it was lost; None until reviews are there.
        concepts: Which ideas were missed.
        retention: Hours for customers one has against skill.
        lorenz: Hours against the value of customers.
        hints: How many were taken; None: none.
        levers: What can be changed.
        what_if: The class under changed conditions; None: not asked.
        rules: The ideas of the moments, each once.
        closing: What everybody writes down.
    """

    lang: str
    title: str
    who: str
    pending: str
    headings: dict[str, str]
    predict: str
    turns: tuple[str, ...]
    result: LinesChart
    moments: tuple[MomentView, ...]
    skill: DivergingChart | CloudChart | None
    heat: HeatChart | None
    concepts: HeatChart | SplitChart | None
    retention: CloudChart | None
    lorenz: LinesChart | None
    hints: SplitChart | None
    levers: tuple[LeverView, ...]
    what_if: WhatIfView | None
    rules: tuple[Ref, ...]
    closing: str
