"""What stands beside the review: recaps without judgement, ledgers that add up, two games."""

from functools import cache
from pathlib import Path

import pytest

from sim.game import GameRecord, TurnRecord
from sim.lab.review.model import Evaluation, Review
from sim.play import saves
from sim.play.branching import play_on
from sim.play.session import Session
from sim.view.compare import comparable, compare_view, name_of
from sim.view.debrief import faces, judged, opened_report, recap, retry_of
from sim.view.ledger import FIGURES, figure_ledger, turn_ledger
from sim.view.review import open_past
from sim.view.review_turns import Past
from sim.view.words import decimal, whole
from tests.view.made_up import around, case_named, game, made_up_review

LANGUAGES = ("en", "zh")


@cache
def past() -> Past:
    return open_past(case_named("tiny"), game("tiny"))


@cache
def review(refined: int = 1000) -> Review:
    return made_up_review(case_named("tiny"), game("tiny"), refined=refined)


def session() -> Session:
    return Session.begin(case_named("tiny"), game("tiny"), grader=lambda *_: 50.0)


def to_the_end(played: Session) -> Session:
    while not played.finished:
        played.end_turn()
    return played


# --- recap ---


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_recap_tells_what_was_done_and_judges_nothing(lang: str) -> None:
    turns = recap(past(), lang)
    assert [each.turn for each in turns] == list(range(1, len(past().reports) + 1))
    assert all(each.done for each in turns)
    assert not hasattr(turns[0], "label")
    assert turns[0].when == past().lens(lang, 1).when(1)


def test_an_opened_report_explains_more_than_the_player_saw() -> None:
    found = opened_report(past(), "en", 1)
    assert found.finished
    assert all(change.contributions for each in found.customers for change in each.changes)
    assert set(faces(past(), "en", 1)) >= {each.id for each in found.customers}


def test_any_turn_can_be_decided_again_and_judged() -> None:
    card = retry_of(past(), review(), "en", 1)
    assert card.turn == 1
    assert card.hint
    found = Evaluation(
        value=around(60.0, 0.2),
        loss=around(1.2, 0.1),
        loss_share=86.0,
        label="blunder",
        solved=False,
    )
    told = judged(found, "en")
    assert (told.solved, told.label.id) == (False, "blunder")
    assert "86 %" in told.cost


# --- ledgers ---


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_has_a_formula_in_words_and_its_numbers(lang: str, figure: str) -> None:
    ledger = figure_ledger(past(), review(), lang, figure)
    assert ledger.formula
    assert ledger.text
    assert {name for name, _ in ledger.see} == {*FIGURES} - {figure}
    assert all(len(row) == len(ledger.table.columns) for row in ledger.table.rows)


def test_the_ledger_of_the_skill_index_leads_to_it() -> None:
    found = review()
    table = figure_ledger(past(), found, "en", "skill_index").table
    sums = sum(turn.skill for turn in found.turns)
    assert whole(100.0 * (1.0 + sums / found.stakes)) == whole(found.skill_index)
    assert table.rows[-1][1] == whole(found.skill_index)


def test_the_ledger_of_the_result_adds_up() -> None:
    found = review()
    assert found.result is not None
    rows = figure_ledger(past(), found, "en", "result").table.rows
    assert abs(found.opening + found.skill + found.luck - found.result) < 1e-9
    assert (rows[0][1], rows[-1][1]) == (decimal(found.opening), decimal(found.result))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ledger_of_a_turn_has_ranges_and_games(lang: str) -> None:
    looked_at = turn_ledger(past(), review(), lang, 1)
    assert [row[3] for row in looked_at.table.rows if row[3]] == ["400"] * 5
    in_outline = turn_ledger(past(), review(0), lang, 1)
    assert in_outline.value == ""
    assert len(in_outline.table.rows) < len(looked_at.table.rows)


# --- two games ---


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_game_beside_itself_never_parts(lang: str) -> None:
    view = compare_view((past(), past()), (review(), None), lang)
    assert view.parted is None
    assert all(pair.same for pair in view.turns)
    assert view.names[0] != view.names[1]
    assert view.lines[0] == view.lines[1]
    assert [side.label is None for side in view.turns[0].sides if side] == [False, True]


def test_where_two_games_part() -> None:
    first = session()
    done = to_the_end(play_on(first, 2, new_luck=True, plan=TurnRecord(), saved=False))
    view = compare_view((past(), open_past(done.case, done.record)), (None, None), "en")
    assert view.parted == 2
    assert view.lines[0][:2] == view.lines[1][:2]
    assert "new luck" in view.names[1]
    assert len(view.figures.rows) == 5  # no review, no skill index


@pytest.mark.slow
def test_what_a_game_can_be_compared_with() -> None:
    first = session()
    relative = to_the_end(play_on(first, 1, new_luck=False))
    stranger = to_the_end(Session.new(first.case, 99, grader=lambda *_: 50.0))
    Session.new(first.case, 100)  # not finished
    Session.begin(case_named("corner-cafe"), game("corner-cafe"), grader=lambda *_: 50.0)
    found = comparable(first.record, saves.saves(), "en")
    assert [Path(ref.id) for ref in found] == [relative.path, stranger.path]
    assert comparable(relative.record, saves.saves(), "en")[0].id == str(first.path)


def test_names_of_games() -> None:
    first = session()
    record: GameRecord = first.record
    assert name_of(record, "en") == "Game with seed 7"
    same = play_on(first, 2, new_luck=False, saved=False).record
    assert name_of(same, "en") == "Played on from turn 2, same luck (seed 7)"
    anew = play_on(first, 2, new_luck=True, saved=False).record
    assert name_of(anew, "en") == f"Played on from turn 2, new luck (seed {anew.luck[0].seed})"
    assert name_of(anew, "zh").startswith("从第 2 回合")
