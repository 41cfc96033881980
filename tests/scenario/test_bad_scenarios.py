"""Broken scenarios: all that is wrong with each, at its place, and never a traceback."""

from pathlib import Path

import pytest

from sim.scenario.diagnostics import Problem, ordered, render, sentence
from sim.scenario.load import inspect_scenario

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def expected_of(path: Path) -> list[tuple[str, str, str]]:
    lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    return [(place, code, words) for place, code, words in (line.split(" ", 2) for line in lines)]


WELL_FORMED = [
    path for path in BAD if any(not code.startswith("S") for _, code, _ in expected_of(path))
]


def place_of(problem: Problem) -> str:
    return f"{problem.line}:{problem.column}"


@pytest.mark.parametrize("path", WELL_FORMED, ids=[path.stem for path in WELL_FORMED])
def test_everything_wrong_is_told_where_it_stands(path: Path) -> None:
    expected = expected_of(path)
    problems = ordered(inspect_scenario(path, path.name).problems)
    assert [(place_of(problem), problem.code) for problem in problems] == [
        (place, code) for place, code, _ in expected
    ]
    for problem, (_, _, words) in zip(problems, expected, strict=True):
        assert words in sentence(problem, "en")


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_every_broken_file_can_be_told_in_both_languages(path: Path) -> None:
    look = inspect_scenario(path, path.name)
    assert look.problems
    for lang in ("en", "zh"):
        told = render(look.problems, look.lines_of, lang)
        assert told.startswith(f"{path.name}:")
        assert "None" not in told


def test_kinds_of_mistakes_are_all_there() -> None:
    codes = {code for path in BAD for _, code, _ in expected_of(path)}
    assert {code[0] for code in codes} >= set("STRLX")
    assert len(BAD) >= 60
