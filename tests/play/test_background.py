"""Work in another process: neither side waits for the other, whoever vanishes first."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from sim.play import background
from sim.play.background import Job
from tests.play import jobs

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; only a test that fails waits so long


def told(job: Job, count: int) -> list[Any]:
    """The next messages, waited for."""
    found: list[Any] = []
    end = time.monotonic() + PATIENCE
    while len(found) < count and time.monotonic() < end:
        found += job.messages()
        time.sleep(0.01)
    return found


def ended(job: Job) -> bool:
    end = time.monotonic() + PATIENCE
    while job.running and time.monotonic() < end:
        time.sleep(0.01)
    return not job.running


@pytest.mark.slow
def test_it_answers_and_is_stopped() -> None:
    job = Job(jobs.echo)
    assert job.messages() == []  # asking does not wait
    job.send("mei")
    assert told(job, 1) == ["MEI"]
    job.stop()
    job.stop()
    assert ended(job)
    assert job.messages() == []
    job.send("nobody hears this")


@pytest.mark.slow
def test_what_was_said_before_the_end_is_heard() -> None:
    job = Job(jobs.say, "a", "b", "c")
    assert ended(job)
    assert told(job, 3) == ["a", "b", "c"]
    job.send("too late")
    job.stop()


@pytest.mark.slow
def test_a_killed_process_is_noticed() -> None:
    job = Job(jobs.die)
    assert ended(job)
    assert told(job, 1) == ["last words"]
    assert job.messages() == []
    job.stop()


@pytest.mark.slow
def test_one_that_does_not_heed_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PATIENCE", 0.2)
    job = Job(jobs.deaf)
    assert told(job, 1) == ["ready"]
    job.stop()
    assert not job.running


@pytest.mark.slow
def test_it_ends_when_the_window_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = (
        "import time; from sim.play.background import Job; from tests.play import jobs\n"
        "if __name__ == '__main__':\n"
        f"    job = Job(jobs.note_pid, {str(mark)!r})\n"
        "    time.sleep(600)\n"
    )
    script = tmp_path / "window.py"
    script.write_text(code, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    window = subprocess.Popen([sys.executable, str(script)], env=env, cwd=ROOT)
    end = time.monotonic() + PATIENCE
    while not (mark.exists() and mark.read_text(encoding="utf-8")) and time.monotonic() < end:
        time.sleep(0.02)
    child = int(mark.read_text(encoding="utf-8"))
    window.send_signal(signal.SIGKILL)
    window.wait()
    while _lives(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _lives(child)


def _lives(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
