"""The game seen through the course: every idea has its card, every number is measured."""

import re
from dataclasses import replace
from functools import cache

import pytest

from sim.engine.state import Status
from sim.lab.review.model import Review
from sim.paths import scenarios_dir
from sim.play.reports import forecast_outcomes
from sim.scenario.library import load_library
from sim.view.lens import Lens
from sim.view.plans import hours_by_customer
from sim.view.review import open_past, review_view
from sim.view.review_model import CourseCard, CourseView, ReviewView
from sim.view.review_turns import Past
from sim.view.review_words import say
from sim.view.review_work import RELATIONS, accounts, hours_of, unanswered, works
from sim.view.words import percent
from tests.view.made_up import case_named, game, made_up_review

LANGUAGES = ("en", "zh")
GAMES = ("tiny", "account", "corner-cafe")


@cache
def past(name: str = "corner-cafe", turns: int | None = None) -> Past:
    return open_past(case_named(name), game(name, turns=turns))


@cache
def review(name: str = "corner-cafe", turns: int | None = None) -> Review:
    return made_up_review(case_named(name), game(name, turns=turns))


@cache
def view(lang: str = "en", name: str = "corner-cafe", turns: int | None = None) -> ReviewView:
    return review_view(past(name, turns), review(name, turns), lang)


def course(lang: str = "en", name: str = "corner-cafe") -> CourseView:
    found = view(lang, name).course
    assert found is not None
    return found


def card(concept: str, lang: str = "en", name: str = "corner-cafe") -> CourseCard:
    return next(each for each in course(lang, name).cards if each.concept.id == concept)


def lens(name: str = "corner-cafe") -> Lens:
    return past(name).lens("en", 1)


def shown(concept: str, reading: str) -> str:
    return next(each.shown for each in card(concept).readings if each.id == reading)


# Complete ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GAMES)
def test_every_idea_that_only_the_debrief_shows_has_a_card(name: str) -> None:
    entries = load_library(scenarios_dir() / "library").concepts
    wanted = [concept for concept, entry in entries.items() if entry.marks == ["debrief"]]
    assert len(wanted) == 9
    assert [each.concept.id for each in course(name=name).cards] == wanted


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", GAMES)
def test_every_card_has_numbers_a_sentence_and_an_entry(name: str, lang: str) -> None:
    entries = {each.id: each for each in view(lang, name).glossary}
    for each in course(lang, name).cards:
        assert each.readings
        assert all(reading.name and reading.shown for reading in each.readings)
        assert each.sentence
        assert entries[each.concept.id].note
        if each.table is not None:
            assert each.table.rows
            assert {len(row) for row in each.table.rows} == {len(each.table.columns)}


def test_no_english_is_left_in_the_chinese_cards() -> None:
    for each in course("zh").cards:
        rows = () if each.table is None else (each.table.columns, *each.table.rows)
        texts = [each.sentence, each.asked, *(reading.name for reading in each.readings)]
        texts += [cell for row in rows for cell in row]
        assert not [text for text in texts if re.search(r"[A-Za-z]{2,}", text)]


def test_nothing_is_told_of_a_game_that_goes_on() -> None:
    assert view(name="tiny", turns=1).course is None


# Measured ---------------------------------------------------------------------------------------


def test_all_hours_are_those_of_the_plans() -> None:
    plans = past().played.turns
    spent = sum(sum(hours_by_customer(lens(), plan).values()) for plan in plans)
    done = works(lens(), past(), plans)
    assert hours_of(done) == pytest.approx(spent)
    assert {work.relation for work in done} <= set(RELATIONS)
    for concept in ("portfolio.four_r", "market.values_chain"):
        table = card(concept).table
        assert table is not None
        assert sum(float(row[1]) for row in table.rows) == pytest.approx(spent, abs=0.05)


