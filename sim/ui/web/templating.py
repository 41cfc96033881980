"""How a page is made of a template: escaped by default, in the reader's language.

    render("trainee/join.html", "en", code="7KQ3MX") -> HTMLResponse

In every template there are `lang`, `say(key, **slots)`, `static(name)`, `icon(name)` and
`face(portrait, mood)`.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.paths import assets_dir
from sim.ui.web.files import served, static_url
from sim.view.class_words import say
from sim.view.words import decimal, hours, money, percent, whole

HTML_LANGUAGES = {"en": "en", "zh": "zh-Hans"}
OTHER_LANGUAGE = {"en": ("zh", "中文"), "zh": ("en", "English")}
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


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [part.strip() for part in text.split("\n") if part.strip()]


@cache
def environment() -> Environment:
    """The templates; what is put into one is escaped, and a name that is missing is an error."""
    found = Environment(
        loader=PackageLoader("sim.ui.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        static=static_url,
        icon=icon,
        meter_icon=meter_icon,
        face=face,
        html_languages=HTML_LANGUAGES,
        other_language=OTHER_LANGUAGE,
        mood_icons=MOOD_ICONS,
    )
    found.filters.update(
        paragraphs=paragraphs,
        whole=whole,
        decimal=decimal,
        percent=percent,
        hours=hours,
        money=money,
    )
    return found


def render(
    template: str,
    lang: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **data: Any,
) -> HTMLResponse:
    """A page.

    Args:
        template: its file below `templates`.
        lang: `en` or `zh`.
        status: of the answer.
        headers: of the answer.
        **data: what the template shows.
    """
    text = environment().get_template(template).render(lang=lang, say=partial(say, lang), **data)
    return HTMLResponse(text, status_code=status, headers=dict(headers or {}))
