"""Sentences that only a front end with buttons needs; all others are those of `sim.view.words`."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from sim.view import words


@lru_cache(maxsize=2)
def patterns(lang: str) -> Mapping[str, str]:
    """The sentence patterns of a language, by key."""
    name = "window_zh.json" if lang == "zh" else "window_en.json"
    text = resources.files("sim.view").joinpath(name).read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)
    return table


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
    if "|" in pattern:
        one, many = pattern.split("|")
        pattern = one if str(slots.get("n")) == "1" else many
    return pattern.format(**slots)
