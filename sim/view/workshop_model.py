"""What the workshop shows of a scenario that is being written; plain data in one language."""

from dataclasses import dataclass

from sim.view.parts import Ref
from sim.view.review_model import Axis, Table

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class FindingView:
    """A problem with its line."""

    place: str  # file and line, as editors understand it
    short: str  # the same without folders
    severity: str  # error, warning, note
    severity_name: str
    code: str
    field: str  # empty for the file itself
    text: str
    source: str  # the part of the line around the place; empty where there is none
    before: int  # so many of its characters stand before the place
    advice: str  # why it is one, and what to do


@dataclass(frozen=True)
class VerdictView:
    """How the last save is."""

    state: str  # waiting, error, warning, note, fine
    text: str
    saved: str  # when, and how long the look took; empty while there is none
    warning: str  # why what is shown is not the last save; empty if it is


@dataclass(frozen=True)
class AnswerView:
    """A place in the tree of answers."""

    path: tuple[str, ...]
    depth: int  # 0 of those that are on offer at first
    say: str
    cost: str
    condition: str  # empty for always
    deeds: tuple[str, ...]  # as written in the file
    place: str


@dataclass(frozen=True)
class EncounterItem:
    """An encounter in the list of all."""

    id: str
    title: str
    who: str
    opens: tuple[str, ...]  # what must hold for it to open
    speakers: tuple[Ref, ...]  # id: of the rules, with which it is put on stage; name: who speaks
    turn: int  # in which it is put on stage
    place: str
    seen: str  # how often it opened; empty until that is known
    severity: str  # the worst of its problems; empty for none
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class MapCell:
    """A turn of something that may happen."""

    shares: tuple[float, ...]  # 0..1, by bot
    told: bool  # it happened then in the expert's one game
    bound: bool  # it is scheduled for this turn
    text: str


@dataclass(frozen=True)
class MapRow:
    """Something that may happen, over the turns."""

    id: str
    kind: str  # encounter, event
    title: str
    text: str  # whom it concerns, and when
    place: str
    severity: str
    cells: tuple[MapCell, ...]


@dataclass(frozen=True)
class EndingRow:
    """An ending and its condition."""

    id: str
    title: str
    text: str
    place: str


@dataclass(frozen=True)
class MapView:
    """What may happen when."""

    turns: tuple[str, ...]
    encounters: tuple[MapRow, ...]
    events: tuple[MapRow, ...]
    endings: tuple[EndingRow, ...]
    waiting: str  # empty once all bots have played


@dataclass(frozen=True)
class Line:
    """A bot's way through a chart."""

    bot: str
    points: Points  # of one game
    low: Points  # of eight of ten games
    high: Points


@dataclass(frozen=True)
class MeterChart:
    """A meter over the turns."""

    id: str
    title: str
    summary: str
    x: Axis
    y: Axis
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class GamesView:
    """What bots made of it."""

    bots: tuple[Ref, ...]  # note: how its one game ended
    charts: tuple[MeterChart, ...]
    endings: Table
    waiting: str
    luck: str


@dataclass(frozen=True)
class WorkshopView:
    """All of the last save that can be shown."""

    title: str
    verdict: VerdictView
    findings: tuple[FindingView, ...]
    more: str  # how many of the problems are shown; empty for all
    encounters: tuple[EncounterItem, ...]
    map: MapView | None  # None until something can be shown
    games: GamesView | None
