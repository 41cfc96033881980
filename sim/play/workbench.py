"""Where every save of a scenario is looked at, in a process of its own.

    Workbench(file, tell).turn()      one look at the clock of the files, and what follows from it

A save is looked at once its files have come to rest, and again if they have changed meanwhile, so
that a half-written file is not taken for a mistake. First it is told what is wrong, then what there
is to see, at last how bots play it; a new save overtakes whatever is still being worked out.
"""

import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from sim.errors import ScenarioError
from sim.play.case import case_of_loaded
from sim.play.outline import outline_of
from sim.play.trials import BOTS, played
from sim.play.watching import Stamp, files_of, stamp
from sim.play.workshop_news import Checked, Failed, News, Staged, Tried, counted, told
from sim.scenario.editors import renew
from sim.scenario.library import forget_library, load_library
from sim.scenario.load import Inspection, inspect_scenario
from sim.scenario.schema_ids import Ids, ids_of
from sim.scenario.source import Source, read

PAUSE = 0.1  # seconds between two looks at the files, and that they must have rested
MOST_OVERTAKEN = 5  # so often a look is given up because its files changed meanwhile

Tell = Callable[[News], None]


class OvertakenError(Exception):
    """The files have changed while they were being worked on."""


class Workbench:
    """The looks at one scenario, save by save.

    Attributes:
        seed: Of the bots' games.
    """

    def __init__(
        self, file: Path, tell: Tell, *, seed: int = 1, bots: Sequence[str] = BOTS
    ) -> None:
        """Begins with the files as they are.

        Args:
            file: The scenario's; it need not exist yet.
            tell: Called with all that is found.
            seed: Of the bots' games.
            bots: Who plays.
        """
        self._file, self._tell = file, tell
        self.seed, self._bots = seed, tuple(bots)
        self._looked: Stamp | None = None  # the files as they were last looked at
        self._before = self._now()  # the files at the last turn
        self._save, self._overtaken = 0, 0
        self._staged: Staged | None = None
        self._ids: Ids | None = None  # that the author's editor offers
        self._to_play: list[str] = []

    def turn(self) -> None:
        """Looks at a save that has come to rest, or else lets the next bot play."""
        now = self._now()
        rests, self._before = now == self._before, now
        if now != self._looked:
            if rests:
                self._look(now)
        elif self._to_play:
            self._play()

    def sow(self, seed: int) -> None:
        """Lets the bots play with other luck."""
        self.seed = seed
        self._to_play = list(self._bots) if self._staged else []

    def _now(self) -> Stamp:
        return stamp(files_of(self._file))

    def _look(self, now: Stamp) -> None:
        begun = time.perf_counter()
        if self._looked is not None and now[2:] != self._looked[2:]:
            forget_library()
        try:
            found = _inspected(self._file)
            if self._changed_since(now):
                return
            self._looked, self._overtaken = now, 0
            self._save += 1
            self._tell(_checked(found, now, self._save, time.perf_counter() - begun))
            self._stage(found, now)
            self._offer(found)
        except OvertakenError:
            return
        except Exception as failure:  # noqa: BLE001 -- the next save deserves a look all the same
            self._looked = now
            self._tell(Failed(self._save, type(failure).__name__))

    def _changed_since(self, stamp_: Stamp) -> bool:
        """Whether a look came to nothing; somebody who never pauses is told all the same."""
        changed = self._now() != stamp_ and self._overtaken < MOST_OVERTAKEN
        self._overtaken += changed
        return changed

    def _stage(self, found: Inspection, now: Stamp) -> None:
        if found.loaded is None:
            return
        case = case_of_loaded(found.loaded)
        self._heed()
        self._staged = Staged(self._save, _written(now), case, outline_of(found.loaded))
        self._to_play = list(self._bots)
        self._tell(self._staged)

    def _offer(self, found: Inspection) -> None:
        """Brings the schema of the author's editor up to date, if there are other ids to offer."""
        try:
            ids = ids_of(found.source.data, load_library())
        except ScenarioError:  # a mistake in the library, which has been told
            return
        if ids != self._ids:
            self._ids = ids
            renew(self._file, found.source.data)

    def _play(self) -> None:
        assert self._staged is not None
        bot = self._to_play[0]
        try:
            trial = played(self._staged.case, bot, seed=self.seed, heed=self._heed)
        except OvertakenError:
            return
        except Exception as failure:  # noqa: BLE001 -- as above
            self._to_play.clear()
            self._tell(Failed(self._staged.save, type(failure).__name__))
            return
        self._to_play.pop(0)
        self._tell(Tried(self._staged.save, trial))

    def _heed(self) -> None:
        if self._now() != self._looked:
            raise OvertakenError


def _inspected(file: Path) -> Inspection:
    """What is found in a file, or in the library that it needs."""
    try:
        return inspect_scenario(file)
    except ScenarioError as error:  # a mistake in the library
        return Inspection(Source(str(file)), error.problems)


def _checked(found: Inspection, now: Stamp, save: int, seconds: float) -> Checked:
    def lines_of(path: str) -> Sequence[str]:
        return found.source.lines if path == found.source.path else read(path).lines

    return Checked(
        save, _written(now), seconds, told(found.problems, lines_of), counted(found.problems)
    )


def _written(now: Stamp) -> float:
    """When the scenario's own files were written last, seconds of the epoch; 0 for never."""
    return max((mark[0] / 1e9 for _, mark in now[:2] if mark is not None), default=0.0)


def work(pipe: Connection, file: str, seed: int) -> None:
    """In the other process: looks at every save until whoever asked has gone."""
    bench = Workbench(Path(file), pipe.send, seed=seed)
    while True:
        bench.turn()
        if pipe.poll(PAUSE):
            bench.sow(int(pipe.recv()))
