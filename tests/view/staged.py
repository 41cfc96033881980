"""Reviews in the place of another process: their news come step by step, numbers are invented."""

from dataclasses import dataclass, field

from sim.errors import SimError
from sim.game import TurnRecord
from sim.lab.review.model import Evaluation, Label
from sim.play.reviewing import Answer, Reviewing
from tests.view.made_up import around, made_up_review


def judged(solved: bool, *, label: Label) -> Evaluation:
    """What a changed plan was worth."""
    loss = around(0.1 if solved else 1.2, 0.05)
    share = 7.0 if solved else 86.0
    return Evaluation(
        value=around(60.0, 0.2), loss=loss, loss_share=share, label=label, solved=solved
    )


@dataclass
class Staged:
    """What the other process would have told, step by step.

    Attributes:
        steps: How many turns are refined at each step; None: nothing new.
        later: The steps after it was begun again.
        answers: What will be said of the plans that are asked about.
        asked: The plans that were asked about.
        closed: How often a review was closed.
        deepened: The turns that were to be looked at more closely, each time.
    """

    steps: list[int | None] = field(default_factory=lambda: [1000])
    later: list[int | None] = field(default_factory=list)
    answers: list[Evaluation | SimError] = field(default_factory=list)
    asked: list[TurnRecord] = field(default_factory=list)
    closed: int = 0
    deepened: list[tuple[int, ...]] = field(default_factory=list)


class StagedReviewing(Reviewing):
    """Staged news in the place of the other process."""

    stage = Staged()

    @property
    def working(self) -> bool:
        """As long as there are steps to come."""
        return self.done < 1.0 and bool(self.stage.steps)

    @property
    def busy(self) -> bool:
        """As long as there are steps to come, or a plan is asked about."""
        return self._asked is not None or self.working

    def start(self) -> None:
        """The first step."""
        self.stage.steps = self.stage.steps or self.stage.later
        self._step()

    def deepen(self, turns: tuple[int, ...] = ()) -> None:
        """What was wanted is noted; the steps are those that come later."""
        self.stage.deepened.append(turns)
        self.tier, self.turns, self.done = "deep", turns, 0.0
        self.stage.steps = list(self.stage.later)

    def poll(self) -> bool:
        """An answer, or the next step."""
        if self._asked is None or not self.stage.answers:
            return self._step()
        told, (turn, plan) = self.stage.answers.pop(0), self._asked
        found = told if isinstance(told, Evaluation) else None
        self.answer = Answer(turn, plan, found, told if isinstance(told, SimError) else None)
        self._asked = None
        return True

    def _step(self) -> bool:
        refined = self.stage.steps.pop(0) if self.stage.steps and self.done < 1.0 else None
        if refined is None:
            return False
        known = {"deep": refined} if self.tier == "deep" else {"refined": refined}
        self.review = made_up_review(self.case, self.record, **known)
        self.done = min(1.0, (1 + refined) / (1 + len(self.record.turns)))
        return True

    def ask(self, turn: int, plan: TurnRecord) -> None:
        """Remembers what was asked."""
        self.stage.asked.append(plan)
        self.answer, self._asked = None, (turn, plan)

    def unask(self) -> None:
        """No answer to the last question."""
        self._asked = None

    def cancel(self) -> None:
        """No more steps."""
        self.stage.steps = []
        self._asked = None

    def close(self) -> None:
        """Counted."""
        self.stage.closed += 1
