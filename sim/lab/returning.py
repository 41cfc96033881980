"""How likely somebody who left is to come back, as far as the firm can know (domain table 3.4)."""

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.engine.state import Status
from sim.engine.terms import deals, staying, value
from sim.exact import log, logistic

_LAPSED = int(Status.LAPSED)
_UNSAID = (0.0, 0.5, 0.5)  # chances of no reason, price and service while nobody has asked
_PREPARED = 1.3  # multiplier of an offer that comes in its order to somebody who is known


def chance(
    rules: Rules, seen: Observation, relation: Array, *, offer: Array, match: Indices
) -> Array:
    """The chance that an offer brings each customer back, over what may have been the reason.

    Args:
        rules: of the scenario.
        seen: what the player knows.
        relation: 0..1, what is left of trust and bond [R, C].
        offer: logits of what is offered, [R, C], or to each person in each way, [N, R, C, M].
        match: reason that the offer answers, 0 none, broadcast against `offer`.
    """
    shape = relation.shape if offer.ndim == relation.ndim else (*relation.shape, 1)
    total = np.zeros(offer.shape)
    for reason, unsaid in enumerate(_UNSAID):
        believed = np.where(seen.leave_reason < 0, unsaid, (seen.leave_reason == reason) * 1.0)
        back = deals.win_back_logit(
            rules.parameters,
            offer=offer,
            relation=relation.reshape(shape),
            reason=np.asarray(float(reason)),
            matched=(match == reason) & (reason > 0),
            door=seen.door.reshape(shape),
        )
        total = total + believed.reshape(shape) * logistic(back)
    return total


def lasting(rules: Rules, leaving: Array, shift: Array) -> Array:
    """How much longer or shorter a customer's life gets by a shift of the stay logit, 1 as it is.

    Args:
        rules: of the scenario.
        leaving: chance to leave in a turn.
        shift: logits for good, broadcast against it.
    """
    p = rules.parameters
    shifted = staying.leave_chance(log(1.0 / leaving - 1.0) + shift)
    usual = value.lifetime_value(p, np.asarray(1.0), leaving)
    return value.lifetime_value(p, np.asarray(1.0), shifted) / usual


def prepared(rules: Rules, seen: Observation, relation: Array, leaving: Array) -> Array:
    """The best chance of a customer's return by an action once everything before it was done.

    A return that will not last counts by how long it does; 0 where nobody has left, [R, C].
    """
    rows = rules.rows
    actions = np.arange(1, 1 + rules.sizes.actions)
    best = np.zeros(leaving.shape)
    for row in actions[rows.is_win_back[actions]]:
        offer = np.full(leaving.shape, _PREPARED * rows.win_back[row])
        back = chance(rules, seen, relation, offer=offer, match=rows.win_back_match[row])
        shift = np.full(leaving.shape, rows.win_back_frailty[row])
        best = np.maximum(best, back * lasting(rules, leaving, shift))
    return np.where(seen.status == _LAPSED, best, 0.0)
