"""How the debrief writes numbers, and axes with round marks."""

import pytest

from sim.lab.review.model import Estimate
from sim.view.review_axes import around_zero, axis, scale, turns
from sim.view.review_words import estimate, number, places, signed


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (0.004, "0"),
        (0.314, "0.31"),
        (0.996, "1.0"),
        (3.14, "3.1"),
        (9.97, "10"),
        (31.4, "31"),
        (314.0, "310"),
        (31415.0, "31,000"),
        (-0.314, "−0.31"),
        (-0.001, "0"),
    ],
)
def test_two_significant_digits(value: float, shown: str) -> None:
    assert number(value) == shown


def test_numbers_side_by_side_share_their_decimals() -> None:
    assert places(0.2, 12.0) == 0
    assert [signed(value, 1) for value in (3.0, 0.04, -0.26)] == ["+3.0", "0", "−0.3"]


def test_a_range_that_contains_zero_is_about_equal() -> None:
    clear = Estimate(value=3.1, low=2.5, high=3.7, games=400)
    equal = Estimate(value=0.3, low=-0.2, high=0.8, games=400)
    found = estimate("en", clear, plus=True)
    assert (found.short, found.shown) == ("+3.1", "+3.1 points (90 % range 2.5 to 3.7)")
    assert found.clear
    assert estimate("en", equal).shown == "about equal (90 % range −0.20 to 0.80 points)"
    assert estimate("zh", equal).short == "大致相当"
    none = Estimate(value=0.0, low=0.0, high=0.0, games=400)
    assert (estimate("en", none).short, estimate("en", none).shown) == ("0", "no difference")
    worse = Estimate(value=-2.0, low=-3.0, high=-1.0, games=400)
    assert estimate("zh", worse).clear


@pytest.mark.parametrize("values", [(0.0, 1.0), (54.2, 57.9), (-3.0, 0.2), (5.0, 5.0), (0.0, 9e4)])
def test_an_axis_holds_its_values_between_round_marks(values: tuple[float, float]) -> None:
    found = axis("points", values)
    assert found.low <= min(values) <= max(values) <= found.high
    assert found.ticks[0].at == pytest.approx(found.low)
    assert found.ticks[-1].at == pytest.approx(found.high)
    assert 3 <= len(found.ticks) <= 9
    assert len({tick.text for tick in found.ticks}) == len(found.ticks)


def test_an_axis_around_zero_reaches_as_far_both_ways() -> None:
    found = around_zero("luck", (0.4, -2.3))
    assert found.low == -found.high
    assert found.high >= 2.3
    assert 0.0 in {tick.at for tick in found.ticks}


def test_an_axis_may_run_backwards() -> None:
    found = scale("loss", 75.0, 0.0, 15.0)
    assert [tick.text for tick in found.ticks] == ["75", "60", "45", "30", "15", "0"]


def test_long_games_have_fewer_marks() -> None:
    assert len(turns("week", 12, str, end="end").ticks) == 13
    assert len(turns("week", 52, str).ticks) <= 15
