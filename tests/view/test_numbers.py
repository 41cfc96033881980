"""From every number of a game to where it comes from; sums are those of the numbers shown."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from sim.play.session import Session
from sim.view import build
from sim.view.ledger import LedgerView
from sim.view.numbers import RESULT, number_ledger, numbers_at_hand
from sim.view.words import whole
from tests.view.made_up import case_named

LANGUAGES = ("en", "zh")


@cache
def played(turns: int = 2) -> Session:
    """A game with something done for everybody in each turn; the whole of it from 2 turns on."""
    session = Session.new(case_named("tiny"), 3, saved=False, grader=lambda *_: 61.0)
    for _ in range(turns):
        for customer in session.rules.customer_ids:
            allowed = [each.id for each in session.options(customer) if each.allowed]
            if allowed:
                session.act(customer, allowed[0])
        session.end_turn()
    return session


def reached(session: Session, lang: str) -> Iterator[LedgerView]:
    """Every ledger that the others lead to, from those at hand and the customers."""
    names = [ref.id for ref in numbers_at_hand(session, lang)]
    names += [f"of/{name}" for name in session.rules.customer_ids]
    for customer in session.rules.customer_ids:
        people = build.build_customer(session, lang, customer).people
        names += [f"person/{customer}/{person.id}/knowledge" for person in people]
    seen: set[str] = set()
    while names:
        name = names.pop()
        if name not in seen:
            seen.add(name)
            found = number_ledger(session, lang, name)
            names += [other for other, _ in found.see]
            yield found


def amount(cell: str) -> float:
    return float(re.sub("[^0-9.-]", "", cell.replace("−", "-")))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("turns", [0, 1, 2])
def test_every_ledger_says_its_formula_and_leads_to_others(lang: str, turns: int) -> None:
    session = played(turns)
    found = list(reached(session, lang))
    assert len(found) > 20
    for view in found:
        assert view.title
        assert view.formula
        assert view.text
        assert view.see
        assert all(len(row) == len(view.table.columns) for row in view.table.rows)
        assert not re.search(r"[{}]", f"{view.title} {view.formula} {view.text}")
        known = session.script.glossary.concepts
        assert all(concept.id in known for concept in view.concepts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gauge_on_screen_has_a_ledger_of_the_same_value(lang: str) -> None:
    session = played(1)
    for each in build.build_view(session, lang).meters:
        assert number_ledger(session, lang, f"book/{each.id}").value == each.shown
    for customer in session.rules.customer_ids:
        view = build.build_customer(session, lang, customer)
        for each in (*view.meters, *view.ties):
            assert number_ledger(session, lang, f"of/{customer}/{each.id}").value == each.shown
        for person in view.people:
            name = f"person/{customer}/{person.id}/knowledge"
            assert number_ledger(session, lang, name).value == person.knowledge.shown


def test_switching_cost_is_the_sum_of_its_ties() -> None:
    session = played(1)
    for customer in session.rules.customer_ids:
        view = number_ledger(session, "en", f"of/{customer}/switching_cost")
        total = sum(amount(row[-1]) for row in view.table.rows)
        assert abs(total - amount(view.value)) < 0.8  # five numbers, rounded each


def test_the_reasons_are_those_of_the_report() -> None:
    session = Session.new(case_named("corner-cafe"), 7, saved=False)
    session.act("dan", "chat")
    session.end_turn()
    told = {each.id: each for each in build.build_report(session, "en").customers}
    moved = 0
    for customer, report in told.items():
        for change in report.changes:
            if change.id in {"satisfaction", "loyalty", "trust"}:
                rows = number_ledger(session, "en", f"of/{customer}/{change.id}").table.rows
                parts = [(each.name, each.shown, each.formula) for each in change.contributions]
                assert list(rows) == parts
                moved += 1
    assert moved


def test_what_is_planned_is_in_the_budget() -> None:
    session = Session.new(case_named("tiny"), 3, saved=False)
    customer = session.rules.customer_ids[0]
    action = next(each.id for each in session.options(customer) if each.allowed)
    session.act(customer, action)
    rows = number_ledger(session, "en", "budget/hours").table.rows
    assert len(rows) == 3
    assert session.script.actions[action].name.en in rows[1][0]


@pytest.mark.parametrize("meter", RESULT)
def test_the_numbers_of_the_result_add_up(meter: str) -> None:
    session = played()
    view = number_ledger(session, "en", f"result/{meter}")
    result = session.result
    assert result is not None
    if meter in {"score", "satisfaction", "loyalty", "switching_cost"}:
        total = sum(amount(row[-1]) for row in view.table.rows)
        assert abs(total - float(getattr(result, meter))) < 0.06 * len(view.table.rows)
    if meter == "equity":
        earned, spent, worth, par, index = (amount(row[1]) for row in view.table.rows)
        assert abs(100.0 * (earned - spent + worth) / par - index) < 0.6
        assert whole(result.equity) == view.value


def test_before_the_game_the_weights_are_told() -> None:
    session = Session.new(case_named("tiny"), 3, saved=False)
    view = number_ledger(session, "en", "goal/loyalty")
    assert sum(amount(row[1]) for row in view.table.rows) == 100.0
    assert view.value == "30 %"
