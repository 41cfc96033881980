"""What was chosen in a turn, in words: answers first, then actions, then what is for the firm."""

from collections.abc import Iterator

from sim.game import ChosenAction, TurnRecord
from sim.lab.review.model import Choice
from sim.scenario.texts import ResponseScript
from sim.view.actions import deed_text
from sim.view.lens import Lens
from sim.view.review_model import PlanLine
from sim.view.review_words import say

_LONGEST = 60  # characters of an answer


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
        yield _answer(lens, encounter, path)
    for deed in plan.choices:
        yield _deed(lens, deed)
    for name in plan.market:
        hours = lens.script.market_actions[name].hours
        yield PlanLine(None, lens.action_name(name), hours)


def answer_text(lens: Lens, encounter: str, path: tuple[str, ...]) -> str:
    """What is said to a customer, shortened; of a longer conversation every step."""
    steps = (_shortened(_spoken(lens, encounter, each)) for each in said(lens, encounter, path))
    return say(lens.lang, "plan.then").join(steps)


def _shortened(text: str) -> str:
    """The first words of a text, none of them cut; a quotation that is cut is closed."""
    short = text
    if len(text) > _LONGEST:
        kept, _, broken = text[:_LONGEST].rpartition(" ")
        whole = kept if len(broken) < _LONGEST // 2 else text[: _LONGEST - 1]  # Chinese: no spaces
        short = whole.rstrip(" ,;:") + "…"
    return short + "”" * (short.count("“") - short.count("”"))


def _spoken(lens: Lens, encounter: str, response: ResponseScript) -> str:
    script = lens.script.encounters[encounter]
    speaker = lens.script.customers[script.customer].people[script.speaker]
    return lens.text(response.say).replace("{name}", lens.text(speaker.name))


def choice_line(lens: Lens, choice: Choice) -> PlanLine:
    """One thing chosen, for whom, and what it takes."""
    if choice.encounter is not None:
        return _answer(lens, choice.encounter, choice.path)
    assert choice.action is not None  # a choice is an answer or an action
    if choice.customer is None:
        hours = lens.script.market_actions[choice.action].hours
        return PlanLine(None, lens.action_name(choice.action), hours)
    deed = {name: getattr(choice, name) for name in ("customer", "action", "tone", "person")}
    return _deed(lens, ChosenAction.model_validate(deed))


def _answer(lens: Lens, encounter: str, path: tuple[str, ...]) -> PlanLine:
    customer = lens.ref(lens.script.encounters[encounter].customer)
    if not path:
        return PlanLine(customer, say(lens.lang, "plan.silence"), 0.0)
    text = answer_text(lens, encounter, path)
    return PlanLine(customer, text, talk_hours(lens, encounter, path))


def _deed(lens: Lens, deed: ChosenAction) -> PlanLine:
    hours = lens.script.actions[deed.action].hours
    return PlanLine(lens.ref(deed.customer), deed_text(lens, deed), hours)


def line_text(lens: Lens, line: PlanLine) -> str:
    """A line of a plan in one piece: for whom, what, and what it takes."""
    text = line.text
    if line.hours:
        text = say(lens.lang, "plan.with_hours", text=text, hours=lens.cost(line.hours, 0.0))
    whom = say(lens.lang, "plan.firm") if line.customer is None else line.customer.name
    return say(lens.lang, "plan.for", customer=whom, text=text)


def hours_by_customer(lens: Lens, plan: TurnRecord) -> dict[str, float]:
    """Hours for each customer in a plan; those for the firm under the empty id."""
    found: dict[str, float] = {}
    for line in _lines(lens, plan):
        key = "" if line.customer is None else line.customer.id
        found[key] = found.get(key, 0.0) + line.hours
    return found
