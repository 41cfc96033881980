"""Every code is explained in both languages, by an example that is wrong and one that is right."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.explaining import Explanation, advice, explain, explanations, repair
from sim.scenario.load import inspect_source
from sim.scenario.marked import MarkedDict
from sim.scenario.messages import MESSAGES, Language
from sim.scenario.pruning import copy_of
from sim.scenario.source import Source, parse

GOOD = Path(__file__).parent / "good" / "tiny.yaml"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_CHINESE = re.compile("[\u4e00-\u9fff]")

# Codes whose example only shows what is meant: it is no part of a scenario (a command, a file, a
# table), too long to print, or nothing in the language of scenarios brings the message about.
SHOWN = {
    *("S01", "S02", "S03", "S04", "S06", "S07", "S08", "S09", "S10", "S11", "S12", "S23", "S24"),
    *("T14", "T20", "T22", "T98", "T99", "R04", "R05", "X01", "X02", "X03", "X15"),
    *("L30", "L31", "L51", "L60", "L70", "L71", "C03", "C06"),
    *(code for code in MESSAGES if code[0] == "E"),
}
TRIED = sorted(set(MESSAGES) - SHOWN)
# Lists of alternatives that belong together: where all are written, they replace the others.
_COMPLETE = {"responses": "say", "endings": "title"}


def laid_over(base: Any, part: Any, name: str = "") -> Any:
    """A scenario with a part of it written anew; places are those of the base where they can be."""
    if not (isinstance(base, MarkedDict) and isinstance(part, MarkedDict)):
        return part
    if set(part) <= {"en", "zh"} or _is_complete(part, name):
        return part
    made: MarkedDict = copy_of(base)
    for key, each in part.items():
        made.marks.setdefault(key, part.marks[key])
        made[key] = laid_over(base.get(key), each, key)
    return made


def _is_complete(part: MarkedDict, name: str) -> bool:
    field, entries = _COMPLETE.get(name), list(part.values())
    return field is not None and len(entries) > 1 and all(field in each for each in entries)


def with_comment(text: str, example: str) -> str:
    """The scenario with a line of an example that has a comment on it."""
    line = next(each for each in example.split("\n") if "# lint" in each).strip()
    field = line.partition(":")[0]
    return re.sub(rf"(?m)^    {field}: \w+$", f"    {line}", text, count=1)


def codes_of(example: str) -> set[str]:
    """What is told of the smallest scenario with an example laid over it."""
    text = GOOD.read_text(encoding="utf-8")
    if "# lint" in example:
        return _codes(parse(with_comment(text, example), str(GOOD)))
    base, part = parse(text, str(GOOD)), parse(example, str(GOOD))
    return _codes(replace(base, data=laid_over(base.data, part.data), problems=part.problems))


def _codes(source: Source) -> set[str]:
    return {problem.code for problem in inspect_source(source, GOOD).problems}


def test_every_code_is_explained() -> None:
    assert set(explanations()) == set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_in_both_languages(code: str) -> None:
    known = explanations()[code]
    for said in (known.why, known.repair):
        assert set(said) == {"en", "zh"}
        assert said["en"].endswith(".")
        assert said["zh"].endswith("。")
        assert _CHINESE.search(said["zh"])
        assert not _CHINESE.search(said["en"])
    assert known.wrong.strip() != known.right.strip()


@pytest.mark.parametrize("code", [code for code in TRIED if code[0] == "S"])
def test_a_slip_of_writing_is_what_it_says(code: str) -> None:
    known = explanations()[code]
    assert code in {problem.code for problem in parse(known.wrong, "example").problems}
    assert not parse(known.right, "example").problems


@pytest.mark.parametrize("code", [code for code in TRIED if code[0] != "S"])
def test_the_wrong_example_is_told_and_the_right_one_is_not(code: str) -> None:
    known = explanations()[code]
    assert code in codes_of(known.wrong)
    assert codes_of(known.right) == set()


def test_it_is_told_with_reason_example_and_advice() -> None:
    told = explain("L22", "en")
    assert told is not None
    assert told.splitlines() == [
        "L22 warning: it takes place in turn ‹value›, but the game ends after turn ‹limit›",
        "Why: It will never be seen.",
        "For example:",
        "    events:",
        "      chain_opens:",
        "        turn: 9",
        "Rather:",
        "    events:",
        "      chain_opens:",
        "        turn: 2",
        "What to do: Move it to an earlier turn or let the game last longer.",
    ]
    told = explain("S05", "zh")
    assert told is not None
    assert told.startswith("S05 错误：文件是空的\n原因：文件里只有空白和注释。\n例如：")
    assert explain("Z99", "en") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_advice_of_no_code_is_none(lang: Language) -> None:
    assert repair("Z99", lang) == ""
    assert advice("Z99", lang) == ""
    assert advice("L22", lang).endswith(repair("L22", lang))
    assert isinstance(explanations()["L22"], Explanation)
