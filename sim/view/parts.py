"""The small parts of which screens are made; plain data in the reader's language.

Numbers stand beside the text that shows them: a window draws the number, a terminal says the text.
Where something is not known, the number is None, the text is `?` or a hint, and `how` says how one
could find out.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ref:
    """A pointer to a customer, action or concept, with a remark."""

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Meter:
    """One gauge of a customer, a person or the firm."""

    id: str
    name: str
    value: float | None  # 0..100, None unknown
    shown: str  # the value in words, `?` when unknown
    age: int | None = None  # turns since the reading, None: known at all times or never read
    when: str = ""  # the same in words
    change: float | None = None  # against the reading before
    change_text: str = ""
    how: str = ""  # how one could find out


@dataclass(frozen=True)
class Fact:
    """One kind of knowledge about a person."""

    id: str
    name: str
    known: bool
    text: str  # what the file says, or what can be said without it
    stale: bool = False  # known once, but it may have changed
    confidence: float | None = None  # 0..1 of a hint, None: no hint
    how: str = ""


@dataclass(frozen=True)
class Hint:
    """A line of the scenario's tutorial and the place where it belongs."""

    anchor: str
    text: str


@dataclass(frozen=True)
class NewsItem:
    """Something to be told."""

    id: str
    title: str
    text: str
    concepts: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class ToneView:
    """A tone in which an action can be done."""

    id: str  # neutral, or a style
    name: str
    text: str


@dataclass(frozen=True)
class ActionView:
    """An action on offer, for one customer or for the firm."""

    id: str
    name: str
    text: str
    icon: str
    group: str
    group_name: str
    hours: float
    money: float
    cost: str
    tones: tuple[ToneView, ...]  # empty: no choice of tone
    people: tuple[Ref, ...]  # who may be addressed; empty: nobody in particular
    needs: tuple[str, ...]  # prerequisites in plain words
    allowed: bool
    why_not: str  # empty when allowed
    chosen: str  # how it was chosen for this turn; empty: not chosen
    concepts: tuple[Ref, ...]


@dataclass(frozen=True)
class ContributionView:
    """One reason for a change, with its share of it."""

    id: str
    name: str
    amount: float
    shown: str
    sentence: str
    concept: Ref | None
    formula: str = ""  # how it is worked out, in words


@dataclass(frozen=True)
class ChangeView:
    """How a quantity of a customer moved in a turn, and why."""

    id: str
    name: str
    before: float | None
    after: float | None
    amount: float
    shown: str  # the whole change in words
    contributions: tuple[ContributionView, ...]  # largest first; they sum to `amount`


@dataclass(frozen=True)
class SignView:
    """One of the ten signs of a firm relationship."""

    id: str
    name: str
    state: bool | None  # None: cannot be told
    shown: str
    basis: str  # what it is told from, or how one could find out


@dataclass(frozen=True)
class HistoryRow:
    """One past turn of a customer."""

    turn: int
    when: str
    satisfaction: float | None
    loyalty: float | None
    meters: str
    actions: str
    happened: str


@dataclass(frozen=True)
class GroupView:
    """Customers that belong together on the board: a tier, a zone, a field of the matrix."""

    id: str
    name: str
    text: str  # the rule and what to do with them
    customers: tuple[Ref, ...]
