"""The report in a browser: no request, nothing that shuts readers out, nothing cut in print."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sim.ui.report.page import html_page
from sim.view.review import open_past, review_view, turn_ledgers
from tests.ui.chromium import CUT, chromium, opened, scrolls_sideways, shuts_out, unfold
from tests.view.made_up import case_named, game, made_up_review

pytestmark = pytest.mark.slow

LANGUAGES = ("en", "zh")
# A4 less the margins of the style sheet, in the pixels of a page: 96 an inch.
PAGE_WIDE, PAGE_HIGH = round(184 / 25.4 * 96), round(269 / 25.4 * 96)
LEAST_TEXT = 6.5  # points on paper
CARDS = """[...document.querySelectorAll('.whole, .drawing, .change')].map(e => {
  const box = e.getBoundingClientRect();
  return [e.className, box.height, getComputedStyle(e).breakInside, box.width];
}).filter(each => each[1] > 0)"""
TEXTS = """[...document.querySelectorAll('svg text')].map(e => {
  const scale = e.ownerSVGElement.getScreenCTM().a;
  return parseFloat(e.getAttribute('font-size')) * scale;
}).filter(size => size > 0)"""


@cache
def html(lang: str, name: str) -> str:
    case, record = case_named(name), game(name)
    review = made_up_review(case, record)
    past = open_past(case, record)
    view = review_view(past, review, lang)
    return html_page(view, turn_ledgers(past, view, lang), lang)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def reported(browser: Browser, place: Path, lang: str, *, name: str = "corner-cafe") -> Page:
    """The report in a new tab."""
    file = place / f"report-{lang}.html"
    file.write_text(html(lang, name), encoding="utf-8")
    return opened(browser, file)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_without_a_request_and_with_its_own_fonts(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    page = reported(browser, tmp_path, lang)
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"] * 2
    assert page.locator("svg").first.is_hidden()  # behind the question
    page.locator("details.reveal > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("svg").first.is_visible()
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, lang: str) -> None:
    page = reported(browser, tmp_path, lang, name="account")
    unfold(page)
    assert shuts_out(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_narrow_screen_scrolls_in_one_direction(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    page = reported(browser, tmp_path, lang)
    unfold(page)
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("name", ["corner-cafe", "account"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_of_paper_holds_every_chart(
    browser: Browser, tmp_path: Path, lang: str, name: str
) -> None:
    page = reported(browser, tmp_path, lang, name=name)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAGE_WIDE, "height": PAGE_HIGH})
    assert page.locator("details.reveal").evaluate("each => each.open") is False
    cards = page.evaluate(CARDS)
    assert len([kind for kind, *_ in cards if "drawing" in kind]) >= 8
    for kind, high, inside, wide in cards:
        assert inside == "avoid", kind
        assert high <= PAGE_HIGH, kind
        assert wide <= PAGE_WIDE, kind
    assert min(page.evaluate(TEXTS)) * 72 / 96 >= LEAST_TEXT
    assert page.evaluate(CUT) == []


def test_it_prints_whole_although_the_answers_are_folded(browser: Browser, tmp_path: Path) -> None:
    page = reported(browser, tmp_path, "en")
    folded = page.pdf(prefer_css_page_size=True, print_background=True)
    page.evaluate("document.querySelector('details.reveal').open = true")
    shown = page.pdf(prefer_css_page_size=True, print_background=True)
    assert _pages(folded) == _pages(shown) >= 8


def _pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") + pdf.count(b"/Type /Page ")
