"""The compiled constants of one scenario: parameters, tables and the things that can happen.

Everything here comes from YAML (`scenarios/library/` and the scenario's own file) through
`sim.scenario.compile`; no number of the model stands in Python. Axis letters as in `sim.arrays`.
"""

from dataclasses import dataclass

from sim.arrays import Array, Indices, Mask

Program = tuple[tuple[str, object], ...]  # a compiled condition, see `sim.engine.conditions`

FAMILIES = (
    "pitch",
    "contact",
    "discovery",
    "service",
    "value",
    "earned",
    "growth",
    "recovery",
    "coercive",
    "portfolio",
)
KINDS = (
    "style",
    "mood",
    "motive",
    "level",
    "orientation",
    "need",
    "role",
    "tie",
    "preference",
    "background",
    "situation",
    "rival",
    "lock_in",
    "sign",
    "reason",
    "cause",
)
MOTIVES = (
    "fame",
    "rivalry",
    "following",
    "respect",
    "hobby",
    "novelty",
    "practicality",
    "thrift",
    "beauty",
    "safety",
    "convenience",
    "guarantee",
)
ROLES = ("decider", "approver", "influencer", "user", "buyer", "gatekeeper")
METERS = ("satisfaction", "loyalty", "switching_cost", "equity")


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
class Parameters:
    """The coefficients of E1-E27, per turn; units, ranges and sources in `parameters.yaml`.

    Names ending in `_rate` or `_keep` were given per month and converted by compile.
    """

    # Fit and repetition (E1-E3)
    style_weight: float  # .30
    motive_weight: float  # .25
    motive_slope: float  # 2.2
    motive_miss: float  # .2
    knowledge_weight: float  # .30 of the file's items, N6
    stale_weight: float  # .40
    fit_floor: float  # .2
    fit_ceiling: float  # 1.8
    multiplier_ceiling: float  # 2.5
    sequence_floor: float  # .3
    sequence_ceiling: float  # 1.5
    repetition_decay: float  # .35
    repetition_keep: float  # .6
    colleague_share: float  # .25
    # Contact (E4)
    contact_keep: float  # .6
    contact_allowance: float  # recalibrated 2.5
    contact_stage_allowance: float  # .5
    irritation_weight: float  # .8
    irritation_power: float  # 1.3
    # Price (E5)
    price_loss_weight: float  # 1.7
    reference_price_rate: float  # .3
    dependence_gain: float  # .35
    dependence_fade_rate: float  # .03
    # Experience (E6)
    price_experience: float  # 25
    failure_chance: float  # .06 a month
    severe_share: float  # .3
    failure_base: float  # 7
    failure_slope: float  # 5
    noise: float  # 4
    mood_colour: float  # 2
    # Gap (E7-E9)
    tolerance: float  # .07
    tolerance_slope: float  # .3
    gap_power: float  # .88
    gap_loss_weight: float  # 2.1
    satisfaction_base: float  # 60
    quality_weight: float  # .8
    gap_weight: float  # 90
    # Satisfaction (E10)
    satisfaction_rate_floor: float  # .12
    satisfaction_rate_gain: float  # .28
    satisfaction_rate_scale: float  # 6
    failure_rate_base: float  # .45
    failure_rate_slope: float  # .05
    tenure_protection: float  # .3
    tenure_scale: float  # 12
    # Expectation (E11-E12)
    expectation_up: float  # .25
    expectation_down: float  # .12
    promise_expectation: float  # 6
    promise_kept_hard: float  # .75
    promise_kept_safe: float  # .95
    promise_kept_experience: float  # 10
    promise_kept_trust: float  # 6
    promise_broken_experience: float  # 6
    promise_broken_trust: float  # 15
    # Voice (E13)
    voice_base: float  # -2.2
    voice_severity: float  # .75
    voice_trust: float  # .015
    voice_openness: float  # 1.2
    voice_competition: float  # .5
    # Recovery (E14-E15)
    justice_distributive: float  # .45
    justice_interactional: float  # .33
    justice_procedural: float  # .22
    compensation_power: float  # .7
    compensation_bonus: float  # .1
    compensation_peak: float  # 1.5
    compensation_excess: float  # .3
    velocity_next: float  # .5
    velocity_later: float  # .2
    justice_ceiling: float  # 1.05
    second_failure: float  # .3
    surprise: float  # 5
    surprise_justice: float  # .85
    surprise_severity: float  # 1
    surprise_failures: float  # .5
    futile_justice: float  # .15
    futile_share: float  # .25
    ignored_share: float  # .10
    failure_memory_keep: float  # .85 a month
    failure_open_turns: float  # 4: an open failure fades from view after this
    handling_turns: float  # 2: further redress counts this long
    # Trust (E16)
    trust_rate: float  # .06
    trust_recovery: float  # 4
    trust_ignored: float  # 6
    trust_stale: float  # 3, N6
    privacy_trust: float  # 8, N6
    privacy_resentment: float  # 2, N6
    # Switching cost (E17-E20)
    time_together_rate: float  # .25
    financial_fade_rate: float  # .03
    bond_fade_rate: float  # .03
    pestering: float  # .12
    resentment_fade_rate: float  # .1
    coercion_rate: float  # .10
    coercion_reference: float  # 60
    portability: float  # .4
    nudge_procedural: float  # 25
    nudge_satisfaction: float  # 4
    # Loyalty (E21)
    loyalty_rate: float  # .15
    loyalty_base: float  # -.9
    loyalty_satisfaction: float  # .06
    loyalty_trust: float  # .025
    loyalty_bond: float  # .015
    loyalty_resentment: float  # .03
    loyalty_dependence: float  # .8
    # Staying (E22)
    stay_base: float  # 5.5, or solved from baseline_churn
    stay_satisfaction: float  # .03
    stay_loyalty: float  # .03
    stay_procedural: float  # .018
    stay_financial: float  # .018
    stay_bond: float  # .027
    stay_resentment: float  # .02
    stay_friends: float  # .588
    rival_base: float  # 4
    rival_quality_weight: float  # .05
    rival_dependence: float  # 1.2
    friends_keep: float  # .5 a month
    year_turns: int  # turns in twelve months, the horizon of behavioural loyalty
    # Word of mouth (E23)
    told_base: float  # 4
    told_blame: float  # 6
    told_praise: float  # 3
    told_scale: float  # 40
    told_resentment: float  # 40
    message_shift: float  # .2
    message_customers: float  # .5
    # Value (E24)
    margin: float  # 100 money units a month at full share of an average customer, per turn
    share_base: float  # .2
    share_gain: float  # .8
    share_scale: float  # 20
    serve_cost: float  # money units per turn
    discount_margin: float  # margin lost per unit of price cut
    value_turns: int  # 36 months
    value_discount: float  # .01 a month
    campaign_reach: float  # newcomers at most
    campaign_scale: float  # 200
    newcomer_discount_frailty: float  # .8
    newcomer_discount_scale: float  # .7
    referral_deal: float  # .8
    referral_frailty: float  # .2
    referral_satisfaction: float  # 75
    referral_loyalty: float  # 65
    accept_base: float  # -1
    accept_loyalty: float  # .04
    accept_growth: float  # 1.2
    refused_satisfaction: float  # 3
    # Deals (E25)
    deal_start: float  # -1.4
    deal_cooling: float  # .05
    veto_chance: float  # .25
    veto_disposition: float  # -1
    disposition_satisfaction: float  # .05
    disposition_trust: float  # .05
    refused_deal: float  # logits lost when asked in vain
    knowledge_half: float  # .5
    # Win-back (§3.4)
    win_back_base: float  # -2.6
    win_back_relation: float  # 1.6
    win_back_price: float  # .5
    win_back_service: float  # -.4
    win_back_match: float  # .5
    # Mood (E26)
    shock_failure: float  # .6
    shock_gap: float  # -.15
    shock_recovery: float  # .7 chance
    shock_recovery_justice: float  # .7
    shock_complacent: float  # .10
    shock_complacent_satisfaction: float  # 80
    # Labels (E27)
    stage_expansion_purchases: float
    stage_expansion_trust: float
    stage_expansion_satisfaction: float
    stage_commitment_trust: float
    stage_commitment_loyalty: float
    stage_commitment_ties: float
    stage_dissolution_chance: float
    stage_dissolution_satisfaction: float
    stage_dissolution_resentment: float
    level_distant: float  # 10
    level_face: float  # 30
    level_intimate: float  # 60
    level_intimate_trust: float  # 70
    type_satisfaction: float  # 65
    type_loyalty: float  # 60
    # Knowledge (N6)
    learn_base: float  # .5
    learn_trust: float  # .5
    forget_rate: float  # .15 a turn
    # Score (design §5)
    coercion_credit_base: float  # 50
    coercion_credit_scale: float  # 10


