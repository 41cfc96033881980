"""Every widget: reachable by keys and mouse, and whole at every size, language and text size."""

import itertools

import pygame
import pytest

from sim.ui.window import focus
from sim.ui.window.gallery import Gallery
from sim.ui.window.kit.node import Control
from sim.ui.window.kit.scroll import Scroll
from tests.ui.window.driver import LANGUAGES, SIZES, Driver, OpenWindow, clipped, misplaced

EXTREMES = ((2560, 1440), (1024, 640))


def gallery(_app: object) -> Gallery:
    return Gallery()


def everything(driver: Driver) -> list[str]:
    """What is wrong with the page from its top to its end."""
    problems = misplaced(driver.root) + clipped(driver.app)
    for scroll in list(driver.scrolls()):
        while scroll.scroll_by(driver.app.ui, scroll.rect.h // 2):
            driver.app.draw()
            problems += clipped(driver.app)
    return problems


@pytest.mark.parametrize(
    ("size", "lang", "text"),
    [
        *itertools.product(SIZES, LANGUAGES, (1.0, 2.0)),
        *itertools.product(EXTREMES, ("en",), (1.3,)),
    ],
)
def test_nothing_is_clipped_or_overlaps(
    open_window: OpenWindow, size: tuple[int, int], lang: str, text: float
) -> None:
    driver = open_window(gallery, size=size, language=lang, text=text)
    assert everything(driver) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", [1.0, 2.0])
def test_longer_words_break_nothing(open_window: OpenWindow, lang: str, text: float) -> None:
    driver = open_window(gallery, language=lang, text=text, pseudo=True)
    assert everything(driver) == []


@pytest.mark.parametrize("text", [1.0, 2.0])
def test_tab_visits_every_control_once_and_shows_it(open_window: OpenWindow, text: float) -> None:
    driver = open_window(gallery, text=text)
    names = [control.name for control in focus.order(driver.root)]
    assert len(names) == len(set(names)) > 20
    visited = []
    for _ in names:
        driver.key(pygame.K_TAB)
        visited.append(driver.focus)
        rect = driver.control(driver.focus).rect
        around = [s for s in driver.scrolls() if driver.control(driver.focus) in s.child.walk()]
        assert all(scroll.rect.colliderect(rect) for scroll in around)
        assert driver.app.ui.focus_shown
    assert sorted(visited) == sorted(names)


def test_shift_tab_goes_back(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    before = driver.focus
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_TAB, mod=pygame.KMOD_LSHIFT)
    assert driver.focus == before


@pytest.mark.parametrize("text", [1.0, 2.0])
def test_arrows_reach_most_controls_from_each_other(open_window: OpenWindow, text: float) -> None:
    driver = open_window(gallery, text=text)
    driver.tab_to("choice/1")
    driver.key(pygame.K_DOWN)
    assert driver.focus == "choice/2"
    driver.key(pygame.K_UP)
    assert driver.focus == "choice/1"


def test_targets_are_large_enough(open_window: OpenWindow) -> None:
    driver = open_window(gallery, size=(1024, 640))
    small = [
        node.name
        for node in driver.root.walk()
        if isinstance(node, Control)
        and node.focusable
        and not isinstance(node, Scroll)
        and min(node.rect.size) < 22  # 24 design units at the smallest scale, .8
    ]
    assert small == []


def test_enter_space_and_click_press(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    shown = driver.app.stack.top.screen.shown  # type: ignore[attr-defined]  # a Gallery
    driver.tab_to("end")
    driver.key(pygame.K_RETURN)
    driver.key(pygame.K_SPACE)
    driver.click("end")
    driver.key(pygame.K_e)
    assert shown.pressed == ["end"] * 4


def test_a_disabled_button_tells_why_and_does_nothing(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    driver.tab_to("off")
    assert "Nine hours are needed" in driver.texts()
    driver.key(pygame.K_RETURN)
    assert len(driver.app.stack.layers) == 1


def test_tip_comes_when_the_pointer_rests_and_goes_with_it(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    driver.move(driver.point("off"))
    assert "Nine hours" not in driver.texts()
    driver.wait(0.6)
    assert "Nine hours" in driver.texts()
    driver.key(pygame.K_ESCAPE)
    assert not driver.app.running or "Nine hours" not in driver.texts()


def test_digits_choose(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    shown = driver.app.stack.top.screen.shown  # type: ignore[attr-defined]  # a Gallery
    driver.key(pygame.K_3)
    assert (shown.choice, driver.focus) == (-3, "choice/3")
    driver.key(pygame.K_KP_1)
    assert shown.choice == -1


def test_tabs_slider_switch_and_drop_down_by_keys(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    shown = driver.app.stack.top.screen.shown  # type: ignore[attr-defined]  # a Gallery
    driver.press("tab/matrix")
    driver.tab_to("size")
    driver.key(pygame.K_RIGHT)
    driver.key(pygame.K_END)
    driver.key(pygame.K_LEFT)
    driver.press("still")
    driver.press("language")
    assert driver.focus == "menu/en"
    driver.key(pygame.K_DOWN)
    driver.key(pygame.K_RETURN)
    assert (shown.tab, shown.size, shown.still, shown.language) == ("matrix", 1.75, True, "zh")
    assert driver.focus == "language"


def test_slider_and_scroll_bar_by_mouse(open_window: OpenWindow) -> None:
    driver = open_window(gallery, text=2.0)
    shown = driver.app.stack.top.screen.shown  # type: ignore[attr-defined]  # a Gallery
    pos = driver.point("size")
    driver.mouse(pygame.MOUSEBUTTONDOWN, pos)
    driver.move((driver.control("size").rect.right, pos[1]), down=True)
    driver.mouse(pygame.MOUSEBUTTONUP, pos)
    assert shown.size == 2
    scroll = next(driver.scrolls())
    thumb = scroll.thumb(driver.app.ui)
    driver.mouse(pygame.MOUSEBUTTONDOWN, thumb.center)
    driver.move((thumb.centerx, scroll.rect.bottom), down=True)
    scroll = next(driver.scrolls())
    assert driver.app.ui.scrolls["page"] == scroll.overflow > 0


def test_a_menu_closes_beside_it_and_by_escape(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    driver.click("language")
    assert len(driver.app.stack.layers) == 2
    driver.mouse(pygame.MOUSEBUTTONDOWN, (5, 5))
    assert len(driver.app.stack.layers) == 1
    driver.press("language")
    driver.key(pygame.K_ESCAPE)
    assert len(driver.app.stack.layers) == 1


def test_dialogue_keeps_the_focus_inside(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    driver.press("ask")
    assert driver.focus == "dialogue/1"
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_TAB)
    assert driver.focus.startswith("dialogue/")
    driver.key(pygame.K_ESCAPE)
    assert driver.focus == "ask"


def test_typing_with_an_input_method(open_window: OpenWindow) -> None:
    driver = open_window(gallery, language="zh")
    shown = driver.app.stack.top.screen.shown  # type: ignore[attr-defined]  # a Gallery
    driver.tab_to("search")
    driver.send(pygame.event.Event(pygame.TEXTEDITING, {"text": "ni hao", "start": 0, "length": 0}))
    assert "ni hao" in driver.texts()
    driver.key(pygame.K_BACKSPACE)  # belongs to the input method
    driver.send(pygame.event.Event(pygame.TEXTINPUT, {"text": "你好吗"}))
    driver.key(pygame.K_BACKSPACE)
    driver.key(pygame.K_HOME)
    driver.type("e")  # also the key of an action elsewhere
    assert shown.search == "e你好"
    assert shown.pressed == []
    driver.key(pygame.K_DELETE)
    driver.key(pygame.K_END)
    driver.type("!")
    assert shown.search == "e好!"


def test_a_message_goes_away(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    driver.press("toast")
    assert "Saved" in driver.texts()
    driver.wait(6)
    assert "Saved" not in driver.texts()


def test_a_key_that_is_held_presses_once_but_steps_on(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    shown = driver.app.stack.top.screen.shown  # type: ignore[attr-defined]  # a Gallery
    driver.tab_to("end")
    down = {"key": pygame.K_RETURN, "mod": 0, "unicode": "\r", "scancode": 0}
    driver.send(*[pygame.event.Event(pygame.KEYDOWN, down)] * 5)
    assert shown.pressed == ["end"]
    driver.tab_to("size")
    right = {"key": pygame.K_RIGHT, "mod": 0, "unicode": "", "scancode": 0}
    driver.send(*[pygame.event.Event(pygame.KEYDOWN, right)] * 3)
    assert shown.size == 1.75
