"""The sentences about a scenario's balance and its items, and how their numbers are written.

They stand in `balance_en.json` and `balance_zh.json`, under the same keys and with the same slots.
"""

import math
from collections.abc import Mapping

from sim.lab.balance.measures import Estimate
from sim.view import review_words, words
from sim.view.review_words import number, places, signed


def patterns(lang: str) -> Mapping[str, str]:
    """The sentence patterns of a language, by key."""
    return words.table("balance", lang)


def say(lang: str, key: str, /, **slots: object) -> str:
    """The sentence of a key, of these or of the debrief's, with its slots filled.

    Args:
        lang: `en` or `zh`.
        key: of `balance_en.json`, else of the tables that the debrief has.
        **slots: what stands between braces; `n` also chooses between singular and plural.

    Raises:
        KeyError: there is no such key, or a slot is missing: a mistake of the program.
    """
    pattern = patterns(lang).get(key)
    if pattern is None:
        return review_words.say(lang, key, **slots)
    return words.filled(pattern, **slots)


def has(key: str) -> bool:
    """Whether there is a sentence of that key here."""
    return key in patterns("en")


def points(lang: str, found: Estimate | None) -> str:
    """A difference with its interval; nothing where it was not tried."""
    if found is None:
        return ""
    if math.isinf(found.low):
        return say(lang, "balance.points_only", value=signed(found.mean), n=found.decisions)
    decimals = min(places(found.mean, found.low, found.high), 2)
    low, high = signed(found.low, decimals), signed(found.high, decimals)
    return say(lang, "balance.points", value=signed(found.mean, decimals), low=low, high=high)


def count(value: int) -> str:
    """A number of things: 4,800."""
    return f"{value:,}"


def decimal(value: float) -> str:
    """A mean of counts with one decimal at most."""
    return number(value, 1)