@dataclass(frozen=True)
class Rows:
    """The effect table: row 0 does nothing, then the actions, then the responses of encounters.

    Each array has one entry per row [J] unless a second axis is named.
    """

    family: Indices  # index into FAMILIES
    hours: Array
    money: Array
    contacts: Array
    cooldown: Array  # turns
    quality: Array  # experience points e
    bond: Array  # w
    deal: Array  # logits g
    deal_unprepared: Array  # logits while the customer is not known well enough
    trust: Array  # points
    expectation: Array  # points
    expectation_pull: Array  # 0..1 share moved towards the core quality
    earned_procedural: Array
    earned_financial: Array
    coercive_procedural: Array
    coercive_financial: Array
    coercive_turns: Array
    resentment: Array
    discount: Array  # depth of the price cut, 0..1
    dependence: Array
    reprice: Array  # change of the customer's own list price, share
    listening: Array  # 0..1 each a third of interactional justice
    calming: Array
    siding: Array
    compensation: Array  # multiples of the loss
    speed: Array  # 0..1
    failure_memory: Array  # multiplier of the count of failures
    failure_factor: Array  # multiplier of the failure chance ...
    failure_turns: Array  # ... for so many turns
    openness: Array
    promise: Indices  # `Promise`
    ask: Mask  # closes a deal
    cross_sell: Mask
    referral: Mask
    win_back: Array  # logits of the offer; NaN-free: 0 where `is_win_back` is False
    is_win_back: Mask
    win_back_match: Indices  # leave reason that the offer answers, 0 none
    win_back_frailty: Array
    release: Mask
    service_cost: Array  # multiplier
    stake: Array  # money at stake if the customer leaves
    nudge: Mask
    reads: Mask  # gives a current reading of the customer
    notes: Mask  # writes down what is known
    refreshes: Mask  # brings the file up to date
    intrusive: Mask  # needs trust or consent
    shock_mood: Indices  # 1 + `Mood` it may turn the person to, 0 none
    shock_from: Indices  # 1 + `Mood` it works on, 0 any
    shock_chance: Array
    write_satisfaction: Array  # direct, with a reason in the scenario
    write_loyalty: Array
    stay_shift: Array  # logits, this turn only
    variable_shift: Array  # [J, X] added to the scenario's variables
    reveal: Array  # [J, K] chance of learning
    uses: Array  # [J, K] 1 where the row builds on this knowledge
    needs_knowledge: Array  # 0..1 how well the customer must be known
    needs_trust_read: Array  # points of the last reading of trust
    needs_evangelists: Array
    needs_status: Mask  # [J, 5] statuses the row may be used on
    role_fit: Array  # [J, 6] multiplier of the deal effect by role
    step: Array  # [J, Q] step number in each protocol, 0 none
    fit: Array  # [J, 5, 4] phi by tone and style, cosines
    receptivity: Array  # [4, J] mu by mood
    receptivity_rising: Array  # [J]


