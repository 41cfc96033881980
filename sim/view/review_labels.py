"""The labels of decisions: glyph, word and meaning."""

from sim.lab.review.model import LABELS, TurnReview
from sim.view.review_model import LabelView
from sim.view.review_words import say

GOOD = 15.0  # per cent of a turn's stake: the most that a good decision loses
BEST = 5.0
GLYPHS = {
    "beats_expert": "★",
    "best": "✔✔",
    "good": "✔",
    "inaccuracy": "?!",
    "mistake": "?",
    "blunder": "??",
    "routine": "·",
    "pending": "…",  # not worked out yet
}


def label(lang: str, name: str) -> LabelView:
    """A label of `LABELS`, or `pending`."""
    return LabelView(
        name, GLYPHS[name], say(lang, f"label.{name}"), say(lang, f"label.{name}.text")
    )


def label_of(lang: str, turn: TurnReview) -> LabelView:
    """The label of a decision, once it has been worked out."""
    return label(lang, turn.label if turn.refined else "pending")


def key(lang: str) -> tuple[LabelView, ...]:
    """All labels, best first."""
    return tuple(label(lang, name) for name in LABELS)
