"""Reviews repeat under other chance, and what they find best is as good as they say."""

from functools import partial

import pytest

from sim.lab.review.grading import spread
from sim.lab.review.lanes import Work
from sim.lab.review.model import LABELS, Review
from sim.lab.review.refine import STANDARD, judge
from sim.lab.review.rollouts import block, first_run, play_on
from sim.lab.review.study import study
from tests.lab.review.games import (
    PARS,
    SMALL,
    bot_game,
    reviewed,
    rules_of,
    small_game,
    small_study,
)

_ORDER = [label for label in LABELS if label != "routine"]
_FRESH = 9  # a purpose of chance that no review uses
_TIMES = 10


def _again(monkeypatch: pytest.MonkeyPatch, bot: str, salt: int) -> Review:
    """The review of a game under the chance of another review."""
    monkeypatch.setattr("sim.lab.review.review.study", partial(study, salt=salt))
    return reviewed(rules_of(SMALL), small_game(bot))


@pytest.mark.slow
def test_labels_repeat_under_other_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine in ten are the same, and none is more than a class away."""
    same = total = 0
    for bot in ("random", "vip", "expert"):
        one, other = (_again(monkeypatch, bot, salt) for salt in (1, 2))
        for turn, twin in zip(one.turns, other.turns, strict=True):
            if "routine" in {turn.label, twin.label}:
                assert max(turn.loss_share, twin.loss_share) <= 15.0
                continue
            total += 1
            same += turn.label == twin.label
            assert abs(_ORDER.index(turn.label) - _ORDER.index(twin.label)) <= 1
    assert same >= 0.9 * total


@pytest.mark.slow
@pytest.mark.parametrize("bot", ["random", "vip"])
def test_labels_of_a_larger_case_are_a_class_apart_at_most(bot: str) -> None:
    """Every third turn of a poor and of a fair game; how many are the same, `repeat` tells."""
    rules = rules_of("corner-cafe")
    game = bot_game(rules, bot, 7)
    found = []
    for salt in (1, 2):
        looked_at = study(rules, game, fingerprint=game.fingerprint, cache=PARS, salt=salt)
        found.append(Work(looked_at, STANDARD, {})(range(1, looked_at.turns, 3)))
    apart = [
        abs(_ORDER.index(one.label) - _ORDER.index(other.label))
        for one, other in zip(*found, strict=True)
    ]
    assert max(apart) <= 1


@pytest.mark.slow
def test_the_best_plan_is_not_best_by_luck() -> None:
    """The lead of the plan that was found, and its lead in ten times as many games."""
    told, found = [], []
    for bot in ("random", "vip"):
        looked_at = small_study(bot)
        for turn in range(looked_at.turns):
            judged = judge(looked_at, turn, STANDARD)
            duel = judged.duel
            games = _TIMES * duel.games(0)
            begun = block(
                looked_at.beliefs[turn].player,
                [duel.plans[judged.best], duel.plans[0]],
                games=games,
                first=first_run(turn, _FRESH),
            )
            ends = play_on(looked_at.rules, [begun], seed=looked_at.seed)[0].value
            told.append(judged.loss)
            found.append(spread(ends[:games] - ends[games:]))
    over = sum(one.mean - other.mean for one, other in zip(told, found, strict=True))
    error = sum(each.error**2 for each in (*told, *found)) ** 0.5
    assert over < 2.0 * error
