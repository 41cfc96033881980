"""What a survey told, and where a complaint began, stand in the customer's file."""

from pathlib import Path

import numpy as np
import pytest

from sim.engine.rules import TOUCHPOINTS
from sim.engine.state import State, changed
from sim.play.session import Session
from sim.view.build import build_customer

EVERYTHING = Path(__file__).parents[1] / "engine" / "everything.yaml"


def matters(lang: str, customer: str, **values: object) -> tuple[str, ...]:
    """What is going on with a customer in a state changed for that."""
    session = Session.new(EVERYTHING, 5, saved=False)
    state: State = session.state
    session._states[-1] = changed(state, **values)
    return build_customer(session, lang, customer).matters


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "72 of 100; would buy again; would not recommend us"),
        ("zh", "72 分（满分 100）；会再买；不愿推荐"),
    ],
)
def test_the_answers_to_a_survey_are_told(lang: str, told: str) -> None:
    state = Session.new(EVERYTHING, 5, saved=False).state
    shape = state.status.shape
    answers = np.broadcast_to([72.0, 1.0, 0.0], (*shape, 3))
    lines = matters(lang, "ada", survey=answers, survey_turn=np.ones(shape))
    assert any(told in line for line in lines)
    assert not any(told in line for line in matters(lang, "ada", survey=answers))


def test_a_complaint_tells_where_it_began() -> None:
    state = Session.new(EVERYTHING, 5, saved=False).state
    place = np.full(state.status.shape, 1 + TOUCHPOINTS.index("delivery"))
    assert any("Delivery and trial" in line for line in matters("en", "ben", touchpoint=place))
    assert not any("Delivery" in line for line in matters("en", "dora", touchpoint=place))
