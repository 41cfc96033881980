"""What is known beforehand stands among the news of the turn before."""

from pathlib import Path

import pytest

from sim.engine.state import changed
from sim.play.session import Session
from sim.view.build import build_view

EVERYTHING = Path(__file__).parents[1] / "engine" / "everything.yaml"


@pytest.mark.parametrize(
    ("level", "titles"), [(3.0, ()), (4.0, ("Coming next turn: Next door opens",))]
)
def test_the_study_of_rivals_shows_their_next_move(level: float, titles: tuple[str, ...]) -> None:
    session = Session.new(EVERYTHING, 5, saved=False)
    state = session.state
    session._states[-1] = changed(state, rival_study=state.rival_study + level)
    assert tuple(item.title for item in build_view(session, "en").news) == titles
