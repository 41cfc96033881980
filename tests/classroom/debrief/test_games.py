"""All games at once: the batch is each game to the bit, and what is left out is the same."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from sim.classroom.debrief import what_if
from sim.classroom.debrief.fitting import fitted
from sim.classroom.debrief.games import ClassGame, replay_class
from sim.classroom.debrief.hours import hours_of
from sim.engine.state import State
from sim.game import choices_from, fit_to_rules, replay
from sim.lab.review import rows
from sim.lab.review.assemble import hours
from sim.lab.runs import join
from sim.play.case import Case

Made = Callable[..., list[ClassGame]]


def test_a_row_of_the_batch_is_the_game(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 5, unfinished=3)
    found = replay_class(first_day.rules, [game.record for game in games])
    for number, game in enumerate(games):
        alone = replay(game.record, first_day.rules)
        expected = [float(each.score[0]) for each in alone.scores]
        assert found.scores[number, : len(expected)].tolist() == expected
        assert np.isnan(found.scores[number, len(expected) :]).all()
        if game.record.result is not None:
            assert found.scores[number, -1] == game.record.result.score
    assert not found.dropped.any()


def test_games_of_several_seeds_keep_their_own_luck(first_day: Case, a_class: Made) -> None:
    records = [game.record for game in a_class("first-day", 3)]
    records[1] = records[1].model_copy(update={"seed": 99, "turns": (), "result": None})
    records[2] = records[2].model_copy(update={"turns": records[2].turns[:1], "result": None})
    blank = records[1].turns
    records[1] = records[1].model_copy(update={"turns": (*blank, records[0].turns[0])})
    found = replay_class(first_day.rules, records)
    for number, record in enumerate(records):
        alone = replay(record, first_day.rules, on_illegal="drop")
        assert found.scores[number, 1] == alone.scores[1].score[0]


@pytest.mark.parametrize("changed", [{"hours": 0.5}, {"money": 0.0, "hours": 0.25}])
def test_what_is_left_out_is_what_each_game_alone_would_lose(
    first_day: Case, a_class: Made, changed: dict[str, float]
) -> None:
    records = [game.record for game in a_class("first-day", 7)]
    poorer = what_if.changed_rules(first_day, changed)
    found = replay_class(poorer, records)
    assert found.dropped.any()
    for number, record in enumerate(records):
        alone = replay(record, poorer, on_illegal="drop")
        assert found.dropped[number] == len(alone.dropped)
        assert found.scores[number, -1] == alone.scores[-1].score[0]


@pytest.mark.slow
@pytest.mark.parametrize("changed", [{"hours": 0.5}, {"churn": 0.1}, {"failure_chance": 0.5}])
def test_it_is_so_in_a_large_case_turn_by_turn(
    cafe: Case, a_class: Made, changed: dict[str, float]
) -> None:
    records = [game.record for game in a_class("corner-cafe", 8)]
    other = what_if.changed_rules(cafe, changed)
    states: list[State] = [replay(record, other, on_illegal="drop").states[6] for record in records]
    turns = [record.turns[6] for record in records]
    batch = rows.take(join(states), np.arange(len(states)))
    choices, dropped = fitted(other, batch, turns)
    for number, (state, turn) in enumerate(zip(states, turns, strict=True)):
        kept, refused = fit_to_rules(other, state, turn, on_illegal="drop")
        assert rows.same(rows.chosen(choices, np.array([number])), choices_from(other, kept))
        assert dropped[number] == len(refused)


def test_hours_are_those_of_the_review(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 4)
    found = hours_of(
        first_day.rules, replay_class(first_day.rules, [each.record for each in games])
    )
    for number, game in enumerate(games):
        total = 0.0
        for turn in game.record.turns:
            total += sum(hours(first_day.rules, choices_from(first_day.rules, turn)).values())
        spent = found[number].kept + found[number].others + found[number].firm
        assert spent == pytest.approx(total)
        curve = found[number].curve
        assert curve[0] == (0.0, 0.0)
        assert curve[-1][0] == pytest.approx(1.0)
        assert all(b[0] >= a[0] and b[1] >= a[1] for a, b in pairwise(curve))
