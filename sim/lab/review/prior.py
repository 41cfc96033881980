"""What could be believed before the first turn, by the player and by who knows the scenario."""

from dataclasses import replace
from typing import Any

import numpy as np

from sim import draws
from sim.arrays import Array, Mask
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import State, changed
from sim.exact import fixed_sum
from sim.game import shape_of
from sim.lab.runs import join

_BIN = 20.0  # points; how roughly a customer is known at first sight


def prior(rules: Rules, truth: State, seed: int, particles: int) -> State:
    """Before the first turn: the player's particles, then the table's."""
    shape = shape_of(rules)
    slots = rules.sizes.customers * rules.sizes.people
    more = draws.uniform_block(seed, 0, draws.REVIEW, runs=particles, slots=slots)
    more = more.reshape(particles, rules.sizes.customers, rules.sizes.people, 4)
    unsaid = replace(rules.opening, fit_drawn=_all(rules), frailty_drawn=_all(rules))
    guessed = start(replace(rules, opening=unsaid), draws.draw_start(seed, shape, runs=particles))
    guessed = _anybody(rules, _impressed(rules, guessed, truth, more[..., 3]), more)
    written = start(rules, draws.draw_start(seed, shape, runs=particles, first_run=particles))
    return join([_own_traits(guessed), _own_traits(written)])


def _all(rules: Rules) -> Mask:
    return np.ones(rules.sizes.customers, dtype=np.bool_)


def _own_traits(state: State) -> State:
    """Every particle with traits of its own, though they may be the same."""
    runs = state.money.shape[0]
    traits = {
        name: np.broadcast_to(value, (runs, *value.shape[1:]))
        for name, value in vars(state.traits).items()
    }
    return changed(state, traits=replace(state.traits, **traits))


def _impressed(rules: Rules, state: State, truth: State, uniform: Array) -> State:
    """Meters anywhere about the rough first impression, all of a person's together up or down.

    The portfolio as a whole is known, who stands where in it is not: impressions are rounded, so
    the mean of what rounding took from everybody is given back.
    """
    shift = _BIN * (uniform - 0.5)
    there, values = rules.present * 1.0, {}
    for k, name in enumerate(("satisfaction", "loyalty", "trust")):
        rounded = there * (rules.opening.state[name] - truth.seen[0, ..., k])
        lost = fixed_sum(rounded.reshape(-1)) / fixed_sum(there.reshape(-1))
        values[name] = np.minimum(np.maximum(truth.seen[..., k] + shift + lost, 0.0), 100.0)
    return changed(state, **values)


def _anybody(rules: Rules, state: State, uniform: Array) -> State:
    """Style, mood and motives of anybody in the portfolio: who has which is what nobody knows.

    Styles that the author left open are drawn by their prior already.
    """
    style = _shuffled(rules, state.traits.style, uniform[..., 2])
    style = np.where(rules.opening.style >= 0, style, state.traits.style)
    traits = replace(state.traits, style=style)
    if rules.uses_motives:
        traits = replace(
            traits,
            motives=_shuffled(rules, state.traits.motives, uniform[..., 1]),
            motive_match=_shuffled(rules, state.traits.motive_match, uniform[..., 1]),
        )
    weighs = np.broadcast_to(state.price_weight[..., None], state.mood.shape)
    return changed(
        state,
        mood=_shuffled(rules, state.mood, uniform[..., 0]),
        price_weight=_shuffled(rules, weighs, uniform[..., 2])[..., 0],
        traits=traits,
    )


def _shuffled(rules: Rules, values: Any, uniform: Array) -> Any:
    """For each person [R, C, M] the value [1|R, C, M, ...] of one picked from all persons."""
    who = np.argwhere(rules.present)
    pick = who[np.minimum((uniform * len(who)).astype(np.intp), len(who) - 1)]
    runs = np.arange(uniform.shape[0])[:, None, None] if values.shape[0] > 1 else 0
    return values[runs, pick[..., 0], pick[..., 1]]