def test_the_best_fifth_are_those_who_brought_most() -> None:
    table = card("portfolio.eighty_twenty").table
    assert table is not None
    profit = {each.id: each.profit for each in accounts(past())}
    best = sorted(profit, key=lambda name: -profit[name])[: -(-len(profit) // 5)]
    assert [row[0] for row in table.rows[:-1]] == [lens().name(name) for name in best]
    brought = sum(profit[name] for name in best) / sum(max(each, 0.0) for each in profit.values())
    assert shown("portfolio.eighty_twenty", "eighty_twenty.profit") == percent(brought)


def test_profit_is_what_the_books_say() -> None:
    last, rules = past().played.states[-1], past().case.rules
    for each in accounts(past()):
        row = rules.customer_ids.index(each.id)
        opening = past().played.states[0]
        earned = last.historic_value + last.owed - opening.historic_value - opening.owed
        assert each.profit == pytest.approx(float(earned[0, row]))


def test_every_customer_stands_in_one_field_of_the_matrix() -> None:
    table = card("portfolio.matrix").table
    assert table is not None
    assert [row[0] for row in table.rows[:4]] == [
        say("en", f"course.kind.{kind}") for kind in ("star", "question_mark", "cow", "dog")
    ]
    took = [int(row[3].removesuffix(" %")) for row in table.rows]
    assert sum(took) == pytest.approx(100, abs=len(took))


def test_each_forecast_stands_beside_its_deed_and_the_next() -> None:
    table = card("portfolio.pdca").table
    found = forecast_outcomes(past().case.rules, past().played)
    assert table is not None
    assert len(table.rows) == len(found)
    assert table.rows[-1][-1] == ""  # after the last turn comes none
    hits = [row for row in table.rows if say("en", "course.pdca.hit") in row[3]]
    assert len(hits) == len([each for each in found if each.hit])


def test_without_forecasts_the_card_says_so() -> None:
    bare = tuple(turn.model_copy(update={"notes": {}}) for turn in game("tiny").turns)
    record = game("tiny").model_copy(update={"turns": bare})
    found = review_view(open_past(case_named("tiny"), record), review("tiny"), "en").course
    assert found is not None
    each = next(each for each in found.cards if each.concept.id == "portfolio.pdca")
    assert each.table is None
    assert each.sentence == say("en", "course.pdca.none")


def test_where_nothing_was_done_no_part_is_called_the_largest() -> None:
    case, record = case_named("tiny"), game("tiny", "nothing")
    found = review_view(open_past(case, record), made_up_review(case, record), "en").course
    assert found is not None
    each = next(each for each in found.cards if each.concept.id == "portfolio.four_r")
    assert each.sentence.startswith("No hours were spent")
    assert {reading.shown for reading in each.readings} == {"0 %"}


def test_kept_and_left_are_those_of_the_last_state() -> None:
    first, last = (past().played.states[place].status[0].tolist() for place in (0, -1))
    old = [row for row, status in enumerate(first) if status == Status.ACTIVE]
    kept = [row for row in old if last[row] == Status.ACTIVE]
    assert shown("seller.two_skills", "skills.kept") == f"{len(kept)} of {len(old)}"
    assert shown("seller.no_cannot", "no_cannot.left") == f"{len(old) - len(kept)} of {len(old)}"


def test_after_a_loss_stands_who_left_and_what_was_within_reach() -> None:
    each = card("seller.no_cannot")
    gone = [account for account in accounts(past()) if account.left is not None]
    assert each.asked
    assert each.table is not None
    assert [row[0] for row in each.table.rows] == [lens().name(account.id) for account in gone]
    for account, row in zip(gone, each.table.rows, strict=True):
        found = [
            change.stays[account.id]
            for turn in review().turns[: account.left]
            for change in turn.changes
            if account.id in change.stays
        ]
        gain = max((after - before for before, after in found), default=0.0)
        assert (row[2] == say("en", "course.reach.none")) == (gain <= 0.0)
        assert all(percent(after) in row[2] for _, after in found)


def test_where_nobody_left_the_costliest_turn_is_named() -> None:
    assert all(account.left is None for account in accounts(past("tiny")))
    each = card("seller.no_cannot", name="tiny")
    assert each.table is None
    turn = max(review("tiny").turns, key=lambda turn: turn.loss.value)
    assert f"{lens('tiny').when(turn.turn).lower()}" in each.sentence.lower()


def test_quotients_read_deeds_and_leave_the_score_alone() -> None:
    silent, asked = unanswered(past())
    assert shown("seller.four_factors", "factor.attitude") == f"{asked - silent} of {asked}"
    assert shown("seller.five_quotients", "quotient.iq") == "71"  # the accuracy of the review
    other = replace(review_view(past(), review(), "en"), course=None)
    assert replace(view(), course=None).figures == other.figures
