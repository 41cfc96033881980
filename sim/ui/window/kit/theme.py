"""Every colour and every text size of the window, in one place."""

from typing import NamedTuple


class TextStyle(NamedTuple):
    """How a piece of text is set.

    Attributes:
        size: Height of the em in design units (pixels of a 1280 × 720 window at 100 % text).
        bold: Whether the bold cut is used.
        leading: Distance of two lines as a multiple of the size.
    """

    size: int
    bold: bool = False
    leading: float = 1.42


DISPLAY = TextStyle(40, bold=True, leading=1.2)
TITLE = TextStyle(20, bold=True)
NAME = TextStyle(22, bold=True)
STAT = TextStyle(19, bold=True)
DIALOGUE = TextStyle(17, leading=1.53)
HEAD = TextStyle(17, bold=True)
CHOICE = TextStyle(15)
STRONG = TextStyle(15, bold=True)
BODY = TextStyle(14)
CARD = TextStyle(14, bold=True)
NUMBER = TextStyle(13)
TAG = TextStyle(12)
TAG_STRONG = TextStyle(12, bold=True)

STYLES = (
    DISPLAY,
    TITLE,
    NAME,
    STAT,
    DIALOGUE,
    HEAD,
    CHOICE,
    STRONG,
    BODY,
    CARD,
    NUMBER,
    TAG,
    TAG_STRONG,
)


class Mood(NamedTuple):
    """How a mood looks: never by colour alone, hence the icon.

    Attributes:
        ink: Colour of its text, ring and badge.
        tint: Ground of its text and portrait.
        icon: Name of its icon.
    """

    ink: str
    tint: str
    icon: str


class LabelLook(NamedTuple):
    """How a label of a decision looks; its glyph and its word always stand with it.

    Attributes:
        ink: Colour of its glyph and word.
        tint: Ground behind them.
    """

    ink: str
    tint: str


class Theme(NamedTuple):
    """The colours of one look; all `#RRGGBB`, because pygame knows no shorter form."""

    background: str
    panel: str
    line: str
    edge: str
    card: str
    hover: str
    selected: str
    ink: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    bar: str
    on_bar: str
    on_bar_muted: str
    bar_button: str
    bar_edge: str
    focus: str
    note: str
    note_edge: str
    note_ink: str
    bubble: str
    badge: str
    badge_ink: str
    track: str
    satisfaction: str
    loyalty: str
    switching: str
    good: str
    good_tint: str
    bad: str
    bad_tint: str
    tooltip: str
    on_tooltip: str
    scroll: str
    apostles: str
    captives: str
    mercenaries: str
    defectors: str
    rising: Mood
    calm: Mood
    complacent: Mood
    falling: Mood
    unknown: Mood
    beats_expert: LabelLook
    best_found: LabelLook
    good_enough: LabelLook
    inaccuracy: LabelLook
    mistake: LabelLook
    blunder: LabelLook
    routine: LabelLook
    band: str
    fan: str
    series: tuple[str, ...]
    shadow: int


LIGHT = Theme(
    background="#EDF1F6",
    panel="#FFFFFF",
    line="#D9E0E8",
    edge="#7C8896",
    card="#F8FAFC",
    hover="#EEF5FC",
    selected="#E4F0FB",
    ink="#1B2430",
    muted="#566273",
    faint="#66717F",
    accent="#0A5A94",
    accent_hover="#084A7A",
    on_accent="#FFFFFF",
    bar="#173B5C",
    on_bar="#FFFFFF",
    on_bar_muted="#C3D3E2",
    bar_button="#24507A",
    bar_edge="#7F9DBB",
    focus="#0072B2",
    note="#FFF7E2",
    note_edge="#EBCB7C",
    note_ink="#7A5200",
    bubble="#EFF3F8",
    badge="#DDE6F0",
    badge_ink="#173B5C",
    track="#E6EBF1",
    satisfaction="#0B4F8A",
    loyalty="#00806A",
    switching="#B85E00",
    good="#0A7448",
    good_tint="#D8F2E5",
    bad="#8E1414",
    bad_tint="#F9DAD0",
    tooltip="#222E3C",
    on_tooltip="#FFFFFF",
    scroll="#7C8CA0",
    apostles="#E1F2EA",
    captives="#E8F1FA",
    mercenaries="#FBF3DC",
    defectors="#FBE6E0",
    rising=Mood("#0A7448", "#D8F2E5", "trending-up"),
    calm=Mood("#566273", "#E6ECF3", "minus"),
    complacent=Mood("#845700", "#FCEFCB", "meh"),
    falling=Mood("#8E1414", "#F9DAD0", "trending-down"),
    unknown=Mood("#566273", "#EDF1F6", "circle-question-mark"),
    beats_expert=LabelLook("#5B2E91", "#EEE6F8"),
    best_found=LabelLook("#0A5A94", "#DCECF8"),
    good_enough=LabelLook("#0A7448", "#D8F2E5"),
    inaccuracy=LabelLook("#735600", "#FBF1CC"),
    mistake=LabelLook("#9A4206", "#FDE5D3"),
    blunder=LabelLook("#8E1414", "#F9DAD0"),
    routine=LabelLook("#566273", "#E6ECF3"),
    band="#A9CBE8",
    fan="#E3EDF7",
    series=(
        "#B5D5F0",
        "#BCE5D0",
        "#FBE0A0",
        "#F5C4B2",
        "#D8CBF1",
        "#C6E9ED",
        "#E8D3C0",
        "#D3DAE3",
    ),
    shadow=34,
)

