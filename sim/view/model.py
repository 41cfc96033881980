"""The view-model: one frozen dataclass per screen, the same for every front end."""

from dataclasses import dataclass

from sim.view.parts import (
    ActionView,
    ChangeView,
    Fact,
    GroupView,
    Hint,
    HistoryRow,
    Meter,
    NewsItem,
    Ref,
    SignView,
)


@dataclass(frozen=True)
class CatalogueItem:
    """A scenario that can be played."""

    id: str
    title: str
    summary: str
    length: str
    difficulty: str
    concepts: str
    best: str  # best grade so far; empty: not played
    problem: str  # the first mistake of a broken one; empty: sound
    faces: tuple[str, ...] = ()  # portraits of its first customers


@dataclass(frozen=True)
class SaveItem:
    """A game that can be gone on with."""

    id: str  # what the session resumes by
    title: str
    state: str
    when: str
    problem: str = ""
    finished: bool = False  # it can be reviewed


@dataclass(frozen=True)
class CatalogueView:
    """What to play."""

    title: str
    scenarios: tuple[CatalogueItem, ...]
    saves: tuple[SaveItem, ...]


@dataclass(frozen=True)
class BriefingView:
    """What the trainee reads first."""

    title: str
    summary: str
    text: str
    frame: tuple[str, ...]  # turns, budget, customers
    goals: tuple[Meter, ...]  # what the score weighs; the value is the weight in percent
    concepts: tuple[Ref, ...]
    hints: tuple[Hint, ...]
    resolution: str  # what was resolved after the last game of this scenario; empty: nothing


@dataclass(frozen=True)
class Header:
    """Where the game stands."""

    title: str
    turn: int  # 1-based
    turns: int
    when: str
    hours_left: float
    hours: float
    hours_text: str
    money_left: float
    money_text: str
    book: str  # how many customers, prospects, lost


@dataclass(frozen=True)
class SaidView:
    """One exchange of a conversation."""

    say: str
    reply: str


@dataclass(frozen=True)
class ResponseView:
    """Something that may be said next."""

    id: str
    say: str
    cost: str
    allowed: bool
    why_not: str


@dataclass(frozen=True)
class EncounterView:
    """What a customer says, how the conversation went so far, and what may be said next."""

    id: str
    customer: Ref
    speaker: str
    portrait: str | None
    mood: str
    title: str
    text: str
    state: str
    said: tuple[SaidView, ...]
    path: tuple[str, ...]
    responses: tuple[ResponseView, ...]  # empty once the conversation is over
    answered: bool
    final: bool  # it cannot be taken back
    concepts: tuple[Ref, ...]


@dataclass(frozen=True)
class CustomerCard:
    """A customer on the board."""

    id: str
    name: str
    portrait: str | None
    kind: str
    status: str
    mood_id: str | None
    mood: str
    style: str
    meters: tuple[Meter, ...]  # satisfaction, loyalty, switching cost
    worth: str
    rank: int | None  # by worth, 1 the highest; None unknown
    flags: tuple[str, ...]  # what wants attention


@dataclass(frozen=True)
class PlaceView:
    """Where a customer stands by satisfaction and loyalty; the matrix has the words for it."""

    id: str
    satisfaction: float  # 0..100
    loyalty: float  # in behaviour: the chance to stay, 0..100


@dataclass(frozen=True)
class PlaneView:
    """The matrix as a plane; who is not on it stands in the group `unknown` of the matrix."""

    split: tuple[float, float]  # where the four fields meet, 0..100
    places: tuple[PlaceView, ...]


@dataclass(frozen=True)
class BoardView:
    """The portfolio in four arrangements."""

    cards: tuple[CustomerCard, ...]
    gone: tuple[CustomerCard, ...]
    pyramid: tuple[GroupView, ...]
    pyramid_note: str
    funnel: tuple[GroupView, ...]
    funnel_note: str
    matrix: tuple[GroupView, ...]
    matrix_note: str
    plane: PlaneView


@dataclass(frozen=True)
class PlannedView:
    """Something chosen for this turn."""

    id: str
    customer: Ref | None  # None: for the firm
    text: str
    cost: str
    encounter: bool = False


@dataclass(frozen=True)
class ForecastView:
    """The forecast of this turn; scored apart from the game."""

    question: str
    customer: Ref | None
    direction: str | None  # up, stay, down
    sure: float | None
    text: str
    directions: tuple[Ref, ...]
    candidates: tuple[Ref, ...]


@dataclass(frozen=True)
class TurnView:
    """Everything of the open turn but the single customers."""

    header: Header
    meters: tuple[Meter, ...]  # of the book, by the last readings
    news: tuple[NewsItem, ...]
    inbox: tuple[EncounterView, ...]
    board: BoardView
    market: tuple[ActionView, ...]
    plan: tuple[PlannedView, ...]
    forecast: ForecastView
    hints: tuple[Hint, ...]
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True)
class PersonView:
    """Somebody at a customer."""

    id: str
    name: str
    role: str
    about: str
    portrait: str | None
    mood_id: str | None
    mood: Fact
    style: Fact
    meters: tuple[Meter, ...]  # satisfaction, loyalty, trust
    file: tuple[Fact, ...]
    knowledge: Meter


@dataclass(frozen=True)
class CustomerView:
    """A customer's file and what can be done for this customer now."""

    card: CustomerCard
    about: str
    size: str
    stage: str
    level: str
    kind_of_loyalty: str  # the matrix type
    meters: tuple[Meter, ...]
    ties: tuple[Meter, ...]  # the parts of switching cost
    people: tuple[PersonView, ...]
    matters: tuple[str, ...]  # open complaint, promise, price, contact, deal
    acquaintances: Fact
    signs: tuple[SignView, ...]
    signs_note: str
    history: tuple[HistoryRow, ...]
    actions: tuple[ActionView, ...]
    slots_left: int
    slots_text: str
    encounter: str | None  # id of the open one


@dataclass(frozen=True)
class CustomerReport:
    """What a turn did with one customer."""

    id: str
    name: str
    summary: str
    happened: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    badges: tuple[str, ...]  # what made an action tell more or less
    note: str  # why nothing is shown, if so
    weight: float  # how much moved; the largest come first


@dataclass(frozen=True)
class ReportView:
    """The end of a turn."""

    title: str
    happened: tuple[str, ...]  # firm: money, newcomers, forecast
    news: tuple[NewsItem, ...]
    leavings: tuple[str, ...]
    customers: tuple[CustomerReport, ...]  # the largest changes first
    finished: bool


@dataclass(frozen=True)
class GlossaryEntry:
    """A concept of the course."""

    id: str
    name: str
    group: str
    text: str
    game: str
    evidence: str
    see: tuple[Ref, ...]


@dataclass(frozen=True)
class GlossaryView:
    """All concepts, or those that were searched for."""

    title: str
    entries: tuple[GlossaryEntry, ...]


@dataclass(frozen=True)
class ResultView:
    """The end of the game."""

    title: str
    ending: str
    ending_text: str
    meters: tuple[Meter, ...]  # satisfaction, loyalty, switching cost, equity, as weighed
    score: Meter
    grade: Meter
    grade_text: str
    forecast: str
    matrix: tuple[GroupView, ...]
    plane: PlaneView
    lost: tuple[str, ...]
    withheld: tuple[Ref, ...]  # concepts that would have given something away, with the customer
    next_steps: tuple[str, ...]
    hints: tuple[Hint, ...]


@dataclass(frozen=True)
class PageView:
    """A page of plain lines: help, a saved game, a message."""

    title: str
    lines: tuple[str, ...]
