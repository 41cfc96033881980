"""The report in a browser: no request, nothing that shuts readers out, nothing cut in print."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sim.ui.report.page import html_page
from sim.view.review import open_past, review_view, turn_ledgers
from tests.view.made_up import case_named, game, made_up_review

pytestmark = pytest.mark.slow

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
LANGUAGES = ("en", "zh")
# A4 less the margins of the style sheet, in the pixels of a page: 96 an inch.
PAGE_WIDE, PAGE_HIGH = round(184 / 25.4 * 96), round(269 / 25.4 * 96)
LEAST_TEXT = 6.5  # points on paper
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CARDS = """[...document.querySelectorAll('.whole, .drawing, .change')].map(e => {
  const box = e.getBoundingClientRect();
  return [e.className, box.height, getComputedStyle(e).breakInside, box.width];
}).filter(each => each[1] > 0)"""
TEXTS = """[...document.querySelectorAll('svg text')].map(e => {
  const scale = e.ownerSVGElement.getScreenCTM().a;
  return parseFloat(e.getAttribute('font-size')) * scale;
}).filter(size => size > 0)"""
CUT = """[...document.querySelectorAll('svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
  }).map(text => text.textContent);
})"""


@cache
def html(lang: str, name: str) -> str:
    case, record = case_named(name), game(name)
    review = made_up_review(case, record)
    past = open_past(case, record)
    view = review_view(past, review, lang)
    return html_page(view, turn_ledgers(past, view, lang), lang)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


def opened(browser: Browser, place: Path, lang: str, *, name: str = "corner-cafe") -> Page:
    """The report in a new tab; it must ask for nothing but itself."""
    file = place / f"report-{lang}.html"
    file.write_text(html(lang, name), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 900})
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
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_without_a_request_and_with_its_own_fonts(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    page = opened(browser, tmp_path, lang)
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"] * 2
    assert page.locator("svg").first.is_hidden()  # behind the question
    page.locator("details.reveal > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("svg").first.is_visible()
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, lang: str) -> None:
    page = opened(browser, tmp_path, lang, name="account")
    unfold(page)
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    told = [
        (each["id"], each["impact"], each["nodes"][0]["html"][:200]) for each in found["violations"]
    ]
    assert told == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_narrow_screen_scrolls_in_one_direction(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    page = opened(browser, tmp_path, lang)
    unfold(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["corner-cafe", "account"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_of_paper_holds_every_chart(
    browser: Browser, tmp_path: Path, lang: str, name: str
) -> None:
    page = opened(browser, tmp_path, lang, name=name)
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
    page = opened(browser, tmp_path, "en")
    folded = page.pdf(prefer_css_page_size=True, print_background=True)
    page.evaluate("document.querySelector('details.reveal').open = true")
    shown = page.pdf(prefer_css_page_size=True, print_background=True)
    assert _pages(folded) == _pages(shown) >= 8


def _pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") + pdf.count(b"/Type /Page ")
