"""S1-S6: further facts that the model was not built on."""

import numpy as np
import pytest

from sim.arrays import Array, Mask
from sim.engine.rules import Rules
from sim.engine.score import equity_money
from sim.engine.state import Mood, Status
from tests.validity.experiment import (
    CUSTOMERS,
    Tables,
    Values,
    active,
    holding,
    lots,
    luckless,
    market,
    on_both_tables,
    population,
    put,
    survival,
    turn,
)

OFFERS = ("win_back_apology", "win_back_upgrade", "win_back_discount", "win_back_bundle")
PRICE, SERVICE = 1.0, 2.0
PACKAGE = ("visit", "preventive_check", "learn_and_customise", "note")
PUSH = ("phone", "mass_message", "cross_sell")
REP_LEAVES = """events:
  leaves:
    turn: 2
    title: {en: The rep leaves, zh: 代表离职}
    text: {en: The rep leaves., zh: 代表离职了。}
    effect: {bond_loss: 60%}
"""


def s1(tables: Tables) -> Values:
    """A better plan nobody asked for, offered to the inert: leaving within three turns."""
    rules = market(tables, "nudge")
    state = put(population(rules, CUSTOMERS), competition=0.4, earned_procedural=40.0)
    state = holding(rules, state, 50.0)
    left = {}
    for deed in ("", "nudge"):
        now, here = state, np.ones(state.status.shape)
        for month in range(3):
            now, _ = turn(rules, now, *([deed] if deed and not month else []))
            here = here * (1.0 - now.leave_chance)
        left[deed] = 1.0 - float(here.mean())
    return {"left alone": left[""], "woken": left["nudge"]}


@on_both_tables
def test_s1_waking_sleeping_dogs(tables: Tables) -> None:
    found = s1(tables)
    assert 1.3 <= found["woken"] / found["left alone"] <= 2.0


def s2(tables: Tables, retention: float) -> float:
    """What 1 % more retention is worth: the elasticity of lifetime value."""
    rules = market(tables)
    state = put(holding(rules, population(rules, 1), 70.0), frailty=0.0)
    chance = float(turn(rules, state)[0].leave_chance[0, 0])

    def worth(stay: float) -> float:
        need = np.log(stay / (1.0 - stay)) - np.log((1.0 - chance) / chance)
        gone = turn(rules, put(state, frailty=float(need)), draws=luckless(rules, 1, leave=0.0))
        return float(gone[1].lost_value[0, 0])

    return float(np.log(worth(1.01 * retention) / worth(retention)) / np.log(1.01))


@on_both_tables
@pytest.mark.parametrize(
    "retention",
    [
        0.80,
        pytest.param(
            0.88,
            marks=pytest.mark.xfail(
                strict=True,
                reason="turns are months: at .88 a month and 1 % interest a month the sum over 36 "
                "months bends more (7.7) than over years at 12 %, for which the band was drawn",
            ),
        ),
    ],
)
def test_s2_a_percent_of_retention_is_worth_several_of_value(
    tables: Tables, retention: float
) -> None:
    assert 3.0 <= s2(tables, retention) <= 7.0


