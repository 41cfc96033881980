"""`run.py edit --terminal`: the verdict after each save, as text."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.ui.terminal.workshop import Reporter
from tests.play.studio import NearWorkshop, near, save

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; only a test that fails waits so long


@pytest.fixture
def workshop(tmp_path: Path) -> NearWorkshop:
    return near(tmp_path, bots=("expert", "random"))


def reporter(workshop: NearWorkshop, lang: str = "en") -> Reporter:
    return Reporter(workshop, lang, at=lambda _seconds: "12:00:00")


def told(reporter_: Reporter, workshop: NearWorkshop) -> list[str]:
    workshop.settle()
    return [line for line in reporter_.news() if line]


def test_each_save_is_told_once(workshop: NearWorkshop) -> None:
    telling = reporter(workshop)
    lines = told(telling, workshop)
    assert any(line.startswith("saved 12:00:00, looked at in 0.") for line in lines)
    assert [line.partition(":")[0] for line in lines[-2:]] == ["Expert", "Random"]
    assert told(telling, workshop) == []


@pytest.mark.parametrize(
    ("lang", "words", "before"),
    [
        ("en", "'hapy' is not a mood", "The save of 12:00:00 was the last that can be played."),
        ("zh", "“hapy”", "12:00:00 保存的是最近一版能玩的。"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_can_still_be_played(
    workshop: NearWorkshop, lang: str, words: str, before: str
) -> None:
    telling = reporter(workshop, lang)
    told(telling, workshop)
    save(workshop, "mood: calm", "mood: hapy")
    lines = told(telling, workshop)
    place = next(place for place, line in enumerate(lines) if words in line)
    assert lines[place].startswith(f"{workshop.file}:")
    source, caret = lines[place + 1].split("\n")
    assert source[caret.index("^") :].startswith("hapy")
    assert lines[-1] == before
    assert not telling.sound


class Edit:
    """The command in a process of its own, as an author starts it."""

    def __init__(self, folder: Path, *words: str) -> None:
        environment = {**os.environ, "RAPPORT_HOME": str(folder / "home"), "PYTHONUTF8": "1"}
        environment["PYTHONPATH"] = str(ROOT)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sim.cli", "edit", "my-inn", "--terminal", *words],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def until(self, words: str) -> list[str]:
        """The lines up to one that holds these words."""
        assert self.process.stdout is not None
        lines: list[str] = []
        watchdog = threading.Timer(PATIENCE, self.process.kill)  # or reading would wait for ever
        watchdog.start()
        try:
            while not (lines and words in lines[-1]):
                lines.append(self.process.stdout.readline())
                assert lines[-1], (words, lines)
        finally:
            watchdog.cancel()
        return lines


@pytest.fixture
def edit(workshop: NearWorkshop) -> Iterator[Edit]:
    command = Edit(workshop.file.parent.parent, "--lang", "en")
    yield command
    if command.process.poll() is None:
        command.process.kill()
    command.process.wait()
    assert command.process.stdout is not None
    command.process.stdout.close()


@pytest.mark.slow
def test_an_author_saves_and_reads_on(workshop: NearWorkshop, edit: Edit) -> None:
    good = workshop.file.read_text("utf-8")
    assert "Watching" in edit.until("Ctrl-C")[0]
    edit.until("Random: score")
    workshop.file.write_text(good.replace("mood: calm", "mood: hapy"), encoding="utf-8")
    assert any("'hapy' is not a mood" in line for line in edit.until("the last that can be played"))
    workshop.file.unlink()
    edit.until("there is no such file")
    workshop.file.write_text(good, encoding="utf-8")
    edit.until("Random: score")
    edit.process.send_signal(signal.SIGINT)
    assert edit.process.wait(PATIENCE) in {0, 1}
    assert edit.process.stdout is not None
    assert "Traceback" not in edit.process.stdout.read()


@pytest.mark.slow
def test_a_name_that_is_unknown_is_told(tmp_path: Path) -> None:
    edit = Edit(tmp_path, "--lang", "en")
    assert edit.process.wait(PATIENCE) == 1
    assert edit.process.stdout is not None
    assert "[R04]" in edit.process.stdout.read()
    edit.process.stdout.close()
