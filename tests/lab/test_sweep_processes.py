"""A sweep in other processes: as many as one likes, killed, interrupted, or on a cluster."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from sim.errors import SimError
from sim.lab.balance import hands
from sim.lab.balance.balance import Balance
from sim.lab.balance.hands import Workers
from sim.lab.balance.plan import Chunk, Deck
from sim.lab.balance.sweep import sweep
from sim.lab.balance.work import Part, work
from sim.view.balance import balance_json
from tests.lab.small_sweep import day, found, small

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def told(measured: Balance) -> str:
    return json.dumps(balance_json(measured, day(), "en"))


@pytest.mark.parametrize("count", [1, 2])
def test_the_number_of_processes_changes_no_bit(count: int) -> None:
    assert told(sweep(day(), small(), Workers(count))) == told(found())


def _kill_some(deck: Deck, chunk: Chunk) -> Part:
    """In place of `work` in a process of its own: every third chunk ends it at the first try."""
    mark = Path(os.environ["SWEEP_MARKS"]) / f"{chunk.kind}-{chunk.bot}-{chunk.first}"
    if not mark.exists() and chunk.bot[0] in "nrd":
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return work(deck, chunk)


def _serve_and_die(pipe: object, deck: Deck) -> None:
    hands.work = _kill_some  # type: ignore[attr-defined]  # only in this process
    hands._serve(pipe, deck)  # type: ignore[arg-type]


def _die(_pipe: object, _deck: Deck) -> None:
    os._exit(3)


def test_a_process_that_is_killed_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWEEP_MARKS", str(tmp_path))
    workers = Workers(2)
    workers.target = _serve_and_die
    assert told(sweep(day(), small(), workers)) == told(found())
    assert len(list(tmp_path.iterdir())) > 3


def test_what_ends_every_process_is_given_up() -> None:
    workers = Workers(2)
    workers.target = _die
    with pytest.raises(SimError) as caught:
        sweep(day(), small(), workers)
    assert caught.value.code == "balance/worker-dies"
    assert caught.value.data["exit"] == 3


def balance(*more: str, wait: bool = False) -> tuple[int, str, str]:
    """Runs the command; with `wait` all its processes get Ctrl-C once parts are in the file."""
    typed = [sys.executable, "-m", "sim.cli", "balance", "first-day", "--games", "200", *more]
    process = subprocess.Popen(
        typed,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    if wait:
        file = Path(more[more.index("--resume") + 1])
        for _ in range(6000):
            if file.exists() and file.read_bytes().count(b"\n") > 4:
                break
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    out, err = process.communicate(timeout=900)
    return process.returncode, out, err


def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    code, out, err = balance("--json", "--resume", kept, "--workers", "2", wait=True)
    assert (code, out) == (130, "")
    assert f"--resume {kept}" in err
    assert "Traceback" not in err
    code, out, err = balance("--json", "--resume", kept, "--workers", "1")
    assert code in {0, 1}
    assert "already" in err
    assert json.loads(out) == json.loads(balance("--json")[1])


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers on the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = ("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-show")
    worker = ("dask_worker", address, "--nthreads", "1", "--no-nanny")
    with ExitStack() as stack:
        started = []
        for name, *more in (scheduler, *([worker] * workers)):
            typed = [sys.executable, "-m", f"distributed.cli.{name}", *more, "--no-dashboard"]
            process = subprocess.Popen(typed, cwd=ROOT, **quiet)  # type: ignore[call-overload]
            stack.callback(process.wait)
            stack.callback(process.kill)
            started.append(process)
        yield address, started[1:]


def test_a_cluster_gives_the_same_bits_though_a_worker_is_killed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with cluster(2) as (address, workers):
        typed = [sys.executable, "-m", "sim.cli", "balance", "first-day", "--games", "200"]
        typed += ["--json", "--cluster", address, "--resume", str(kept)]
        process = subprocess.Popen(
            typed, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(6000):
            if kept.exists() and kept.read_bytes().count(b"\n") > 4:
                break
            time.sleep(0.05)
        workers[0].kill()
        out, err = process.communicate(timeout=900)
    assert process.returncode in {0, 1}, err
    assert out == balance("--json", "--workers", "2")[1]


def test_a_cluster_that_is_not_there_is_told() -> None:
    code, out, err = balance("--cluster", "tcp://127.0.0.1:9", "--json")
    assert (code, out) == (2, "")
    assert "127.0.0.1:9" in err
    assert "Traceback" not in err
