"""A customer's file as lines of text."""

from collections.abc import Sequence

from sim.ui.terminal.render import (
    Say,
    action_text,
    how_lines,
    joined,
    known_mood,
    known_style,
    meter_text,
    meter_texts,
    numbered,
    rank_text,
)
from sim.view.model import CustomerView, PersonView
from sim.view.parts import Fact, HistoryRow, SignView
from sim.view.words import UNKNOWN


def customer_lines(view: CustomerView, say: Say) -> list[str]:
    """Who the customer is and where the relationship stands."""
    card = view.card
    return [
        joined(
            say,
            [
                card.name,
                say("line.kind", kind=card.kind, status=card.status),
                card.worth,
                rank_text(card, say),
                *card.flags,
            ],
        ),
        *_some(view.about, view.size),
        meter_texts(view.meters, say),
        *how_lines(view.meters, say),
        _mood_and_style(view, say),
        say("line.stage", text=view.stage),
        say("line.level", text=view.level),
        say("line.type", text=view.kind_of_loyalty),
        *(say("line.matter", text=text) for text in view.matters),
        say("line.slots", text=view.slots_text),
    ]


def _mood_and_style(view: CustomerView, say: Say) -> str:
    """What is known of the two, or that it is not."""
    mood, style = known_mood(view.card.mood, say), known_style(view.card.style, say)
    if not (mood or style):
        return say("line.neither")
    return joined(say, [mood or say("line.no_mood"), style or say("line.no_style")])


def _some(*texts: str) -> list[str]:
    return [text for text in texts if text]


def tie_lines(view: CustomerView, say: Say) -> list[str]:
    """What holds the customer."""
    return [
        say("line.ties"),
        meter_texts(view.ties, say),
        *how_lines(view.ties, say),
        fact_text(view.acquaintances, say),
    ]


def people_lines(view: CustomerView, say: Say) -> list[str]:
    """Everybody at the customer, with what is known and unknown."""
    lines: list[str] = []
    for person in view.people:
        lines += person_lines(person, say, known=view.about)
    return lines


def person_lines(person: PersonView, say: Say, *, known: str) -> list[str]:
    """One person: known things first, then what is not known and how to find out.

    Args:
        person: of the customer.
        say: in the reader's language.
        known: what the file has said already, not to be said again.
    """
    about = "" if person.about == known else person.about
    facts = (person.mood, person.style, *person.file)
    said = [fact for fact in facts if fact.known or fact.text != UNKNOWN]
    return [
        joined(say, [person.name, person.role]),
        *_some(about),
        meter_texts(person.meters, say),
        *how_lines(person.meters, say),
        meter_text(person.knowledge, say),
        *(fact_text(fact, say) for fact in said),
        *_unknown([fact for fact in facts if fact not in said], say),
    ]


def _unknown(facts: Sequence[Fact], say: Say) -> list[str]:
    """What is not known, together where it can be found out in the same way."""
    ways = dict.fromkeys(fact.how for fact in facts)
    names = {how: [fact.name for fact in facts if fact.how == how] for how in ways}
    return [say("line.unknown", names=say("line.and").join(names[how]), how=how) for how in ways]


def fact_text(fact: Fact, say: Say) -> str:
    """Something known, or not, in one line."""
    stale = say("line.stale") if fact.stale else ""
    text = say("line.fact", name=fact.name, text=fact.text)
    return say("line.semicolon").join(_some(joined(say, [text, stale]), fact.how))


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
