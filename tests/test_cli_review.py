"""The command `review`: text, one file, one value; what it says goes where it belongs."""

import json
import sys
from pathlib import Path

import pytest

import sim.cli
from sim.game import to_json
from sim.lab.review.model import from_json
from sim.play import kept, saves
from sim.play.session import new_record
from tests.view.made_up import case_named, game, made_up_review


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """A finished game whose review has been made before."""
    record = game("tiny")
    saves.keep_case(case_named("tiny"))
    path = tmp_path / "game.json"
    path.write_text(to_json(record), encoding="utf-8")
    place = kept.kept_at(record, "standard")
    place.parent.mkdir(parents=True)
    found = made_up_review(case_named("tiny"), record)
    place.write_text(found.model_dump_json(), encoding="utf-8")
    return path


def test_it_prints_the_debrief_in_its_order(
    played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sim.cli.main(["review", str(played)]) == 0
    told = capsys.readouterr()
    heads = [line.strip("= ") for line in told.out.splitlines() if line.startswith("==")]
    assert heads == [
        *("What happened?", "What was decided", "Why", "Seen through the course"),
        *("Decide again", "What next"),
    ]
    assert max(len(line) for line in told.out.splitlines()) <= 80
    assert told.err.splitlines() == ["reviewing: 0%", "reviewing: 100%"]


def test_what_goes_wrong_is_told_below_how_far_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert sim.cli.main(["review", str(tmp_path / "nowhere.json")]) != 0
    far, said = capsys.readouterr().err.strip().splitlines()
    assert (far, "nowhere.json" in said) == ("reviewing: 0%", True)


def test_it_prints_in_chinese(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sim.cli.main(["review", str(played), "--lang", "zh"]) == 0
    told = capsys.readouterr()
    assert "== 发生了什么？ ==" in told.out
    assert "== 对照课程看这一局 ==" in told.out
    assert "复盘中：100%" in told.err


def test_json_is_one_value_and_nothing_else(
    played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sim.cli.main(["review", str(played), "--json"]) == 0
    out = capsys.readouterr().out
    assert from_json(out).scenario == "tiny"
    assert json.loads(out)["tier"] == "standard"


@pytest.mark.slow
def test_html_is_one_file(played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "report.html"
    assert sim.cli.main(["review", str(played), "--html", str(page), "--lang", "zh"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert str(page) in told.err
    assert '<html lang="zh-Hans">' in page.read_text(encoding="utf-8")


def test_what_cannot_be_reviewed_is_said_in_a_sentence(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sim.cli.main(["review", str(tmp_path / "nowhere.json")]) == 2
    assert "nowhere.json" in capsys.readouterr().err
    empty = tmp_path / "empty.json"
    empty.write_text(to_json(new_record(case_named("tiny"), 3)), encoding="utf-8")
    assert sim.cli.main(["review", str(empty)]) == 2
    assert "Nothing has been played" in capsys.readouterr().err
    away = tmp_path / "no" / "such" / "folder.html"
    assert sim.cli.main(["review", str(played), "--html", str(away)]) == 2
    assert "folder.html" in capsys.readouterr().err
    assert sim.cli.main(["review", str(played), "--tier", "endless"]) == 2
    assert "invalid choice" in capsys.readouterr().err


def test_a_review_is_made_once_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = game("tiny")
    saves.keep_case(case_named("tiny"))
    path = tmp_path / "game.json"
    path.write_text(to_json(record), encoding="utf-8")
    assert sim.cli.main(["review", str(path), "--json", "--tier", "instant"]) == 0
    first = capsys.readouterr().out
    assert kept.kept_at(record, "instant").exists()
    assert sim.cli.main(["review", str(path), "--json", "--tier", "instant"]) == 0
    assert capsys.readouterr().out == first
