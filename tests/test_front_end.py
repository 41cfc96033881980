"""Which front end a game opens in, and what is said where none can be opened."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sim.cli
from sim import front_end
from sim.errors import SaveError, SimError

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "zh")
WINDOW, TERMINAL = 7, 8


class Stdin(io.StringIO):
    """Answers that come from a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


Front = Callable[..., dict[str, Any]]


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch) -> Front:
    """Puts both front ends in, which note how they are called; the window may raise an error."""

    def put(*, display: bool, typed: str | None = None, error: Exception | None = None) -> Any:
        called: dict[str, Any] = {}

        def window(*args: Any, **options: Any) -> int:
            if error is not None:
                raise error
            called.update(front_end="window", scenario=args[0], **options)
            return WINDOW

        def terminal(*args: Any, **options: Any) -> int:
            called.update(front_end="terminal", scenario=args[0], **options)
            return TERMINAL

        monkeypatch.setattr("sim.ui.window.app.run", window)
        monkeypatch.setattr("sim.ui.terminal.run", terminal)
        monkeypatch.setattr("sys.platform", "linux")
        for name in front_end.DISPLAYS:
            monkeypatch.delenv(name, raising=False)
        if display:
            monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setattr("sys.stdin", io.StringIO() if typed is None else Stdin(typed))
        return called

    return put


def test_a_display_brings_the_window(front: Front) -> None:
    called = front(display=True)
    assert sim.cli.main(["play", "corner-cafe", "--seed", "5", "--lang", "zh"]) == WINDOW
    assert called == {
        "front_end": "window",
        "scenario": "corner-cafe",
        "seed": 5,
        "language": "zh",
        "resume": None,
        "join": None,
        "name": "",
        "system": "zh",
    }


@pytest.mark.parametrize(("display", "code"), [(True, WINDOW), (False, TERMINAL)])
def test_a_class_is_joined_in_either(front: Front, *, display: bool, code: int) -> None:
    called = front(display=display, typed="")
    words = ["play", "--join", "192.168.1.20:8000", "ABC234", "--name", "Ada"]
    assert sim.cli.main(words) == code
    assert (called["join"], called["name"]) == (["192.168.1.20:8000", "ABC234"], "Ada")


@pytest.mark.parametrize(
    ("where", "said"), [(("ftp://a", "ABC234"), "no address"), (("a", "!"), "six letters")]
)
def test_an_address_or_a_code_that_cannot_be_one(
    where: tuple[str, str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    assert sim.cli.main(["play", "--join", *where]) == front_end.UNUSABLE
    assert said in capsys.readouterr().err


def test_a_language_that_nobody_named_does_not_overrule_the_settings(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_LANG", "zh")
    called = front(display=True)
    assert sim.cli.main([]) == WINDOW
    assert (called["language"], called["system"]) == (None, "zh")


@pytest.mark.parametrize("display", [True, False])
def test_terminal_forces_text(front: Front, display: bool) -> None:
    called = front(display=display)
    assert sim.cli.main(["--terminal", "--lang", "zh"]) == TERMINAL
    assert (called["scenario"], called["seed"], called["language"]) == (None, None, "zh")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "no display for a window"), ("zh", "没有可以显示窗口的屏幕")]
)
def test_without_a_display_it_is_text(
    front: Front, lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    called = front(display=False, typed="")
    assert sim.cli.main(["play", "--resume", "game.json", "--lang", lang]) == TERMINAL
    assert (called["resume"], called["language"]) == ("game.json", lang)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "nobody can type here"), ("zh", "这里也无法输入")]
)
def test_with_neither_it_says_how(
    front: Front, lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    called = front(display=False)
    assert sim.cli.main(["--lang", lang]) == 2
    error = capsys.readouterr().err
    assert not called
    assert said in error
    assert "python3 run.py --terminal" in error


FAILURES = [
    (SimError("window/no-display", reason="x11 is not there"), "x11 is not there"),
    (SimError("window/wrong-pygame", version="2.6.1"), "2.6.1"),
    (ImportError("libSDL2.so: cannot open", name="pygame.base"), "libSDL2.so"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("error", "said"), FAILURES)
def test_a_window_that_fails_offers_the_terminal(
    front: Front, error: Exception, said: str, *, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    called = front(display=True, typed="\n", error=error)
    assert sim.cli.main(["--lang", lang]) == TERMINAL
    assert called["front_end"] == "terminal"
    told = capsys.readouterr().err
    assert said in told
    assert ("回车键" if lang == "zh" else "Press Enter") in told


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_the_offer_can_be_declined(front: Front, answer: str) -> None:
    called = front(display=True, typed=answer, error=FAILURES[0][0])
    assert sim.cli.main([]) == 2
    assert not called


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_window_that_fails_unattended_says_how(
    front: Front, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    called = front(display=True, error=FAILURES[0][0])
    assert sim.cli.main(["--lang", lang]) == 2
    assert not called
    error = capsys.readouterr().err
    assert "x11 is not there" in error
    assert "--terminal" in error


def test_other_errors_are_not_the_windows(front: Front, capsys: pytest.CaptureFixture[str]) -> None:
    front(display=True, typed="\n", error=SaveError("save/not-found", path="game.json"))
    assert sim.cli.main(["play", "--resume", "game.json"]) == 2
    assert "game.json" in capsys.readouterr().err
    front(display=True, typed="\n", error=ImportError("no name", name="sim.view"))
    assert sim.cli.main([]) == 2
    assert "fault" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--terminal"], []])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_any_streams_it_says_how(
    front: Front,
    words: list[str],
    *,
    lang: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    called = front(display=False)
    monkeypatch.setattr("sys.stdin", None)
    assert sim.cli.main([*words, "--lang", lang]) == 2
    assert not called
    assert "--terminal" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environ", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "freebsd14", True),
        ({"SDL_VIDEODRIVER": "kmsdrm"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_display_may_be(environ: dict[str, str], platform: str, there: bool) -> None:
    assert front_end.has_display(environ, platform) is there


def test_whose_answers_can_come(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.touch()
    with answers.open() as file, Path(os.devnull).open() as void:
        assert front_end.can_answer(file)
        assert not front_end.can_answer(void)
    assert not front_end.can_answer(file)
    reading, writing = os.pipe()
    with os.fdopen(reading) as pipe, os.fdopen(writing, "w"):
        assert front_end.can_answer(pipe)
    assert front_end.can_answer(Stdin())
    assert not front_end.can_answer(io.StringIO())
    assert not front_end.can_answer(None)


def started(*, display: str, answers: str | None, lang: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own; without answers it reads from nowhere."""
    environ = {name: value for name, value in os.environ.items() if name not in front_end.DISPLAYS}
    environ |= {"DISPLAY": display} if display else {}
    return subprocess.run(
        [sys.executable, "-m", "sim.cli", "--lang", lang],
        check=False,
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
        env=environ | {"PYTHONUTF8": "1"},
        timeout=60,
        **({"stdin": subprocess.DEVNULL} if answers is None else {"input": answers}),
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the other systems always have a display")
def test_a_real_process_with_a_pipe_and_without() -> None:
    piped = started(display="", answers="q\n", lang="en")
    assert (piped.returncode, "What would you like to play?" in piped.stdout) == (0, True)
    void = started(display="", answers=None, lang="zh")
    assert (void.returncode, void.stdout) == (2, "")
    assert "这里也无法输入" in void.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the display of the X window system")
def test_a_real_window_whose_display_does_not_answer() -> None:
    ended = started(display=":4711", answers=None, lang="en")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert re.search(r"could not be opened: .*\n.*python3 run.py\n", ended.stderr)
