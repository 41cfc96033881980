"""Sentences of a program that joins a class; all others are those of the classroom's pages."""

from contextlib import suppress

from sim.errors import SimError
from sim.view import class_words, words

BOOK = words.Phrasebook("join", behind=class_words.BOOK)
patterns, say = BOOK.patterns, BOOK.say


def explain(error: SimError, lang: str) -> str:
    """What went wrong and what can be done, here or at the class."""
    with suppress(KeyError):  # not of joining, or it asks for more than the error knows
        return words.filled(patterns(lang)[f"error.{error.code}"], **error.data)
    return class_words.explain(error, lang)
