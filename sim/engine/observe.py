"""What the player may know: the only filter between the state and everybody who looks at it.

View, policies and beliefs read an `Observation` and nothing else of the state. What is unknown is
not there: masks say what is known, and the values behind a False mask are neutral fillers that do
not depend on the hidden fact.
"""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask, side_by_side
from sim.engine import legal
from sim.engine.facts import of_account
from sim.engine.once import once
from sim.engine.rules import KINDS, Rules
from sim.engine.state import Outcome, State, Status, Terms
from sim.engine.terms import attention, deals, knowledge, labels, staying, tiers

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_PROSPECT = int(Status.PROSPECT)
_ACTIVE = int(Status.ACTIVE)

_STYLE, _MOOD, _MOTIVE = KINDS.index("style"), KINDS.index("mood"), KINDS.index("motive")
_REASON, _ORIENTATION = KINDS.index("reason"), KINDS.index("orientation")
_RIVAL = KINDS.index("rival")
_DIRECTION = 4.0  # level of the study of rivals that shows their next move
_CERTAIN = np.eye(4)  # beliefs about whom the style is known of
_CLUE_WEIGHT = 4.0  # how much a clue of strength 1 outweighs having no clue

# What must be known before a term of the live "why" is shown under its own name; terms that are not
# listed rest on what the player did or could see. The rest folds into `chance` and `unknown`.
_LUCK = frozenset({"luck"})
_WELL = frozenset(
    {"core_quality", "gap", "comparing", "value_profile", "first_impression"}
)  # the customer is known well enough to place his gap
_MOODY = frozenset({"mood_colour"})
_VOICED = frozenset({"failure", "ignored"})
_ENOUGH = 0.3  # K from which the gauge of the gap is shown


@dataclass(frozen=True)
class Observation:
    """What a player knows in R games at the opening of a turn."""

    turn: int
    hours: float  # of this turn
    money: Array  # [R]
    status: Indices  # [R, C]
    size: Array  # [R, C]
    purchases: Array  # [R, C]
    profit: Array  # [R, C] last turn
    historic_value: Array  # [R, C]
    potential: Array  # [R, C] 1 where unknown
    potential_known: Mask  # [R, C]
    seen: Array  # [R, C, M, 3] last reading of satisfaction, loyalty, trust
    seen_turn: Array  # [R, C] of that reading; -1 an opening impression
    procedural: Array  # [R, C, 2] earned, coercive: the firm's own doing, always known
    financial: Array  # [R, C, 2]
    bond: Array  # [R, C]
    coercive_turns: Array  # [R, C]
    dependence: Array  # [R, C] the firm's own price history
    contact: Array  # [R, C]
    repetition: Array  # [R, C, M, F]
    known: Mask  # [R, C, M, K] known and not gone out of date as far as the player knows
    fresh: Mask  # [R, C, M, K]
    noted: Mask  # [R, C, M, K]
    knowledge: Array  # [R, C, M] K
    style: Indices  # [R, C, M] -1 unknown
    style_belief: Array  # [R, C, M, 4] probabilities from prior and clues
    mood: Indices  # [R, C, M] -1 unknown
    motive_match: Array  # [R, C, M, n] by `motive_places`; 0 where the motives are unknown
    position: Array  # [R, C, M, Q] steps done, see `sequence.current`
    step_turn: Array  # [R, C, M, Q]
    complaint: Array  # [R, C] severity of an open complaint, 0 none
    complaint_age: Array  # [R, C]
    redress: Array  # [R, C, 3]
    promise: Indices  # [R, C]
    deal_chance: Array  # [R, C] to the nearest five percent; the seller's own estimate
    stage: Indices  # [R, C] -1 unknown
    level: Indices  # [R, C] relation level by the last reading
    leave_reason: Indices  # [R, C] -1 unknown
    attention: Array  # [R, C] share that is ours; even where the rival is unknown
    coach: Mask  # [R, C, M] guides us, as far as we know
    rival_study: Array  # [R] 0..6
    foreseen: Mask  # [R, E] events of the coming turn that somebody has warned of
    stocks: Array  # [R, 3] knowledge of people, product and staff
    door: Array  # [R, C] logits of coming back left open by the firm's own last words
    ready_turn: Array  # [R, C, A]
    action_mask: Mask  # [R, C, A] allowed now, budget apart
    market_mask: Mask  # [R, market actions]
    open_encounter: Indices  # [R, C]
    path_allowed: Mask  # [R, V, paths] answers to open encounters that their conditions allow
    competition: Array  # [R]
    core_quality: Array  # [R]
    rival_quality: Array  # [R]
    rival_price: Array  # [R]
    rival_pull: Array  # [R]
    price: Array  # [R, C] what we ask of each customer, 1 = list price
    service_cost: Array  # [R, C] what serving each costs, 1 usual: the firm's own books
    price_weight: Array  # [R, C] 1 where the orientation is unknown
    benefit_weight: Array  # [R, C] likewise
    survey: Array  # [R, C, 3] last answers: mark, buys again, recommends
    survey_turn: Array  # [R, C] -1 never
    survey_open: Array  # [R, C] turns for which something is expected to come of them
    unaffordable: Array  # [R, C] logits, as deals have told
    factors: Array  # [R, 5] points beyond the core quality
    touchpoint: Indices  # [R, C] 1 + where the complaint began, 0 unknown
    tier: Indices  # [R, C] by profit, 0 the most valuable
    met: Mask  # [R, C, M]
    prepared: Array  # [R, C]
    tools: Mask  # [R]
    lens: Array  # [R, C, M] 0 where the customer is not known well
    variables: Array  # [R, X]
    event_count: Array  # [R, E]


