"""What each concept has cost: a share of the loss, and how sure it is."""

import numpy as np
import pytest

from sim.lab.review.concepts import shared_loss
from sim.lab.review.explain import Teaches
from sim.lab.review.grading import Spread, spread
from sim.lab.review.model import Change, Choice, Estimate

TEACHES: Teaches = {"call": ("retention",), "offer": ("price", "value")}
LOSS = 6.0  # score points: four of the call, two of the offer
GAMES, TIMES = 40, 100


def change(action: str | None, gain: float) -> Change:
    return Change(
        kind="omission",
        before=None,
        after=None if action is None else Choice(action=action),
        gain=Estimate(value=gain, low=gain, high=gain, games=GAMES),
        components={},
        concepts=TEACHES.get(action or "", ()),
    )


def shared(seed: int) -> dict[str, Estimate]:
    """What games of two changes come to; one more change has no concept."""
    chance = np.random.default_rng(seed)
    call = chance.normal(4.0, 6.0, GAMES)
    offer = chance.normal(2.0, 4.0, GAMES) + 0.3 * (call - 4.0)
    loss = spread(chance.normal(LOSS, 8.0, 4 * GAMES))
    told = [
        (change("call", float(call.mean())), call),
        (change("offer", float(offer.mean())), offer),
        (change(None, 1.0), np.ones(GAMES)),
    ]
    return shared_loss(loss, told)


def test_a_loss_is_shared_out_whole_over_the_concepts_of_its_changes() -> None:
    chance = np.random.default_rng(1)
    gains = chance.normal(2.0, 1.0, GAMES)
    told = [(change("offer", float(gains.mean())), gains)]
    found = shared_loss(Spread(LOSS, 0.5, 100), told)
    assert list(found) == ["price", "value"]
    assert sum(each.value for each in found.values()) == pytest.approx(LOSS)


def test_ranges_hold_the_share_in_about_nine_cases_of_ten() -> None:
    held = [0, 0]
    for seed in range(TIMES):
        found = shared(seed)
        held[0] += found["retention"].low <= 4.0 <= found["retention"].high
        held[1] += found["price"].low <= 1.0 <= found["price"].high
    for each in held:
        assert each / TIMES == pytest.approx(0.9, abs=0.08)


def test_no_loss_and_no_concept_cost_nothing() -> None:
    gains = np.ones(GAMES)
    assert shared_loss(Spread(0.0, 0.5, 100), [(change("call", 1.0), gains)]) == {}
    assert shared_loss(Spread(LOSS, 0.5, 100), [(change(None, 1.0), gains)]) == {}
    assert shared_loss(Spread(LOSS, 0.5, 100), []) == {}
