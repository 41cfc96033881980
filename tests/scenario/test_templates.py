"""The blanks that authors copy: sound, playable as they stand, and not among the games."""

import re
from pathlib import Path

import pytest

from sim.lab.runs import play
from sim.paths import scenarios_dir
from sim.play.catalogue import catalogue
from sim.scenario.check import TEMPLATES, check
from sim.scenario.compile import compile_scenario
from sim.scenario.load import Loaded, load_scenario, scenario_names

FOLDER = scenarios_dir() / TEMPLATES
KINDS = ("account", "consumer", "mixed")


@pytest.fixture(scope="module", params=KINDS)
def template(request: pytest.FixtureRequest) -> Loaded:
    return load_scenario(FOLDER / str(request.param))


def test_there_is_one_for_each_kind() -> None:
    found = {file.parent.name for file in FOLDER.glob("*/scenario.yaml")}
    assert found == set(KINDS)
    assert {load_scenario(FOLDER / name).scenario.kind for name in KINDS} == set(KINDS)


def test_check_has_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([FOLDER], "en") == 0
    assert capsys.readouterr().out == "3 files checked: 0 errors, 0 warnings, 0 notes.\n"


def test_it_is_played_as_it_stands(template: Loaded) -> None:
    rules = compile_scenario(template)
    last = play(rules, "random", seed=1, runs=2)
    assert last.turn == rules.sizes.turns
    assert last.encounter_count.any()


def test_it_shows_what_a_case_is_made_of(template: Loaded) -> None:
    scenario = template.scenario
    assert 8 <= len(scenario.offers) <= 14
    assert scenario.encounters
    assert scenario.events
    assert len(scenario.endings) >= 2
    assert any(encounter.on == "complaint" for encounter in scenario.encounters.values())


def test_its_comments_teach_in_both_languages(template: Loaded) -> None:
    comments = [line.partition("#")[2].strip() for line in template.source.lines if "#" in line]
    assert len([text for text in comments if re.search("[\u4e00-\u9fff]{3}", text)]) >= 10
    assert len([text for text in comments if re.search("[A-Za-z]{3}", text)]) >= 10


def test_it_is_not_among_the_games(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    assert not set(KINDS) & set(scenario_names())
    assert not set(KINDS) & {entry.name for entry in catalogue()}


def test_coverage_leaves_it_out(capsys: pytest.CaptureFixture[str]) -> None:
    """What a blank teaches is not taught."""
    assert check([FOLDER], "en", coverage=True) == 0
    assert "1 account" not in capsys.readouterr().out
