"""The sentences of the workshop, in which authors watch their scenario.

    word("en", "verdict.fine")

They stand in `workshop_en.json` and `workshop_zh.json`, under the same keys, with the same slots.
"""

from sim.view import words

BOOK = words.Phrasebook("workshop")
patterns, word = BOOK.patterns, BOOK.say
