"""What was chosen in a turn, in words: answers first, then actions, then what is for the firm."""

from collections.abc import Iterator

from sim.game import ChosenAction, TurnRecord
from sim.lab.review.model import Choice
from sim.scenario.texts import ResponseScript
from sim.view.actions import deed_text
from sim.view.explain import shortened
from sim.view.lens import Lens
from sim.view.parts import Ref
from sim.view.review_model import PlanLine
from sim.view.review_words import say


def said(lens: Lens, encounter: str, path: tuple[str, ...]) -> tuple[ResponseScript, ...]:
    """The answers along a path."""
    found, options = [], lens.script.encounters[encounter].responses
    for response in path:
        found.append(options[response])
        options = options[response].responses
    return tuple(found)


def talk_hours(lens: Lens, encounter: str, path: tuple[str, ...]) -> float:
    """Hours of a conversation."""
    return sum(each.hours for each in said(lens, encounter, path))


def plan_lines(lens: Lens, plan: TurnRecord) -> tuple[PlanLine, ...]:
    """Everything in a plan; a single line says so if there is nothing."""
    lines = tuple(_lines(lens, plan))
    return lines or (PlanLine(None, say(lens.lang, "plan.nothing"), 0.0),)


def _lines(lens: Lens, plan: TurnRecord) -> Iterator[PlanLine]:
    for encounter, path in plan.responses.items():
        customer = lens.ref(lens.script.encounters[encounter].customer)
        yield PlanLine(
            customer, answer_text(lens, encounter, path), talk_hours(lens, encounter, path)
        )
    for deed in plan.choices:
        hours = lens.script.actions[deed.action].hours
        yield PlanLine(lens.ref(deed.customer), deed_text(lens, deed), hours)
    for name in plan.market:
        hours = lens.script.market_actions[name].hours
        yield PlanLine(None, lens.action_name(name), hours)


def answer_text(lens: Lens, encounter: str, path: tuple[str, ...]) -> str:
    """What is said to a customer, shortened; of a longer conversation its steps."""
    steps = [_spoken(lens, encounter, each) for each in said(lens, encounter, path)]
    quoted = [say(lens.lang, "plan.quoted", text=shortened(text)) for text in steps]
    return say(lens.lang, "plan.answer", said=say(lens.lang, "plan.then").join(quoted))


def _spoken(lens: Lens, encounter: str, response: ResponseScript) -> str:
    script = lens.script.encounters[encounter]
    speaker = lens.script.customers[script.customer].people[script.speaker]
    return lens.text(response.say).replace("{name}", lens.text(speaker.name))


def choice_text(lens: Lens, choice: Choice) -> str:
    """One thing chosen, without whom it is for."""
    if choice.encounter is not None:
        if not choice.path:
            return say(lens.lang, "plan.silence")
        return answer_text(lens, choice.encounter, choice.path)
    assert choice.action is not None  # a choice is an answer or an action
    if choice.customer is None:
        return lens.action_name(choice.action)
    deed = ChosenAction.model_validate(
        {
            "customer": choice.customer,
            "action": choice.action,
            "tone": choice.tone,
            "person": choice.person,
        }
    )
    return deed_text(lens, deed)


def about(lens: Lens, choice: Choice) -> Ref | None:
    """The customer a choice is for; None: the firm as a whole."""
    customer = choice.customer
    if choice.encounter is not None:
        customer = lens.script.encounters[choice.encounter].customer
    return None if customer is None else lens.ref(customer)


def hours_of(lens: Lens, choice: Choice) -> float:
    """What a choice takes."""
    if choice.encounter is not None:
        return talk_hours(lens, choice.encounter, choice.path)
    assert choice.action is not None
    offered = {**lens.script.market_actions, **lens.script.actions}
    return offered[choice.action].hours


def hours_by_customer(lens: Lens, plan: TurnRecord) -> dict[str, float]:
    """Hours for each customer in a plan; those for the firm under the empty id."""
    found: dict[str, float] = {}
    for line in _lines(lens, plan):
        key = "" if line.customer is None else line.customer.id
        found[key] = found.get(key, 0.0) + line.hours
    return found
