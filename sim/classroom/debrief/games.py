"""The games of a class, and all of them played again at once: a row of the batch is a game."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices
from sim.classroom.debrief.fitting import fitted
from sim.draws import draw, draw_start
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.start import start
from sim.engine.state import Choices, Draws, StartDraws, State
from sim.engine.step import step
from sim.game import GameRecord, shape_of
from sim.lab.review import rows


@dataclass(frozen=True)
class ClassGame:
    """One game of a class.

    Attributes:
        label: What the class calls who played it: a pseudonym or a name.
        team: The team's name; None if somebody played alone.
        record: The game, finished or not.
        bots: Policies of the practice seats that have played it; empty where people have.
    """

    label: str
    team: str | None
    record: GameRecord
    bots: tuple[str, ...] = ()


def counted(games: Sequence[ClassGame], *, practice: bool) -> list[ClassGame]:
    """The games that a debrief is about: those of people, if they have played anything.

    Args:
        games: of the class.
        practice: those of bots, too.
    """
    people = [game for game in games if not game.bots]
    if practice or not any(game.record.turns for game in people):
        return list(games)
    return people


@dataclass(frozen=True)
class ClassTurn:
    """One turn of all games that have played it.

    Attributes:
        games: which those are, [g] numbers of games.
        status: of every customer when the turn opened, [g, C].
        opened: number of the encounter open at each customer then, 0 none, [g, C].
        choices: what was chosen, of g runs.
    """

    games: Indices
    status: Indices
    opened: Indices
    choices: Choices


@dataclass(frozen=True)
class ClassReplay:
    """All games played again.

    Attributes:
        turns: in order.
        scores: as things stood before the first and after every turn, [G, turns + 1] score points;
            NaN where a game has not come so far.
        potential: of every customer at the start of the first game, times its heads, [C]; 0 for
            those who are not there yet.
        dropped: choices of each game that the rules no longer allow, [G].
    """

    turns: tuple[ClassTurn, ...]
    scores: Array
    potential: Array
    dropped: Indices


def replay_class(rules: Rules, records: Sequence[GameRecord]) -> ClassReplay:
    """Play all games again in one batch; what the rules do not allow is left out and counted.

    A row of the batch is the game to the bit: the same seeds, the same choices.

    Args:
        rules: of their scenario, or of a changed one with the same ids.
        records: of the games; those that are not finished drop out on the way.

    Raises:
        IllegalChoiceError: an id that the scenario does not have.
    """
    number = len(records)
    state, here = _opening(rules, records), np.arange(number)
    scores = np.full((number, rules.sizes.turns + 1), np.nan)
    scores[:, 0] = score(rules, state).score
    potential = np.where(state.status[0] > 0, state.potential[0] * state.size[0], 0.0)
    dropped, turns = np.zeros(number, dtype=np.intp), []
    for turn in range(rules.sizes.turns):
        going = np.array(
            [len(records[game].turns) > turn for game in here.tolist()], dtype=np.bool_
        )
        if not going.any():
            break
        if not going.all():
            state, here = rows.take(state, np.flatnonzero(going)), here[going]
        played = [records[game].turns[turn] for game in here.tolist()]
        choices, refused = fitted(rules, state, played)
        dropped[here] += refused
        turns.append(ClassTurn(here, state.status, state.open_encounter, choices))
        seeds = [records[game].seed_of(turn + 1) for game in here.tolist()]
        state, _ = step(rules, state, choices, _chance(rules, seeds, turn))
        scores[here, turn + 1] = score(rules, state).score
    return ClassReplay(tuple(turns), scores, potential, dropped)


def _opening(rules: Rules, records: Sequence[GameRecord]) -> State:
    """The opening of every game; games of one seed open alike."""
    seeds = [record.seed for record in records]
    drawn = {seed: draw_start(seed, shape_of(rules)) for seed in dict.fromkeys(seeds)}
    parts = [drawn[seed] for seed in seeds]
    every = {
        name: np.concatenate([getattr(each, name) for each in parts]) for name in vars(parts[0])
    }
    return start(rules, StartDraws(**every))


def _chance(rules: Rules, seeds: Sequence[int], turn: int) -> Draws:
    """The chance of a turn for every game; that of a seed is drawn once."""
    known = list(dict.fromkeys(seeds))
    drawn = [draw(seed, turn, shape_of(rules)) for seed in known]
    place = np.array([known.index(seed) for seed in seeds], dtype=np.intp)
    return Draws(
        **{
            name: np.concatenate([getattr(each, name) for each in drawn])[place]
            for name in vars(drawn[0])
        }
    )
