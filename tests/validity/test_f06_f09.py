"""F6-F9: switching costs, and what becomes of captives when the market opens."""

from collections.abc import Callable

import numpy as np

from sim.engine.facts import Facts
from sim.engine.rules import Rules
from sim.engine.score import equity_money
from sim.engine.state import State
from sim.engine.terms.labels import MatrixType
from tests.validity.experiment import (
    CUSTOMERS,
    Tables,
    Values,
    active,
    for_some_seeds,
    holding,
    lots,
    market,
    on_both_tables,
    population,
    put,
    survival,
    turn,
)

Plan = Callable[[int], tuple[str, ...]]

RELATIONAL = ("visit", "preventive_check", "learn_and_customise", "note")
COERCIVE = ("long_contract", "data_hostage", "hidden_renewal")


def opening_of_the_market(month: int, competition: str) -> str:
    """An event: entry of rivals and portability, as a section of the scenario."""
    words = "{en: The market opens, zh: 市场开放}"
    effect = f"{{competition: {competition}, portability: true}}"
    return f"events:\n  entry: {{turn: {month}, title: {words}, text: {words}, effect: {effect}}}\n"


def f6(tables: Tables) -> Values:
    """Twenty points more of each cost at satisfaction 60: the gain of the stay logit."""
    rules = market(tables)
    state = put(holding(rules, population(rules, 1), 60.0), frailty=0.0)

    def logit(**more: float) -> float:
        raised = put(state, **{name: getattr(state, name) + gain for name, gain in more.items()})
        after, _ = turn(rules, raised)
        leave = float(after.leave_chance[0, 0])
        return float(np.log((1.0 - leave) / leave))

    base = logit()
    return {
        "relational": logit(bond=20.0) - base,
        "financial": logit(earned_financial=20.0) - base,
        "procedural": logit(earned_procedural=20.0) - base,
    }


@on_both_tables
def test_f6_relational_ties_hold_more_than_financial_and_procedural(tables: Tables) -> None:
    found = f6(tables)
    greater = max(found["financial"], found["procedural"])
    assert 1.2 <= found["relational"] / greater <= 2.5
    assert 0.8 <= found["financial"] / found["procedural"] <= 1.5


def f7(tables: Tables, seed: int = 0) -> Values:
    """Thirty points more of procedural cost: twelve-month retention by satisfaction."""
    rules = market(tables, customers=6)
    state = population(rules, CUSTOMERS, seed)
    raised = state.earned_procedural + np.array([0.0, 30.0] * 3)
    state = put(state, frailty=state.traits.frailty[:, :1], earned_procedural=raised)
    levels = np.array([35.0, 35.0, 85.0, 85.0, 95.0, 95.0])
    kept = survival(rules, state, levels, 12)[11].mean(axis=0)
    gain = kept[1::2] - kept[::2]
    return {"at 35": gain[0], "at 85": gain[1], "at 95": gain[2]}


@on_both_tables
@for_some_seeds
def test_f7_barriers_matter_when_customers_are_unhappy(tables: Tables, seed: int) -> None:
    found = f7(tables, seed)
    assert found["at 35"] / found["at 85"] >= 2.0
    assert found["at 95"] < 0.04


def f8(tables: Tables, seed: int = 0) -> Values:
    """Captives and loyal customers before and after the market opens in turn 7."""
    rules = market(tables, customers=2, extra=opening_of_the_market(7, "80%"))
    captive = np.array([True, False])
    state = put(
        population(rules, CUSTOMERS, seed),
        competition=0.05,
        coercive_procedural=np.where(captive, 70.0, 5.0),
        coercive_financial=np.where(captive, 50.0, 3.0),
        bond=np.where(captive, 10.0, 50.0),
    )
    course = survival(rules, state, np.where(captive, 35.0, 85.0), 18)
    before, after = course[5].mean(axis=0), course[17].mean(axis=0)
    churn = 1.0 - after / before
    return {
        "captives before": before[0],
        "captives leave after": churn[0],
        "loyal leave after": churn[1],
    }


@on_both_tables
@for_some_seeds
def test_f8_captives_bolt_when_the_market_opens(tables: Tables, seed: int) -> None:
    found = f8(tables, seed)
    assert found["captives before"] >= 0.90
    assert found["captives leave after"] / found["loyal leave after"] >= 4.0


def relational(month: int) -> tuple[str, ...]:
    """Visits, a preventive check, an offer of their own, a note: each every fourth month or so."""
    plan = (("visit", "preventive_check"), ("learn_and_customise",), ("visit",), ("note",))
    return plan[month % 4]


def coercive(month: int) -> tuple[str, ...]:
    """Exit fee, data that cannot be taken along and a hidden renewal, as often as they run out."""
    return COERCIVE if month % 13 == 0 else ()


def idle(_month: int) -> tuple[str, ...]:
    """Nothing."""
    return ()


def play(rules: Rules, plan: Plan, seed: int, *, competition: float) -> State:
    """Two years of a policy for everybody, with all their chance."""
    state = put(population(rules, CUSTOMERS // 4, seed), competition=competition, potential=1.0)
    for month in range(24):
        if plan is relational:  # it lives on the customer file and keeps it
            state = put(state, known=True, fresh=True, noted=True)
        draws = lots(rules, CUSTOMERS // 4, month, seed)
        state, _ = turn(rules, state, *plan(month), where=active(state), draws=draws)
    return state


def captives(rules: Rules, state: State) -> float:
    """The share of the remaining customers who stay without being content."""
    held = (Facts(rules, state)["type"] == MatrixType.CAPTIVE) & active(state)
    return float(held.sum() / active(state).sum())


def f9(tables: Tables, seed: int = 0) -> Values:
    """Profit and closing equity of two policies, in a stable and in an opening market."""
    offers = (*RELATIONAL, *COERCIVE)
    stable = market(tables, *offers, customers=4, slots=3)
    entry = opening_of_the_market(13, "85%")
    opening = market(tables, *offers, customers=4, slots=3, extra=entry)
    found: Values = {}
    worth: dict[str, float] = {}
    for plan in (relational, coercive, idle):
        state = play(stable, plan, seed, competition=0.6)
        worth[plan.__name__] = float(equity_money(stable, state).mean())
        found[f"captives, {plan.__name__}"] = captives(stable, state)
    found["stable"] = worth["coercive"] / worth["relational"]
    for plan in (relational, coercive):
        state = play(opening, plan, seed, competition=0.1)
        worth[plan.__name__] = float(equity_money(opening, state).mean())
    return {**found, "entry": worth["coercive"] / worth["relational"]}


@on_both_tables
@for_some_seeds
def test_f9_coercion_tempts_then_bills(tables: Tables, seed: int) -> None:
    found = f9(tables, seed)
    assert 0.85 <= found["stable"] <= 1.15
    assert found["entry"] <= 0.85
    others = (found["captives, relational"], found["captives, idle"])
    assert found["captives, coercive"] > max(others)
