"""Sentences of the classroom's pages; all others are those of the window and of the program."""

from contextlib import suppress

from sim.errors import SimError
from sim.view import window_words, words

BOOK = words.Phrasebook("class", behind=window_words.BOOK)
patterns, say = BOOK.patterns, BOOK.say


def explain(error: SimError, lang: str) -> str:
    """What went wrong and what can be done; errors of the classroom have their sentences here."""
    known = patterns(lang)
    for key in (f"error.{error.code}", f"error.{error.code}.plain"):
        with suppress(KeyError):  # no such sentence, or it asks for more than the error knows
            return words.filled(known[key], **error.data)
    return words.explain(error, lang)
