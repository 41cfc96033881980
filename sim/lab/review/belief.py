"""What a player could believe at each turn: particles that agree with all that was observed.

Customers are nearly independent, so each has particles of its own (a factorised particle filter):
a turn is played in every particle with the choices made and fresh chance, what the player then saw
happens in all of them, each is weighed by how likely that was in it, and every customer's columns
are drawn again by weight. At last whatever a player may know is set to what it is, so that only
hidden facts differ from particle to particle. Neither the hidden truth nor the future is looked at.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim import draws
from sim.arrays import Array, Mask
from sim.engine.facts import of_account
from sim.engine.observe import Observation, observe
from sim.engine.rules import KINDS, Rules
from sim.engine.start import start
from sim.engine.state import Choices, Draws, Outcome, State, changed
from sim.engine.step import step
from sim.exact import exp, fixed_sum, logit
from sim.game import Replay, choices_from, shape_of
from sim.lab.review.chances import stakes
from sim.lab.review.rows import take_columns

PARTICLES = 64

_MOTIVE, _ORIENTATION = KINDS.index("motive"), KINDS.index("orientation")
_NEVER, _ALWAYS = 1.0 - 2.0**-53, 0.0  # uniforms that let a chance fail, or fall
_CLUE = 4.0  # as much as a player makes of a clue, see `observe`
_OPENING_BIN = 20.0  # points; how roughly a customer is known at first sight
_CLOSE_METER = 6.0  # points by which a reading may miss and still be likely
_CLOSE_TIE = 2.0  # points, of bond and earned costs, which the firm reckons itself
_CLOSE_SHARE = 0.02  # of a segment's heads
_UNEXPECTED = 0.05  # weight of a particle in which somebody would not have spoken as he did
_LEAST = 1e-9  # so that one surprise does not end a belief

# What the player knows in any case, see `observe`; the rest of a state is hidden or conditional.
_OPEN = (
    "status",
    "size",
    "purchases",
    "profit",
    "historic_value",
    "seen",
    "seen_turn",
    "earned_procedural",
    "coercive_procedural",
    "earned_financial",
    "coercive_financial",
    "bond",
    "coercive_turns",
    "dependence",
    "contact",
    "repetition",
    "known",
    "fresh",
    "noted",
    "hint",
    "position",
    "step_turn",
    "promise",
    "ready_turn",
    "open_encounter",
    "door",
    "unaffordable",
    "price_factor",
    "idle",
    "voiced",
    "voiced_age",
    "money",
    "core_quality",
    "quality_pipeline",
    "competition",
    "rival_quality",
    "rival_price",
    "rival_pull",
    "rival_turns",
    "failure_rate",
    "market_ready",
    "spent",
    "variables",
    "event_count",
    "event_turn",
    "encounter_count",
    "encounter_turn",
)
_COMPLAINT = ("failure", "failure_age", "redress", "handled_age")


@dataclass(frozen=True)
class Belief:
    """What could be believed at the opening of a turn, and of the turn that led there.

    Attributes:
        state: particles, R of them.
        chances: how likely each event of that turn was to somebody who knew no more, by its name,
            [C]; none before the first turn.
        points: score points that hung on each, > 0 where it was good, [C].
    """

    state: State
    chances: dict[str, Array]
    points: dict[str, Array]


def beliefs(rules: Rules, played: Replay, *, seed: int, particles: int = PARTICLES) -> list[Belief]:
    """What could be believed at the opening of every turn of a game, its end included.

    Args:
        rules: of the scenario.
        played: the game; of its states only what a player sees is looked at.
        seed: of the belief's own chance.
        particles: how many.
    """
    found = [Belief(_prior(rules, played.states[0], seed, particles), {}, {})]
    for number, turn in enumerate(played.turns):
        truth = played.states[number], played.states[number + 1], played.outcomes[number]
        choices = _spread(choices_from(rules, turn), particles)
        found.append(_next(rules, found[-1].state, choices, truth=truth, seed=seed))
    return found


def _spread(choices: Choices, runs: int) -> Choices:
    return Choices(
        **{name: np.repeat(value, runs, axis=0) for name, value in vars(choices).items()}
    )


def _prior(rules: Rules, truth: State, seed: int, particles: int) -> State:
    """Before the first turn: nobody tells who has which style, mood, motives, fit or frailty."""
    shape = shape_of(rules)
    chance = draws.draw_start(seed, shape, runs=particles)
    unsaid = replace(rules.opening, style=np.full_like(rules.opening.style, -1))
    state = start(replace(rules, opening=unsaid), chance)
    more = draws.uniform_block(
        seed, 0, draws.REVIEW, runs=particles, slots=rules.sizes.customers * rules.sizes.people
    ).reshape(particles, rules.sizes.customers, rules.sizes.people, 4)
    state = _impressed(rules, state, truth, more[..., 3])
    state = _anybody(rules, state, more)
    weight = _of_clues(state, truth.hint, np.zeros_like(truth.hint))
    return _as_observed(rules, _redrawn(state, weight, more[:, 0, 0, 3]), truth)


def _impressed(rules: Rules, state: State, truth: State, uniform: Array) -> State:
    """Meters anywhere about the rough first impression, all of a person's together up or down.

    The portfolio as a whole is known, who stands where in it is not: impressions are rounded, so
    the mean of what rounding took from everybody is given back.
    """
    shift = _OPENING_BIN * (uniform - 0.5)
    there, values = rules.present * 1.0, {}
    for k, name in enumerate(("satisfaction", "loyalty", "trust")):
        rounded = there * (rules.opening.state[name] - truth.seen[0, ..., k])
        lost = fixed_sum(rounded.reshape(-1)) / fixed_sum(there.reshape(-1))
        values[name] = np.minimum(np.maximum(truth.seen[..., k] + shift + lost, 0.0), 100.0)
    return changed(state, **values)


def _anybody(rules: Rules, state: State, uniform: Array) -> State:
    """Mood and motives of anybody in the portfolio: who has which is what nobody knows."""
    who = np.argwhere(rules.present)
    pick = who[np.minimum((uniform[..., 0] * len(who)).astype(np.intp), len(who) - 1)]
    runs = np.arange(state.mood.shape[0])[:, None, None]
    mood = state.mood[runs, pick[..., 0], pick[..., 1]]
    if not rules.uses_motives:
        return changed(state, mood=mood)
    pick = who[np.minimum((uniform[..., 1] * len(who)).astype(np.intp), len(who) - 1)]
    traits = replace(
        state.traits,
        motives=state.traits.motives[0, pick[..., 0], pick[..., 1]],
        motive_match=state.traits.motive_match[0, pick[..., 0], pick[..., 1]],
    )
    return changed(state, mood=mood, traits=traits)


# One turn -----------------------------------------------------------------------------------------


def _next(
    rules: Rules,
    belief: State,
    choices: Choices,
    *,
    truth: tuple[State, State, Outcome],
    seed: int,
) -> Belief:
    """The belief a turn later."""
    before, after, outcome = truth
    runs = belief.money.shape[0]
    chance = draws.draw(seed, before.turn, shape_of(rules), runs=runs)
    chance = _as_it_fell(chance, before, after, outcome)
    moved, told = step(rules, belief, choices, chance)
    weight = _of_events(told, outcome) * _of_readings(rules, moved, after)
    weight = weight * _of_clues(moved, after.hint, before.hint)
    weight = weight * _of_speech(moved, after)
    spread = draws.uniform_block(seed, after.turn, draws.REVIEW, runs=runs, slots=1)
    chances = {each.name: fixed_sum(each.probability, axis=0) / runs for each in told.chances}
    points = {
        each.name: fixed_sum(fixed_sum(each.points, axis=-1), axis=0) / runs
        for each in stakes(rules, belief, moved, told)
    }
    state = _as_observed(rules, _redrawn(moved, weight, spread[:, 0, 3]), after)
    return Belief(state, chances, points)


def _as_it_fell(chance: Draws, before: State, after: State, outcome: Outcome) -> Draws:
    """Let happen what was seen to happen, and nothing of the kind that was not."""
    delivery, response, growth = (
        chance.delivery.copy(),
        chance.response.copy(),
        chance.growth.copy(),
    )
    spoken = outcome.complained[0]
    delivery[:, spoken, 1] = _ALWAYS
    severe = np.where(after.failure[0] > 2.0, _ALWAYS, _NEVER)
    delivery[:, spoken, 2] = severe[spoken]
    for column, seen in ((0, outcome.complained), (1, outcome.promise_kept), (2, outcome.left)):
        response[..., column] = _told(seen)
    response[..., 3] = _told(outcome.won)
    growth[..., 0] = _told(outcome.accepted)
    growth[..., 2] = _told(outcome.returned)
    event, encounter = chance.event.copy(), chance.encounter.copy()
    event[..., 0] = _told(outcome.event_happened)
    encounter[..., 0] = _told(after.encounter_count > before.encounter_count)
    return Draws(
        delivery=delivery,
        response=response,
        growth=growth,
        person=chance.person,
        event=event,
        encounter=encounter,
    )


def _told(seen: Mask) -> Array:
    return np.where(seen, _ALWAYS, _NEVER)


def _of_events(told: Outcome, outcome: Outcome) -> Array:
    """How likely what happened to each customer was in each particle, [R, C]."""
    weight = np.ones(told.left.shape)
    actual = {chance.name: chance.happened for chance in outcome.chances}
    for chance in told.chances:
        if chance.name == "failure":  # seen only where it is complained about
            likely = np.where(actual["voice"], chance.probability, 1.0)
        else:
            likely = np.where(actual[chance.name], chance.probability, 1.0 - chance.probability)
        weight = weight * likely
    return weight


def _of_readings(rules: Rules, moved: State, after: State) -> Array:
    """How close each particle comes to the meters and ties that the player then sees, [R, C]."""
    read = (after.seen_turn == after.turn)[..., None]
    far = np.zeros(moved.status.shape)
    for k, name in enumerate(("satisfaction", "loyalty", "trust")):
        miss = np.where(read, getattr(moved, name) - after.seen[..., k], 0.0) / _CLOSE_METER
        far = far + of_account(rules, miss * miss)
    for name in ("bond", "earned_procedural", "earned_financial"):
        miss = (getattr(moved, name) - getattr(after, name)) / _CLOSE_TIE
        far = far + miss * miss
    heads = (moved.size / np.maximum(after.size, 1.0) - 1.0) / _CLOSE_SHARE
    far = far + np.where(rules.segment, heads * heads, 0.0)
    return exp(-0.5 * np.minimum(far, 40.0))


def _of_clues(state: State, now: Array, before: Array) -> Array:
    """How well clues to their style suit the people of each particle, [R, C]."""
    weight = np.ones(state.status.shape)
    heard = (1.0 + _CLUE * now) / (1.0 + _CLUE * before)
    if (heard == 1.0).all():
        return weight
    style = np.broadcast_to(state.traits.style, state.mood.shape)
    for person in range(style.shape[-1]):
        ratio = np.broadcast_to(heard[..., person, :], (*style.shape[:2], 4))
        found = np.take_along_axis(ratio, style[..., person, None], axis=-1)
        weight = weight * found[..., 0]
    return weight


def _of_speech(moved: State, after: State) -> Array:
    """Whether the same customers would have had the same to say, [R, C]."""
    return np.where(moved.open_encounter == after.open_encounter, 1.0, _UNEXPECTED)


def _redrawn(state: State, weight: Array, uniform: Array) -> State:
    """Every customer's columns drawn anew by weight, evenly spread (systematic resampling)."""
    weight = weight + _LEAST * (weight.max(axis=0, initial=0.0) + _LEAST)
    sums = np.add.accumulate(weight, axis=0)  # [R, C]
    runs, customers = weight.shape
    start_at = np.resize(uniform, customers)
    marks = (np.arange(runs)[:, None] + start_at) / runs * sums[-1]
    rows = np.empty(weight.shape, dtype=np.intp)
    for customer in range(customers):
        rows[:, customer] = np.searchsorted(sums[:, customer], marks[:, customer], side="right")
    return take_columns(state, np.minimum(rows, runs - 1))


