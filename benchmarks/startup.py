"""How long the program takes to say anything: whole processes, beside a bare interpreter."""

import os
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.clock import Timed

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "bare": ["-c", "pass"],
    "numpy": ["-c", "import numpy"],
    "help": ["run.py", "--help"],
    "scenarios": ["run.py", "scenarios"],
}


def startup(rounds: int) -> Timed:
    """Processor time of each command in ns, children of the program included."""
    timed = Timed()
    environment = {**os.environ, "RAPPORT_LANG": "en"}
    for round_ in range(rounds + 1):
        for name, command in COMMANDS.items():
            before = _used()
            subprocess.run(  # noqa: S603 - our own commands
                [sys.executable, *command],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            if round_:  # the first one fills the caches
                timed.note(name, (_used() - before) * 1e9)
    return timed


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
