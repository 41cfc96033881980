"""The review of a game, worked out in another process and kept beside the saves.

    reviewing = Reviewing(case, record)
    reviewing.poll()        True when there is something new: done, review, answer, problem
    reviewing.ask(3, plan)  how good a changed plan of turn 3 is; `answer` tells
    reviewing.close()       gives up what is still being worked out

What grows with the game goes through a file, so that asking for news never waits for it.
"""

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sim.engine.step import RULES_VERSION
from sim.errors import SaveError, SimError
from sim.game import GameRecord, TurnRecord, from_json, to_json
from sim.lab.policies import POLICY_VERSION
from sim.lab.review import model
from sim.lab.review.model import FORMAT, Evaluation, Review, Tier
from sim.lab.review.review import evaluate, review
from sim.play import saves
from sim.play.background import Job
from sim.play.case import Case, open_case, pars_dir

_PART = ".part"
_STALE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class _Order:
    """What the other process needs."""

    scenario: Path
    library: Path
    game: str
    tier: Tier
    kept: Path  # the finished review
    part: Path  # what there is of it so far
    wanted: bool  # whether the review itself is still to be made
    only: tuple[int, ...]  # the turns to look at closely; empty: all


@dataclass(frozen=True)
class Answer:
    """How good a changed plan is.

    Attributes:
        turn: Which turn it was for.
        plan: The plan.
        found: Its value; None if it could not be worked out.
        problem: Why not.
    """

    turn: int
    plan: TurnRecord
    found: Evaluation | None
    problem: SimError | None = None


@dataclass
class Reviewing:
    """A review that is being made, or was made before.

    Attributes:
        case: The scenario of the game.
        record: The game.
        tier: How thorough.
        only: The turns to look at closely, from 1; empty: all.
        done: 0..1.
        review: What there is of it so far; None in the first second.
        answer: To the last `ask`; None while it is being worked out.
        problem: Why there will be no more.
    """

    case: Case
    record: GameRecord
    tier: Tier = "standard"
    only: tuple[int, ...] = ()
    done: float = 0.0
    review: Review | None = None
    answer: Answer | None = None
    problem: SimError | None = None
    _job: Job | None = field(default=None, repr=False)
    _asked: tuple[int, TurnRecord] | None = field(default=None, repr=False)
    _number: int = field(default=0, repr=False)  # of what was asked last

    def start(self) -> None:
        """Takes the review that was made before, or begins to make it; may be called again."""
        if self._job is not None or self.done == 1.0:
            return
        self.problem = None
        kept = _read(self._kept)
        if kept is not None:
            self.review, self.done = kept, 1.0
        else:
            self._begin(wanted=True)

    @property
    def busy(self) -> bool:
        """Whether something is being worked out."""
        return self._job is not None and (self.done < 1.0 or self._asked is not None)

    def poll(self) -> bool:
        """Whether there is something new since the last time; never waits."""
        if self._job is None:
            return False
        ended = not self._job.running
        news = [self._take(*message) for message in self._job.messages()]
        if ended and self.busy:
            self._fail(SimError("review/stopped"))
            news.append(True)
        return any(news)

    def ask(self, turn: int, plan: TurnRecord) -> None:
        """Have another plan of a turn judged as the review judged the one that was played.

        Args:
            turn: from 1.
            plan: all of its answers complete.
        """
        self.answer, self._asked, self.problem = None, (turn, plan), None
        if self._job is None or not self._job.running:
            self._end()
            self._begin(wanted=self.done < 1.0)
        assert self._job is not None
        self._number += 1
        self._job.send((self._number, turn, plan.model_dump(mode="json", exclude={"notes"})))

    def cancel(self) -> None:
        """Stops; what has been found so far stays."""
        self._end()
        self._asked = None

    def close(self) -> None:
        """Stops for good, as when the window closes."""
        self.cancel()

    # --- the other process ---

    @property
    def _kept(self) -> Path:
        return kept_at(self.record, self.tier, self.only)

    @property
    def _part(self) -> Path:
        """A file of this window alone: another one may be reviewing the same game."""
        own = f"{os.getpid()}-{id(self):x}"
        return self._kept.with_suffix(f".{own}{_PART}")

    def _begin(self, *, wanted: bool) -> None:
        _sweep()
        order = _Order(
            scenario=self.case.file,
            library=self.case.library,
            game=to_json(saves.ungraded(self.record)),
            tier=self.tier,
            kept=self._kept,
            part=self._part,
            wanted=wanted,
            only=self.only,
        )
        self._job = Job(work, order)

    def _take(self, kind: str, data: Any) -> bool:
        """Takes one message of the other process; returns whether it is news."""
        if kind == "done":
            return self._update(float(data))
        if kind == "failed":
            self._fail(_error(data))
            return True
        return self._answered(kind, data)

    def _update(self, done: float) -> bool:
        found = _read(self._kept if done == 1.0 else self._part)
        if found is None:
            return False  # the next one comes soon
        self.review, self.done = found, done
        return True

    def _answered(self, kind: str, told: Any) -> bool:
        number, data = told
        if self._asked is None or number != self._number:
            return False  # something else has been asked in the meantime
        turn, plan = self._asked
        if kind == "judged":
            self.answer = Answer(turn, plan, Evaluation.model_validate_json(data))
        else:
            self.answer = Answer(turn, plan, None, _error(data))
        self._asked = None
        return True

    def _fail(self, problem: SimError) -> None:
        self._end()
        self.problem = problem
        if self._asked is not None:
            turn, plan = self._asked
            self.answer, self._asked = Answer(turn, plan, None, problem), None

    def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.stop()
            with contextlib.suppress(OSError):
                self._part.unlink(missing_ok=True)


