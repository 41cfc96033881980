"""The report as a file: complete, well formed, and asking nothing of the network."""

import base64
import io
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from sim.errors import SaveError
from sim.ui.report import fonts, look, parts
from sim.ui.report.file import write_report
from sim.ui.report.fonts import width
from sim.ui.report.page import html_page
from sim.ui.window.kit import theme
from sim.view.review import open_past, review_view, turn_ledgers
from sim.view.review_model import Axis, ReviewView
from tests.view.made_up import case_named, game, made_up_review

LANGUAGES = ("en", "zh")
VOID = {"meta", "br"}


@cache
def view(lang: str, name: str = "tiny", turns: int | None = None) -> ReviewView:
    case, record = case_named(name), game(name, turns=turns)
    return review_view(open_past(case, record), made_up_review(case, record), lang)


@cache
def page(lang: str, name: str = "tiny", turns: int | None = None) -> str:
    found = view(lang, name, turns)
    past = open_past(case_named(name), game(name, turns=turns))
    return html_page(found, turn_ledgers(past, found, lang), lang)


class Reader(HTMLParser):
    """Elements in their order; complains about one that is closed by another."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[bool, set[str]] = {True: set(), False: set()}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Goes into an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Passes an empty element."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        assert self.open.pop() == tag

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_well_formed_and_says_its_language(lang: str) -> None:
    reader = Reader(page(lang))
    assert reader.open == []
    assert reader.named("html") == [{"lang": "en" if lang == "en" else "zh-Hans"}]
    assert len(reader.named("h1")) == 1
    assert {"header", "main", "footer"} <= {tag for tag, _ in reader.elements}
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_leads_to_an_entry_of_the_same_page(lang: str) -> None:
    reader = Reader(page(lang))
    ways = {str(each["href"]) for each in reader.named("a")}
    assert len(ways) > 3
    assert ways <= {f"#{attributes.get('id')}" for _, attributes in reader.elements}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_no_script_and_nothing_to_fetch(lang: str) -> None:
    text = page(lang)
    reader = Reader(text)
    tags = {tag for tag, _ in reader.elements}
    assert not tags & {"script", "link", "iframe", "img", "object", "embed", "form", "base"}
    for _, attributes in reader.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
    assert re.findall(r"url\((?!\"data:|#)", text) == []
    assert "http" not in re.sub(r"http-equiv", "", text)
    assert "default-src 'none'" in text


def test_the_question_comes_before_every_answer() -> None:
    reader = Reader(page("en"))
    tags = [tag for tag, _ in reader.elements]
    assert {"class": "reveal"} in reader.named("details")
    before = tags[: reader.elements.index(("details", {"class": "reveal"}))]
    assert "svg" not in before
    assert "table" not in before


def test_once_answered_nothing_is_folded_away() -> None:
    found = view("en")
    answered = replace(
        found.question, said_turn=1, said_why="because", comparison="You chose 1.", found_turn=1
    )
    text = html_page(replace(found, question=answered), (), "en")
    assert 'class="reveal"' not in text
    assert "You chose 1." in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_of_the_course_leads_to_its_entry_and_asks_where_it_should(lang: str) -> None:
    found, text = view(lang).course, page(lang)
    assert found is not None
    assert f"<h2>{found.title}</h2>" in text
    section = text.split(f"<h2>{found.title}</h2>")[1].split("<h2>")[0]
    ways = [each["href"] for each in Reader(section).named("a")]
    assert ways == [f"#c-{card.concept.id}" for card in found.cards]
    for card in found.cards:
        assert parts.escape(card.sentence) in section
        assert all(parts.escape(each.shown) in section for each in card.readings)
    assert section.count('class="lines"') == len([card for card in found.cards if card.asked])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_drawing_says_what_it_shows_and_has_its_numbers_behind_it(lang: str) -> None:
    text = page(lang)
    reader = Reader(text)
    pictures = reader.named("svg")
    assert all(picture["role"] == "img" and picture["aria-label"] for picture in pictures)
    figures = re.findall(r"<figure>.*?</figure>(.*?)</section>", text, re.DOTALL)
    assert len(figures) == 8
    assert all("<details>" in behind and "<table>" in behind for behind in figures)


def test_a_drawing_stays_within_its_frame() -> None:
    for picture in re.findall(r"<svg .*?</svg>", page("en", "account"), re.DOTALL):
        wide, high = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)[0]
        for x, y in re.findall(r'<text x="(-?[\d.]+)" y="(-?[\d.]+)"', picture):
            assert 0.0 <= float(x) <= float(wide)
            assert 0.0 <= float(y) <= float(high)
        assert "nan" not in picture


class Weights(Reader):
    """The characters of a page in regular and in bold."""

    def handle_data(self, data: str) -> None:
        """Notes what is written."""
        if "style" in self.open:
            return
        bold = any(tag in look.BOLD_TAGS or tag == "b!" for tag in self.open)
        self.text[bold].update(data.replace("\n", ""))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Goes into an element; one of the bold class is remembered."""
        super().handle_starttag(tag, attrs)
        if tag not in VOID and "b" in (dict(attrs).get("class") or "").split():
            self.open[-1] = "b!"

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        assert self.open.pop() in {tag, "b!"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_fonts_inside_have_every_character(lang: str) -> None:
    text = page(lang)
    used = Weights(text).text
    for weight, bold in (("400", False), ("700", True)):
        found = re.search(rf'font-weight: {weight}; src: url\("data:font/woff;base64,(.*?)"', text)
        assert found is not None
        font = TTFont(io.BytesIO(base64.b64decode(found.group(1))))
        missing = {char for char in used[bold] if ord(char) not in font.getBestCmap()}
        assert missing == set()
        assert font["name"].getDebugName(13)  # the licence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_small_enough_to_be_sent_around(lang: str) -> None:
    assert len(page(lang).encode()) < 600 * 1024


def test_the_same_review_gives_the_same_file() -> None:
    first = page("en")
    fonts.cut.cache_clear()
    page.cache_clear()
    assert page("en") == first


def test_a_game_that_goes_on_is_told_as_far_as_it_went() -> None:
    text = page("en", "tiny", 1)
    assert Reader(text).open == []
    assert 'id="waterfall"' not in text
    assert 'id="map"' not in text


def test_what_people_are_called_cannot_become_markup() -> None:
    found = view("en")
    title = '<script>alert("1")</script> & Co'
    text = html_page(replace(found, title=title), (), "en")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_colours_are_those_of_the_window() -> None:
    for name, mine in look.LABELS.items():
        theirs = theme.label_of(theme.LIGHT, name)
        assert (mine.ink, mine.tint) == (theirs.ink, theirs.tint)
    for name in ("ink", "muted", "line", "panel", "background", "accent", "bar", "good", "bad"):
        assert getattr(look, name.upper()) == getattr(theme.LIGHT, name)
    assert theme.LIGHT.series == look.SERIES


@pytest.mark.parametrize("name", look.LABELS)
def test_labels_are_readable(name: str) -> None:
    mine = look.LABELS[name]
    assert theme.contrast(mine.ink, mine.tint) >= 4.5
    assert theme.contrast(mine.ink, look.PANEL) >= 4.5


def test_a_text_is_measured_in_its_font() -> None:
    assert width("复盘", 20, lang="zh") == pytest.approx(40.0)
    assert width("iii", 20) < width("mmm", 20)
    assert width("Week", 13, bold=True) > width("Week", 13)


def test_an_unwritable_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="save/cannot-write"):
        write_report(view("en"), (), "en", tmp_path / "nowhere" / "report.html")
    place = tmp_path / "report.html"
    write_report(view("en"), (), "en", place)
    assert place.read_text(encoding="utf-8") == html_page(view("en"), (), "en")


def test_hours_without_any_difference_can_be_drawn() -> None:
    found = view("en")
    level = Axis("Points", 0.0, 1.0, ())
    flat = replace(found.evaluation, y=level, share=level, marks=(), fan=(), band=())
    assert "<svg" in html_page(replace(found, evaluation=flat), (), "en")
