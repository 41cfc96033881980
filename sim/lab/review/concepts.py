"""Which concepts of the course the deeds of a scenario are about."""

from collections.abc import Mapping

from sim.lab.review.explain import Teaches
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
