"""Comments that call a warning off: where they hold, that they say why, that they are used."""

from pathlib import Path

import pytest

from sim.scenario.diagnostics import Problem, sentence
from sim.scenario.load import inspect_source
from sim.scenario.source import parse
from sim.scenario.suppressions import suppressions

GOOD = Path(__file__).parent / "good" / "tiny.yaml"
TINY = GOOD.read_text(encoding="utf-8")
LATE = "    turn: 3\n"  # tiny has two turns: L22


def problems(*changes: tuple[str, str]) -> list[Problem]:
    text = TINY
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return list(inspect_source(parse(text, "x.yaml"), Path("x.yaml")).problems)


def told(*changes: tuple[str, str]) -> list[tuple[str, int, int]]:
    return [(each.code, each.line, each.column) for each in problems(*changes)]


def late(comment: str) -> tuple[str, str]:
    return "    turn: 2\n", f"    turn: 3  {comment}\n"


LINE = TINY[: TINY.index("    turn: 2\n")].count("\n") + 1


def test_without_a_comment_it_is_told() -> None:
    assert told(("    turn: 2\n", LATE)) == [("L22", LINE, 11)]


@pytest.mark.parametrize(
    "comment",
    [
        "# lint: ok L22 because: an epilogue",
        "# lint: ok L22 because an epilogue",
        "# lint: ok L22, L23 because: an epilogue",
        "# lint: ok l22 because: an epilogue",
        "# lint: ok L22 因为：这是尾声",
        "# lint: ok L22，理由：这是尾声",
        "#lint:ok L22 because: an epilogue",
        "# three turns  # lint: ok L22 because: an epilogue",
    ],
)
def test_a_comment_with_a_reason_calls_it_off(comment: str) -> None:
    assert [code for code, _, _ in told(late(comment)) if code == "L22"] == []


def test_on_a_line_of_its_own_it_holds_for_the_next() -> None:
    above = "    # lint: ok L22 because: an epilogue\n    # read aloud\n"
    assert told(("    turn: 2\n", above + LATE)) == []
    elsewhere = "  # lint: ok L22 because: an epilogue\n  chain_opens:\n"
    assert told(("    turn: 2\n", LATE), ("  chain_opens:\n", elsewhere)) == [
        ("L54", LINE - 1, 14),
        ("L22", LINE + 1, 11),
    ]


def test_in_the_head_it_holds_for_the_whole_file() -> None:
    head = "# My case.\n# lint: ok L22 because: every event after the end is read aloud\n\nformat"
    assert told(("format", head), ("    turn: 2\n", LATE)) == []


def test_a_reason_is_wanted() -> None:
    assert told(late("# lint: ok L22")) == [("L52", LINE, 14)]
    assert told(late("# lint: ok L22 because:")) == [("L52", LINE, 14)]
    assert told(late("# lint: ok because: an epilogue")) == [("L22", LINE, 11), ("L52", LINE, 14)]


def test_a_code_must_be_one() -> None:
    found = told(late("# lint: ok L222 because: an epilogue"))
    assert found == [("L22", LINE, 11), ("L53", LINE, 25)]
    (problem,) = [
        each
        for each in problems(late("# lint: ok L222 because: an epilogue"))
        if each.code == "L53"
    ]
    assert "did you mean 'L22'?" in sentence(problem, "en")


def test_what_is_not_there_cannot_be_called_off() -> None:
    comment = "    turn: 2  # lint: ok L22 because: an epilogue\n"
    assert told(("    turn: 2\n", comment)) == [("L54", LINE, 25)]


def test_while_there_are_errors_nothing_is_called_needless() -> None:
    comment = "    turn: 2  # lint: ok L22 because: an epilogue\n"
    assert told(("    turn: 2\n", comment), ("mood: falling", "mood: hapy")) == [("T03", 61, 11)]


def test_an_error_stays() -> None:
    wrong = "mood: hapy  # lint: ok T03 because: that is how they are"
    assert told(("mood: falling", wrong)) == [("T03", 61, 11), ("L55", 61, 28)]


def test_a_comment_about_comments_cannot_be_called_off() -> None:
    comment = "# lint: ok L22, L54 because: an epilogue"
    assert told(late(comment)) == [("L53", LINE, 30)]


def test_one_of_several_may_be_needless() -> None:
    assert told(late("# lint: ok L22, L33 because: an epilogue")) == [("L54", LINE, 30)]


def test_text_that_speaks_of_lint_is_no_comment() -> None:
    assert suppressions(parse("title: The lint: ok or not\n", "x")) == ()
    assert suppressions(parse("title: it is#lint: ok L22\n", "x")) == ()
