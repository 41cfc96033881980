"""A class under load, beside a peer in the same run: `python -m benchmarks.classroom`.

A submission is a decision and the page that follows it. `burst`: everybody presses at the same
instant, turn after turn; `closed`: everybody goes on without thinking, at a free pace. The server
has one core and the clients another.

Our side also shows its pages: everybody asks for the report of a turn, and then for the next turn.

With `--workers 1 2` a department's server answers instead: one process and then two on a PostgreSQL
of its own, on all cores, which they share with the clients; without pages and without a peer.

The peer is measured if `RAPPORT_PEER` names a script that prints a line of JSON for each case, with
`server`, `n`, `mode`, `subs_per_s`, `subs_per_cpu_s`, `cycle_p50_ms`, `cycle_p99_ms`, `rss_mb` and
`join_all_s` (its environment says `SIZES` and `MODES`).
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.class_client import Browser, Timing, join, submit
from benchmarks.clock import table
from tests.classroom.postgres import cluster

TURNS = 12
_RESTING = 0.05  # seconds of the processor in a second; workers look for what others have written
AT_REST = 16.0  # seconds after which a server that nobody asks has given back what is free
MODES = ("burst", "closed")
COLUMNS = ["", "submissions/s", "per CPU second", "p50", "p99", "memory", "all join"]


class Server:
    """The classroom as a user starts it, in a folder of its own."""

    def __init__(self, folder: Path, options: Sequence[str] = (), *, workers: bool = False) -> None:
        environment = {**os.environ, "RAPPORT_HOME": str(folder), "RAPPORT_LANG": "en"}
        self._process = subprocess.Popen(  # noqa: S603 -- this program itself
            [sys.executable, "-m", "sim.cli", "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._start = 0.0
        self._workers = workers
        if not workers:
            _pin(self._process.pid, 0)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "/teach#" in line:
                address, _, self.secret = line.strip().rpartition("/teach#")
                self.port = int(address.rpartition(":")[2])
                self._start = self.busy()
                return
        raise SystemExit("the server did not start")

    def _processes(self) -> list[Path]:
        """The server and its workers; without such the child that works out a grade is no part."""
        own = Path(f"/proc/{self._process.pid}")
        if not self._workers:
            return [own]
        workers = (own / "task" / own.name / "children").read_text(encoding="utf-8").split()
        return [own, *(Path("/proc") / each for each in workers)]

    def memory(self) -> float:
        """Resident, MB."""
        found = 0
        for process in self._processes():
            status = (process / "status").read_text(encoding="utf-8")
            line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            found += int(line.split()[1])
        return found / 1024

    def busy(self) -> float:
        """Processor time since the start, seconds; joining and opening included."""
        ticks = 0
        for process in self._processes():
            fields = (process / "stat").read_text(encoding="utf-8")
            user, system = fields.rpartition(")")[2].split()[11:13]
            ticks += int(user) + int(system)
        return ticks / os.sysconf("SC_CLK_TCK") - self._start

    def rest(self) -> None:
        """Wait until it has read the whole program in, and begin to count."""
        before = -1.0
        while self.busy() - before > _RESTING:
            before = self.busy()
            time.sleep(1.0)
        self._start += self.busy()

    def close(self) -> None:
        """Stop it as a user would."""
        self._process.terminate()
        self._process.wait()


def _pin(process: int, core: int) -> None:
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(process, {core})


async def one_class(port: int, secret: str, number: int, mode: str) -> tuple[Timing, float]:
    """A whole class; its timing, and how many seconds all joins took."""
    teacher = Browser(port, secret)
    settings = {"pace": "free" if mode == "closed" else "turn", "seats": number, "seed": 7}
    body = {"scenario": "corner-cafe", "settings": settings}
    room = await teacher.ask("POST", "/rooms", body)
    trainees, joined = await join(port, room["code"], number)
    place, timing = f"/rooms/{room['id']}", Timing()
    begin = time.perf_counter()
    if mode == "closed":
        await teacher.ask("PATCH", place, {"action": "open"})
        await asyncio.gather(*(_all_turns(trainee, timing) for trainee in trainees))
    else:
        for turn in range(1, TURNS + 1):
            await teacher.ask("PATCH", place, {"action": "open"})
            await asyncio.gather(*(submit(trainee, turn, timing) for trainee in trainees))
            await teacher.ask("PATCH", place, {"action": "close"})
    timing.elapsed = time.perf_counter() - begin
    await teacher.ask("GET", f"{place}/board")
    return timing, joined


async def one_turn_of_pages(server: Server, number: int) -> dict[str, tuple[float, float]]:
    """What a page costs when everybody asks: ms of the server's processor, seconds for all."""
    teacher = Browser(server.port, server.secret)
    settings = {"pace": "turn", "seats": number, "seed": 7}
    room = await teacher.ask("POST", "/rooms", {"scenario": "corner-cafe", "settings": settings})
    trainees, _ = await join(server.port, room["code"], number)
    place = f"/rooms/{room['id']}"
    found = {}
    for turn in (1, 2):
        await teacher.ask("PATCH", place, {"action": "open"})
        for name, path, seen in (("report", "/play/report", 0), ("turn", "/play", turn - 1)):
            if turn == 1 and name == "report":
                continue
            busy, begin = server.busy(), time.perf_counter()
            await asyncio.gather(*(trainee.look(path, seen) for trainee in trainees))
            elapsed = time.perf_counter() - begin
            found[name] = (1e3 * (server.busy() - busy) / number, elapsed)
        await asyncio.gather(*(submit(trainee, turn, Timing()) for trainee in trainees))
        await teacher.ask("PATCH", place, {"action": "close"})
    return found