# What a player may know ---------------------------------------------------------------------------


def _as_observed(rules: Rules, belief: State, truth: State) -> State:
    """The belief with everything the player may know set to what it is."""
    seen = observe(rules, truth)
    runs = belief.money.shape[0]
    values: dict[str, Any] = {name: np.repeat(getattr(truth, name), runs, axis=0) for name in _OPEN}
    values["encounter_waiting"] = belief.encounter_waiting & (
        values["encounter_turn"] < truth.turn + 1
    )
    values |= (
        _failures(belief, truth) | _meters(belief, truth) | _labels(rules, belief, truth, seen)
    )
    state = changed(belief, traits=_traits(rules, belief, seen, truth), **values)
    return changed(state, **_deals(rules, state, seen))


def _failures(belief: State, truth: State) -> dict[str, Any]:
    """A complaint is heard; one that was not made leaves at most a silent failure."""
    loud, stale = truth.voiced, belief.voiced & ~truth.voiced
    values: dict[str, Any] = {}
    for name in _COMPLAINT:
        mask = loud[..., None] if name == "redress" else loud
        quiet = stale[..., None] if name == "redress" else stale
        none = -1.0 if name == "handled_age" else 0.0
        own = np.where(quiet, none, getattr(belief, name))
        values[name] = np.where(mask, getattr(truth, name), own)
    values["failure_gap"] = np.where(stale[..., None], 0.0, belief.failure_gap)
    return values


