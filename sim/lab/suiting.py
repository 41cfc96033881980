"""How well deeds are expected to suit people: the multiplier m on belief means.

Rows stand first, as in `sim.lab.lanes`: [N, 1, 1, 1], the same for everybody, or each of a list
with a hearer of its own.
"""

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.observe import Observation, motive_places
from sim.engine.once import once
from sim.engine.rules import Rules
from sim.engine.terms import fit, tiers
from sim.lab.hearers import Heard
from sim.lab.lanes import at
from sim.lab.order import Order

_TONES = 5


def multiplier(
    rules: Rules, seen: Observation, rows: Indices, *, style: Array, motive: Array, order: Order
) -> Array:
    """Expected m of each row at each person, [N, R, C, M]."""
    p, table = rules.parameters, rules.rows
    receptive = _usual_receptivity(rules).take((seen.mood + 1) * rules.sizes.rows + rows)
    receptive = receptive + order.lift * (table.receptivity_rising[rows] - receptive)
    worn = _worn(rules, seen, rows)
    return fit.multiplier(
        p,
        receptivity=receptive,
        repetition=worn,
        fit=fit.bracket(
            p,
            style,
            motive,
            _item(rules, seen, rows),
            lens=seen.lens if "lens" in rules.uses else None,
            tier=_tier(rules, seen, rows),
        ),
        sequence=order.factor,
    )


def _worn(rules: Rules, seen: Observation, rows: Indices) -> Array:
    """What habituation leaves of each row, worked out once for every family, [N, R, C, M]."""
    family = rules.rows.family[rows]
    if isinstance(seen, Heard):
        return fit.wear(rules.parameters, seen.column("repetition", family))
    kinds, which = np.unique(family, return_inverse=True)
    worn = fit.wear(rules.parameters, np.moveaxis(seen.repetition, -1, 0)[kinds])
    return worn[which.reshape(-1)]


def motive_match(rules: Rules, seen: Observation, rows: Indices) -> Array:
    """What is known of how each row matches motives, [N, R, C, M]; without axes where none does."""
    if not rules.uses_motives:
        return np.zeros(())
    place = motive_places(rules)[rows]
    if isinstance(seen, Heard):
        return seen.column("motive_match", place)
    return np.moveaxis(seen.motive_match, -1, 0)[place.reshape(-1)]


def style_fit(seen: Observation, table: Array) -> Array:
    """Expected style fit by what it is with each style [N, 1, 1, 1, 4], [N, R, C, M]."""
    expected = seen.style_belief[..., 0] * table[..., 0]
    for style in range(1, table.shape[-1]):
        expected = expected + seen.style_belief[..., style] * table[..., style]
    return expected


def best_tone(rules: Rules, seen: Observation, rows: Indices) -> tuple[Array, Indices]:
    """Expected style fit in the best tone, and that tone, each [N, R, C, M]."""
    every, which = _ways(rules)
    best = style_fit(seen, every[:, 0])
    tone = np.zeros(best.shape, dtype=np.intp)
    for index in range(1, _TONES):
        expected = style_fit(seen, every[:, index])
        tone = np.where(expected > best, index, tone)
        best = np.maximum(best, expected)
    kind = which[rows.reshape(-1)]
    return best[kind], tone[kind]


@once
def _ways(rules: Rules) -> tuple[Array, Indices]:
    """The ways in which actions suit styles by tone [n, 5, 1, 1, 1, 4]; which each row has, [J]."""
    actions = rules.rows.fit[: 1 + rules.sizes.actions]
    every, which = np.unique(actions, axis=0, return_inverse=True)
    return every[:, :, None, None, None], which.reshape(-1)


@once
def _usual_receptivity(rules: Rules) -> Array:
    """Expected mu by 1 + mood, which is 0 where it is unknown, and row, [5, J]."""
    table = rules.rows.receptivity  # [4, J]
    share = np.diff(rules.opening.mood_prior, prepend=0.0)
    usual = share[0] * table[0]
    for mood in range(1, table.shape[0]):
        usual = usual + share[mood] * table[mood]
    return np.concatenate([usual[None], table])


def _tier(rules: Rules, seen: Observation, rows: Indices) -> Array | None:
    """What the kind of service adds for the customer's tier, [N, R, C, 1] (D3)."""
    if "service" in rules.unused:
        return None
    kind = rules.rows.service[rows]
    return tiers.suited(rules.parameters, kind, at(seen.tier))


def _item(rules: Rules, seen: Observation, rows: Indices) -> Array:
    """What the file adds to the bracket for each row, [N, R, C, M]."""
    uses = rules.rows.uses[rows]  # [N, 1, 1, 1, K]
    result = np.zeros(np.broadcast_shapes(rows.shape, seen.mood.shape))
    building = np.flatnonzero(uses.any(axis=-1))  # few rows build on the file
    if not building.size:
        return result
    uses, number, have = uses[building], np.zeros((building.size, 1, 1, 1)), result[building]
    for kind in np.flatnonzero(uses.reshape(-1, uses.shape[-1]).any(axis=0)):
        known = (seen.known[..., kind] & seen.fresh[..., kind]) * 1.0
        have = have + (known if rows.ndim > known.ndim else known[building]) * uses[..., kind]
        number = number + uses[..., kind]
    share = have / np.maximum(number, 1.0)
    result[building] = fit.remembered(rules.parameters, share, np.zeros(()), np.ones(()))
    return result
