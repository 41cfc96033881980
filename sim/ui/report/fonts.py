"""The characters of a page as embedded fonts, and how wide a text is in them."""

import base64
import io
import logging
from collections.abc import Iterable
from functools import cache, lru_cache
from html.parser import HTMLParser

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from sim.paths import assets_dir
from sim.ui.report.look import BOLD_TAGS

_VOID = frozenset(("meta", "br", "hr", "img", "path", "line", "rect", "circle", "polygon", "col"))


def width(text: str, size: float, *, bold: bool = False, lang: str = "en") -> float:
    """How wide a text is, in the units of `size`; kerning is left out."""
    advances, em, other = _advances(lang, bold=bold)
    return sum(advances.get(ord(character), other) for character in text) * size / em


@cache
def _advances(lang: str, *, bold: bool) -> tuple[dict[int, int], int, int]:
    with _open(lang, bold=bold) as font:
        table, em = font["hmtx"], int(font["head"].unitsPerEm)
        found = {code: int(table[name][0]) for code, name in font.getBestCmap().items()}
    return found, em, em


def _open(lang: str, *, bold: bool) -> TTFont:
    weight = "bold" if bold else "regular"
    return TTFont(
        assets_dir() / "fonts" / f"ui-{lang}-{weight}.otf", lazy=True, recalcTimestamp=False
    )


def font_faces(html: str, lang: str) -> str:
    """Style rules with both weights, cut down to the characters that a page uses in each."""
    reader = _Characters()
    reader.feed(html)
    reader.close()
    rules = []
    for bold, wanted in ((False, reader.regular), (True, reader.bold)):
        data = base64.b64encode(cut(lang, frozenset(wanted), bold=bold)).decode()
        rules.append(
            '@font-face { font-family: "Rapport"; '
            f"font-weight: {700 if bold else 400}; "
            f'src: url("data:font/woff;base64,{data}") format("woff"); }}'
        )
    return "\n".join(rules)


@lru_cache(maxsize=8)
def cut(lang: str, characters: frozenset[str], *, bold: bool) -> bytes:
    """A font with a few characters, compressed as WOFF, which needs no further package."""
    with _open(lang, bold=bold) as font:
        return woff(font, sorted(map(ord, characters)))


def woff(font: TTFont, codes: Iterable[int]) -> bytes:
    """What is left of a font with a few characters, compressed; the font is used up by it."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = Options()
    options.flavor = "woff"
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence travels along
    cutter = Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


class _Characters(HTMLParser):
    """Collects the characters of a page by weight."""

    def __init__(self) -> None:
        super().__init__()
        self.regular: set[str] = set(" ")
        self.bold: set[str] = set(" ")
        self._depth: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Goes into an element."""
        if tag in _VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        inside = bool(self._depth and self._depth[-1])
        self._depth.append(inside or tag in BOLD_TAGS or "b" in classes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Passes an element without content."""

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        if tag not in _VOID and self._depth:
            self._depth.pop()

    def handle_data(self, data: str) -> None:
        """Notes what is written."""
        wanted = self.bold if self._depth and self._depth[-1] else self.regular
        wanted.update(data.replace("\n", " "))
