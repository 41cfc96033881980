"""The page on many games in a browser: no request, nothing that shuts readers out, prints."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sim.ui.report.findings_page import findings_page
from sim.view.balance import balance_view
from tests.lab.small_sweep import day, found
from tests.ui.report.test_browser import CHROMIUM, CUT, PAGE_HIGH, PAGE_WIDE, QUIET, RULES, unfold

pytestmark = pytest.mark.slow
LANGUAGES = ("en", "zh")


@cache
def html(lang: str) -> str:
    return findings_page(balance_view(found(), day(), lang), lang)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(params=LANGUAGES)
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Page:
    """The page in a new tab; it must ask for nothing but itself."""
    file = tmp_path / "page.html"
    file.write_text(html(request.param), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1000, "height": 900})
    asked: list[str] = []
    opened.on("request", lambda each: asked.append(each.url))
    opened.goto(file.as_uri())
    opened.wait_for_function("document.fonts.status === 'loaded'")
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    return opened


def test_axe_finds_nothing(page: Page) -> None:
    unfold(page)
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(axe)
    told: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in told["violations"]] == []
    assert len(told["passes"]) > 15


def test_nothing_in_a_chart_is_cut_and_a_narrow_screen_scrolls_one_way(page: Page) -> None:
    assert page.evaluate(CUT) == []
    unfold(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_sheet_of_paper_holds_every_table(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAGE_WIDE, "height": PAGE_HIGH})
    unfold(page)
    wide = page.evaluate(
        "[...document.querySelectorAll('table, svg')].map(e => e.getBoundingClientRect().right)"
    )
    assert len(wide) > 10
    assert max(wide) <= PAGE_WIDE + 1
