"""How often the expert takes what it might take: actions, market actions and responses.

An opportunity is a turn of a customer in which an action was allowed and affordable, a turn in
which a market action was, or an encounter in which a response was and another one too. What is
taken in none or in all of its opportunities is no decision.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.arrays import Indices, Mask
from sim.engine.rules import Rules
from sim.engine.state import Choices, Outcome, State
from sim.lab import possible

Kind = Literal["action", "market", "response"]
Habit = Literal["always", "never", "absent", "sometimes"]


@dataclass(frozen=True)
class Use:
    """How often one thing on offer was taken.

    Attributes:
        kind: of thing.
        path: its id; of a response the encounter and the responses on the way to it.
        chances: opportunities over all runs.
        taken: how many of them were taken.
    """

    kind: Kind
    path: tuple[str, ...]
    chances: int
    taken: int

    @property
    def name(self) -> str:
        """The path as one word."""
        return ".".join(self.path)

    @property
    def share(self) -> float:
        """Of its opportunities, 0..1; 0 where there were none."""
        return self.taken / self.chances if self.chances else 0.0

    @property
    def habit(self) -> Habit:
        """What the counts say of it."""
        if not self.chances:
            return "absent"
        if not self.taken:
            return "never"
        return "always" if self.taken == self.chances else "sometimes"


@dataclass(frozen=True)
class Option:
    """One thing on offer.

    Attributes:
        kind: of thing.
        path: its id; of a response the encounter and the responses on the way to it.
        row: in the effect table; of an action of the firm its place among them.
    """

    kind: Kind
    path: tuple[str, ...]
    row: int

    @property
    def name(self) -> str:
        """The path as one word."""
        return ".".join(self.path)


def options(rules: Rules) -> tuple[Option, ...]:
    """Everything on offer, in the order of the scenario."""
    found = [Option("action", (name,), 1 + index) for index, name in enumerate(rules.action_ids)]
    found += [Option("market", (name,), index) for index, name in enumerate(rules.market_ids)]
    found += [Option("response", path, row) for row, path in places(rules).items()]
    return tuple(found)


class Tally:
    """Counts opportunities turn by turn: hand it to `sim.lab.runs.play` as `watch`."""

    def __init__(self, rules: Rules) -> None:
        """Begins at nothing."""
        self.rules = rules
        self.chances = np.zeros(rules.sizes.rows, dtype=np.intp)
        self.taken = np.zeros(rules.sizes.rows, dtype=np.intp)
        self.market_chances = np.zeros(rules.sizes.market_actions, dtype=np.intp)
        self.market_taken = np.zeros(rules.sizes.market_actions, dtype=np.intp)

    def __call__(self, state: State, choices: Choices, _outcome: Outcome, _after: State) -> None:
        """Count one turn."""
        self._actions(state, choices)
        self._market(state, choices)
        self._responses(state, choices)

    def counts(self) -> tuple[Indices, Indices]:
        """Opportunities, and how many were taken, of all `options`."""
        every = options(self.rules)
        market = np.array([each.kind == "market" for each in every], dtype=np.bool_)
        rows = np.array([each.row for each in every], dtype=np.intp)
        chances = self.chances[np.where(market, 0, rows)]
        taken = self.taken[np.where(market, 0, rows)]
        chances[market], taken[market] = self.market_chances, self.market_taken
        return chances, taken

    def uses(self) -> tuple[Use, ...]:
        """Everything on offer, in the order of the scenario."""
        return uses(self.rules, *self.counts())

    def _actions(self, state: State, choices: Choices) -> None:
        rules = self.rules
        may = possible.actions(rules, state)
        self.chances[1 : 1 + rules.sizes.actions] += np.count_nonzero(may, axis=(0, 1))
        done = choices.action[choices.action > 0]
        self.taken += np.bincount(done, minlength=rules.sizes.rows)

    def _market(self, state: State, choices: Choices) -> None:
        may = possible.market_actions(self.rules, state)
        self.market_chances += np.count_nonzero(may, axis=0)
        self.market_taken += np.count_nonzero(choices.market, axis=0)

    def _responses(self, state: State, choices: Choices) -> None:
        may = possible.ways(self.rules, state)
        for index in np.flatnonzero(may.any(axis=(0, 2))).tolist():
            there = may[:, index].any(axis=1)
            rows = self.rules.encounters.rows[index]
            self._count(rows, may[there, index], choices.response[there, index])

    def _count(self, rows: Indices, may: Mask, path: Indices) -> None:
        """Count the responses of one encounter.

        Args:
            rows: of its paths [paths, depth], 0 after their end.
            may: paths that were allowed and affordable [n, paths].
            path: that was chosen [n], 0 none.
        """
        chosen = np.where((path > 0)[:, None], rows[np.maximum(path - 1, 0)], 0)  # [n, depth]
        for depth in range(rows.shape[1]):
            for siblings in groups(rows, depth):
                here = np.ones(path.shape, dtype=np.bool_)
                if depth:
                    parent = rows[np.flatnonzero(rows[:, depth] == siblings[0])[0], depth - 1]
                    here = chosen[:, depth - 1] == parent
                could = np.stack(
                    [may[:, rows[:, depth] == row].any(axis=1) & here for row in siblings]
                )
                real = np.count_nonzero(could, axis=0) > 1
                for row, can in zip(siblings, could, strict=True):
                    self.chances[row] += int(np.count_nonzero(can & real))
                    took = (chosen[:, depth] == row) & can & real
                    self.taken[row] += int(np.count_nonzero(took))


def uses(rules: Rules, chances: Indices, taken: Indices) -> tuple[Use, ...]:
    """Counts of all `options`, in their order."""
    counts = zip(options(rules), chances.tolist(), taken.tolist(), strict=True)
    return tuple(Use(each.kind, each.path, could, took) for each, could, took in counts)


def places(rules: Rules) -> dict[int, tuple[str, ...]]:
    """Where every response row stands: its encounter and the responses on the way to it."""
    found: dict[int, tuple[str, ...]] = {}
    for index, name in enumerate(rules.encounter_ids):
        for path, responses in enumerate(rules.path_ids[index]):
            for depth in range(len(responses)):
                row = int(rules.encounters.rows[index, path, depth])
                found.setdefault(row, (name.partition(".")[0], *responses[: depth + 1]))
    return found


def groups(rows: Indices, depth: int) -> list[list[int]]:
    """The responses of each moment at a depth: those that follow the same one."""
    groups: dict[int, list[int]] = defaultdict(list)
    for path in rows:
        row = int(path[depth])
        parent = int(path[depth - 1]) if depth else 0
        if row and row not in groups[parent]:
            groups[parent].append(row)
    return list(groups.values())
