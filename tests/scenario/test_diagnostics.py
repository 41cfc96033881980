"""Problems as words: place, sentence, caret, order and suggestions, in both languages."""

import json
import string

import pytest

from sim.scenario.diagnostics import (
    Place,
    Problem,
    as_json,
    headline,
    make,
    ordered,
    pattern,
    render,
    sentence,
    within,
)
from sim.scenario.messages import MESSAGES
from sim.scenario.suggest import nearest

MOODS = ("rising", "falling", "calm", "complacent")
MOOD = make(
    "T03",
    Place("cafe/scenario.yaml", 42, 11),
    "customers.mei.mood",
    value="hapy",
    noun="mood",
    choices=MOODS,
)


def _lines(*lines: str, first: int = 1) -> tuple[str, ...]:
    return (*[""] * (first - 1), *lines)


def test_a_problem_in_english() -> None:
    lines = _lines("    mood: hapy", first=42)
    assert render([MOOD], lambda _: lines, "en") == (
        "cafe/scenario.yaml:42:11: customers.mei.mood: 'hapy' is not a mood (did you mean "
        "'rising'?); one of: rising, falling, calm, complacent [T03]\n"
        "        mood: hapy\n"
        "              ^"
    )


def test_the_same_in_chinese() -> None:
    assert headline(MOOD, "zh") == (
        "cafe/scenario.yaml:42:11: customers.mei.mood：“hapy” 不是心情（是否想写“rising”？）；"
        "可用：rising、falling、calm、complacent [T03]"
    )


def test_the_caret_counts_wide_characters_as_two() -> None:
    line = "名称: {en: Mei， zh: 林}"
    told = render([make("S33", Place("x", 1, 13), value="，", wanted=",")], lambda _: [line], "en")
    _, shown, caret = told.split("\n")
    assert shown == f"    {line}"
    assert caret == " " * (4 + 14) + "^"


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a: " + "x" * 500 + "HERE" + "y" * 500
    told = render([make("S34", Place("x", 1, 504))], lambda _: [line], "en")
    _, shown, caret = told.split("\n")
    assert len(shown) < 120
    assert shown[caret.index("^") :].startswith("HERE")


def test_no_control_character_reaches_the_terminal() -> None:
    problem = make("T03", Place("x", 1, 1), value="\x1b[31mred\u202e", noun="mood", choices=MOODS)
    told = render([problem], lambda _: ["\x1b[2J\tmood"], "en")
    assert not any(ord(character) < 32 and character != "\n" for character in told)
    assert "\u202e" not in told


def test_problems_are_sorted_told_once_and_counted() -> None:
    many = [make("S34", Place("x", line, 1)) for line in range(60, 0, -1)]
    told = render([*many, *many], lambda _: [], "en")
    assert told.split("\n")[0].startswith("x:1:1:")
    assert told.count("S34") == 50
    assert told.endswith("… and 10 more.")
    assert render(many, lambda _: [], "zh").endswith("另有 10 个问题。")
    assert [problem.line for problem in ordered(many)] == list(range(1, 61))


def test_warnings_say_so() -> None:
    problem = make("S54", Place("x", 1, 9), "label", value="#1")
    assert headline(problem, "en").startswith("x:1:9: warning: label: the text ends before '#1'")
    assert headline(problem, "zh").startswith("x:1:9: 警告：label：文字在 “#1” 之前")


def test_json_holds_everything() -> None:
    (entry,) = as_json([MOOD], "en")
    assert json.loads(json.dumps(entry)) == {
        "path": "cafe/scenario.yaml",
        "line": 42,
        "column": 11,
        "code": "T03",
        "severity": "error",
        "field": "customers.mei.mood",
        "message": sentence(MOOD, "en"),
    }


def test_a_problem_without_a_line_has_no_caret() -> None:
    assert "\n" not in render([make("S01", Place("x", 1, 1))], lambda _: [], "en")


@pytest.mark.parametrize(
    ("line", "start", "offset", "column"),
    [
        ("when: trust >> 4", 7, 6, 13),
        ("when: 'trust >> 4'", 7, 6, 14),
        ("when: 'it''s >> 4'", 7, 5, 14),
        ('when: "it\\"s >> 4"', 7, 5, 14),
        ("when: |", 7, 6, 7),
        ("when: two", 7, 30, 7),
    ],
)
def test_a_place_inside_a_text(line: str, start: int, offset: int, column: int) -> None:
    inner = make("X06", Place("", 1, offset + 1), value=">")
    moved = within(inner, Place("x", 9, start), [line], "events[0].when")
    assert (moved.path, moved.line, moved.column) == ("x", 9, column)
    assert moved.field == "events[0].when"


@pytest.mark.parametrize(
    ("lines", "offset", "place"),
    [
        (["when: >", "  trust >", "  >> 4", "text: x"], 2, (10, 5)),
        (["when: >", "  trust >", "  >> 4", "text: x"], 8, (11, 3)),
        (["when: |-", "", "    trust", "    >> 4"], 7, (12, 6)),
        (["when: trust", "  >> 4", "text: x"], 6, (10, 3)),
        (['when: "a', '  \\"b"'], 3, (10, 5)),
    ],
)
def test_a_place_inside_a_text_over_several_lines(
    lines: list[str], offset: int, place: tuple[int, int]
) -> None:
    inner = make("X06", Place("", 1, offset + 1), value=">")
    moved = within(inner, Place("x", 9, 7), lines)
    assert (moved.line, moved.column) == place


def _fields(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_both_languages_ask_for_the_same(code: str) -> None:
    message = MESSAGES[code]
    assert _fields(message.en) == _fields(message.zh)
    assert message.severity in {"error", "warning", "note"}
    assert not message.en.endswith(".")
    assert not message.zh.endswith("。")
    assert any("\u4e00" <= c <= "\u9fff" for c in message.zh) or code == "T98"


def test_a_code_is_shown_with_names_for_its_values() -> None:
    assert pattern("T13", "en") == "‹value› is above ‹limit›, the most allowed"
    for code in MESSAGES:
        assert "{" not in pattern(code, "en").replace("{en: …, zh: …}", "").replace("{ }", "")


def test_problems_can_be_kept_in_sets() -> None:
    assert len({MOOD, MOOD, Problem("x", 1, 1, "S01", "error")}) == 2


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("rissing", MOODS, "rising"),
        ("Calm", MOODS, "calm"),
        ("flaling", MOODS, "falling"),
        ("happy", MOODS, "rising"),
        ("hapy", MOODS, "rising"),
        ("高兴", MOODS, "rising"),
        ("growth", MOODS, "rising"),
        ("even keel", MOODS, "calm"),
        ("自满", MOODS, "complacent"),
        ("分析型", ("driver", "analytical", "expressive", "amiable"), "analytical"),
        ("decision maker", ("decider", "user", "gatekeeper"), "decider"),
        ("采购", ("decider", "buyer"), "buyer"),
        ("growth", ("pitch", "growth"), "growth"),
        ("upsell", ("pitch", "growth"), "growth"),
        ("lost", ("active", "lapsed"), "lapsed"),
        ("satisfacton", ("satisfaction", "trust"), "satisfaction"),
        ("happiness", ("satisfaction", "trust"), "satisfaction"),
        ("late_order", ("late-order", "early-order"), "late-order"),
        ("xyzzy", MOODS, None),
        ("", MOODS, None),
        ("x" * 5000, MOODS, None),
        ("a", ("b", "c"), None),
    ],
)
def test_did_you_mean(word: str, choices: tuple[str, ...], meant: str | None) -> None:
    assert nearest(word, choices) == meant
