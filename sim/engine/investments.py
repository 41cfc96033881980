"""What market actions lay up for later: factors of value, safe touchpoints, aids to selling."""

from typing import Any

import numpy as np

from sim.engine.turn import Turn


def laid_up(turn: Turn) -> dict[str, Any]:
    """The fields of the state that investments change (N4, N10)."""
    old, table = turn.state, turn.rules.market
    factors, rate, tools = old.factors, old.touchpoint_rate, old.tools
    if "values" in turn.rules.uses:
        arriving = np.zeros(factors[:, 0].shape)
        for index in range(table.factors.shape[0]):
            arriving = arriving + turn.choices.market[:, index, None] * table.factors[index]
        factors = np.stack([factors[:, 0] + factors[:, 1], factors[:, 2], arriving], axis=1)
    for index in range(table.touchpoint.shape[0]):
        chosen = turn.choices.market[:, index]
        tools = tools | (chosen & table.tools[index])
        if table.touchpoint[index]:
            rate = rate.copy()
            rate[:, table.touchpoint[index] - 1] *= np.where(chosen, table.failure_rate[index], 1.0)
    return {"factors": factors, "touchpoint_rate": rate, "tools": tools}
