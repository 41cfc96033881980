"""The sentences of the debrief, and how its numbers are written.

    say("en", "review.title", title="Corner cafe")

They stand in `review_en.json` and `review_zh.json`, under the same keys and with the same slots. A
measured number carries two significant digits, because its range seldom allows more.
"""

from sim.lab.review.model import Estimate
from sim.view import words
from sim.view.review_model import RangeView
from sim.view.words import MINUS

BOOK = words.Phrasebook("review", behind=words.BOOK)
patterns, say, has = BOOK.patterns, BOOK.say, BOOK.has
_LARGEST = 1e12


def places(*values: float) -> int:
    """Decimals that give the largest of some numbers two significant digits; never more than two.

    Negative for numbers that are rounded to tens or hundreds.
    """
    largest = max((abs(value) for value in values), default=0.0)
    decimals, limit = 2, 1.0
    while largest >= 0.995 * limit and limit < _LARGEST:
        decimals, limit = decimals - 1, limit * 10.0
    return decimals


def number(value: float, decimals: int | None = None) -> str:
    """A number with a true minus sign, by default with two significant digits."""
    kept = places(value) if decimals is None else decimals
    rounded = round(value, kept)
    if rounded == 0.0:
        return "0"
    text = f"{abs(rounded):,.{max(kept, 0)}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: float, decimals: int | None = None) -> str:
    """A change with its sign."""
    text = number(value, decimals)
    return text if text == "0" or text.startswith(MINUS) else f"+{text}"


def estimate(lang: str, found: Estimate, *, plus: bool = False) -> RangeView:
    """An estimate in words; about equal where its range contains zero.

    Args:
        lang: of the words.
        found: in points of the score.
        plus: write the sign of a gain.
    """
    clear = found.low > 0.0 or found.high < 0.0
    decimals = places(found.value, found.low, found.high)
    amount = signed(found.value, decimals) if plus else number(found.value, decimals)
    ends = {"low": number(found.low, decimals), "high": number(found.high, decimals)}
    none = set(ends.values()) == {"0"}
    return RangeView(
        value=found.value,
        low=found.low,
        high=found.high,
        clear=clear,
        short=amount if clear or none else say(lang, "range.equal_short"),
        shown=say(lang, _kind(clear=clear, none=none), value=amount, **ends),
        games=found.games,
    )


def _kind(*, clear: bool, none: bool) -> str:
    if none:
        return "range.none"
    return "range.points" if clear else "range.equal"