@dataclass(frozen=True)
class Protocols:
    """Sequence memories N1, one entry per protocol [Q] or per protocol and step [Q, 8].

    Columns of the [Q, 8] tables are step numbers; column 0 (no step) is neutral, and the gap of step 1
    is unlimited (0 to a large number).
    """

    ok: Array  # [Q, 8] multiplier of a due step
    early: Array  # [Q, 8] of a step out of order
    late: Array  # [Q]
    again: Array  # [Q]
    gap_min: Array  # [Q, 8] turns since the last step
    gap_max: Array  # [Q, 8]
    lift: Array  # [Q, 8] how far receptivity moves towards rising
    early_trust: Array  # [Q, 8]
    early_quality: Array  # [Q, 8]
    strict: Mask  # [Q]
    hold: Array  # [Q] turns until a position decays
    length: Array  # [Q] last step; one more starts again
    restart: Array  # [Q] position after the last step
    mood: Indices  # [Q] 1 + `Mood` it acts in, 0 any
    component: Mask  # [Q] scales the parts of justice instead of the multiplier
    needs_need: Array  # [Q, 8] 1 where the step wants the `need` item known
    rising_chance: Array  # [Q, 8] chance that completing the step turns the mood to rising
    reset_by_failure: Mask  # [Q]


@dataclass(frozen=True)
class MarketRows:
    """Actions for the firm as a whole, one entry each [market actions]."""

    hours: Array
    money: Array
    cooldown: Array
    quality: Array  # core quality points, from the turn after next
    expectation: Array  # of everybody
    reach: Array  # prospects that get the deal effect
    deal: Array
    wakes: Array  # newcomers at most; with `spend` by the exponential response
    spend: Array  # money that counts for the response, 0 for a fixed number
    newcomer_active: Mask  # they buy at once; else they come as prospects
    newcomer_deal: Array  # start logit of a prospect
    newcomer_discount: Array  # depth of the opening discount
    contacts: Array  # contacts with every active customer
    bond: Array  # for every active customer
    procedural: Array  # earned, for every active customer
    openness: Array
    failure_rate: Array  # multiplier


