"""Every sentence of the program in both languages, and how numbers are written.

    say("en", "header.turn", n=3, of=12)

The sentences stand in `words_en.json` and `words_zh.json`, under the same keys and with the same
slots. A pattern may hold two wordings divided by `|`: for `n` = 1 and for any other number.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Self

from sim.errors import SimError

LANGUAGES = ("en", "zh")
MINUS = "\N{MINUS SIGN}"
UNKNOWN = "?"
_SMALL_MONEY = 10.0


@lru_cache
def table(name: str, lang: str) -> Mapping[str, str]:
    """The sentence patterns of `NAME_en.json` or `NAME_zh.json` beside this module, by key."""
    file = f"{name}_zh.json" if lang == "zh" else f"{name}_en.json"
    text = resources.files("sim.view").joinpath(file).read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


def filled(pattern: str, /, **slots: object) -> str:
    """A pattern with its slots filled; of two wordings the one for `n`.

    Raises:
        KeyError: a slot is missing.
    """
    if "|" in pattern:
        one, many = pattern.split("|")
        pattern = one if str(slots.get("n")) == "1" else many
    return pattern.format(**slots)


@dataclass(frozen=True)
class Phrasebook:
    """The sentences of one part of the program, and behind them those of what it builds upon.

    They stand in `NAME_en.json` and `NAME_zh.json`, under the same keys and with the same slots.
    """

    name: str
    behind: Self | None = None

    def patterns(self, lang: str) -> Mapping[str, str]:
        """The part's own sentence patterns in a language, by key."""
        return table(self.name, lang)

    def say(self, lang: str, key: str, /, **slots: object) -> str:
        """The sentence of a key, of this part or else of what lies behind it, slots filled.

        Args:
            lang: `en` or `zh`.
            key: of this part's file, else of the one behind it, and so on.
            **slots: what stands between braces; `n` also chooses between singular and plural.

        Raises:
            KeyError: there is no such key, or a slot is missing: a mistake of the program.
        """
        known = self.patterns(lang)
        if self.behind is not None and key not in known:
            return self.behind.say(lang, key, **slots)
        return filled(known[key], **slots)

    def has(self, key: str) -> bool:
        """Whether this part itself has a sentence of that key."""
        return key in self.patterns("en")


BOOK = Phrasebook("words")
patterns, say, has = BOOK.patterns, BOOK.say, BOOK.has


def explain(error: SimError, lang: str) -> str:
    """What went wrong and what can be done, for a reader; the code if there is no sentence.

    Whoever checks a whole turn at once knows less than whoever checks a single choice: the numbers
    of `error.CODE` may be missing, and then `error.CODE.plain` says the same without them.
    """
    known = {name: _shown(lang, name, value) for name, value in error.data.items()}
    for key in (f"error.{error.code}", f"error.{error.code}.plain"):
        if has(key):
            with suppress(KeyError):  # the sentence asks for more than the error knows
                return say(lang, key, **known)
    return say(lang, "error.other", code=error.code)


def _shown(lang: str, name: str, value: object) -> str:
    if name == "field" and has(f"meter.{value}"):
        return say(lang, f"meter.{value}")
    if isinstance(value, float):
        return hours(value) if name.endswith("hours") else decimal(value)
    if isinstance(value, tuple | list):
        return listed(lang, [str(item) for item in value])
    return str(value)


def whole(value: float) -> str:
    """A number without decimals, with a true minus sign."""
    rounded = round(value)
    return f"{MINUS}{-rounded}" if rounded < 0 else str(rounded)


def decimal(value: float) -> str:
    """A number with one decimal at most: 2, 0.5, −1.3."""
    text = f"{abs(value):.1f}".removesuffix(".0")
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def hours(value: float) -> str:
    """Hours to the minute or two: 2, 0.5, 0.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def signed(value: float) -> str:
    """A change with its sign and one decimal: +1.2, −0.4, 0."""
    text = decimal(value)
    return text if text == "0" or text.startswith(MINUS) else f"+{text}"


def percent(value: float) -> str:
    """A share 0..1 as whole percent."""
    return f"{round(100.0 * value)} %"


def gain(value: float) -> str:
    """A change of a share as whole percent with its sign: +40 %, −25 %."""
    return f"{MINUS if value < 0 else '+'}{percent(abs(value))}"


def money(value: float) -> str:
    """An amount of money; under ten with one decimal where it has any.

    Without a currency: a scenario may be set anywhere, so the sentence around it says what it is.
    """
    exact = abs(value) < _SMALL_MONEY
    amount = decimal(abs(value)) if exact else f"{abs(round(value)):,}"
    return f"{MINUS}{amount}" if value < 0 and amount != "0" else amount


def listed(lang: str, items: tuple[str, ...] | list[str]) -> str:
    """Items as a list within a sentence."""
    return ("、" if lang == "zh" else ", ").join(items)
