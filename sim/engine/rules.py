"""The compiled constants of one scenario: parameters, tables and the things that can happen.

Everything here comes from YAML (`scenarios/library/` and the scenario's own file) through
`sim.scenario.compile`; no number of the model stands in Python. Axis letters as in `sim.arrays`.
"""

from dataclasses import dataclass
from typing import get_args

from sim.arrays import Array, Indices, Mask
from sim.engine.conditions import Program
from sim.engine.names import (
    FactorName,
    FamilyName,
    KindName,
    MeterName,
    MotiveName,
    RoleName,
    SurveyName,
    TouchpointName,
)
from sim.engine.parameters import Parameters
from sim.engine.tables import Encounters, Events, Features, Instruments, MarketRows, Protocols, Rows

FAMILIES: tuple[str, ...] = get_args(FamilyName)
KINDS: tuple[str, ...] = get_args(KindName)
MOTIVES: tuple[str, ...] = get_args(MotiveName)
ROLES: tuple[str, ...] = get_args(RoleName)
FACTORS: tuple[str, ...] = get_args(FactorName)  # of value (N10)
TOUCHPOINTS: tuple[str, ...] = get_args(TouchpointName)
SURVEYS: tuple[str, ...] = get_args(SurveyName)  # instruments (N7)
METERS: tuple[str, ...] = get_args(MeterName)


@dataclass(frozen=True)
class Sizes:
    """How long each axis is."""

    customers: int
    people: int
    rows: int
    actions: int
    market_actions: int
    encounters: int
    paths: int
    depth: int
    events: int
    protocols: int
    variables: int
    slots: int
    turns: int


@dataclass(frozen=True)
class Ending:
    """One way the game can end; the first whose condition holds is told."""

    id: str
    condition: Program | None


@dataclass(frozen=True)
class Opening:
    """The start state before chance is added; arrays without the runs axis."""

    state: dict[str, Array]  # State field -> [C, ...] or [C, M, ...]
    style: Indices  # [C, M] -1 unknown: drawn
    motives: Array  # [C, M, 12]
    mood: Indices  # [C, M] -1: drawn from the stationary distribution
    personal_fit: Array  # [C] NaN-free; drawn where `fit_drawn`
    fit_drawn: Mask
    fit_spread: Array  # [C] points, standard deviation
    frailty: Array  # [C]
    frailty_drawn: Mask
    frailty_spread: Array  # [C] logits, standard deviation
    potential_spread: Array  # [C] sigma of the lognormal, 0 where the author said the value
    style_prior: Array  # [C, M, 4] cumulative
    mood_prior: Array  # [4] cumulative
    money: float
    core_quality: float
    competition: float
    rival_quality: float
    rival_push: float
    rival_price: float  # 1 = our list price
    openness: float
    variables: Array  # [X]


@dataclass(frozen=True)
class Judgement:
    """How a strong player weighs things in this case, against what the model's equations say.

    Factors of the prices in `sim.lab.valuation`, 1 = as reckoned there. No rule reads them, only
    the expert; so the grade rests on them, whose upper par the expert sets.
    """

    satisfaction: float = 1.0
    experience: float = 1.0
    trust: float = 1.0
    bond: float = 1.0
    procedural: float = 1.0
    financial: float = 1.0
    resentment: float = 1.0
    newcomer: float = 1.0
    knowledge: float = 1.0
    money: float = 1.0


@dataclass(frozen=True)
class Rules:
    """Everything `step` needs that does not change during a game."""

    sizes: Sizes
    parameters: Parameters
    rows: Rows
    protocols: Protocols
    market: MarketRows
    encounters: Encounters
    events: Events
    opening: Opening
    motive_appeal: Array  # [J, 12]
    motive_has: Array  # [J] 1 where the row appeals to a motive at all
    mood_transition: Array  # [4, 4] cumulative
    mood_sign: Array  # [4] colour of experience
    coach_criteria: Array  # [C, M] how many of the four criteria of a coach hold, -1 not said
    style_gate: Array  # [4] multiplier of the trust gate, by style (D4)
    role_weight: Array  # [C, M] weight of each person in satisfaction and loyalty, sums to 1
    deal_weight: Array  # [C, M] weight in the deal
    veto: Mask  # [C, M] decider, approver, gatekeeper of an account
    role: Indices  # [C, M] index into ROLES
    present: Mask  # [C, M] there is such a person
    segment: Mask  # [C]
    knowledge_weight: Array  # [K] weights of the kinds in K, sum to 1
    mood_kind_fades: Array  # [K] 1 where freshness lasts one turn only
    neighbour: Indices  # [C, N] rows of tied customers
    tie: Array  # [C, N] weights k/1024, 0 unused
    failure_exposure: Array  # [C] multiplier of the failure chance
    features: Features
    instruments: Instruments
    touchpoint_share: Array  # [8] of failures, sums to 1
    hours: Array  # [turns] hours in each turn
    income: Array  # [turns] money added at the start of each turn
    score_weight: Array  # [4] METERS, sums to 1
    score_customers: Array  # [C] potential at the start of the opening customers, else 0
    opening_size: Array  # [C] heads at the start
    opening_value: float  # book value at the start, for the equity meter
    opening_profit: float  # profit of one turn at the start
    opening_brought: Array  # [C] profit of the last turn of each who has ever bought, own books
    reveal_all: bool
    endings: tuple[Ending, ...]
    variable_names: tuple[str, ...]
    customer_ids: tuple[str, ...]
    action_ids: tuple[str, ...]
    market_ids: tuple[str, ...]
    encounter_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    protocol_ids: tuple[str, ...]
    people_ids: tuple[tuple[str, ...], ...]  # [C][people], in slot order
    path_ids: tuple[tuple[tuple[str, ...], ...], ...]  # [V][paths] the responses of each path
    unused: frozenset[str]  # columns of `Rows` that are neutral in every row of this scenario
    uses_motives: bool
    uses_protocols: bool
    uses: frozenset[str]  # further mechanisms that are not neutral, see `sim.scenario.compile`
    judgement: Judgement = Judgement()
