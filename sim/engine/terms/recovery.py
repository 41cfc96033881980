"""Failures, complaints and their handling (E12-E15)."""

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.parameters import Parameters
from sim.engine.state import Promise
from sim.exact import power

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_NONE, _SAFE, _LADDER = int(Promise.NONE), int(Promise.SAFE), int(Promise.LADDER)

SEVERE, MILD = 3.0, 1.0


def severity(parameters: Parameters, failed: Mask, uniform: Array) -> Array:
    """Three failures in ten are severe (3), the others mild (1); 0 where none happened (E6)."""
    level = np.where(uniform < parameters.severe_share, SEVERE, MILD)
    return np.where(failed, level, 0.0)


def keep_chance(parameters: Parameters, promise: Indices) -> Array:
    """P(kept): .75 for an ambitious promise, .95 with slack (E12)."""
    return np.where(ambitious(promise), parameters.promise_kept_hard, parameters.promise_kept_safe)


def ambitious(promise: Indices) -> Mask:
    """Whether a promise sets a tight date, with a ladder of compensation (D9) or without."""
    return (promise != _NONE) & (promise != _SAFE)


def pledge(parameters: Parameters, promise: Indices, uniform: Array) -> tuple[Array, Array]:
    """What a broken promise makes good by itself: share of the loss, and money (D9).

    The delay falls into one of three steps with equal chances. What was said beforehand is paid at
    once, so that it counts as distributive justice by its size and as procedural justice in full.

    Args:
        parameters: coefficients.
        promise: `Promise` that was broken.
        uniform: decides the step of delay.
    """
    third = np.minimum(np.floor(3.0 * uniform), 2.0)
    share = np.minimum(parameters.pledge_first + parameters.pledge_step * third, 1.0)
    fair = parameters.justice_distributive * distributive(parameters, share)
    money = np.where(third == 1.0, parameters.pledge_money_second, parameters.pledge_money_first)
    money = np.where(third == 2.0, parameters.pledge_money_third, money)
    said = promise == _LADDER
    justice = np.where(said, fair + parameters.justice_procedural, 0.0)
    return justice, np.where(said, money, 0.0)


def voice_logit(
    parameters: Parameters, *, severity: Array, trust: Array, openness: Array, competition: Array
) -> Array:
    """Logit of P(voice): exit, voice or silence after a failure (E13; Hirschman 1970, TARP)."""
    return (
        parameters.voice_base
        + parameters.voice_severity * severity
        + parameters.voice_trust * (trust - 50.0)
        + parameters.voice_openness * openness
        - parameters.voice_competition * competition
    )


def distributive(parameters: Parameters, compensation: Array) -> Array:
    """D_j: what was made good; best at one and a half times the loss, worse beyond.

    Args:
        parameters: coefficients.
        compensation: multiples of the loss (Haesevoets et al. 2017; row 17 of the domain notes).
    """
    fair = power(np.minimum(compensation, 1.0), parameters.compensation_power)
    room = parameters.compensation_peak - 1.0
    extra = np.minimum(np.maximum(compensation - 1.0, 0.0), room) / room
    excess = np.maximum(compensation - parameters.compensation_peak, 0.0)
    raised = fair + parameters.compensation_bonus * extra
    return np.maximum(raised - parameters.compensation_excess * excess, 0.0)


def counted(parameters: Parameters, compensation: Array, order: Array) -> Array:
    """What a payment counts for: out of order, as the smaller one that feels `order` times as fair.

    The order of the steps scales justice, not money (N1): no sum makes up for not listening.

    Args:
        parameters: coefficients.
        compensation: multiples of the loss.
        order: multiplier of the protocol *recovery*, 1 in order.
    """
    if (order >= 1.0).all():
        return compensation * order
    fair = np.minimum(order * distributive(parameters, compensation), 1.0)
    smaller = power(fair, 1.0 / parameters.compensation_power)
    return np.where(order < 1.0, smaller, compensation * order)


def velocity(parameters: Parameters, age: Array) -> Array:
    """V_j: 1 at the first opportunity, .5 a turn later, .2 after that (E14)."""
    later = np.where(age <= 2.0, parameters.velocity_next, parameters.velocity_later)
    return np.where(age <= 1.0, 1.0, later)


def justice_parts(parameters: Parameters, redress: Array) -> tuple[Array, Array, Array]:
    """Distributive, interactional and procedural justice, weighted (E14; Orsingher et al. 2010).

    Args:
        parameters: coefficients.
        redress: [R, C, 3] compensation in multiples of the loss, interaction 0..1, speed 0..1.
    """
    return (
        parameters.justice_distributive * distributive(parameters, redress[..., 0]),
        parameters.justice_interactional * redress[..., 1],
        parameters.justice_procedural * redress[..., 2],
    )


def restored(parameters: Parameters, justice: Array, failures: Array) -> tuple[Array, Array]:
    """Share of the gap given back, and what earlier failures take from it (E15).

    min(J, 1.05) (1 - .3 min(nf, 2)): a second failure undoes part of any recovery
    (Maxham & Netemeyer 2002).
    """
    given = np.minimum(justice, parameters.justice_ceiling)
    return given, -given * parameters.second_failure * np.minimum(failures, 2.0)


def surprise(parameters: Parameters, justice: Array, severity: Array, failures: Array) -> Array:
    """The narrow recovery paradox: +5 after an excellent answer to a mild first failure (E15).

    de Matos, Henrique & Rossi 2007; Magnini et al. 2007.
    """
    excellent = justice >= parameters.surprise_justice
    mild = (severity <= parameters.surprise_severity) & (failures < parameters.surprise_failures)
    return np.where(excellent & mild, parameters.surprise, 0.0)


def futile(parameters: Parameters, justice: Array) -> Array:
    """Share of the gap lost again by an answer too small to matter: .25 where J < .15 (E15)."""
    return np.where(justice < parameters.futile_justice, -parameters.futile_share, 0.0)