def observe(rules: Rules, state: State, *, opened: bool = False) -> Observation:
    """Everything the player may know at the opening of a turn.

    Args:
        rules: of the scenario.
        state: to look at.
        opened: look into every hidden fact, as the oracle does; the file stays what it is.
    """
    opened = opened or rules.reveal_all
    known, fresh = state.known, state.fresh
    level = knowledge.level(rules, known, fresh)
    well = (of_account(rules, level) >= rules.parameters.knowledge_half) | opened
    style_known = known[..., _STYLE] | opened
    mood_known = (known[..., _MOOD] & fresh[..., _MOOD]) | opened
    seen = _seen(state, opened=opened)
    complaint = np.where(state.voiced, state.failure, 0.0)
    loud = complaint > 0.0
    style = np.broadcast_to(state.traits.style, state.mood.shape)
    turn = min(state.turn, rules.sizes.turns - 1)
    oriented = (of_account(rules, known[..., _ORIENTATION] * 1.0) > 0.0) | opened
    reason_known = (of_account(rules, known[..., _REASON] * 1.0) > 0.0) | opened
    courting = (of_account(rules, known[..., _RIVAL] * 1.0) > 0.0) | opened
    return Observation(
        turn=state.turn,
        hours=float(rules.hours[turn]),
        money=state.money,
        status=state.status,
        size=state.size,
        purchases=state.purchases,
        profit=state.profit,
        historic_value=state.historic_value,
        potential=np.where(well, state.potential, 1.0),
        potential_known=well,
        seen=seen,
        seen_turn=state.seen_turn,
        procedural=side_by_side(state.earned_procedural, state.coercive_procedural),
        financial=side_by_side(state.earned_financial, state.coercive_financial),
        bond=state.bond,
        coercive_turns=state.coercive_turns,
        dependence=state.dependence,
        contact=state.contact,
        repetition=state.repetition,
        known=known,
        fresh=fresh,
        noted=state.noted,
        knowledge=level,
        style=np.where(style_known, style, -1),
        style_belief=_style_belief(rules, state, style_known, style),
        mood=np.where(mood_known, state.mood, -1),
        motive_match=_motive_match(rules, state, known[..., _MOTIVE] | opened),
        position=state.position,
        step_turn=state.step_turn,
        complaint=complaint,
        complaint_age=np.where(loud, state.failure_age, 0.0),
        redress=np.where(loud[..., None], state.redress, 0.0),
        promise=state.promise,
        deal_chance=deal_estimate(rules, state, seen),
        stage=np.where(well, state.stage, -1),
        level=labels.level(rules.parameters, state.bond, of_account(rules, seen[..., 2])),
        leave_reason=np.where(reason_known, state.leave_reason, -1),
        attention=np.where(courting, state.attention, attention.EVEN),
        coach=state.guide > 0,
        rival_study=state.rival_study,
        foreseen=_foreseen(rules, state),
        stocks=state.stocks,
        door=state.door,
        ready_turn=state.ready_turn,
        action_mask=legal.action_mask(rules, state),
        market_mask=legal.market_mask(rules, state),
        open_encounter=state.open_encounter,
        path_allowed=legal.paths_allowed(rules, state),
        competition=state.competition,
        core_quality=state.core_quality,
        rival_quality=state.rival_quality,
        rival_price=state.rival_price,
        rival_pull=state.rival_pull,
        price=state.price_factor,
        service_cost=state.service_cost,
        price_weight=np.where(oriented, state.price_weight, 1.0),
        benefit_weight=np.where(oriented, rules.features.benefit_weight, 1.0),
        survey=state.survey,
        survey_turn=state.survey_turn,
        survey_open=state.survey_open,
        unaffordable=state.unaffordable,
        factors=state.factors[:, 0],
        touchpoint=np.where(loud, state.touchpoint, 0),
        tier=tiers.of_customers(rules, state.profit, state.status == _ACTIVE),
        met=state.met,
        prepared=state.prepared,
        tools=state.tools,
        lens=np.where(well[..., None], state.lens, 0.0),
        variables=state.variables,
        event_count=state.event_count,
    )


