"""The reviews of a class's games, worked out in processes beside the server and kept in files.

    valuing = Valuing(case, games)
    valuing.start()
    valuing.poll()       True when there is something new: `done`, `reviews`, `problem`
    valuing.cancel()

A game that has been looked at before costs nothing: not after a restart, nor when a class goes on.
Games in which the same was decided are one game: of those who were absent all the time, say.
"""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sim.classroom.debrief import values
from sim.classroom.debrief.games import ClassGame
from sim.engine.step import RULES_VERSION
from sim.errors import SimError
from sim.game import GameRecord, from_json, to_json
from sim.lab.pars import known, pars
from sim.lab.policies import POLICY_VERSION
from sim.lab.review import model
from sim.lab.review.concepts import teaches_of
from sim.lab.review.model import FORMAT, Review
from sim.play import kept, saves
from sim.play.background import Job
from sim.play.case import Case, open_case, pars_dir
from sim.play.kept import reviews_dir

MOST_LANES = 4  # processes; each holds some hundred megabytes


@dataclass(frozen=True)
class _Order:
    """What a process needs."""

    scenario: Path
    library: Path
    games: tuple[tuple[int, str], ...]  # number and file of each game


@dataclass
class Valuing:
    """The reviews of a class's games, as they come in.

    Attributes:
        case: The scenario of the games.
        games: Of the class; those without a turn have nothing to be reviewed.
        lanes: How many processes at most; None is one for each processor.
        reviews: What there is so far, by number of the game.
        problem: Why there will be no more; None while all is well.
    """

    case: Case
    games: Sequence[ClassGame]
    lanes: int | None = None
    reviews: dict[int, Review] = field(default_factory=dict)
    problem: SimError | None = None
    _jobs: list[Job] = field(default_factory=list, repr=False)
    _alike: dict[Path, list[int]] = field(default_factory=dict, repr=False)

    def start(self) -> None:
        """Takes what is kept, and begins with the rest; may be called again."""
        if self._jobs:
            return
        self.problem = None
        missing = self._missing()
        if not missing:
            return
        if known(self.case.fingerprint, pars_dir()) is None:  # once, not once in each process
            number = 1
        else:
            number = self.lanes or min(os.cpu_count() or 1, MOST_LANES)
        for lane in range(min(number, len(missing))):
            share = missing[lane::number]
            self._jobs.append(Job(work, self._order(share)))

    @property
    def done(self) -> float:
        """How much there is, 0..1."""
        wanted = self._wanted()
        return len(self.reviews) / len(wanted) if wanted else 1.0

    @property
    def busy(self) -> bool:
        """Whether something is being worked out."""
        return bool(self._jobs)

    def poll(self) -> bool:
        """Whether there is something new since the last time; never waits."""
        news = False
        for job in tuple(self._jobs):
            ended = not job.running
            for kind, data in job.messages():
                news = True
                self._heed(job, kind, data)
            if ended and job in self._jobs:
                self._fail(SimError("review/stopped"))
                news = True
        return news

    def cancel(self) -> None:
        """Stops; what has been found so far stays."""
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.stop()

    def _missing(self) -> list[int]:
        """Numbers of the games to be looked at: of those that are alike the first."""
        self._alike = {}
        for number in self._wanted():
            if not self._take(number):
                self._alike.setdefault(kept_at(self.games[number].record), []).append(number)
        return [numbers[0] for numbers in self._alike.values()]

    def _wanted(self) -> list[int]:
        """Numbers of the games with a turn or more."""
        return [number for number, game in enumerate(self.games) if game.record.turns]

    def _heed(self, job: Job, kind: str, data: Any) -> None:
        """Takes a message of a process; one after a failure finds nobody."""
        if job not in self._jobs:
            return
        if kind == "game":
            for number in self._alike[kept_at(self.games[int(data)].record)]:
                self._take(number)
        elif kind == "end":
            self._jobs.remove(job)
            job.stop()
        else:
            code, slots = data
            self._fail(SimError(code, **slots))

    def _fail(self, problem: SimError) -> None:
        self.cancel()
        self.problem = problem

    def _take(self, number: int) -> bool:
        """Takes a review from its file; whether there is one."""
        with contextlib.suppress(OSError, ValueError):  # not there, or of another program
            path = kept_at(self.games[number].record)
            self.reviews[number] = model.from_json(path.read_bytes())
        return number in self.reviews

    def _order(self, share: Sequence[int]) -> _Order:
        files = (to_json(saves.ungraded(self.games[number].record)) for number in share)
        return _Order(self.case.file, self.case.library, tuple(zip(share, files, strict=True)))


def kept_at(record: GameRecord) -> Path:
    """The file of a game's review among those of its class; it names nobody."""
    versions = f"r{RULES_VERSION}-p{POLICY_VERSION}-v{FORMAT}-class{values.GAMES}"
    return (
        reviews_dir() / f"{saves.identity(record)[:32]}-{record.fingerprint[:16]}-{versions}.json"
    )


def kept_review(record: GameRecord) -> Review | None:
    """What the debrief of a class has found out about a game, if that was held; at once."""
    return kept.read(kept_at(record))


def forget(games: Sequence[ClassGame]) -> None:
    """Removes what is kept of these games, as when their room is deleted."""
    for game in games:
        with contextlib.suppress(OSError):
            kept_at(game.record).unlink(missing_ok=True)


def review_now(case: Case, records: Sequence[GameRecord]) -> list[Review]:
    """The reviews of games of one seed in this process, kept for next time.

    Args:
        case: their scenario.
        records: with a turn or more each.

    Raises:
        IllegalChoiceError, SaveError: a game does not replay.
    """
    setting = values.Setting(
        rules=case.rules,
        fingerprint=case.fingerprint,
        par=pars(case.rules, case.fingerprint, pars_dir()),
        teaches=teaches_of(case.script),
        seed=values.class_seed(case.fingerprint, records[0].seed),
    )
    found = values.reviews(setting, records)
    for record, review in zip(records, found, strict=True):
        with contextlib.suppress(OSError):  # it is made again next time
            place = kept_at(record)
            place.parent.mkdir(parents=True, exist_ok=True)
            saves.replace(place, model.to_json(review).encode())
    return found


# --- in the other process ---


def work(pipe: Connection, order: _Order) -> None:
    """Reviews games some at a time, telling of each when its file is there."""
    try:
        case = open_case(order.scenario, library=order.library)
        games = [(number, from_json(text)) for number, text in order.games]
        for some in _batches(games):
            review_now(case, [record for _, record in some])
            for number, _ in some:
                pipe.send(("game", number))
        pipe.send(("end", None))
    except SimError as error:
        pipe.send(
            ("failed", (error.code, {name: str(value) for name, value in error.data.items()}))
        )


def _batches(games: Sequence[tuple[int, GameRecord]]) -> list[list[tuple[int, GameRecord]]]:
    """Games of one seed together, a few at a time."""
    found = []
    for seed in dict.fromkeys(record.seed for _, record in games):
        alike = [each for each in games if each[1].seed == seed]
        found += [
            alike[begin : begin + values.TOGETHER]
            for begin in range(0, len(alike), values.TOGETHER)
        ]
    return found