@dataclass(frozen=True)
class Encounters:
    """What customers say, one entry each [V]; paths are rows of the effect table."""

    customer: Indices  # row of the speaker's customer
    speaker: Indices  # people slot
    paths: Indices  # [V] number of complete paths
    rows: Indices  # [V, paths, depth] effect rows, 0 past the end
    tones: Indices  # [V, paths, depth]
    unanswered: Indices  # [V] effect row when nobody answers
    turn: Indices  # [V] scheduled turn (1-based), 0 none
    trigger: Indices  # [V] 0 condition only, 1 a complaint, 2 refused promise, see `step`
    chance: Array  # [V] 1 = certain
    condition: tuple[Program | None, ...]
    per_customer: Mask  # [V] the condition is read at the speaker's customer
    path_condition: tuple[tuple[Program | None, ...], ...]  # [V][paths] what each path asks for
    repeat: Array  # [V] turns before it may open again, 0 once only
    clue: Array  # [V, 4] evidence for each style when it opens
    reveal: Array  # [V, K] learnt when it opens
    most_open: int


@dataclass(frozen=True)
class Events:
    """Changes in market and firm, one entry each [E]."""

    turn: Indices  # scheduled turn (1-based), 0 none
    chance: Array
    condition: tuple[Program | None, ...]
    repeat: Array
    competition: Array  # value it is set to, -1 unchanged
    rival_quality: Array  # shift
    rival_pull: Array
    rival_turns: Array
    portability: Mask
    core_quality: Array  # shift
    failure_rate: Array  # multiplier
    failure: Array  # [E, C] severity of a failure it causes, 0 none
    mood: Indices  # [E, C] 1 + mood it may turn people to
    mood_chance: Array  # [E]
    contract_end: Mask
    bond_loss: Array  # share of bonds lost when a representative leaves
    stale: Array  # [E, C, K] knowledge that no longer holds
    variable_shift: Array  # [E, X]
    wakes: Array  # [E, C] 1 where an unborn row becomes a prospect


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
    fit_spread: float
    frailty: Array  # [C]
    frailty_drawn: Mask
    frailty_spread: float
    potential_spread: Array  # [C] sigma of the lognormal, 0 where the author said the value
    style_prior: Array  # [C, M, 4] cumulative
    mood_prior: Array  # [4] cumulative
    money: float
    core_quality: float
    competition: float
    rival_quality: float
    openness: float
    variables: Array  # [X]


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
    hours: Array  # [turns] hours in each turn
    income: Array  # [turns] money added at the start of each turn
    score_weight: Array  # [4] METERS, sums to 1
    score_customers: Array  # [C] potential at the start of the opening customers, else 0
    opening_size: Array  # [C] heads at the start
    opening_value: float  # book value at the start, for the equity meter
    opening_profit: float  # profit of one turn at the start
    reveal_all: bool
    endings: tuple[Ending, ...]
    variable_names: tuple[str, ...]
    customer_ids: tuple[str, ...]
    action_ids: tuple[str, ...]
    market_ids: tuple[str, ...]
    encounter_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    protocol_ids: tuple[str, ...]
    unused: frozenset[str]  # columns of `Rows` that are neutral in every row of this scenario
    uses_motives: bool
    uses_protocols: bool
