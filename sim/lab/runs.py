"""Many games at once: a policy through whole games, in chunks that give the same bits as one."""

from collections.abc import Callable

import numpy as np

from sim import draws
from sim.engine.observe import observe
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import Choices, Outcome, State, Traits, changed
from sim.engine.step import step
from sim.game import shape_of
from sim.lab.policies import Policy, policy

CHUNK = 512  # runs at a time: the arrays of a turn then stay in the cache
Watch = Callable[[State, Choices, Outcome, State], None]


def play(
    rules: Rules,
    chosen: Policy | str,
    *,
    seed: int,
    runs: int = 1,
    first_run: int = 0,
    watch: Watch | None = None,
) -> State:
    """Play whole games and return their last states, R = runs.

    Args:
        rules: of the scenario.
        chosen: a policy or its name.
        seed: of all runs; run r of the seed is the same in every batch.
        runs: how many.
        first_run: number of the first.
        watch: called after every turn with state, choices, outcome and the next state.
    """
    bot = policy(chosen) if isinstance(chosen, str) else chosen
    parts = []
    for begin in range(first_run, first_run + runs, CHUNK):
        size = min(CHUNK, first_run + runs - begin)
        parts.append(_play_chunk(rules, bot, seed=seed, runs=size, first_run=begin, watch=watch))
    return parts[0] if len(parts) == 1 else join(parts)


def _play_chunk(
    rules: Rules, bot: Policy, *, seed: int, runs: int, first_run: int, watch: Watch | None
) -> State:
    shape = shape_of(rules)
    state = start(rules, draws.draw_start(seed, shape, runs=runs, first_run=first_run))
    for turn in range(rules.sizes.turns):
        choices = choose(rules, bot, state, seed=seed, first_run=first_run)
        chance = draws.draw(seed, turn, shape, runs=runs, first_run=first_run)
        after, outcome = step(rules, state, choices, chance)
        if watch is not None:
            watch(state, choices, outcome, after)
        state = after
    return state


def choose(rules: Rules, bot: Policy, state: State, *, seed: int, first_run: int = 0) -> Choices:
    """What a policy does in a state; it sees what a player sees, the oracle everything."""
    uniforms = draws.uniform_block(
        seed,
        state.turn,
        draws.POLICY,
        runs=state.money.shape[0],
        first_run=first_run,
        slots=rules.sizes.customers,
    )
    return bot.choose(rules, observe(rules, state, opened=bot.sees_all), uniforms)


def join(states: list[State], *, traits: Traits | None = None) -> State:
    """States of several chunks as one.

    Args:
        states: one or more.
        traits: of all of them, where those are joined already.
    """
    first = states[0]
    joined = {
        name: np.concatenate([getattr(state, name) for state in states])
        for name, value in vars(first).items()
        if isinstance(value, np.ndarray)
    }
    return changed(first, traits=joined_traits(states) if traits is None else traits, **joined)


def joined_traits(states: list[State]) -> Traits:
    """The traits of several chunks as one; those that are the same in every run stay one row."""
    first = states[0]
    joined = {
        name: value
        if value.shape[0] == 1 and first.money.shape[0] > 1
        else np.concatenate([getattr(state.traits, name) for state in states])
        for name, value in vars(first.traits).items()
    }
    return Traits(**joined)
