"""Sentences that only a front end with buttons needs; all others are those of `sim.view.words`."""

from collections.abc import Mapping

from sim.view import words


def patterns(lang: str) -> Mapping[str, str]:
    """The sentence patterns of a language, by key."""
    return words.table("window", lang)


def say(lang: str, key: str, **slots: object) -> str:
    """The sentence of a key, of the window or of the whole program, with its slots filled.

    Args:
        lang: `en` or `zh`.
        key: of `window_en.json`, else of `words_en.json`.
        **slots: what stands between braces; `n` also chooses between singular and plural.

    Raises:
        KeyError: there is no such key, or a slot is missing: a mistake of the program.
    """
    pattern = patterns(lang).get(key)
    if pattern is None:
        return words.say(lang, key, **slots)
    return words.filled(pattern, **slots)
