"""Where customers really stood; may be shown once the game is over."""

from sim.arrays import Array
from sim.engine.observe import Observation, estimated_stay, observe
from sim.engine.rules import Rules
from sim.engine.state import State
from sim.engine.terms.staying import behavioural_loyalty


def opened(rules: Rules, state: State) -> tuple[Observation, Array]:
    """A state with every file open, and loyalty in behaviour as it is, 0..100 [R, C].

    Who has just come has not yet thought of leaving, so there the player's own estimate stands.
    """
    seen = observe(rules, state, opened=True)
    stay = behavioural_loyalty(rules.parameters, state.leave_chance)
    untried = (state.leave_chance == 0.0) * 1.0
    return seen, stay * (1.0 - untried) + untried * estimated_stay(rules, seen)
