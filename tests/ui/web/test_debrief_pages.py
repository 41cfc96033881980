"""The debrief in a browser: begun, waited for, presented by key, shown on a screen, taken along."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from sim.classroom.debrief.valuing import kept_at
from sim.classroom.debriefing import games_of
from sim.classroom.model import RoomInfo, Settings
from sim.classroom.outbox import Outbox, Store
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.lab.pars import Pars, _entry, _write
from sim.play.case import open_case, pars_dir
from sim.ui.report.class_page import ClassReports
from sim.ui.web.app import create_app
from sim.ui.web.guard import SEAT, TEACH
from sim.view.class_words import say
from tests.classroom.debrief.conftest import SEED, classmate
from tests.classroom.records import Records, record_store
from tests.classroom.serving import serving
from tests.ui.chromium import chromium, scrolls_sideways, shuts_out

pytestmark = pytest.mark.slow

SEATS = 5
PATIENCE = 240.0  # seconds; only a test that fails waits so long
NASTY = "<b>x</b>=1+1"


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    case = open_case("first-day")
    _write(_entry(case.fingerprint, pars_dir()), Pars(nothing=40.0, expert=60.0, error=0.1))
    found = Rooms(open_store(tmp_path / "class.db"))
    yield found
    found.close()


def played(rooms: Rooms, *, turns: int | None = None, seats: int = SEATS) -> RoomInfo:
    """A room whose class has played, one of them under a nasty name."""
    room = rooms.open_room("first-day", Settings(seed=SEED, names="own"), "Monday")
    taken = [
        rooms.join(room.code, NASTY if number == 1 else f"Pupil {number}")[0]
        for number in range(seats)
    ]
    whole = room.turns if turns is None else turns
    for turn in range(1, whole + 1):
        rooms.open_turn(room.id)
        for number, seat in enumerate(taken):
            rooms.keep_draft(seat.id, turn, classmate("first-day", number).turns[turn - 1])
            rooms.submit(seat.id, turn, f"k{turn}")
        rooms.close_turn(room.id)
    return rooms.room(room.id)


@pytest.fixture
def web(address: str, rooms: Rooms) -> Iterator[httpx.Client]:
    cookies = {TEACH: rooms.instructor_secret}
    with httpx.Client(base_url=address, cookies=cookies, timeout=60.0) as client:
        yield client


# --- without a browser ---


def test_only_the_instructor_may_look(address: str, rooms: Rooms) -> None:
    room = played(rooms, turns=1)
    with httpx.Client(base_url=address, timeout=60.0) as stranger:
        for path in (
            "debrief",
            "debrief/present",
            "debrief/file",
            "debrief/progress",
            "grades",
            "download/zip",
            "download/decisions",
            "download/xapi",
        ):
            answer = stranger.get(f"/teach/{room.id}/{path}")
            assert answer.status_code in {303, 401, 403}, path
            assert "Pupil" not in answer.text
        assert stranger.get(f"/projector/{room.id}").status_code >= 400


def test_what_a_class_has_decided_can_be_taken_along(web: httpx.Client, rooms: Rooms) -> None:
    room = played(rooms)
    got = web.get(f"/teach/{room.id}/download/zip")
    assert got.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        assert len(archive.namelist()) == SEATS
    decisions = web.get(f"/teach/{room.id}/download/decisions")
    assert decisions.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in decisions.headers["content-disposition"]
    for kind in ("grades", "moodle", "canvas"):
        assert web.get(f"/teach/{room.id}/download/{kind}").status_code == 200
    assert web.get(f"/teach/{room.id}/download/xapi").json()
    assert web.get(f"/teach/{room.id}/download/secrets").status_code == 404


def test_grades_go_into_the_platforms_own_list(web: httpx.Client, rooms: Rooms) -> None:
    room = rooms.open_room("first-day", Settings(seed=SEED, names="roster"), "Monday")
    rooms.set_roster(room.id, b"number,name,email\ns1,Ana Abad,a@example.org\n")
    seat, _ = rooms.join(room.code, number="s1")
    rooms.open_turn(room.id)
    rooms.submit(seat.id, 1, "k")
    rooms.close_turn(room.id)
    page = web.get(f"/teach/{room.id}/grades?basis=turns&points=10")
    assert "Ana Abad" in page.text
    match = re.search(r'name="_token" value="([^"]+)"', page.text)
    assert match is not None
    sheet = "Student,ID,SIS User ID,Section\r\n    Points Possible,,,\r\nAna,5,s1,A\r\n"
    fields = {"_token": match[1], "platform": "canvas", "basis": "turns", "points": "10"}
    files = {"file": ("g.csv", sheet.encode(), "text/csv")}
    filled = web.post(f"/teach/{room.id}/grades", data=fields, files=files)
    assert filled.status_code == 200, filled.text
    assert filled.content.decode().splitlines() == [
        "Student,ID,SIS User ID,Section,Rapport: Monday",
        "    Points Possible,,,,10.0",
        "Ana,5,s1,A,1.67",
    ]
    assert web.post(f"/teach/{room.id}/grades", data={"platform": "canvas"}).status_code != 200


def test_a_screen_is_opened_by_its_link_only(rooms: Rooms, address: str) -> None:
    room, other = played(rooms, turns=1), rooms.open_room("first-day", Settings())
    link = f"/projector/{room.id}/{rooms.projector_token(room.id)}"
    with httpx.Client(base_url=address, timeout=60.0) as screen:
        assert screen.get(f"/projector/{room.id}/wrong").status_code >= 400
        answer = screen.get(link)
        assert answer.status_code == 303
        assert "token" not in answer.headers["location"]
        shown = screen.get(f"/projector/{room.id}")
        assert shown.status_code == 200
        assert room.code in shown.text
        assert "Pupil" not in shown.text
        assert screen.get(f"/projector/{other.id}").status_code >= 400
        assert screen.get(f"/teach/{room.id}/debrief").status_code in {303, 401, 403}


def test_a_trainee_sees_the_debrief_when_the_room_has_ended(rooms: Rooms, address: str) -> None:
    room = rooms.open_room("first-day", Settings(seed=SEED, names="own"), "Monday")
    seat, token = rooms.join(room.code, "Pupil 0")
    rooms.open_turn(room.id)
    rooms.submit(seat.id, 1, "k")
    rooms.close_turn(room.id)
    with httpx.Client(base_url=address, cookies={SEAT: token}, timeout=60.0) as trainee:
        assert trainee.get("/play/debrief").status_code != 200
        rooms.end(room.id)
        shown = trainee.get("/play/debrief")
        assert shown.status_code == 200
        assert 'id="result"' in shown.text
        assert "Pupil" not in shown.text


def test_nonsense_is_refused_in_a_sentence(web: httpx.Client, rooms: Rooms) -> None:
    room = played(rooms, turns=1)
    for query in ("lever=weather&value=1", "lever=hours&value=9999", "lever=hours&value=abc"):
        answer = web.get(f"/teach/{room.id}/debrief/present?{query}")
        assert answer.status_code == 303
        back = answer.headers["location"]
        assert back.endswith(f"/debrief?{query}")  # what was typed stands there again
    told = web.get(f"/teach/{room.id}/debrief/present?lever=hours&value=0.5", follow_redirects=True)
    assert say("en", "error.class/lever-range", low="25 %", high="150 %") in told.text
    assert web.get(f"/teach/{room.id}/grades?points=900", follow_redirects=False).status_code == 303


# --- in a browser ---


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def context(browser: Browser, address: str, rooms: Rooms) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 1280, "height": 720})
    found.add_cookies([{"name": TEACH, "value": rooms.instructor_secret, "url": address}])
    yield found
    found.close()


def clean(page: Page) -> None:
    """Nothing shuts readers out, nothing is asked of anybody else, nothing scrolls sideways."""
    assert shuts_out(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_from_the_last_turn_to_the_projector(
    context: BrowserContext, rooms: Rooms, address: str, lang: str
) -> None:
    room = played(rooms)
    context.add_cookies([{"name": "lang", "value": lang, "url": address}])
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/teach/{room.id}/debrief")
    page.wait_for_selector("#present")
    valued(page, f"{address}/teach/{room.id}/debrief")
    clean(page)
    page.click("#present")
    page.wait_for_selector("#moment-1-predict")
    assert "Pupil" not in page.content()
    clean(page)
    turn_pages(page)
    page.goto(f"{page.url.partition('#')[0]}?names=1")
    assert page.locator("text=Pupil 0").count() > 0
    assert page.locator("section b", has_text=re.compile("^x$")).count() == 0  # never markup
    change_a_condition(page, f"{address}/teach/{room.id}/debrief")
    page.goto(f"{address}/teach/{room.id}/grades")
    clean(page)
    assert all(url.startswith((address, "data:")) for url in asked)
    assert said == []


def valued(page: Page, address: str) -> None:
    """All decisions have been valued; looking closely at the moments is given up."""
    end = time.monotonic() + PATIENCE
    while page.request.get(f"{address}/progress").json()["done"] < 1.0:
        assert time.monotonic() < end
        time.sleep(0.2)
    page.goto(address)
    if page.locator("#steer").count():
        page.click("#steer")
        page.wait_for_selector("#present")


def turn_pages(page: Page) -> None:
    """Forwards and back by key."""
    page.evaluate("window.scrollTo(0, 0)")
    ids = page.evaluate("[...document.querySelectorAll('section.slide')].map(each => each.id)")
    page.keyboard.press("Home")
    for target in ids[1:4]:
        page.keyboard.press("ArrowRight")
        assert page.evaluate("location.hash") == f"#{target}"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("location.hash") == f"#{ids[2]}"


def change_a_condition(page: Page, address: str) -> None:
    """The class is played again, and its ranks are shown."""
    page.goto(address)
    page.select_option("#lever", "churn")
    page.fill("#value", "3")
    page.click("#what-if")
    page.wait_for_selector("#ranks")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_another_screen_shows_the_code_and_then_the_debrief(
    browser: Browser, rooms: Rooms, address: str, lang: str
) -> None:
    room = played(rooms, turns=2)
    screen = browser.new_context(viewport={"width": 1280, "height": 720})
    screen.add_cookies([{"name": "lang", "value": lang, "url": address}])
    page = screen.new_page()
    page.goto(f"{address}/projector/{room.id}/{rooms.projector_token(room.id)}")
    assert page.url == f"{address}/projector/{room.id}"
    assert room.code in page.inner_text("main")
    clean(page)
    rooms.end(room.id)
    page.wait_for_selector("#result", timeout=120_000)
    assert "Pupil" not in page.content()
    screen.close()


# --- to a record store ---


def app_with(rooms: Rooms, outbox: Outbox) -> Any:
    return create_app(rooms, reports=ClassReports(), outbox=outbox)


def test_statements_are_sent_when_the_instructor_says_so(rooms: Rooms, tmp_path: Path) -> None:
    room = played(rooms, turns=1)
    with (
        record_store() as lrs,
        serving(app_with(rooms, Outbox(tmp_path / "out", Store(lrs, "key", "secret")))) as found,
        httpx.Client(
            base_url=found, cookies={TEACH: rooms.instructor_secret}, timeout=60.0
        ) as client,
    ):
        page = client.get(f"/teach/{room.id}/debrief")
        match = re.search(r'name="_token" value="([^"]+)"', page.text)
        assert match is not None
        assert Records.got == []  # looking sends nothing
        answer = client.post(f"/teach/{room.id}/xapi", data={"_token": match[1]})
        assert answer.status_code == 303
        assert client.post(f"/teach/{room.id}/xapi", data={}).status_code != 200
    sent = [each for _, batch in Records.got for each in batch]
    assert len(sent) >= 3 * SEATS
    assert "Pupil" not in str(sent)


def test_a_room_that_is_deleted_leaves_nothing_beside_its_log(
    web: httpx.Client, rooms: Rooms
) -> None:
    room = played(rooms, turns=1)
    games = games_of(rooms, room.id)
    for game in games:
        kept_at(game.record).parent.mkdir(parents=True, exist_ok=True)
        kept_at(game.record).write_text("{}", encoding="utf-8")
    secret = {"Authorization": f"Bearer {rooms.instructor_secret}"}
    assert web.delete(f"/api/v1/rooms/{room.code}", headers=secret).status_code == 204
    assert not any(kept_at(game.record).exists() for game in games)
