"""A customer's file as lines of text."""

from collections.abc import Sequence

from sim.ui.terminal.render import Say, action_text, card_text, joined, meter_text, numbered
from sim.view.model import CustomerView, PersonView
from sim.view.parts import Fact, HistoryRow, SignView


def customer_lines(view: CustomerView, say: Say) -> list[str]:
    """Who the customer is and where the relationship stands."""
    return [
        card_text(view.card, say),
        *_some(view.about, view.size),
        say("line.stage", text=view.stage),
        say("line.level", text=view.level),
        say("line.type", text=view.kind_of_loyalty),
        *(meter_text(meter, say) for meter in view.meters),
        *(say("line.matter", text=text) for text in view.matters),
        say("line.slots", text=view.slots_text),
    ]


def _some(*texts: str) -> list[str]:
    return [text for text in texts if text]


def tie_lines(view: CustomerView, say: Say) -> list[str]:
    """What holds the customer."""
    return [
        say("line.ties"),
        *(meter_text(meter, say) for meter in view.ties),
        fact_text(view.acquaintances, say),
    ]


def people_lines(view: CustomerView, say: Say) -> list[str]:
    """Everybody at the customer, with what is known and unknown."""
    lines: list[str] = []
    for person in view.people:
        lines += person_lines(person, say)
    return lines


def person_lines(person: PersonView, say: Say) -> list[str]:
    """One person: known things first, then what is not known and how to find out."""
    known = [fact for fact in person.file if fact.known]
    unknown = [fact for fact in person.file if not fact.known]
    return [
        joined(say, [person.name, person.role, person.about]),
        *(meter_text(meter, say) for meter in person.meters),
        fact_text(person.mood, say),
        fact_text(person.style, say),
        meter_text(person.knowledge, say),
        *(fact_text(fact, say) for fact in known),
        *(fact_text(fact, say) for fact in unknown),
    ]


def fact_text(fact: Fact, say: Say) -> str:
    """Something known, or not, in one line."""
    stale = say("line.stale") if fact.stale else ""
    text = say("line.fact", name=fact.name, text=fact.text)
    return joined(say, [text, stale, fact.how])


def sign_lines(signs: Sequence[SignView], note: str, say: Say) -> list[str]:
    """The ten signs of a firm relationship."""
    lines = [say("line.sign", name=sign.name, shown=sign.shown, basis=sign.basis) for sign in signs]
    return [say("line.signs"), *numbered(lines), note]


def history_lines(history: Sequence[HistoryRow], say: Say) -> list[str]:
    """The past turns of a customer, the latest first."""
    if not history:
        return [say("line.no_history")]
    return [
        joined(say, [row.when, row.meters, row.actions, row.happened]) for row in reversed(history)
    ]


def offer_lines(view: CustomerView, say: Say) -> list[str]:
    """Every action with its number."""
    return numbered(action_text(action, say) for action in view.actions)
