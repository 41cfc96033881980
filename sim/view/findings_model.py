"""What is shown of many games of a scenario, as plain data: its balance, or its items."""

from dataclasses import dataclass
from typing import Self

from sim.view.review_model import Axis, Chart, Table


@dataclass(frozen=True)
class Smell:
    """Something that is out of balance."""

    code: str
    subject: str
    where: str  # file:line:column
    text: str
    advice: str


@dataclass(frozen=True)
class Tile:
    """A figure of the scenario as a whole."""

    name: str
    shown: str
    note: str


@dataclass(frozen=True)
class Mark:
    """A value of a row with what lies around it; `low` and `high` are the value where unknown."""

    low: float
    value: float
    high: float
    series: int

    @classmethod
    def exactly(cls, value: float, series: int = 0) -> Self:
        """A value with nothing around it."""
        return cls(value, value, value, series)


@dataclass(frozen=True)
class Row:
    """A line of a chart of ranges."""

    name: str
    marks: tuple[Mark, ...]
    shown: str


@dataclass(frozen=True, kw_only=True)
class RangeChart(Chart):
    """Values with their ranges, one row below the other."""

    x: Axis
    rows: tuple[Row, ...]
    series: tuple[str, ...]  # names, where there are several


@dataclass(frozen=True, kw_only=True)
class StackChart(Chart):
    """Shares that add up to one, one row below the other."""

    rows: tuple[tuple[str, tuple[float, ...]], ...]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Talk:
    """One encounter with all that can be said in it."""

    id: str
    title: str
    where: str
    note: str
    table: Table


@dataclass(frozen=True)
class Part:
    """A section: what it is about, then charts."""

    title: str
    charts: tuple[RangeChart | StackChart, ...]


@dataclass(frozen=True)
class Findings:
    """The whole."""

    title: str
    basis: str
    verdict: str
    smells: tuple[Smell, ...]
    tiles: tuple[Tile, ...]
    parts: tuple[Part, ...]
    offers_title: str
    offers: Table
    offers_note: str
    talks_title: str
    talks_note: str
    talks: tuple[Talk, ...]
    left_out_title: str = ""
    left_out: tuple[str, ...] = ()  # games that could not be counted, and why
