"""Which concepts of the course the deeds of a scenario are about, and what each has cost."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.arrays import Array
from sim.exact import fixed_sum
from sim.lab.review.explain import Teaches
from sim.lab.review.grading import Spread, spread
from sim.lab.review.model import Change, Estimate
from sim.scenario.script import ResponseScript, Script


def teaches_of(script: Script) -> Teaches:
    """Concepts of every action, market action, encounter and answer, in the author's order."""
    found = {name: action.teaches for name, action in script.actions.items()}
    found |= {name: action.teaches for name, action in script.market_actions.items()}
    for name, encounter in script.encounters.items():
        found[name] = encounter.teaches
        found |= _of_responses(name, encounter.responses)
    return found


def _of_responses(name: str, responses: Mapping[str, ResponseScript]) -> dict[str, tuple[str, ...]]:
    """Concepts of answers and of what may follow them."""
    found = {}
    for step, response in responses.items():
        whole = f"{name}:{step}"
        found[whole] = response.teaches
        found |= _of_responses(whole, response.responses)
    return found


def shared_loss(loss: Spread, told: Sequence[tuple[Change, Array]]) -> dict[str, Estimate]:
    """A loss shared out over the concepts of the changes, by what these would have gained.

    The error is that of the loss and that of the share, which is a quotient of means over the same
    games (delta method; that the loss was found in some of these games, too, is left out).

    Args:
        loss: of the decision, score points.
        told: changes, and what each gained game by game, [R].
    """
    parts: dict[str, Array] = {}
    for change, gains in told:
        for concept in change.concepts:
            one: Array = gains / len(change.concepts)
            parts[concept] = parts[concept] + one if concept in parts else one
    every = [gains for change, gains in told if change.concepts]
    if not every or loss.mean <= 0.0:
        return {}
    whole = fixed_sum(np.stack(every, axis=1), axis=1)
    gained = spread(whole).mean
    if gained <= 0.0:
        return {}
    found = {}
    for concept, part in parts.items():
        share = spread(part).mean / gained
        doubt = spread(part - share * whole).error / gained
        of_loss, of_share = loss.error * share, loss.mean * doubt
        error = float(np.sqrt(of_loss * of_loss + of_share * of_share))
        found[concept] = Spread(loss.mean * share, error, loss.games).estimate(least=0.0)
    return found
