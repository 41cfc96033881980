"""Debian's Chromium, and what every page has to bear in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": _LEVELS}  # what axe looks at
COLOURS = {"type": "rule", "values": ["color-contrast"]}
NARROW = {"width": 320, "height": 640}
# The words of a drawing that reach beyond its frame.
CUT = """[...document.querySelectorAll('svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
  }).map(text => text.textContent);
})"""


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """A browser; the test is skipped where there is none."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *more])
        yield started
        started.close()


def opened(browser: Browser, file: Path, wide: int = 1000, high: int = 900) -> Page:
    """A file in a new tab; it must ask for nothing but itself, and complain of nothing."""
    page = browser.new_page(viewport={"width": wide, "height": high})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert said == []
    return page


def unfold(page: Page) -> None:
    """Opens everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


def shuts_out(page: Page, only: Mapping[str, object] = EVERYTHING) -> list[tuple[str, str]]:
    """What shuts readers out of a page: the rule that is broken and the first place."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate("only => axe.run(document, {runOnly: only})", dict(only))
    assert found["passes"]  # it did look
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]


def scrolls_sideways(page: Page) -> bool:
    """Whether a page is wider than the narrowest phone; its size is put back."""
    size = page.viewport_size
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a dict like any other
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    if size is not None:
        page.set_viewport_size(size)
    return wide > NARROW["width"]


@cache
def _axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
