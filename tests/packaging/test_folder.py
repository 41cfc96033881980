"""The folder that starts without Python: built, then started with no way back to the source."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.game import from_json, to_json
from tests.packaging.lesson import hold
from tests.packaging.screen import Screen, screen, seconds_until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LARGEST = 200e6
EMPTY = 20  # an empty window has fewer colours
needs_screen = pytest.mark.skipif(
    not shutil.which("Xvfb"), reason="needs Xvfb, which .ci/run installs"
)
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in a finished folder."""
    out = tmp_path_factory.mktemp("folder")
    command = [sys.executable, "packaging/build_folder.py", "--out", str(out)]
    built = subprocess.run(command, check=False, capture_output=True, cwd=ROOT, text=True)
    assert built.returncode == 0, built.stderr
    assert "MB with all that it needs" in built.stdout
    return out / "rapport" / "rapport"


def environ(home: Path, **more: str) -> dict[str, str]:
    """What a desktop gives to a program: no Python, no paths of a developer."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "en_US.UTF-8", **more}


def run(program: Path, home: Path, *words: str, answers: str = "") -> Done:
    ended = subprocess.run(
        [program, *words],
        check=False,
        capture_output=True,
        cwd=home,
        encoding="utf-8",
        env=environ(home),
        input=answers,
        timeout=300,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended


@contextmanager
def window(
    program: Path, home: Path, display: Screen, *words: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The program in a window, ended at the end in any case."""
    seen = environ(home, DISPLAY=display.name, SDL_AUDIODRIVER="dummy")
    command = [str(program), *(("play", *words) if words else ())]
    with subprocess.Popen(command, env=seen, cwd=home, stderr=subprocess.PIPE) as opened:
        try:
            yield opened
        finally:
            opened.kill()


def test_it_holds_what_is_shipped_and_no_tools(program: Path) -> None:
    inside = program.parent / "_internal"
    for folder in ("scenarios", "assets"):
        here = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        there = {
            path.relative_to(inside / "sim" / "_data")
            for path in (inside / "sim" / "_data" / folder).rglob("*")
            if path.is_file()
        }
        assert there == {path for path in here if path.parts[:2] != ("assets", "build")}
    for folder in ("sim/classroom", "sim/scenario", "sim/ui", "sim/view"):
        files = (
            path for path in (ROOT / folder).rglob("*.*") if path.suffix not in {".py", ".pyc"}
        )
        missing = [path for path in files if not (inside / path.relative_to(ROOT)).is_file()]
        assert not missing
    tools = {"PIL", "hypothesis", "mypy", "pandas", "pip", "pytest", "scipy", "setuptools"}
    assert not tools & {path.name for path in inside.iterdir()}
    files = (path for path in program.parent.rglob("*") if not path.is_dir())
    assert sum(path.lstat().st_size for path in files) < LARGEST


def test_a_bot_plays_and_the_game_is_verified(program: Path, tmp_path: Path) -> None:
    assert run(program, tmp_path, "--help").stdout.startswith("usage: rapport")
    words = ("play", "corner-cafe", "--bot", "vip", "--seed", "5", "--out", "game.json")
    run(program, tmp_path, *words)
    assert "Reproduced" in run(program, tmp_path, "verify", "game.json").stdout


def test_a_turn_as_text(program: Path, tmp_path: Path) -> None:
    words = ("play", "corner-cafe", "--seed", "3", "--terminal", "--lang", "zh")
    said = run(program, tmp_path, *words, answers="\ne\ny\n\nq\n").stdout
    assert "第 2 周" in said
    assert list((tmp_path / ".local" / "share" / "rapport" / "saves").glob("*.json"))


def test_a_class_is_held(program: Path, tmp_path: Path) -> None:
    hold([program], tmp_path, environ(tmp_path))


@needs_screen
def test_the_window_opens_and_closes(program: Path, tmp_path: Path) -> None:
    with screen(tmp_path) as display, window(program, tmp_path, display) as opened:
        took = seconds_until(lambda: display.colours() > EMPTY)
        print(f"start to first frame: {took:.2f} s")
        opened.terminate()
        _, complaints = opened.communicate(timeout=120)
        assert (opened.returncode, complaints) == (0, b"")


@needs_screen
def test_the_window_grades_a_game_in_a_second_process(program: Path, tmp_path: Path) -> None:
    game = tmp_path / "game.json"
    words = ("play", "corner-cafe", "--bot", "vip", "--seed", "6", "--out", str(game))
    run(program, tmp_path, *words)
    graded = from_json(game.read_bytes())
    assert graded.result
    ungraded = graded.result.model_copy(update={"grade": None})
    game.write_text(to_json(graded.model_copy(update={"result": ungraded})), encoding="utf-8")
    shutil.rmtree(tmp_path / ".local" / "share" / "rapport" / "pars")

    def grade() -> float | None:
        result = from_json(game.read_bytes()).result
        return None if result is None else result.grade

    with screen(tmp_path) as display, window(program, tmp_path, display, "--resume", str(game)):
        seconds_until(lambda: grade() is not None)
    assert grade() == graded.result.grade
