"""The words of a scenario as plain data, by the ids that the rules use, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    en: str
    zh: str

    def of(self, lang: str) -> str:
        """The text in a language, `en` or `zh`."""
        return self.zh if lang == "zh" else self.en


NO_WORDS = Words("", "")

# Why a deed writes a meter directly, by meter: the author's own reason, for the ledger.
Reasons = Mapping[str, Words]


@dataclass(frozen=True)
class Label:
    """A name and one sentence."""

    name: Words
    text: Words = NO_WORDS
    concept: str | None = None  # what it belongs to in the glossary
    formula: Words = NO_WORDS  # how it is worked out, in words


@dataclass(frozen=True)
class PersonScript:
    """Somebody at a customer."""

    name: Words
    about: Words
    portrait: str | None
    role: str
    file: Mapping[str, Words]  # what the file says once a kind is known


@dataclass(frozen=True)
class CustomerScript:
    """A customer as the player first sees it."""

    name: Words
    about: Words
    portrait: str | None
    kind: str
    count: int
    people: Mapping[str, PersonScript]  # in slot order; a consumer is its own only person


@dataclass(frozen=True)
class ActionScript:
    """Something on offer, with what it takes."""

    name: Words
    text: Words
    icon: str
    group: str
    family: str
    hours: float
    money: float
    contacts: float
    cooldown: int
    tones: bool
    teaches: tuple[str, ...]
    intrusive: bool = False
    because: Reasons = field(default_factory=dict)


@dataclass(frozen=True)
class ResponseScript:
    """One thing the player may say; `responses` are what may follow."""

    say: Words
    reply: Words
    rationale: Words
    hours: float
    money: float
    teaches: tuple[str, ...]
    responses: Mapping[str, "ResponseScript"]
    because: Reasons = field(default_factory=dict)


@dataclass(frozen=True)
class EncounterScript:
    """What a customer says, and the tree of answers."""

    title: Words
    text: Words  # may contain {name}, the speaker
    customer: str
    speaker: str
    teaches: tuple[str, ...]
    responses: Mapping[str, ResponseScript]
    paths: tuple[tuple[str, ...], ...]  # response ids of each complete path, in the rules' order
    unanswered: Words
    because: Reasons = field(default_factory=dict)  # of what silence writes


@dataclass(frozen=True)
class EventScript:
    """What happened in market or firm."""

    title: Words
    text: Words
    rival: str | None
    teaches: tuple[str, ...]


@dataclass(frozen=True)
class ConceptScript:
    """An entry of the glossary."""

    name: Words
    text: Words
    game: Words
    evidence: Words
    group: str
    see: tuple[str, ...]


@dataclass(frozen=True)
class ProtocolScript:
    """An order of steps, for the reason behind a bonus or a loss."""

    name: Words
    reason: Words
    concept: str | None
    steps: tuple[Words, ...]


@dataclass(frozen=True)
class Glossary:
    """Names that all scenarios share, by id."""

    concepts: Mapping[str, ConceptScript]
    terms: Mapping[str, Mapping[str, Label]]
    styles: Mapping[str, Label]
    style_clues: Mapping[str, Words]
    moods: Mapping[str, Label]
    families: Mapping[str, Label]
    kinds: Mapping[str, Label]
    roles: Mapping[str, Label]
    motives: Mapping[str, Label]
    motive_levels: Mapping[str, str]
    protocols: Mapping[str, ProtocolScript]
    levers: Mapping[str, Label]
    labels: Mapping[str, Mapping[str, Label]]  # levels, stages, relation_levels, matrix_types, ...


@dataclass(frozen=True)
class Script:
    """All the words of one scenario."""

    id: str
    title: Words
    summary: Words
    briefing: Words
    kind: str
    difficulty: str
    minutes: int
    turns: int
    turn_name: Words
    teaches: tuple[str, ...]
    customers: Mapping[str, CustomerScript]
    actions: Mapping[str, ActionScript]
    market_actions: Mapping[str, ActionScript]
    encounters: Mapping[str, EncounterScript]  # by the encounter ids of the rules
    events: Mapping[str, EventScript]
    rivals: Mapping[str, Label]
    endings: Mapping[str, Label]
    tutorial: Mapping[str, Words]
    glossary: Glossary
