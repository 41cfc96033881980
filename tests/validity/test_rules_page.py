"""`docs/rules.md` names everything that the model has."""

import re
from dataclasses import fields
from functools import cache

from sim.engine.parameters import Parameters
from sim.engine.state import Terms
from tests.validity.experiment import luckless, market, population, turn
from tests.validity.tabulate import END, PAGE, START, coefficients


@cache
def page() -> str:
    return PAGE.read_text("utf-8")


@cache
def ledger() -> tuple[Terms, tuple[str, ...]]:
    """Quantities with their terms, and the badges, of a turn in which everything is in play."""
    rules = market("shipped", "visit", "paint_losses", slots=2)
    draws = luckless(rules, 1)
    _, outcome = turn(rules, population(rules, 1), "visit", draws=draws, ledger=True)
    return outcome.terms, tuple(outcome.badges)


def rows_naming(name: str) -> list[str]:
    return [row for row in page().splitlines() if row.startswith("|") and f"`{name}" in row]


def told_coefficients() -> str:
    return page().partition(START)[2].partition(END)[0]


def test_every_coefficient_is_told() -> None:
    told = re.findall(r"^\| `(\w+)` \|", told_coefficients(), re.MULTILINE)
    assert sorted(told) == sorted(field.name for field in fields(Parameters))


def test_the_coefficients_are_those_of_the_library() -> None:
    anew = "write them anew: python -m tests.validity.tabulate"
    assert told_coefficients() == coefficients(), anew


def test_every_quantity_of_the_ledger_is_told_with_all_its_terms() -> None:
    terms, _ = ledger()
    for quantity, parts in terms.items():
        assert f"`{quantity}`" in page(), quantity
        for term in parts:
            assert rows_naming(term.partition(".")[0]), f"{quantity}.{term}"


def test_every_badge_is_told() -> None:
    for badge in set(ledger()[1]) - {"multiplier"}:
        assert rows_naming(badge), badge
    assert "`multiplier`" in page()


def test_every_fact_and_every_equation_is_told() -> None:
    facts = re.findall(r"^\| (F\d+) \|", page(), re.MULTILINE)
    assert facts == [f"F{number}" for number in range(1, 21)]
    told = {int(number) for number in re.findall(r"\bE(\d+)\b", page())}
    for first, last in re.findall(r"\bE(\d+)–E?(\d+)\b", page()):
        told |= set(range(int(first), int(last) + 1)) if int(last) - int(first) < 10 else set()
    assert told >= set(range(1, 28))
    assert all(f"N{number}" in page() for number in (1, 2, 6))
