"""A new scenario is clean, can be played, and explains itself in the language asked for."""

import re
from pathlib import Path

import pytest

from sim.errors import SimError
from sim.lab.runs import play
from sim.scenario import new
from sim.scenario.compile import compile_scenario
from sim.scenario.editors import MODELINE
from sim.scenario.load import inspect_scenario, load_scenario

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def remarks(path: Path) -> list[str]:
    text = path.read_text("utf-8").removeprefix(MODELINE)
    return [line.partition("# ")[2] for line in text.split("\n") if "# " in line]


# A language changes no number, so every length is played in one of them; the others take longer.
@pytest.mark.parametrize("kind", new.KINDS)
@pytest.mark.parametrize(
    ("language", "turns"),
    [
        pytest.param(language, turns, marks=[pytest.mark.slow] if slow else [])
        for language in new.SPOKEN
        for turns in (None, 5, 14)
        for slow in (turns is not None and language != "both",)
    ],
)
def test_it_is_clean_and_can_be_played(
    kind: new.Kind, language: new.Spoken, turns: int | None, tmp_path: Path
) -> None:
    path = new.create("harbour-inn", kind=kind, language=language, turns=turns, folder=tmp_path)
    found = inspect_scenario(path)
    assert found.problems == ()
    assert found.loaded is not None
    scenario = found.loaded.scenario
    assert (scenario.id, scenario.kind) == ("harbour-inn", kind)
    assert turns is None or scenario.turns == turns
    play(compile_scenario(found.loaded), "expert", seed=1)


@pytest.mark.parametrize("kind", new.KINDS)
def test_remarks_are_in_the_language_asked_for(kind: new.Kind, tmp_path: Path) -> None:
    english = remarks(new.create("english", kind=kind, language="en", folder=tmp_path))
    chinese = remarks(new.create("chinese", kind=kind, language="zh", folder=tmp_path))
    code = [each for each in english if "{en:" in each]  # a line to be taken into use
    assert not [each for each in english if _CHINESE.search(each) and each not in code]
    assert not [each for each in chinese if not _CHINESE.search(each) and each not in code]
    assert len(english) > 10
    assert len(chinese) > 10


def test_what_is_scheduled_keeps_its_place_in_the_whole(tmp_path: Path) -> None:
    short = load_scenario(new.create("short", turns=4, folder=tmp_path)).scenario
    whole = load_scenario(new.create("whole", folder=tmp_path)).scenario
    for name, event in whole.events.items():
        if event.turn is not None:
            assert short.events[name].turn == max(1, round(event.turn * 4 / whole.turns))


def test_a_scenario_can_be_the_beginning_of_another(tmp_path: Path) -> None:
    path = new.create("second-day", source="first-day", folder=tmp_path)
    first, second = load_scenario("first-day"), load_scenario(path)
    assert second.scenario.id == "second-day"
    assert second.scenario.customers == first.scenario.customers
    same = first.source.text.replace("id: first-day", "id: second-day", 1)
    assert second.source.text == MODELINE + same


@pytest.mark.parametrize("name", ["", "Case", "my case", "9th", "a/b", "..", "x" * 61])
def test_a_name_must_do_as_a_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(SimError) as told:
        new.create(name, folder=tmp_path)
    assert told.value.code == "new/bad-name"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = new.create("mine", folder=tmp_path)
    path.write_text("my work", encoding="utf-8")
    with pytest.raises(SimError) as told:
        new.create("mine", folder=tmp_path)
    assert told.value.code == "new/exists"
    assert path.read_text("utf-8") == "my work"


@pytest.mark.parametrize("turns", [2, 25])
def test_a_length_must_make_a_game(turns: int, tmp_path: Path) -> None:
    with pytest.raises(SimError) as told:
        new.create("mine", turns=turns, folder=tmp_path)
    assert told.value.code == "new/bad-length"
    assert not (tmp_path / "mine").exists()
