"""Broken files: each stands in ``bad`` with what must be said of it, ``line:column CODE words``.

Here only what is wrong with a file as text and YAML (codes S…) is compared, all of it, in order.
"""

from pathlib import Path

import pytest

from sim.scenario import source
from sim.scenario.diagnostics import Problem, sentence

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def _expected(path: Path) -> list[tuple[str, str, str]]:
    lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    split = [line.split(" ", 2) for line in lines]
    return [(place, code, words) for place, code, words in split if code.startswith("S")]


def _found(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(f"{problem.line}:{problem.column}", problem.code) for problem in problems]


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_everything_wrong_is_found_at_its_column(path: Path) -> None:
    expected = _expected(path)
    problems = source.read(path, path.name).problems
    assert _found(problems) == [(place, code) for place, code, _ in expected]
    for problem, (_, _, words) in zip(problems, expected, strict=True):
        assert words in sentence(problem, "en")


def test_the_same_is_found_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = {path: _found(source.read(path, path.name).problems) for path in BAD}
    monkeypatch.setattr(source, "_Parser", source.PurePython)
    slow = {path: _found(source.read(path, path.name).problems) for path in BAD}
    assert slow == fast


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_every_message_is_whole_in_both_languages(path: Path) -> None:
    for problem in source.read(path, path.name).problems:
        en, zh = sentence(problem, "en"), sentence(problem, "zh")
        assert any("\u4e00" <= character <= "\u9fff" for character in zh)
        assert not any("\u4e00" <= character <= "\u9fff" for character in en)
        assert "None" not in en + zh


def test_there_are_enough_of_them() -> None:
    assert len(BAD) >= 60
    assert all(path.with_suffix(".expected").exists() for path in BAD)
