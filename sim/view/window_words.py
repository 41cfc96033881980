"""Sentences that only a front end with buttons needs; all others are those of `sim.view.words`."""

from sim.view import words

BOOK = words.Phrasebook("window", behind=words.BOOK)
patterns, say = BOOK.patterns, BOOK.say
