"""The labels of decisions: glyph, word and meaning."""

from sim.lab.review.grading import LIMITS
from sim.lab.review.model import LABELS, TurnReview
from sim.view.review_model import LabelView
from sim.view.review_words import say

# Per cent of a turn's stake that a decision of these labels may lose at most.
BEST, GOOD = dict(LIMITS)["best"], dict(LIMITS)["good"]
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
