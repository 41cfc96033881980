"""What could be believed at each turn: particles that agree with all that was observed.

Customers are nearly independent, so each has particles of its own (a factorised particle filter):
a turn is played in every particle with the choices made and fresh chance, what the player then saw
happens in all of them, each is weighed by how likely that was in it, and every customer's columns
are drawn again by weight. At last whatever a player may know is set to what it is, so that only
hidden facts differ from particle to particle. Neither the hidden truth nor the future is looked at.

There are two beliefs side by side. The player's knows of hidden facts that an author wrote down
only how they are spread over the portfolio, not who has which; decisions are judged by it: label,
loss and skill. The table's takes the scenario as written and draws what is left to chance, as if
one had dealt the game anew many times; values are counted by it, so that chance is nought on
average.
"""

from dataclasses import dataclass

import numpy as np

from sim import draws
from sim.arrays import Array, Indices, Mask
from sim.engine.facts import of_account
from sim.engine.rules import KINDS, Rules
from sim.engine.state import Choices, Draws, Outcome, State
from sim.engine.step import step
from sim.exact import exp, fixed_sum
from sim.game import Replay, choices_from, shape_of
from sim.lab.review.chances import stakes
from sim.lab.review.observed import as_observed
from sim.lab.review.prior import prior
from sim.lab.review.rows import cut, take_columns

COLUMNS = 1344  # particles times customers: a small portfolio is told from few draws of each
FEWEST, MOST = 64, 192

_MOTIVE, _ORIENTATION = KINDS.index("motive"), KINDS.index("orientation")
_NEVER, _ALWAYS = 1.0 - 2.0**-53, 0.0  # uniforms that let a chance fail, or fall
_CLUE = 4.0  # as much as a player makes of a clue, see `observe`
_CLOSE_METER = 6.0  # points by which a reading may miss and still be likely
_CLOSE_TIE = 2.0  # points, of bond and earned costs, which the firm reckons itself
_CLOSE_SHARE = 0.02  # of a segment's heads
_UNEXPECTED = 0.05  # weight of a particle in which somebody would not have spoken as he did
_LEAST = 1e-9  # so that one surprise does not end a belief


@dataclass(frozen=True)
class Belief:
    """What could be believed at the opening of a turn, and of the turn that led there.

    Attributes:
        player: particles, R of them, of somebody who knows what the player knows.
        table: likewise, of somebody who knows the scenario but not how chance fell.
        chances: how likely the player could think each event of that turn, by its name, [C]; none
            before the first turn.
        points: score points that hung on each, > 0 where it was good, [C].
    """

    player: State
    table: State
    chances: dict[str, Array]
    points: dict[str, Array]


def beliefs(
    rules: Rules, played: Replay, *, seed: int, particles: int | None = None
) -> list[Belief]:
    """What could be believed at the opening of every turn of a game, its end included.

    Args:
        rules: of the scenario.
        played: the game; of its states only what a player sees is looked at.
        seed: of the belief's own chance.
        particles: how many of either kind; None is as many as the size of the portfolio asks for.
    """
    if particles is None:
        particles = min(max(COLUMNS // rules.sizes.customers, FEWEST), MOST)
    state = _opening(rules, played.states[0], seed, particles)
    found = [_belief(state, {}, {})]
    for number, turn in enumerate(played.turns):
        truth = played.states[number], played.states[number + 1], played.outcomes[number]
        choices = _spread(choices_from(rules, turn), 2 * particles)
        state, chances, points = _next(rules, state, choices, truth=truth, seed=seed)
        found.append(_belief(state, chances, points))
    return found


def _belief(state: State, chances: dict[str, Array], points: dict[str, Array]) -> Belief:
    """Both halves of the particles."""
    every = np.arange(state.money.shape[0])
    half = every.shape[0] // 2
    return Belief(cut(state, every[:half]), cut(state, every[half:]), chances, points)


def _spread(choices: Choices, runs: int) -> Choices:
    return Choices(
        **{name: np.repeat(value, runs, axis=0) for name, value in vars(choices).items()}
    )


def _opening(rules: Rules, truth: State, seed: int, particles: int) -> State:
    """Before the first turn: what is written, what is usual, and what has been heard already."""
    state = prior(rules, truth, seed, particles)
    weight = _of_clues(state, truth.hint, np.zeros_like(truth.hint))
    spread = draws.uniform_block(seed, 0, draws.REVIEW, runs=2 * particles, slots=1)
    return as_observed(rules, _redrawn(state, weight, spread[:, 0, 3]), truth)


def _next(
    rules: Rules,
    belief: State,
    choices: Choices,
    *,
    truth: tuple[State, State, Outcome],
    seed: int,
) -> tuple[State, dict[str, Array], dict[str, Array]]:
    """The belief a turn later, and what the player could think of the turn's events."""
    before, after, outcome = truth
    runs = belief.money.shape[0]
    chance = draws.draw(seed, before.turn, shape_of(rules), runs=runs)
    chance = _as_it_fell(chance, before, after, outcome)
    # What is allowed rests on what the player knows: it was looked at when the game was replayed.
    moved, told = step(rules, belief, choices, chance, checked=True)
    weight = _of_events(told, outcome) * _of_readings(rules, moved, after)
    weight = weight * _of_clues(moved, after.hint, before.hint)
    weight = weight * _of_speech(moved, after)
    spread = draws.uniform_block(seed, after.turn, draws.REVIEW, runs=runs, slots=1)
    half = runs // 2
    chances = {each.name: _mean(each.probability[:half]) for each in told.chances}
    points = {
        each.name: _mean(fixed_sum(each.points[:half], axis=-1))
        for each in stakes(rules, belief, moved, told)
    }
    state = as_observed(rules, _redrawn(moved, weight, spread[:, 0, 3]), after)
    return state, chances, points


def _mean(values: Array) -> Array:
    return fixed_sum(values, axis=0) / values.shape[0]


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
    """Every customer's columns of either half drawn anew by weight, evenly spread."""
    half = weight.shape[0] // 2
    rows = np.concatenate(
        [
            _systematic(weight[:half], uniform[:half]),
            half + _systematic(weight[half:], uniform[half:]),
        ]
    )
    return take_columns(state, rows)


def _systematic(weight: Array, uniform: Array) -> Indices:
    """Rows drawn by weight for each customer with one uniform: systematic resampling, [R, C]."""
    weight = weight + _LEAST * (weight.max(axis=0, initial=0.0) + _LEAST)
    sums = np.add.accumulate(weight, axis=0)
    runs, customers = weight.shape
    marks = (np.arange(runs)[:, None] + np.resize(uniform, customers)) / runs * sums[-1]
    rows = np.empty(weight.shape, dtype=np.intp)
    for customer in range(customers):
        rows[:, customer] = np.searchsorted(sums[:, customer], marks[:, customer], side="right")
    return np.minimum(rows, runs - 1)