CONTRAST = Theme(
    background="#000000",
    panel="#0B0D10",
    line="#8A94A0",
    edge="#C8D0D8",
    card="#14181D",
    hover="#16212C",
    selected="#0B2740",
    ink="#FFFFFF",
    muted="#D5DBE2",
    faint="#C0C8D0",
    accent="#FFD84D",
    accent_hover="#FFE584",
    on_accent="#000000",
    bar="#000000",
    on_bar="#FFFFFF",
    on_bar_muted="#D5DBE2",
    bar_button="#14181D",
    bar_edge="#C8D0D8",
    focus="#00E5FF",
    note="#1E1A05",
    note_edge="#FFD84D",
    note_ink="#FFE584",
    bubble="#1B2128",
    badge="#2B3540",
    badge_ink="#FFFFFF",
    track="#2B323A",
    satisfaction="#5AA9FF",
    loyalty="#A6F5B5",
    switching="#FFA94D",
    good="#57E6A4",
    good_tint="#06301F",
    bad="#FF9C94",
    bad_tint="#3C0B0B",
    tooltip="#FFFFFF",
    on_tooltip="#000000",
    scroll="#C8D0D8",
    apostles="#06281B",
    captives="#0A2238",
    mercenaries="#2A2408",
    defectors="#330F0C",
    rising=Mood("#57E6A4", "#06301F", "trending-up"),
    calm=Mood("#FFFFFF", "#2B323A", "minus"),
    complacent=Mood("#FFD84D", "#332A00", "meh"),
    falling=Mood("#FF8A80", "#3C0B0B", "trending-down"),
    unknown=Mood("#D5DBE2", "#2B323A", "circle-question-mark"),
    beats_expert=LabelLook("#CDB0FF", "#23143A"),
    best_found=LabelLook("#6BC1F2", "#06263A"),
    good_enough=LabelLook("#57E6A4", "#06301F"),
    inaccuracy=LabelLook("#F0E442", "#2E2B05"),
    mistake=LabelLook("#FFB04D", "#33200A"),
    blunder=LabelLook("#FF9CA4", "#3C0B10"),
    routine=LabelLook("#D5DBE2", "#2B323A"),
    band="#1F5A86",
    fan="#12283A",
    series=(
        "#0B3F66",
        "#0B4A33",
        "#4F4105",
        "#5F2719",
        "#3D2866",
        "#0B4A55",
        "#4D3626",
        "#3A434E",
    ),
    shadow=0,
)

THEMES = {"light": LIGHT, "contrast": CONTRAST}

GROUNDS = ("background", "panel", "card", "hover", "selected", "bubble")
QUADRANTS = ("apostles", "captives", "mercenaries", "defectors")

# What is drawn on what: WCAG 1.4.3 for text (4.5), 1.4.11 for marks and controls (3).
TEXT_PAIRS = (
    *((ink, ground) for ground in GROUNDS for ink in ("ink", "muted", "accent", "good", "bad")),
    *((ink, ground) for ground in QUADRANTS for ink in ("ink", "muted")),
    *(("faint", ground) for ground in ("panel", "card", "hover")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_bar", "bar"),
    ("on_bar_muted", "bar"),
    ("on_bar", "bar_button"),
    ("ink", "band"),
    ("ink", "fan"),
    ("muted", "fan"),
    ("ink", "note"),
    ("note_ink", "note"),
    ("badge_ink", "badge"),
    ("good", "good_tint"),
    ("bad", "bad_tint"),
    ("on_tooltip", "tooltip"),
)
MARK_PAIRS = (
    *((meter, "track") for meter in ("satisfaction", "loyalty", "switching")),
    *((meter, ground) for meter in ("satisfaction", "loyalty", "switching") for ground in GROUNDS),
    *(("focus", ground) for ground in GROUNDS),
    *(("edge", ground) for ground in ("panel", "card", "background")),
    ("bar_edge", "bar"),
    ("scroll", "panel"),
    ("scroll", "background"),
    ("ink", "track"),
    ("accent", "fan"),
    ("accent", "band"),
    ("good", "fan"),
    ("bad", "fan"),
)
MOODS = ("rising", "calm", "complacent", "falling", "unknown")


def mood_of(theme: Theme, mood: str | None) -> Mood:
    """The look of a mood; an unknown one has a look of its own."""
    found: Mood = getattr(theme, mood) if mood in MOODS and mood else theme.unknown
    return found


LABELS = {
    "beats_expert": "beats_expert",
    "best": "best_found",
    "good": "good_enough",
    "inaccuracy": "inaccuracy",
    "mistake": "mistake",
    "blunder": "blunder",
    "routine": "routine",
}


def label_of(theme: Theme, label: str) -> LabelLook:
    """The look of a label; one that is still being worked out looks like routine."""
    found: LabelLook = getattr(theme, LABELS.get(label, "routine"))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0..1 (WCAG 2.2)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
