"""Every page in every state it can be in, for readers of all kinds, on all sizes of screen.

Each is opened in both languages: axe looks at it, by night as well and with more contrast; it is
made as narrow as the narrowest phone, and every drawing must have its numbers beside it. A page
that is new has to be looked at here, or stand in `NO_PAGES` with a reason; else the tests fail.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from sim.classroom.lti import Tool
from sim.classroom.lti_notes import Notes
from sim.classroom.model import RoomInfo, Said, SeatInfo, Settings
from sim.classroom.rooms import Rooms
from sim.lab.pars import Pars, _entry, _write
from sim.play.case import open_case, pars_dir
from sim.ui.report.class_page import ClassReports
from sim.ui.web import lti
from sim.ui.web.app import create_app
from sim.ui.web.guard import SEAT, TEACH
from tests.classroom.asking import routes_of
from tests.classroom.debrief.conftest import SEED, classmate
from tests.classroom.school import key_of
from tests.classroom.serving import serving
from tests.ui.web.chromium import PATIENCE, class_browser
from tests.ui.web.eyes import Eyes, done, give

pytestmark = pytest.mark.slow

_LIKE_A_TURN: Final = (
    *("briefing", "firm", "glossary", "hand", "inbox", "news", "number/{name:path}", "plan"),
    *("report", "report/{number}", "talk/{encounter}"),
)
_WATCHED: Final = (
    *("board", "firm", "glossary", "hand", "inbox", "news", "number/{name:path}"),
    *("report", "talk/{encounter}"),
)
NO_PAGES: Final = {
    "/api/": "for programs",
    "/events": "for programs",
    "/version": "for programs",
    "/teach/{room}/events": "for programs",
    "/teach/{room}/version": "for programs",
    "/teach/{room}/debrief/progress": "for a page that waits",
    "/play/review/progress": "for a page that waits",
    "/play/review/again/{turn}/progress": "for a page that waits",
    **{f"/play/review/again/{{turn}}/{name}": "as an open turn's" for name in _LIKE_A_TURN},
    "/teach/{room}/watch/{seat}/review/progress": "for a page that waits",
    "/projector/{room}/state": "for a page that waits",
    "/healthz": "for programs",
    "/static/": "style, script, pictures",
    "/debrief-style/": "style",
    "/lti/jwks": "for platforms",
    "/lti/login": "for platforms",
    "/play/on/{turn}": "leads on",
    "/projector/{room}/{token}": "leads on",
    **{f"/teach/{{room}}/watch/{{seat}}/{name}": "as the trainee's" for name in _WATCHED},
    "/play/game": "a file",
    "/play/review/file": "a file, looked at in tests/ui/report",
    "/teach/{room}/watch/{seat}/review/file": "the same file",
    "/teach/{room}/debrief/file": "a file, looked at in tests/ui/report",
    "/teach/{room}/download/{kind}": "a file",
}
NASTY: Final = "<b>Zoé</b> &amp; 小雨"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with class_browser() as started:
        yield started


@pytest.fixture
def served(rooms: Rooms, tmp_path: Path) -> Iterator[str]:
    """The whole server, with reports and platforms."""
    case = open_case("first-day")
    _write(_entry(case.fingerprint, pars_dir()), Pars(nothing=40.0, expert=60.0, error=0.1))
    tool = Tool([], key_of("us"), Notes(tmp_path / "lti"))
    with serving(create_app(rooms, reports=ClassReports(), lti=tool)) as found:
        yield found.replace("127.0.0.1", "class.lan")


Sit = Callable[..., Eyes]


@pytest.fixture
def sit(browser: Browser, served: str) -> Iterator[Sit]:
    """Gives somebody a browser with some cookies."""
    begun: list[Eyes] = []

    def down(lang: str, **cookies: str) -> Eyes:
        context = browser.new_context(
            viewport={"width": 1280, "height": 2000},  # nothing lies under the bar at its foot
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        eyes = Eyes(context.new_page(), served, lang)
        begun.append(eyes)
        give(eyes, lang=lang, **cookies)
        return eyes

    yield down
    for each in begun:
        each.page.context.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_page_in_no_state_shuts_anybody_out(rooms: Rooms, sit: Sit, lang: str) -> None:
    room, seats = ended_room(rooms)
    own = sit(lang, **{SEAT: seats[0][1]})
    own.look("/play", "#main")  # from now on the review is worked out beside all the rest
    own.look("/play/review", "#tell")
    teacher = sit(lang, **{TEACH: rooms.instructor_secret})
    teacher.look(f"/teach/{room.id}/debrief", "#main")
    trainee, board, member = sit(lang), sit(lang), sit(lang)
    playing(rooms, trainee, board)
    team(rooms, member)
    refusals(rooms, trainee)
    afterwards(rooms, own, teacher, seats[0][0])
    walkers = (own, teacher, trainee, board, member)
    faults = {url: found for each in walkers for url, found in each.faults.items()}
    assert faults == {}
    assert [text for each in walkers for text in each.said] == []
    expect_all(rooms, {path for each in walkers for path in each.seen})


def expect_all(rooms: Rooms, seen: set[str]) -> None:
    """Every page of the server has been looked at, or is listed as none."""
    missing = []
    for method, path in routes_of(rooms):
        listed = any(path == each or (each.endswith("/") and each in path) for each in NO_PAGES)
        pattern = re.compile(re.sub(r"{\w+:path}", ".+", re.sub(r"{\w+}", "[^/]+", path)))
        if method == "GET" and not listed and not any(map(pattern.fullmatch, seen)):
            missing.append(path)
    assert missing == []


def ended_room(rooms: Rooms) -> tuple[RoomInfo, list[tuple[SeatInfo, str]]]:
    """A short game that is over."""
    room = rooms.open_room("first-day", Settings(seed=SEED, names="own"), NASTY)
    taken = [rooms.join(room.code, name) for name in ("Ana", NASTY, "Ben")]
    for turn in range(1, room.turns + 1):
        rooms.open_turn(room.id)
        for number, (seat, _) in enumerate(taken):
            rooms.submit(seat.id, turn, f"k{turn}", classmate("first-day", number).turns[turn - 1])
        rooms.close_turn(room.id)
    return rooms.room(room.id), taken


def playing(rooms: Rooms, eyes: Eyes, board: Eyes) -> None:
    """From the lobby to a room that was ended early, as trainee and instructor see it."""
    room, seat, other = joining(rooms, eyes, board)
    rooms.open_turn(room.id, 900)
    rooms.message(room.id, NASTY)
    eyes.look("/play/briefing")
    give(eyes, seen="0")
    eyes.look("/play")
    during(rooms, eyes, seat.id)
    screen(rooms, board, room)
    teaching(board, room, seat.id, other.id)
    deciding(rooms, eyes, board, seat)
    rooms.pause(room.id)
    eyes.look("/play/news", ".paused")
    board.look(f"/teach/{room.id}", "#resume")
    rooms.end(room.id)
    give(eyes, seen="2")
    eyes.look("/play", ".wait")
    board.look(f"/teach/{room.id}", ".live")


def joining(rooms: Rooms, eyes: Eyes, board: Eyes) -> tuple[RoomInfo, SeatInfo, SeatInfo]:
    """A room is made, and two join."""
    board.look("/teach")
    give(board, **{TEACH: rooms.instructor_secret})
    room = rooms.open_room("corner-cafe", Settings(seed=7, names="own"), NASTY)
    for url in ("/teach", "/teach/new", f"/teach/{room.id}"):
        board.look(url)
    board.look(f"/teach/{room.id}/screen", screens=True)
    for url in ("/", f"/j/{room.code}", "/resume"):
        eyes.look(url)
    seat, token = rooms.join(room.code, NASTY)
    other, _ = rooms.join(room.code, "Ben")
    give(eyes, **{SEAT: token})
    eyes.look("/play", ".wait")
    screen(rooms, board, room)
    return room, seat, other


def deciding(rooms: Rooms, eyes: Eyes, board: Eyes, seat: SeatInfo) -> None:
    """A turn is decided, closed, read about, and followed by the next."""
    rooms.choose(seat.id, lambda session: session.act("dan", "chat"))
    eyes.look("/play/plan")
    eyes.look("/play/end")
    rooms.submit(seat.id, 1, "key")
    eyes.look("/play", ".wait")
    board.look(f"/teach/{seat.room}", ".live")
    rooms.close_turn(seat.room)
    board.look(f"/teach/{seat.room}", ".live")
    for url in ("/play/report", "/play/report/1?customer=dan"):
        eyes.look(url)
    give(eyes, seen="1")
    eyes.look("/play", ".wait")
    rooms.open_turn(seat.room)
    eyes.look("/play/customer/dan?tab=history")
    board.look(f"/teach/{seat.room}/watch/{seat.id}/report/1")


def during(rooms: Rooms, eyes: Eyes, seat: str) -> None:
    """What a trainee can look at in a turn."""
    talk = rooms.view(seat, lambda session: session.open_encounters()[0].id)
    for name in (f"talk/{talk}", "firm", "news", "inbox", "hand", "help"):
        eyes.look(f"/play/{name}")
    for tab in ("actions", "people", "history", "signs"):
        eyes.look(f"/play/customer/dan?tab={tab}")
    for arrangement in ("pyramid", "funnel", "matrix", "list"):
        eyes.look(f"/play/board?board={arrangement}")
    for number in ("of/dan", "of/dan/switching_cost", "budget/hours"):
        eyes.look(f"/play/number/{number}")
    eyes.look("/play/glossary?c=mood.rising")
    eyes.look("/play/device")
    eyes.page.click("#make")
    eyes.here(".qr")


def teaching(eyes: Eyes, room: RoomInfo, seat: str, other: str) -> None:
    """What an instructor can look at while a class plays."""
    eyes.look(f"/teach/{room.id}", ".live")
    for deed in ("close", "end", "erase", "delete", f"kick?seat={other}", f"reissue?seat={other}"):
        eyes.look(f"/teach/{room.id}/sure/{deed}")
    eyes.look(f"/teach/{room.id}/sure/reissue?seat={other}")
    eyes.page.click("#yes")
    eyes.here(".qr")
    eyes.look(f"/teach/{room.id}/settings")
    eyes.page.click("#save")
    eyes.here(".done")
    watch = f"/teach/{room.id}/watch/{seat}"
    for name in ("", "/plan", "/briefing", "/customer/dan"):
        eyes.look(watch + name)


def screen(rooms: Rooms, eyes: Eyes, room: RoomInfo) -> None:
    """What is projected."""
    eyes.look(f"/projector/{room.id}/{rooms.projector_token(room.id)}", screens=True)


def team(rooms: Rooms, eyes: Eyes) -> None:
    """Proposing, waiting for the others, voting; and a class with a name list."""
    room = rooms.open_room("first-day", Settings(names="roster", teams=1, seed=SEED), "Teams")
    rooms.set_roster(room.id, f"number,name\n17,{NASTY}\n18,Ben\n".encode())
    eyes.look(f"/j/{room.code}", "#number")
    one, token = rooms.join(room.code, number="17")
    two, _ = rooms.join(room.code, number="18")
    rooms.open_turn(room.id)
    give(eyes, seen="0", **{SEAT: token})
    first, second = (classmate("first-day", number).turns[0] for number in range(2))
    rooms.submit(one.id, 1, "a", first)
    eyes.look("/play", ".wait")
    rooms.submit(two.id, 1, "a", second)
    eyes.look("/play/vote", "form[action='/play/vote']")
    give(eyes, **{TEACH: rooms.instructor_secret})
    eyes.look(f"/teach/{room.id}/roster")
    eyes.look(f"/teach/{room.id}", ".live")
    give(eyes, path="/lti", **{lti._LINK: "0" * 64})
    eyes.look("/lti/connect")


def refusals(rooms: Rooms, eyes: Eyes) -> None:
    """What is said instead of a page."""
    for url in ("/nowhere", "/j/WRONG9", "/play/number/nothing", "/projector/none"):
        eyes.look(url)
    room = rooms.open_room("first-day", Settings(names="own", seats=1), "Full")
    seat, token = rooms.join(room.code, "Ana")
    give(eyes, **{SEAT: token})
    eyes.look("/play/review", "main")
    rooms.kick(seat.id)
    eyes.look("/play", "main")
    eyes.page.context.clear_cookies(name=SEAT)
    eyes.look("/play", "main")
    eyes.look("/teach/none", "main")
    for _ in range(2):  # the second finds no place
        eyes.page.goto(f"{eyes.address}/j/{room.code}")
        eyes.page.fill("#label", "Ben")
        eyes.page.click("form[action='/join'] button")
        eyes.page.wait_for_load_state()
        eyes.page.context.clear_cookies(name=SEAT)
    eyes.here(".refused")


def afterwards(rooms: Rooms, own: Eyes, teacher: Eyes, seat: SeatInfo) -> None:
    """The result, one's own game reviewed, and the debrief of the class."""
    room = rooms.room(seat.room)
    give(own, seen=str(room.turns))
    own.look("/play/result", ".dial")
    own.look("/play/debrief", "#result", screens=True)
    rooms.say_turning(seat.id, Said(2, NASTY))
    own.look("/play/review", ".served, [data-waits]")
    for name in ("/result", "/review"):
        teacher.look(f"/teach/{room.id}/watch/{seat.id}{name}")
    done(own, "/play/review/progress", lambda told: not told["busy"])
    own.look("/play/review", "#waterfall")
    decided_again(own)
    teacher.look(f"/teach/{room.id}/watch/{seat.id}/review/again", ".retry")
    for query in ("", "?basis=skill"):
        teacher.look(f"/teach/{room.id}/grades{query}")
    debrief(teacher, room)
    screen(rooms, teacher, room)
    rooms.change_settings(room.id, reviews=False)
    own.look("/play/review")


