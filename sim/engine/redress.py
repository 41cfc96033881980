"""Complaints: whether a failure is voiced, and what its handling makes good (E13-E15)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Mask, side_by_side
from sim.engine.delivery import Delivery
from sim.engine.terms import recovery
from sim.engine.turn import Turn
from sim.exact import logistic

Parts = dict[str, Array]

_LEAST_REST = 0.1  # a failure is closed long before less than this share of it is left open


@dataclass(frozen=True)
class Redress:
    """How the open failure was handled; [R, C] unless said otherwise."""

    open: Mask  # a failure of an earlier turn is open
    handled: Mask  # something was done about it this turn
    ignored: Mask  # nothing has been done so far
    justice: Array  # J reached so far
    gain: Array  # J added this turn
    gap: Array  # [R, C, M] points of satisfaction that the open failure still costs
    redress: Array  # [R, C, 3]
    parts: Parts  # contributions to satisfaction, [R, C, M]
    cap: Array  # [R, C, M] what the ceiling of justice took


def _interaction(turn: Turn) -> Array:
    """Interactional justice of the turn: a third each for listening, calming, taking his side.

    It counts as far as it is received: the multiplier up to 1, and the order of the four steps.
    """
    words = turn.column("listening") + turn.column("calming") + turn.column("siding")
    received = np.minimum(turn.fit.multiplier, 1.0) * turn.sequence.effect.component
    return turn.deeds.spread(words / 3.0 * received)


def _open_gap(turn: Turn, met: Delivery) -> Array:
    """What the open failure still costs: the level before it less the present one (E15), [R, C, M].

    Good service heals part of the damage; what it has healed cannot be made good once more.
    """
    p, state = turn.rules.parameters, turn.state
    healed = np.maximum(met.satisfaction - state.satisfaction, 0.0)
    if state.redress.any():
        justice = _justice(turn, state.redress)
        given, undone = recovery.restored(p, justice, state.failure_prior)
        healed = healed / np.maximum(1.0 - given - undone, _LEAST_REST)[..., None]
    return np.maximum(state.failure_gap - healed, 0.0)


def make_good(turn: Turn, met: Delivery) -> Redress:
    """What the deeds make good of an open failure (E14-E15).

    Redress adds up over the turns in which it still counts; each turn brings the difference.
    """
    rules, state = turn.rules, turn.state
    p = rules.parameters
    opened = (state.failure > 0.0) & turn.served
    paid, words, quick = _given(turn) if opened.any() else (turn.zero,) * 3
    handled = opened & ((paid + words + quick) > 0.0)
    before, after, where = state.redress, state.redress.copy(), np.flatnonzero(handled)
    reached = before.reshape(-1, 3)[where]
    after.reshape(-1, 3)[where] = side_by_side(
        reached[:, 0] + paid.take(where),
        np.minimum(reached[:, 1] + words.take(where), 1.0),
        np.minimum(reached[:, 2] + quick.take(where), 1.0),
    )
    gap = _open_gap(turn, met)
    justice, parts, cap = _redress_parts(turn, before, after, handled, gap=gap)
    ignored = opened & ~handled & (state.handled_age < 0.0)
    parts["ignored"] = np.where(ignored[..., None], -p.ignored_share * gap, 0.0)
    return Redress(
        open=opened,
        handled=handled,
        ignored=ignored,
        justice=justice[1],
        gain=np.where(handled, justice[1] - justice[0], 0.0),
        gap=gap,
        redress=after,
        parts=parts,
        cap=cap,
    )


def _given(turn: Turn) -> tuple[Array, Array, Array]:
    """What the deeds of the turn pay, say and hasten, each [R, C]."""
    p, component = turn.rules.parameters, turn.sequence.effect.component
    paid = turn.deeds.spread(recovery.counted(p, turn.column("compensation"), component))
    quick = turn.deeds.spread(turn.column("speed") * component)
    return paid, _interaction(turn), quick * recovery.velocity(p, turn.state.failure_age)


def _justice(turn: Turn, redress: Array) -> Array:
    """J of what has been made good, [R, C]."""
    parts = recovery.justice_parts(turn.rules.parameters, redress)
    return parts[0] + parts[1] + parts[2]


def _redress_parts(
    turn: Turn, before: Array, after: Array, handled: Mask, *, gap: Array
) -> tuple[tuple[Array, Array], Parts, Array]:
    """Contributions to satisfaction by kind of justice, [R, C, M], and J before and after."""
    p, state = turn.rules.parameters, turn.state
    if not handled.any():
        blank = np.zeros(state.satisfaction.shape)
        names = ("compensation", "being_heard", "speed", "second_failure", "surprise", "too_late")
        reached = _justice(turn, before) if before.any() else turn.zero
        return (reached, reached), dict.fromkeys(names, blank), blank
    old, new = recovery.justice_parts(p, before), recovery.justice_parts(p, after)
    justice_old, justice_new = old[0] + old[1] + old[2], new[0] + new[1] + new[2]
    given_old, undone_old = recovery.restored(p, justice_old, state.failure_prior)
    given_new, undone_new = recovery.restored(p, justice_new, state.failure_prior)
    begun = state.handled_age >= 0.0
    severity, prior = state.failure, state.failure_prior
    extra = recovery.surprise(p, justice_new, severity, prior)
    extra = extra - np.where(begun, recovery.surprise(p, justice_old, severity, prior), 0.0)
    futile = recovery.futile(p, justice_new)
    futile = futile - np.where(begun, recovery.futile(p, justice_old), 0.0)

    def of_gap(share: Array) -> Array:
        return np.where(handled, share, 0.0)[..., None] * gap

    parts = {
        "compensation": of_gap(new[0] - old[0]),
        "being_heard": of_gap(new[1] - old[1]),
        "speed": of_gap(new[2] - old[2]),
        "second_failure": of_gap(undone_new - undone_old),
        "surprise": np.where(handled, extra, 0.0)[..., None] + np.zeros(gap.shape),
        "too_late": of_gap(futile),
    }
    capped = (given_new - justice_new) - (given_old - justice_old)
    return (justice_old, justice_new), parts, of_gap(capped)


def hear(turn: Turn, met: Delivery) -> tuple[Array, Mask]:
    """Whether a new failure is complained about or passed over in silence (E13)."""
    p, state = turn.rules.parameters, turn.state
    failed = met.severity > 0.0
    chance = np.zeros(failed.shape)
    where = run, _ = np.nonzero(failed)
    openness = state.openness[where] + turn.total("openness")[where]
    logit = recovery.voice_logit(
        p,
        severity=met.severity[where],
        trust=turn.of_account(state.trust)[where],
        openness=np.minimum(openness, 1.0),
        competition=state.competition[run],
    )
    chance[where] = logistic(logit)
    return chance, failed & (turn.draws.response[..., 0] < chance)
