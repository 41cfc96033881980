"""What if: the whole class again, the same choices and the same chance, under other conditions.

    levers(case) -> (Lever, ...)         what can be changed, with its range
    play(case, games, {"churn": 0.05})   before and after, a second or so for a class

Choices that are no longer allowed (there are fewer hours, say) are left out and counted; nobody
chooses anew, so more hours change nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from sim.classroom.debrief.games import ClassGame, ClassReplay, replay_class
from sim.engine.rules import Rules
from sim.errors import SimError
from sim.play.case import Case
from sim.scenario.compile import compile_scenario
from sim.scenario.compile_parameters import market_at_start
from sim.scenario.load import Loaded, load_scenario
from sim.scenario.schema_scenario import Scenario

Unit = Literal["share", "points", "number", "factor"]

# Coefficients of the model that a class can talk about; their ranges stand in the library.
PARAMETERS: Final = (
    "failure_chance",
    "contact_allowance",
    "style_weight",
    "knowledge_weight",
    "repetition_decay",
    "price_loss_weight",
    "gap_loss_weight",
    "expectation_up",
    "ignored_share",
    "trust_recovery",
    "bond_fade_rate",
    "told_blame",
)
_MARKET: Final[Mapping[str, tuple[Unit, float, float]]] = {
    "competition": ("share", 0.0, 1.0),
    "core_quality": ("points", 40.0, 90.0),
    "rival_quality": ("points", 40.0, 90.0),
    "rival_price": ("factor", 0.7, 1.3),
}
_SHARES = frozenset(("failure_chance", "ignored_share", "bond_fade_rate"))
_CHURN_LOW, _CHURN_HIGH, _CHURN_MOST = 0.25, 4.0, 0.5
_KEPT = 8  # classes whose changed rules are remembered


@dataclass(frozen=True)
class Lever:
    """Something that can be changed.

    Attributes:
        id: `churn`, `hours`, `money`, one of the market, or a coefficient of the model.
        unit: `share` 0..1, `points` 0..100, `factor` 1 = as it is, or a plain `number`.
        value: As the scenario has it.
        low: The least it may be set to.
        high: The most.
    """

    id: str
    unit: Unit
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class WhatIf:
    """The class before and after.

    Attributes:
        changed: What was set, by id of the lever.
        before: Scores as things stood before the first and after every turn, by game; shorter where
            a game is not finished.
        after: Likewise, under the changed conditions.
        ranks_before: Of the last score, 1 the best; equals share the better rank.
        ranks_after: Likewise.
        dropped: Choices of each game that were no longer allowed.
    """

    changed: Mapping[str, float]
    before: tuple[tuple[float, ...], ...]
    after: tuple[tuple[float, ...], ...]
    ranks_before: tuple[int, ...]
    ranks_after: tuple[int, ...]
    dropped: tuple[int, ...]


def levers(case: Case) -> tuple[Lever, ...]:
    """What can be changed in a scenario, the plainest first."""
    loaded = _loaded(case.file, case.library)
    scenario, library = loaded.scenario, loaded.library
    found = [Lever("hours", "factor", 1.0, 0.25, 1.5), Lever("money", "factor", 1.0, 0.0, 2.0)]
    churn = scenario.baseline_churn
    if churn is not None:
        most = min(_CHURN_HIGH * churn, _CHURN_MOST)
        found.append(Lever("churn", "share", churn, _CHURN_LOW * churn, most))
    market = market_at_start(scenario, library)
    for name, (kind, low, high) in _MARKET.items():
        value = float(getattr(market, name))
        found.append(Lever(name, kind, value, min(low, value), max(high, value)))
    for name in PARAMETERS:
        entry = library.parameters[name]
        value = float(scenario.parameters.get(name, entry.value))
        unit: Unit = "share" if name in _SHARES else "number"
        found.append(Lever(name, unit, value, float(entry.low), float(entry.high)))
    return tuple(found)


def play(case: Case, games: Sequence[ClassGame], changed: Mapping[str, float]) -> WhatIf:
    """Play all games again under changed conditions.

    Args:
        case: their scenario.
        games: of the class.
        changed: new values by id of the lever.

    Raises:
        SimError: `class/no-such-lever` (lever, choices), `class/lever-range` (lever, low, high).
        IllegalChoiceError: a game is not of this scenario.
    """
    records = [game.record for game in games]
    before = replay_class(case.rules, records)
    after = replay_class(changed_rules(case, changed), records)
    first, then = _scores(before), _scores(after)
    return WhatIf(
        changed=dict(changed),
        before=first,
        after=then,
        ranks_before=ranks([each[-1] for each in first]),
        ranks_after=ranks([each[-1] for each in then]),
        dropped=tuple(int(number) for number in after.dropped),
    )


def changed_rules(case: Case, changed: Mapping[str, float]) -> Rules:
    """The scenario compiled anew with other numbers; ids and texts stay.

    Raises:
        SimError: as `play`.
    """
    known = {lever.id: lever for lever in levers(case)}
    for name, value in changed.items():
        if name not in known:
            raise SimError("class/no-such-lever", lever=name, choices=tuple(known))
        lever = known[name]
        if not lever.low <= value <= lever.high:
            raise SimError("class/lever-range", lever=name, low=lever.low, high=lever.high)
    loaded = _loaded(case.file, case.library)
    scenario = _changed(_with_its_base(loaded.scenario, case.rules), changed)
    return compile_scenario(
        Loaded(**{**vars(loaded), "scenario": scenario})  # a copy with another scenario
    )


def ranks(scores: Sequence[float]) -> tuple[int, ...]:
    """1 for the highest; equals share the better rank."""
    ordered = sorted(scores, reverse=True)
    return tuple(1 + ordered.index(score) for score in scores)


@lru_cache(maxsize=_KEPT)
def _loaded(file: Path, library: Path) -> Loaded:
    return load_scenario(file, library=library)


def _with_its_base(scenario: Scenario, rules: Rules) -> Scenario:
    """With the base of staying as a number: a better rival would else be made up for by it."""
    if scenario.baseline_churn is None:
        return scenario
    parameters = {**scenario.parameters, "stay_base": rules.parameters.stay_base}
    return scenario.model_copy(update={"parameters": parameters, "baseline_churn": None})


def _changed(scenario: Scenario, changed: Mapping[str, float]) -> Scenario:
    budget, market = scenario.budget, {}
    update: dict[str, object] = {}
    parameters = dict(scenario.parameters)
    for name, value in changed.items():
        if name == "hours":
            hours = [value * each for each in budget.hours]
            budget = budget.model_copy(update={"hours": hours})
        elif name == "money":
            income = [value * each for each in budget.income]
            money = {"money": value * budget.money, "income": income}
            budget = budget.model_copy(update=money)
        elif name == "churn":
            update["baseline_churn"] = value
        elif name in _MARKET:
            market[name] = value
        else:
            parameters[name] = value
    update |= {"budget": budget, "parameters": parameters}
    update["market"] = scenario.market.model_copy(update=market)
    return scenario.model_copy(update=update)


def _scores(replay: ClassReplay) -> tuple[tuple[float, ...], ...]:
    """Scores of every game as far as it was played."""
    return tuple(
        tuple(value for value in row.tolist() if value == value)  # noqa: PLR0124 -- NaN is not
        for row in replay.scores
    )
