"""Labels are the game's, not the review's: under other chance they are the same, as tabulated."""

import pytest

from tests.lab.review.repeat import BOTS, SALTS, SCENARIOS, apart, pairs, read

TABLE = read()


def test_the_table_holds_three_reviews_of_every_game_by_the_same_rules() -> None:
    assert TABLE
    assert set(TABLE) <= set(SCENARIOS)
    for bots in TABLE.values():
        assert set(bots) <= set(BOTS)
        assert len({each["version"] for each in bots.values()}) == 1
        for each in bots.values():
            assert len(each["labels"]) == len(SALTS)


def test_nine_labels_in_ten_repeat() -> None:
    every = [pair for found in TABLE.values() for pair in pairs(found)]
    assert sum(one == other for one, other in every) >= 0.9 * len(every)


@pytest.mark.parametrize("scenario", sorted(TABLE))
def test_labels_that_differ_are_neighbours(scenario: str) -> None:
    assert all(apart(one, other) <= 1 for one, other in pairs(TABLE[scenario]))


@pytest.mark.parametrize(
    ("one", "other", "classes"),
    [
        ("best", "best", 0),
        ("routine", "best", 0),
        ("beats_expert", "best", 1),
        ("good", "mistake", 2),
    ],
)
def test_labels_stand_in_order(one: str, other: str, classes: int) -> None:
    assert apart(one, other) == classes
