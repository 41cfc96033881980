"""The opening state of a game, with its hidden facts drawn."""

from dataclasses import fields, replace

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.facts import chance_to_leave, of_account
from sim.engine.opening import Openings, open_turn
from sim.engine.rules import FACTORS, FAMILIES, KINDS, TOUCHPOINTS, Rules
from sim.engine.state import Stage, StartDraws, State, Status, Traits
from sim.engine.terms import fit, labels, stocks
from sim.exact import exp, normal_quantile

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_LAPSED = int(Status.LAPSED)
_RELEASED = int(Status.RELEASED)
_DISSOLUTION = int(Stage.DISSOLUTION)

_TINY = 2.0**-54
_NEVER = 99.0


def start(rules: Rules, draws: StartDraws) -> State:
    """The state in which the first turn is chosen.

    Args:
        rules: of the scenario.
        draws: uniforms for R games.

    Returns:
        A state of R runs; what the author left open is drawn run by run.
    """
    runs = draws.customer.shape[0]
    state = _bare(rules, runs, traits(rules, draws))
    state = replace(state, **_given(rules, runs))  # type: ignore[arg-type]  # names are checked
    if rules.reveal_all:
        state = _open_files(rules, state)
    state = _draw_moods(rules, state, draws)
    state = _draw_potential(rules, state, draws)
    state = replace(state, seen=_impression(state), leave_chance=chance_to_leave(rules, state))
    state = replace(state, stage=stage(rules, state, state.low_turns))
    return _first_opening(rules, state, draws)[0]


def traits(rules: Rules, draws: StartDraws) -> Traits:
    """Hidden facts: as the author wrote them, else drawn from their prior."""
    opening = rules.opening
    style = _pick(opening.style_prior, draws.person[..., 0])
    style = np.where(opening.style >= 0, opening.style, style)
    fit_drawn = _normal(draws.customer[..., 1]) * opening.fit_spread
    frailty = _normal(draws.customer[..., 0]) * opening.frailty_spread
    motives = opening.motives[None]
    return Traits(
        style=style,
        motives=motives,
        motive_match=fit.match_motives(rules, motives),
        personal_fit=np.where(opening.fit_drawn, fit_drawn, opening.personal_fit),
        frailty=np.where(opening.frailty_drawn, frailty, opening.frailty),
        scale=_scales(rules, draws),
    )


def _scales(rules: Rules, draws: StartDraws) -> Array:
    """How high the marks of each customer run, points [1|R, C]; nobody's where nobody is asked."""
    if "survey" not in rules.uses:
        return np.zeros((1, rules.sizes.customers))
    return rules.parameters.survey_scale * _normal(draws.person[..., 0, 2])


def _normal(uniform: Array) -> Array:
    return normal_quantile(np.maximum(uniform, _TINY))


def _pick(cumulative: Array, uniform: Array) -> Indices:
    """The index of the interval a uniform falls into; `cumulative` has it on its last axis."""
    index = np.zeros(uniform.shape, dtype=np.intp)
    for edge in range(cumulative.shape[-1] - 1):
        index = index + (uniform >= cumulative[..., edge])
    return index


