"""What is shown of a scenario's balance: everything, in both languages, and with its place."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest

from sim.lab.balance.balance import Balance
from sim.lab.balance.faults import faults
from sim.lab.policies import NAMES
from sim.scenario.diagnostics import Place
from sim.ui.terminal.layout import columns
from sim.ui.terminal.progress import Bar
from sim.ui.terminal.render_findings import findings_text
from sim.view import words
from sim.view.balance import balance_json, balance_view, where
from sim.view.balance_words import has
from sim.view.findings_model import Findings, RangeChart, StackChart
from tests.lab.small_sweep import day, found

LANGUAGES = ("en", "zh")
FAULTS = (
    "expert-not-above",
    "one-trick",
    "always",
    "never",
    "absent",
    "needless-reason",
    "ending-unreached",
    "random-narrow",
    "menu",
)
REFUSALS = (
    "cannot-resume",
    "cluster-lost",
    "no-cluster",
    "no-range",
    "other-version",
    "resume-other",
    "worker-dies",
)


def spoilt() -> Balance:
    """Out of balance in several ways."""
    return replace(found(), menu=3, endings=(*found().endings, "never_reached"), deliberate={})


@cache
def view(lang: str) -> Findings:
    return balance_view(spoilt(), day(), lang)


def charts(shown: Findings) -> list[RangeChart | StackChart]:
    return [chart for part in shown.parts for chart in part.charts]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_smell_says_where_and_what_to_do(lang: str) -> None:
    smells = view(lang).smells
    assert len(smells) == len(faults(spoilt())) > 2
    for smell in smells:
        assert re.fullmatch(r".*scenario\.yaml:\d+:\d+", smell.where), smell
        assert smell.text
        assert smell.advice
        assert "{" not in smell.text
    assert str(len(smells)) in view(lang).verdict


@pytest.mark.parametrize("code", FAULTS)
def test_every_fault_is_worded(code: str) -> None:
    key = code.replace("-", "_")
    assert has(f"balance.smell.{key}")
    assert has(f"balance.advice.{key}")


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_is_worded(code: str) -> None:
    assert words.has(f"error.balance/{code}")


def test_every_bot_has_a_name() -> None:
    for name in NAMES:
        assert has(f"balance.bot.{name.replace('-', '_')}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_stands_behind_every_chart(lang: str) -> None:
    shown = charts(view(lang))
    assert [chart.id for chart in shown] == [
        *("grades", "endings", "stakes", "worths", "talk-stakes", "concepts")
    ]
    for chart in shown:
        assert chart.title
        assert chart.summary
        assert chart.note
        assert len(chart.table.rows) >= len(chart.rows)
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)
        if isinstance(chart, RangeChart):
            values = [mark.value for row in chart.rows for mark in row.marks]
            assert all(chart.x.low <= value <= chart.x.high for value in values), chart.id
        else:
            assert all(abs(sum(shares) - 1.0) < 1e-9 for _, shares in chart.rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_on_offer_is_told_of(lang: str) -> None:
    shown = view(lang)
    answers = [row for talk in shown.talks for row in talk.table.rows]
    assert len(shown.offers.rows) + len(answers) == len(found().uses)
    for table in (shown.offers, *(talk.table for talk in shown.talks)):
        assert all(len(row) == len(table.columns) for row in table.rows)
    lines = day().source.lines
    for talk in shown.talks:
        assert f"{talk.id}:" in lines[int(talk.where.split(":")[-2]) - 1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_summary_fits_a_terminal_apart_from_its_tables(lang: str) -> None:
    text = findings_text(view(lang), lang)
    for smell in view(lang).smells:
        assert f"{smell.where}: {smell.code}\n" in text
    prose = [line for line in text.splitlines() if not line.startswith("  ")]
    assert all(columns(line) <= 100 for line in prose)
    rows = [line for line in text.splitlines() if line.startswith("  ") and "  " in line.strip()]
    assert rows


def test_an_answer_that_all_wise_give_is_remarked_once() -> None:
    """Not also at each of the others."""
    talk = next(each for each in view("en").talks if each.id == "barometer")
    remarks = {row[0].rpartition("(")[2]: row[-2] for row in talk.table.rows}
    assert remarks["write_it_down)"].startswith("dominant")
    assert remarks["compare)"] == ""


def test_the_data_say_the_same_in_numbers() -> None:
    told = balance_json(found(), day(), "en")
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert [bot["name"] for bot in told["bots"]] == [bot.name for bot in found().bots]
    assert len(told["options"]) == len(found().uses)
    option = told["options"][0]
    assert set(option["bots"]) == set(NAMES)
    assert {smell["code"] for smell in told["smells"]} == {each.code for each in faults(found())}


def test_languages_differ_in_words_only() -> None:
    english, chinese = (balance_json(spoilt(), day(), lang) for lang in LANGUAGES)
    for told in (english, chinese):
        for smell in told["smells"]:
            del smell["text"], smell["advice"]
    assert english == chinese


def test_a_place_is_written_as_compilers_do() -> None:
    assert where(Place("a.yaml", 3, 5)) == "a.yaml:3:5"


class Screen:
    """A terminal, or a file, that remembers."""

    def __init__(self, *, lasting: bool) -> None:
        self.text, self._lasting = "", lasting

    def isatty(self) -> bool:
        """Whether somebody looks."""
        return not self._lasting

    def write(self, text: str) -> int:
        """Remembers."""
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_progress_renews_its_line_where_it_can(lang: str) -> None:
    screen, file = Screen(lasting=False), Screen(lasting=True)
    for stream in (screen, file):
        bar = Bar(lang, stream)  # type: ignore[arg-type]  # all that a bar needs of a stream
        for done in range(101):
            bar.show(done / 100.0, 0.0, done, 100)
        bar.end()
        bar.end()
    assert screen.text.count("\r") == 101
    assert screen.text.count("\n") == 1
    assert 8 <= file.text.count("\n") <= 12
    assert "\r" not in file.text
    assert "100 %" in file.text.splitlines()[-1]
