"""What deeds are worth by the mechanisms that a scenario may opt into (N3, N4, N10)."""

import numpy as np

from sim.arrays import Array
from sim.engine.state import Status
from sim.engine.terms import profile, tiers
from sim.lab.lanes import Lanes, at
from sim.lab.valuation import Prices

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_PROSPECT = int(Status.PROSPECT)


def tiring(lanes: Lanes) -> Array | float:
    """What the customer's own effort is expected to cost, experience points [N, R, C, M] (N10)."""
    if "effort" in lanes.rules.unused:
        return 0.0
    p, seen = lanes.rules.parameters, lanes.seen
    dear = profile.taxing(p, np.arange(seen.style_belief.shape[-1]))
    expected = seen.style_belief[..., 0] * dear[0]
    for style in range(1, dear.shape[0]):
        expected = expected + seen.style_belief[..., style] * dear[style]
    vip = np.where(seen.tier == tiers.VIP, p.effort_vip, 1.0)
    return p.effort_weight * lanes.column("effort") * expected * at(vip)


def usual(prices: Prices) -> Array:
    """What a usual visit is worth, score points [R, C]."""
    points = 2.5 * prices.bond + 2.0 * prices.experience + 2.0 * prices.trust
    return np.maximum(points + 4.0 * prices.procedural, 0.0)


def preparation(lanes: Lanes) -> Array:
    """A better first impression helps every later deed (N4)."""
    p, seen = lanes.rules.parameters, lanes.seen
    if "lens" not in lanes.rules.uses:
        return np.zeros(lanes.m.shape)
    left = np.maximum(p.lens_preparation_most - seen.prepared, 0.0)
    points = np.minimum(lanes.column("preparation"), at(left))
    later = max(lanes.rules.sizes.turns - seen.turn - 1, 0)
    better = p.lens_weight * p.lens_preparation * points
    visit = at(usual(lanes.prices) + 0.1 * lanes.prices.newcomer)
    return np.where(seen.met, 0.0, better * min(later, 8) * visit)


def price_shift(lanes: Lanes) -> Array:
    """What it is worth that other things than price come to count (N3)."""
    return at(lanes.prices.price_weight) * lanes.column("price_shift") * lanes.m


def outlay(lanes: Lanes) -> Array:
    """A way to pay brings nearer the deals that only money keeps away (N3)."""
    seen = lanes.seen
    lack = np.minimum(at(seen.unaffordable), 1.0 - lanes.column("outlay"))
    slope = at(seen.deal_chance * (1.0 - seen.deal_chance))
    prospect = at(seen.status == _PROSPECT)
    return np.where(prospect, np.maximum(lack, 0.0) * slope * at(lanes.prices.newcomer), 0.0)


def survey(lanes: Lanes) -> Array:
    """Asking pays if something comes of the answers (N7)."""
    p, rules = lanes.rules.parameters, lanes.rules
    rate = np.concatenate([[0.0], rules.instruments.rate]).take(lanes.column("survey"))
    patient = at((lanes.seen.status == _ACTIVE) & (lanes.seen.survey_open == 0.0))
    return at(lanes.prices.trust) * (0.5 * p.survey_answered * rate) * patient


def follow_up(lanes: Lanes) -> Array:
    """Acting on answers earns trust and spares the loss of it (N7)."""
    p = lanes.rules.parameters
    waiting = at(lanes.seen.survey_open > 0.0)
    points = p.survey_answered + p.survey_ignored
    return at(lanes.prices.trust) * lanes.column("follows_up") * (points * waiting)
