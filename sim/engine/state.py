"""What a turn starts from, what the player chose, what chance brought, and what came of it.

Axis letters are those of `sim.arrays`: R runs, C customers, M people slots at a customer, K
knowledge kinds, Q protocols, F action families, V encounters, E events, A actions. Every array is
C-contiguous and never written to after it has been handed over; a turn returns new arrays.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sim.arrays import Array, Indices, Mask


class Status(IntEnum):
    """Where a customer row stands with the firm; `UNBORN` rows are reserved for newcomers."""

    UNBORN = 0
    PROSPECT = 1
    ACTIVE = 2
    LAPSED = 3
    RELEASED = 4


class Mood(IntEnum):
    """The four moods of `course.md`, in the order of every mood table."""

    RISING = 0
    FALLING = 1
    CALM = 2
    COMPLACENT = 3


class Style(IntEnum):
    """The four social styles, in the order of every style table; a tone is a style or neutral."""

    DRIVER = 0
    ANALYTICAL = 1
    EXPRESSIVE = 2
    AMIABLE = 3


NEUTRAL_TONE = 0  # tones are 0 neutral, 1 + Style otherwise


class Stage(IntEnum):
    """The five stages of a relationship (Dwyer, Schurr & Oh 1987)."""

    AWARENESS = 0
    EXPLORATION = 1
    EXPANSION = 2
    COMMITMENT = 3
    DISSOLUTION = 4


class Guide(IntEnum):
    """Somebody inside who guides us (`account.coach`); a false one carries tales to the rival."""

    NONE = 0
    TRUE = 1
    FALSE = 2


class Promise(IntEnum):
    """A deadline the player has announced and that the next turn will keep or break."""

    NONE = 0
    HARD = 1
    SAFE = 2
    LADDER = 3  # hard, and what is paid if it is broken is said beforehand (D9)


@dataclass(frozen=True)
class Traits:
    """Hidden, lasting facts about people and customers; the leading axis is 1 or R.

    They live in the state, not in the rules, so that a belief can vary them from run to run.
    """

    style: Indices  # [1|R, C, M] `Style`
    motives: Array  # [1|R, C, M, 12] weights k/1024 that sum to 1
    motive_match: Array  # [1|R, C, M, J] psi of each effect row for this person, -1..1
    personal_fit: Array  # [1|R, C] experience points; how well the core offer suits (q_i)
    frailty: Array  # [1|R, C] logits; lasting inclination to stay (xi)
    scale: Array  # [1|R, C] points; how high the customer's marks run (N7)


@dataclass(frozen=True)
class State:
    """Everything a later turn depends on."""

    turn: int  # turns already played
    traits: Traits

    # People -----------------------------------------------------------------------------------
    mood: Indices  # [R, C, M] `Mood`
    experience: Array  # [R, C, M] 0..100 points, last delivered experience b
    expectation: Array  # [R, C, M] 5..98 points, a
    satisfaction: Array  # [R, C, M] 0..100 points, S
    trust: Array  # [R, C, M] 0..100 points, T
    loyalty: Array  # [R, C, M] 0..100 points, attitudinal loyalty L
    repetition: Array  # [R, C, M, F] >= 0, H
    known: Mask  # [R, C, M, K] the player has learnt this kind
    fresh: Mask  # [R, C, M, K] and it still holds
    noted: Mask  # [R, C, M, K] and it is written down
    hint: Array  # [R, C, M, 4] evidence for each style from clues, >= 0
    position: Array  # [R, C, M, Q] steps done in each protocol when last looked at, whole numbers
    step_turn: Array  # [R, C, M, Q] turn from which the last step's age counts, whole numbers
    lens: Array  # [R, C, M] first impression, -1..1 (N4)
    met: Mask  # [R, C, M] the person has met us (N4)
    failure_gap: Array  # [R, C, M] points of satisfaction lost to the open failure
    guide: Indices  # [R, C, M] `Guide`
    seen: Array  # [R, C, M, 3] last reading of satisfaction, loyalty, trust, points
    seen_turn: Array  # [R, C] turn of that reading, whole numbers; -1 an opening impression

    # Customers --------------------------------------------------------------------------------
    status: Indices  # [R, C] `Status`
    stage: Indices  # [R, C] `Stage`
    size: Array  # [R, C] heads; 1 for a customer, shrinks for a segment
    potential: Array  # [R, C] w, 1 = an average customer's monthly margin at full share
    purchases: Array  # [R, C] n, whole numbers
    earned_procedural: Array  # [R, C] 0..100 P_E
    coercive_procedural: Array  # [R, C] 0..100 P_C
    earned_financial: Array  # [R, C] 0..100 F_E
    coercive_financial: Array  # [R, C] 0..100 F_C
    coercive_turns: Array  # [R, C] turns until the coercive terms expire
    bond: Array  # [R, C] 0..100 R
    resentment: Array  # [R, C] 0..100 G
    dependence: Array  # [R, C] 0..1 discount dependence D
    reference_price: Array  # [R, C] p_ref, 1 = list price
    price_weight: Array  # [R, C] pw, how heavily price weighs, 1 usual (N3)
    unaffordable: Array  # [R, C] logits that the deal lacks for want of money (N3)
    cared: Array  # [R, C] turns for which the bond still fades more slowly (D2)
    price_factor: Array  # [R, C] the customer's own list price, 1 = list
    contact: Array  # [R, C] contact pressure C
    failure: Array  # [R, C] severity of the open failure, 0 none, 1..3
    failure_age: Array  # [R, C] turns since it happened
    failure_prior: Array  # [R, C] decayed count of failures before the open one
    failures: Array  # [R, C] decayed count of failures nf
    failure_factor: Array  # [R, C] multiplier of the failure chance, 0..1
    failure_guard: Array  # [R, C] turns the multiplier still lasts
    guarded: Indices  # [R, C] 1 + the touchpoint that this works on, 0 all (N10)
    touchpoint: Indices  # [R, C] 1 + the touchpoint of the open failure, 0 none (N10)
    prepared: Array  # [R, C] points of preparation for a first meeting (N4)
    attentive: Array  # [R, C] turns for which service still counts as quality service (D8)
    survey: Array  # [R, C, 3] last answers: mark 0..100, buys again, recommends 0..1 (N7)
    survey_turn: Array  # [R, C] turn from which they are known, -1 never asked
    survey_pending: Array  # [R, C, 3] answers on their way
    survey_wait: Array  # [R, C] turns until they are in, 0 none
    survey_open: Array  # [R, C] turns for which something is expected to come of them
    frailty_shift: Array  # [R, C] logits added to the trait: how the customer was won
    failure_due: Array  # [R, C] severity of a failure that an event brings to the next delivery
    openness: Array  # [R, C] 0..1, how easy it is for this customer to complain
    voiced: Mask  # [R, C] the open failure was complained about
    voiced_age: Array  # [R, C] turns since the last complaint, 99 never
    redress: Array  # [R, C, 3] compensation (multiples of the loss), interaction 0..1, speed 0..1
    handled_age: Array  # [R, C] turns since handling began, -1 not begun
    promise: Indices  # [R, C] `Promise` to be settled this turn
    deal_logit: Array  # [R, C] y
    idle: Array  # [R, C] turns without a deed for this customer
    friends_left: Array  # [R, C] X
    low_turns: Array  # [R, C] turns in a row with satisfaction below the dissolution line
    leave_chance: Array  # [R, C] last turn's h
    service_cost: Array  # [R, C] multiplier of the cost to serve
    stake: Array  # [R, C] money lost if the customer leaves (self-lock-in)
    profit: Array  # [R, C] money units earned last turn
    owed: Array  # [R, C] money units earned but not paid yet (D7)
    historic_value: Array  # [R, C] money units earned so far
    leave_reason: Indices  # [R, C] 0 none, 1 price, 2 service (once lapsed)
    attention: Array  # [R, C] share of attention that is ours, 0..1 (N5)
    door: Array  # [R, C] logits of coming back, left open by the last words (D10)
    ready_turn: Array  # [R, C, A] first turn in which each action may be used again
    open_encounter: Indices  # [R, C] 0 none, v + 1: the encounter waiting for an answer

    # Firm and market --------------------------------------------------------------------------
    money: Array  # [R] money units left
    core_quality: Array  # [R] Q points
    quality_pipeline: Array  # [R, 2] points that arrive next turn and the turn after
    factors: Array  # [R, 3, 5] points beyond Q of each factor: now, next turn, then (N10)
    touchpoint_rate: Array  # [R, 8] multiplier of the failure chance at each touchpoint (N10)
    tools: Mask  # [R] aids to selling are at hand (N4)
    competition: Array  # [R] kappa 0..1
    rival_quality: Array  # [R] points
    rival_price: Array  # [R] what the rival asks, 1 = our list price (N3)
    rival_pull: Array  # [R] extra pull of the rival while an event lasts
    rival_turns: Array  # [R] turns it still lasts
    rival_push: Array  # [R] how hard rivals court our customers, 0..2 (N5)
    rival_study: Array  # [R] how well the rivals are known, 0..6, whole numbers
    rival_forestalled: Array  # [R] turns for which we are ahead of their moves
    stocks: Array  # [R, 3] knowledge of people, of the product, of the staff, 0..1 (N9)
    failure_rate: Array  # [R] multiplier of every failure chance
    market_ready: Array  # [R, market actions] first turn in which each may be used again
    spent: Array  # [R] money spent on deeds so far
    variables: Array  # [R, X] the scenario's own variables
    event_count: Array  # [R, E] times each event has happened
    event_turn: Array  # [R, E] turn in which it last happened, -1 never
    encounter_count: Array  # [R, V] times each encounter has opened
    encounter_turn: Array  # [R, V] turn in which it last opened, -1 never
    encounter_waiting: Mask  # [R, V] it is due, but others came first


def changed(state: State, **values: Any) -> State:
    """The state with some of its fields changed.

    As `dataclasses.replace`, which looks at each of the many fields and takes three times as long.
    """
    return State(**{**vars(state), **values})


@dataclass(frozen=True)
class Choices:
    """What the player does in one turn; all zeros is doing nothing."""

    action: Indices  # [R, C, slots] 0 none, 1..A
    tone: Indices  # [R, C, slots] 0 neutral, 1 + Style
    person: Indices  # [R, C, slots] people slot that is addressed
    market: Mask  # [R, market actions]
    response: Indices  # [R, V] 0 unanswered, 1..paths of that encounter


@dataclass(frozen=True)
class Draws:
    """The chance of one turn: uniforms in [0, 1), by position, used or not."""

    delivery: Array  # [R, C, 4] experience noise, failure, its severity, its touchpoint
    response: Array  # [R, C, 4] voice, promise kept, leave, deal
    growth: Array  # [R, C, 4] cross-sell, survey, win-back, promise ladder
    person: Array  # [R, C, M, 4] learn, forget, mood transition, mood shock
    event: Array  # [R, E, 4] happens, spare
    encounter: Array  # [R, V, 4] opens, spare


@dataclass(frozen=True)
class StartDraws:
    """The chance of the opening state."""

    customer: Array  # [R, C, 4] frailty, personal fit, potential, opening encounter
    person: Array  # [R, C, M, 4] style, mood, scale of marks, spare


@dataclass(frozen=True)
class Chance:
    """One kind of chance event of a turn: its probability and how it fell, row by row."""

    name: str
    probability: Array  # [R, n]
    happened: Mask  # [R, n]


Terms = dict[str, dict[str, Array]]


@dataclass(frozen=True)
class Outcome:
    """What came of a turn: told, but not carried over to the next one."""

    experience: Array  # [R, C, M] b of this turn
    failed: Mask  # [R, C] a new failure
    touchpoint: Indices  # [R, C] 1 + where it failed, 0 nowhere
    complained: Mask  # [R, C] and it was voiced
    promise_kept: Mask  # [R, C]
    promise_broken: Mask  # [R, C]
    left: Mask  # [R, C]
    released: Mask  # [R, C]
    won: Mask  # [R, C] a deal was closed
    lost_deal: Mask  # [R, C] a deal was asked for and refused
    accepted: Mask  # [R, C] a further offer was accepted
    refused: Mask  # [R, C] a further offer was refused
    returned: Mask  # [R, C] won back
    woken: Mask  # [R, C] a newcomer appeared
    over_contact: Array  # [R, C] contacts beyond what is welcome
    messages: Array  # [R, C] people told per head: > 0 praise, < 0 blame
    event_happened: Mask  # [R, E]
    lost_value: Array  # [R, C] customer lifetime value lost with those who left
    unanswered: Mask  # [R, V] encounters left without an answer
    read: Mask  # [R, C] the player has a current reading of this customer
    chances: tuple[Chance, ...] = ()
    terms: Terms = field(default_factory=dict)  # quantity -> term -> [R, C] or [R, C, M]
    badges: dict[str, Array] = field(default_factory=dict)  # multiplier -> [D, R, C]
