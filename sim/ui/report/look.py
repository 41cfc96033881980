"""Colours and style sheet of the report; the colours are those of the window's light look."""

from importlib import resources
from typing import NamedTuple


class Label(NamedTuple):
    """Colours of a label; its glyph and its word always stand with them."""

    ink: str
    tint: str


INK = "#1B2430"
MUTED = "#566273"
LINE = "#D9E0E8"
TRACK = "#E6EBF1"
PANEL = "#FFFFFF"
BACKGROUND = "#EDF1F6"
CARD = "#F8FAFC"
ACCENT = "#0A5A94"
BAR = "#173B5C"
ON_BAR_MUTED = "#C3D3E2"
FOCUS = "#0072B2"
NOTE = "#FFF7E2"
NOTE_EDGE = "#EBCB7C"
GOOD = "#0A7448"
BAD = "#8E1414"
BAND = "#A9CBE8"
FAN = "#E3EDF7"

LABELS = {
    "beats_expert": Label("#5B2E91", "#EEE6F8"),
    "best": Label("#0A5A94", "#DCECF8"),
    "good": Label("#0A7448", "#D8F2E5"),
    "inaccuracy": Label("#735600", "#FBF1CC"),
    "mistake": Label("#9A4206", "#FDE5D3"),
    "blunder": Label("#8E1414", "#F9DAD0"),
    "routine": Label("#566273", "#E6ECF3"),
    "pending": Label("#566273", "#E6ECF3"),
}

# Top left, top right, bottom left, bottom right: captives, apostles, defectors, mercenaries.
FIELDS = ("#E8F1FA", "#E1F2EA", "#FBE6E0", "#FBF3DC")
CHOICES = ("#FBF3DC", "#E1F2EA", "#FBE6E0", "#E8F1FA")  # of decision by luck

# Stacked hours; each has its number inside, so the colour is not alone.
SERIES = (
    "#B5D5F0",
    "#BCE5D0",
    "#FBE0A0",
    "#F5C4B2",
    "#D8CBF1",
    "#C6E9ED",
    "#E8D3C0",
    "#D3DAE3",
)

# Only these elements and the class `b` are bold: the bold font holds their characters alone.
BOLD_TAGS = frozenset(("h1", "h2", "h3", "h4", "b", "strong", "th", "summary", "dt"))


_NAMES = ("INK", "MUTED", "LINE", "TRACK", "PANEL", "BACKGROUND", "CARD", "ACCENT", "BAR")
_MORE = ("ON_BAR_MUTED", "FOCUS", "NOTE", "NOTE_EDGE")


def style() -> str:
    """The style sheet with its colours."""
    known = ((name, str(globals()[name])) for name in (*_NAMES, *_MORE))
    colours = [f"--{name.lower().replace('_', '-')}: {value};" for name, value in known]
    labels = [
        f".l-{name.replace('_', '-')} {{ color: {look.ink}; background: {look.tint}; }}"
        for name, look in LABELS.items()
    ]
    sheet = resources.files("sim.ui.report").joinpath("report.css").read_text(encoding="utf-8")
    return "\n".join((":root { " + " ".join(colours) + " }", *labels, sheet))
