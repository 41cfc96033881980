"""Every page in a browser: for readers of all kinds, on a narrow phone, back and forth."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.ui.web.guard import SEAT, TEACH
from sim.view.class_words import say
from tests.ui.chromium import COLOURS, EVERYTHING, scrolls_sideways, shuts_out
from tests.ui.web.chromium import PATIENCE, class_browser

pytestmark = pytest.mark.slow

LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with class_browser() as started:
        yield started


def opened(browser: Browser, address: str, cookies: dict[str, str], **look: Any) -> Page:
    """A browser with some cookies."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **look)
    context.set_default_timeout(PATIENCE)
    context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )
    return context.new_page()


class Walk:
    """Goes through every page of a class, and looks at each with a pair of eyes."""

    def __init__(self, page: Page, address: str, *, only_colours: bool = False) -> None:
        self.page, self.address = page, address
        self.faults: dict[str, list[object]] = {}
        # In another look all but the colours is the same.
        self._only = COLOURS if only_colours else EVERYTHING

    def look(self, url: str, *, wait: str = "main") -> None:
        """Opens a page, audits it, and makes it narrow."""
        self.page.goto(self.address + url)
        self.page.wait_for_selector(wait)
        found: list[object] = [*shuts_out(self.page, self._only)]
        if scrolls_sideways(self.page):
            found.append("wider than the narrowest phone")
        if found:
            self.faults[url] = found


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "light"), ("en", "dark")])
def test_a_trainee_s_pages_shut_nobody_out(
    browser: Browser, rooms: Rooms, address: str, *, lang: str, scheme: str
) -> None:
    room = rooms.open_room("corner-cafe", Settings(seed=7, names="own"), "Tuesday")
    seat, token = rooms.join(room.code, "Ana")
    look = {"color_scheme": scheme, "reduced_motion": "reduce"}
    page = opened(browser, address, {SEAT: token, "lang": lang}, **look)
    if lang == "zh":
        page.set_viewport_size({"width": 360, "height": 3000})  # nothing under the bar at its foot
    walk = Walk(page, address, only_colours=scheme == "dark")
    for url in ("/", f"/j/{room.code}", "/resume", "/play", "/nowhere"):
        walk.look(url)
    rooms.open_turn(room.id)
    rooms.message(room.id, "Two more minutes")
    walk.look("/play/briefing")
    page.goto(f"{address}/play/on/0")
    talk = rooms.view(seat.id, lambda session: session.open_encounters()[0].id)
    for url in (f"/play/talk/{talk}", "/play/news", "/play/firm", "/play/inbox", "/play/plan"):
        walk.look(url)
    for tab in ("actions", "people", "history", "signs"):
        walk.look(f"/play/customer/dan?tab={tab}")
    for board in ("pyramid", "funnel", "matrix", "list"):
        walk.look(f"/play/board?board={board}")
    for url in ("/play/end", "/play/glossary?c=mood.rising", "/play/device", "/play/help"):
        walk.look(url)
    for number in ("of/dan", "of/dan/switching_cost", "budget/hours"):
        walk.look(f"/play/number/{number}")
    after_the_turn(rooms, room, walk, seat.id)
    page.context.close()
    assert walk.faults == {}


def after_the_turn(rooms: Rooms, room: RoomInfo, walk: Walk, seat: str) -> None:
    """Waiting, report, history and result."""
    rooms.choose(seat, lambda session: session.act("dan", "chat"))
    rooms.submit(seat, 1, "key")
    walk.look("/play", wait=".wait")
    rooms.close_turn(room.id)
    walk.look("/play/report?customer=dan")
    rooms.open_turn(room.id)
    walk.page.goto(f"{walk.address}/play/on/1")
    walk.look("/play/customer/dan?tab=history")
    rooms.pause(room.id)
    walk.look("/play/news", wait=".paused")
    rooms.resume(room.id)
    while rooms.room(room.id).state != "ended":
        if rooms.room(room.id).state == "open":
            rooms.close_turn(room.id)
        else:
            rooms.open_turn(room.id)
    walk.page.goto(f"{walk.address}/play/on/12")
    walk.look("/play/result", wait=".dial")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_instructor_s_pages_shut_nobody_out(
    browser: Browser, rooms: Rooms, address: str, lang: str
) -> None:
    page = opened(browser, address, {"lang": lang})
    walk = Walk(page, address, only_colours=lang == "zh")  # and whether its words find room
    walk.look("/teach")
    page.context.add_cookies([{"name": TEACH, "value": rooms.instructor_secret, "url": address}])
    room = rooms.open_room("corner-cafe", Settings(seed=7, names="own"), "Tuesday")
    listed = rooms.open_room("first-day", Settings(names="roster", teams=2), "Teams")
    rooms.set_roster(listed.id, b"number,name\n17,Ana\n")
    rooms.join(listed.code, number="17")
    for url in ("/teach", "/teach/new", f"/teach/{room.id}", f"/teach/{room.id}/screen"):
        walk.look(url)
    seats = [rooms.join(room.code, name)[0].id for name in ("Ana", "Ben", "小雨")]
    rooms.open_turn(room.id, 90)
    rooms.submit(seats[0], 1, "key")
    walk.look(f"/teach/{room.id}", wait=".live")
    walk.look(f"/teach/{listed.id}", wait=".live")
    for deed in ("close", "end", "erase", "delete"):
        walk.look(f"/teach/{room.id}/sure/{deed}")
    walk.look(f"/teach/{room.id}/sure/reissue?seat={seats[1]}")
    walk.look(f"/teach/{room.id}/watch/{seats[1]}")
    walk.look(f"/teach/{room.id}/watch/{seats[1]}/customer/dan")
    walk.look(f"/teach/{room.id}/settings")
    walk.look(f"/teach/{listed.id}/roster")
    page.context.close()
    assert walk.faults == {}


