"""The review of a game, worked out in another process and kept beside the saves.

    reviewing = Reviewing(case, record, show=views)
    reviewing.start()           takes what was made before, and goes on with the rest
    reviewing.poll()            True when there is something new: done, review, answer, problem
    reviewing.deepen()          looks at all turns more thoroughly; `deepen((3,))` at one of them
    reviewing.cancel()          stops; `start` goes on from there
    reviewing.ask(3, plan)      how good a changed plan of turn 3 is; `answer` tells
    reviewing.unask()           never mind

The review is made turn by turn and kept after each; nothing that has been found is found again.
"""

import contextlib
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import SimError
from sim.game import GameRecord, TurnRecord, to_json
from sim.lab.review import model
from sim.lab.review.model import Evaluation, Review, Tier
from sim.play import kept, review_work, saves
from sim.play.background import Job
from sim.play.case import Case
from sim.play.review_work import Order, Show


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
        show: Makes in the other process what is shown of the review; None: nothing.
        tier: How thorough it is to be.
        turns: The turns to look at so, from 1; empty: all.
        done: 0..1, of what is wanted.
        review: What there is so far; None in the first second.
        answer: To the last `ask`; None while it is being worked out.
        problem: Why there will be no more.
    """

    case: Case
    record: GameRecord
    show: Show | None = None
    tier: Tier = "standard"
    turns: tuple[int, ...] = ()
    done: float = 0.0
    review: Review | None = None
    answer: Answer | None = None
    problem: SimError | None = None
    _shown: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    _job: Job | None = field(default=None, repr=False)
    _part: Path | None = field(default=None, repr=False)  # where its news are
    _judge: Job | None = field(default=None, repr=False)
    _asked: tuple[int, TurnRecord] | None = field(default=None, repr=False)
    _number: int = field(default=0, repr=False)  # of what was asked last

    def start(self) -> None:
        """Takes what was made before, and goes on with what is missing; may be called again."""
        if self.working or self.done == 1.0:
            return
        self.problem = None
        if self.review is None:
            self.review = kept.kept_review(self.record)
        if self.review is not None and self._missing(self.review) == 0:
            self.done = 1.0
        else:
            self._begin()

    def deepen(self, turns: tuple[int, ...] = ()) -> None:
        """Looks more thoroughly; what has been found so far stands until then.

        Args:
            turns: which, from 1; empty: all.
        """
        self._end()
        self.tier, self.turns, self.done = "deep", turns, 0.0
        self.start()

    def _missing(self, review: Review) -> int:
        """How many turns are still to be looked at."""
        wanted = set(self.turns) or {turn.turn for turn in review.turns}
        return len(wanted - kept.looked_at(review, self.tier))

    @property
    def working(self) -> bool:
        """Whether the review is being worked out."""
        return self._job is not None and self.done < 1.0

    @property
    def busy(self) -> bool:
        """Whether anything is being worked out."""
        return self.working or self._asked is not None

    def poll(self) -> bool:
        """Whether there is something new since the last time; never waits."""
        news = self._poll_job()
        return self._poll_judge() or news

    def shown(self, lang: str) -> Any:
        """What the other process has made to be shown of the review; None if nothing."""
        packed = self._shown.get(lang)
        return None if packed is None else pickle.loads(packed)  # noqa: S301 - see `take`

    def ask(self, turn: int, plan: TurnRecord) -> None:
        """Have another plan of a turn judged as the review judged the one that was played.

        The process that does it stays, and goes on with another game if `case` and `record` have
        become those of another.

        Args:
            turn: from 1.
            plan: all of its answers complete.
        """
        self.answer, self._asked, self.problem = None, (turn, plan), None
        if self._judge is None or not self._judge.running:
            self._dismiss()
            self._judge = Job(review_work.judge)
        self._number += 1
        asked = plan.model_dump(mode="json", exclude={"notes"})
        self._judge.send((self._number, self._order(), turn, asked))

    def unask(self) -> None:
        """The plan that was asked about need not be judged any more; the review goes on."""
        self._dismiss()
        self._asked = None

    def cancel(self) -> None:
        """Stops; what has been found so far stays."""
        self._end()
        self.unask()

    def close(self) -> None:
        """Stops for good, as when the window closes."""
        self.cancel()

    # --- the process that makes the review ---

    def _order(self) -> Order:
        """The file for the news is of this window alone: another may be reviewing the same game."""
        own = f".{os.getpid()}-{id(self):x}{kept.PART}"
        return Order(
            scenario=self.case.file,
            library=self.case.library,
            game=to_json(saves.ungraded(self.record)),
            tier=self.tier,
            turns=self.turns,
            part=kept.kept_at(self.record, self.tier).with_suffix(own),
            show=self.show,
        )

    def _begin(self) -> None:
        kept.sweep()
        self._end()
        order = self._order()
        self._job, self._part = Job(review_work.make, order), order.part

    def _poll_job(self) -> bool:
        if self._job is None:
            return False
        ended = not self._job.running
        messages = self._job.messages()
        news = [self._take(*message) for message in messages]
        if ended and self.working:
            self._fail(SimError("review/stopped"))
            news.append(True)
        return any(news)

    def _take(self, kind: str, data: Any) -> bool:
        """Takes one message; returns whether it is news."""
        if kind == "failed":
            self._fail(_error(data))
            return True
        done, checksum = data
        news = None if self._part is None else review_work.take(self._part, checksum)
        if news is None:
            return False
        self.review, self._shown = model.from_json(news.review), news.shown
        self.done = done
        return True

    def _fail(self, problem: SimError) -> None:
        self._end()
        self.problem = problem

    def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.stop()
        if self._part is not None:
            with contextlib.suppress(OSError):
                self._part.unlink(missing_ok=True)
            self._part = None

    # --- the process that judges plans ---

    def _poll_judge(self) -> bool:
        if self._judge is None:
            return False
        ended = not self._judge.running
        news = [self._answered(*message) for message in self._judge.messages()]
        if ended and self._asked is not None:
            self._give_up(SimError("review/stopped"))
            news.append(True)
        return any(news)

    def _answered(self, kind: str, told: Any) -> bool:
        if kind == "failed":
            self._give_up(_error(told))
            return True
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

    def _give_up(self, problem: SimError) -> None:
        self._dismiss()
        if self._asked is not None:
            turn, plan = self._asked
            self.answer, self._asked = Answer(turn, plan, None, problem), None

    def _dismiss(self) -> None:
        judge, self._judge = self._judge, None
        if judge is not None:
            judge.stop()


def _error(data: Any) -> SimError:
    code, slots = data
    return SimError(code, **slots)
