"""The page on many games in a browser: no request, nothing that shuts readers out, prints."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sim.ui.report.findings_page import findings_page
from sim.view.balance import balance_view
from tests.lab.small_sweep import day, found
from tests.ui.chromium import CUT, chromium, opened, scrolls_sideways, shuts_out, unfold
from tests.ui.report.test_browser import PAGE_HIGH, PAGE_WIDE

pytestmark = pytest.mark.slow
LANGUAGES = ("en", "zh")


@cache
def html(lang: str) -> str:
    return findings_page(balance_view(found(), day(), lang), lang)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(params=LANGUAGES)
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Page:
    """The page in a new tab."""
    file = tmp_path / "page.html"
    file.write_text(html(request.param), encoding="utf-8")
    return opened(browser, file)


def test_axe_finds_nothing(page: Page) -> None:
    unfold(page)
    assert shuts_out(page) == []


def test_nothing_in_a_chart_is_cut_and_a_narrow_screen_scrolls_one_way(page: Page) -> None:
    assert page.evaluate(CUT) == []
    unfold(page)
    assert not scrolls_sideways(page)


def test_a_sheet_of_paper_holds_every_table(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAGE_WIDE, "height": PAGE_HIGH})
    unfold(page)
    wide = page.evaluate(
        "[...document.querySelectorAll('table, svg')].map(e => e.getBoundingClientRect().right)"
    )
    assert len(wide) > 10
    assert max(wide) <= PAGE_WIDE + 1
