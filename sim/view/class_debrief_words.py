"""The sentences of a class's debrief, its questions, and the names of what can be changed.

They stand in `class_debrief_en.json` and `class_debrief_zh.json`; the questions about each idea of
the course in `class_questions_en.json` and `class_questions_zh.json`.
"""

from collections.abc import Mapping

from sim.view import review_words, words


def patterns(lang: str) -> Mapping[str, str]:
    """The sentence patterns of a language, by key."""
    return words.table("class_debrief", lang)


def say(lang: str, key: str, /, **slots: object) -> str:
    """The sentence of a key, of this debrief, of the review or of the whole program.

    Args:
        lang: `en` or `zh`.
        key: of `class_debrief_en.json`, else of `review_en.json`, else of `words_en.json`.
        **slots: what stands between braces; `n` also chooses between singular and plural.

    Raises:
        KeyError: there is no such key, or a slot is missing: a mistake of the program.
    """
    pattern = patterns(lang).get(key)
    if pattern is None:
        return review_words.say(lang, key, **slots)
    return words.filled(pattern, **slots)


def question(lang: str, concept: str | None) -> str:
    """What to ask a class about an idea of the course; a general one where there is none."""
    asked = words.table("class_questions", lang)
    return asked.get(concept or "", asked["any"])
