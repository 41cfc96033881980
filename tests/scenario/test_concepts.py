"""The glossary: complete, in both languages, of readable length."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.prose import HALF_WIDTH, HANZI, SENTENCE_END, library_file

COURSE_IDS = tuple((Path(__file__).parent / "course_ids.txt").read_text("utf-8").split())
MARKS = {"rule", "action", "read", "debrief", "encounter", "scenario"}
FIELDS = {"name", "group", "marks", "text", "game", "evidence", "see"}
MOST_CHARACTERS = {
    "name": (60, 20),
    "text": (600, 300),
    "game": (400, 200),
    "evidence": (500, 250),
}

SPACE_IN_CHINESE = re.compile(r"[\u4e00-\u9fff，。？！；：、] +[\u4e00-\u9fff，。？！；：、]")


@pytest.fixture(scope="module")
def concepts() -> dict[str, Any]:
    written = library_file("concepts")
    assert written["format"] == "1"
    entries: dict[str, Any] = written["concepts"]
    return entries


def texts(concepts: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    for key, entry in concepts.items():
        for field in MOST_CHARACTERS:
            if field in entry:
                yield key, field, entry[field]


def test_the_list_of_the_course_has_no_repetition() -> None:
    assert len(COURSE_IDS) == len(set(COURSE_IDS)) == 97


def test_every_concept_of_the_course_is_there_in_its_order(concepts: dict[str, Any]) -> None:
    assert tuple(concepts) == COURSE_IDS


def test_required_fields(concepts: dict[str, Any]) -> None:
    for key, entry in concepts.items():
        assert set(entry) <= FIELDS, key
        assert FIELDS - {"evidence"} <= set(entry), key
        assert entry["group"] == key.partition(".")[0], key
        assert entry["marks"], key
        assert set(entry["marks"]) <= MARKS, key


def test_every_text_is_in_both_languages(concepts: dict[str, Any]) -> None:
    for key, field, text in texts(concepts):
        assert set(text) == {"en", "zh"}, (key, field)
        assert not HANZI.search(text["en"]), (key, field)
        if field != "name":  # AIDMAS and IDIC are called so in Chinese too
            assert HANZI.search(text["zh"]), (key, field)


def test_names_are_unique(concepts: dict[str, Any]) -> None:
    for language in ("en", "zh"):
        names = [entry["name"][language] for entry in concepts.values()]
        assert len(names) == len(set(names)), language


def test_texts_are_short_enough_to_read_in_play(concepts: dict[str, Any]) -> None:
    for key, field, text in texts(concepts):
        most_en, most_zh = MOST_CHARACTERS[field]
        assert len(text["en"]) <= most_en, (key, field)
        assert len(text["zh"]) <= most_zh, (key, field)


def test_the_text_has_two_to_four_sentences(concepts: dict[str, Any]) -> None:
    for key, entry in concepts.items():
        assert 2 <= len(SENTENCE_END.findall(entry["text"]["en"])) <= 4, key
        assert 2 <= len(re.findall("[。？！]", entry["text"]["zh"])) <= 4, key


def test_what_the_game_shows_takes_one_or_two_sentences(concepts: dict[str, Any]) -> None:
    for key, entry in concepts.items():
        assert 1 <= len(SENTENCE_END.findall(entry["game"]["en"])) <= 2, key


def test_chinese_punctuation_is_full_width(concepts: dict[str, Any]) -> None:
    for key, field, text in texts(concepts):
        assert not HALF_WIDTH.search(text["zh"]), (key, field)
        assert not SPACE_IN_CHINESE.search(text["zh"]), (key, field)
        if field != "name":
            assert text["zh"].endswith(("。", "？", "！")), (key, field)


def test_related_concepts_exist(concepts: dict[str, Any]) -> None:
    for key, entry in concepts.items():
        see = entry["see"]
        assert 1 <= len(see) <= 4, key
        assert len(see) == len(set(see)), key
        assert key not in see, key
        assert set(see) <= set(concepts), key


def test_every_concept_can_be_reached_from_another(concepts: dict[str, Any]) -> None:
    linked = {other for entry in concepts.values() for other in entry["see"]}
    assert set(concepts) - linked == set()
