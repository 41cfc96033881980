"""For whom which answer is right: every encounter heard by each style in each mood.

The engine judges. A moment of an expert's game, in which an encounter stands open, is played on
with the speaker made each of the four styles in each of the four moods, once for every way of
answering, each time with the same lucks; the way that ends with the highest score is right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from sim import draws
from sim.arrays import Array
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.state import Mood, State, Style, changed
from sim.engine.step import step
from sim.exact import fixed_sum
from sim.game import shape_of
from sim.lab.policies import policy
from sim.lab.possible import nothing, ways
from sim.lab.runs import choose, join, play

PAIRS = tuple(product(Style, Mood))
Pair = tuple[Style, Mood]
MARGIN = 0.02  # score points by which the right answer must be better, in either direction
SEED = 7
GAMES = 8  # of the expert, in which encounters are looked for
LUCKS = 8  # that each pair is given, the same for all


@dataclass(frozen=True)
class Hearing:
    """What each pair makes of the answers to one encounter.

    Attributes:
        encounter: id, with the customer where several may have it.
        style: of the speaker, as the author made them; None where it is drawn.
        answers: the first responses, in the author's order.
        points: score at the end after the best way through each answer [16, answers].
    """

    encounter: str
    style: Style | None
    answers: tuple[str, ...]
    points: Array

    def right(self, pair: Pair) -> str:
        """The best answer to somebody of a style in a mood."""
        return self.answers[int(np.argmax(self.points[PAIRS.index(pair)]))]

    def lead(self, pair: Pair, answer: str, over: str) -> float:
        """By how many points an answer is better than another for a pair."""
        row = self.points[PAIRS.index(pair)]
        return float(row[self.answers.index(answer)] - row[self.answers.index(over)])


@dataclass(frozen=True)
class Witness:
    """An encounter that shows why a pair is to be told from another.

    Attributes:
        pair: style and mood.
        encounter: id.
        right: the best answer for the pair.
        other: a pair for which that answer is wrong.
        instead: what is right for that one.
        gain: points that the right answer is worth more to the pair than `instead`.
        loss: points that it is worth less to the other.
    """

    pair: Pair
    encounter: str
    right: str
    other: Pair
    instead: str
    gain: float
    loss: float


def witnesses(hearings: Iterable[Hearing]) -> dict[Pair, Witness]:
    """For each pair the clearest encounter, among speakers whom the author gave that style.

    An encounter counts as clear as the smaller of its two differences.
    """
    found: dict[Pair, Witness] = {}
    for hearing in hearings:
        for pair in PAIRS:
            if hearing.style not in {None, pair[0]}:
                continue
            for witness in _told_apart(hearing, pair):
                best = found.get(pair)
                if best is None or _clear(witness) > _clear(best):
                    found[pair] = witness
    return found


def _clear(witness: Witness) -> float:
    return min(witness.gain, witness.loss)


def _told_apart(hearing: Hearing, pair: Pair) -> Iterator[Witness]:
    right = hearing.right(pair)
    for other in PAIRS:
        instead = hearing.right(other)
        gain = hearing.lead(pair, right, instead)
        loss = hearing.lead(other, instead, right)
        if instead != right and min(gain, loss) > MARGIN:
            yield Witness(pair, hearing.encounter, right, other, instead, gain, loss)


def hearings(rules: Rules, *, seed: int = SEED, games: int = GAMES) -> Iterator[Hearing]:
    """Every encounter that opens in some games of the expert, heard by all pairs.

    Args:
        rules: of the scenario.
        seed: of the games.
        games: how many; an encounter is judged in the first moment in which it stands open.
    """
    states: list[State] = []
    play(rules, "expert", seed=seed, runs=games, watch=lambda state, *_: states.append(state))
    for index, name in enumerate(rules.encounter_ids):
        customer = int(rules.encounters.customer[index])
        for state in states:
            runs = np.flatnonzero(state.open_encounter[:, customer] == index + 1)
            if runs.size:
                yield _hear(rules, _single(state, int(runs[0])), index, name=name, seed=seed)
                break


def _hear(rules: Rules, state: State, index: int, *, name: str, seed: int) -> Hearing:
    table = rules.encounters
    who = int(table.customer[index]), int(table.speaker[index])
    cast = _cast(state, who)
    best: dict[str, Array] = {}
    for path in np.flatnonzero(ways(rules, state)[0, index]).tolist():
        end = _end(rules, cast, index, path=path, seed=seed)
        answer = rules.path_ids[index][path][0]
        best[answer] = np.maximum(best[answer], end) if answer in best else end
    style = int(rules.opening.style[who])
    return Hearing(
        encounter=name,
        style=Style(style) if style >= 0 else None,
        answers=tuple(best),
        points=np.stack(list(best.values()), axis=1),
    )


def _single(state: State, run: int) -> State:
    """One game of a batch."""
    runs = state.money.shape[0]
    fields = {
        field: value[run : run + 1]
        for field, value in vars(state).items()
        if isinstance(value, np.ndarray)
    }
    traits = {
        field: value if value.shape[0] < runs else value[run : run + 1]
        for field, value in vars(state.traits).items()
    }
    return changed(state, traits=replace(state.traits, **traits), **fields)


def _cast(state: State, who: tuple[int, int]) -> State:
    """Games that differ in the style and mood of one person: pair by pair, each with all lucks."""
    cast = join([state] * (len(PAIRS) * LUCKS))
    shape = (len(PAIRS) * LUCKS, *state.traits.style.shape[1:])
    style, mood = np.broadcast_to(state.traits.style, shape).copy(), cast.mood.copy()
    for row, (made, feels) in enumerate(PAIRS):
        games = slice(row * LUCKS, (row + 1) * LUCKS)
        style[games, who[0], who[1]] = made
        mood[games, who[0], who[1]] = feels
    return replace(cast, mood=mood, traits=replace(cast.traits, style=style))


def _end(rules: Rules, state: State, index: int, *, path: int, seed: int) -> Array:
    """The mean score of each pair [16] if a way is taken now and nothing is done from then on."""
    bot, runs = policy("nothing"), state.money.shape[0]
    choices = nothing(rules, runs)
    choices.response[:, index] = path + 1
    while True:
        chance = draws.draw(seed, state.turn, shape_of(rules), runs=LUCKS)
        same = {name: np.tile(value, _by_pair(value)) for name, value in vars(chance).items()}
        state, _ = step(rules, state, choices, replace(chance, **same))
        if state.turn == rules.sizes.turns:
            break
        choices = choose(rules, bot, state, seed=seed)
    end = score(rules, state).score.reshape(len(PAIRS), LUCKS)
    return fixed_sum(end, axis=1) / LUCKS


def _by_pair(value: Array) -> tuple[int, ...]:
    """How often to repeat draws along each axis: the same luck for every pair."""
    return (len(PAIRS), *(1 for _ in value.shape[1:]))
