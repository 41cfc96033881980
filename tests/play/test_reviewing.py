"""The review in another process: kept, resumed, stopped, and never in the way of the window."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.game import GameRecord, TurnRecord
from sim.lab.review import model
from sim.lab.review.model import Review
from sim.paths import user_dir
from sim.play import kept, reviews, saves, services
from sim.play.branching import again, play_on
from sim.play.case import Case
from sim.play.kept import kept_at, kept_review, reviews_dir
from sim.play.reviewing import Answer, Reviewing
from sim.play.session import Session

PATIENCE = 120.0  # seconds; only a test that fails waits so long


@pytest.fixture
def whole(session: Session) -> Session:
    """A finished game with a deed in its first turn."""
    customer = session.rules.customer_ids[0]
    session.act(customer, next(each.id for each in session.options(customer) if each.allowed))
    while not session.finished:
        session.end_turn()
    return session


def wait(job: Reviewing) -> None:
    end = time.monotonic() + PATIENCE
    while job.busy and time.monotonic() < end:
        job.poll()
        time.sleep(0.02)
    assert not job.busy


def progress(job: Reviewing) -> Iterator[float]:
    """How far it is, whenever there is news."""
    end = time.monotonic() + PATIENCE
    while job.busy and time.monotonic() < end:
        if job.poll():
            yield job.done
        time.sleep(0.01)


def answer(job: Reviewing, plan: TurnRecord) -> Answer:
    job.ask(1, plan)
    wait(job)
    assert job.answer is not None
    return job.answer


def reviewed(session: Session) -> Review:
    """Kept as if it had been worked out."""
    job = Reviewing(session.case, session.record)
    job.start()
    wait(job)
    assert job.review is not None
    job.close()
    return job.review


@pytest.mark.slow
def test_it_is_worked_out_once_and_then_kept(whole: Session) -> None:
    job = Reviewing(whole.case, whole.record)
    job.start()
    job.start()  # once is enough
    steps = list(progress(job))
    assert job.problem is None
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    job.close()
    second = Reviewing(whole.case, whole.record)
    second.start()
    assert not second.busy
    assert second.review == job.review == kept_review(whole.record)
    assert [path.suffix for path in reviews_dir().iterdir()] == [".json"]


@pytest.mark.slow
def test_the_grade_and_notes_change_nothing(whole: Session) -> None:
    found = reviewed(whole)
    whole.grade()
    whole.reflect("ask first")
    job = Reviewing(whole.case, whole.record)
    job.start()
    assert job.done == 1.0
    assert job.review == found


@pytest.mark.slow
def test_another_plan_is_judged_while_the_process_lives_and_after(whole: Session) -> None:
    job = Reviewing(whole.case, whole.record)
    job.start()
    plan = again(whole, 1).plan
    job.ask(1, plan)
    wait(job)
    assert job.answer is not None
    assert job.answer.problem is None
    assert job.answer.found is not None
    assert job.answer.plan == plan
    first = job.answer.found
    job.close()
    later = Reviewing(whole.case, whole.record)
    later.start()
    later.ask(1, plan)
    wait(later)
    assert later.answer is not None
    assert later.answer.found == first
    refused = answer(later, TurnRecord.model_validate({"market": ("no-such-thing",)}))
    assert refused.found is None
    assert refused.problem is not None
    assert refused.problem.code == "choice/unknown-market"
    assert answer(later, TurnRecord()).found is not None  # it goes on after a refusal
    later.ask(1, TurnRecord())
    hasty = answer(later, plan)  # the answer to what was asked before is not mistaken for this one
    assert (hasty.plan, hasty.found) == (plan, first)
    later.close()


@pytest.mark.slow
def test_the_process_goes_on_with_another_game_as_if_it_were_the_first(whole: Session) -> None:
    other = play_on(whole, 1, new_luck=True, saved=False)
    while not other.finished:
        other.end_turn()
    plan = again(whole, 1).plan
    judge = Reviewing(other.case, other.record)
    alone = answer(judge, plan).found
    judge.record = whole.record
    assert answer(judge, plan).found not in {None, alone}
    judge.record = other.record
    assert answer(judge, plan).found == alone
    judge.close()


@pytest.mark.slow
def test_it_may_be_stopped_at_any_moment_and_begun_again(whole: Session) -> None:
    for moment in (0.0, 0.3, 1.0):
        job = Reviewing(whole.case, whole.record)
        job.start()
        end = time.monotonic() + moment
        while time.monotonic() < end:
            job.poll()
            time.sleep(0.01)
        job.cancel()
        assert not job.busy
        assert not list(reviews_dir().glob("*.part"))
        assert not job.poll()
    job.start()
    wait(job)
    assert job.done == 1.0
    job.close()


def turns_of(case: Case, record: GameRecord) -> Callable[[Review], dict[str, object]]:
    """What is shown of a review in this test."""
    assert case.rules.sizes.turns >= len(record.turns)
    return lambda review: {"en": [turn.tier for turn in review.turns]}


@pytest.mark.slow
def test_what_was_found_before_a_stop_is_kept_and_gone_on_from(whole: Session) -> None:
    job = Reviewing(whole.case, whole.record, turns_of)
    job.start()
    for _ in progress(job):
        if job.review is not None and kept.looked_at(job.review, "standard"):
            break
    found = job.review
    assert found is not None
    assert job.shown("en") == [turn.tier for turn in found.turns]
    assert job.shown("zh") is None
    job.cancel()
    later = Reviewing(whole.case, whole.record)
    later.start()
    assert later.review is not None  # at once, before anything is worked out
    there = kept.looked_at(later.review, "standard")
    assert there >= kept.looked_at(found, "standard")
    wait(later)
    assert later.done == 1.0
    assert later.review == reviewed(whole)
    later.close()


@pytest.mark.slow
def test_a_deeper_look_goes_turn_by_turn_and_is_kept(whole: Session) -> None:
    standard = reviewed(whole)
    job = Reviewing(whole.case, whole.record)
    job.start()
    job.deepen((1,))
    wait(job)
    assert job.problem is None
    assert job.review is not None
    assert [turn.tier for turn in job.review.turns] == ["deep", "standard"]
    assert job.review.turns[1].loss == standard.turns[1].loss
    job.deepen()
    wait(job)
    assert kept.whole(job.review, "deep")
    job.close()
    again = Reviewing(whole.case, whole.record)
    again.start()
    assert again.review == job.review
    assert kept.read(kept_at(whole.record, "standard")) == standard
    assert [step.review for step in reviews.stream(whole.case, whole.record, "deep")] == [
        job.review
    ]


@pytest.mark.slow
def test_a_process_that_is_killed_is_said_and_can_be_begun_again(whole: Session) -> None:
    job = Reviewing(whole.case, whole.record)
    job.start()
    assert job._job is not None
    assert job._job._process is not None
    job._job._process.kill()
    wait(job)
    assert job.problem is not None
    assert job.problem.code == "review/stopped"
    job.ask(1, TurnRecord())
    wait(job)
    assert job.answer is not None
    assert job.answer.found is not None
    job.close()


@pytest.mark.slow
def test_what_cannot_be_opened_is_said(whole: Session, tmp_path: Path) -> None:
    gone = replace(whole.case, file=tmp_path / "gone.yaml")
    job = Reviewing(gone, whole.record)
    job.start()
    wait(job)
    assert job.problem is not None
    assert job.problem.code == "scenario/invalid"
    job.close()


def test_a_kept_review_of_something_else_is_not_taken(whole: Session, tiny: Case) -> None:
    path = kept_at(whole.record, "standard")
    path.parent.mkdir(parents=True)
    for content in (b"", b"{}", b'{"format": 99}', b"\xff"):
        path.write_bytes(content)
        assert kept_review(whole.record) is None
    other = Session.new(tiny, 6, saved=False)
    assert kept_at(other.record, "standard") != path
    assert kept_at(whole.record, "deep") != path


def test_a_deleted_game_leaves_no_review(whole: Session) -> None:
    path = kept_at(whole.record, "standard")
    path.parent.mkdir(parents=True)
    path.write_text("{}", encoding="utf-8")
    assert whole.path is not None
    kept.delete(whole.path)
    assert not path.exists()
    assert not whole.path.exists()
    with pytest.raises(SaveError):
        kept.delete(Path("elsewhere.json"))


def test_what_a_killed_window_left_is_swept_after_a_day(
    whole: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviews_dir().mkdir(parents=True)
    left = kept_at(whole.record, "standard").with_suffix(".1-a.part")
    left.write_text("{", encoding="utf-8")
    kept.sweep()
    assert left.exists()
    monkeypatch.setattr(kept, "_STALE_SECONDS", -1)
    kept.sweep()
    assert not left.exists()


def test_an_identity_does_not_depend_on_the_grade(whole: Session) -> None:
    before: GameRecord = whole.record
    whole.grade()
    assert whole.record != before
    assert saves.identity(whole.record) == saves.identity(before)
    assert model.FORMAT >= 1


@pytest.mark.slow
def test_working_out_a_grade_beside_the_window_writes_nothing_to_the_game(whole: Session) -> None:
    """The window may have written a note in the meantime."""
    assert whole.path is not None
    before = whole.path.read_bytes()
    job = services.grade_in_background(whole)
    end = time.monotonic() + PATIENCE
    while job.running and time.monotonic() < end:
        time.sleep(0.05)
    job.stop()
    assert whole.path.read_bytes() == before
    assert list((user_dir() / "pars").iterdir())
