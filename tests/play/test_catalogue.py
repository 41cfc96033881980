"""The catalogue: shipped and own scenarios, the best grade, and what is wrong with a broken one."""

from pathlib import Path

import pytest

from sim.play.case import open_case
from sim.play.catalogue import Entry, catalogue
from sim.play.session import Session

TINY = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"


def put(home: Path, name: str, *changes: tuple[str, str]) -> None:
    text = TINY.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder = home / "scenarios" / name
    folder.mkdir(parents=True)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def entries(tmp_path: Path) -> dict[str, Entry]:
    home = tmp_path / "home"
    put(
        home, "a-hard-one", ("difficulty: easy", "difficulty: hard"), ("id: tiny", "id: a-hard-one")
    )
    put(home, "broken", ("mood: falling", "mood: fallign"))
    put(home, "tiny")
    for grade in (None, 40.0, 72.5, 61.0):
        session = Session.new("tiny", 5, grader=lambda _case, _score, given=grade: given or 0.0)  # type: ignore[misc]
        if grade is None:
            continue
        session.end_turn()
        session.end_turn()
        session.grade()
    return {entry.name: entry for entry in catalogue(["a-hard-one", "broken", "tiny"])}


def test_easy_comes_before_hard_and_broken_comes_last(entries: dict[str, Entry]) -> None:
    assert list(entries) == ["tiny", "a-hard-one", "broken"]
    assert not any(entry.shipped for entry in entries.values())


def test_a_good_one_has_its_words_and_the_best_grade(entries: dict[str, Entry]) -> None:
    tiny = entries["tiny"]
    assert tiny.script is not None
    assert (tiny.script.title.zh, tiny.script.minutes) == ("最小的游戏", 5)
    assert (tiny.played, tiny.finished, tiny.best) == (4, 3, 72.5)
    assert (entries["a-hard-one"].played, entries["a-hard-one"].best) == (0, None)


def test_a_broken_one_says_where(entries: dict[str, Entry]) -> None:
    broken = entries["broken"]
    assert broken.script is None
    assert broken.problem is not None
    assert broken.problem.field == "customers.mei.mood"
    assert open_case(entries["tiny"].file).script.id == "tiny"


def test_a_name_that_is_not_there_is_left_out() -> None:
    assert catalogue(["nowhere"]) == ()
