"""What the player may type: numbers, names, ids, beginnings of them, and command words.

Command words of both languages are understood at all times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.view.words import LANGUAGES, say

BACK, AGAIN = "back", "again"
GLOBAL = ("help", "glossary", "numbers", "undo", "redo", "language", "quit", BACK)

_SEARCHING = ("glossary", "numbers")  # a name may stand behind them


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: what it is called, and what comes back.

    Attributes:
        key: What comes back.
        text: The line to show; empty: it is not listed.
        names: By which it may be called besides its number.
    """

    key: str
    text: str = ""
    names: tuple[str, ...] = ()


def words_of(command: str) -> tuple[str, ...]:
    """The words of a command in all languages, short ones first."""
    found: list[str] = []
    for lang in LANGUAGES:
        found += say(lang, f"command.{command}").split()
    return tuple(dict.fromkeys(found))


def global_command(text: str) -> tuple[str, str]:
    """The command that works everywhere and what stands behind it; empty if it is none.

    `g trust` is the glossary with a search for trust, `w dan` where the numbers of Dan come from;
    the other commands stand alone.
    """
    first, _, rest = text.partition(" ")
    for command in GLOBAL:
        known = words_of(command)
        if text.casefold() in known:
            return command, ""
        if command in _SEARCHING and first.casefold() in known:
            return command, rest.strip()
    return "", ""


def match(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that a text can mean: one is an answer, none or several are not.

    A number counts the listed choices; else whole names come before their beginnings, and these
    before names that contain the text.
    """
    listed = [choice for choice in choices if choice.text]
    if text.isdecimal():
        number = int(text)
        return [listed[number - 1]] if 1 <= number <= len(listed) else []
    wanted = text.casefold()
    inside = (_contains,) if len(wanted) > 1 or not wanted.isascii() else ()
    for fits in (_is, _begins, *inside):
        found = [choice for choice in choices if fits(wanted, choice)]
        if found:
            return found
    return []


def _names(choice: Choice) -> list[str]:
    return [name.casefold() for name in (choice.key, *choice.names)]


def _is(wanted: str, choice: Choice) -> bool:
    return wanted in _names(choice)


def _begins(wanted: str, choice: Choice) -> bool:
    return any(name.startswith(wanted) for name in _names(choice))


def _contains(wanted: str, choice: Choice) -> bool:
    return any(wanted in name for name in _names(choice))
