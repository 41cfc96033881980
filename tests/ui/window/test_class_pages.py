"""Everything that the window of a class shows fits, in both languages and all sizes."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from sim.draws import draw_start
from sim.errors import SimError
from sim.game import shape_of
from sim.play import told_luck
from sim.play.case import open_case
from sim.play.joining.game import JoinedSession
from sim.play.joining.line import AwayError
from sim.play.joining.model import Door, Standing
from sim.play.joining.place import Place
from sim.play.joining.seat import Seat
from sim.ui.window.kit.node import Begin, Push
from sim.ui.window.pages.class_join import JoinPage
from sim.ui.window.pages.class_read import EndedPage
from sim.ui.window.pages.class_turn import ClassTurnPage
from tests.ui.window.driver import LANGUAGES, SIZES, Driver, OpenWindow, clipped, first, misplaced
from tests.ui.window.lesson import SCENARIO, enter, top


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked anything."""
    monkeypatch.setattr(Seat, "start", lambda _: None)
    monkeypatch.setattr(JoinPage, "_begin", lambda *_: None)


def standing(**values: Any) -> Standing:
    room = {"code": "ABC234", "title": "Service Management", "state": "open", "turn": 1, "turns": 6}
    seat = {"id": "s1", "label": "Clever Heron", "team": "2"}
    whole = {"room": room | values.pop("room", {}), "seat": seat, "status": "submitted", "turn": 1}
    return Standing.model_validate(whole | values)


def moments(page: ClassTurnPage) -> Iterator[str]:
    """Brings a page to everything that it can show."""
    message = {"id": 3, "text": "Two minutes. " * 20}
    deed = {
        "customer": next(iter(page.game.script.customers)),
        "action": page.game.rules.action_ids[0],
    }
    plans = [
        {
            "seat": f"s{n}",
            "label": "Clever Heron",
            "votes": n,
            "mine": n == 1,
            "decision": {"choices": [deed]},
        }
        for n in range(4)
    ]
    away = AwayError("join/away", address="http://192.168.1.20:8000", reason="Connection refused")
    clock = {"deadline": time.time() + 100}
    states: dict[str, dict[str, Any]] = {
        "lobby": {"room": {"state": "lobby", "turn": 0}, "turn": None, "status": "waiting"},
        "turn": {"room": clock, "messages": [message]},
        "paused": {"room": {"state": "paused", "remaining": 9}, "turn": None, "status": "waiting"},
        "team": {"turn": None, "phase": "wait"},
        "vote": {"turn": None, "phase": "vote", "proposals": plans, "voted": "s2", "members": 4},
        "between": {"room": {"state": "between"}, "turn": None, "status": "waiting"},
        "finished": {"turn": None, "status": "finished"},
    }
    for name, values in states.items():
        page.seat.tell(standing=standing(**values), online=True, away=None)
        yield name
        page.seat.tell(online=False, away=away)
        yield f"{name}, offline"
    page.seat.tell(over=SimError("class/removed"))
    yield "over"
    page.fault = SimError("join/differs", turn=3)
    yield "fault"


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("still")
def test_everything_fits(open_window: OpenWindow, lang: str, size: tuple[int, int]) -> None:
    driver = open_window(first, language=lang, size=size)
    enter(driver, "http://192.168.1.20:8000", "ABC234")
    join = top(driver)
    assert isinstance(join, JoinPage)
    join.door = Door(
        title="Service Management",
        scenario=SCENARIO,
        state="lobby",
        turns=6,
        locked=False,
        names="roster",
        teams=12,
        fingerprint="0" * 64,
        rules_version=1,
    )
    join.problem = SimError("class/not-on-roster")
    expect_room(driver, "form")
    join.door, join.problem = None, AwayError("join/away", address="http://x", reason="Refused")
    expect_room(driver, "trouble")
    seat = Seat(join.entrance.address, Place(address="", code="ABC234", token="x"))  # noqa: S106
    seat.tell(standing=standing())
    case = open_case(SCENARIO)
    opening = told_luck.packed(draw_start(7, shape_of(case.rules)))
    join.desk.adopt(JoinedSession(case, opening, language=lang))
    page = ClassTurnPage(join.desk, seat)
    driver.app.apply(Begin(page))
    for name in moments(page):
        expect_room(driver, name)
    driver.app.apply(Push(EndedPage(join.desk)))
    expect_room(driver, "ended")


def expect_room(driver: Driver, name: str) -> None:
    """Nothing sticks out, overlaps or is cut off, toasts aside."""
    driver.app.ui.toasts.clear()
    driver.app.refresh()
    driver.app.ui.toasts.clear()
    driver.app.draw()
    assert misplaced(driver.root) == [], name
    assert clipped(driver.app) == [], name
