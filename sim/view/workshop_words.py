"""The sentences of the workshop, in which authors watch their scenario.

    word("en", "verdict.fine")

They stand in `workshop_en.json` and `workshop_zh.json`, under the same keys, with the same slots.
"""

from collections.abc import Mapping

from sim.view import words


def patterns(lang: str) -> Mapping[str, str]:
    """The sentence patterns of a language, by key."""
    return words.table("workshop", lang)


def word(lang: str, key: str, /, **slots: object) -> str:
    """The sentence of a key with its slots filled.

    Args:
        lang: `en` or `zh`.
        key: of `workshop_en.json`.
        **slots: what stands between braces; `n` also chooses between singular and plural.

    Raises:
        KeyError: there is no such key, or a slot is missing: a mistake of the program.
    """
    return words.filled(patterns(lang)[key], **slots)
