"""A second process that looks at turns: `python -m sim.lab.review.side`, spoken to by its streams.

Threads do not help here: games played on at once are few, so most of the time goes into Python, of
which one thread runs at a time. The process ends with its input, so that none is left behind when
whoever reviews is killed. What comes over the streams is from the other half of this module only.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from sim.lab.review.refine import Look

_HOME = Path(__file__).resolve().parents[3]  # where `sim` is imported from

Looking = Callable[[Sequence[int]], list[Look]]


class Side:
    """The process, seen from whoever reviews.

    Attributes:
        possible: Whether there can be one: a program frozen into one file starts no modules.
    """

    possible = not getattr(sys, "frozen", False) and (os.cpu_count() or 1) > 1

    def __init__(self) -> None:
        """Starts it; it prepares while the work is got ready here."""
        path = os.pathsep.join(filter(None, (str(_HOME), os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sim.lab.review.side"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )

    def give(self, work: Looking) -> None:
        """Hands over what looks at turns, with all it needs.

        Raises:
            OSError: it has ended.
        """
        _tell(self._to, work)

    def look(self, turns: Sequence[int]) -> list[Look]:
        """A close look at turns, counted from 0; waits for it.

        Raises:
            OSError, EOFError: it has ended.
        """
        _tell(self._to, list(turns))
        return cast(list[Look], pickle.load(self._from))  # noqa: S301 -- from our own process

    def close(self) -> None:
        """Ends it, whatever it is doing."""
        self._process.kill()
        self._process.wait()  # who has been killed ends, on a busy machine a little later
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                _shut(stream)

    @property
    def _to(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _from(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)


@contextmanager
def second_process(*, wanted: bool) -> Iterator[Side | None]:
    """The process while it is needed; None where it is not wanted, or not possible."""
    try:
        side = Side() if wanted and Side.possible else None
    except OSError:  # no memory, no processes left: it goes without
        side = None
    try:
        yield side
    finally:
        if side is not None:
            side.close()


def _shut(stream: object) -> None:
    try:
        cast(BinaryIO, stream).close()
    except OSError:  # what was still to be written has nobody to read it
        return


def _tell(stream: BinaryIO, message: object) -> None:
    pickle.dump(message, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Look at turns until the input ends.

    Args:
        incoming: first the work, then lists of turns, pickled.
        outgoing: where the lists of looks go.
    """
    try:
        work: Looking = pickle.load(incoming)  # noqa: S301 -- from whoever started this process
        while True:
            _tell(outgoing, work(pickle.load(incoming)))  # noqa: S301
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever reviews
    serve(sys.stdin.buffer, sys.stdout.buffer)