def s3(tables: Tables) -> Values:
    """A customer whom a glad friend has sent against one won by an advertisement."""
    rules = market(tables, "ask_referral", "acquire_full_price", customers=2)
    state = put(population(rules, CUSTOMERS // 4), potential=1.0, frailty=0.0)
    state = put(state, status=np.array([float(Status.ACTIVE), float(Status.UNBORN)]))
    glad = put(state, satisfaction=90.0, loyalty=90.0)
    value = {}
    for deed in ("ask_referral", "acquire_full_price"):
        won, _ = turn(rules, glad, deed, where=np.array([True, False]))
        won = put(won, status=float(Status.ACTIVE), deal_logit=0.0)
        course = survival(rules, won, 66.4, 36)
        kept = [float(here[:, 1].mean()) for here in course]
        value[deed] = sum(share / 1.01**month for month, share in enumerate(kept))
    return {"referred to advertised": value["ask_referral"] / value["acquire_full_price"]}


@pytest.mark.xfail(
    strict=True,
    reason="only the lasting gain in retention is modelled (+4 %); the extra margin of referred "
    "customers, which fades within a year or two, is not",
)
@on_both_tables
def test_s3_referred_customers_are_worth_more(tables: Tables) -> None:
    assert 1.10 <= s3(tables)["referred to advertised"] <= 1.35


def s4(tables: Tables) -> tuple[dict[tuple[str, float], float], dict[str, float]]:
    """Chance of return by offer and reason of leaving, and what each does to staying later.

    The offer comes in its place: after the question why, and a word on what would be lost.
    """
    rules = market(tables, "ask_why", "paint_losses", *OFFERS, slots=3)
    chances, firmness = {}, {}
    for reason in (PRICE, SERVICE):
        state = put(population(rules, 1), status=float(Status.LAPSED), leave_reason=reason)
        state = put(state, mood=float(Mood.CALM), known=True, fresh=True)
        for offer in OFFERS:
            draws = luckless(rules, 1)
            draws.growth[...] = 0.0
            after, outcome = turn(rules, state, "ask_why", "paint_losses", offer, draws=draws)
            chance = next(each for each in outcome.chances if each.name == "return")
            chances[offer, reason] = float(chance.probability[0, 0])
            firmness[offer] = float(after.frailty_shift[0, 0])
    return chances, firmness


@on_both_tables
def test_s4_bundles_win_most_back_and_keep_them_shortest(tables: Tables) -> None:
    chances, firmness = s4(tables)
    for reason in (PRICE, SERVICE):
        assert max(OFFERS, key=lambda offer: chances[offer, reason]) == "win_back_bundle"
    assert chances["win_back_bundle", PRICE] > chances["win_back_bundle", SERVICE]
    assert max(OFFERS, key=lambda offer: firmness[offer]) == "win_back_upgrade"
    assert min(OFFERS, key=lambda offer: firmness[offer]) == "win_back_bundle"


def policy_worth(rules: Rules, name: str) -> float:
    """Profit and closing equity of two years, per customer."""
    runs = CUSTOMERS // rules.sizes.customers
    state = population(rules, runs)
    best = top_of(state.potential, 0.3)
    plan = (PACKAGE[:2], PACKAGE[2:3], PACKAGE[:1], PACKAGE[3:])
    for month in range(24):
        state = put(state, known=True, fresh=True, noted=True)
        pushed = PUSH if month % 4 == 0 else PUSH[:2]  # a further offer has to rest
        deeds = {"passive": (), "pushy": pushed}.get(name, plan[month % 4])
        where = active(state) & (best if name == "differentiated" else True)
        draws = lots(rules, runs, month, 0)
        state, _ = turn(rules, state, *deeds, where=where, draws=draws)
    return float(equity_money(rules, state).mean()) / rules.sizes.customers


def top_of(potential: Array, share: float) -> Mask:
    """Which customers are the most valuable of all."""
    return np.asarray(potential >= np.quantile(potential, 1.0 - share))


@pytest.mark.slow
@on_both_tables
def test_s5_serving_the_best_beats_serving_all_beats_waiting_beats_pushing(tables: Tables) -> None:
    rules = market(tables, *PACKAGE, *PUSH, customers=4, slots=3)
    names = ("differentiated", "uniform", "passive", "pushy")
    best, everybody, waiting, pushing = (policy_worth(rules, name) for name in names)
    # On the ladder of loyalty (D6) the small ones, too, come to be worth their service: a tie.
    tie = 0.999 if tables == "shipped" else 1.0
    assert best > tie * everybody
    assert everybody > waiting > pushing


def s6(tables: Tables) -> Values:
    """The representative to whom customers are tied resigns: leaving in the turn after."""
    hazard = {}
    for name, extra in (("stays", ""), ("leaves", REP_LEAVES)):
        rules = market(tables, extra=extra)
        state = put(holding(rules, population(rules, 1), 66.4), frailty=0.0, bond=40.0)
        state, _ = turn(rules, state)
        state, _ = turn(rules, state)
        hazard[name] = float(state.leave_chance[0, 0])
    return {"leaves to stays": hazard["leaves"] / hazard["stays"]}


@on_both_tables
def test_s6_loyalty_to_the_representative_leaves_with_him(tables: Tables) -> None:
    assert 1.2 <= s6(tables)["leaves to stays"] <= 2.0
