"""Turns looked at side by side come to what each would have come to alone."""

import numpy as np
import pytest

from sim.arrays import Array
from sim.lab.review import rollouts
from sim.lab.review.lanes import groups
from sim.lab.review.lockstep import Asking, alone, both, together
from sim.lab.review.rollouts import block, first_run, play_on
from sim.lab.review.study import Study
from tests.lab.review.games import small_study


def asking(study: Study, turn: int, times: int, games: int = 4) -> Asking[list[Array]]:
    """Asks so many times for games of the expert's from a turn."""
    heard = []
    for number in range(times):
        first = first_run(turn, 9)
        plans = [study.expert(turn), study.plan(turn)]
        belief = study.beliefs[turn].player
        ends = yield [block(belief, plans, games=games, skip=games * number, first=first)]
        heard.append(ends[0].value)
    return heard


def same(one: list[Array], other: list[Array]) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


def test_who_asks_beside_others_hears_what_he_would_hear_alone() -> None:
    study = small_study("random")
    wanted = [(4, 1), (3, 3), (5, 2)]  # turns and times
    found = dict(together([asking(study, *each) for each in wanted], study.rules, study.seed))
    for place, each in enumerate(wanted):
        assert same(found[place], alone(asking(study, *each), study.rules, study.seed))


def test_who_asks_least_is_told_first() -> None:
    study = small_study("random")
    askings = [asking(study, 5, times) for times in (2, 0, 1)]
    assert [place for place, _ in together(askings, study.rules, study.seed)] == [1, 2, 0]


def test_two_ask_in_the_same_breath_and_hear_what_is_theirs() -> None:
    study = small_study("random")
    one, other = asking(study, 4, 1), asking(study, 5, 3)
    first, second = alone(both(one, other), study.rules, study.seed)
    assert same(first, alone(asking(study, 4, 1), study.rules, study.seed))
    assert same(second, alone(asking(study, 5, 3), study.rules, study.seed))


def test_nothing_is_played_once_nobody_wants_to_know() -> None:
    study = small_study("random")
    askings = [asking(study, 5, times) for times in (1, 0)]
    told = together(askings, study.rules, study.seed, stopped=lambda: True)
    assert [place for place, _ in told] == [1]


def test_games_come_out_alike_however_many_are_played_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = small_study("random")
    begun = [
        block(
            study.beliefs[turn].player,
            [study.expert(turn), study.plan(turn)],
            games=7,
            skip=2,
            first=first_run(turn, 9),
        )
        for turn in (4, 3)
    ]
    whole = play_on(study.rules, begun, seed=study.seed)
    for runs in (1, 5, 20):
        monkeypatch.setattr(rollouts, "_PEOPLE", runs * study.people)
        cut = play_on(study.rules, begun, seed=study.seed)
        for one, other in zip(whole, cut, strict=True):
            assert np.array_equal(one.parts, other.parts)
            assert np.array_equal(one.stays, other.stays)


def test_the_first_group_is_small_and_the_others_ever_smaller() -> None:
    assert groups(range(12), 4) == [range(2), range(2, 6), range(6, 9), range(9, 11), range(11, 12)]
    assert groups(range(3), 1) == [range(1), range(1, 2), range(2, 3)]
    assert groups(range(2), 4) == [range(2)]
    assert groups([5], 4) == [[5]]
