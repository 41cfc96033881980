"""The catalogue: shipped and own scenarios, the best grade, and what is wrong with a broken one."""

from pathlib import Path

import pytest

from sim.paths import user_dir
from sim.play.case import open_case
from sim.play.catalogue import Entry, catalogue
from sim.play.session import Session
from sim.scenario.load import Inspection, inspect_scenario

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
    assert tiny.card is not None
    assert (tiny.card.title.zh, tiny.card.minutes) == ("最小的游戏", 5)
    assert (tiny.played, tiny.finished, tiny.best) == (4, 3, 72.5)
    assert (entries["a-hard-one"].played, entries["a-hard-one"].best) == (0, None)


def test_a_broken_one_says_where(entries: dict[str, Entry]) -> None:
    broken = entries["broken"]
    assert broken.card is None
    assert broken.problem is not None
    assert broken.problem.field == "customers.mei.mood"
    assert open_case(entries["tiny"].file).script.id == "tiny"


def test_a_name_that_is_not_there_is_left_out() -> None:
    assert catalogue(["nowhere"]) == ()


def test_a_scenario_is_read_once_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "home", "tiny")
    looked: list[Path] = []

    def inspect(file: Path, *, advise: bool) -> Inspection:
        looked.append(file)
        return inspect_scenario(file, advise=advise)

    monkeypatch.setattr("sim.play.cards.inspect_scenario", inspect)
    first, again = catalogue(["tiny"]), catalogue(["tiny"])
    assert first == again
    assert len(looked) == 1
    file = first[0].file
    file.write_text(file.read_text(encoding="utf-8").replace("minutes: 5", "minutes: 15"), "utf-8")
    (changed,) = catalogue(["tiny"])
    assert changed.card is not None
    assert changed.card.minutes == 15
    file.write_text(file.read_text(encoding="utf-8").replace("minutes: 15", "minutes: x"), "utf-8")
    assert [each.card for each in (*catalogue(["tiny"]), *catalogue(["tiny"]))] == [None, None]
    assert len(looked) == 3


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}', "broken"])
def test_cards_that_somebody_spoilt_are_made_anew(tmp_path: Path, content: str) -> None:
    put(tmp_path / "home", "tiny")
    first = catalogue(["tiny"])
    kept = user_dir() / "cards.json"
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace('"title"', '"titel"') if content == "broken" else content, "utf-8")
    assert catalogue(["tiny"]) == first
    assert kept.read_text(encoding="utf-8") == text