def pages(number: int) -> list[list[str]]:
    """A line for each page."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            found = asyncio.run(one_turn_of_pages(server, number))
            memory = server.memory()
        finally:
            server.close()
    return [
        [name, f"{cost:.1f} ms", f"{elapsed:.1f} s", f"{memory:.0f} MB"]
        for name, (cost, elapsed) in found.items()
    ]


async def _all_turns(trainee: Browser, timing: Timing) -> None:
    for turn in range(1, TURNS + 1):
        await submit(trainee, turn, timing)


def ours(number: int, mode: str) -> dict[str, Any]:
    """Our side of a case, as the peer's script would print it."""
    with tempfile.TemporaryDirectory() as folder:
        return _case(Server(Path(folder)), "ours", number, mode)


def department(number: int, mode: str, workers: int) -> dict[str, Any]:
    """The same with several workers on PostgreSQL, whose own processes are not counted."""
    with tempfile.TemporaryDirectory() as folder, cluster() as database:
        options = ("--database", database, "--workers", str(workers))
        server = Server(Path(folder), options, workers=True)
        server.rest()
        return _case(server, f"PostgreSQL, workers: {workers}", number, mode)


def _case(server: Server, name: str, number: int, mode: str) -> dict[str, Any]:
    try:
        timing, joined = asyncio.run(one_class(server.port, server.secret, number, mode))
        busy = server.busy()
        time.sleep(AT_REST)
        memory = server.memory()
    finally:
        server.close()
    return {
        "server": name,
        "n": number,
        "mode": mode,
        "subs_per_s": timing.rate,
        "subs_per_cpu_s": len(timing.cycles) / busy,
        "cycle_p50_ms": timing.share(50),
        "cycle_p99_ms": timing.share(99),
        "rss_mb": memory,
        "join_all_s": joined,
    }


def peer(script: str, number: int, mode: str) -> dict[str, Any]:
    """The peer's side of a case."""
    environment = {**os.environ, "SIZES": str(number), "MODES": mode}
    command = [shutil.which("bash") or "bash", script]
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 -- whoever measures names the script
    found: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def _row(case: dict[str, Any]) -> list[str]:
    return [
        f"{case['server']}, {case['n']} {case['mode']}",
        f"{case['subs_per_s']:.0f}",
        f"{case['subs_per_cpu_s']:.0f}",
        f"{case['cycle_p50_ms']:.0f} ms",
        f"{case['cycle_p99_ms']:.0f} ms",
        f"{case['rss_mb']:.0f} MB",
        f"{case['join_all_s']:.1f} s",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200])
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES)
    parser.add_argument("--workers", type=int, nargs="+")
    options = parser.parse_args()
    if options.workers:
        cases = [
            department(number, mode, workers)
            for number in options.sizes
            for mode in options.modes
            for workers in options.workers
        ]
        print(table("A class under load", COLUMNS, [_row(case) for case in cases]))
        return
    _pin(0, (os.cpu_count() or 1) - 1)
    for number in options.sizes:
        heads = ["page", "of the processor", "all have it", "memory then"]
        print(table(f"{number} trainees look at the same page", heads, pages(number)))
        for mode in options.modes:
            beside(number, mode, os.environ.get("RAPPORT_PEER"))


def beside(number: int, mode: str, script: str | None) -> None:
    """One case of ours, and the peer's if there is one."""
    cases = [ours(number, mode)]
    if script:
        cases.append(peer(script, number, mode))
    print(table("A class under load", COLUMNS, [_row(case) for case in cases]))
    if script:
        mine, other = cases
        faster = mine["subs_per_s"] / other["subs_per_s"]
        smaller = mine["rss_mb"] / other["rss_mb"]
        print(f"{faster:.1f} x the submissions, {smaller:.2f} x the memory\n")


if __name__ == "__main__":
    main()
