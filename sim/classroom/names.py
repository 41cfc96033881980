"""Names in a class: those that the room gives, and those that trainees type."""

import json
import secrets
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from importlib import resources
from itertools import count
from typing import Final

from sim.classroom.events import ClassError

LONGEST: Final = 24  # characters
_UNSEEN: Final = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # control, bidirectional, private


def clean(text: str, longest: int = LONGEST) -> str:
    """A name as it may be shown: one line, nothing invisible, not too long.

    Args:
        text: as it was typed.
        longest: characters that are kept.

    Raises:
        ClassError: `class/no-name`: nothing is left of it.
    """
    plain = unicodedata.normalize("NFC", text[: 20 * longest])
    seen = "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in plain)
    short = " ".join(seen.split())[:longest].strip()
    if not short:
        raise ClassError("class/no-name")
    return short


def pseudonym(taken: Collection[str], language: str) -> str:
    """A name that nobody in the room has yet."""
    words = _words()["zh" if language == "zh" else "en"]
    for _ in range(64):
        found = secrets.choice(words["first"]) + secrets.choice(words["second"])
        if found not in taken:
            return found
    return numbered(found, taken)


def of_practice(taken: Collection[str], language: str) -> str:
    """A name for a seat that the server plays, by which everybody knows it for one."""
    called = _words()["zh" if language == "zh" else "en"]["practice"][0]
    return next(name for n in count(1) if (name := f"{called} {n}") not in taken)


def numbered(label: str, taken: Collection[str]) -> str:
    """The name, with a number where somebody has it already."""
    number, found = 1, label
    while found in taken:
        number += 1
        found = f"{label[: LONGEST - 4].rstrip()} {number}"
    return found


@lru_cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = resources.files("sim.classroom").joinpath("pseudonyms.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[str]]] = json.loads(text)
    return found
