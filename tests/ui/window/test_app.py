"""The loop: idle costs nothing, resizing and closing lose nothing, no screen is said plainly."""

import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pygame
import pytest

from sim.errors import SimError
from sim.ui.window import display, settings
from sim.ui.window.app import App
from sim.ui.window.gallery import Gallery
from sim.ui.window.kit import files, icons, portraits, text
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column
from sim.ui.window.kit.node import Node, Screen
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.ui import Ui
from sim.ui.window.settings import Settings
from tests.ui.window.driver import Driver, OpenWindow

ROOT = Path(__file__).parents[3]


def gallery(_app: object) -> Gallery:
    return Gallery()


def test_nothing_is_drawn_while_nothing_happens(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    driver.wait(0.2)
    frames = driver.app.frames
    driver.wait(2)
    assert driver.app.frames == frames
    assert driver.app._patience() == 0  # it would sleep until the next event


def test_movement_is_drawn_until_it_ends(open_window: OpenWindow) -> None:
    driver = open_window(gallery, still=False)
    first = driver.app.frames
    driver.wait(1.5)
    moved = driver.app.frames
    driver.wait(1)
    assert moved > first + 5
    assert driver.app.frames == moved


def test_reduced_motion_draws_the_end_at_once(open_window: OpenWindow) -> None:
    driver = open_window(gallery, still=True)
    first = driver.app.frames
    driver.wait(1)
    assert driver.app.frames == first


def test_a_hover_over_nothing_new_draws_nothing(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    pos = driver.point("end")
    driver.move(pos)
    driver.wait(1)
    frames = driver.app.frames
    driver.move((pos[0] + 1, pos[1]))
    assert driver.app.frames == frames


def test_resizing_keeps_what_was_set_and_the_focus(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    driver.tab_to("search")
    driver.type("abc")
    for size in ((1024, 640), (640, 480), (2560, 1440)):
        pygame.display.set_mode(size, pygame.RESIZABLE)
        driver.send()
        assert driver.app.ui.look.size == size
        assert driver.focus == "search"
        assert "abc" in driver.texts()


def test_changing_the_language_is_live_and_kept(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    chosen = Settings(language="zh", text=1.3, theme="contrast")
    driver.app.change(chosen)
    driver.send()
    assert "结束回合" in driver.texts()
    assert settings.load() == chosen


def test_the_real_loop_ends_when_the_window_is_closed() -> None:
    app = App(Settings(still=True), gallery)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    app.run()
    assert not app.running
    assert not pygame.display.get_init()


def test_an_idle_loop_takes_no_time(open_window: OpenWindow) -> None:
    driver = open_window(gallery)
    before = time.process_time()
    for _ in range(4):
        pygame.time.set_timer(pygame.USEREVENT, 50, loops=1)  # one by one: none is missed
        driver.app.step(driver.app._wait())
    assert time.process_time() - before < 0.1


class News(Screen):
    """A long page that shows how many news have come."""

    def __init__(self) -> None:
        self.told = 0
        self.busy = False

    def build(self, ui: Ui) -> Node:
        """Many lines."""
        del ui
        return Scroll(Column([Label(f"news {self.told}, line {n}") for n in range(60)]), name="all")

    def tick(self, ui: Ui) -> bool | None:
        """News come once."""
        del ui
        self.busy = False
        self.told += 1
        return True


def slow(driver: Driver) -> None:
    """Lets every look at the clock cost a second, so that a frame has room for a single piece."""
    seconds = count()
    driver.app.clock = lambda: float(next(seconds))


def test_news_are_made_in_pieces_and_shown_in_one_frame(open_window: OpenWindow) -> None:
    page = News()
    driver = open_window(lambda _app: page)
    slow(driver)
    frames, page.busy, steps = driver.app.frames, True, 0
    while "news 1, line 3" not in driver.texts():
        assert "news 0, line 3" in driver.texts()
        assert driver.app._patience() <= 16 or not steps
        driver.send()
        steps += 1
    assert driver.app.frames == frames + 1
    assert steps > 60
    assert not driver.app.stack.pieces


def test_what_the_player_does_is_shown_before_news_are_ready(open_window: OpenWindow) -> None:
    page = News()
    driver = open_window(lambda _app: page)
    slow(driver)
    page.busy = True
    for _ in range(3):
        driver.send()
    driver.wheel((400, 300), -1)
    assert "news 0, line 3" in driver.texts()  # as it was, but further down
    assert driver.app.ui.scrolls["all"] > 0
    while driver.app.stack.pieces is not None:
        driver.send()
    assert "news 1, line 3" in driver.texts()
    assert driver.app.ui.scrolls["all"] > 0


def test_what_is_made_anew_at_once_overtakes_what_is_made_in_pieces(
    open_window: OpenWindow,
) -> None:
    page = News()
    driver = open_window(lambda _app: page)
    slow(driver)
    page.busy = True
    driver.send()
    driver.app.relook()
    driver.send()
    assert "news 1, line 3" in driver.texts()
    assert driver.app.stack.pieces is None


def test_without_a_screen_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SDL_VIDEODRIVER", raising=False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SimError) as caught:
        display.open_window((800, 600))
    assert caught.value.code == "window/no-display"
    display.close_window()


def test_a_missing_file_is_named_once_and_replaced(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(files, "assets_dir", lambda: Path("/nowhere"))
    monkeypatch.setattr(files, "missed", [])
    for cached in (icons._source, icons.icon, portraits._picture, portraits.portrait):
        cached.cache_clear()
    text.forget()
    driver = open_window(gallery)
    driver.wait(0.2)
    said = [line.split(":")[0] for line in capsys.readouterr().err.splitlines()]
    for name in ("fonts/ui-en-bold.otf", "icons/skip-forward.svg", "portraits/p02-falling.png"):
        assert said.count(f"/nowhere/{name}") == 1
    for cached in (icons._source, icons.icon, portraits._picture, portraits.portrait):
        cached.cache_clear()


def test_nobody_has_no_picture_to_miss(
    open_window: OpenWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    """A customer to whom the author gave no portrait is drawn as a plain figure, and in silence."""
    open_window(gallery)
    capsys.readouterr()
    drawn = portraits.portrait(portraits.NOBODY, "calm", 44, ("#0A5A94", "#E4F0FB"))
    assert drawn.get_size() == (44, 44)
    assert capsys.readouterr().err == ""


def test_settings_survive_nonsense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    assert settings.load("zh") == Settings(language="zh")
    for nonsense in (
        "",
        "[]",
        '{"text": 9, "keys": {"end_turn": "escape", "undo": "e"}, "size": 3}',
    ):
        settings.settings_path().write_text(nonsense, encoding="utf-8")
        assert settings.load("zh") == Settings(language="zh")


def test_the_window_is_started_only_when_asked_for() -> None:
    code = "import sys, sim.cli; sys.exit('pygame' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, check=False)
    assert done.returncode == 0
