"""What holds for every page: nothing inline or from elsewhere, all words in both languages."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest

import sim.ui.web
from sim.classroom.model import RoomInfo
from sim.classroom.rooms import Rooms
from sim.ui.web.files import digest, served, static_url
from sim.ui.web.trainee_shown import back_to
from sim.ui.window.kit.theme import LIGHT, contrast
from sim.view import class_words, window_words, words
from tests.ui.web.browsing import Browser, Reader
from tests.ui.web.conftest import Join

FOLDER = Path(sim.ui.web.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
SHEET = (FOLDER / "static" / "app.css").read_text(encoding="utf-8")
KNOWN = {*class_words.patterns("en"), *window_words.patterns("en"), *words.patterns("en")}


def trainee_pages(browser: Browser, rooms: Rooms, room: RoomInfo) -> Iterator[Reader]:
    """Every page of a trainee, from the lobby to the report."""
    yield browser.open("/")
    yield browser.open(f"/j/{room.code}")
    yield browser.open("/resume")
    yield browser.open("/play")
    rooms.open_turn(room.id)
    yield browser.open("/play/briefing")
    browser.open("/play/on/0")
    for path in ("", "/news", "/firm", "/board?board=matrix", "/plan", "/end", "/device", "/help"):
        yield browser.open(f"/play{path}")
    for tab in ("actions", "people", "history", "signs"):
        yield browser.open(f"/play/customer/dan?tab={tab}")
    yield browser.open("/play/glossary?q=trust")
    rooms.close_turn(room.id)
    yield browser.open("/play/report/1?customer=dan")
    browser.open("/play/on/1")
    yield browser.open("/play")
    yield browser.open("/nowhere")


def teacher_pages(browser: Browser, rooms: Rooms, room: RoomInfo) -> Iterator[Reader]:
    """Every page of the instructor."""
    seat = rooms.seats(room.id)[0].id
    yield browser.open("/teach")
    yield browser.open("/teach/new")
    for path in ("", "/screen", "/settings", "/roster", "/sure/end", f"/watch/{seat}"):
        yield browser.open(f"/teach/{room.id}{path}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_inline_and_nothing_from_elsewhere(
    rooms: Rooms, room: RoomInfo, join: Join, *, teacher: Browser, lang: str
) -> None:
    trainee = join("Ana", lang)
    walks: tuple[tuple[Browser, Callable[..., Iterator[Reader]]], ...] = (
        (trainee, trainee_pages),
        (teacher, teacher_pages),
    )
    for browser, pages in walks:
        for page in pages(browser, rooms, room):
            where = f"{browser.path} {browser.answer.status_code}"
            assert not {each for each in page.attributes if each.startswith("on")}, where
            assert "style" not in page.attributes, where
            assert "style" not in page.tags, where
            assert {each for each in page.loaded if not each.startswith("/static/")} == set(), where
            assert page.tags.count("h1") == 1, where
            assert page.tags.count("main") == 1, where
            assert browser.answer.headers["cache-control"] == "no-store", where
            policy = browser.answer.headers["content-security-policy"]
            assert "default-src 'self'" in policy, where
            assert "unsafe" not in policy, where


def test_files_are_kept_for_ever_under_their_digest(browse: Callable[..., Browser]) -> None:
    client = browse().client
    for name in ("app.css", "app.js", "fonts/web/fonts.css", "portraits/p01-calm.png"):
        answer = client.get(static_url(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    old = client.get(static_url("app.css").replace(digest(), "0" * 12))
    assert old.headers["cache-control"] == "no-store"
    for wrong in ("nothing.css", "../pages.py", "%2e%2e/pages.py", "fonts/OFL.html"):
        assert client.get(f"/static/{digest()}/{wrong}").status_code == 404


def test_every_font_that_the_style_sheet_names_is_there() -> None:
    folder = "fonts/web/"
    text = served()[f"{folder}fonts.css"].read_text(encoding="utf-8")
    for name in re.findall(r'url\("([^"]+)"\)', text):
        assert str(Path("fonts", name[3:]) if name.startswith("../") else folder + name) in served()


def test_both_languages_have_the_same_sentences_with_the_same_slots() -> None:
    english, chinese = class_words.patterns("en"), class_words.patterns("zh")
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert slots(text) == slots(chinese[key]), key


def slots(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern.replace("|", "")) if name}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sentence_of_a_template_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    asked = re.findall(r"""say\(["']([a-z_./]+)["'][,)]""", text)
    assert [key for key in asked if key not in KNOWN] == []


def test_a_sentence_of_the_classroom_is_used_somewhere() -> None:
    places = [*TEMPLATES, *FOLDER.rglob("*.py"), *Path(words.__file__).parent.glob("class_*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in places)
    composed = re.compile(
        r"(class\.(wait|state|status|kind|download|pace|names|absent|reveal)\.|error\.|"
        r".*_(help|text|sure)$)"
    )
    named = re.findall(r'fields\.\w+\("(\w+)"(?:.*"(\w+)"\) )?', text)
    fields = {f"class.{name}" for pair in named for name in pair}
    unused = [key for key in class_words.patterns("en") if key not in text and key not in fields]
    assert [key for key in unused if not composed.match(key)] == []


# --- colours ---


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", block))


LOOKS = {
    "light": tokens(SHEET.partition("@media")[0]),
    "dark": tokens(SHEET.partition("prefers-color-scheme: dark")[2].partition("@media")[0]),
}
GROUNDS = ("background", "panel", "card", "hover", "selected", "bubble")
TEXTS = (
    *((ink, ground) for ground in GROUNDS for ink in ("ink", "muted", "accent")),
    *((ink, "panel") for ink in ("good", "bad", "note-ink")),
    *((mood, f"{mood}-tint") for mood in ("rising", "calm", "complacent", "falling", "unknown")),
    *((ink, field) for field in ("apostles", "captives", "mercenaries", "defectors")
      for ink in ("ink", "muted")),
    ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-bar", "bar"),
    ("on-bar-muted", "bar"), ("on-bar", "bar-button"), ("ink", "note"), ("note-ink", "note"),
    ("badge-ink", "badge"), ("good", "good-tint"), ("bad", "bad-tint"), ("ink", "bad-tint"),
)  # fmt: skip
MARKS = (
    *((meter, "track") for meter in ("satisfaction", "loyalty", "switching", "accent")),
    *((mark, ground) for ground in ("panel", "card", "background") for mark in ("focus", "edge")),
    ("bar-edge", "bar"),
)


@pytest.mark.parametrize("look", LOOKS)
def test_contrast(look: str) -> None:
    colours = LOOKS[look]
    for ink, ground in TEXTS:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for mark, ground in MARKS:
        assert contrast(colours[mark], colours[ground]) >= 3.0, (mark, ground)


def test_the_light_look_is_that_of_the_window() -> None:
    own = LOOKS["light"]
    shared = {name for name in LIGHT._fields if name.replace("_", "-") in own}
    assert len(shared) > 30
    window = {name: value for name in shared if isinstance(value := getattr(LIGHT, name), str)}
    assert {name: own[name.replace("_", "-")] for name in window} == window


@pytest.mark.parametrize(
    ("sent", "led"),
    [
        ("/play/customer/dan?tab=people", "/play/customer/dan?tab=people"),
        ("/teach/abc", "/teach/abc"),
        ("/", "/"),
        ("", "/play"),
        ("https://evil.example", "/play"),
        ("//evil.example", "/play"),
        ("/play//evil", "/play"),
        ("/play\\evil", "/play"),
        ("/logout", "/play"),
    ],
)
def test_where_a_form_may_lead_back_to(sent: str, led: str) -> None:
    assert back_to(sent) == led
