"""Labels with the benefit of the doubt, weights and accuracy."""

import numpy as np
import pytest

from sim.lab.review.grading import (
    Spread,
    accuracy,
    adjusted,
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


def test_more_games_are_wanted_where_they_may_bring_another_label() -> None:
    """A label changes above its limit: by the doubt that is left when all games are played."""
    most = 100  # as many as `lost` was told from, so that its error is what is left
    assert unsure(lost(18.0, 2.0), STAKE, most=most)
    assert graded(lost(18.0, 2.0), STAKE)[0] != graded(lost(19.0, 2.0), STAKE)[0]
    assert not unsure(lost(15.0, 2.0), STAKE, most=most)
    assert unsure(lost(15.0, 2.0), STAKE, most=400)  # with more games its limit lies lower
    assert not unsure(lost(25.0, 2.0), STAKE, most=most)
    assert not unsure(lost(200.0, 30.0), STAKE, most=most)


def test_known_chance_is_weighed_as_the_games_show_and_the_mean_stays() -> None:
    chance = np.random.default_rng(3)
    bias, errors = [], []
    for _ in range(200):
        known = chance.normal(0.0, 1.0, size=(64, 3))
        values = 2.0 + 3.0 * known[:, 0] - known[:, 1] + chance.normal(0.0, 0.5, size=64)
        found, plain = adjusted(values, known), spread(values)
        bias.append((found.mean - 2.0) / found.error)
        errors.append(found.error / plain.error)
    assert abs(float(np.mean(bias))) < 3.0 * float(np.std(bias)) / len(bias) ** 0.5
    assert float(np.std(bias)) == pytest.approx(1.0, abs=0.2)  # errors are told as they are
    assert float(np.median(errors)) < 0.3


def test_chance_that_says_nothing_changes_nothing() -> None:
    values = np.random.default_rng(4).normal(1.0, 1.0, size=64)
    same = np.repeat(np.random.default_rng(5).normal(0.0, 1.0, size=(64, 1)), 2, axis=1)
    assert adjusted(values, np.zeros((64, 2))) == spread(values)
    assert adjusted(values, same).mean == adjusted(values, same[:, :1]).mean
    assert adjusted(values[:8], same[:8]) == spread(values[:8])


def test_accuracy_halves_with_every_half_of_a_stake() -> None:
    assert accuracy(0.0) == 100.0
    assert accuracy(50.0) == pytest.approx(50.0)
    assert accuracy(100.0) == pytest.approx(25.0)


def test_weights_have_limits() -> None:
    assert weight(0.0, STAKE) == 0.25
    assert weight(STAKE, STAKE) == 1.0
    assert weight(9.0 * STAKE, STAKE) == 2.0


def test_what_has_never_happened_is_not_weighed() -> None:
    """Its mean is nought with the one game in a million in which it happens."""
    draws = np.random.default_rng(6)
    values = draws.normal(1.0, 1.0, size=64)
    rare = -1e-6 * (1.0 + 0.1 * draws.uniform(size=(64, 1)))
    assert adjusted(values, rare) == spread(values)


def test_ranges_hold_the_mean_in_nine_cases_of_ten() -> None:
    values = np.random.default_rng(1).normal(3.0, 2.0, size=(2000, 50))
    held = sum(each.low <= 3.0 <= each.high for each in (spread(row).estimate() for row in values))
    assert held / 2000 == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize(("value", "share"), [(0.0, 0.5), (1.0, 0.841345), (-1.959964, 0.025)])
def test_shares_of_a_normal_population(value: float, share: float) -> None:
    assert below(value) == pytest.approx(share, abs=1e-6)
