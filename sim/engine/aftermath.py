"""What is left of failures at the end of a turn: the open ones, their redress, what guards last."""

from typing import Any

import numpy as np

from sim.engine.delivery import Delivery
from sim.engine.relations import Relations
from sim.engine.turn import Turn


def failures_left(turn: Turn, met: Delivery, ties: Relations) -> dict[str, Any]:
    """Open failures, their complaint, what has been made good and what is closed."""
    p, old, redress = turn.rules.parameters, turn.state, ties.redress
    new = met.severity > 0.0
    handled_age = np.where(redress.handled & (old.handled_age < 0.0), 0.0, old.handled_age)
    handled_age = np.where(handled_age >= 0.0, handled_age + 1.0, handled_age)
    age = old.failure_age + 1.0
    done = (handled_age >= p.handling_turns) | (redress.justice >= p.surprise_justice)
    closed = redress.open & (done | (age > p.failure_open_turns))
    keep = (redress.open & ~closed) & ~new
    drop = np.maximum(old.satisfaction - met.satisfaction, 0.0)
    left_over = np.where(redress.open[..., None], redress.gap, 0.0)
    left_over = left_over * np.maximum(1.0 - redress.justice, 0.0)[..., None]
    gap = np.where(new[..., None], drop + left_over, redress.gap)
    count = old.failures * p.failure_memory_keep * turn.product("failure_memory")
    factor = turn.product("failure_factor")
    guards = turn.largest("failure_turns")
    guarded = guards > 0.0
    kept = np.zeros(redress.redress.shape)
    where = np.flatnonzero(keep)
    kept.reshape(-1, 3)[where] = redress.redress.reshape(-1, 3)[where]
    return {
        "failure": np.where(new, met.severity, np.where(keep, old.failure, 0.0)),
        "failure_age": np.where(new, 1.0, np.where(keep, age, 0.0)),
        "failure_prior": np.where(new, old.failures, old.failure_prior),
        "failures": count + new,
        "failure_gap": np.where((new | keep)[..., None], gap, 0.0),
        "failure_factor": np.where(guarded, factor, old.failure_factor),
        "failure_guard": np.where(guarded, guards, np.maximum(old.failure_guard - 1.0, 0.0)),
        "guarded": np.where(guarded, turn.largest("touchpoint"), old.guarded).astype(np.intp),
        "touchpoint": np.where(new, met.touchpoint, np.where(keep, old.touchpoint, 0)),
        "failure_due": np.zeros(new.shape),
        "voiced": np.where(new, ties.complained, old.voiced & keep),
        "voiced_age": np.where(ties.complained, 0.0, old.voiced_age + 1.0),
        "redress": kept,
        "handled_age": np.where(keep, handled_age, -1.0),
    }
