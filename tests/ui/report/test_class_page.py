"""The debrief of a class as one file: whole, quiet, readable from the back row, and printed."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sim.ui.report.class_page import ClassReports
from tests.ui.chromium import CUT, chromium, opened, scrolls_sideways, shuts_out, unfold
from tests.view.test_class_debrief import view

LANGUAGES = ("en", "zh")
SIZES = """[...document.querySelectorAll('body *')].flatMap(each => {
  const own = [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  if (!own || !each.getClientRects().length) return [];
  const svg = each.ownerSVGElement;
  const size = svg ? parseFloat(each.getAttribute('font-size')) * svg.getScreenCTM().a
    : parseFloat(getComputedStyle(each).fontSize);
  return size < 23.9 ? [[each.tagName, each.textContent.slice(0, 40), size]] : [];
})"""


@cache
def html(lang: str, size: int = 6) -> str:
    return ClassReports().page(view(lang, size=size, changed=size < 10))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_stand_in_the_order_of_a_debrief(lang: str) -> None:
    ids = [slide.id for slide in ClassReports().slides(view(lang))]
    assert ids[:2] == ["predict", "result"]
    assert ids[-1] == "next"
    steps = [each for each in ids if each.startswith("moment-1-")]
    assert steps == [f"moment-1-{step}" for step in ("predict", "moment", "plans", "rule")]
    assert ids.index("moment-1-rule") < ids.index("skill") < ids.index("what-if")
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_needs_nothing_and_names_nobody(lang: str) -> None:
    text = html(lang)
    assert "<script" not in text
    assert "Nobody knows" not in text
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", text)
    assert 'style="' not in text  # the same pages are served where no such thing is allowed


def test_before_the_split_is_shown_nothing_is_given_away() -> None:
    for slide in ClassReports().slides(view("en")):
        if slide.id.endswith("-predict"):
            assert "<svg" not in slide.html
            assert "badge" not in slide.html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def projected(browser: Browser, place: Path, lang: str, size: int = 6) -> Page:
    file = place / f"class-{lang}.html"
    file.write_text(html(lang, size), encoding="utf-8")
    return opened(browser, file, 1280, 720)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_read_from_the_back_row_and_by_those_who_do_not_see(
    browser: Browser, tmp_path: Path, lang: str
) -> None:
    page = projected(browser, tmp_path, lang)
    unfold(page)
    assert page.evaluate(SIZES) == []
    assert page.evaluate(CUT) == []
    assert shuts_out(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.slow
def test_a_large_class_fits(browser: Browser, tmp_path: Path) -> None:
    page = projected(browser, tmp_path, "en", size=30)
    assert page.evaluate(SIZES) == []
    assert page.evaluate(CUT) == []


@pytest.mark.slow
def test_links_lead_from_page_to_page(browser: Browser, tmp_path: Path) -> None:
    page = projected(browser, tmp_path, "en")
    ids = [slide.id for slide in ClassReports().slides(view("en"))]
    page.locator(f"#{ids[0]} .pages a").last.focus()
    for target in ids[1:4]:
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == f"#{target}"
        page.locator(f"#{target} .pages a").last.focus()


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_prints(browser: Browser, tmp_path: Path, lang: str) -> None:
    page = projected(browser, tmp_path, lang)
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", pdf))
    assert 4 <= sheets <= 30
