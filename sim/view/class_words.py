"""Sentences of the classroom's pages; all others are those of the window and of the program."""

from collections.abc import Mapping
from contextlib import suppress

from sim.errors import SimError
from sim.view import window_words, words


def patterns(lang: str) -> Mapping[str, str]:
    """The sentence patterns of a language, by key."""
    return words.table("class", lang)


def say(lang: str, key: str, /, **slots: object) -> str:
    """The sentence of a key, of the classroom, the window or the whole program.

    Args:
        lang: `en` or `zh`.
        key: of `class_en.json`, else of `window_en.json`, else of `words_en.json`.
        **slots: what stands between braces; `n` also chooses between singular and plural.

    Raises:
        KeyError: there is no such key, or a slot is missing: a mistake of the program.
    """
    pattern = patterns(lang).get(key)
    if pattern is None:
        return window_words.say(lang, key, **slots)
    return words.filled(pattern, **slots)


def explain(error: SimError, lang: str) -> str:
    """What went wrong and what can be done; errors of the classroom have their sentences here."""
    known = patterns(lang)
    for key in (f"error.{error.code}", f"error.{error.code}.plain"):
        with suppress(KeyError):  # no such sentence, or it asks for more than the error knows
            return words.filled(known[key], **error.data)
    return words.explain(error, lang)
