"""The sentences about a scenario's balance and its items, and how their numbers are written.

They stand in `balance_en.json` and `balance_zh.json`, under the same keys and with the same slots.
"""

import math

from sim.lab.balance.measures import Estimate
from sim.view import review_words, words
from sim.view.review_words import number, places, signed

BOOK = words.Phrasebook("balance", behind=review_words.BOOK)
patterns, say, has = BOOK.patterns, BOOK.say, BOOK.has


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
