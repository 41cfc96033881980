"""Every sentence exists in both languages with the same slots, and every key in the code."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from sim.errors import IllegalChoiceError, SaveError
from sim.view import (
    balance_words,
    class_debrief_words,
    class_words,
    join_words,
    review_words,
    window_words,
    words,
    workshop_words,
)
from sim.view.words import (
    decimal,
    gain,
    has,
    hours,
    listed,
    money,
    patterns,
    percent,
    say,
    signed,
    whole,
)

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for folder in ("view", "ui/terminal", "ui/report", "ui/web")
    for path in (ROOT / "sim" / folder).rglob("*.py")
] + sorted((ROOT / "sim" / "ui" / "window" / "pages").glob("class_*.py"))
# Of the program, of the review, about a scenario's balance, of a class's debrief, of joining one.
TABLES = {
    "program": patterns,
    "review": review_words.patterns,
    "balance": balance_words.patterns,
    "class": class_debrief_words.patterns,
    "join": join_words.patterns,
}
# Those of the front ends with tests of their own, which the view says too.
ELSEWHERE = [window_words.patterns, class_words.patterns, workshop_words.patterns]
TOLD_BY_TEMPLATES = {r"rule\.basis\.\w+"}
Table = Callable[[str], Mapping[str, str]]
SPEAKERS = {"say", "tell", "confirm", "choose"}
CODES = re.compile(
    r'"((?:action|choice|response|market|undo|redo|save|forecast|game|verify)/[a-z-]+)"'
)
REFUSING = {"IllegalChoiceError", "SaveError", "SimError", "_refuse"}
KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")


def slots(pattern: str) -> list[set[str]]:
    """The slots of each wording of a pattern."""
    return [set(re.findall(r"\{(\w+)\}", part)) for part in pattern.split("|")]


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    """Every call in a module."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple(node for node in nodes if isinstance(node, ast.Call))


@cache
def spoken() -> frozenset[str]:
    """A regular expression of every key that is asked for in the code."""
    return frozenset(
        key
        for path in CODE
        for node in calls(path)
        if _name(node.func) in SPEAKERS
        for argument in node.args[:2]
        for key in _keys(argument)
    )


def patterns_of(known: Iterable[str]) -> frozenset[str]:
    """What is asked for in the code and is none of these keys itself."""
    return spoken() - {re.escape(key) for key in known}


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _keys(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.IfExp):
        yield from _keys(argument.body)
        yield from _keys(argument.orelse)
    elif isinstance(argument, ast.Constant) and KEY.fullmatch(str(argument.value)):
        yield re.escape(str(argument.value))
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w/-]+"
            for part in argument.values
        )


every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


@every_table
def test_both_languages_have_the_same_keys(table: Table) -> None:
    assert sorted(table("en")) == sorted(table("zh"))


@every_table
def test_a_sentence_has_the_same_slots_in_both_languages(table: Table) -> None:
    for key, english in table("en").items():
        chinese = slots(table("zh")[key])
        assert len(chinese) == 1, key
        assert all(wording == chinese[0] for wording in slots(english)), key


@every_table
def test_two_wordings_at_most_and_a_number_decides_between_them(table: Table) -> None:
    for key, english in table("en").items():
        found = slots(english)
        assert len(found) in {1, 2}, key
        assert len(found) == 1 or "n" in found[0], key


@every_table
def test_chinese_sentences_are_chinese(table: Table) -> None:
    for key, chinese in table("zh").items():
        said = re.sub(r"\{\w+\}", "", chinese)
        if re.search(r"\w", said):
            assert re.search(r"[\u4e00-\u9fff]", said), key


def test_no_sentence_stands_in_two_tables() -> None:
    keys = [key for table in TABLES.values() for key in table("en")]
    assert len(keys) == len(set(keys))


