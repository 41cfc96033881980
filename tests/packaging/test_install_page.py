"""docs/install.md: the same in both languages, and true of the program as it is."""

import re
from pathlib import Path

import sim
from sim.paths import scenarios_dir

PAGE = (Path(__file__).parents[2] / "docs" / "install.md").read_text(encoding="utf-8")
ENGLISH, CHINESE = PAGE.split("\n## 中文\n")


def commands(text: str) -> list[str]:
    """Everything that the page tells a reader to type."""
    return re.findall(r"^```\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def test_both_languages_give_the_same_commands() -> None:
    assert len(commands(ENGLISH)) > 8
    assert commands(ENGLISH) == commands(CHINESE)


def test_both_languages_have_the_same_sections_and_rows() -> None:
    for mark in ("### ", "| ", "- "):
        counts = [
            sum(line.startswith(mark) for line in text.splitlines()) for text in (ENGLISH, CHINESE)
        ]
        assert counts[0] == counts[1] > 0


def test_names_on_the_page_exist() -> None:
    assert set(re.findall(r"rapport-([\d.]+)-py3", PAGE)) == {sim.__version__}
    for name in set(re.findall(r"run\.py play (\w[\w-]*)", PAGE)):
        assert (scenarios_dir() / name / "scenario.yaml").is_file()
