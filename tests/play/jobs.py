"""Work for other processes to do in tests; they import it by its name."""

import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path


def echo(pipe: Connection) -> None:
    """Says back what it is told, in capitals."""
    while True:
        pipe.send(str(pipe.recv()).upper())


def say(pipe: Connection, *words: str) -> None:
    """Says something and ends."""
    for word in words:
        pipe.send(word)


def die(pipe: Connection) -> None:
    """Says something, then is killed."""
    pipe.send("last words")
    os.kill(os.getpid(), signal.SIGKILL)


def deaf(pipe: Connection) -> None:
    """Does not heed being asked to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pipe.send("ready")
    time.sleep(600)


def note_pid(pipe: Connection, path: str) -> None:
    """Leaves its number, then waits to be told something."""
    Path(path).write_text(str(os.getpid()), encoding="utf-8")
    pipe.recv()
