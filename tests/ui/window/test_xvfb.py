"""The window as the system shows it: a display of its own, real keys and a real pointer."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
]


def wait_for(what: Callable[[], object], name: str) -> object:
    """Asks again and again; the machine may be slow."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError(f"{name} did not come")


@pytest.fixture
def display(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh screen."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as stream:
        number = stream.readline().strip()
    environment = {**os.environ, "DISPLAY": f":{number}", "RAPPORT_HOME": str(tmp_path / "home")}
    environment |= {"SDL_AUDIODRIVER": "dummy", "RAPPORT_LANG": "en"}
    environment.pop("SDL_VIDEODRIVER", None)
    yield environment
    server.terminate()
    server.wait(PATIENCE)


class Desktop:
    """A player at that screen."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        command = [sys.executable, "-m", "sim.cli", "--lang", "en"]
        self.game = subprocess.Popen(command, cwd=ROOT, env=environment)

    def page(self) -> str:
        """What the window that has the keyboard is called."""
        return self.ask("getwindowfocus", "getwindowname")

    def is_open(self) -> bool:
        """Whether the window has the keyboard."""
        return self.page() == "Rapport"

    def shows(self, page: str) -> bool:
        """Whether a page is open, as the window's name tells."""
        return self.page() == f"{page} – Rapport"

    def ask(self, *words: str) -> str:
        """What xdotool answers."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def key(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            self.ask("key", name)
            time.sleep(0.3)

    def click(self, x: int, y: int) -> None:
        """Click at a point of the screen."""
        self.ask("mousemove", str(x), str(y))
        time.sleep(0.2)
        self.ask("click", "1")
        time.sleep(0.3)

    def saved(self) -> dict[str, object]:
        """The only game there is; nothing while there is none."""
        games = list(Path(self.environment["RAPPORT_HOME"], "saves").glob("*.json"))
        text = games[0].read_text(encoding="utf-8") if games else ""
        return dict(json.loads(text)) if text else {}

    def leave(self) -> int:
        """Ask the program to end, as the system does at log-out."""
        self.game.terminate()
        return self.game.wait(PATIENCE)


@pytest.fixture
def desktop(display: dict[str, str]) -> Iterator[Desktop]:
    """The game on its first page."""
    player = Desktop(display)
    try:
        wait_for(player.is_open, "the window")
        yield player
    finally:
        if player.game.poll() is None:
            player.game.kill()
        player.game.wait(PATIENCE)


def begin(desktop: Desktop) -> None:
    """New game, first scenario, briefing, first turn."""
    for page in ("What would you like to play?", "First day", "First day · Turn 1 / 6"):
        desktop.key("Return")  # once: on the page after it means something else
        wait_for(partial(desktop.shows, page), repr(page))


def drafted(desktop: Desktop) -> object:
    draft = desktop.saved().get("draft")
    return draft.get("responses") if isinstance(draft, dict) else None


def test_real_keys_answer_and_the_window_closes_when_told(desktop: Desktop) -> None:
    begin(desktop)

    def answered() -> object:
        desktop.key("1")
        return drafted(desktop)

    assert wait_for(answered, "an answer in the saved game")
    assert desktop.leave() == 0
    assert drafted(desktop)


def test_a_real_pointer_ends_a_turn(desktop: Desktop) -> None:
    begin(desktop)
    shape = desktop.ask("getwindowfocus", "getwindowgeometry", "--shell")
    origin = dict(line.split("=") for line in shape.splitlines() if "=" in line)
    corner = int(origin["X"]) + int(origin["WIDTH"]), int(origin["Y"]) + int(origin["HEIGHT"])

    def ended() -> object:
        desktop.click(corner[0] - 90, corner[1] - 30)
        desktop.key("Return")
        return desktop.saved().get("turns")

    assert wait_for(ended, "a played turn")
    assert desktop.leave() == 0
