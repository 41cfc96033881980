"""Labels with the benefit of the doubt, weights and accuracy."""

import numpy as np
import pytest

from sim.lab.review.grading import (
    Spread,
    accuracy,
    below,
    graded,
    label_of,
    spread,
    unsure,
    weight,
)

STAKE = 2.0  # score points of an average turn


def lost(share: float, error: float = 0.0) -> Spread:
    """A loss of so many per cent of a turn's stake, with an error in per cent."""
    return Spread(share * STAKE / 100.0, error * STAKE / 100.0, 100)


@pytest.mark.parametrize(
    ("share", "label"),
    [
        (0.0, "best"),
        (5.0, "best"),
        (5.1, "good"),
        (15.0, "good"),
        (15.1, "inaccuracy"),
        (35.1, "mistake"),
        (70.0, "mistake"),
        (70.1, "blunder"),
    ],
)
def test_limits(share: float, label: str) -> None:
    assert label_of(share) == label


def test_doubt_makes_a_label_one_class_milder_at_most() -> None:
    assert graded(lost(40.0, 1.0), STAKE) == ("mistake", None)
    assert graded(lost(36.0, 2.0), STAKE) == ("inaccuracy", "mistake")
    assert graded(lost(80.0, 60.0), STAKE) == ("mistake", "blunder")
    assert graded(lost(-9.0, 1.0), STAKE) == ("best", None)


def test_the_neighbour_is_told_where_the_range_allows_it() -> None:
    assert graded(lost(14.0, 2.0), STAKE) == ("good", "inaccuracy")
    assert graded(lost(30.0, 1.0), STAKE) == ("inaccuracy", None)


def test_more_games_are_wanted_while_a_limit_is_within_the_range() -> None:
    assert unsure(lost(14.0, 2.0), STAKE)
    assert not unsure(lost(25.0, 2.0), STAKE)
    assert not unsure(lost(20.0, 2.0), STAKE)
    assert not unsure(lost(200.0, 30.0), STAKE)


def test_accuracy_halves_with_every_half_of_a_stake() -> None:
    assert accuracy(0.0) == 100.0
    assert accuracy(50.0) == pytest.approx(50.0)
    assert accuracy(100.0) == pytest.approx(25.0)


def test_weights_have_limits() -> None:
    assert weight(0.0, STAKE) == 0.25
    assert weight(STAKE, STAKE) == 1.0
    assert weight(9.0 * STAKE, STAKE) == 2.0


def test_ranges_hold_the_mean_in_nine_cases_of_ten() -> None:
    values = np.random.default_rng(1).normal(3.0, 2.0, size=(2000, 50))
    held = sum(each.low <= 3.0 <= each.high for each in (spread(row).estimate() for row in values))
    assert held / 2000 == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize(("value", "share"), [(0.0, 0.5), (1.0, 0.841345), (-1.959964, 0.025)])
def test_shares_of_a_normal_population(value: float, share: float) -> None:
    assert below(value) == pytest.approx(share, abs=1e-6)
