"""The scenarios of the rooms, each loaded once, and what plays them."""

import multiprocessing
import threading
from contextlib import suppress
from pathlib import Path

from sim.classroom.state import Room
from sim.classroom.turns import Engine
from sim.errors import SimError
from sim.play import saves
from sim.play.background import LEAST, give_way
from sim.play.case import Case, grade_of, known_pars, open_case


class Cases:
    """Loaded scenarios and engines; safe to use from any thread."""

    def __init__(self, *, prepare: bool = False) -> None:
        self._prepare = prepare
        self._lock = threading.RLock()
        self._cases: dict[str, Case] = {}
        self._engines: dict[str, Engine] = {}

    def open(self, scenario: str | Path) -> Case:
        """A scenario as it is now; a copy is kept, so that rooms outlive its next version.

        Raises:
            ScenarioError: it cannot be found or has errors.
            SaveError: `save/cannot-write`.
        """
        case = open_case(scenario)
        with self._lock:
            known = self._cases.setdefault(case.fingerprint, case)
        saves.keep_case(known)
        if self._prepare and known_pars(known) is None:
            _beside(known)
        return known

    def engine(self, room: Room) -> Engine:
        """What plays the games of a room.

        Raises:
            SaveError: the scenario has changed and there is no copy, see `saves.case_named`.
        """
        with self._lock:
            if room.id not in self._engines:
                self._engines[room.id] = Engine(self._case(room), room.seed)
            return self._engines[room.id]

    def forget(self, room: str) -> None:
        """Let go of a room that is no more."""
        with self._lock:
            self._engines.pop(room, None)

    def _case(self, room: Room) -> Case:
        if room.fingerprint not in self._cases:
            self._cases[room.fingerprint] = saves.case_named(room.scenario, room.fingerprint)
        return self._cases[room.fingerprint]


def _beside(case: Case) -> None:
    """Let a process of its own do the work, so that no class waits for it.

    The class comes first: where it had to share a processor with this, those who join and decide in
    the first seconds of a room would wait twice as long.
    """
    context = multiprocessing.get_context("spawn")
    with suppress(OSError):  # a grade that is not worked out now is when it is asked for
        work = context.Process(target=_work_out_pars, args=(case.file, case.library), daemon=True)
        work.start()
        give_way(work.pid, LEAST)


def _work_out_pars(file: Path, library: Path) -> None:
    """Seconds of work, once for a scenario."""
    with suppress(SimError, OSError, KeyboardInterrupt):
        grade_of(open_case(file, library=library), 0.0)
