"""`balance` and `insights` on the command line: exit codes, one JSON value, refusals."""

import json
import sys
from pathlib import Path

import pytest

from sim.cli import main
from sim.errors import SimError
from sim.lab.balance import hands, sweep
from sim.lab.balance.balance import Balance
from sim.play import services
from tests.lab import small_sweep

LANGUAGES = ("en", "zh")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of thousands of games, the few that are played once."""
    monkeypatch.setattr(sweep, "sweep", lambda *_, **__: small_sweep.found())


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_balance_tells_smells_and_exits_with_1(
    lang: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    code = main(["balance", "first-day", "--lang", lang, "--html", str(page), "--json"])
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert out.count("\n") == 1
    assert code == (1 if told["smells"] else 0)
    assert str(page) in err
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["balance", "first-day", "--lang", lang]) == code
    text = capsys.readouterr().out
    for smell in told["smells"]:
        assert f"{smell['where']}: {smell['code']}\n" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scenario_without_room_is_refused_with_its_place(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Balance:
        raise SimError("balance/no-range", nothing=50.0, expert=50.2, error=0.3)

    monkeypatch.setattr(sweep, "sweep", refuse)
    assert main(["balance", "first-day", "--lang", lang]) == 1
    text = capsys.readouterr().out
    assert "scenario.yaml:" in text
    assert "balance/no-range" in text
    assert "50.2" in text
    assert main(["balance", "first-day", "--lang", lang, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [smell["code"] for smell in told["smells"]] == ["balance/no-range"]


@pytest.mark.parametrize(
    "words",
    [
        ["--games", "0"],
        ["--games", "many"],
        ["--workers", "-1"],
        ["--workers", "2", "--cluster", "tcp://127.0.0.1:1"],
    ],
)
def test_wrong_use_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["balance", "first-day", *words]) == 2
    assert "first-day" not in capsys.readouterr().out


def test_a_file_that_is_none_of_ours_is_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear Sir\n")
    assert main(["balance", "first-day", "--resume", str(letter)]) == 2
    assert str(letter) in capsys.readouterr().err
    assert letter.read_text() == "Dear Sir\n"


def test_a_cluster_needs_its_packages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sim.lab.balance.cluster", None)
    assert main(["balance", "first-day", "--cluster", "tcp://127.0.0.1:1"]) == 2
    assert "rapport[cluster]" in capsys.readouterr().err


def test_there_is_at_least_one_processor() -> None:
    assert hands.processors() >= 1


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """A few games of the first day."""
    for seed, bot in enumerate(("expert", "random", "nothing")):
        out = str(tmp_path / f"{bot}.json")
        services.bot_game("first-day", policy=bot, seed=seed, out=out, grader=lambda *_: 0.0)
    return tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_insights_of_a_folder(lang: str, played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["insights", "first-day", str(played), "--lang", lang]) == 0
    assert "first-day" not in capsys.readouterr().err
    assert main(["insights", "first-day", str(played), "--lang", lang, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["games"] == 3


def test_insights_without_a_game_that_counts_are_refused(
    played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["insights", "corner-cafe", str(played)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("first-day") == 3
    assert main(["insights", "first-day", str(played / "nobody.json")]) == 2
