"""Looking closely at turns in two places at once: here, and in a second process if there is one."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from types import TracebackType
from typing import Self, TypeVar

from sim.lab.review.explain import Teaches
from sim.lab.review.lockstep import together
from sim.lab.review.refine import Effort, Look, looking
from sim.lab.review.side import Side
from sim.lab.review.study import Study

FIRST = 2  # turns looked at together for the first news

_Found = TypeVar("_Found")
_Lane = Callable[[Sequence[int]], list[Look]]


class Work:
    """What looks at turns of one game; it can be given to another process."""

    def __init__(self, study: Study, effort: Effort, teaches: Teaches) -> None:
        """Holds what every look needs."""
        self._study, self._effort, self._teaches = study, effort, teaches
        self.together = effort.together

    def __call__(self, turns: Sequence[int], *, stopped: Callable[[], bool] = bool) -> list[Look]:
        """Look at turns, counted from 0, side by side; fewer if it was stopped."""
        study = self._study
        askings = [
            looking(study, turn, effort=self._effort, teaches=self._teaches) for turn in turns
        ]
        found = dict(together(askings, study.rules, study.seed, stopped=stopped))
        return [found[place] for place in sorted(found)]


class Lanes:
    """Hands groups of turns to whoever is free; leaving the context ends the work."""

    def __init__(self, work: Work, side: Side | None) -> None:
        """Both places wait for groups at first.

        Args:
            work: what looks at turns.
            side: the second process; None where there is none.
        """
        self._work, self._side = work, side
        self._given = False
        self._stopped = Event()
        self._free: SimpleQueue[_Lane] = SimpleQueue()
        self._pool = ThreadPoolExecutor(2)
        if side is not None:
            self._free.put(self._there)

    def __enter__(self) -> Self:
        """Nothing begins yet."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        """What is being worked on here ends at the next pause."""
        self._stopped.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def first(self, task: Callable[[], _Found]) -> Future[_Found]:
        """Do something here before any turn is looked at here; called once."""

        def done() -> _Found:
            try:
                return task()
            finally:
                self._free.put(self._here)

        return self._pool.submit(done)

    def looks(self, turns: Sequence[int]) -> Iterator[Look]:
        """Close looks at turns in their order, a group of them at a time."""
        jobs = [
            self._pool.submit(self._looked, group) for group in groups(turns, self._work.together)
        ]
        for job in jobs:
            yield from job.result()

    def _looked(self, group: Sequence[int]) -> list[Look]:
        """A group looked at by whoever is free; a process that has ended is done without."""
        lane = self._free.get()
        try:
            found = lane(group)
        except (OSError, EOFError):
            lane = self._here
            found = lane(group)
        self._free.put(lane)
        return found

    def _here(self, group: Sequence[int]) -> list[Look]:
        return self._work(group, stopped=self._stopped.is_set)

    def _there(self, group: Sequence[int]) -> list[Look]:
        assert self._side is not None
        if not self._given:
            self._side.give(self._work)
            self._given = True
        return self._side.look(group)


def groups(turns: Sequence[int], most: int) -> list[Sequence[int]]:
    """Turns in their order, cut into a small group for the first news and then ever smaller ones.

    Each holds half of what is left: large ones because many turns are played faster side by side,
    small ones at the end so that no process waits long for the other (guided self-scheduling,
    Polychronopoulos & Kuck 1987).
    """
    found, begin = [turns[: min(FIRST, most)]], min(FIRST, most)
    while begin < len(turns):
        half = -(-(len(turns) - begin) // 2)
        end = begin + min(max(half, FIRST), most)
        found.append(turns[begin:end])
        begin = end
    return found
