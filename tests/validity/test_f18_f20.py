"""F18-F20: word of mouth, customers bought by discounts, and how value is spread."""

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.rules import Rules
from sim.engine.state import State, Status
from sim.engine.terms.switching import within_percent
from tests.validity.experiment import (
    CUSTOMERS,
    Tables,
    Values,
    active,
    for_some_seeds,
    holding,
    lots,
    market,
    normals,
    on_both_tables,
    population,
    put,
    settled,
    turn,
)

FRIENDS, ROW = 8, 40
COURSE_WORDS = "parameters: {told_blame: 18, told_praise: 7}\n"
COURSE_SPREAD = "prior: {potential_spread: 1.645}\n"
DISCOUNTS = {
    "acquire_full_price": 0.0,
    "acquire_10": 0.10,
    "acquire_20": 0.20,
    "acquire_35": 0.35,
    "acquire_50": 0.50,
}


def levels(seed: int) -> Array:
    """Satisfaction of many customers, N(68, 16), [runs, 40]."""
    return within_percent(68.0 + 16.0 * normals(2 * CUSTOMERS // ROW, ROW, seed)[..., 0])


def words(tables: Tables, seed: int = 0, *, extra: str = "") -> Values:
    """How many people the dissatisfied (below 40) and the satisfied (60 and more) tell."""
    rules = market(tables, customers=ROW, extra=extra)
    level = levels(seed)
    state = holding(rules, population(rules, level.shape[0], seed), level)
    told = turn(rules, state)[1].messages
    return {
        "per head": float(-told[level < 40.0].mean() / told[level >= 60.0].mean()),
        "praise to blame": float(told[told > 0.0].sum() / -told[told < 0.0].sum()),
    }


def f18(tables: Tables, seed: int = 0) -> Values:
    """Word of mouth, and leaving where one of eight friends left the turn before."""
    rules = market(tables, customers=ROW, friends=FRIENDS)
    level = levels(seed)
    state = population(rules, level.shape[0], seed)
    exposed = np.zeros(level.shape, dtype=np.bool_)
    hazards: list[tuple[Mask, Mask, Mask]] = []
    for month in range(6):
        here = active(state)
        draws = lots(rules, level.shape[0], month, seed)
        state, outcome = turn(rules, holding(rules, state, level), draws=draws)
        if month:
            hazards.append((here, exposed, outcome.left))
        exposed = beside(outcome.left)
    here, exposed, left = (np.concatenate(parts) for parts in zip(*hazards, strict=True))
    return {
        **words(tables, seed),
        "hazard of the exposed": float(left[here & exposed].mean() / left[here & ~exposed].mean()),
    }


def beside(left: Mask) -> Mask:
    """Whose neighbour on the ring has left, [R, C]."""
    near = [step for step in range(-FRIENDS // 2, FRIENDS // 2 + 1) if step]
    return np.asarray(np.stack([np.roll(left, step, axis=1) for step in near]).any(axis=0))


@on_both_tables
@for_some_seeds
def test_f18_the_dissatisfied_tell_more_yet_praise_prevails_and_leaving_is_catching(
    tables: Tables, seed: int
) -> None:
    found = f18(tables, seed)
    assert 1.3 <= found["per head"] <= 2.5
    assert 2.0 <= found["praise to blame"] <= 5.0
    assert 1.3 <= found["hazard of the exposed"] <= 2.2


@on_both_tables
def test_f18_in_course_mode_the_dissatisfied_tell_two_to_three_times_as_many(
    tables: Tables,
) -> None:
    assert 2.0 <= words(tables, extra=COURSE_WORDS)["per head"] <= 3.0


def f19(tables: Tables, seed: int = 0) -> Values:
    """Customers won at full price or by a discount: profit of three years, and who is left."""
    rules = market(tables, *DISCOUNTS, customers=4)
    runs = CUSTOMERS // rules.sizes.customers
    unborn = population(rules, runs, seed)
    unborn = put(unborn, status=float(Status.UNBORN), purchases=0.0, bond=0.0, potential=1.0)
    unborn = put(unborn, earned_procedural=0.0, coercive_procedural=0.0)
    unborn = put(unborn, earned_financial=0.0, coercive_financial=0.0)
    value, left = {}, {}
    for campaign, depth in DISCOUNTS.items():
        state, _ = turn(rules, unborn, campaign)
        worth = 0.0
        for month in range(36):
            state, _ = turn(rules, state, draws=lots(rules, runs, month, seed))
            worth += float(state.profit.mean()) / 1.01**month
        value[depth], left[depth] = worth, float(active(state).mean())
    ratios = {f"value at {depth:.0%}": value[depth] / value[0.0] for depth in value if depth}
    return {**ratios, "survival at 35% to full price": left[0.35] / left[0.0]}


@on_both_tables
@for_some_seeds
def test_f19_customers_bought_by_a_discount_are_worth_half(tables: Tables, seed: int) -> None:
    found = f19(tables, seed)
    ratios = [1.0, *(ratio for name, ratio in found.items() if name.startswith("value"))]
    assert ratios == sorted(ratios, reverse=True)
    assert 0.40 <= found["value at 35%"] <= 0.65
    assert found["survival at 35% to full price"] < 1.0


def top_share(profit: Array, share: float) -> float:
    """What the best share of customers brings of the whole."""
    ranked = np.sort(profit.ravel())[::-1]
    return float(ranked[: round(share * ranked.size)].sum() / ranked.sum())


def billed(rules: Rules, state: State, seed: int, *, spread: float | None) -> Array:
    """Profit of a turn; the cost to serve is lognormal around the library's, or nothing."""
    runs, customers = state.status.shape
    cost = normals(runs, customers, seed)[..., 1]
    service = 0.0 if spread is None else np.exp(spread * cost)
    state = put(state, service_cost=service)
    draws = settled(lots(rules, runs, 0, seed))
    return turn(rules, state, draws=draws)[0].profit


def f20(tables: Tables, seed: int = 0) -> Values:
    """How sales and profit are spread over customers; without a cost to serve, profit is sales."""
    rules = market(tables, customers=2)
    state = population(rules, CUSTOMERS, seed)
    sales = billed(rules, state, seed, spread=None)
    profit = billed(rules, state, seed, spread=1.0)
    course = market(tables, customers=2, extra=COURSE_SPREAD)
    taught = billed(course, population(course, CUSTOMERS, seed), seed, spread=None)
    whale = np.cumsum(np.sort(profit.ravel())[::-1]) / profit.sum()
    return {
        "sales of the top 20 %": top_share(sales, 0.20),
        "sales of the top 5 %, course": top_share(taught, 0.05),
        "peak of the whale curve": float(whale.max()),
        "below zero": float((profit < 0.0).mean()),
    }


@on_both_tables
@for_some_seeds
def test_f20_few_customers_bring_most_and_some_cost_money(tables: Tables, seed: int) -> None:
    found = f20(tables, seed)
    assert 0.60 <= found["sales of the top 20 %"] <= 0.80
    assert 0.45 <= found["sales of the top 5 %, course"] <= 0.55
    assert 1.1 <= found["peak of the whale curve"] <= 1.8
    assert 0.10 <= found["below zero"] <= 0.40
