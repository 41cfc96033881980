"""`run.py check` and what it prints."""

import json
from pathlib import Path

import pytest

from sim.scenario.check import check
from sim.scenario.library import load_library

GOOD = Path(__file__).parent / "good"
BAD = Path(__file__).parent / "bad"


def test_a_good_file_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([GOOD / "tiny.yaml"], "en") == 0
    assert capsys.readouterr().out == "1 file checked: 0 errors, 0 warnings, 0 notes.\n"


def test_a_bad_file_is_told_with_its_line_and_a_caret(capsys: pytest.CaptureFixture[str]) -> None:
    path = BAD / "unknown-mood.yaml"
    assert check([path], "en") == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == [
        (
            f"{path}:23:11: customers.mei.mood: 'hapy' is not a mood (did you mean 'rising'?); "
            "one of: rising, falling, calm, complacent [T03]"
        ),
        "        mood: hapy",
        "              ^",
    ]
    assert told[-1] == "1 file checked: 1 error, 0 warnings, 0 notes."


def test_the_same_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([BAD / "unknown-mood.yaml"], "zh") == 1
    told = capsys.readouterr().out
    assert "“hapy” 不是心情（是否想写“rising”？）" in told
    assert told.endswith("检查了 1 个文件：错误 1 个，警告 0 个，提示 0 个。\n")


def test_a_folder_is_all_its_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([GOOD], "en") == 0
    assert capsys.readouterr().out.startswith("2 files checked")


def test_json_is_one_value_with_every_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([BAD / "ten-mistakes-at-once.yaml"], "en", json=True) == 1
    problems = json.loads(capsys.readouterr().out)
    assert len(problems) == 11
    asked = {"path", "line", "column", "code", "severity", "field", "message", "suggestion"}
    assert asked == set(problems[0])


def test_coverage_names_scenarios_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([GOOD], "en", coverage=True, json=True) == 0
    concepts = json.loads(capsys.readouterr().out)["concepts"]
    assert list(concepts) == list(load_library().concepts)
    assert concepts["recovery.steps"] == {
        "scenarios": ["tiny"],
        "places": ["tiny: encounters.cold_coffee"],
    }
    assert concepts["account.roles"]["places"] == ["account: actions.ask_need"]


def test_a_scenario_with_errors_teaches_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([BAD / "unknown-mood.yaml"], "en", coverage=True) == 1
    assert "person.driver" in capsys.readouterr().out


def test_codes_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([], "en", explain="l40") == 0
    assert capsys.readouterr().out.startswith("L40 error: the last ending must have no condition")
    assert check([], "zh", explain="L40") == 0
    assert "最后一个结局" in capsys.readouterr().out
    assert check([], "en", explain="Q99") == 2


def test_the_shipped_library_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    library = Path(__file__).parents[2] / "scenarios" / "library"
    assert check([library], "en") == 0
    assert "0 errors" in capsys.readouterr().out


def test_a_mistake_in_a_library_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = Path(__file__).parents[2] / "scenarios" / "library"
    copied = tmp_path / "library"
    copied.mkdir()
    for path in shipped.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("colour: 1\n", "colour: red\n", 1)
        (copied / path.name).write_text(text, encoding="utf-8")
    assert check([copied], "en") == 1
    assert "moods.rising.colour: 'red' is not a number [T04]" in capsys.readouterr().out