@once
def motive_places(rules: Rules) -> Indices:
    """Where `Observation.motive_match` has each row of the effect table, [J]; 0, most have none."""
    appealing = rules.motive_has > 0.0
    return np.where(appealing, np.add.accumulate(appealing, dtype=np.intp), 0)


def _motive_match(rules: Rules, state: State, known: Mask) -> Array:
    """The match of the rows that appeal to motives, none before them, [R, C, M, n]."""
    if not rules.uses_motives:
        return np.zeros((*known.shape, 1))
    appealing, match = np.flatnonzero(rules.motive_has > 0.0), state.traits.motive_match
    shown = np.zeros((known.size, 1 + appealing.shape[0]))
    people = np.flatnonzero(known)  # of most the motives are not known
    matching = match.reshape(-1, match.shape[-1])
    shown[people, 1:] = matching[people[:, None] % matching.shape[0], appealing]
    return shown.reshape(*known.shape, -1)


def _foreseen(rules: Rules, state: State) -> Mask:
    """Events fixed for the next turn: a coach tells of all, the study of rivals of theirs.

    From the fourth of its six levels on it shows where a rival will turn next.
    """
    table = rules.events
    coming = (table.turn == state.turn + 2) & (table.chance >= 1.0)
    coached = (np.count_nonzero(state.guide, axis=(1, 2)) > 0)[:, None]
    expected = (state.rival_study >= _DIRECTION)[:, None] & table.by_rival
    return coming & (coached | expected)


def _seen(state: State, *, opened: bool) -> Array:
    """Last readings, or the meters as they are."""
    if not opened:
        return state.seen
    return side_by_side(state.satisfaction, state.loyalty, state.trust)


def _style_belief(rules: Rules, state: State, known: Mask, style: Indices) -> Array:
    """Probabilities of the four styles: certain once known, else the prior sharpened by clues."""
    weight = _style_prior(rules) * (1.0 + _CLUE_WEIGHT * state.hint)
    total = weight[..., 0] + weight[..., 1] + weight[..., 2] + weight[..., 3]
    belief = weight / total[..., None]
    sure = np.flatnonzero(known)
    belief.reshape(-1, 4)[sure] = _CERTAIN[style.reshape(-1)[sure]]
    return belief


