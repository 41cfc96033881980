"""Golden games: what the terminal says of a whole game, line by line, in both languages.

After a change that is meant to change them: `pytest tests/test_playthroughs.py
--update-playthroughs`, then read the difference.
"""

import math
import re
from itertools import zip_longest
from pathlib import Path

import pytest

from sim.paths import scenarios_dir
from tests.playthroughs.expert_player import transcript

HERE = Path(__file__).parent / "playthroughs"
LANGUAGES = ("en", "zh")
SHIPPED = sorted(file.parent.name for file in scenarios_dir().glob("*/scenario.yaml"))
AGAIN = "pytest tests/test_playthroughs.py --update-playthroughs"
_FLOAT = re.compile(r"\d+\.\d+")
_BEFORE = 4  # lines shown above a difference


def same(told: str, kept: str) -> bool:
    """Whether two lines say the same: words and whole numbers exactly, floats to 1e-6."""
    if _FLOAT.sub("", told) != _FLOAT.sub("", kept):
        return False
    pairs = zip(_FLOAT.findall(told), _FLOAT.findall(kept), strict=True)
    return all(math.isclose(float(one), float(other), rel_tol=1e-6) for one, other in pairs)


def difference(told: str, kept: str, name: str) -> str:
    """Where two transcripts part, for whoever has to judge it; empty if they do not."""
    lines = list(zip_longest(told.splitlines(), kept.splitlines(), fillvalue="(the end)"))
    wrong = [place for place, (new, old) in enumerate(lines) if not same(new, old)]
    if not wrong:
        return ""
    first = wrong[0]
    before = [f"        {new}" for new, _ in lines[max(first - _BEFORE, 0) : first]]
    new, old = lines[first]
    return "\n".join(
        [
            f"{name} is told differently from line {first + 1} on ({len(wrong)} lines differ):",
            *before,
            f"  was   {old}",
            f"  is    {new}",
            f"If that is what was meant: {AGAIN}, and read the difference.",
        ]
    )


# Each game in one language by turns, so that both are heard; the other one takes longer.
@pytest.mark.parametrize(
    ("scenario", "lang"),
    [
        pytest.param(scenario, lang, marks=[pytest.mark.slow] if (place + number) % 2 else [])
        for place, scenario in enumerate(SHIPPED)
        for number, lang in enumerate(LANGUAGES)
    ],
)
def test_the_game_is_told_as_before(
    scenario: str, lang: str, request: pytest.FixtureRequest
) -> None:
    file = HERE / f"{scenario}.{lang}.txt"
    told = transcript(scenario, lang)
    if request.config.getoption("--update-playthroughs"):
        file.write_text(told, encoding="utf-8")
    assert file.is_file(), f"{scenario} has no playthrough yet; to make it: {AGAIN}"
    if found := difference(told, file.read_text(encoding="utf-8"), file.name):
        pytest.fail(found, pytrace=False)


def test_every_shipped_scenario_has_a_playthrough_in_each_language_and_no_other_is_left() -> None:
    wanted = {f"{scenario}.{lang}.txt" for scenario in SHIPPED for lang in LANGUAGES}
    assert SHIPPED
    assert {file.name for file in HERE.glob("*.txt")} == wanted, f"to make them: {AGAIN}"


@pytest.mark.parametrize(
    ("told", "kept", "equal"),
    [
        ("Satisfaction 61.00000001, up", "Satisfaction 61.0, up", True),
        ("Satisfaction 61.1, up", "Satisfaction 61.2, up", False),
        ("3 customers", "4 customers", False),
        ("Trust +0.5", "Trust −0.5", False),
        ("Trust +0.5", "Trust +0.5 0.1", False),
        ("信任度 +0.5", "忠诚度 +0.5", False),
    ],
)
def test_words_count_exactly_and_floats_nearly(told: str, kept: str, equal: bool) -> None:
    assert same(told, kept) == equal


def test_a_difference_says_where_and_what_to_do() -> None:
    found = difference("a\nb\nnew\nd", "a\nb\nold", "cafe.en.txt")
    assert "from line 3 on (2 lines differ)" in found
    assert "  was   old\n  is    new" in found
    assert AGAIN in found
    assert difference("a\n", "a\n", "cafe.en.txt") == ""
