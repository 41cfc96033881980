"""The debrief of a class in words: both languages alike, nobody named, every number in a table."""

import dataclasses
import json
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from sim.classroom.debrief import what_if
from sim.classroom.debrief.debrief import class_debrief
from sim.classroom.debrief.games import ClassGame
from sim.lab.review.concepts import teaches_of
from sim.lab.review.model import Review
from sim.play.case import open_case
from sim.view import words
from sim.view.class_debrief import class_view
from sim.view.class_debrief_model import ClassDebriefView, DivergingChart
from sim.view.class_debrief_what_if import lever_views, value_of
from sim.view.class_debrief_words import question, say
from sim.view.review_chart_model import Chart
from tests.view.made_up import case_named, game, made_up_review

LANGUAGES = ("en", "zh")
BOTS = ("loudest", "vip", "discount", "visits", "random", "nothing")
TEMPLATES = Path(__file__).parents[2] / "scenarios"


@cache
def a_class(size: int) -> list[ClassGame]:
    """Games of bots, given strange names."""
    return [
        ClassGame(f"Nobody knows {number}", None, game("first-day", BOTS[number % len(BOTS)]))
        for number in range(size)
    ]


@cache
def made_up(number: int) -> Review:
    """Who comes later in the list of bots has lost more in every turn."""
    review = made_up_review(case_named("first-day"), game("first-day", BOTS[number]))
    update = {"loss_share": 12.0 * number, "concept_loss": review.concept_loss}
    turns = tuple(turn.model_copy(update=update) for turn in review.turns)
    return review.model_copy(update={"turns": turns})


@cache
def view(
    lang: str, *, size: int = 6, names: bool = False, changed: bool = True
) -> ClassDebriefView:
    case, games = case_named("first-day"), a_class(size)
    reviews = {number: made_up(number % len(BOTS)) for number in range(size)}
    found = class_debrief(case, games, reviews)
    other = what_if.play(case, games, {"churn": 0.03}) if changed else None
    return class_view(case, games, found, lang, names=names, changed=other)


def texts(thing: Any) -> list[str]:
    """Every text in a view."""
    if isinstance(thing, str):
        return [thing]
    if dataclasses.is_dataclass(thing):
        return [
            text
            for field in dataclasses.fields(thing)
            for text in texts(getattr(thing, field.name))
        ]
    if isinstance(thing, dict):
        return [text for value in thing.values() for text in texts(value)]
    if isinstance(thing, tuple):
        return [text for value in thing for text in texts(value)]
    return []


def charts(thing: Any) -> list[Chart]:
    found = [thing] if isinstance(thing, Chart) else []
    if dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            found += charts(getattr(thing, field.name))
    if isinstance(thing, tuple):
        found += [chart for value in thing for chart in charts(value)]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_is_named_unless_it_was_asked_for(lang: str) -> None:
    assert not any("Nobody knows" in text for text in texts(view(lang)))
    assert any("Nobody knows" in text for text in texts(view(lang, names=True)))


def test_without_names_the_order_tells_none() -> None:
    known, told = (view("en", names=names).result.table.rows for names in (True, False))
    assert [row[0] for row in known] == sorted(row[0] for row in known)
    assert [row[0] for row in told] == [f"Game {n + 1}" for n in range(len(told))]
    assert [row[1:] for row in told] != [row[1:] for row in known]
    assert sorted(row[1:] for row in told) == sorted(row[1:] for row in known)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_says_what_it_shows_and_has_its_numbers(lang: str) -> None:
    found = charts(view(lang))
    assert len(found) >= 9
    assert len({chart.id for chart in found}) == len(found)
    for chart in found:
        assert chart.title
        assert chart.summary
        assert chart.note
        assert chart.table.rows
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)


def test_both_languages_tell_the_same() -> None:
    one, other = view("en"), view("zh")
    assert [len(charts(each)) for each in (one, other)] == [len(charts(one))] * 2
    assert [m.turn for m in one.moments] == [m.turn for m in other.moments]
    for mine, theirs in zip(charts(one), charts(other), strict=True):
        assert len(mine.table.rows) == len(theirs.table.rows)
    assert not any(re.search("[一-鿿]", text) for text in texts(one))


def test_a_moment_asks_before_it_tells() -> None:
    for moment in view("en").moments:
        assert len(moment.options) >= 2
        assert not any("%" in option and "turn" in option for option in moment.options)
        assert moment.good.name != moment.poor.name
        assert moment.concept is not None
        assert moment.question == question("en", moment.concept.id)
        assert moment.question.rstrip().endswith("?")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_large_class_is_counted_instead_of_listed(lang: str) -> None:
    large = view(lang, size=30, changed=False)
    assert not isinstance(large.skill, DivergingChart)
    assert large.heat is not None
    assert len(large.heat.rows) == 5
    assert len(large.heat.table.rows) == 30  # the table still has everybody
    small = view(lang)
    assert isinstance(small.skill, DivergingChart)
    assert small.heat is not None
    assert len(small.heat.rows) == 6


def test_before_there_are_reviews_scores_are_shown() -> None:
    case, games = case_named("first-day"), a_class(3)
    found = class_view(case, games, class_debrief(case, games, {}), "en")
    assert found.pending
    assert found.moments == ()
    assert found.skill is None
    assert found.heat is None
    assert found.result.table.rows


@pytest.mark.parametrize("table", ["class_debrief", "class_questions"])
def test_sentences_have_the_same_slots_in_both_languages(table: str) -> None:
    english, chinese = words.table(table, "en"), words.table(table, "zh")
    assert list(english) == sorted(english)
    assert list(english) == list(chinese)
    for key, pattern in english.items():
        assert pattern.strip()
        assert chinese[key].strip()
        mine = {slot for _, slot, _, _ in Formatter().parse(pattern) if slot}
        theirs = {slot for _, slot, _, _ in Formatter().parse(chinese[key]) if slot}
        assert mine == theirs, key


@pytest.mark.slow
def test_every_idea_that_a_shipped_case_is_about_has_a_question() -> None:
    asked = set(words.table("class_questions", "en"))
    names = [path.parent.name for path in TEMPLATES.glob("*/scenario.yaml")]
    assert len(names) >= 7
    for name in names:
        ideas = {idea for each in teaches_of(open_case(name).script).values() for idea in each}
        assert ideas <= asked, name
    assert question("zh", "no.such") == question("zh", None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_levers_are_typed_as_they_are_shown(lang: str) -> None:
    found = what_if.levers(case_named("first-day"))
    for lever, shown in zip(found, lever_views(found, lang), strict=True):
        assert shown.name == say(lang, f"lever.{lever.id}")
        assert value_of(lever, shown.low) == lever.low
        assert value_of(lever, shown.high) == lever.high
        assert lever.low <= value_of(lever, shown.value) <= lever.high
        assert shown.step > 0.0


def test_words_are_kept_in_order() -> None:
    for name in ("class_debrief", "class_questions"):
        for lang in LANGUAGES:
            path = Path(words.__file__).with_name(f"{name}_{lang}.json")
            raw = json.loads(path.read_text(encoding="utf-8"))
            assert list(raw) == sorted(raw)


def test_a_class_that_ended_early_chooses_among_the_turns_it_played() -> None:
    case = case_named("first-day")
    games = [ClassGame("A", None, game("first-day", bot, turns=2)) for bot in BOTS[:3]]
    found = class_view(case, games, class_debrief(case, games, {}), "en")
    assert len(found.turns) == 2
