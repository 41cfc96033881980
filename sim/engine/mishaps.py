"""What goes wrong in a turn, and at which touchpoint (E6, N10)."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.terms import profile, recovery, stocks
from sim.engine.turn import Turn


@dataclass(frozen=True)
class Mishaps:
    """New failures, [R, C]."""

    chance: Array
    severity: Array  # 0 none
    touchpoint: Indices  # 1 + index into TOUCHPOINTS, 0 none


def go_wrong(turn: Turn) -> Mishaps:
    """Chance, severity and place of new failures: by chance, or because an event brought them."""
    rules, state = turn.rules, turn.state
    guard = np.where(state.failure_guard > 0.0, state.failure_factor, 1.0)
    shares = rules.touchpoint_share
    exposed = np.broadcast_to(shares, (*guard.shape, shares.shape[0]))
    if "touchpoints" in rules.uses:
        exposed = profile.exposure(shares, state.touchpoint_rate, guard, state.guarded)
        guard = profile.together(exposed)
    chance = rules.parameters.failure_chance * rules.failure_exposure * guard
    chance = chance * state.failure_rate[:, None]
    if rules.parameters.stock_failures > 0.0:
        chance = chance * stocks.failing(rules.parameters, state.stocks)[:, None]
    chance = np.minimum(chance, 1.0)
    happened = turn.served & (turn.draws.delivery[..., 1] < chance)
    severity = recovery.severity(rules.parameters, happened, turn.draws.delivery[..., 2])
    due = np.where(turn.served, state.failure_due, 0.0)
    severity = np.maximum(severity, due)
    touchpoint = np.zeros(chance.shape, dtype=np.intp)
    where = np.nonzero(severity > 0.0)
    if where[0].size:
        fallen = profile.where_it_fails(exposed[where], turn.draws.delivery[..., 3][where])
        touchpoint[where] = fallen
    return Mishaps(chance, severity, touchpoint)