def _meters(belief: State, truth: State) -> dict[str, Any]:
    """Meters that have just been read are known to the point."""
    read = (truth.seen_turn == truth.turn)[..., None]
    return {
        name: np.where(read, truth.seen[..., k], getattr(belief, name))
        for k, name in enumerate(("satisfaction", "loyalty", "trust"))
    }


def _labels(rules: Rules, belief: State, truth: State, seen: Observation) -> dict[str, Any]:
    """What is known of some only: mood, potential, stage, reason of leaving, orientation."""
    oriented = of_account(rules, truth.known[..., _ORIENTATION] * 1.0) > 0.0
    oriented = oriented | np.bool_(rules.reveal_all)
    return {
        "mood": np.where(seen.mood >= 0, seen.mood, belief.mood),
        "potential": np.where(seen.potential_known, seen.potential, belief.potential),
        "stage": np.where(seen.stage >= 0, seen.stage, belief.stage),
        "price_weight": np.where(oriented, seen.price_weight, belief.price_weight),
        "leave_reason": np.where(seen.leave_reason >= 0, seen.leave_reason, belief.leave_reason),
    }


def _traits(rules: Rules, belief: State, seen: Observation, truth: State) -> Any:
    """Style and motives where they have been found out."""
    style = np.where(seen.style >= 0, seen.style, belief.traits.style)
    if not rules.uses_motives:
        return replace(belief.traits, style=style)
    known = truth.known[..., _MOTIVE, None] | np.bool_(rules.reveal_all)
    motives = np.where(known, truth.traits.motives, belief.traits.motives)
    match = np.where(known, truth.traits.motive_match, belief.traits.motive_match)
    return replace(belief.traits, style=style, motives=motives, motive_match=match)


def _deals(rules: Rules, state: State, seen: Observation) -> dict[str, Any]:
    """Deals stand as near as the seller's estimate says."""
    told = observe(rules, state).deal_chance
    near = logit(np.minimum(np.maximum(seen.deal_chance, 0.025), 0.975))
    wrong = (told != seen.deal_chance) & (seen.deal_chance > 0.0)
    return {"deal_logit": np.where(wrong, near, state.deal_logit)}
