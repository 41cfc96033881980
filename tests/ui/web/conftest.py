"""A classroom in memory and browsers without scripts in front of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.play import catalogue, saves
from sim.ui.report.class_page import ClassReports
from sim.ui.web.app import create_app
from tests.classroom.serving import serving
from tests.ui.web.browsing import Browser


@pytest.fixture(autouse=True)
def _few_scenarios_and_no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saves, "keep_case", lambda _: None)
    monkeypatch.setattr(catalogue, "scenario_names", lambda: ("corner-cafe", "first-day"))


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    service = Rooms(open_store(tmp_path / "class.db"))
    yield service
    service.close()


@pytest.fixture
def address(rooms: Rooms) -> Iterator[str]:
    """Where the classroom is served."""
    with serving(create_app(rooms, reports=ClassReports())) as found:
        yield found


@pytest.fixture
def browse(address: str) -> Iterator[Callable[..., Browser]]:
    """Starts browsers, and closes them in the end."""
    started: list[Browser] = []

    def start(lang: str = "en") -> Browser:
        started.append(Browser(address, lang))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def room(rooms: Rooms) -> RoomInfo:
    """A room of the lead case in which everybody names themselves; nothing is open yet."""
    return rooms.open_room("corner-cafe", Settings(seed=7, names="own"), "Tuesday")


Join = Callable[..., Browser]


@pytest.fixture
def join(browse: Callable[..., Browser], room: RoomInfo) -> Join:
    """Lets somebody join with a browser."""

    def joined(label: str = "Ana", lang: str = "en", code: str = "") -> Browser:
        browser = browse(lang)
        browser.open(f"/j/{code or room.code}")
        form = next(each for each in browser.page.forms if each.action == "/join")
        browser.send(form, label=label, lang=lang)
        return browser

    return joined


@pytest.fixture
def teacher(browse: Callable[..., Browser], rooms: Rooms) -> Browser:
    """The instructor, signed in."""
    browser = browse()
    browser.open("/teach")
    form = next(each for each in browser.page.forms if each.action == "/teach/sign-in")
    browser.send(form, key=rooms.instructor_secret)
    return browser
