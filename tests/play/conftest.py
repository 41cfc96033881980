"""The smallest scenario, ready to be played."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from sim.play.case import Case, open_case
from sim.play.session import Session

TINY = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"


@cache
def _tiny() -> Case:
    return open_case(TINY)


@pytest.fixture
def tiny() -> Case:
    return _tiny()


@pytest.fixture
def session(tiny: Case) -> Session:
    """A new game of the smallest scenario, saved in the home of the test; its grade is 50."""
    return Session.new(tiny, 5, "en", grader=lambda _case, _score: 50.0, clock=lambda: 0.0)


@pytest.fixture
def resume() -> Callable[[Session], Session]:
    """Brings a session back from its file, with a clock that stands still."""

    def back(session: Session) -> Session:
        assert session.path is not None
        return Session.resume(session.path, grader=lambda _case, _score: 50.0, clock=lambda: 0.0)

    return back


@pytest.fixture
def telling(tmp_path: Path) -> Case:
    """The smallest scenario, in which listening tells what is needed."""
    text = TINY.read_text(encoding="utf-8")
    told = text.replace(
        "effect: {listening: 1}", "effect: {listening: 1}\n        reveal: {need: 40%}"
    )
    assert told != text
    path = tmp_path / "telling.yaml"
    path.write_text(told, encoding="utf-8")
    return open_case(path)
