"""A whole game by keys only and by mouse only; nothing is lost by leaving, resizing, switching."""

from collections.abc import Callable

import pygame
import pytest

from sim.play.saves import saves
from sim.play.session import Session
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.node import Control, Screen
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.title import Title
from sim.ui.window.pages.turn import TurnPage
from tests.ui.window.driver import Driver, OpenWindow, Press, first


def session_of(driver: Driver) -> Session:
    page = driver.app.stack.layers[0].screen
    assert isinstance(page, Title)
    return page.desk.session


def top(driver: Driver) -> Screen:
    return driver.app.stack.top.screen


def begin(driver: Driver, press: Press) -> Session:
    press(driver, "new")
    press(driver, "scenario/corner-cafe")
    press(driver, "start")
    assert isinstance(top(driver), TurnPage)
    return session_of(driver)


def answer_all(driver: Driver, say: Callable[[Driver, Control], None]) -> None:
    """Gives the first possible answer until nobody waits."""
    for _ in range(40):
        choices = [
            node
            for node in driver.root.walk()
            if isinstance(node, Control) and node.name.startswith("answer/") and node.enabled
        ]
        if choices:
            say(driver, choices[0])
            continue
        page = top(driver)
        assert isinstance(page, TurnPage)
        waiting = page._waiting()
        if not waiting:
            return
        driver.key(pygame.K_i)


def end_turn(driver: Driver, press: Press) -> None:
    press(driver, "end")
    if isinstance(top(driver), Dialogue):
        press(driver, "dialogue/1")
    assert isinstance(top(driver), ReportPage)
    press(driver, "on")


def by_keys(driver: Driver, name: str) -> None:
    driver.press(name)


def by_mouse(driver: Driver, name: str) -> None:
    driver.click(name)


def say_by_digit(driver: Driver, choice: Control) -> None:
    driver.key(pygame.K_0 + choice.digit)


def say_by_mouse(driver: Driver, choice: Control) -> None:
    driver.click(choice.name)


WAYS = [(by_keys, say_by_digit), (by_mouse, say_by_mouse)]


def test_the_window_is_called_after_the_page_that_is_open(open_window: OpenWindow) -> None:
    driver = open_window(first)
    names = [pygame.display.get_caption()[0]]
    for name in ("new", "scenario/first-day", "start", "end"):
        driver.press(name)
        names.append(pygame.display.get_caption()[0])
    turn = "First day · Turn 1 / 6 – Rapport"
    begun = ["Rapport", "What would you like to play? – Rapport", "First day – Rapport"]
    assert names == [*begun, turn, turn]  # the question whether to end the turn lies over it


def plan_something(driver: Driver, press: Press) -> None:
    """The first possible action of the second customer, in a tone that is not neutral."""
    session = session_of(driver)
    customer = list(session.script.customers)[1]
    press(driver, f"customer/{customer}")
    action = next(each.id for each in session.options(customer) if each.allowed)
    press(driver, f"action/{action}")
    tones = [name for name in driver.names() if name.startswith(f"tone/{action}/")]
    if tones:
        press(driver, tones[2])
    press(driver, f"do/{action}")
    assert [each.customer for each in session.draft.choices] == [customer]
    tone = tones[2].rsplit("/", 1)[1] if tones else "neutral"
    assert session.draft.choices[0].tone == tone


@pytest.mark.slow
@pytest.mark.parametrize(("press", "say"), WAYS, ids=["keys", "mouse"])
def test_two_turns(
    open_window: OpenWindow, press: Press, say: Callable[[Driver, Control], None]
) -> None:
    driver = open_window(first)
    session = begin(driver, press)
    answer_all(driver, say)
    plan_something(driver, press)
    press(driver, "forecast/up")
    assert session.draft.notes["forecast"]
    end_turn(driver, press)
    answer_all(driver, say)
    end_turn(driver, press)
    assert len(session.reports) == 2
    assert session.reports[0].chosen.choices
    assert not session.reports[0].outcome.unanswered.any()


