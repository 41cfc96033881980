"""Whole reviews: the split into skill and luck, labels, reasons, streaming, second tries."""

import pytest

from sim.errors import IllegalChoiceError
from sim.game import ChosenAction, TurnRecord, choices_from
from sim.lab.review.concepts import teaches_of
from sim.lab.review.grading import accuracy
from sim.lab.review.model import COMPONENTS, LABELS, Review, from_json, to_json
from sim.lab.review.review import evaluate, review
from sim.scenario.load import load_scenario
from tests.lab.review.games import (
    PARS,
    SMALL,
    bot_game,
    reviewed,
    rules_of,
    small_game,
    small_review,
    small_study,
)

EXACT = 1e-6


def assert_adds_up(found: Review) -> None:
    """Result = opening value + skill and luck of every turn."""
    total = found.opening
    for turn in found.turns:
        total += turn.skill + turn.luck
    assert found.result is not None
    assert abs(found.result - total) < EXACT
    assert abs(found.opening + found.skill + found.luck - found.result) < EXACT


@pytest.mark.parametrize("bot", ["random", "expert"])
def test_the_result_is_opening_value_skill_and_luck(bot: str) -> None:
    assert_adds_up(small_review(bot))


def test_the_experts_own_skill_is_nought() -> None:
    found = small_review("expert")
    assert all(turn.skill == 0.0 for turn in found.turns)
    assert all(turn.loss.value == 0.0 for turn in found.turns)
    assert found.skill_index == pytest.approx(100.0)


def test_a_review_reads_back_as_the_same() -> None:
    found = small_review("random")
    assert from_json(to_json(found)) == found


def test_the_same_game_has_the_same_review_to_the_byte() -> None:
    game = small_game("random")
    again = reviewed(rules_of(SMALL), game, "instant")
    assert to_json(again) == to_json(small_review("random"))


def test_an_unfinished_game_is_reviewed_as_far_as_it_was_played() -> None:
    rules = rules_of(SMALL)
    found = reviewed(rules, bot_game(rules, "random", 7, turns=3), "instant")
    assert found.result is None
    assert len(found.turns) == 3
    assert found.turns_total == rules.sizes.turns


def test_a_game_of_no_turn_has_an_empty_review() -> None:
    rules = rules_of(SMALL)
    found = reviewed(rules, bot_game(rules, "random", 7, turns=0), "standard")
    assert found.turns == ()
    assert found.skill_index == 100.0


def test_the_graph_comes_first_and_may_be_all_that_is_wanted() -> None:
    rules, game = rules_of(SMALL), small_game("random")
    steps = review(rules, game, fingerprint=game.fingerprint, cache=PARS)
    first = next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    assert 0.0 < first.done < 1.0
    assert len(first.review.turns) == rules.sizes.turns
    assert not any(turn.refined for turn in first.review.turns)
    assert_adds_up(first.review)


@pytest.mark.slow
def test_turns_are_refined_one_by_one_the_costliest_first() -> None:
    rules, game = rules_of(SMALL), small_game("random")
    steps = list(review(rules, game, fingerprint=game.fingerprint, cache=PARS))
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == 1.0
    refined = [sum(turn.refined for turn in step.review.turns) for step in steps]
    assert refined == list(range(rules.sizes.turns + 1))
    first = next(turn for turn in steps[1].review.turns if turn.refined)
    sketched = steps[0].review.turns
    assert sketched[first.turn - 1].loss.value == max(turn.loss.value for turn in sketched)


@pytest.mark.slow
def test_only_the_turns_asked_for_are_refined() -> None:
    rules, game = rules_of(SMALL), small_game("random")
    steps = review(rules, game, fingerprint=game.fingerprint, cache=PARS, turns=[2])
    found = list(steps)[-1].review
    assert [turn.turn for turn in found.turns if turn.refined] == [2]


@pytest.mark.slow
def test_a_review_that_broke_off_is_gone_on_with_and_comes_out_the_same() -> None:
    rules, game = rules_of(SMALL), small_game("random")
    whole = small_review("random", "standard")
    broken = next(
        step.review
        for step in review(rules, game, fingerprint=game.fingerprint, cache=PARS)
        if len([turn for turn in step.review.turns if turn.refined]) == 2
    )
    begun = from_json(to_json(broken))
    steps = list(review(rules, game, fingerprint=game.fingerprint, cache=PARS, begun=begun))
    ready = [len([turn for turn in step.review.turns if turn.refined]) for step in steps]
    assert ready == list(range(2, rules.sizes.turns + 1))
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].review == whole
    again = list(review(rules, game, fingerprint=game.fingerprint, cache=PARS, begun=whole))
    assert [(step.done, step.review) for step in again] == [(1.0, whole)]


@pytest.mark.slow
def test_a_deeper_look_takes_the_place_of_a_turn_and_the_sum_still_holds() -> None:
    rules, game = rules_of(SMALL), small_game("random")
    whole = small_review("random", "standard")
    steps = review(
        rules, game, fingerprint=game.fingerprint, tier="deep", cache=PARS, turns=[3], begun=whole
    )
    found = list(steps)[-1].review
    assert [turn.turn for turn in found.turns if turn.tier == "deep"] == [3]
    assert found.turns[2].loss.games > whole.turns[2].loss.games
    assert all(
        new.loss == old.loss for new, old in zip(found.turns[3:], whole.turns[3:], strict=True)
    )
    assert_adds_up(found)


@pytest.mark.slow
def test_losses_labels_and_reasons_agree() -> None:
    rules, game = rules_of(SMALL), small_game("random")
    script = load_scenario(SMALL).script
    steps = review(rules, game, fingerprint=game.fingerprint, script=script, cache=PARS)
    found = list(steps)[-1].review
    assert_adds_up(found)
    every = {concept for taught in teaches_of(script).values() for concept in taught}
    for turn in found.turns:
        assert turn.label in LABELS
        assert turn.loss.low <= turn.loss.value <= turn.loss.high
        assert turn.accuracy == pytest.approx(accuracy(turn.loss_share))
        gained = 0.0
        for change in turn.changes:
            total = sum(change.components[name] for name in COMPONENTS)
            assert total == pytest.approx(change.gain.value, abs=EXACT)
            assert change.before != change.after
            assert set(change.concepts) <= every
            gained += change.gain.value
        assert len(turn.changes) <= 3
        if turn.changes:
            assert gained + turn.rest == pytest.approx(turn.loss.value, abs=EXACT)
        choices_from(rules, turn.best_plan)
    assert any(turn.changes for turn in found.turns)
    assert found.concept_loss


@pytest.mark.slow
def test_a_second_try_with_the_best_plan_solves_the_turn() -> None:
    game, found = small_game("random"), small_review("random", "standard")
    worst = max(found.turns, key=lambda turn: turn.loss.value)
    better = evaluate(small_study("random"), worst.turn, worst.best_plan, known=worst)
    assert better.solved
    assert better.loss.value == 0.0
    played = game.turns[worst.turn - 1]
    same = evaluate(small_study("random"), worst.turn, played, known=worst)
    assert same.loss == worst.loss
    assert same.loss_share == worst.loss_share
    assert same.label == worst.label
    assert same == evaluate(small_study("random"), worst.turn, played)  # searched anew


def test_a_second_try_must_be_allowed() -> None:
    rules = rules_of(SMALL)
    deed = ChosenAction(customer=rules.customer_ids[0], action=rules.action_ids[0])
    plan = TurnRecord(choices=(deed, deed))
    with pytest.raises(IllegalChoiceError):
        evaluate(small_study("random"), 1, plan)
