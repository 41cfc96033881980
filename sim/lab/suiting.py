"""How well deeds are expected to suit people: the multiplier m on belief means.

The rows that are looked at are the same for everybody [N], or each customer has one of his own,
[R, 1, 1, 1].
"""

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import FAMILIES, Rules
from sim.engine.terms import fit, tiers
from sim.lab.order import Order

_TONES = 5


def multiplier(
    rules: Rules, seen: Observation, rows: Indices, *, style: Array, motive: Array, order: Order
) -> Array:
    """Expected m of each row at each person, [R, C, M, N]."""
    p, table = rules.parameters, rules.rows
    receptive = _receptivity(rules, seen, rows)
    receptive = receptive + order.lift * (table.receptivity_rising[rows] - receptive)
    people = np.arange(seen.mood.size).reshape(*seen.mood.shape, 1)
    repeated = seen.repetition.take(people * len(FAMILIES) + table.family[rows])
    return fit.multiplier(
        p,
        receptivity=receptive,
        repetition=fit.wear(p, repeated),
        fit=fit.bracket(
            p,
            style,
            motive,
            _item(rules, seen, rows),
            lens=seen.lens[..., None] if "lens" in rules.uses else None,
            tier=_tier(rules, seen, rows),
        ),
        sequence=order.factor,
    )


def style_fit(seen: Observation, table: Array) -> Array:
    """Expected style fit by what it is with each style [..., 4], [R, C, M, N]."""
    expected = seen.style_belief[..., 0, None] * table[..., 0]
    for style in range(1, table.shape[-1]):
        expected = expected + seen.style_belief[..., style, None] * table[..., style]
    return expected


def best_tone(rules: Rules, seen: Observation, rows: Indices) -> tuple[Array, Indices]:
    """Expected style fit in the best tone, and that tone, each [R, C, M, N]."""
    every, which = np.unique(rules.rows.fit[rows], axis=0, return_inverse=True)
    best = style_fit(seen, every[:, 0])
    tone = np.zeros(best.shape, dtype=np.intp)
    for index in range(1, _TONES):
        expected = style_fit(seen, every[:, index])
        tone = np.where(expected > best, index, tone)
        best = np.maximum(best, expected)
    which = which.reshape(-1)
    return best[..., which], tone[..., which]


def _receptivity(rules: Rules, seen: Observation, rows: Indices) -> Array:
    """Expected mu: the mood if it is known, else the moods as they usually are."""
    table = rules.rows.receptivity  # [4, J]
    share = np.diff(rules.opening.mood_prior, prepend=0.0)
    usual = share[0] * table[0]
    for mood in range(1, table.shape[0]):
        usual = usual + share[mood] * table[mood]
    known = np.concatenate([usual[None], table])
    return known.take((seen.mood[..., None] + 1) * rules.sizes.rows + rows)


def _tier(rules: Rules, seen: Observation, rows: Indices) -> Array | None:
    """What the kind of service adds for the customer's tier, [R, C, 1, N] (D3)."""
    if "service" in rules.unused:
        return None
    kind = rules.rows.service[rows]
    return tiers.suited(rules.parameters, kind, seen.tier[:, :, None, None])


def _item(rules: Rules, seen: Observation, rows: Indices) -> Array:
    """What the file adds to the bracket for each row, [R, C, M, N]."""
    uses = rules.rows.uses[rows]  # [N, K]
    known = (seen.known & seen.fresh) * 1.0
    number, have = np.zeros(uses.shape[:-1]), np.zeros((*known.shape[:-1], rows.shape[-1]))
    for kind in np.flatnonzero(uses.reshape(-1, uses.shape[-1]).any(axis=0)):
        have = have + known[..., kind, None] * uses[..., kind]
        number = number + uses[..., kind]
    share = have / np.maximum(number, 1.0)
    return fit.remembered(rules.parameters, share, np.zeros(share.shape), (number > 0.0) * 1.0)
