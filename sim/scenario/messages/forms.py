"""The form of a message: how serious it is and its pattern in each language."""

from typing import Literal, NamedTuple

Language = Literal["en", "zh"]
Severity = Literal["error", "warning", "note"]


class Message(NamedTuple):
    """One diagnostic: severity and sentence patterns."""

    severity: Severity
    en: str
    zh: str


def error(en: str, zh: str) -> Message:
    """A message about something that keeps the scenario from being used."""
    return Message("error", en, zh)


def warning(en: str, zh: str) -> Message:
    """A message about something that is very likely not meant."""
    return Message("warning", en, zh)


def note(en: str, zh: str) -> Message:
    """A message about something worth a look."""
    return Message("note", en, zh)
