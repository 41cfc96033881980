"""A browser whose every page is looked at: by axe, by night, in a narrow phone, on a projector."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from playwright.sync_api import Page

from tests.ui.chromium import COLOURS, CUT, EVERYTHING, scrolls_sideways, shuts_out, unfold

# Drawings without a name, or without their numbers nearby.
MUTE: Final = """[...document.querySelectorAll('svg[role=img]')].filter(svg => {
  const place = svg.closest('figure')?.parentElement ?? svg.closest('section') ?? document.body;
  const name = svg.getAttribute('aria-label') || svg.getAttribute('aria-labelledby');
  return !name || !place.querySelector('table, ul, ol, dl');
}).map(svg => svg.outerHTML.slice(0, 120))"""
# What axe looks at; in another language and another look all but the colours is the same.
_LOOKS: Final[dict[str, tuple[tuple[dict[str, str], Mapping[str, object]], ...]]] = {
    "en": (({}, EVERYTHING), ({"color_scheme": "dark"}, COLOURS)),
    "zh": (({"contrast": "more"}, COLOURS),),
}
SCREENS: Final = ((1920, 1080), (1024, 768))


class Eyes:
    """A browser whose every page is looked at.

    Attributes:
        faults: By address, what is wrong with the page.
        seen: Addresses that were shown.
    """

    def __init__(self, page: Page, address: str, lang: str) -> None:
        self.page, self.address = page, address
        self.faults: dict[str, list[object]] = {}
        self.seen: set[str] = set()
        self.said: list[str] = []
        self._looks = _LOOKS[lang]
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda message: self._heard(message.type, message.text))

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:  # a refusal is a page like any other
            self.said.append(text)

    def look(self, url: str, wait: str = "main", *, screens: bool = False) -> None:
        """Opens a page and looks at it.

        Args:
            url: its address on the server.
            wait: what must be there.
            screens: whether it is for a projector.
        """
        self.page.goto(self.address + url)
        self.here(wait, screens=screens)

    def here(self, wait: str = "main", *, screens: bool = False) -> None:
        """Looks at the page that is open."""
        page = self.page
        page.wait_for_selector(wait)
        self.seen.add(page.url.removeprefix(self.address).partition("?")[0].partition("#")[0])
        unfold(page)
        found: list[object] = []
        for look, rules in self._looks:
            page.emulate_media(**look)  # type: ignore[arg-type]  # as it is named there
            found += [(*each, *look.values()) for each in shuts_out(page, rules)]
        page.emulate_media(color_scheme="light", contrast="no-preference")
        found += page.evaluate(MUTE) + page.evaluate(CUT)
        if scrolls_sideways(page):
            found.append("wider than the narrowest phone")
        if screens:
            found += self._on_screens()
        if found:
            self.faults[f"{page.url.removeprefix(self.address)} {wait}"] = found

    def _on_screens(self) -> Iterator[object]:
        size = self.page.viewport_size
        for wide, high in SCREENS:
            self.page.set_viewport_size({"width": wide, "height": high})
            if self.page.evaluate("document.documentElement.scrollWidth") > wide:
                yield f"wider than {wide}"
            yield from self.page.evaluate(CUT)
        if size is not None:
            self.page.set_viewport_size(size)


def give(eyes: Eyes, path: str = "/", **cookies: str) -> None:
    """More cookies."""
    url = eyes.address
    eyes.page.context.add_cookies(
        [
            {"name": name, "value": value, "domain": url.split("/")[2].split(":")[0], "path": path}
            for name, value in cookies.items()
        ]
    )


def done(eyes: Eyes, url: str, enough: Callable[[Any], bool]) -> None:
    """Asks how far it is until that is enough, as a page does."""
    ask = "url => fetch(url).then(answer => answer.json())"
    while not enough(eyes.page.evaluate(ask, url)):
        eyes.page.wait_for_timeout(300)
