"""The debrief as data: complete, in both languages, and every number where it belongs."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args

import pytest

from sim.game import GameRecord
from sim.lab.review.grading import LIMITS, SOLVED
from sim.lab.review.model import (
    COMPONENTS,
    LABELS,
    Change,
    Choice,
    Estimate,
    Kind,
    Review,
    Tag,
    TurnReview,
)
from sim.view.plans import _shortened
from sim.view.review import open_past, review_view, turn_ledgers
from sim.view.review_changes import beginning, explained, first_sentence, lead, loss_text, rest
from sim.view.review_model import QUESTION_NOTE, Chart, ReviewView, Table
from sim.view.review_turns import Past
from sim.view.review_words import patterns, say
from tests.view.made_up import around, case_named, game, made_up_review

LANGUAGES = ("en", "zh")
PARTS = ("evaluation", "waterfall", "scatter", "hours", "worst", "concepts", "calibration", "map")


@cache
def past(name: str = "tiny", turns: int | None = None) -> Past:
    return open_past(case_named(name), game(name, turns=turns))


@cache
def view(lang: str = "en", name: str = "tiny", turns: int | None = None) -> ReviewView:
    return review_view(past(name, turns), review(name, turns), lang)


@cache
def review(name: str = "tiny", turns: int | None = None, refined: int = 1000) -> Review:
    return made_up_review(case_named(name), game(name, turns=turns), refined=refined)


def leaves(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def charts(found: ReviewView) -> list[Chart]:
    every = [getattr(found, name) for name in PARTS]
    return [each for each in every if each is not None]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["tiny", "account"])
def test_it_is_plain_data_without_open_slots(name: str, lang: str) -> None:
    found = list(leaves(view(lang, name)))
    assert {type(each) for each in found} <= {str, int, float, bool, type(None)}
    texts = [each for each in found if isinstance(each, str)]
    assert not [text for text in texts if re.search(r"[{}]|None", text)]


def test_no_english_is_left_in_the_chinese_one() -> None:
    found = view("zh")
    texts = [found.title, found.assumption, found.verdict, found.retries_note, *found.next_steps]
    texts += [text for chart in charts(found) for text in (chart.title, chart.summary, chart.note)]
    for turn in found.turns:
        texts += [turn.cost, turn.label.name, *(each.sentence for each in turn.changes)]
    for text in texts:
        assert not re.search(r"[a-z]{4,} [a-z]{2,} [a-z]", text), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_says_in_a_sentence_what_it_shows_and_brings_its_numbers(lang: str) -> None:
    found = charts(view(lang))
    assert len(found) == len(PARTS)
    for chart in found:
        assert chart.title
        assert chart.summary
        assert chart.note
        table: Table = chart.table
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_the_waterfall_goes_from_the_expectation_to_the_result_without_a_gap() -> None:
    chart = view().waterfall
    assert chart is not None
    first, *steps, last = chart.steps
    assert first.end == review().opening
    reached = first.end
    for step in steps:
        assert step.start == pytest.approx(reached, abs=1e-9)
        reached = step.end
    assert reached == pytest.approx(last.end, abs=1e-6)
    assert last.end == review().result
    assert [step.kind for step in steps] == ["skill", "luck"] * len(review().turns)


def test_the_evaluation_line_runs_through_decisions_and_luck() -> None:
    chart = view().evaluation
    for mark, turn, (_, following) in zip(chart.marks, review().turns, chart.line[1:], strict=True):
        assert mark.y == pytest.approx(turn.value.value + turn.skill)
        assert mark.after == pytest.approx(following, abs=1e-6)
    low, high = chart.y.low, chart.y.high
    assert all(low <= span.low <= span.high <= high for span in (*chart.band, *chart.fan))
    assert (chart.share.low, chart.share.high) == (low, high)


def test_what_lies_beyond_an_axis_is_not_told_as_its_last_mark() -> None:
    turns = [turn.model_copy(update={"loss_share": 213.0}) for turn in review().turns]
    chart = review_view(past(), review().model_copy(update={"turns": tuple(turns)}), "en").scatter
    assert {dot.x for dot in chart.dots} == {chart.x.low}
    assert chart.x.ticks[0].text == f"≥ {chart.x.low:.0f}"


def test_what_chance_did_is_the_luck_of_the_turn_the_largest_first() -> None:
    for told, turn in zip(view().turns, review().turns, strict=True):
        *events, rest = told.events
        sizes = [abs(each.points) for each in events]
        assert sizes == sorted(sizes, reverse=True)
        assert abs(sum(each.points for each in told.events) - turn.luck) < 1e-9
        assert rest.text.startswith("All the rest together")
    calm = review().turns[0].model_copy(update={"lucky": ()})
    lonely = review_view(past(), review().model_copy(update={"turns": (calm,)}), "en").turns[0]
    assert [each.text.split(":")[0] for each in lonely.events] == ["No single event stood out"]


def test_labels_have_a_glyph_and_a_word_of_their_own() -> None:
    labels = view().labels
    assert [label.id for label in labels] == list(LABELS)
    assert len({label.glyph for label in labels}) == len(LABELS)
    for lang in LANGUAGES:
        assert len({label.name for label in view(lang).labels}) == len(LABELS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_say_the_limits_that_they_follow(lang: str) -> None:
    said = {label.id: label.text for label in view(lang).labels}
    for name, limit in LIMITS[:-1]:
        assert f"{limit:.0f} %" in said[name]
    assert f"{LIMITS[-2][1]:.0f} %" in said["blunder"]
    assert f"{SOLVED:.0f} %" in view(lang).retries_note


def test_turns_that_are_still_worked_out_have_neither_label_nor_changes() -> None:
    found = review_view(past(), review(refined=1), "en")
    done, *others = found.turns
    assert done.label.id in LABELS
    assert {turn.label.id for turn in others} == {"pending"}
    assert found.progress
    assert all(not turn.better for turn in others)
    assert [dot.turn for dot in found.scatter.dots] == [1]
    none = review_view(past(), review(refined=0), "en")
    assert none.retries == ()
    assert none.retries_note == say("en", "retry.pending")  # not that there was nothing to lose
    assert none.scatter.summary == say("en", "chart.scatter.pending")
    assert none.worst is None


def test_a_costly_decision_may_be_better_than_the_experts_all_the_same() -> None:
    lens, turn = past().lens("en", 1), review().turns[0]

    def told(skill: float, cost: float) -> bool:
        """Points; a turn is worth 10."""
        loss = Estimate(value=cost, low=cost - 0.5, high=cost + 0.5, games=64)
        change = {"skill": skill, "loss": loss, "loss_share": 10.0 * cost}
        return say("en", "turn.ahead") in loss_text(lens, turn.model_copy(update=change))

    assert told(skill=1.6, cost=4.0)
    assert not told(skill=1.4, cost=4.0)
    assert not told(skill=1.6, cost=1.4)  # which is a good decision anyway


def test_a_game_that_goes_on_keeps_its_secrets() -> None:
    found = view("en", "tiny", 1)
    assert (found.map, found.calibration, found.waterfall) == (None, None, None)
    assert turn_ledgers(past("tiny", 1), found, "en") == ()
    figures = {figure.id: figure.when for figure in found.figures}
    assert "result" not in figures
    assert figures["skill_index"].startswith("the decisions so far")
    assert found.verdict == ""
    assert len(found.turns) == 1


def test_the_costliest_turns_come_back_to_be_decided_again() -> None:
    found = view("en", "corner-cafe")
    cards = found.retries
    losses = [card.loss.value for card in cards]
    assert len(cards) == 3
    assert losses == sorted(losses, reverse=True)
    by_number = {turn.turn: turn for turn in found.turns}
    assert all(by_number[card.turn].loss_share > 15.0 for card in cards)
    for card in cards:
        assert card.state
        assert card.own
        assert card.hint
        assert card.better
        assert len(card.changes) <= 3
    ledgers = turn_ledgers(past("corner-cafe"), found, "en")
    assert [ledger.turn for ledger in ledgers] == [card.turn for card in cards]
    parts = [
        part
        for ledger in ledgers
        for customer in ledger.customers
        for change in customer.changes
        for part in change.contributions
    ]
    assert parts
    assert all(part.formula for part in parts if part.id not in {"rest", "unknown", "chance"})


def test_what_the_trainee_said_first_is_compared() -> None:
    assert view().question.comparison == ""
    record = game("tiny")
    *turns, last = record.turns
    for turn, key in ((1, "same"), (2, "other")):
        noted = last.model_copy(
            update={"notes": {**last.notes, QUESTION_NOTE: {"turn": turn, "why": " nobody asked "}}}
        )
        told = record.model_copy(update={"turns": (*turns, noted)})
        found = _with(told, turning_point=1).question
        assert (found.said_turn, found.said_why) == (turn, "nobody asked")
        assert found.comparison.startswith("You chose")
        assert ("the same" in found.comparison) == (key == "same")
        # Chance may move most where no decision did: then the costliest one is named, too.
        assert ("cost most" in found.comparison) == (key == "other")


@pytest.mark.parametrize("noted", [None, "week 3", {"turn": "3"}, {"turn": 99}, {"turn": 0}])
def test_a_note_that_is_no_answer_counts_as_none(noted: object) -> None:
    record = game("tiny")
    *turns, last = record.turns
    noted_turn = last.model_copy(update={"notes": {QUESTION_NOTE: noted}})
    found = _with(record.model_copy(update={"turns": (*turns, noted_turn)})).question
    assert found.said_turn is None
    assert found.comparison == ""


def _with(record: GameRecord, **changed: object) -> ReviewView:
    case = case_named("tiny")
    found = made_up_review(case, record).model_copy(update=changed)
    return review_view(open_past(case, record), found, "en")


# --- explanations --------------------------------------------------------------------------------

JUDGING = {
    "en": r"\b(well done|great job|bad job|stupid|careless|lazy|clever|you fail)",
    "zh": "笨|蠢|粗心|懒|真棒|太棒|聪明|干得好|糟糕",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("sides", ["add", "drop", "same"])
def test_every_kind_of_change_is_told(kind: Kind, sides: str, lang: str) -> None:
    lens = past().lens(lang, 1)
    actions = lens.rules.action_ids
    one, other = (Choice(customer="mei", action=action) for action in actions[:2])
    change = Change(
        kind=kind,
        before=None if sides == "add" else one,
        after=None if sides == "drop" else other,
        gain=around(1.0, 0.2),
        components=dict.fromkeys(COMPONENTS, 1.0 / 6.0),
    )
    assert lead(lens, change)
    unclear = change.model_copy(update={"gain": around(0.1, 0.2)})
    assert lead(lens, unclear) == say(lang, "change.unclear")


def changed(*gains: float) -> TurnReview:
    """A turn whose loss consists of changes of such gains, each measured to within .1, and .4."""
    turn = made_up_review(past().case, past().record).turns[0]
    who = past().case.rules.customer_ids[0]
    changes = tuple(
        Change(
            kind="omission",
            before=None,
            after=Choice(customer=who, action=past().case.rules.action_ids[0]),
            gain=around(gain, 0.1),
            components={COMPONENTS[0]: gain},
            concepts=("loyalty.not_satisfaction", "portfolio.followups"),
        )
        for gain in gains
    )
    loss = around(sum(gains) + 0.4, 0.1)
    return turn.model_copy(update={"changes": changes, "loss": loss, "rest": 0.4})


def test_changes_that_hardly_matter_are_counted_with_the_rest() -> None:
    lens, turn = past().lens("en", 1), changed(0.05, 2.0, 0.11)  # unclear, clear, slight
    assert [each.gain.value for each in explained(lens, turn)] == [2.0]
    assert rest(lens, turn).endswith("+0.6 points together.")
    nothing_clear = changed(0.05, 0.02)
    assert [each.gain.value for each in explained(lens, nothing_clear)] == [0.05]


def test_of_the_course_something_new_is_said_each_time() -> None:
    lens = past().lens("en", 1)
    first, second, third = explained(lens, changed(1.0, 1.0, 1.0))
    assert first.idea.startswith("Satisfaction is not loyalty")
    assert second.idea
    assert second.idea != first.idea
    assert not third.idea
    assert [bool(each.question) for each in (first, second, third)] == [True, False, False]
    assert first.lead != second.lead == third.lead == say("en", "change.again")
    assert second.sentence.startswith(second.lead)


def test_a_gain_is_the_sum_of_its_parts_and_says_its_range() -> None:
    found = [change for turn in view("en", "corner-cafe").turns for change in turn.changes]
    assert found
    for change in found:
        parts = sum(share.amount for share in change.shares)
        assert parts == pytest.approx(change.gain.value, abs=0.01)
        assert "90 % range" in change.gain.shown
        assert change.gain.clear == ("about equal" not in change.gain.shown)
        assert len(change.concepts) <= 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_is_praised_or_blamed(lang: str) -> None:
    for key, text in patterns(lang).items():
        assert not re.search(JUDGING[lang], text, re.IGNORECASE), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_names_of_the_contract_have_words(lang: str) -> None:
    known = patterns(lang)
    for component in COMPONENTS:
        assert f"component.{component}" in known
    for kind in get_args(Kind):
        assert {f"kind.{kind}.{part}" for part in ("name", "question", "hint")} <= set(known)
    for tag in get_args(Tag):
        assert f"tag.{tag}" in known


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("About 2.5 points. Then more.", "About 2.5 points."),
        ("甲。乙。", "甲。"),
        ("no end", "no end"),
    ],
)
def test_the_first_sentence_of_a_text(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_the_beginning_of_a_text_has_as_many_sentences_as_say_enough() -> None:
    text = "There are two. The one is open. The other is not."
    assert beginning(text, 10) == "There are two."
    assert beginning(text, 20) == "There are two. The one is open."
    assert beginning("Short.", 60) == "Short."


@pytest.mark.parametrize(
    ("said", "short"),
    [
        ("Short enough.", "Short enough."),
        ("“" + "word " * 20 + "”", "“" + " ".join(["word"] * 11) + "…”"),
        ("字" * 80, "字" * 59 + "…"),
    ],
)
def test_a_long_answer_is_cut_between_words(said: str, short: str) -> None:
    assert _shortened(said) == short