def _error(data: Any) -> SimError:
    code, slots = data
    return SimError(code, **slots)


# --- in the other process ---


def work(pipe: Connection, order: _Order) -> None:
    """Makes the review, telling how far it is, and judges plans as long as anybody asks."""
    try:
        case = open_case(order.scenario, library=order.library)
        record = from_json(order.game)
        for _ in _reviewed(pipe, order, case, record) if order.wanted else ():
            while pipe.poll():
                _judge(pipe, case, record, pipe.recv())
        while True:
            _judge(pipe, case, record, pipe.recv())
    except SimError as error:
        pipe.send(("failed", (error.code, _plain(error))))


def _reviewed(pipe: Connection, order: _Order, case: Case, record: GameRecord) -> Iterator[None]:
    order.kept.parent.mkdir(parents=True, exist_ok=True)
    steps = review(
        case.rules,
        record,
        fingerprint=case.fingerprint,
        tier=order.tier,
        script=case.script,
        cache=pars_dir(),
        turns=order.only or None,
    )
    for step in steps:
        whole = step.done == 1.0
        try:
            content = model.to_json(step.review).encode()
            saves.replace(order.kept if whole else order.part, content)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SaveError("save/cannot-write", path=str(order.kept), reason=reason) from error
        pipe.send(("done", step.done))
        yield


def _judge(pipe: Connection, case: Case, record: GameRecord, asked: Any) -> None:
    number, turn, plan = asked
    try:
        made = TurnRecord.model_validate(plan)
        found = evaluate(
            case.rules, record, turn, made, fingerprint=case.fingerprint, cache=pars_dir()
        )
    except SimError as error:
        pipe.send(("refused", (number, (error.code, _plain(error)))))
    else:
        pipe.send(("judged", (number, found.model_dump_json())))


def _plain(error: SimError) -> dict[str, Any]:
    """The data of an error without what cannot be sent."""
    return {name: json.loads(json.dumps(value, default=str)) for name, value in error.data.items()}


# --- what is kept ---


def reviews_dir() -> Path:
    """Where finished reviews are kept; not created here."""
    return saves.saves_dir() / "reviews"


def kept_at(record: GameRecord, tier: Tier, only: tuple[int, ...] = ()) -> Path:
    """The file of a finished review: of this very game, these rules and these policies.

    Args:
        record: the game.
        tier: how thorough it is.
        only: the turns that it looks at closely; empty: all.
    """
    turns = "".join(f"-t{turn}" for turn in only)
    versions = f"r{RULES_VERSION}-p{POLICY_VERSION}-v{FORMAT}-{tier}{turns}"
    return (
        reviews_dir() / f"{saves.identity(record)[:32]}-{record.fingerprint[:16]}-{versions}.json"
    )


def kept_review(record: GameRecord) -> Review | None:
    """The most thorough review of a game that was made before; at once."""
    tiers: tuple[Tier, ...] = ("deep", "standard", "instant")
    found = (_read(kept_at(record, tier)) for tier in tiers)
    return next((each for each in found if each is not None), None)


def delete(path: Path) -> None:
    """Remove a game for good, and its reviews with it.

    Raises:
        SaveError: as `saves.delete`.
    """
    identity = ""
    with contextlib.suppress(SaveError):  # a damaged game can be deleted, too
        identity = saves.identity(saves.read(path))[:32]
    saves.delete(path)
    for kept in reviews_dir().glob(f"{identity}-*") if identity else ():
        with contextlib.suppress(OSError):
            kept.unlink()


def _read(path: Path) -> Review | None:
    try:
        return model.from_json(path.read_bytes())
    except (OSError, ValueError):  # not there, or of another program: it is made anew
        return None


def _sweep() -> None:
    """Removes what windows that were killed have left."""
    for path in (*reviews_dir().glob(f"*{_PART}"), *reviews_dir().glob(".*.tmp")):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                path.unlink()
