"""Processes of this machine that play chunks; one that is killed costs its chunk, not the sweep.

Spawned, never forked: a window or another thread may be running beside it.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Protocol

from sim.errors import SimError
from sim.lab.balance.plan import Chunk, Deck
from sim.lab.balance.work import Part, work

MOST_DEATHS = 3  # of processes in the same chunk, after which it is not tried again
_PATIENCE = 2.0  # seconds for a process to go once it was told to
Numbered = tuple[int, Chunk]


class Hands(Protocol):
    """Who does the work."""

    def parts(self, deck: Deck, chunks: Sequence[Numbered]) -> Iterator[tuple[int, Part]]:
        """The number and part of every chunk, in whatever order they are done.

        Raises:
            SimError: the work cannot go on.
        """

    def close(self) -> None:
        """There is no more to do, or nobody wants it any more."""


class Alone:
    """This process, chunk by chunk."""

    def parts(self, deck: Deck, chunks: Sequence[Numbered]) -> Iterator[tuple[int, Part]]:
        """In the order in which they are given."""
        for number, chunk in chunks:
            yield number, work(deck, chunk)

    def close(self) -> None:
        """Nothing to be ended."""


def processors() -> int:
    """How many processes can work at the same time here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    chunk: Numbered | None = None  # what it is doing


class Workers:
    """Some processes of this machine.

    Attributes:
        target: what each of them does.
    """

    def __init__(self, count: int) -> None:
        """Starts none yet.

        Args:
            count: of processes, 1 or more.
        """
        self.count = count
        self.target: Callable[[Connection, Deck], None] = _serve
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []

    def parts(self, deck: Deck, chunks: Sequence[Numbered]) -> Iterator[tuple[int, Part]]:
        """As they are done.

        Raises:
            SimError: `balance/worker-dies`: one chunk has ended several processes; or whatever
                stopped the work in one of them.
        """
        waiting, deaths = list(reversed(chunks)), dict.fromkeys((each for each, _ in chunks), 0)
        while len(self._workers) < min(self.count, len(waiting)):
            self._workers.append(self._started(deck))
        for worker in self._workers:
            _give(worker, waiting)
        while any(worker.chunk is not None for worker in self._workers):
            ready = wait([worker.pipe for worker in self._workers])
            for place, worker in enumerate(self._workers):
                if worker.pipe not in ready:
                    continue
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):  # it is no more; what it did is to be done again
                    _mourn(worker, waiting, deaths)
                    self._workers[place] = self._started(deck)
                    _give(self._workers[place], waiting)
                    continue
                if isinstance(answer, SimError):
                    raise answer
                _give(worker, waiting)
                yield answer

    def _started(self, deck: Deck) -> _Worker:
        near, far = self._context.Pipe()
        process = self._context.Process(target=self.target, args=(far, deck), daemon=True)
        with _deaf_to_ctrl_c():
            process.start()
        far.close()  # so that the pipe ends with the process
        return _Worker(process, near)

    def close(self) -> None:
        """Ends them, whatever they are doing."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started meanwhile inherits it: Ctrl-C is for whoever asked, from the first moment."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _give(worker: _Worker, waiting: list[Numbered]) -> None:
    """The next chunk, if there is one; where the process has just ended, `recv` will tell."""
    worker.chunk = waiting.pop() if waiting else None
    if worker.chunk is not None:
        with suppress(OSError):
            worker.pipe.send(worker.chunk)


def _mourn(worker: _Worker, waiting: list[Numbered], deaths: dict[int, int]) -> None:
    """Put back what a process was doing when it ended."""
    worker.pipe.close()
    worker.process.join()
    if worker.chunk is None:
        return
    number, _ = worker.chunk
    deaths[number] += 1
    if deaths[number] == MOST_DEATHS:
        raise SimError("balance/worker-dies", times=MOST_DEATHS, exit=worker.process.exitcode)
    waiting.append(worker.chunk)


def _serve(pipe: Connection, deck: Deck) -> None:
    """In the other process: chunks in, parts out, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it was not inherited
    with suppress(EOFError, OSError):
        while True:
            number, chunk = pipe.recv()
            try:
                answer: object = number, work(deck, chunk)
            except SimError as error:
                answer = error
            pipe.send(answer)