@once
def _style_prior(rules: Rules) -> Array:
    """How usual each style is, for each person, [C, M, 4] or what broadcasts to it."""
    return np.diff(rules.opening.style_prior, axis=-1, prepend=0.0)


def deal_estimate(rules: Rules, state: State, seen: Array) -> Array:
    """The seller's own estimate of each deal, [R, C]: the chance, to the nearest five percent.

    Args:
        rules: of the scenario.
        state: to look at.
        seen: readings of satisfaction, loyalty and trust, [R, C, M, 3].
    """
    vetoed = deals.blocked(rules, seen[..., 0], seen[..., 2])
    chance = deals.win_chance(rules.parameters, state.deal_logit, vetoed)
    prospect = state.status == _PROSPECT
    return np.where(prospect, np.rint(chance * 20.0) / 20.0, 0.0)


def estimated_stay(rules: Rules, seen: Observation) -> Array:
    """B as the player can reckon it: from last readings and an average frailty, 0..100 [R, C]."""
    p, none = rules.parameters, np.zeros(seen.bond.shape)
    parts = staying.parts_with_rivals(
        p,
        seen,
        satisfaction=of_account(rules, seen.seen[..., 0]),
        loyalty=of_account(rules, seen.seen[..., 1]),
        procedural=seen.procedural[..., 0] + seen.procedural[..., 1],
        financial=seen.financial[..., 0] + seen.financial[..., 1],
        bond=seen.bond,
        resentment=none,
        dependence=seen.dependence,
        friends_left=none,
        frailty=none,
        price=seen.price,
        price_weight=seen.price_weight,
        attention=seen.attention,
    )
    return staying.behavioural_loyalty(p, staying.leave_chance(staying.add_parts(parts)))


def visible_terms(
    rules: Rules, before: Observation, outcome: Outcome, *, debrief: bool = False
) -> Terms:
    """The ledger as the player may read it now; the debrief opens all of it.

    For customers without a current reading nothing is shown (zeros). For the others, luck folds
    into `chance` and what rests on hidden facts into `unknown`, so that each sum is kept.

    Args:
        rules: of the scenario.
        before: what was known when the turn was chosen.
        outcome: of the turn, with its ledger.
        debrief: the game is over.
    """
    if debrief or rules.reveal_all:
        return outcome.terms
    allowed = _shown_where(rules, before, outcome)
    return {
        quantity: _fold(terms, outcome.read, allowed)
        for quantity, terms in outcome.terms.items()
        if quantity != "stay"
    }


def _shown_where(rules: Rules, before: Observation, outcome: Outcome) -> dict[str, Mask]:
    """Where each guarded term may be shown, [R, C]."""
    well = of_account(rules, before.knowledge) >= _ENOUGH
    mood_known = of_account(rules, (before.mood >= 0) * 1.0) >= 1.0
    voiced = outcome.complained | (before.complaint > 0.0)
    never = np.zeros(well.shape, dtype=np.bool_)
    groups = ((_LUCK, never), (_WELL, well), (_MOODY, mood_known), (_VOICED, voiced))
    return {name: mask for names, mask in groups for name in names}


def _fold(terms: dict[str, Array], read: Mask, allowed: dict[str, Mask]) -> dict[str, Array]:
    """Fold what may not be shown, keeping the sum; blank rows without a reading."""
    folded: dict[str, Array] = {}
    for name, value in terms.items():
        rows = read if value.ndim == read.ndim else read[..., None]
        visible = np.where(rows, value, 0.0)
        if name in allowed:
            mask = allowed[name] if value.ndim == read.ndim else allowed[name][..., None]
            group = "chance" if name in _LUCK else "unknown"
            _add(folded, group, np.where(mask, 0.0, visible))
            visible = np.where(mask, visible, 0.0)
        if name not in _LUCK:
            _add(folded, name, visible)
    return folded


def _add(terms: dict[str, Array], name: str, value: Array) -> None:
    terms[name] = terms[name] + value if name in terms else value
