"""Attitudinal loyalty, the decision to stay, and word of mouth (E21-E23)."""

from typing import Protocol

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters
from sim.engine.terms import attention as noticed
from sim.engine.terms import prices
from sim.exact import int_power, logistic

_NEUTRAL = 60.0  # satisfaction "as promised, ordinary"


def loyalty_parts(
    parameters: Parameters,
    *,
    satisfaction: Array,
    trust: Array,
    bond: Array,
    resentment: Array,
    dependence: Array,
) -> dict[str, Array]:
    """The summands of the loyalty logit (E21; Morgan & Hunt 1994), by ledger name."""
    return {
        "base": parameters.loyalty_base + np.zeros(satisfaction.shape),
        "satisfaction": parameters.loyalty_satisfaction * (satisfaction - _NEUTRAL),
        "trust": parameters.loyalty_trust * (trust - 50.0),
        "bond": parameters.loyalty_bond * bond,
        "resentment": -parameters.loyalty_resentment * resentment,
        "discount_habit": -parameters.loyalty_dependence * dependence,
    }


def loyalty_target(logit: Array) -> Array:
    """L* = 100 sigma(l): where loyalty tends to (E21)."""
    return 100.0 * logistic(logit)


def rival_pull(
    parameters: Parameters, *, rival_quality: Array, quality: Array, dependence: Array, extra: Array
) -> Array:
    """A = 4 + .05 (Q_rival - Q) + 1.2 D + what events add (E22)."""
    better = parameters.rival_quality_weight * (rival_quality - quality)
    return parameters.rival_base + better + parameters.rival_dependence * dependence + extra


def stay_parts(
    parameters: Parameters,
    *,
    satisfaction: Array,
    loyalty: Array,
    procedural: Array,
    financial: Array,
    bond: Array,
    pull: Array,
    competition: Array,
    resentment: Array,
    friends_left: Array,
    frailty: Array,
) -> dict[str, Array]:
    """The summands of the stay logit U, by ledger name, in their order (E22).

    Burnham, Frels & Mahajan 2003; Blut et al. 2015; Nitzan & Libai 2011; Fader & Hardie 2007.
    """
    benefit = parameters.stay_financial * financial
    return {
        "base": parameters.stay_base + np.zeros(satisfaction.shape),
        "satisfaction": parameters.stay_satisfaction * (satisfaction - _NEUTRAL),
        "loyalty": parameters.stay_loyalty * (loyalty - 50.0),
        "procedural": parameters.stay_procedural * procedural,
        "financial": benefit * (0.5 + satisfaction / 100.0),
        "bond": parameters.stay_bond * bond,
        "rival": -competition * pull,
        "resentment": -parameters.stay_resentment * resentment,
        "friends_left": -parameters.stay_friends * friends_left,
        "habit": frailty + np.zeros(satisfaction.shape),
    }


class Rivals(Protocol):
    """What customers can have elsewhere, each [R]; a state has it, and what is seen of one."""

    @property
    def competition(self) -> Array: ...  # noqa: D102 -- as in `State`
    @property
    def core_quality(self) -> Array: ...  # noqa: D102
    @property
    def rival_quality(self) -> Array: ...  # noqa: D102
    @property
    def rival_price(self) -> Array: ...  # noqa: D102
    @property
    def rival_pull(self) -> Array: ...  # noqa: D102


def parts_with_rivals(
    parameters: Parameters,
    rivals: Rivals,
    *,
    satisfaction: Array,
    loyalty: Array,
    procedural: Array,
    financial: Array,
    bond: Array,
    resentment: Array,
    dependence: Array,
    friends_left: Array,
    frailty: Array,
    price: Array,
    price_weight: Array,
    attention: Array,
) -> dict[str, Array]:
    """As `stay_parts`, and what a cheaper rival and the customer's attention do (N3, N5).

    Args:
        parameters: coefficients.
        rivals: what customers can have elsewhere.
        satisfaction: of the account, points [R, C], as is loyalty.
        loyalty: likewise.
        procedural: switching cost, earned and coercive, points [R, C].
        financial: likewise.
        bond: points [R, C].
        resentment: points [R, C].
        dependence: habit of discounts, 0..1 [R, C].
        friends_left: X, [R, C].
        frailty: lasting inclination to stay, logits.
        price: paid, 1 = list [R, C].
        price_weight: how heavily it weighs, 1 usual [R, C].
        attention: share that is ours, 0..1 [R, C].
    """
    competition = rivals.competition[:, None]
    pull = rival_pull(
        parameters,
        rival_quality=rivals.rival_quality[:, None],
        quality=rivals.core_quality[:, None],
        dependence=dependence,
        extra=rivals.rival_pull[:, None],
    )
    parts = stay_parts(
        parameters,
        satisfaction=satisfaction,
        loyalty=loyalty,
        procedural=procedural,
        financial=financial,
        bond=bond,
        pull=pull,
        competition=competition,
        resentment=resentment,
        friends_left=friends_left,
        frailty=frailty,
    )
    if parameters.rival_price_slope > 0.0:
        rival = rivals.rival_price[:, None]
        parts["rival_price"] = -competition * prices.undercut(
            parameters, price_weight, price, rival
        )
    if parameters.attention_weight > 0.0:
        parts["attention"] = noticed.hold(parameters, attention, competition=competition, pull=pull)
    return parts


def add_parts(parts: dict[str, Array]) -> Array:
    """The sum of named parts, in their order; the first has the shape of the sum."""
    first, second, *others = parts.values()
    total = first + second
    for value in others:
        total += value
    return total


def leave_chance(stay_logit: Array) -> Array:
    """H = sigma(-U) for one turn (E22)."""
    return logistic(-stay_logit)


def behavioural_loyalty(parameters: Parameters, chance: Array) -> Array:
    """B = 100 (1 - h)^12: the percentage still here after twelve months (E22)."""
    return 100.0 * int_power(1.0 - chance, parameters.year_turns)


def told(parameters: Parameters, satisfaction: Array, resentment: Array) -> Array:
    """People told per head and turn: > 0 praise, < 0 blame (E23; Anderson 1998).

    n(S) = 4 + 6 clip((60 - S)/40) + 3 clip((S - 60)/40); the resentful below 50 tell more.
    """
    scale = parameters.told_scale
    blame = np.minimum(np.maximum((_NEUTRAL - satisfaction) / scale, 0.0), 1.0)
    praise = np.minimum(np.maximum((satisfaction - _NEUTRAL) / scale, 0.0), 1.0)
    heads = parameters.told_base + parameters.told_blame * blame + parameters.told_praise * praise
    angry = np.where(satisfaction < 50.0, 1.0 + resentment / parameters.told_resentment, 1.0)
    return np.where(satisfaction >= _NEUTRAL, heads, -heads * angry)
