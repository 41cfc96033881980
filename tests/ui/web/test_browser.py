"""The pages in a browser: back and forth, by keys, on another device, without a server."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sim.classroom.model import RoomInfo, Settings
from sim.classroom.rooms import Rooms
from sim.ui.web.guard import SEAT
from sim.view.class_words import say
from tests.ui.web.chromium import PATIENCE, class_browser

pytestmark = pytest.mark.slow


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
