"""Reviews and verdicts that are there when a test says so, for pages that wait for one."""

from functools import cache
from typing import Any, ClassVar

from sim.game import GameRecord, TurnRecord
from sim.lab.pars import Pars, _entry, _write
from sim.lab.review.model import Estimate, Evaluation, Review
from sim.lab.review.review import review
from sim.play.case import open_case, pars_dir
from sim.play.reviewing import Answer, Reviewing


@cache
def _reviewed(game: str) -> Review:
    record, case = GameRecord.model_validate_json(game), open_case("first-day")
    _write(_entry(case.fingerprint, pars_dir()), Pars(nothing=40.0, expert=60.0, error=0.1))
    first, *_ = review(
        case.rules, record, fingerprint=case.fingerprint, tier="instant", cache=pars_dir()
    )
    return first.review


class AtOnce(Reviewing):
    """A review of a game of the first day, made once for all who played alike."""

    def start(self) -> None:
        """Makes it here."""
        bare = self.record.model_copy(update={"pseudonym": None})
        turns = tuple(turn.model_copy(update={"notes": {}}) for turn in bare.turns)
        self.review = _reviewed(bare.model_copy(update={"turns": turns}).model_dump_json())


class Judge:
    """Finds a plan good that does something; answers when the test says so."""

    ready: ClassVar[bool] = True

    def __init__(self, case: Any, record: Any) -> None:
        del case, record
        self.answer: Answer | None = None

    def ask(self, turn: int, plan: TurnRecord) -> None:
        """Begins."""
        self._asked = (turn, plan)

    def poll(self) -> bool:
        """Answers."""
        turn, plan = self._asked
        share = 5.0 if plan.choices else 60.0
        exact = Estimate(value=share, low=share, high=share, games=8)
        if self.ready:
            self.answer = Answer(
                turn,
                plan,
                Evaluation(
                    value=exact,
                    loss=exact,
                    loss_share=share,
                    label="good" if plan.choices else "mistake",
                    solved=bool(plan.choices),
                ),
            )
        return self.ready

    def close(self) -> None:
        """Ends."""
