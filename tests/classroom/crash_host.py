"""Starts servers that a test will kill: everything is loaded once, each server is a fork.

Started as a program: `crash_host.py DATABASE SCENARIO PORT WORKERS`. Reads a line for every start:
the number of the worker. Answers with the process id as soon as that worker takes connections.
"""

import os
import signal
import sys
import traceback
import warnings
from pathlib import Path
from typing import Any

from sim.classroom import cases
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.play import saves
from sim.play.case import open_case
from sim.ui.web.app import create_app
from sim.ui.web.serve import listening, server


def work(database: str, port: int, ready: int, *, shared: bool) -> None:
    """One server, until it is killed."""
    rooms = Rooms(open_store(database, shared=shared))
    app = create_app(rooms)
    with listening("127.0.0.1", port) as sock:
        os.write(ready, b"+")
        server(app).run(sockets=[sock])


def start(database: str, port: int, *, shared: bool) -> int:
    """Fork a server; returns when it takes connections."""
    heard, ready = os.pipe()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            work(database, port, ready, shared=shared)
        except BaseException:  # noqa: BLE001 -- a fork must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(ready)
    if not os.read(heard, 1):
        raise SystemExit("the server did not start")
    os.close(heard)
    return child


def main() -> None:
    """Start what the test asks for."""
    database, scenario, first_port, workers = sys.argv[1:]
    case = open_case(scenario)
    loaded: Any = lambda *_, **__: case  # noqa: E731 -- for two functions alike
    cases.open_case = saves.case_of = loaded  # type: ignore[attr-defined]  # loaded once
    shared = int(workers) > 1
    for line in sys.stdin:
        child = start(database, int(first_port) + int(line), shared=shared)
        print(child, flush=True)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
