"""How a page is made of a template: escaped by default, in the reader's language.

    render("trainee/join.html", "en", code="7KQ3MX") -> HTMLResponse

In every template there are `lang`, `say(key, **slots)`, `static(name)`, `icon(name)` and
`face(portrait, mood)`.
"""

from collections.abc import Mapping
from functools import cache, partial
from threading import Lock
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from sim.ui.web import drawn
from sim.ui.web.files import static_url
from sim.view.class_words import say
from sim.view.words import decimal, hours, money, percent, whole

HTML_LANGUAGES = {"en": "en", "zh": "zh-Hans"}
OTHER_LANGUAGE = {"en": ("zh", "中文"), "zh": ("en", "English")}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [part.strip() for part in text.split("\n") if part.strip()]


class _Templates(Environment):
    """Compiles a template once, though a whole class asks for its first page at one moment."""

    _compiling = Lock()

    def get_template(self, *args: Any, **kwargs: Any) -> Template:
        """See `Environment`."""
        with self._compiling:
            return super().get_template(*args, **kwargs)


@cache
def environment() -> Environment:
    """The templates; what is put into one is escaped, and a name that is missing is an error."""
    found = _Templates(
        loader=PackageLoader("sim.ui.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # else the disk is asked for every part of every page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        static=static_url,
        icon=drawn.icon,
        meter_icon=drawn.meter_icon,
        face=drawn.face,
        drawn_portrait=drawn.portrait,
        drawn_bar=drawn.bar,
        drawn_meter_bar=drawn.meter_bar,
        drawn_spread=drawn.spread,
        html_languages=HTML_LANGUAGES,
        other_language=OTHER_LANGUAGE,
        mood_icons=drawn.MOOD_ICONS,
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
