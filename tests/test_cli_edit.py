"""`run.py edit` opens where its author can see something."""

from collections.abc import Callable
from typing import Any

import pytest

import sim.cli
from sim.errors import SimError

Called = dict[str, Any]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Called:
    """What was opened, instead of opening it."""
    found: Called = {}

    def opener(name: str) -> Callable[..., int]:
        def run(scenario: str, **options: Any) -> int:
            found.update(where=name, scenario=scenario, **options)
            return 0

        return run

    monkeypatch.setattr("sim.ui.window.workshop.run", opener("window"))
    monkeypatch.setattr("sim.ui.terminal.workshop.run", opener("terminal"))
    return found


def display(monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    monkeypatch.setattr("sim.front_end.has_display", lambda *_: there)


def test_it_opens_in_the_window_where_there_is_a_display(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    display(monkeypatch, there=True)
    assert sim.cli.main(["edit", "my-inn", "--lang", "zh"]) == 0
    assert called == {
        "where": "window",
        "scenario": "my-inn",
        "language": "zh",
        "system": "zh",
    }


@pytest.mark.parametrize(("there", "words"), [(False, []), (True, ["--terminal"])])
def test_it_is_text_where_there_is_none_or_where_that_is_asked_for(
    called: Called, monkeypatch: pytest.MonkeyPatch, there: bool, words: list[str]
) -> None:
    display(monkeypatch, there=there)
    assert sim.cli.main(["edit", "my-inn", "--lang", "en", *words]) == 0
    assert called == {"where": "terminal", "scenario": "my-inn", "language": "en"}


@pytest.mark.parametrize(
    "trouble", [SimError("window/no-display", reason=""), ImportError(name="pygame")]
)
def test_a_window_that_fails_gives_way_to_text(
    called: Called, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def failing(*_words: Any, **_options: Any) -> int:
        raise trouble

    display(monkeypatch, there=True)
    monkeypatch.setattr("sim.ui.window.workshop.run", failing)
    assert sim.cli.main(["edit", "my-inn", "--lang", "en"]) == 0
    assert called["where"] == "terminal"


def test_a_scenario_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert sim.cli.main(["edit", "--lang", "en"]) == sim.cli.UNUSABLE
    assert "SCENARIO" in capsys.readouterr().err


def test_a_window_says_that_a_name_is_unknown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    display(monkeypatch, there=True)
    assert sim.cli.main(["edit", "no-such-case", "--lang", "en"]) == 1
    assert "[R04]" in capsys.readouterr().err