@pytest.mark.slow
@pytest.mark.parametrize(("press", "say"), WAYS, ids=["keys", "mouse"])
def test_a_whole_game(
    open_window: OpenWindow,
    press: Press,
    say: Callable[[Driver, Control], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sim.play.case.pars", lambda *_: None)
    monkeypatch.setattr("sim.play.case.grade", lambda *_: 50.0)
    driver = open_window(first)
    session = begin(driver, press)
    plan_something(driver, press)
    while not session.finished:
        if isinstance(top(driver), TurnPage):
            answer_all(driver, say)
        end_turn(driver, press)
    page = top(driver)
    assert isinstance(page, ResultPage)
    page.close()  # the grade is not waited for: it would be worked out in another process
    driver.tab_to("thought")
    driver.type("ask first")
    press(driver, "keep")
    assert session.record.turns[-1].notes["reflection"] == "ask first"
    press(driver, "home")
    assert isinstance(top(driver), Title)


@pytest.mark.slow
def test_a_reason_turns_over_to_its_formula(open_window: OpenWindow) -> None:
    driver = open_window(first)
    begin(driver, by_keys)
    plan_something(driver, by_keys)
    by_keys(driver, "end")
    by_keys(driver, "dialogue/1")
    page = top(driver)
    assert isinstance(page, ReportPage)
    moved = next(each for each in page.view.customers if each.changes)
    by_keys(driver, f"report/{moved.id}")
    parts = [part for change in moved.changes for part in change.contributions if part.formula]
    assert parts
    by_mouse(driver, "formulas")
    assert [page._reason(part) for part in parts] == [f"= {part.formula}" for part in parts]
    by_keys(driver, "formulas")
    assert [page._reason(part) for part in parts] == [part.sentence for part in parts]


def test_undo_and_redo_by_key(open_window: OpenWindow) -> None:
    driver = open_window(first)
    session = begin(driver, by_keys)
    plan_something(driver, by_keys)
    driver.key(pygame.K_u)
    assert session.draft.choices == ()
    driver.key(pygame.K_r)
    assert len(session.draft.choices) == 1


def test_switching_language_and_size_in_a_turn_loses_nothing(open_window: OpenWindow) -> None:
    driver = open_window(first)
    session = begin(driver, by_keys)
    plan_something(driver, by_keys)
    before = session.record.draft.choices
    driver.key(pygame.K_l)
    assert "结束回合" in driver.texts()
    assert session.language == "zh"
    pygame.display.set_mode((1024, 640), pygame.RESIZABLE)
    driver.send()
    driver.key(pygame.K_l)
    assert "End turn" in driver.texts()
    assert session.record.draft.choices == before


@pytest.mark.parametrize("moment", ["briefing", "answer", "plan", "report", "dialogue"])
def test_closing_the_window_loses_no_choice(open_window: OpenWindow, moment: str) -> None:
    driver = open_window(first)
    driver.press("new")
    driver.press("scenario/corner-cafe")
    session = session_of(driver)
    if moment != "briefing":
        driver.press("start")
    if moment == "answer":
        driver.key(pygame.K_1)
    if moment in {"plan", "report", "dialogue"}:
        plan_something(driver, by_keys)
    if moment in {"report", "dialogue"}:
        driver.key(pygame.K_e)
    if moment == "report" and isinstance(top(driver), Dialogue):
        driver.press("dialogue/1")
    before = session.record
    driver.send(pygame.event.Event(pygame.QUIT))
    assert not driver.app.running
    saved = [save.record for save in saves() if save.record is not None]
    if moment != "briefing":
        assert saved
        assert saved[0].turns == before.turns
        assert saved[0].draft.choices == before.draft.choices
        assert saved[0].draft.responses == before.draft.responses


def test_going_on_with_the_last_game(open_window: OpenWindow) -> None:
    driver = open_window(first)
    session = begin(driver, by_keys)
    plan_something(driver, by_keys)
    chosen = session.draft.choices
    driver.key(pygame.K_ESCAPE)
    driver.press("dialogue/1")
    assert isinstance(top(driver), Title)
    driver.press("continue")
    assert isinstance(top(driver), TurnPage)
    assert session_of(driver).draft.choices == chosen


def test_a_refusal_is_said_and_changes_nothing(open_window: OpenWindow) -> None:
    driver = open_window(first)
    session = begin(driver, by_keys)
    before = session.draft
    page = top(driver)
    assert isinstance(page, TurnPage)
    page._attempt(lambda: session.act("mei", "no such action"))
    driver.app.apply(True)
    driver.send()
    assert "no such action" in driver.texts()
    assert session.draft == before


def test_the_key_of_an_action_can_be_changed(open_window: OpenWindow) -> None:
    driver = open_window(first)
    driver.key(pygame.K_s)
    driver.press("key/undo")
    driver.key(pygame.K_z)
    assert driver.app.settings.keys["undo"] == "z"
    driver.press("key/redo")
    driver.key(pygame.K_z)  # the two change places
    assert (driver.app.settings.keys["redo"], driver.app.settings.keys["undo"]) == ("z", "r")
    driver.press("keys/reset")
    assert driver.app.settings.keys["undo"] == "u"


def test_the_glossary_is_searched(open_window: OpenWindow) -> None:
    driver = open_window(first)
    begin(driver, by_keys)
    driver.key(pygame.K_g)
    assert driver.focus == "search"
    driver.type("trust")
    assert "A style that earns trust" in driver.texts()
    driver.key(pygame.K_ESCAPE)
    assert isinstance(top(driver), TurnPage)


def test_a_face_in_the_matrix_opens_the_file(open_window: OpenWindow) -> None:
    driver = open_window(first)
    session = begin(driver, by_keys)
    customer = next(iter(session.script.customers))
    session.act(customer, next(each.id for each in session.options(customer) if each.allowed))
    session.end_turn()
    page = top(driver)
    assert isinstance(page, TurnPage)
    page.desk.forget()
    driver.app.refresh()
    driver.click("board/matrix")
    places = [each.id for each in page.desk.view.board.plane.places]
    for place, press in zip(places, (by_mouse, by_keys), strict=False):
        press(driver, f"plane/{place}")
        assert (page.shown.kind, page.shown.id) == ("file", place)
    apart = {each.id for group in page.desk.view.board.matrix for each in group.customers}
    assert places
    assert set(places) < apart


def test_a_saved_game_is_deleted_after_a_question(open_window: OpenWindow) -> None:
    driver = open_window(first)
    begin(driver, by_keys)
    plan_something(driver, by_keys)
    path = session_of(driver).path
    driver.key(pygame.K_F5)
    assert f"delete/{path}" not in driver.names()  # it is being played
    driver.key(pygame.K_ESCAPE)
    driver.key(pygame.K_ESCAPE)
    driver.press("dialogue/1")
    driver.press("saves")
    driver.click(f"delete/{path}")
    driver.press("dialogue/1")
    assert [each.path for each in saves()] == [path]
    driver.click(f"delete/{path}")
    driver.press("dialogue/0")
    assert saves() == ()
    assert f"save/{path}" not in driver.names()


def test_text_is_pasted_as_one_line(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_window(first)
    begin(driver, by_keys)
    driver.key(pygame.K_g)
    monkeypatch.setattr("pygame.scrap.get_text", lambda: " switching\n cost\x00 ")
    driver.key(pygame.K_v, mod=pygame.KMOD_LCTRL, char="\x16")
    assert "switching cost" in driver.texts()

    def no_clipboard() -> str:
        raise pygame.error("no clipboard")

    monkeypatch.setattr("pygame.scrap.get_text", no_clipboard)
    driver.key(pygame.K_v, mod=pygame.KMOD_LCTRL, char="\x16")
    assert "switching cost" in driver.texts()