@pytest.fixture
def turn(browser: Browser, rooms: Rooms, address: str) -> Iterator[tuple[Page, RoomInfo, str]]:
    """A trainee in the first turn: page, room and seat."""
    room = rooms.open_room("corner-cafe", Settings(seed=7, names="own"), "Tuesday")
    seat, token = rooms.join(room.code, "Ana")
    rooms.open_turn(room.id)
    page = opened(browser, address, {SEAT: token, "lang": "en", "seen": "0"})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, room, seat.id
    page.context.close()
    assert said == []


Turn = tuple[Page, RoomInfo, str]


def test_reload_and_back_change_nothing(turn: Turn, rooms: Rooms, address: str) -> None:
    page, _, seat = turn
    page.goto(f"{address}/play/customer/dan")
    page.click("#deed-chat summary")
    page.check("#deed-chat input[value=driver]")
    page.click("#do-chat")
    page.wait_for_selector("#deed-chat .pill.good")
    assert page.locator("#deed-chat").get_attribute("open") is not None  # it stays unfolded
    before = rooms.view(seat, lambda session: session.draft)
    page.reload()
    page.click("#end")
    page.wait_for_selector("#submit")
    page.go_back()
    page.wait_for_selector("#deed-chat .pill.good")
    assert page.url == f"{address}/play/customer/dan"
    page.go_forward()
    page.wait_for_selector("#submit")
    page.go_back()
    page.wait_for_selector("#detail")
    assert rooms.view(seat, lambda session: session.draft).choices == before.choices


def test_a_decided_turn_cannot_be_changed_by_going_back(
    turn: Turn, rooms: Rooms, address: str
) -> None:
    page, room, seat = turn
    page.goto(f"{address}/play/customer/dan")
    page.click("#end")
    page.click("#submit")
    page.wait_for_selector(".wait")
    page.go_back()
    page.wait_for_selector(".wait")
    rooms.close_turn(room.id)
    page.wait_for_selector("#on")  # by itself
    assert rooms.standing(seat).room.turn == 1


def test_another_device_goes_on_by_the_link(
    turn: Turn, browser: Browser, rooms: Rooms, address: str
) -> None:
    page, _, seat = turn
    rooms.choose(seat, lambda session: session.act("dan", "chat", "driver"))
    page.goto(f"{address}/play/device")
    page.click("#make")
    link = page.locator("#link").input_value()
    other = opened(browser, address, {"lang": "zh"})
    other.goto(link)
    other.click("#begin")
    other.goto(f"{address}/play/plan")
    assert say("zh", "turn.plan") in other.inner_text("#plan")
    assert len(other.locator(".planned form").all()) == 1
    assert "#" not in other.url
    other.context.close()


def test_the_keyboard_alone_plays_a_turn(turn: Turn, rooms: Rooms, address: str) -> None:
    page, room, seat = turn
    page.goto(f"{address}/play")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    talk = page.locator(".answer").first
    talk.focus()
    page.keyboard.press("1")
    page.wait_for_selector(".bubble.mine")
    assert page.evaluate("document.activeElement !== document.body")
    page.locator("#end").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#submit")
    page.locator("#submit").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".wait")
    rooms.close_turn(room.id)
    page.wait_for_selector("#on")
    assert rooms.view(seat, lambda session: bool(session.record.turns[0].responses))


def test_news_is_announced_and_what_is_typed_is_kept(
    turn: Turn, rooms: Rooms, address: str
) -> None:
    page, room, _ = turn
    page.goto(f"{address}/play/glossary")
    page.fill("#q", "trust")
    expect(page.locator(".entries li").nth(60)).to_have_count(0)
    rooms.message(room.id, "Two more minutes")
    expect(page.locator("#live")).to_contain_text("Two more", timeout=PATIENCE)
    assert page.locator("#q").input_value() == "trust"
    assert page.evaluate("document.activeElement.id") == "q"


def test_without_scripts_everything_works(browser: Browser, rooms: Rooms, address: str) -> None:
    room = rooms.open_room("corner-cafe", Settings(seed=7, names="own"), "Tuesday")
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/j/{room.code}")
    page.fill("#label", "Ana")
    page.click("form[action='/join'] button")
    rooms.open_turn(room.id)
    page.goto(f"{address}/play")
    page.click("#begin")
    page.locator(".answer").first.click()
    page.click("#end")
    page.click("#submit")
    rooms.close_turn(room.id)
    page.goto(f"{address}/play")
    page.click("#on")
    context.close()
    assert len(rooms.records(room.id)[0][2].turns) == 1