def decided_again(eyes: Eyes) -> None:
    """A mistake as it stood, while its plan is judged, with the hint, and with the solution."""
    eyes.look("/play/review/again", ".retry")
    page = eyes.page
    page.click(".retry .button")
    eyes.here("#task")
    base = page.url.removeprefix(eyes.address)
    eyes.look(f"{base}/board")
    page.locator(".cards .card").first.click()
    eyes.here(".deed")
    eyes.look(base, "#task")
    page.fill("#because", NASTY)
    page.click("#end")
    page.wait_for_selector("#stop")
    still = {"version": page.get_attribute("[data-progress]", "data-version"), "after": 60}
    page.route("**/progress", lambda route: route.fulfill(json={**still, "text": NASTY}))
    eyes.here("#stop")
    page.unroute("**/progress")
    page.reload()
    page.wait_for_selector(".verdict-of")
    eyes.here("#the-hint")
    page.click("#end")
    page.wait_for_selector("#stop")
    page.click("#stop")
    page.wait_for_selector("#stop", state="detached")
    page.click("#end")
    page.click("#reveal")
    eyes.here(".sides")
    eyes.look("/play/review/again", ".retry")


def debrief(eyes: Eyes, room: RoomInfo) -> None:
    """The debrief of the class once every decision is valued, with names, and under a condition."""
    base = f"/teach/{room.id}/debrief"
    done(eyes, f"{base}/progress", lambda told: told["done"] == 1.0)
    eyes.look(base, "#what-if")
    for query in ("", "?names=1", "?lever=churn&value=3"):
        eyes.look(f"{base}/present{query}", "#moment-1-predict", screens=not query)


def test_the_list_of_what_is_no_page_is_not_longer_than_it_must_be(rooms: Rooms) -> None:
    known: list[Any] = [path for _, path in routes_of(rooms)]
    for listed in NO_PAGES:
        assert any(path == listed or (listed.endswith("/") and listed in path) for path in known)
