"""The way from the played plan to the best one: allowed at every step, and of the right kind."""

import numpy as np
import pytest

from sim.engine.state import Choices
from sim.lab.review import rows
from sim.lab.review.candidates import candidates
from sim.lab.review.chances import COLUMNS
from sim.lab.review.explain import Stage, changes, kind_of, stages
from sim.lab.review.model import Choice, Kind
from sim.lab.review.plans import Piece, exchanged, filled, pieces, table, trimmed, with_deed
from sim.lab.review.rollouts import Ends
from tests.lab.review.games import small_study


def ends(customers: int) -> Ends:
    return Ends(np.zeros((2, 6)), np.zeros(2), np.zeros((2, customers)), np.zeros((2, COLUMNS)))


def told(played: Choices, best: Choices) -> list[Kind]:
    """The kinds of the changes from one plan to another in the first turn."""
    study = small_study("random")
    on = table(study.rules, study.played.states[0])
    steps = stages(on, played, best)
    none = [ends(study.rules.sizes.customers)] * (len(steps) + 1)
    return [each.kind for each in changes(on, played, steps, ends=none, teaches={})]


def deed(customer: int, action: int, tone: int = 0) -> Choices:
    """A plan of one deed."""
    return with_deed(rows.nothing(small_study("random").rules), customer, action + 1, (tone, 0))


@pytest.mark.parametrize(
    ("played", "best", "kind"),
    [
        (None, (0, 1, 0), "omission"),
        ((0, 1, 0), None, "overspend"),
        ((0, 1, 0), (0, 1, 2), "wrong_tone"),
        ((0, 1, 0), (0, 2, 0), "wrong_action"),
        (None, (0, 0, 0), "missing_information"),
    ],
)
def test_kinds(
    played: tuple[int, int, int] | None, best: tuple[int, int, int] | None, kind: Kind
) -> None:
    nothing = rows.nothing(small_study("random").rules)
    plans = [nothing if each is None else deed(*each) for each in (played, best)]
    assert told(*plans) == [kind]


def test_kinds_of_answers_people_and_the_market() -> None:
    study = small_study("random")
    on = table(study.rules, study.played.states[0])
    who, other = study.rules.customer_ids[:2]
    heavy, light = study.rules.action_ids[2:4]
    act = Choice(customer=who, action=heavy, person="one")
    answer = Choice(customer=who, encounter="e", path=("yes",))
    assert kind_of(on, act, answer) == "wrong_action"  # the same customer, another thing
    assert kind_of(on, answer, act) == "wrong_action"
    assert kind_of(on, answer, answer.model_copy(update={"path": ("no",)})) == "wrong_answer"
    assert kind_of(on, act, act.model_copy(update={"action": light})) == "wrong_action"
    assert kind_of(on, act, act.model_copy(update={"person": "two"})) == "wrong_target"
    assert kind_of(on, act, act.model_copy(update={"tone": "driver"})) == "wrong_tone"
    assert kind_of(on, act, act.model_copy(update={"customer": other})) == "wrong_target"
    assert kind_of(on, act, Choice(action="training")) == "omission"
    assert kind_of(on, None, answer) == "omission"


def test_a_deed_that_makes_room_for_another_goes_with_it() -> None:
    busy = with_deed(with_deed(deed(1, 2), 2, 3, (0, 0)), 4, 4, (0, 0))  # 48 minutes of 60
    played, best = (with_deed(busy, customer, 4, (0, 0)) for customer in (0, 3))
    assert told(played, best) == ["wrong_target"]


def test_every_stage_is_allowed_and_the_pieces_lead_to_the_best_plan() -> None:
    study = small_study("random")
    for turn in range(study.turns):
        on = table(study.rules, study.played.states[turn])
        played, best = study.plan(turn), study.expert(turn)
        plan = played
        for step in stages(on, played, best):
            assert on.allowed(step.plan)
            for piece in step.exchanged:
                plan = exchanged(plan, best, piece)
            assert rows.same(plan, step.plan)
        for piece in pieces(plan, best):
            plan = exchanged(plan, best, piece)
        assert rows.same(plan, best)


def test_candidates_are_allowed_and_different_and_hold_the_plans_that_must_be_there() -> None:
    study = small_study("random")
    for turn in range(study.turns):
        on = table(study.rules, study.played.states[turn])
        played, expert = study.plan(turn), study.expert(turn)
        found = candidates(on, played, expert, 64)
        assert 3 <= len(found) <= 64
        assert all(on.allowed(plan) for plan in found)
        for must in (played, expert, rows.nothing(study.rules)):
            assert any(rows.same(must, plan) for plan in found)
        for place, plan in enumerate(found):
            assert not any(rows.same(plan, other) for other in found[:place])


def test_filling_uses_spare_hours_and_trimming_makes_room() -> None:
    study = small_study("random")
    on = table(study.rules, study.played.states[0])
    more = filled(on, rows.nothing(study.rules))
    assert on.allowed(more)
    assert (more.action > 0).any()
    crowded = exchanged(more, deed(5, 1), Piece("customer", 5))
    fitting = trimmed(on, crowded, Piece("customer", 5))
    assert fitting is not None
    assert on.allowed(fitting)
    assert fitting.action[0, 5, 0] == 2


def two_exchanged() -> tuple[Choices, Stage]:
    """Deeds for two customers, of which the one gives way to another deed for the other."""
    played = with_deed(deed(0, 1), 1, 2, (0, 0))
    return played, Stage(deed(0, 2), (Piece("customer", 0), Piece("customer", 1)))


def test_who_goes_without_to_make_room_is_told() -> None:
    study = small_study("random")
    played, step = two_exchanged()
    on, none = table(study.rules, study.played.states[0]), ends(study.rules.sizes.customers)
    change = changes(on, played, [step], ends=[none, none], teaches={})[0]
    assert change.before is not None
    assert change.before.customer == study.rules.customer_ids[0]
    assert [choice.customer for choice in change.room] == [study.rules.customer_ids[1]]


def test_chances_to_stay_are_told_where_they_surely_move() -> None:
    study = small_study("random")
    played, step = two_exchanged()
    customers, games = study.rules.sizes.customers, 40
    swings = np.tile([[-0.2], [0.2]], (games // 2, 1))  # nought on average
    old, new = (
        Ends(
            np.zeros((games, 6)),
            np.zeros(games),
            np.full((games, customers), 0.5),
            np.zeros((games, COLUMNS)),
        )
        for _ in range(2)
    )
    new.stays[:, 0] += 0.1 + swings[:, 0]
    new.stays[:, 1] += 0.01 + swings[:, 0]
    on = table(study.rules, study.played.states[0])
    stays = changes(on, played, [step], ends=[old, new], teaches={})[0].stays
    assert list(stays) == [study.rules.customer_ids[0]]
    assert stays[study.rules.customer_ids[0]] == pytest.approx((0.5, 0.6))
