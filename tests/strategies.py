"""Shared Hypothesis strategies: scenarios, chance, states and choices of the engine.

States are those that games reach, and the same with meters pushed to the ends of their scales, so
that a counterexample is a place where a player could stand or a rule's edge.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim import draws as chance
from sim.arrays import Array, Mask
from sim.draws import Shape, draw, draw_start, uniform_block
from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import Choices, Draws, StartDraws, State
from sim.engine.step import step

TESTS = Path(__file__).parent
SCENARIOS = (
    TESTS / "engine" / "everything.yaml",
    TESTS / "scenario" / "good" / "account.yaml",
    TESTS / "scenario" / "good" / "tiny.yaml",
)
"""Scenarios that between them use every part of the engine."""

_DEEPEST = 4  # turns of random play before a state, at most
_IDLE = 0.25  # chance of leaving a slot free
_INVEST = 0.3  # chance of each market action
_LAST = 1.0 - 2.0**-53  # the largest uniform below 1

PERSON_METERS = ("experience", "expectation", "satisfaction", "trust", "loyalty")
CUSTOMER_METERS = (
    "earned_procedural",
    "coercive_procedural",
    "earned_financial",
    "coercive_financial",
    "bond",
    "resentment",
)


def shape_of(rules: Rules) -> Shape:
    """The slots that chance needs."""
    sizes = rules.sizes
    return Shape(sizes.customers, sizes.people, sizes.events, sizes.encounters)


def turn_chance(
    rules: Rules, turn: int, *, seed: int = 0, runs: int = 1, first_run: int = 0
) -> Draws:
    """The chance of one turn of the games of a seed."""
    return draw(seed, turn, shape_of(rules), runs=runs, first_run=first_run)


def opening(rules: Rules, *, seed: int = 0, runs: int = 1, first_run: int = 0) -> State:
    """The opening states of the games of a seed."""
    return start(rules, draw_start(seed, shape_of(rules), runs=runs, first_run=first_run))


def any_choices(
    rules: Rules, state: State, *, seed: int, first_run: int = 0, bold: bool = False
) -> Choices:
    """Allowed choices by chance, of every kind; row r depends on row r of the state alone.

    `bold` leaves no slot free that could be used.
    """
    runs, sizes = state.money.shape[0], rules.sizes
    slots = 2 * sizes.customers * (1 + sizes.slots) + sizes.market_actions
    block = uniform_block(
        seed, state.turn, chance.POLICY, runs=runs, first_run=first_run, slots=slots
    )
    allowed = legal.action_mask(rules, state)
    paths = legal.paths_allowed(rules, state)
    ready = legal.market_mask(rules, state)
    rows = [
        _Row(rules, state, run, iter(block[run].reshape(-1).tolist()), bold=bold)
        for run in range(runs)
    ]
    for run, row in enumerate(rows):
        row.answer(paths[run])
        row.act(allowed[run])
        row.invest(ready[run])
    return Choices(
        action=np.stack([row.action for row in rows]),
        tone=np.stack([row.tone for row in rows]),
        person=np.stack([row.person for row in rows]),
        market=np.stack([row.market for row in rows]),
        response=np.stack([row.response for row in rows]),
    )


class _Row:
    """The choices of one run in the making."""

    def __init__(
        self, rules: Rules, state: State, run: int, numbers: Iterator[float], *, bold: bool
    ) -> None:
        sizes = rules.sizes
        self._rules, self._state, self._run = rules, state, run
        self._numbers = numbers
        self._idle = 0.0 if bold else _IDLE
        self._hours = float(rules.hours[min(state.turn, sizes.turns - 1)])
        self._money = float(state.money[run])
        self.action = np.zeros((sizes.customers, sizes.slots), dtype=np.intp)
        self.tone, self.person = self.action.copy(), self.action.copy()
        self.market = np.zeros(sizes.market_actions, dtype=np.bool_)
        self.response = np.zeros(sizes.encounters, dtype=np.intp)

    def _pick(self, number: int) -> int:
        return min(int(next(self._numbers) * number), number - 1)

    def _pay(self, hours: float, money: float) -> bool:
        """Spends, if there is enough left."""
        if hours > self._hours or (money > 0.0 and money > self._money):
            return False
        self._hours, self._money = self._hours - hours, self._money - money
        return True

    def answer(self, paths: Mask) -> None:
        rows = self._rules.rows
        for opened in self._state.open_encounter[self._run]:
            number = next(self._numbers)
            if opened == 0 or number < self._idle:
                continue
            path = int(np.flatnonzero(paths[opened - 1])[self._pick(int(paths[opened - 1].sum()))])
            steps = self._rules.encounters.rows[opened - 1, path]
            if self._pay(float(rows.hours[steps].sum()), float(rows.money[steps].sum())):
                self.response[opened - 1] = path + 1

    def act(self, allowed: Mask) -> None:
        rows = self._rules.rows
        for customer, slot in np.ndindex(self.action.shape):
            usable = allowed[customer].copy()
            usable[[done - 1 for done in self.action[customer] if done]] = False
            idle, wanted = next(self._numbers) < self._idle, int(usable.sum())
            if idle or not wanted:
                continue
            action = 1 + int(np.flatnonzero(usable)[self._pick(wanted)])
            tone = self._pick(5)
            person = self._pick(int(self._rules.present[customer].sum()))
            if self._pay(float(rows.hours[action]), float(rows.money[action])):
                self.action[customer, slot] = action
                self.tone[customer, slot], self.person[customer, slot] = tone, person

    def invest(self, ready: Mask) -> None:
        table = self._rules.market
        for index in range(self.market.shape[0]):
            wanted = next(self._numbers) < _INVEST and ready[index]
            if wanted and self._pay(float(table.hours[index]), float(table.money[index])):
                self.market[index] = True


# Strategies -----------------------------------------------------------------------------------

seeds = st.integers(0, 2**63 - 1)
numbers = st.sampled_from([0.0, 0.25, 0.5, 0.75, _LAST])


@st.composite
def chances(make: st.DrawFn, rules: Rules, turn: int = 0, runs: int = 1) -> Draws:
    """The chance of a turn: of some game, or the same number everywhere."""
    if make(st.booleans()):
        return turn_chance(rules, turn, seed=make(seeds), runs=runs)
    usual = turn_chance(rules, turn, runs=runs)
    return _filled(usual, make(numbers))


@st.composite
def start_chances(make: st.DrawFn, rules: Rules, runs: int = 1) -> StartDraws:
    """The chance of an opening: of some game, or the same number everywhere."""
    usual = draw_start(make(seeds), shape_of(rules), runs=runs)
    return usual if make(st.booleans()) else _filled(usual, make(numbers))


def _filled(usual: Any, number: float) -> Any:
    return type(usual)(**{name: np.full(old.shape, number) for name, old in vars(usual).items()})


@st.composite
def states(make: st.DrawFn, rules: Rules, runs: int = 1) -> State:
    """A state some turns into a game, perhaps with meters at the ends of their scales."""
    seed = make(seeds)
    state = opening(rules, seed=seed, runs=runs)
    for turn in range(make(st.integers(0, min(rules.sizes.turns - 1, _DEEPEST)))):
        choices = any_choices(rules, state, seed=seed)
        state, _ = step(rules, state, choices, turn_chance(rules, turn, seed=seed, runs=runs))
    return make(pushed(state))


@st.composite
def pushed(make: st.DrawFn, state: State) -> State:
    """A state with some of its meters set to one level for everybody."""
    names = make(st.sets(st.sampled_from(PERSON_METERS + CUSTOMER_METERS), max_size=4))
    levels: dict[str, Array] = {}
    for name in sorted(names):
        low, high = (5.0, 98.0) if name in {"experience", "expectation"} else (0.0, 100.0)
        level = make(st.floats(low, high))
        levels[name] = np.full(getattr(state, name).shape, level)
    return replace(state, **levels)  # type: ignore[arg-type]  # meters are all of one kind
