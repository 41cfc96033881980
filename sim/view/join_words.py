"""Sentences of a program that joins a class; all others are those of the classroom's pages."""

from collections.abc import Mapping
from contextlib import suppress

from sim.errors import SimError
from sim.view import class_words, words


def patterns(lang: str) -> Mapping[str, str]:
    """The sentence patterns of a language, by key."""
    return words.table("join", lang)


def say(lang: str, key: str, /, **slots: object) -> str:
    """The sentence of a key, of joining, the classroom, the window or the whole program.

    Args:
        lang: `en` or `zh`.
        key: of `join_en.json`, else of `class_en.json` and what stands behind it.
        **slots: what stands between braces; `n` also chooses between singular and plural.

    Raises:
        KeyError: there is no such key, or a slot is missing: a mistake of the program.
    """
    pattern = patterns(lang).get(key)
    return (
        class_words.say(lang, key, **slots) if pattern is None else words.filled(pattern, **slots)
    )


def explain(error: SimError, lang: str) -> str:
    """What went wrong and what can be done, here or at the class."""
    with suppress(KeyError):  # not of joining, or it asks for more than the error knows
        return words.filled(patterns(lang)[f"error.{error.code}"], **error.data)
    return class_words.explain(error, lang)
