"""F14-F15: how much contact pays, and why retention rises with the age of a cohort."""

import numpy as np
import pytest

from sim.engine.rules import Rules
from sim.engine.score import equity_money
from sim.engine.state import Stage
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
    turn,
)

CONTACTS = tuple(f"contact_{number}" for number in range(1, 9))
AT_REST, LOYAL_AT_REST = 66.4, 51.0  # where the usual service (Q = 68) leads in the end
PACES = (0.0, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 8.0)


def pays(rules: Rules, pace: float, seed: int) -> float:
    """Profit of two years and closing equity with so many contacts a turn, per customer."""
    runs = CUSTOMERS // rules.sizes.customers
    state = put(population(rules, runs, seed), potential=1.0)
    for month in range(24):
        due = int((month + 1) * pace) - int(month * pace)
        draws = lots(rules, runs, month, seed)
        state, _ = turn(rules, state, *CONTACTS[:due], where=active(state), draws=draws)
    return float(equity_money(rules, state).mean()) / rules.sizes.customers


def f14(tables: Tables, seed: int = 0) -> Values:
    """0 to 8 visits a turn over two years: what pays best, and what too few or many do."""
    rules = market(tables, *CONTACTS, customers=4, slots=8)
    worth = {pace: pays(rules, pace, seed) for pace in PACES}
    best = max(worth, key=lambda pace: worth[pace])
    return {
        "best": best,
        "none": worth[0.0] / worth[best] - 1.0,
        "half": worth[best / 2.0] / worth[best] - 1.0,
        "double": worth[best * 2.0] / worth[best] - 1.0,
        "eight": worth[8.0] / worth[best] - 1.0,
    }


@pytest.mark.parametrize(
    ("tables", "seed"),
    [
        ("shipped", 0),
        pytest.param("neutral", 0, marks=pytest.mark.slow),
        pytest.param("neutral", 1, marks=pytest.mark.slow),
        pytest.param("shipped", 1, marks=pytest.mark.slow),
    ],
)
def test_f14_contact_has_an_optimum_and_too_much_costs_more_than_too_little(
    tables: Tables, seed: int
) -> None:
    found = f14(tables, seed)
    assert 0.5 <= found["best"] <= 2.0
    assert -0.40 <= found["double"] <= -0.05
    assert found["double"] < found["half"]
    assert found["eight"] < found["none"] < 0.0


@on_both_tables
def test_one_contact_a_turn_is_welcome_for_good_and_two_irritate(tables: Tables) -> None:
    rules = market(tables, *CONTACTS, slots=8)
    over = {}
    for number in (1, 2):
        state = population(rules, 1)
        for _ in range(24):
            state = put(state, stage=float(Stage.EXPLORATION))
            state, outcome = turn(rules, state, *CONTACTS[:number])
        over[number] = float(outcome.over_contact[0, 0])
    assert over[1] == 0.0
    assert over[2] > 1.0


def f15(tables: Tables, seed: int = 0) -> Values:
    """Yearly retention of a cohort in which no attitude ever changes."""
    rules = market(tables)
    state = put(population(rules, CUSTOMERS, seed), competition=0.7)
    here, course = np.ones(state.status.shape), [1.0]
    for month in range(48):
        state = put(holding(rules, state, AT_REST), trust=AT_REST, loyalty=LOYAL_AT_REST, bond=10.0)
        state = put(state, earned_procedural=12.0, earned_financial=5.0)
        state, _ = turn(rules, state)
        here = here * (1.0 - state.leave_chance)
        if month % 12 == 11:
            course.append(float(here.mean()))
    return {f"year {year}": course[year] / course[year - 1] for year in range(1, 5)}


@on_both_tables
@for_some_seeds
def test_f15_retention_rises_with_the_age_of_a_cohort(tables: Tables, seed: int) -> None:
    found = list(f15(tables, seed).values())
    assert found == sorted(found)
    assert np.allclose(found, (0.63, 0.74, 0.82, 0.85), rtol=0.0, atol=0.06)
