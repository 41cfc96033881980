"""The scenarios of the rooms, each loaded once, and what plays them."""

import threading
from contextlib import suppress
from pathlib import Path

from sim.classroom.state import Room
from sim.classroom.turns import Engine
from sim.engine.step import RULES_VERSION
from sim.errors import SimError
from sim.game import FORMAT, GameRecord
from sim.play import saves
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
            threading.Thread(target=_work_out_pars, args=(known,), daemon=True).start()
        return known

    def engine(self, room: Room) -> Engine:
        """What plays the games of a room.

        Raises:
            SaveError: the scenario has changed and there is no copy, see `saves.case_of`.
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
            self._cases[room.fingerprint] = saves.case_of(_game_of(room))
        return self._cases[room.fingerprint]


def _work_out_pars(case: Case) -> None:
    """Seconds of work, once for a scenario; whoever needs a grade before will do it, too."""
    with suppress(SimError, OSError):
        grade_of(case, 0.0)


def _game_of(room: Room) -> GameRecord:
    """A game of the room of which nothing has been played; it names the scenario."""
    return GameRecord(
        format=FORMAT,
        rules_version=RULES_VERSION,
        policy_version=0,
        scenario=room.scenario,
        fingerprint=room.fingerprint,
        seed=room.seed,
    )
