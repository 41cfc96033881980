"""Of a group that left, the report says how many came back; of one customer, that it did."""

import pytest

from sim.play.session import Session
from sim.view.customer import happenings
from sim.view.lens import Lens


@pytest.mark.parametrize(("lang", "words"), [("en", "of 260 came back"), ("zh", "260 位里回来了")])
def test_of_a_group_that_left_it_is_told_how_many_came_back(lang: str, words: str) -> None:
    session = Session.new("second-lifetimes", 7, saved=False)
    session.act("copper_lane", "plan_that_fits")
    turn = session.end_turn()
    lens = Lens(lang, session.rules, session.script, session.observation, session.reports)
    row = lens.index("copper_lane")
    told = happenings(lens, turn, row)
    assert len(told) == 1
    assert words in told[0]
    assert f"{turn.after.size[0, row]:.0f}" in told[0]
