"""Work in a process of its own, so that a window stays smooth whatever is being worked out."""

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

PATIENCE = 2.0  # seconds until a process that does not heed is ended by force
_NICENESS = 5  # the window comes first on a machine with few processors
LEAST = 19  # niceness of what nobody waits for

Work = Callable[..., None]


class Job:
    """Work in another process, which tells how it goes through a pipe.

    Whoever started it may vanish at any moment, and so may the work: neither waits for the other.
    Messages must be short, some thousand bytes, so that one arrives whole or not at all; what is
    longer goes through a file.
    """

    def __init__(self, work: Work, *args: object) -> None:
        """Starts.

        Args:
            work: a function of a module, called with the other end of the pipe and `args`.
            args: what it needs; they are pickled.
        """
        context = multiprocessing.get_context("spawn")  # a fork would take the window with it
        self._pipe, far_end = context.Pipe()
        self._process: BaseProcess | None = context.Process(
            target=_begin, args=(work, far_end, args), daemon=True
        )
        self._process.start()
        give_way(self._process.pid, _NICENESS)
        far_end.close()  # so that the pipe ends with the process

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._process is not None and self._process.is_alive()

    def send(self, message: object) -> None:
        """Tells the work something; nothing happens if it has ended."""
        with contextlib.suppress(OSError):
            self._pipe.send(message)

    def messages(self) -> list[Any]:
        """What the work has told since the last time; never waits."""
        found = []
        with contextlib.suppress(EOFError, OSError):
            while self._pipe.poll():
                found.append(self._pipe.recv())
        return found

    def stop(self) -> None:
        """Ends the work, whatever it is doing; may be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        self._pipe.close()
        process.terminate()
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def give_way(process: int | None, niceness: int) -> None:
    """Let others have the processor before a process, where the system knows of such a thing.

    Whoever started it does so, because reading the program in is the half of many a work.

    Args:
        process: its number; None, or one that has ended by now: nothing happens.
        niceness: 1..19; with `LEAST` somebody busy leaves it one part in seventy.
    """
    if sys.platform != "win32" and process is not None:
        with contextlib.suppress(OSError):
            own = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, process, max(own, niceness))


def _begin(work: Work, pipe: Connection, args: tuple[object, ...]) -> None:
    """In the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the window, which ends this
    with contextlib.suppress(EOFError, OSError):  # whoever asked has gone
        work(pipe, *args)
