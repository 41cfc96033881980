"""The files of `scenarios/library/`: parameters, tables, actions and names shared by scenarios."""

from typing import Annotated, Literal

from pydantic import Field

from sim.engine.names import (
    FactorName,
    FamilyName,
    KindName,
    MotiveName,
    RoleName,
    SurveyName,
    TouchpointName,
)
from sim.scenario.schema_rows import Action, MarketAction
from sim.scenario.schema_types import (
    Axis,
    ConceptId,
    Count,
    Factor,
    Flag,
    Format,
    Id,
    Line,
    Model,
    MoodName,
    Named,
    Number,
    Points,
    Share,
    ShareNumber,
    Shift,
    StyleName,
    Text,
    Turns,
)

FieldName = Annotated[str, Field(pattern=r"^([A-Z][A-Za-z]*\.)?[a-z_]+$")]
RateName = Literal["none", "month", "month_chance", "month_keep", "month_linear", "month_compound"]


class ParameterEntry(Model):
    """A coefficient of the model: its value, the range it may be set to, and where it is from."""

    value: ShareNumber
    low: ShareNumber
    high: ShareNumber
    rate: RateName = "none"
    unit: Line | Text | None = None
    source: Line | Text | None = None
    text: Text | None = None


class LibraryFile(Model):
    """What every file of the library may begin with."""

    format: Format = 1


class ParametersFile(LibraryFile):
    """`parameters.yaml`."""

    parameters: dict[Id, ParameterEntry]


class Vector(Model):
    """A style or manner on six axes (domain notes, table 3.1)."""

    pace: Axis
    direct: Axis
    warmth: Axis
    evidence: Axis
    recognition: Axis
    assurance: Axis

    def components(self) -> tuple[float, ...]:
        """The six numbers in the order of the table."""
        return (
            self.pace,
            self.direct,
            self.warmth,
            self.evidence,
            self.recognition,
            self.assurance,
        )


class StyleEntry(Named):
    """A social style."""

    clues: Text | None = None
    vector: Vector
    trust_gate: Factor = 1.0


class MannerEntry(Model):
    """A manner of doing something, which suits some styles and not others (D11)."""

    name: Text | None = None
    text: Text | None = None
    vector: Vector


class StylesFile(LibraryFile):
    """`styles.yaml`."""

    styles: dict[StyleName, StyleEntry]
    manners: dict[Id, MannerEntry] = Field(default_factory=dict)


class MoodEntry(Named):
    """A mood: how it colours experience, how receptive it makes, and where it goes."""

    colour: ShareNumber
    receptivity: dict[FamilyName, Factor]
    to: dict[MoodName, Share]


class MoodsFile(LibraryFile):
    """`moods.yaml`."""

    moods: dict[MoodName, MoodEntry]
    families: dict[FamilyName, Named] = Field(default_factory=dict)


class ProtocolStep(Model):
    """One step of a protocol (N1)."""

    id: Id
    name: Text
    ok: Factor = 1.0
    early: Factor = 1.0
    gap: list[Turns] = Field(default_factory=lambda: [0, 99], min_length=2, max_length=2)
    lift: Share = 0.0
    early_trust: Shift = 0.0
    early_quality: Shift = 0.0
    compares: Flag = False
    needs_need: Flag = False
    rising_chance: Share = 0.0
    families: list[FamilyName] = Field(default_factory=list)


class ProtocolEntry(Model):
    """An order of steps in which deeds work best (N1)."""

    name: Text
    reason: Text
    concept: ConceptId | None = None
    mood: MoodName | None = None
    strict: Flag = False
    hold: Turns = 4
    late: Factor = 1.0
    again: Factor = 1.0
    restart: Turns = 0
    component: Flag = False
    reset_by_failure: Flag = False
    steps: list[ProtocolStep] = Field(min_length=1, max_length=7)


class ProtocolsFile(LibraryFile):
    """`protocols.yaml`."""

    protocols: dict[Id, ProtocolEntry]


