"""The debrief put together, and the class under other conditions; reviews are made up."""

from collections.abc import Callable

import pytest

from sim.classroom.debrief import what_if
from sim.classroom.debrief.debrief import Quartiles, class_debrief, quartiles
from sim.classroom.debrief.games import ClassGame
from sim.classroom.debrief.moments import _entropy
from sim.errors import SimError
from sim.lab.review.model import Review
from sim.play.case import Case
from tests.view.made_up import made_up_review

Made = Callable[..., list[ClassGame]]


def reviewed(case: Case, games: list[ClassGame]) -> dict[int, Review]:
    """Losses that rise with the number of the game, so that it is known who did well."""
    found = {}
    for number, game in enumerate(games):
        review = made_up_review(case, game.record)
        turns = tuple(
            turn.model_copy(update={"loss_share": 10.0 * number}) for turn in review.turns
        )
        found[number] = review.model_copy(update={"turns": turns})
    return found


def test_games_stand_by_name_and_nobody_by_result(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 5)
    games[0] = ClassGame("zoe", None, games[0].record)
    found = class_debrief(first_day, games, reviewed(first_day, games))
    assert [line.label for line in found.games][-1] == "zoe"
    assert [line.number for line in found.games] == [1, 2, 3, 4, 0]
    assert found.pending == 0
    assert len(found.spread) == first_day.rules.sizes.turns + 1
    for spread in found.spread:
        assert spread.low <= spread.median <= spread.high


def test_moments_are_where_the_class_disagreed_and_lost(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 7)
    found = class_debrief(first_day, games, reviewed(first_day, games))
    assert 1 <= len(found.moments) <= 5
    weights = [moment.weight for moment in found.moments]
    assert weights == sorted(weights, reverse=True)
    for moment in found.moments:
        assert 0.0 < moment.question.disagreement <= 1.0
        assert moment.loss == pytest.approx(30.0)  # the mean of 0, 10, .. 60
        held = [game for option in moment.question.options for game in option.games]
        assert sorted(held) == sorted(set(held))
        one, other = (
            next(option for option in moment.question.options if game in option.games)
            for game in (moment.good, moment.poor)
        )
        assert one is not other
        assert one.loss < other.loss
        assert moment.concept is not None


def test_without_reviews_there_is_still_something_to_show(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 3, unfinished=2)
    found = class_debrief(first_day, games, {})
    assert found.moments == ()
    assert found.pending == 4
    assert [len(line.scores) for line in found.games] == [7, 7, 7, 3]
    assert found.games[0].values == ()


def test_hints_that_are_nonsense_do_not_count(first_day: Case, a_class: Made) -> None:
    (game,) = a_class("first-day", 1)
    notes = {"hints": [{"level": 2}, {"level": 2, "concept": "x"}, {"level": 9}, "no", None]}
    turns = (game.record.turns[0].model_copy(update={"notes": notes}), *game.record.turns[1:])
    noted = ClassGame("A", None, game.record.model_copy(update={"turns": turns}))
    assert dict(class_debrief(first_day, [noted], {}).games[0].hints) == {2: 2}


def test_quartiles_lie_on_straight_lines() -> None:
    assert quartiles([4.0, 1.0, 2.0, 3.0, 5.0]) == Quartiles(2.0, 3.0, 4.0)
    assert quartiles([1.0, 2.0]) == Quartiles(1.25, 1.5, 1.75)


def test_disagreement_is_whole_where_a_split_is_even() -> None:
    assert _entropy([5, 5]) == pytest.approx(1.0)
    assert _entropy([3, 3, 3]) == pytest.approx(1.0)
    assert _entropy([9]) == 0.0
    assert 0.0 < _entropy([9, 1]) < 0.5


def test_the_same_class_under_other_conditions(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 5, unfinished=2)
    churn = next(each for each in what_if.levers(first_day) if each.id == "churn")
    found = what_if.play(first_day, games, {"churn": churn.high})
    for game, scores in zip(games, found.before, strict=True):
        assert len(scores) == len(game.record.turns) + 1
        if game.record.result is not None:
            assert scores[-1] == game.record.result.score
    assert found.after != found.before
    assert sum(found.after[n][-1] for n in range(5)) < sum(found.before[n][-1] for n in range(5))
    assert min(found.ranks_before) == 1


def test_nothing_changed_changes_nothing(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 3)
    same = {lever.id: lever.value for lever in what_if.levers(first_day) if lever.id != "churn"}
    found = what_if.play(first_day, games, same)
    assert found.after == found.before
    assert found.ranks_after == found.ranks_before


def test_equals_share_the_better_rank() -> None:
    assert what_if.ranks([3.0, 5.0, 3.0, 1.0]) == (2, 1, 2, 4)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"weather": 1.0}, "class/no-such-lever"), ({"hours": 9.0}, "class/lever-range")],
)
def test_what_cannot_be_changed_is_said(
    first_day: Case, a_class: Made, changed: dict[str, float], code: str
) -> None:
    with pytest.raises(SimError, match=code):
        what_if.play(first_day, a_class("first-day", 1), changed)


@pytest.mark.parametrize(
    "name",
    ["complaint-week", "corner-cafe", "key-account", "monopoly-ends", "reps-quarter"],
)
def test_every_case_can_be_changed(name: str) -> None:
    from tests.classroom.debrief.conftest import case_named  # noqa: PLC0415 -- not a fixture

    case = case_named(name)
    found = what_if.levers(case)
    assert {"hours", "money", "churn", "competition"} <= {lever.id for lever in found}
    assert all(lever.low <= lever.value <= lever.high for lever in found)
