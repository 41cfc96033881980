"""Monthly coefficients in turns of any length, and the churn a scenario asks for."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.engine.terms import staying
from sim.exact import fixed_sum, normal_quantile
from sim.scenario.compile_parameters import market_at_start, parameters_for, per_turn
from sim.scenario.library import load_library
from sim.scenario.load import load_scenario
from sim.scenario.schema_scenario import Scenario

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load_scenario(GOOD / "tiny.yaml").scenario


@pytest.mark.parametrize(
    ("rate", "monthly", "turn"),
    [
        ("none", 0.3, 0.3),
        ("month", 0.36, 0.2),  # two turns of half a month move .2 + .2 * .8
        ("month_chance", 0.36, 0.2),
        ("month_keep", 0.64, 0.8),
        ("month_linear", 0.3, 0.15),
        ("month_compound", 0.21, 0.1),
    ],
)
def test_half_a_month_does_half_of_the_work(rate: str, monthly: float, turn: float) -> None:
    assert per_turn(monthly, rate, 0.5) == pytest.approx(turn, abs=1e-15)


@pytest.mark.parametrize("rate", ["month", "month_keep", "month_chance", "month_compound"])
def test_a_turn_of_a_month_changes_no_bit(rate: str) -> None:
    assert per_turn(0.3, rate, 1.0) == 0.3


def test_horizons_are_counted_in_turns(tiny: Scenario) -> None:
    library = load_library()
    weekly = parameters_for(tiny, library)
    assert (weekly.year_turns, weekly.value_turns) == (48, 144)
    monthly = parameters_for(tiny.model_copy(update={"months_per_turn": 1.0}), library)
    assert (monthly.year_turns, monthly.value_turns) == (12, 36)


def test_a_scenario_may_set_a_coefficient(tiny: Scenario) -> None:
    library = load_library()
    assert parameters_for(tiny, library).noise == 5.0
    plain = tiny.model_copy(update={"parameters": {}})
    assert parameters_for(plain, library).noise == library.parameters["noise"].value


def test_without_a_baseline_the_librarys_base_holds(tiny: Scenario) -> None:
    library = load_library()
    plain = parameters_for(tiny.model_copy(update={"baseline_churn": None}), library)
    assert plain.stay_base == library.parameters["stay_base"].value
    solved = parameters_for(tiny, library)
    assert replace(solved, stay_base=plain.stay_base) == plain


@pytest.mark.parametrize("churn", [0.002, 0.02, 0.3])
def test_the_reference_customer_leaves_as_often_as_asked(tiny: Scenario, churn: float) -> None:
    library = load_library()
    scenario = tiny.model_copy(update={"baseline_churn": churn})
    parameters = parameters_for(scenario, library)
    ordinary, market = library.start["active"], market_at_start(scenario, library)
    frailty = library.prior.frailty_spread * normal_quantile((np.arange(64) + 0.5) / 64)
    zero = np.zeros(64)
    parts = staying.stay_parts(
        parameters,
        satisfaction=zero + ordinary.satisfaction,
        loyalty=zero + ordinary.loyalty,
        procedural=zero + ordinary.earned_procedural + ordinary.coercive_procedural,
        financial=zero + ordinary.earned_financial + ordinary.coercive_financial,
        bond=zero + ordinary.bond,
        pull=staying.rival_pull(
            parameters,
            rival_quality=zero + market.rival_quality,
            quality=zero + market.core_quality,
            dependence=zero,
            extra=zero,
        ),
        competition=zero + market.competition,
        resentment=zero,
        friends_left=zero,
        frailty=frailty,
    )
    chances = staying.leave_chance(staying.add_parts(parts))
    assert float(fixed_sum(chances)) / 64 == pytest.approx(churn, rel=1e-12)


def test_the_market_is_the_librarys_where_the_scenario_is_silent(tiny: Scenario) -> None:
    library = load_library()
    market = market_at_start(tiny, library)
    assert (market.competition, market.rival_quality) == (0.9, 66.0)
    assert market.openness == library.market.openness