class ActionsFile(LibraryFile):
    """`actions.yaml` and other files of actions."""

    actions: dict[Id, Action] = Field(default_factory=dict)
    market_actions: dict[Id, MarketAction] = Field(default_factory=dict)


class Lever(Named):
    """One of the concrete ways to raise switching costs."""

    kind: list[Literal["procedural", "financial", "relational"]]
    earned: Flag
    action: Id | None = None
    effect: dict[Id, Number] = Field(default_factory=dict)


class LeversFile(LibraryFile):
    """`levers.yaml`."""

    levers: dict[Id, Lever]


class KindEntry(Named):
    """A kind of knowledge and how much it counts."""

    weight: Share


class RoleEntry(Named):
    """A buying role and its weight in an account."""

    weight: Share


class MotiveEntry(Named):
    """A motive and the level of needs it belongs to."""

    level: Id


class TouchpointEntry(Named):
    """A place where customers meet us, and its share of what goes wrong."""

    share: Share


class SurveyEntry(Named):
    """A way to ask customers how satisfied they are (N7)."""

    rate: Share
    selection: Factor = 0.0
    noise: Points
    bias: Shift = 0.0
    lag: Turns = 0


class KnowledgeFile(LibraryFile):
    """`knowledge.yaml`: names, sentences and weights of what can be known."""

    kinds: dict[KindName, KindEntry]
    roles: dict[RoleName, RoleEntry]
    motives: dict[MotiveName, MotiveEntry]
    levels: dict[Id, Named] = Field(default_factory=dict)
    stages: dict[Id, Named] = Field(default_factory=dict)
    relation_levels: dict[Id, Named] = Field(default_factory=dict)
    matrix_types: dict[Id, Named] = Field(default_factory=dict)
    statuses: dict[Id, Named] = Field(default_factory=dict)
    factors: dict[FactorName, Named] = Field(default_factory=dict)
    surveys: dict[SurveyName, SurveyEntry] = Field(default_factory=dict)
    touchpoints: dict[TouchpointName, TouchpointEntry] = Field(default_factory=dict)


class ConceptEntry(Model):
    """A concept of the course: what it says, how the game shows it, where research differs."""

    name: Text
    text: Text
    game: Text | None = None
    evidence: Text | None = None
    group: Id
    marks: list[Id] = Field(default_factory=list)
    see: list[ConceptId] = Field(default_factory=list)


class ConceptsFile(LibraryFile):
    """`concepts.yaml`."""

    concepts: dict[ConceptId, ConceptEntry]


class TermEntry(Model):
    """The name of a ledger term, its reason and its formula in words, for a student."""

    name: Text
    reason: Text | None = None
    formula: Text | None = None
    concept: ConceptId | None = None


class TermsFile(LibraryFile):
    """`terms.yaml`: by quantity and term."""

    terms: dict[Id, dict[Id, TermEntry]]


class StartEntry(Model):
    """Where a customer of one status begins unless the scenario says otherwise."""

    satisfaction: Points
    expectation: Points
    trust: Points
    loyalty: Points
    purchases: Count
    earned_procedural: Points
    earned_financial: Points
    coercive_procedural: Points
    coercive_financial: Points
    bond: Points


class PriorEntry(Model):
    """What is believed of a hidden field that the scenario leaves open."""

    style: dict[StyleName, Share]
    frailty_spread: Points
    fit_spread: Points
    potential_spread: Points


class MarketEntry(Model):
    """The market at the start unless the scenario says otherwise."""

    competition: Share
    core_quality: Points
    rival_quality: Points
    rival_price: Factor = 1.0
    rival_push: Factor = 0.5
    openness: Share


class StartFile(LibraryFile):
    """`start.yaml`: the opening of customers and market, and the spread of what is drawn."""

    start: dict[Literal["active", "prospect"], StartEntry]
    market: MarketEntry
    prior: PriorEntry


class FieldsFile(LibraryFile):
    """`fields.yaml`: what each field of a scenario means."""

    fields: dict[FieldName, Text]
