"""Expectation-disconfirmation: from delivered experience to satisfaction (E6-E11)."""

import numpy as np

from sim.arrays import Array
from sim.engine.parameters import Parameters
from sim.exact import normal_quantile, power

EXPERIENCE_FLOOR, EXPERIENCE_CEILING = 5.0, 98.0  # the scale on which E6 and E11 are clipped
_TINY = 2.0**-54  # keeps the quantile of a uniform 0 finite


def luck(parameters: Parameters, uniform: Array) -> Array:
    """Epsilon ~ N(0, noise) experience points, by the inverse distribution (E6)."""
    return parameters.noise * normal_quantile(np.maximum(uniform, _TINY))


def failure_loss(parameters: Parameters, severity: Array) -> Array:
    """7 + 5 sev experience points where a failure happens, else 0 (E6)."""
    cost = parameters.failure_base + parameters.failure_slope * severity
    return np.where(severity > 0.0, cost, 0.0)


def within_scale(raw: Array) -> Array:
    """Experience and expectation stay on the scale 5..98."""
    return np.minimum(np.maximum(raw, EXPERIENCE_FLOOR), EXPERIENCE_CEILING)


def gap_value(parameters: Parameters, experience: Array, expectation: Array) -> Array:
    """v(d), d = b/a - 1: flat inside the zone of tolerance, losses weigh 2.1 (E7-E8).

    Oliver 1980; Anderson & Sullivan 1993; Zeithaml, Berry & Parasuraman 1993; Brown et al. 2024.
    """
    gap = experience / expectation - 1.0
    size = np.abs(gap)
    inside = parameters.tolerance_slope * np.minimum(size, parameters.tolerance)
    outside = power(np.maximum(size - parameters.tolerance, 0.0), parameters.gap_power)
    value = inside + outside
    return np.where(gap < 0.0, -parameters.gap_loss_weight * value, value)


def encounter_raw(parameters: Parameters, experience: Array, value: Array) -> Array:
    """S = 60 + .8 (b - 60) + 90 v(d), before it is clipped to 0..100 (E9)."""
    base = parameters.satisfaction_base
    quality = parameters.quality_weight * (experience - base)
    return base + quality + parameters.gap_weight * value


def rate(parameters: Parameters, purchases: Array, severity: Array) -> Array:
    """Omega: how far one encounter moves the whole; long tenure anchors (E10; Bolton 1998).

    A failure weighs more, (.45 + .05 sev), less with long tenure (Knox & van Oest 2014).
    """
    usual = parameters.satisfaction_rate_floor + parameters.satisfaction_rate_gain / (
        1.0 + purchases / parameters.satisfaction_rate_scale
    )
    tenure = np.minimum(purchases, parameters.tenure_scale) / parameters.tenure_scale
    salient = parameters.failure_rate_base + parameters.failure_rate_slope * severity
    salient = salient * (1.0 - parameters.tenure_protection * tenure)
    return np.where(severity > 0.0, np.maximum(usual, salient), usual)


def expectation(parameters: Parameters, before: Array, experience: Array) -> Array:
    """A <- a + .25 (b - a) up, .12 down: delight raises the bar (E11; Rust & Oliver 2000)."""
    gap = experience - before
    speed = np.where(gap > 0.0, parameters.expectation_up, parameters.expectation_down)
    return before + speed * gap
