"""Labels are the game's, not the review's: under other chance they are the same, as tabulated."""

from collections.abc import Collection

import pytest

from tests.lab.review.calibrate import BOTS, SCENARIOS
from tests.lab.review.repeat import SALTS, apart, pairs, read

TABLE = read()


def test_the_table_holds_three_reviews_of_every_bot_in_every_case_by_the_same_rules() -> None:
    assert set(TABLE) == set(SCENARIOS)
    for bots in TABLE.values():
        assert set(bots) == set(BOTS)
        assert len({each["version"] for each in bots.values()}) == 1
        for each in bots.values():
            assert len(each["labels"]) == len(SALTS)


def shares(bots: Collection[str] = BOTS) -> tuple[float, float]:
    """How many labels of these bots' decisions repeat, and how many at least nearly."""
    found = [{bot: line for bot, line in each.items() if bot in bots} for each in TABLE.values()]
    every = [pair for each in found for pair in pairs(each)]
    same = sum(one == other for one, other in every)
    near = sum(apart(one, other) <= 1 for one, other in every)
    return same / len(every), near / len(every)


def test_nine_labels_in_ten_repeat() -> None:
    assert shares()[0] >= 0.9


def test_labels_that_do_not_repeat_are_neighbours() -> None:
    assert shares()[1] == 1.0


def test_labels_repeat_of_those_too_who_neither_copy_the_expert_nor_do_nothing() -> None:
    assert shares(("vip", "loudest", "random"))[0] >= 0.85


def test_whether_a_turn_of_random_play_was_bad_is_told_the_same_every_time() -> None:
    """How bad may differ by a class. Now and then chance finds what the expert does not see."""
    well = {"best", "good", "beats_expert", "routine"}
    played_well = played = 0
    for bots in TABLE.values():
        for labels in zip(*bots["random"]["labels"], strict=True):
            assert len({label in well for label in labels}) == 1
            played_well, played = played_well + (labels[0] in well), played + 1
    assert played_well <= 0.1 * played


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
