"""The small pictures of which a page has dozens: icons, portraits and bars.

In a template each would cost ten times as much, and a class asks for its pages all at once.
"""

import re
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from sim.paths import assets_dir
from sim.ui.web.files import served, static_url
from sim.view.parts import Meter

MOODS = ("rising", "calm", "complacent", "falling")
MOOD_ICONS = {
    "rising": "trending-up",
    "calm": "minus",
    "complacent": "meh",
    "falling": "trending-down",
}
# Icon of each meter, as in the window; its colour stands in the style sheet.
METER_ICONS = {
    "satisfaction": "smile",
    "loyalty": "heart",
    "switching_cost": "lock",
    "equity": "coins",
    "trust": "handshake",
    "stay": "anchor",
    "deal": "target",
    "knowledge": "brain",
    "score": "award",
    "grade": "graduation-cap",
    "bond": "heart-handshake",
}
_READ: Final = ("satisfaction", "loyalty", "trust")  # meters that may be impressions only
_OPENING: Final = (
    'viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect class="track" width="100" height="8"/>'
)
_HEAD = re.compile(r"<svg[^>]*>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@lru_cache(maxsize=256)
def icon(name: str, kind: str = "") -> Markup:
    """A line icon in the colour of the text around it; says nothing to a screen reader."""
    path = assets_dir() / "icons" / f"{name}.svg"
    if not path.is_file():
        path = assets_dir() / "icons" / "circle-dot.svg"  # an author may name any icon
    drawn = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    inner = " ".join(_HEAD.sub("", drawn).replace("</svg>", "").split())
    classes = f"icon {kind}".strip()
    # Its parts are files of the project; what is asked for only chooses among them.
    return Markup(  # noqa: S704
        f'<svg class="{classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{inner}</svg>"
    )


def meter_icon(kind: str) -> Markup:
    """The icon of a meter or of a quantity that changed."""
    return icon(METER_ICONS.get(kind, "gauge"))


def face(portrait: str | None, mood: str | None) -> str:
    """Where the picture of somebody in a mood is found; empty for somebody without one."""
    name = f"portraits/{portrait}-{mood if mood in MOODS else 'calm'}.png"
    return static_url(name) if name in served() else ""


@lru_cache(maxsize=1024)
def portrait(name: str | None, mood: str | None, size: str = "", badge: bool = True) -> Markup:  # noqa: FBT001, FBT002 -- called by templates
    """Somebody's picture in a mood, or a sign for a person where there is none.

    Args:
        name: of the portrait; None for nobody in particular.
        mood: one of `MOODS`; None where it is not known.
        size: `tiny`, `small`, `medium` or `large`.
        badge: whether a sign of the mood stands beside it.
    """
    source = face(name, mood)
    drawn = icon("user", "nobody")
    if source:
        drawn = Markup(
            '<img src="{}" alt="" width="96" height="96" loading="lazy" decoding="async">'
        ).format(source)
    sign = ""
    if badge and mood:
        drawn_mood = icon(MOOD_ICONS.get(mood, "circle-question-mark"))
        sign = Markup('<span class="badge">{}</span>').format(drawn_mood)
    look = Markup('<span class="face {} mood-{}">{}{}</span>')
    return look.format(size, mood or "unknown", drawn, sign)


def bar(kind: str, value: float | None, before: float | None = None, rough: bool = False) -> Markup:  # noqa: FBT001, FBT002 -- called by templates
    """A bar with a mark where the value stood before.

    Args:
        kind: of the meter; chooses the colour.
        value: 0..100; None: nothing is known, and only the track is drawn.
        before: likewise; None: no mark.
        rough: whether it is an impression and no reading.
    """
    filled = ""
    if value is not None:
        width = f"{min(max(value, 0.0), 100.0):.1f}"
        filled = f'<rect class="fill" width="{width}" height="8"/>'
        if rough:
            filled = (
                f'<rect class="rough-ground" width="{width}" height="8"/>'
                f'<line class="hatched" x1="0" y1="4" x2="{width}" y2="4"/>'
            )
        if before is not None:
            was = f"{min(max(before, 0.5), 99.5):.1f}"
            filled += f'<line class="was" x1="{was}" y1="0" x2="{was}" y2="8"/>'
    look = f"meter-bar m-{escape(kind)}{' rough' if rough else ''}"
    return Markup(f'<svg class="{look}" {_OPENING}{filled}</svg>')  # noqa: S704 -- numbers and what is escaped


def spread(places: tuple[float, float, float, float, float]) -> Markup:
    """The scores of a class on an axis: all of them, the middle half, and the median.

    Args:
        places: of the lowest, the lower quartile, the median, the upper one, the highest, 0..100.
    """
    low, lower, median, upper, high = places
    inner = (
        f'<line class="spread-range" x1="{low}" y1="4" x2="{high}" y2="4"/>'
        f'<rect class="spread-half" x="{lower}" width="{max(upper - lower, 0.6):.2f}" height="8"/>'
        f'<line class="spread-median" x1="{median}" y1="0" x2="{median}" y2="8"/>'
    )
    return Markup(f'<svg class="meter-bar" {_OPENING}{inner}</svg>')  # noqa: S704 -- numbers


def meter_bar(meter: Meter, of_customer: bool = True) -> Markup:  # noqa: FBT001, FBT002 -- called by templates
    """The bar of a meter; a customer's that was never read is an impression."""
    if meter.value is None:
        return bar(meter.id, None)
    before = meter.value - meter.change if meter.change else None
    rough = of_customer and meter.age is None and meter.id in _READ
    return bar(meter.id, meter.value, before, rough)
