"""The moments of talks at which one chooses between answers, and what the expert thinks of each.

A talk is a tree of answers, and a way through it a path. Whoever goes a path comes to one moment at
each of its steps: there the answers are those that follow the same one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import observe
from sim.engine.rules import Rules
from sim.engine.state import Choices, State
from sim.lab import expert, possible
from sim.lab.answers import weighed
from sim.lab.balance.uses import groups
from sim.lab.valuation import price


@dataclass(frozen=True)
class Talks:
    """Every open encounter of a turn, [n].

    Attributes:
        run: game.
        encounter: its place.
        worth: what the expert takes each path to be worth from what can be known, hours counted as
            a loss, -inf where it cannot be gone, score points [n, paths].
        given: 1 + the path that was gone, 0 none.
    """

    run: Indices
    encounter: Indices
    worth: Array
    given: Indices

    def each(self) -> Iterator[tuple[int, Indices]]:
        """Every encounter that is open anywhere, and its places in these arrays."""
        for encounter in np.unique(self.encounter).tolist():
            yield encounter, np.flatnonzero(self.encounter == encounter)


@dataclass(frozen=True)
class Moment:
    """The answers between which one chooses at one point of a talk, in n games.

    Attributes:
        siblings: their rows of the effect table.
        could: what may be said, where the game comes to this moment and has a choice in it,
            [n, siblings].
        best: worth of the best path through each, -inf where there is none, [n, siblings].
        path: 1 + that path, [n, siblings].
        chosen: row that was taken, 0 none, [n].
    """

    siblings: list[int]
    could: Mask
    best: Array
    path: Indices
    chosen: Indices


def open_talks(rules: Rules, state: State, plan: Choices) -> Talks:
    """Who speaks in a turn, and what the expert would think of the answers.

    Args:
        rules: of the scenario.
        state: at the opening of the turn.
        plan: what is chosen in it.
    """
    seen = observe(rules, state)
    prices = price(rules, seen)
    hour = expert.hour_price(rules, seen, expert.offer(rules, seen, prices))
    run, which, total = weighed(rules, seen, prices, hour)
    worth = np.where(possible.ways(rules, state)[run, which], total, -np.inf)
    return Talks(run, which, worth, plan.response[run, which])


def moments(rules: Rules, encounter: int, worth: Array, given: Indices) -> Iterator[Moment]:
    """The moments of one encounter that games come to, from the first answer on.

    Args:
        rules: of the scenario.
        encounter: its place.
        worth: as in `Talks`, [n, paths].
        given: as in `Talks`, [n].
    """
    table = rules.encounters.rows[encounter]  # [paths, depth]
    chosen = np.where((given > 0)[:, None], table[np.maximum(given - 1, 0)], 0)
    for depth in range(table.shape[1]):
        for siblings in groups(table, depth):
            arrived = np.ones(given.shape, dtype=np.bool_)
            if depth:
                first = np.flatnonzero(table[:, depth] == siblings[0])[0]
                arrived = chosen[:, depth - 1] == table[first, depth - 1]
            each = np.stack(
                [np.where(table[:, depth] == row, worth, -np.inf) for row in siblings], axis=1
            )  # [n, siblings, paths]
            best = each.max(axis=2)
            could = arrived[:, None] & (best > -np.inf)
            could &= (np.count_nonzero(could, axis=1) > 1)[:, None]
            yield Moment(siblings, could, best, np.argmax(each, axis=2) + 1, chosen[:, depth])