def _bare(rules: Rules, runs: int, hidden: Traits) -> State:
    """A state of zeros of the right shapes."""
    sizes = rules.sizes
    shapes = {
        "person": (runs, sizes.customers, sizes.people),
        "customer": (runs, sizes.customers),
        "run": (runs,),
    }
    person, customer = shapes["person"], shapes["customer"]
    special: dict[str, Array | Indices | Mask] = {
        "mood": np.zeros(person, dtype=np.intp),
        "guide": np.zeros(person, dtype=np.intp),
        "repetition": np.zeros((*person, len(FAMILIES))),
        "hint": np.zeros((*person, 4)),
        "position": np.zeros((*person, sizes.protocols)),
        "step_turn": np.zeros((*person, sizes.protocols)),
        "seen": np.zeros((*person, 3)),
        "seen_turn": np.full(customer, -1.0),
        "redress": np.zeros((*customer, 3)),
        "ready_turn": np.zeros((*customer, sizes.actions)),
        "handled_age": np.full(customer, -1.0),
        "voiced_age": np.full(customer, _NEVER),
        "voiced": np.zeros(customer, dtype=np.bool_),
        "market_ready": np.zeros((runs, sizes.market_actions)),
        "variables": np.zeros((runs, sizes.variables)),
        "event_count": np.zeros((runs, sizes.events)),
        "event_turn": np.full((runs, sizes.events), -1.0),
        "encounter_count": np.zeros((runs, sizes.encounters)),
        "encounter_turn": np.full((runs, sizes.encounters), -1.0),
        "encounter_waiting": np.zeros((runs, sizes.encounters), dtype=np.bool_),
        "quality_pipeline": np.zeros((runs, 2)),
        "factors": np.zeros((runs, 3, len(FACTORS))),
        "touchpoint_rate": np.ones((runs, len(TOUCHPOINTS))),
        "survey": np.zeros((*customer, 3)),
        "survey_pending": np.zeros((*customer, 3)),
        "survey_turn": np.full(customer, -1.0),
        "tools": np.zeros(runs, dtype=np.bool_),
        "lens": np.zeros(person),
        "met": np.zeros(person, dtype=np.bool_),
        "money": np.full(runs, rules.opening.money + float(rules.income[0])),
        "core_quality": np.full(runs, rules.opening.core_quality),
        "competition": np.full(runs, rules.opening.competition),
        "rival_quality": np.full(runs, rules.opening.rival_quality),
        "rival_price": np.full(runs, rules.opening.rival_price),
        "openness": np.full(customer, rules.opening.openness),
        "rival_push": np.full(runs, rules.opening.rival_push),
        "stocks": np.full((runs, 3), stocks.ORDINARY),
        "failure_rate": np.ones(runs),
        "failure_factor": np.ones(customer),
        "service_cost": np.ones(customer),
        "price_factor": np.ones(customer),
        "reference_price": np.ones(customer),
        "price_weight": np.ones(customer),
    }
    for name in ("known", "fresh", "noted"):
        special[name] = np.zeros((*person, len(KINDS)), dtype=np.bool_)
    for name in (
        *("status", "stage", "promise", "open_encounter", "leave_reason"),
        *("guarded", "touchpoint"),
    ):
        special[name] = np.zeros(customer, dtype=np.intp)
    for name in ("experience", "expectation", "satisfaction", "trust", "loyalty", "failure_gap"):
        special[name] = np.zeros(person)
    for name in ("rival_study", "rival_forestalled", "rival_pull", "rival_turns", "spent"):
        special[name] = np.zeros(runs)
    for entry in fields(State):
        if entry.name not in special and entry.name not in {"turn", "traits"}:
            special[entry.name] = np.zeros(customer)
    return State(turn=0, traits=hidden, **special)  # type: ignore[arg-type]  # names checked by fields


def _given(rules: Rules, runs: int) -> dict[str, Array]:
    """What the author wrote, spread over the runs."""
    given = {}
    for name, values in rules.opening.state.items():
        spread = np.broadcast_to(values, (runs, *values.shape))
        given[name] = np.array(spread, order="C")
    given["variables"] = np.array(
        np.broadcast_to(rules.opening.variables, (runs, rules.sizes.variables)), order="C"
    )
    return given


def _open_files(rules: Rules, state: State) -> State:
    """A scenario that hides nothing starts with every file complete and written down."""
    everything = np.array(np.broadcast_to(rules.present[None, :, :, None], state.known.shape))
    return replace(state, known=everything, fresh=everything, noted=everything)


def _draw_moods(rules: Rules, state: State, draws: StartDraws) -> State:
    drawn = _pick(rules.opening.mood_prior, draws.person[..., 1])
    return replace(state, mood=np.where(rules.opening.mood >= 0, rules.opening.mood, drawn))


def _draw_potential(rules: Rules, state: State, draws: StartDraws) -> State:
    """Potential w ~ lognormal with mean 1 where the author gave only its spread (row 27)."""
    sigma = rules.opening.potential_spread
    drawn = exp(sigma * _normal(draws.customer[..., 2]) - 0.5 * sigma * sigma)
    return replace(state, potential=np.where(sigma > 0.0, drawn, state.potential))


def _impression(state: State) -> Array:
    """The rough first picture of everybody: meters to the nearest twenty points."""
    meters = np.stack([state.satisfaction, state.loyalty, state.trust], axis=-1)
    return np.rint(meters / 20.0) * 20.0


def stage(rules: Rules, state: State, low_turns: Array) -> Indices:
    """The stage of every relationship by the present state (E27)."""
    found = labels.stage(
        rules.parameters,
        purchases=state.purchases,
        trust=of_account(rules, state.trust),
        satisfaction=of_account(rules, state.satisfaction),
        loyalty=of_account(rules, state.loyalty),
        ties=state.bond + state.earned_procedural,
        chance=state.leave_chance,
        low_turns=low_turns,
        resentment=state.resentment,
    )
    gone = (state.status == _LAPSED) | (state.status == _RELEASED)
    return np.where(gone, _DISSOLUTION, found).astype(np.intp)


def _first_opening(rules: Rules, state: State, draws: StartDraws) -> tuple[State, Openings]:
    """Who speaks in the first turn; random openings use the speaker's own start draw."""
    runs = state.money.shape[0]
    encounter = np.ones((runs, rules.sizes.encounters, 4))
    encounter[..., 0] = draws.customer[..., 3].take(rules.encounters.customer, axis=1)
    event = np.zeros((runs, rules.sizes.events, 4))
    event[..., 0] = draws.customer[:, :1, 3]
    quiet = np.zeros(state.status.shape, dtype=np.bool_)
    return open_turn(rules, state, event=event, encounter=encounter, complained=quiet)
