"""What the pages say exists in both languages."""

import ast
from pathlib import Path

import pytest

from sim.ui.window.pages.review import STEPS
from sim.ui.window.settings import KEYS, THEMES
from sim.view import words
from sim.view.window_words import patterns, say

PAGES = Path(__file__).parents[3] / "sim" / "ui" / "window" / "pages"
ROWS = {"_row"}  # calls that take a key as their first argument, besides `say`
BUILT = (
    *(f"key.{action}" for action in KEYS),
    *(f"key.{name}" for name in ("next", "neighbour", "press", "answer", "back")),
    *(f"settings.theme.{theme}" for theme in THEMES),
    *(f"board.{name}" for name in ("list", "pyramid", "funnel", "matrix")),
    *(f"file.tab.{name}" for name in ("actions", "people", "history", "signs")),
    *(f"part.{name}" for name in ("inbox", "board", "detail", "plan")),
    *(f"file.{name}_unknown" for name in ("mood", "style")),
    *("report.on", "report.result", "glossary.game", "glossary.evidence"),
    *(f"debrief.step.{step}" for step, _ in STEPS),
    *("debrief.as_chart", "debrief.as_table", "debrief.as_played", "debrief.rather"),
    *("debrief.stopped", "debrief.waiting_text", "compare.all", "compare.less"),
    *("retry.check", "retry.checking", "retry.solved", "retry.not_yet"),
)


def literal_keys() -> set[str]:
    """The keys that stand in the code as they are."""
    keys = set()
    for path in PAGES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                called = node.func.id if isinstance(node.func, ast.Name) else called
                if called in {"say", *ROWS} and isinstance(node.args[0].value, str):
                    keys.add(node.args[0].value)
    return keys


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sentence_exists(lang: str) -> None:
    known = {*patterns(lang), *words.patterns(lang)}
    assert {*literal_keys(), *BUILT} - known == set()


def test_both_languages_have_the_same_sentences() -> None:
    assert list(patterns("en")) == list(patterns("zh"))


def test_no_sentence_is_idle() -> None:
    assert set(patterns("en")) - {*literal_keys(), *BUILT} <= {"button.back"}


def test_singular_and_plural() -> None:
    assert say("en", "end.unanswered", n=1) != say("en", "end.unanswered", n=2)
