"""The wheel: whole, installed without internet into a fresh environment, played far from here."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.packaging.lesson import hold

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")
FIRST_FRAME = """
import sys
from pathlib import Path

import pygame
import sim
from sim.ui.window import app

draw = app.App.draw


def draw_and_leave(window):
    draw(window)
    small = pygame.transform.scale(window.surface, (128, 72))
    print(len({tuple(small.get_at((x, y))) for x in range(128) for y in range(72)}))
    pygame.event.post(pygame.event.Event(pygame.QUIT))


app.App.draw = draw_and_leave
code = app.run(language=sys.argv[1])
print(Path(sim.__file__).parent)
sys.exit(code)
"""


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel and nothing of the source tree."""

    wheel: Path
    scripts: Path
    away: Path

    def run(self, *words: str, answers: str = "", **environ: str) -> str:
        """Runs one of its programs, away from the source tree; what it said."""
        ended = subprocess.run(
            [self.scripts / words[0], *words[1:]],
            check=False,
            capture_output=True,
            cwd=self.away,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", "RAPPORT_HOME": str(self.away), **environ},
            input=answers,
            timeout=300,
        )
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """As docs/install.md says: collected where there is internet, installed where there is none."""
    folder = tmp_path_factory.mktemp("wheel")
    wheelhouse, scripts = folder / "wheelhouse", folder / "venv" / "bin"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True, cwd=folder)
    pip = [str(scripts / "python"), "-m", "pip"]
    house = str(wheelhouse)
    subprocess.run([*pip, "wheel", *QUIET, "--no-deps", "-w", house, str(ROOT)], check=True)
    (wheel,) = wheelhouse.glob("rapport-*.whl")
    subprocess.run([*pip, "download", *QUIET, "-d", house, str(wheel)], check=True)
    offline = ["--no-index", "--find-links", house]
    subprocess.run([*pip, "install", *QUIET, *offline, "rapport"], check=True, cwd=folder)
    (folder / "away").mkdir()
    return Installed(wheel, scripts, folder / "away")


@pytest.fixture(scope="module")
def with_class(installed: Installed) -> Installed:
    """The same environment after everything for a class has been added to it."""
    house = str(installed.wheel.parent)
    pip = [str(installed.scripts / "python"), "-m", "pip"]
    wanted = f"{installed.wheel}[class]"
    subprocess.run(
        [*pip, "download", *QUIET, "-d", house, "--find-links", house, wanted], check=True
    )
    offline = ["--no-index", "--find-links", house]
    subprocess.run([*pip, "install", *QUIET, *offline, "rapport[class]"], check=True)
    return installed


def shipped() -> set[str]:
    """The files of the source tree that a player needs, by their names in the wheel."""
    places = {"sim": "sim", "scenarios": "sim/_data/scenarios", "assets": "sim/_data/assets"}
    return {
        f"{place}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, place in places.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not path.is_relative_to(ROOT / "assets" / "build")
    }


def test_it_carries_everything_and_nothing_else(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = [name for name in archive.namelist() if ".dist-info/licenses/" in name]
    assert names == shipped()
    assert {"sim/view/words_zh.json", "sim/_data/assets/fonts/ui-zh-regular.otf"} <= names
    assert "sim/_data/scenarios/corner-cafe/scenario.yaml" in names
    assert {Path(name).name for name in licences} == {"LICENSE", "LICENSES.md"}


def test_its_program_says_what_it_can(installed: Installed) -> None:
    assert installed.run("rapport", "--help", "--lang", "en").startswith("usage: rapport")
    assert "用法：rapport" in installed.run("rapport", "--help", "--lang", "zh")
    assert "corner-cafe" in installed.run("rapport", "scenarios")


def test_a_bot_plays_and_the_game_is_verified(installed: Installed) -> None:
    words = ("play", "corner-cafe", "--bot", "expert", "--seed", "5", "--out", "game.json")
    installed.run("rapport", *words)
    assert json.loads((installed.away / "game.json").read_text(encoding="utf-8"))["result"]
    assert "Reproduced" in installed.run("rapport", "verify", "game.json", "--lang", "en")


@pytest.mark.parametrize(("lang", "week"), [("en", "Week 2 of 12"), ("zh", "第 2 周")])
def test_a_turn_as_text(installed: Installed, lang: str, week: str) -> None:
    words = ("play", "corner-cafe", "--seed", "3", "--terminal", "--lang", lang)
    said = installed.run("rapport", *words, answers="\ne\ny\n\nq\n")
    assert week in said
    assert "rapport play --terminal --resume" in " ".join(said.split())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_frame_of_the_window(installed: Installed, lang: str) -> None:
    drivers = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    hidden = {"PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    said = installed.run("python", "-P", "-c", FIRST_FRAME, lang, **drivers, **hidden)
    *colours, package = said.split()
    assert int(colours[0]) > 20
    assert Path(package).is_relative_to(installed.scripts.parent)


def test_without_the_group_for_a_class_it_says_what_is_missing(installed: Installed) -> None:
    ended = subprocess.run(
        [installed.scripts / "rapport", "--lang", "en", "serve", "corner-cafe", "--port", "0"],
        check=False,
        capture_output=True,
        cwd=installed.away,
        encoding="utf-8",
        env={**os.environ, "RAPPORT_HOME": str(installed.away)},
        timeout=300,
    )
    assert ended.returncode == 2
    assert "rapport[class]" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_class_is_held(with_class: Installed) -> None:
    environ = {**os.environ, "RAPPORT_HOME": str(with_class.away)}
    hold([with_class.scripts / "rapport"], with_class.away, environ)
