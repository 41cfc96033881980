"""The file of one scenario."""

from typing import Annotated, Literal

from pydantic import Field

from sim.engine.names import (
    FactorName,
    KindName,
    MeterName,
)
from sim.scenario.scalars import INTEGER, NUMBER, SHARE
from sim.scenario.schema_customers import Customer, Prior
from sim.scenario.schema_rows import Action, MarketAction, Response, Unanswered
from sim.scenario.schema_types import (
    Concepts,
    Condition,
    Factor,
    Flag,
    Format,
    HoursPerTurn,
    Id,
    Logits,
    Model,
    MoneyPerTurn,
    MoodName,
    Named,
    Number,
    Points,
    Share,
    ShareNumber,
    ShareShift,
    Shift,
    StatusName,
    StyleName,
    Text,
    Turn,
    Turns,
)

MOST_CUSTOMERS = 40  # rows; a segment counts as one

Severity = Annotated[float, Field(ge=0, le=3), NUMBER]
Months = Annotated[float, Field(gt=0, le=24), NUMBER]
Minutes = Annotated[int, Field(ge=1, le=600), INTEGER]
AnchorName = Literal["briefing", "inbox", "portfolio", "file", "actions", "end_turn", "result"]


class Budget(Model):
    """What a turn gives: hours of work, and money at the start and in each turn."""

    hours: HoursPerTurn
    money: Number = 0.0
    income: MoneyPerTurn = Field(default_factory=lambda: [0.0])


class Market(Model):
    """The market at the start; what is left out stands in the library."""

    competition: Share | None = None
    core_quality: Points | None = None
    rival_quality: Points | None = None
    rival_price: Factor | None = None
    rival_push: Factor | None = None
    openness: Share | None = None


class Rival(Named):
    """A competitor."""

    push: Factor = 0.0


class Clue(Model):
    """What the words of an encounter betray about the speaker's style."""

    style: StyleName
    strength: Factor


def _in_touch() -> list[StatusName]:
    """The statuses in which a customer speaks unless the scenario says otherwise."""
    return ["active", "prospect"]


class Encounter(Model):
    """Something a customer says or does that wants an answer."""

    who: Id
    among: list[Id] = Field(default_factory=list)
    speaker: Id | None = None
    status: list[StatusName] = Field(default_factory=_in_touch, min_length=1)
    on: Literal["complaint"] | None = None
    turn: Turn | None = None
    when: Condition | None = None
    chance: Share = 1.0
    repeat: Turns = 0
    title: Text
    text: Text
    clue: Clue | None = None
    reveals: list[KindName] = Field(default_factory=list)
    teaches: Concepts = Field(default_factory=list)
    responses: dict[Id, Response] = Field(min_length=2, max_length=5)
    unanswered: Unanswered = Unanswered()


class EventMood(Model):
    """How an event may turn moods."""

    to: MoodName
    chance: Share = 1.0
    who: list[Id] | None = None


class EventEffect(Model):
    """What an event changes in market and firm."""

    competition: Share | None = None
    rival_quality: Shift = 0.0
    rival_pull: Logits = 0.0
    rival_turns: Turns = 0
    rival_price: ShareShift = 0.0
    rival_push: Logits = 0.0
    portability: Flag = False
    core_quality: Shift = 0.0
    failure_rate: Factor = 1.0
    factors: dict[FactorName, Shift] = Field(default_factory=dict)
    contract_end: Flag = False
    bond_loss: Share = 0.0
    failure: dict[Id, Severity] = Field(default_factory=dict)
    mood: EventMood | None = None
    stale: dict[Id, list[KindName]] = Field(default_factory=dict)
    wakes: list[Id] = Field(default_factory=list)
    variables: dict[Id, Number] = Field(default_factory=dict)


class Event(Model):
    """Something that happens in the market or the firm."""

    turn: Turn | None = None
    when: Condition | None = None
    chance: Share = 1.0
    repeat: Turns = 0
    title: Text
    text: Text
    rival: Id | None = None
    teaches: Concepts = Field(default_factory=list)
    effect: EventEffect = EventEffect()


Weighing = Annotated[float, Field(ge=0.1, le=10), NUMBER]


class Judgement(Model):
    """How the expert weighs things in this case; found by trying, no rule of the game."""

    satisfaction: Weighing = 1.0
    experience: Weighing = 1.0
    trust: Weighing = 1.0
    bond: Weighing = 1.0
    procedural: Weighing = 1.0
    financial: Weighing = 1.0
    resentment: Weighing = 1.0
    newcomer: Weighing = 1.0
    knowledge: Weighing = 1.0
    money: Weighing = 1.0


class Ending(Model):
    """One way the game can end; the first whose condition holds is told."""

    when: Condition | None = None
    title: Text
    text: Text


class Scenario(Model):
    """A teaching case."""

    format: Format
    id: Id
    title: Text
    summary: Text
    briefing: Text
    kind: Literal["consumer", "account", "mixed"]
    difficulty: Literal["easy", "medium", "hard"]
    minutes: Minutes = 40
    teaches: Concepts = Field(default_factory=list)
    use: list[Id] = Field(default_factory=lambda: ["actions"])
    turns: Turn
    turn_name: Text
    months_per_turn: Months = 1.0
    actions_per_customer: Annotated[int, Field(ge=1, le=4), INTEGER] = 2
    most_open: Annotated[int, Field(ge=1, le=5), INTEGER] = 5
    budget: Budget
    judgement: Judgement = Judgement()
    baseline_churn: Annotated[float, Field(gt=0, lt=1), SHARE] | None = None
    reveal: Literal["none", "all"] = "none"
    market: Market = Market()
    rivals: dict[Id, Rival] = Field(default_factory=dict, max_length=40)
    score: dict[MeterName, Share]
    parameters: dict[Id, ShareNumber] = Field(default_factory=dict)
    prior: Prior = Prior()
    offers: list[Id] = Field(min_length=1, max_length=40)
    actions: dict[Id, Action] = Field(default_factory=dict, max_length=200)
    market_actions: dict[Id, MarketAction] = Field(default_factory=dict, max_length=100)
    variables: dict[Id, Number] = Field(default_factory=dict, max_length=100)
    # More are an error of their own (T18), so that those beyond are looked at like the others.
    customers: dict[Id, Customer] = Field(
        min_length=1, json_schema_extra={"maxProperties": MOST_CUSTOMERS}
    )
    encounters: dict[Id, Encounter] = Field(default_factory=dict, max_length=300)
    events: dict[Id, Event] = Field(default_factory=dict, max_length=300)
    endings: dict[Id, Ending] = Field(min_length=1, max_length=40)
    tutorial: dict[AnchorName, Text] = Field(default_factory=dict)
