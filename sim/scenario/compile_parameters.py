"""The coefficients of the model for the length of one turn, and the churn the scenario asks for."""

from dataclasses import fields, replace

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters
from sim.engine.terms import prices, staying
from sim.errors import ScenarioError
from sim.exact import fixed_sum, normal_quantile, power
from sim.scenario.diagnostics import Place, make
from sim.scenario.library import Library
from sim.scenario.schema_library import MarketEntry
from sim.scenario.schema_scenario import Scenario

_NAMES = tuple(field.name for field in fields(Parameters))
QUANTILES = 64  # of the frailty of the customers the churn is an average of
LOWEST_BASE, HIGHEST_BASE = -60.0, 60.0


def parameters_for(scenario: Scenario, library: Library) -> Parameters:
    """The library's values with the scenario's overrides, per turn.

    Raises:
        ScenarioError: the library lacks a coefficient of these rules.
    """
    lacking = [name for name in _NAMES if name not in library.parameters]
    if lacking:  # a library of other rules, kept with an old game
        place = Place("parameters.yaml", 1, 1)
        raise ScenarioError([make("T02", place, "parameters", field=name) for name in lacking])
    months = scenario.months_per_turn
    values: dict[str, float | int] = {}
    for name, entry in library.parameters.items():
        value = scenario.parameters.get(name, entry.value)
        values[name] = per_turn(value, entry.rate, months)
    for name in ("year_turns", "value_turns"):
        horizon = scenario.parameters.get(name, library.parameters[name].value)
        values[name] = max(1, round(horizon / months))
    parameters = Parameters(**{name: values[name] for name in _NAMES})  # type: ignore[arg-type]
    if scenario.baseline_churn is None:
        return parameters
    return replace(parameters, stay_base=solve_base(parameters, scenario, library))


def per_turn(value: float, rate: str, months: float) -> float:
    """What a monthly value comes to in a turn of so many months.

    Args:
        value: as the library gives it, per month where `rate` is not `none`.
        rate: `month` and `month_chance`, a share that moves or a chance: 1 - (1 - r)^m;
            `month_keep`, a share that is kept: k^m; `month_linear`, an amount: x m;
            `month_compound`, a rate of interest: (1 + i)^m - 1.
        months: length of a turn.
    """
    if rate == "none" or months == 1.0:
        return value
    if rate == "month_linear":
        return value * months
    if rate == "month_keep":
        return float(power(value, months))
    if rate == "month_compound":
        return float(power(1.0 + value, months)) - 1.0
    return 1.0 - float(power(1.0 - value, months))


def solve_base(parameters: Parameters, scenario: Scenario, library: Library) -> float:
    """The base of the stay logit with which the reference customer leaves as often as asked.

    The reference customer is an active one as `start.yaml` has it, in the market of the scenario,
    with a frailty that is drawn; the chance is the average over equally likely frailties.
    """
    assert scenario.baseline_churn is not None
    spread = frailty_spread(scenario, library)
    middles = (np.arange(QUANTILES) + 0.5) / QUANTILES
    frailty = spread * normal_quantile(middles)
    low, high = LOWEST_BASE, HIGHEST_BASE
    while low < (middle := (low + high) / 2.0) < high:  # until no number lies between
        chances = _leave_chances(replace(parameters, stay_base=middle), scenario, library, frailty)
        if float(fixed_sum(chances)) / QUANTILES > scenario.baseline_churn:
            low = middle
        else:
            high = middle
    return middle


def market_at_start(scenario: Scenario, library: Library) -> MarketEntry:
    """The market as the scenario has it, and as is usual where it is silent."""
    return library.market.model_copy(update=scenario.market.model_dump(exclude_none=True))


def frailty_spread(scenario: Scenario, library: Library) -> float:
    """Standard deviation of frailty, logits."""
    said = scenario.prior.frailty_spread
    return library.prior.frailty_spread if said is None else said


def _leave_chances(
    parameters: Parameters, scenario: Scenario, library: Library, frailty: Array
) -> Array:
    start, market = library.start["active"], market_at_start(scenario, library)
    zero = np.zeros(frailty.shape)
    pull = staying.rival_pull(
        parameters,
        rival_quality=zero + market.rival_quality,
        quality=zero + market.core_quality,
        dependence=zero,
        extra=prices.undercut(parameters, zero + 1.0, zero + 1.0, zero + market.rival_price),
    )
    parts = staying.stay_parts(
        parameters,
        satisfaction=zero + start.satisfaction,
        loyalty=zero + start.loyalty,
        procedural=zero + (start.earned_procedural + start.coercive_procedural),
        financial=zero + (start.earned_financial + start.coercive_financial),
        bond=zero + start.bond,
        pull=pull,
        competition=zero + market.competition,
        resentment=zero,
        friends_left=zero,
        frailty=frailty,
    )
    return staying.leave_chance(staying.add_parts(parts))
