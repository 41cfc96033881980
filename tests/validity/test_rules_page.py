"""`docs/rules.md` and `docs/rules.zh.md` name everything that the model has, alike."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import pytest

from sim.engine.parameters import Parameters
from sim.engine.state import Terms
from sim.scenario.library import load_library
from sim.scenario.locks import LANGUAGES, Lang
from tests.validity.experiment import luckless, market, population, turn
from tests.validity.tabulate import END, PAGES, START, coefficients

in_both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def page(lang: Lang) -> str:
    return PAGES[lang].read_text("utf-8")


@cache
def ledger() -> tuple[Terms, tuple[str, ...]]:
    """Quantities with their terms, and the badges, of a turn in which everything is in play."""
    rules = market("shipped", "visit", "paint_losses", slots=2)
    draws = luckless(rules, 1)
    _, outcome = turn(rules, population(rules, 1), "visit", draws=draws, ledger=True)
    return outcome.terms, tuple(outcome.badges)


def rows_naming(name: str, lang: Lang) -> list[str]:
    return [row for row in page(lang).splitlines() if row.startswith("|") and f"`{name}" in row]


def told_coefficients(lang: Lang) -> str:
    return page(lang).partition(START)[2].partition(END)[0]


@in_both_languages
def test_every_coefficient_is_told(lang: Lang) -> None:
    told = re.findall(r"^\| `(\w+)` \|", told_coefficients(lang), re.MULTILINE)
    assert sorted(told) == sorted(field.name for field in fields(Parameters))


@in_both_languages
def test_the_coefficients_are_those_of_the_library(lang: Lang) -> None:
    anew = "write them anew: python -m tests.validity.tabulate"
    assert told_coefficients(lang) == coefficients(lang), anew


@in_both_languages
def test_every_quantity_of_the_ledger_is_told_with_all_its_terms(lang: Lang) -> None:
    terms, _ = ledger()
    for quantity, parts in terms.items():
        assert f"`{quantity}`" in page(lang), quantity
        for term in parts:
            assert rows_naming(term.partition(".")[0], lang), f"{quantity}.{term}"


@in_both_languages
def test_every_badge_is_told(lang: Lang) -> None:
    for badge in set(ledger()[1]) - {"multiplier"}:
        assert rows_naming(badge, lang), badge
    assert "`multiplier`" in page(lang)


@in_both_languages
def test_every_fact_and_every_equation_is_told(lang: Lang) -> None:
    facts = re.findall(r"^\| (F\d+) \|", page(lang), re.MULTILINE)
    assert facts == [f"F{number}" for number in range(1, 21)]
    told = {int(number) for number in re.findall(r"\bE(\d+)\b", page(lang))}
    for first, last in re.findall(r"\bE(\d+)–E?(\d+)\b", page(lang)):
        told |= set(range(int(first), int(last) + 1)) if int(last) - int(first) < 10 else set()
    assert told >= set(range(1, 28))
    assert all(f"N{number}" in page(lang) for number in (1, 2, 6))


def test_terms_bear_in_chinese_the_names_that_they_have_in_the_game() -> None:
    terms, badges = ledger()
    named = load_library().terms
    told = [(quantity, term) for quantity, parts in terms.items() for term in parts]
    told += [("badge", badge) for badge in badges]
    for quantity, term in told:
        entry = named[quantity].get(term)
        if entry is None or "{" in entry.name.zh:
            continue
        assert f"`{term}` {entry.name.zh}" in page("zh"), f"{quantity}.{term}"


def figures(text: str) -> Counter[float]:
    """The numbers in a text, however their zero is written; signs are not looked at."""
    return Counter(float(number) for number in re.findall(r"\d*\.?\d+", text))


def rows(lang: Lang) -> Iterator[str]:
    """The rows of all tables written by hand."""
    by_hand = page(lang).partition(START)[0].splitlines()
    return (row for row in by_hand if row.startswith("|"))


def test_rows_tell_the_same_figures_in_both_languages() -> None:
    for english, chinese in zip(rows("en"), rows("zh"), strict=True):
        assert re.findall("`[^`]+`", english) == re.findall("`[^`]+`", chinese)
        assert figures(english) == figures(chinese), f"{english}\n{chinese}"


def test_sections_tell_the_same_coefficients_in_both_languages() -> None:
    told = [page(lang).partition(START)[0].split("\n## ") for lang in LANGUAGES]
    for english, chinese in zip(*told, strict=True):
        one, other = (
            Counter(n for n in figures(text).elements() if n % 1) for text in (english, chinese)
        )
        assert one == other, english.partition("\n")[0]
