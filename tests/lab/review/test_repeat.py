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


def shares() -> tuple[float, float]:
    """How many labels repeat, and how many at least nearly, of all that are tabulated."""
    every = [pair for found in TABLE.values() for pair in pairs(found)]
    same = sum(one == other for one, other in every)
    near = sum(apart(one, other) <= 1 for one, other in every)
    return same / len(every), near / len(every)


@pytest.mark.xfail(
    strict=True,
    reason="a fair player's losses in large cases lie near the limits: more games than 10 s allow",
)
def test_nine_labels_in_ten_repeat() -> None:
    assert shares()[0] >= 0.9


def test_labels_that_do_not_repeat_are_neighbours() -> None:
    assert shares()[1] == 1.0


def test_labels_repeat_as_well_as_they_did() -> None:
    assert shares()[0] >= 0.75


def test_whoever_plays_badly_is_told_so_every_time() -> None:
    """How bad a turn of random play was may differ by a class, that it was bad does not."""
    for found in TABLE.values():
        for labels in found["random"]["labels"]:
            assert not {"best", "good", "beats_expert", "routine"} & set(labels)


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
