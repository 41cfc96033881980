"""The names of the ledger: every contribution has a name, a reason and a concept."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.prose import HALF_WIDTH, HANZI, SENTENCE_END, library_file

COURSE_IDS = set((Path(__file__).parent / "course_ids.txt").read_text("utf-8").split())
IDS = {
    "satisfaction": (
        "core_quality action response gap price over_contact failure mood_colour luck being_heard "
        "compensation speed second_failure surprise ignored too_late cap out_of_order "
        "first_impression value_profile time_effort written promise nudge refused"
    ),
    "loyalty": "satisfaction trust bond resentment discount_habit base habit level_cap cap written",
    "procedural": "time_together earned coercive expiry portability nudge cap",
    "financial": "earned coercive expiry fading portability cap",
    "bond": "attention fading pestering rep_left through_others cap",
    "trust": (
        "towards_satisfaction recovery ignored promise_kept promise_broken action out_of_order "
        "out_of_date privacy through_others asked_answered asked_ignored cap"
    ),
    "resentment": "coercion imposed fading action cap",
    "stay": (
        "base satisfaction loyalty procedural financial bond rival resentment friends_left habit "
        "rival_price attention last_words"
    ),
    "deal": "action cooling message ability_to_pay veto market refused comparing coach",
    "badge": (
        "style mood repetition motive first_impression item out_of_date tier steps early late "
        "again clip trust_gate"
    ),
}
# Which terms say what the player chose, and by which placeholder.
PLACEHOLDERS = {
    ("satisfaction", "action"): ["{action}"],
    ("satisfaction", "response"): ["{response}"],
    ("procedural", "earned"): ["{action}"],
    ("procedural", "coercive"): ["{action}"],
    ("financial", "earned"): ["{action}"],
    ("financial", "coercive"): ["{action}"],
    ("bond", "attention"): ["{action}"],
    ("trust", "action"): ["{action}"],
    ("resentment", "action"): ["{action}"],
    ("deal", "action"): ["{action}"],
}

PLACEHOLDER = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def terms() -> dict[str, Any]:
    written = library_file("terms")
    assert written["format"] == "1"
    quantities: dict[str, Any] = written["terms"]
    return quantities


def entries(terms: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for quantity, named in terms.items():
        for key, entry in named.items():
            yield quantity, key, entry


def test_every_term_is_named(terms: dict[str, Any]) -> None:
    assert {quantity: list(named) for quantity, named in terms.items()} == {
        quantity: keys.split() for quantity, keys in IDS.items()
    }


def test_fields_and_languages(terms: dict[str, Any]) -> None:
    for quantity, key, entry in entries(terms):
        assert set(entry) == {"name", "reason", "formula", "concept"}, (quantity, key)
        for field in ("name", "reason", "formula"):
            assert set(entry[field]) == {"en", "zh"}, (quantity, key)
            assert not HANZI.search(entry[field]["en"]), (quantity, key)


def test_each_links_to_a_concept_of_the_course(terms: dict[str, Any]) -> None:
    for quantity, key, entry in entries(terms):
        assert entry["concept"] in COURSE_IDS, (quantity, key)


def test_names_are_unique_within_a_quantity(terms: dict[str, Any]) -> None:
    for quantity, named in terms.items():
        for language in ("en", "zh"):
            names = [entry["name"][language] for entry in named.values()]
            assert len(names) == len(set(names)), (quantity, language)


def test_placeholders_are_the_same_in_both_languages(terms: dict[str, Any]) -> None:
    for quantity, key, entry in entries(terms):
        expected = PLACEHOLDERS.get((quantity, key), [])
        for language in ("en", "zh"):
            assert PLACEHOLDER.findall(entry["name"][language]) == expected, (quantity, key)
            assert "{" not in entry["reason"][language], (quantity, key)


def test_a_name_fits_its_line(terms: dict[str, Any]) -> None:
    for quantity, key, entry in entries(terms):
        assert 1 <= len(entry["name"]["en"]) <= 30, (quantity, key)
        assert 1 <= len(entry["name"]["zh"]) <= 15, (quantity, key)


def test_a_formula_is_one_short_line(terms: dict[str, Any]) -> None:
    for quantity, key, entry in entries(terms):
        english, chinese = entry["formula"]["en"], entry["formula"]["zh"]
        assert 10 <= len(english) <= 100, (quantity, key)
        assert 5 <= len(chinese) <= 60, (quantity, key)
        assert not english.endswith("."), (quantity, key)
        assert not chinese.endswith("。"), (quantity, key)
        assert HANZI.search(chinese), (quantity, key)
        assert not HALF_WIDTH.search(chinese), (quantity, key)


def test_a_reason_is_one_short_sentence(terms: dict[str, Any]) -> None:
    for quantity, key, entry in entries(terms):
        english, chinese = entry["reason"]["en"], entry["reason"]["zh"]
        assert len(english) <= 90, (quantity, key)
        assert len(chinese) <= 45, (quantity, key)
        assert len(SENTENCE_END.findall(english)) == 1, (quantity, key)
        assert english.endswith("."), (quantity, key)
        assert chinese.count("。") == 1, (quantity, key)
        assert chinese.endswith("。"), (quantity, key)
        assert not HALF_WIDTH.search(chinese), (quantity, key)
