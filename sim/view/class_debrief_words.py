"""The sentences of a class's debrief, its questions, and the names of what can be changed.

They stand in `class_debrief_en.json` and `class_debrief_zh.json`; the questions about each idea of
the course in `class_questions_en.json` and `class_questions_zh.json`.
"""

from sim.view import review_words, words

BOOK = words.Phrasebook("class_debrief", behind=review_words.BOOK)
patterns, say = BOOK.patterns, BOOK.say


def question(lang: str, concept: str | None) -> str:
    """What to ask a class about an idea of the course; a general one where there is none."""
    asked = words.table("class_questions", lang)
    return asked.get(concept or "", asked["any"])
