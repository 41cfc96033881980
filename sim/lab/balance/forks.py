"""The expert's games played otherwise, one decision at a time: what each thing on offer is worth.

A game is left at every turn: once with nothing done, once for another answer to whoever speaks,
once with a deed more and once with one fewer (`trials`). From there the expert plays on under the
same chance. What a thing is worth is the final score with it less the final score without it; hours
and money that it leaves free are spent as the expert would.
"""

from dataclasses import dataclass

import numpy as np

from sim import draws
from sim.arrays import Array, Indices, Mask
from sim.engine.observe import observe
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.start import start
from sim.engine.state import Choices, Draws, State
from sim.engine.step import step
from sim.exact import fixed_sum
from sim.game import shape_of
from sim.lab.balance.trials import NOTHING, Forks, Mirrors, Trials, bent, held
from sim.lab.policies import policy
from sim.lab.review import rows
from sim.lab.review.chances import surprise
from sim.lab.runs import join

WIDE = 640  # games on their way at a time: the arrays of a turn then stay in the cache
SHARED = 8  # games of one moment of a talk in one turn of a chunk
_EXPERT = policy("expert")
_NONE = np.zeros(0)


@dataclass(frozen=True)
class Differences:
    """What was found, one entry for each decision, [n].

    Attributes:
        turn: in which it was taken, from 0.
        option: place in `uses.options`; `trials.NOTHING` for the whole of the expert's turn.
        taken: whether the expert takes it.
        run: game, from 0.
        points: final score with it less final score without it, known chance taken out.
    """

    turn: Indices
    option: Indices
    taken: Mask
    run: Indices
    points: Array


@dataclass
class _Batch:
    """Games on their way to the end."""

    state: State
    run: Indices
    lucky: Array  # [R] score points that known chance has brought so far


@dataclass(frozen=True)
class _Group:
    """The games that left at one turn."""

    turn: int
    forks: Forks
    mirrors: Mirrors
    held: Mask


def differences(rules: Rules, *, seed: int, first: int, games: int) -> tuple[Array, Differences]:
    """Play games of the expert, and all that leave them.

    Args:
        rules: of the scenario.
        seed: of the games.
        first: number of the first.
        games: how many.

    Returns:
        Final scores of the expert's own games, [games], and what the others differ by.
    """
    return _Forking(rules, seed=seed, first=first, games=games).played()


class _Forking:
    """Some games of the expert, and the games that leave them."""

    def __init__(self, rules: Rules, *, seed: int, first: int, games: int) -> None:
        self.rules, self.seed, self.first, self.games = rules, seed, first, games
        self.trials = Trials(rules, most=SHARED)

    def played(self) -> tuple[Array, Differences]:
        rules, shape = self.rules, shape_of(self.rules)
        opening = draws.draw_start(self.seed, shape, runs=self.games, first_run=self.first)
        own = _Batch(start(rules, opening), np.arange(self.games), np.zeros(self.games))
        groups: list[_Group] = []
        batches = [own]
        for turn in range(rules.sizes.turns):
            chance = draws.draw(self.seed, turn, shape, runs=self.games, first_run=self.first)
            plans = [_EXPERT.choose(rules, observe(rules, each.state), _NONE) for each in batches]
            forks, mirrors = self.trials.at(batches[0].state, plans[0], self._lot(turn))
            leaving = rows.take(batches[0].state, forks.run)
            plan = bent(rules, leaving, forks)
            groups.append(_Group(turn, forks, mirrors, held(plan, forks, self.trials.options)))
            batches.append(_Batch(leaving, forks.run, batches[0].lucky[forks.run]))
            for batch, chosen in zip(batches, [*plans, plan], strict=True):
                _advance(rules, batch, chosen, chance)
            batches = [batches[0], *_packed(batches[1:])]
        values = [score(rules, each.state).score - each.lucky for each in batches]
        return score(rules, own.state).score, _compared(
            groups, values[0], np.concatenate(values[1:])
        )

    def _lot(self, turn: int) -> Array:
        """Numbers of a stream that the expert does not use, [games, 4]."""
        block = draws.uniform_block(
            self.seed, turn, draws.POLICY, runs=self.games, first_run=self.first, slots=1
        )
        lot: Array = block[:, 0]
        return lot


def _advance(rules: Rules, batch: _Batch, plan: Choices, chance: Draws) -> None:
    drawn = Draws(**{name: value[batch.run] for name, value in vars(chance).items()})
    after, outcome = step(rules, batch.state, plan, drawn)
    batch.lucky = batch.lucky + fixed_sum(surprise(rules, batch.state, after, outcome), axis=1)
    batch.state = after


def _packed(batches: list[_Batch]) -> list[_Batch]:
    """The games in the same order in as few batches as the width allows."""
    packed = [batches[0]]
    for batch in batches[1:]:
        last = packed[-1]
        if last.run.size + batch.run.size > WIDE:
            packed.append(batch)
            continue
        packed[-1] = _Batch(
            join([last.state, batch.state]),
            np.concatenate((last.run, batch.run)),
            np.concatenate((last.lucky, batch.lucky)),
        )
    return packed


def _compared(groups: list[_Group], own: Array, values: Array) -> Differences:
    """What each decision changed, in the order of turns."""
    parts, begin = [], 0
    for group in groups:
        forks = group.forks
        end = begin + forks.run.size
        gained = values[begin:end] - own[forks.run]  # of the fork over the expert's own game
        parts.append(_of_group(group, gained))
        begin = end
    return Differences(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])}
    )


def _of_group(group: _Group, gained: Array) -> Differences:
    forks, mirrors = group.forks, group.mirrors
    without = forks.taken | (forks.option == NOTHING)
    kept = np.flatnonzero(group.held)
    again = np.flatnonzero(group.held[mirrors.fork])
    lacking = mirrors.fork[again]
    return Differences(
        turn=np.full(kept.size + again.size, group.turn, dtype=np.intp),
        option=np.concatenate((forks.option[kept], mirrors.option[again])),
        taken=np.concatenate((forks.taken[kept], np.ones(again.size, dtype=np.bool_))),
        run=np.concatenate((forks.run[kept], forks.run[lacking])),
        points=np.concatenate((np.where(without, -gained, gained)[kept], -gained[lacking])),
    )
