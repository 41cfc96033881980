"""`run.py new`: asks a person, takes flags, and says what went wrong in a sentence."""

import io
from pathlib import Path

import pytest

import sim.cli
from sim.scenario.load import load_scenario


class Keyboard(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        """Somebody sits there."""
        return True


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_asks_what_the_words_leave_open(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard("firms\naccount\n\n99\n6\n"))
    assert sim.cli.main(["new", "harbour-inn", "--lang", "en"]) == 0
    scenario = load_scenario(here / "harbour-inn").scenario
    assert (scenario.kind, scenario.turns) == ("account", 6)
    asked = capsys.readouterr().out
    assert asked.count("Customers (consumer, account, mixed)") == 2
    assert asked.count("Turns (3–24) [8]") == 2
    assert "play harbour-inn" in asked


def test_without_anybody_to_ask_it_takes_the_usual(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert sim.cli.main(["new", "plain"]) == 0
    assert load_scenario(here / "plain").scenario.kind == "consumer"


def test_flags_are_not_asked_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard(""))
    words = ["new", "mine", "--kind", "mixed", "--language", "zh", "--turns", "9"]
    assert sim.cli.main(words) == 0
    assert load_scenario(here / "mine").scenario.turns == 9


@pytest.mark.parametrize(("lang", "told"), [("en", "is there already"), ("zh", "已经存在")])
def test_what_is_there_stays(
    lang: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert sim.cli.main(["new", "mine"]) == 0
    assert sim.cli.main(["new", "mine", "--lang", lang]) == sim.cli.UNUSABLE
    assert told in capsys.readouterr().err
