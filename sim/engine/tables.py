"""The tables of a scenario: effect rows, protocols, market actions, encounters and events."""

from dataclasses import dataclass

from sim.arrays import Array, Indices, Mask
from sim.engine.conditions import Program


@dataclass(frozen=True)
class Rows:
    """The effect table: row 0 does nothing, then the actions, then the responses of encounters.

    Each array has one entry per row [J] unless a second axis is named.
    """

    family: Indices  # index into FAMILIES
    hours: Array
    money: Array
    contacts: Array  # push included
    pushing: Array  # contacts that push adds, or asking gently spares (D1)
    cooldown: Array  # turns
    quality: Array  # experience points e
    bond: Array  # w
    deal: Array  # logits g
    deal_missed: Array  # logits where a form of the offer speaks to no motive of the person
    is_form: Mask  # a form of the offer: its deal effect goes by the motive match
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
    price_shift: Array  # of the price weight (N3)
    outlay: Array  # share of the price to be paid at once (N3)
    survey: Indices  # 1 + instrument, 0 none (N7)
    follows_up: Mask  # acts on what was answered (N7)
    effort: Array  # hours of the customer's own (N10)
    touchpoint: Indices  # 1 + index into TOUCHPOINTS that prevention works on, 0 all (N10)
    preparation: Array  # points, before the first meeting (N4)
    service: Indices  # 0 neither, 1 standard, 2 personal (D3)
    anticipates: Mask  # foresees a wish: quality service (D8)
    help: Mask  # tells more in trouble (D2)
    care: Mask  # lets the bond fade more slowly (D2)
    material: Mask  # a thing of value rather than attention (D2)
    write_satisfaction: Array  # direct, with a reason in the scenario
    write_loyalty: Array
    stay_shift: Array  # logits, this turn only
    stay_losses: Array  # logits per point of switching cost that the customer is shown (D10)
    door: Array  # logits of coming back later (D10)
    salience: Array  # how much it is noticed (N5)
    evidence: Array  # least receptivity of a calm mood; > 0 marks what brings proof
    study: Mask  # teaches about the rivals, one level
    coach: Mask  # wins somebody inside who guides us
    bribe: Mask  # what those around take as a precedent (N8)
    people_stock: Array  # gained knowledge of people (N9)
    product_stock: Array  # of the product
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
class Features:
    """Lasting facts of customers, [C] unless said; neutral where a scenario is silent."""

    price_weight: Array  # how heavily price weighs at first, 1 usual (N3)
    benefit_weight: Array  # how much of the quality of deeds counts, 1 usual (N3)
    values: Array  # [C, 5] weights of FACTORS, sum to 1 (N10)
    tolerance: Array  # of failures, 1 usual (D7)
    credit: Array  # share paid at once; the rest a turn later (D7)
    budget: Array  # what the customer can pay, 1 = list price, else infinite (N3)


@dataclass(frozen=True)
class Instruments:
    """Ways to ask customers how satisfied they are, one entry each (N7)."""

    rate: Array  # share that answers
    selection: Array  # how much more often those answer whom something moves
    noise: Array  # points, standard deviation
    bias: Array  # points
    lag: Array  # turns until the answers are in


@dataclass(frozen=True)
class Protocols:
    """Sequence memories N1, one entry per protocol [Q] or per protocol and step [Q, 8].

    Columns of the [Q, 8] tables are step numbers; column 0 (no step) is neutral, and the gap of
    step 1 is unlimited (0 to a large number).
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
    compares: Array  # [Q, 8] 1 at the position in which the buyer compares offers (N5)
    needs_need: Array  # [Q, 8] 1 where the step wants the `need` item known
    rising_chance: Array  # [Q, 8] chance that completing the step turns the mood to rising
    reset_by_failure: Mask  # [Q]
    pairs: Indices  # [5, J, P] the steps of every row by mood, see `sequence.pair_up`


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
    newcomer_frailty: Array  # logits of staying, for the way they were won
    newcomer_contact: Array  # contacts that finding them took
    salience: Array  # how much every customer and prospect notices it (N5)
    rival_push: Array  # change of the rivals' push
    study: Array  # 1 where it teaches about the rivals, one level
    forestalls: Array  # turns for which rivals' moves count half
    needs_study: Array  # level at which the rivals must be known
    stocks: Array  # [market actions, 3] gained knowledge of people, product and staff (N9)
    cuts_training: Mask
    saves: Array  # money kept in hand
    quiet_reveals: Array  # [market actions, K] chance of learning about those gone quiet
    newcomer_reveals: Array  # [market actions, K] 1 where they are known from the start
    contacts: Array  # contacts with every active customer
    bond: Array  # for every active customer
    procedural: Array  # earned, for every active customer
    openness: Array
    failure_rate: Array  # multiplier
    touchpoint: Indices  # 1 + the one it works on, 0 all (N10)
    factors: Array  # [market actions, 5] points, from the turn after next (N10)
    survey: Indices  # 1 + instrument that asks every active customer, 0 none (N7)
    tools: Mask  # aids to selling at every first meeting from now on (N4)


@dataclass(frozen=True)
class Encounters:
    """What customers say, one entry each [V]; paths are rows of the effect table."""

    customer: Indices  # row of the speaker's customer
    speaker: Indices  # people slot
    status: Mask  # [V, statuses] in which the customer may speak
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
    rival_price: Array  # relative change, while the event lasts
    rival_push: Array  # shift (N5)
    by_rival: Mask  # a rival is behind it
    portability: Mask
    core_quality: Array  # shift
    failure_rate: Array  # multiplier
    factors: Array  # [E, 5] shift (N10)
    failure: Array  # [E, C] severity of a failure it causes, 0 none
    mood: Indices  # [E, C] 1 + mood it may turn people to
    mood_chance: Array  # [E]
    contract_end: Mask
    bond_loss: Array  # share of bonds lost when a representative leaves
    stale: Array  # [E, C, K] knowledge that no longer holds
    variable_shift: Array  # [E, X]
    wakes: Array  # [E, C] 1 where an unborn row becomes a prospect