def test_every_key_in_the_code_exists() -> None:
    known = {key for table in (*TABLES.values(), *ELSEWHERE) for key in table("en")}
    assert len(spoken()) > 500
    asked = [re.compile(pattern) for pattern in patterns_of(known)]
    assert [key.pattern for key in asked if not any(map(key.fullmatch, known))] == []


@every_table
def test_every_key_is_used(table: Table) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    asked = [re.compile(pattern) for pattern in patterns_of(table("en")) | TOLD_BY_TEMPLATES]
    unused = [
        key
        for key in table("en")
        if not key.startswith(("error.", "command."))
        and f'"{key}"' not in text
        and re.escape(key) not in spoken()
        and not any(pattern.fullmatch(key) for pattern in asked)
        and f'"{key.removesuffix(".text")}"' not in text
    ]
    assert unused == []


def test_every_refusal_has_a_sentence() -> None:
    folders = ("engine", "play", "view")
    files = [path for name in folders for path in (ROOT / "sim" / name).rglob("*.py")]
    files.append(ROOT / "sim" / "game.py")
    raised = {code for path in files for code in CODES.findall(path.read_text(encoding="utf-8"))}
    assert len(raised) > 20
    assert sorted(code for code in raised if not has(f"error.{code}")) == []


def raised_with() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every refusal in the code, with the names of what it knows."""
    for path in (ROOT / "sim").rglob("*.py"):
        for node in calls(path):
            if _name(node.func) in REFUSING and node.args:
                code = getattr(node.args[0], "value", None)
                known = ("place",) if _name(node.func) == "_refuse" else ()
                if isinstance(code, str) and "/" in code:
                    yield code, (*known, *(each.arg or "" for each in node.keywords))


def test_a_refusal_knows_what_its_sentence_says() -> None:
    raised = sorted(set(raised_with()))
    assert len(raised) > 50
    for code, known in raised:
        error = IllegalChoiceError(code, **dict.fromkeys(known, 3))
        for lang in ("en", "zh"):
            assert code not in join_words.explain(error, lang), (code, known)


def test_an_error_is_explained_in_the_readers_language() -> None:
    error = IllegalChoiceError(
        "choice/too-many-hours", hours=9.5, of_hours=8.0, money=3.0, of_money=20.0
    )
    assert class_words.explain(error, "en") == "That would take 9.5 hours; this turn has 8."
    assert class_words.explain(error, "zh") == "这样共需 9.5 小时，本回合只有 8 小时。"


def test_an_unknown_error_still_says_its_code() -> None:
    assert "save/strange" in words.explain(SaveError("save/strange"), "en")
    assert "save/checksum" not in words.explain(SaveError("save/checksum"), "zh")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (1.25, "+1.2"), (-0.04, "0"), (-0.06, "−0.1"), (3.0, "+3"), (-12.0, "−12")],
)
def test_changes_carry_their_sign(value: float, shown: str) -> None:
    assert signed(value) == shown


def test_numbers_are_written_for_readers() -> None:
    assert (whole(-0.4), whole(-3.6), whole(41.5)) == ("0", "−4", "42")
    assert (decimal(2.0), decimal(0.25), decimal(-1.3)) == ("2", "0.2", "−1.3")
    assert (money(1234.4), money(-20.0), money(0.5), money(-0.01)) == (
        "1,234",
        "−20",
        "0.5",
        "0",
    )
    assert (hours(2.0), hours(0.5), hours(0.25), hours(0.0)) == ("2", "0.5", "0.25", "0")
    assert (gain(0.4), gain(-0.25), gain(0.0)) == ("+40 %", "−25 %", "+0 %")
    assert percent(0.345) == "34 %"
    assert (listed("en", ["a", "b"]), listed("zh", ["甲", "乙"])) == ("a, b", "甲、乙")


def test_one_and_many_are_told_apart() -> None:
    assert say("en", "cost.hours", n="1") == "1 hour"
    assert say("en", "cost.hours", n="0.5") == "0.5 hours"
