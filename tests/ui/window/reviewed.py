"""A finished game in front of the window, with a review whose numbers are invented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pygame
import pytest

from sim.errors import SimError
from sim.game import GameRecord, TurnRecord
from sim.lab.review.model import Evaluation, Label, Review
from sim.play import saves
from sim.play.reviewing import Answer, Reviewing
from sim.play.session import Session
from sim.ui.window.app import App
from sim.ui.window.kit.node import Begin, Screen
from sim.ui.window.pages.review import ReviewPage
from sim.ui.window.pages.start import title
from sim.ui.window.pages.title import Title
from tests.ui.window.driver import Driver
from tests.view.made_up import around, case_named, game, made_up_review

SCENARIO = "corner-cafe"


def whole(policy: str = "loudest") -> Session:
    """A finished game of a bot, saved and graded."""
    case, record = case_named(SCENARIO), game(SCENARIO, policy)
    return Session.begin(case, record, grader=lambda *_: 61.0)


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
    """

    steps: list[int | None] = field(default_factory=lambda: [1000])
    later: list[int | None] = field(default_factory=list)
    answers: list[Evaluation | SimError] = field(default_factory=list)
    asked: list[TurnRecord] = field(default_factory=list)
    closed: int = 0


class StagedReviewing(Reviewing):
    """Staged news in the place of the other process."""

    stage = Staged()

    @property
    def busy(self) -> bool:
        """As long as there are steps to come, or a plan is asked about."""
        return self._asked is not None or (self.done < 1.0 and bool(self.stage.steps))

    def start(self) -> None:
        """The first step."""
        self.stage.steps = self.stage.steps or self.stage.later
        self._step()

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
        self.review = reviewed(self.record, refined)
        self.done = min(1.0, (1 + refined) / (1 + len(self.record.turns)))
        return True

    def ask(self, turn: int, plan: TurnRecord) -> None:
        """Remembers what was asked."""
        self.stage.asked.append(plan)
        self.answer, self._asked = None, (turn, plan)

    def cancel(self) -> None:
        """No more steps."""
        self.stage.steps = []
        self._asked = None

    def close(self) -> None:
        """Counted."""
        self.stage.closed += 1


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch) -> Staged:
    """Puts staged news in the place of the other process."""
    stage = Staged()
    monkeypatch.setattr(StagedReviewing, "stage", stage)
    monkeypatch.setattr("sim.ui.window.pages.debrief.Reviewing", StagedReviewing)
    return stage


def reviewed(record: GameRecord, refined: int = 1000) -> Review:
    """The invented review of a game."""
    return made_up_review(case_named(SCENARIO), record, refined=refined)


def first(app: App) -> Screen:
    """The first page."""
    return title(app, seed=7)


def open_review(
    open_window: Callable[..., Driver], session: Session | None = None, **settings: Any
) -> tuple[Driver, ReviewPage]:
    """A window with the review of a game on top of the first page."""
    driver = open_window(first, **settings)
    page = driver.app.stack.top.screen
    assert isinstance(page, Title)
    page.desk.adopt(session or whole())
    driver.app.apply(Begin(page.desk.open_review()))
    driver.send()
    return driver, shown(driver)


def shown(driver: Driver) -> ReviewPage:
    """The review, which must be on top."""
    page = driver.app.stack.top.screen
    assert isinstance(page, ReviewPage)
    return page


def stored(session: Session) -> GameRecord:
    """The game as it is on the disk."""
    assert session.path is not None
    return saves.read(session.path)


def names_with(driver: Driver, start: str) -> Sequence[str]:
    """The controls whose names begin so."""
    return [name for name in driver.names() if name.startswith(start)]


def top(driver: Driver) -> Screen:
    """The screen on top."""
    return driver.app.stack.top.screen


def answer(
    driver: Driver, press: Callable[[Driver, str], None] = Driver.click, turn: int = 4
) -> None:
    """Says which turn mattered most."""
    press(driver, f"ask/{turn}")
    press(driver, "tell")


def back(driver: Driver) -> None:
    """Esc."""
    driver.key(pygame.K_ESCAPE)
