"""The reviews of a class: the same alone and together, by one luck, kept, and given up at once."""

import time
from collections.abc import Callable

import pytest

from sim.classroom.debrief import values, valuing
from sim.classroom.debrief.closer import Closer
from sim.classroom.debrief.debrief import class_debrief
from sim.classroom.debrief.games import ClassGame
from sim.classroom.debrief.valuing import Valuing
from sim.errors import SimError
from sim.lab.pars import Pars, _entry, _write
from sim.lab.review.concepts import teaches_of
from sim.lab.review.grading import SOLVED
from sim.play.case import Case, pars_dir
from sim.play.kept import reviews_dir

Made = Callable[..., list[ClassGame]]
PAR = Pars(nothing=40.0, expert=52.0, error=0.1)
PATIENCE = 120.0  # seconds; only a test that fails waits so long


def setting(case: Case) -> values.Setting:
    return values.Setting(
        case.rules, case.fingerprint, PAR, teaches_of(case.script), values.class_seed("x", 7)
    )


@pytest.mark.slow
def test_a_review_is_the_same_alone_and_in_a_class(first_day: Case, a_class: Made) -> None:
    records = [game.record for game in a_class("first-day", 3, unfinished=2)]
    together = values.reviews(setting(first_day), records)
    for place in (1, 3):
        assert values.reviews(setting(first_day), [records[place]]) == [together[place]]


@pytest.mark.slow
def test_skill_and_luck_add_up_and_all_games_open_alike(first_day: Case, a_class: Made) -> None:
    records = [game.record for game in a_class("first-day", 4)]
    found = values.reviews(setting(first_day), records)
    assert len({review.opening for review in found}) == 1  # the same luck, the same belief
    for record, review in zip(records, found, strict=True):
        assert record.result is not None
        assert review.result == record.result.score
        total = review.opening + review.skill + review.luck
        assert total == pytest.approx(record.result.score)
    better, worse = found[0], found[6 % len(found)]  # a noisy expert, and who does as comes
    assert better.skill > worse.skill


@pytest.mark.slow
def test_what_was_lost_is_shared_among_ideas(first_day: Case, a_class: Made) -> None:
    (review,) = values.reviews(setting(first_day), [a_class("first-day", 7)[6].record])
    costly = [turn for turn in review.turns if turn.loss_share > SOLVED]
    assert costly
    assert all(turn.concept_loss == {} for turn in review.turns if turn.loss_share <= SOLVED)
    for turn in costly:
        if turn.concept_loss:
            shared = sum(each.value for each in turn.concept_loss.values())
            assert shared == pytest.approx(turn.loss.value)
    known = {concept for each in teaches_of(first_day.script).values() for concept in each}
    assert set(review.concept_loss) <= known


@pytest.fixture
def par(first_day: Case) -> None:
    """The pars of the case, so that nobody has to measure them."""
    _write(_entry(first_day.fingerprint, pars_dir()), PAR)


def wait(valuing_: Valuing) -> list[float]:
    end, told = time.monotonic() + PATIENCE, []
    while valuing_.busy and time.monotonic() < end:
        if valuing_.poll():
            told.append(valuing_.done)
        time.sleep(0.02)
    assert not valuing_.busy
    return told


@pytest.mark.slow
@pytest.mark.usefixtures("par")
def test_a_class_is_worked_out_once(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 4, unfinished=2)
    twin = games[1].record.model_copy(update={"pseudonym": "Somebody else"})
    games.append(ClassGame("Twin", None, twin))
    first = Valuing(first_day, games, lanes=2)
    assert first.done == 0.0
    first.start()
    assert list(first._alike.values()) == [[0], [1, 5], [2], [3], [4]]
    told = wait(first)
    assert first.reviews[5] == first.reviews[1]
    assert told == sorted(told)
    assert first.done == 1.0
    assert first.problem is None
    again = Valuing(first_day, games)
    again.start()
    assert not again.busy  # nothing is left to do
    assert again.reviews == first.reviews
    names = [game.label for game in games] + [game.record.pseudonym or "" for game in games]
    for path in reviews_dir().iterdir():
        text = path.name + path.read_text(encoding="utf-8")
        assert not any(name in text for name in names if name)
    valuing.forget(games)
    assert list(reviews_dir().glob("*class*")) == []


@pytest.mark.slow
@pytest.mark.usefixtures("par")
def test_one_can_stop(first_day: Case, a_class: Made) -> None:
    at_work = Valuing(first_day, a_class("first-day", 5))
    at_work.start()
    at_work.cancel()
    assert at_work.done < 1.0
    assert not at_work.busy
    assert not at_work.poll()


@pytest.mark.slow
@pytest.mark.usefixtures("par")
def test_a_game_that_does_not_replay_is_said(first_day: Case, a_class: Made) -> None:
    (game,) = a_class("first-day", 1)
    record = game.record.model_copy(update={"rules_version": 0})
    at_work = Valuing(first_day, [ClassGame("A", None, record)])
    at_work.start()
    wait(at_work)
    assert isinstance(at_work.problem, SimError)
    assert at_work.problem.code == "save/other-rules"


@pytest.mark.slow
@pytest.mark.usefixtures("par")
def test_moments_are_looked_at_closely(first_day: Case, a_class: Made) -> None:
    games = a_class("first-day", 2)
    at_work = Valuing(first_day, games, lanes=1)
    at_work.start()
    wait(at_work)
    moments = class_debrief(first_day, games, at_work.reviews).moments[:1]
    closer = Closer(first_day, games, moments)
    closer.start()
    end = time.monotonic() + PATIENCE
    while closer.busy and time.monotonic() < end:
        closer.poll()
        time.sleep(0.05)
    (moment,) = moments
    assert set(closer.found) == {(moment.good, moment.turn), (moment.poor, moment.turn)}
    assert all(turn.refined for turn in closer.found.values())


def test_time_that_is_up_ends_the_closer_look(first_day: Case, a_class: Made) -> None:
    now = [0.0]
    closer = Closer(first_day, a_class("first-day", 2), (), clock=lambda: now[0])
    closer.start()
    now[0] = 1000.0
    assert not closer.poll()
    assert not closer.busy
