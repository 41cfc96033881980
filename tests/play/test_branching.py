"""Deciding a turn again and playing on from it: the same luck, new luck, and the old game whole."""

from collections.abc import Callable

import pytest

from sim.arrays import digest
from sim.errors import IllegalChoiceError
from sim.game import ChosenAction, Luck, TurnRecord
from sim.play import saves, services
from sim.play.branching import again, play_on
from sim.play.case import Case
from sim.play.catalogue import catalogue
from sim.play.session import Session


def finished(session: Session) -> Session:
    """A deed in the first turn, then nothing."""
    customer = session.rules.customer_ids[0]
    action = next(each.id for each in session.options(customer) if each.allowed)
    session.act(customer, action)
    session.reflect("why not")
    while not session.finished:
        session.end_turn()
    session.grade()
    return session


def to_the_end(session: Session) -> Session:
    while not session.finished:
        session.end_turn()
    return session


def test_a_turn_is_decided_again_with_its_own_plan_as_the_draft(session: Session) -> None:
    whole = finished(session)
    files = saves.saves()
    retry = again(whole, 1)
    assert retry.turn == 1
    assert retry.draft == whole.record.turns[0].model_copy(update={"notes": {}})
    assert retry.plan.choices == whole.record.turns[0].choices
    retry.cancel(retry.draft.choices[0].customer, retry.draft.choices[0].action)
    assert retry.plan == TurnRecord()
    retry.undo()
    assert retry.plan.choices == whole.record.turns[0].choices
    assert len(saves.saves()) == len(files)
    assert [each.modified for each in saves.saves()] == [each.modified for each in files]


def test_a_whole_plan_is_taken_over_if_the_rules_allow_it(session: Session) -> None:
    retry = again(finished(session), 1)
    better = TurnRecord()
    retry.choose(better)
    assert retry.plan == better
    retry.undo()
    assert retry.plan.choices
    wrong = TurnRecord(choices=(ChosenAction(customer="nobody", action="call"),))
    with pytest.raises(IllegalChoiceError):
        retry.choose(wrong)
    assert retry.plan.choices


def test_what_was_told_may_be_unsaid(telling: Case) -> None:
    first = Session.new(telling, 5, saved=False, grader=lambda *_: 50.0)
    for _ in range(first.turns):
        waiting = first.open_encounters()
        if waiting:
            break
        first.end_turn()
    assert waiting
    turn, encounter = first.turn, waiting[0].id
    path = max(first.rules.path_ids[first.rules.encounter_ids.index(encounter)], key=len)
    first.answer(encounter, path)
    whole = to_the_end(first)
    retry = again(whole, turn)
    retry.unanswer(encounter)
    assert retry.draft.responses == {}
    retry.undo()
    assert retry.draft.responses == {encounter: path}


def test_the_same_luck_and_the_same_choices_bring_the_same_game(session: Session) -> None:
    whole = finished(session)
    other = play_on(whole, 1, new_luck=False)
    assert other.record.luck == ()
    other.end_turn()
    to_the_end(other)
    assert digest(other.state) == digest(whole.state)
    assert other.record.branch is not None
    assert (other.record.branch.of, other.record.branch.turn) == (saves.identity(whole.record), 1)


def test_new_luck_leaves_the_earlier_turns_alone(
    session: Session, resume: Callable[[Session], Session]
) -> None:
    whole = finished(session)
    before = (whole.record, whole.result)
    other = play_on(whole, 2, new_luck=True)
    assert digest(other.state) == digest(again(whole, 2).state)
    to_the_end(other)
    assert digest(other.state) != digest(whole.state)
    assert digest(resume(other).state) == digest(other.state)
    assert (whole.record, whole.result) == before
    assert other.path != whole.path
    verdict = services.verify([str(other.path)])[0]
    assert verdict.ok, verdict


def test_luck_of_a_branch_of_a_branch(session: Session) -> None:
    whole = finished(session)
    first = to_the_end(play_on(whole, 2, new_luck=True, saved=False))
    same = play_on(first, 1, new_luck=False, saved=False)
    assert same.record.luck == first.record.luck
    anew = play_on(first, 1, new_luck=True, saved=False)
    assert [each.turn for each in anew.record.luck] == [1]
    later = play_on(first, 2, new_luck=True, saved=False)
    assert [each.turn for each in later.record.luck] == [2]
    assert later.record.luck != first.record.luck


def test_tampering_with_luck_is_noticed(session: Session) -> None:
    other = to_the_end(play_on(finished(session), 2, new_luck=True))
    assert other.path is not None
    forged = other.record.model_copy(update={"luck": (Luck(turn=2, seed=1),)})
    saves.write(other.path, forged)
    assert not services.verify([str(other.path)])[0].ok


def test_a_branch_is_not_the_best_game(session: Session, tiny: Case) -> None:
    del tiny
    whole = finished(session)
    other = to_the_end(play_on(whole, 1, new_luck=False))
    assert other.path is not None
    assert other.result is not None
    better = other.result.model_copy(update={"grade": 99.0})
    saves.write(other.path, other.record.model_copy(update={"result": better}))
    entries = {entry.name: entry for entry in catalogue([str(session.case.file)])}
    assert [entry.best for entry in entries.values()] == [50.0]


@pytest.mark.parametrize("turn", [0, 99])
def test_there_is_nothing_to_branch_from_outside_the_game(session: Session, turn: int) -> None:
    whole = finished(session)
    with pytest.raises(IllegalChoiceError) as refused:
        again(whole, turn)
    assert refused.value.code == "branch/no-such-turn"
