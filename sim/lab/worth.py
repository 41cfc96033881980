"""What a deed is worth: its effects at the prices of `sim.lab.valuation`."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from sim.arrays import Array, Indices, Mask, side_by_side
from sim.engine.observe import Observation
from sim.engine.once import once
from sim.engine.parameters import Parameters
from sim.engine.rules import KINDS, Rules
from sim.engine.state import Promise, Status
from sim.engine.terms import contact, deals, recovery, satisfaction, switching, value
from sim.exact import fixed_sum, logistic
from sim.lab import opted_in, portfolio
from sim.lab.lanes import Lanes, at
from sim.lab.order import Order
from sim.lab.valuation import Prices

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_NONE = int(Promise.NONE)
_PROSPECT = int(Status.PROSPECT)
_UNBORN = int(Status.UNBORN)

_LEARNING = {
    "style": 1.0,
    "need": 0.8,
    "preference": 0.8,
    "motive": 0.5,
    "mood": 0.25,
    "role": 0.5,
}
_DISAPPOINTED = 0.015  # share of a newcomer's worth that a point of expectation raised costs
_HALF_HEARD = 0.85  # of a deed's salience, where it is not known what speaks to whom
_CURIOSITY = 0.15  # share of a usual visit's worth that knowing somebody adds to each later one


def worth(lanes: Lanes, order: Order) -> Array:
    """Score points each row would bring at each person: effects times prices, in a fixed order.

    Args:
        lanes: the rows.
        order: what their place in an order does, each [N, R, C, M].

    Returns:
        [N, R, C, M]
    """
    m, seen, prices = lanes.m, lanes.seen, lanes.prices
    experience = lanes.column("quality") * m * at(seen.benefit_weight) + order.quality
    experience = experience - _weariness(lanes) - opted_in.tiring(lanes)
    total: Array = at(prices.experience) * experience
    total += at(prices.trust) * (lanes.column("trust") + order.trust)
    for index, places in _places(lanes):
        total[places] += _PARTS[index][1](lanes.only(places))
    return total


def _places(lanes: Lanes) -> Iterator[tuple[int, Indices | slice]]:
    """The parts that some rows have, and the places of those: a slice where they are neighbours."""
    rows = lanes.rows.reshape(-1)
    part, place = np.nonzero(_having(lanes.rules).take(rows, axis=1))
    bounds = np.searchsorted(part, np.arange(len(_PARTS) + 1)).tolist()
    for index, (begin, end) in enumerate(pairwise(bounds)):
        if begin < end:
            first, last = int(place[begin]), int(place[end - 1]) + 1
            whole = last - first == end - begin
            yield index, slice(first, last) if whole else place[begin:end]


@once
def _having(rules: Rules) -> Mask:
    """Which rows of the effect table have one of the effects of each part, [parts, J]."""
    having = np.zeros((len(_PARTS), rules.sizes.rows), dtype=np.bool_)
    for index, (names, _) in enumerate(_PARTS):
        for name in names:
            if name not in rules.unused:
                values = getattr(rules.rows, name) != 0
                having[index] |= values if values.ndim == 1 else values.any(axis=-1)
    return having


def _weariness(lanes: Lanes) -> Array:
    """Irritation that one more contact would bring, experience points [N, R, C, 1]."""
    p, seen = lanes.rules.parameters, lanes.seen
    stage = np.maximum(seen.stage, 1) * 1.0
    pressed = contact.pressure(p, seen.contact, np.zeros(seen.contact.shape))
    over = contact.excess(p, at(pressed) + lanes.column("contacts"), at(stage))
    return contact.irritation(p, over)


# Each part is what some effects are worth, [N, R, C, M|1] -----------------------------------------


def _bond(lanes: Lanes) -> Array:
    points = lanes.column("bond") * lanes.m * at(switching.room(lanes.seen.bond))
    if not {"help", "material"} <= lanes.rules.unused:
        points = points * switching.attention(
            lanes.rules.parameters,
            lanes.seen.mood,
            helps=lanes.column("help"),
            material=lanes.column("material"),
        )
    return at(lanes.prices.bond) * points


def _procedural(lanes: Lanes) -> Array:
    room = switching.room(lanes.seen.procedural[..., 0])
    return at(lanes.prices.procedural) * (lanes.column("earned_procedural") * lanes.m * at(room))


def _financial(lanes: Lanes) -> Array:
    room = switching.room(lanes.seen.financial[..., 0])
    return at(lanes.prices.financial) * (lanes.column("earned_financial") * lanes.m * at(room))


def _coercive(lanes: Lanes) -> Array:
    seen, prices = lanes.seen, lanes.prices
    left = max(lanes.rules.sizes.turns - seen.turn, 1)
    room = [at(switching.room(kind[..., 1])) for kind in (seen.procedural, seen.financial)]
    imposed = lanes.column("coercive_procedural") * room[0]
    imposed = imposed + lanes.column("coercive_financial") * room[1]
    term = np.minimum(lanes.column("coercive_turns") / left, 1.0)
    at_end = at(prices.coercive_meter) * (term >= 1.0)
    return imposed * (at(prices.coercive) * term + at_end)


def _noticed(lanes: Lanes) -> Array:
    """Attention that a deed wins for us (N5)."""
    return at(lanes.prices.attention) * (lanes.column("salience") * lanes.m * _HALF_HEARD)


def _precedent(lanes: Lanes) -> Array:
    """What those tied to a customer learn from seeing it paid to stay (N8)."""
    return at(lanes.prices.precedent) * lanes.column("bribe")


def _resentment(lanes: Lanes) -> Array:
    return at(lanes.prices.resentment) * lanes.column("resentment")


def _expectation(lanes: Lanes) -> Array:
    """What a higher bar costs: with those who buy, and with those who would, once they have."""
    price = lanes.prices.satisfaction * 0.4 + lanes.prices.newcomer * _DISAPPOINTED
    return -(at(price) * lanes.column("expectation"))


def _money(lanes: Lanes) -> Array:
    return -(lanes.prices.money * lanes.column("money"))


def _price_cut(lanes: Lanes) -> Array:
    """What a price cut gives now and costs later."""
    p, prices, depth = lanes.rules.parameters, lanes.prices, lanes.column("discount")
    habit = p.dependence_gain * depth + lanes.column("dependence")
    gain = at(prices.experience) * p.price_experience * depth
    later = p.price_loss_weight * p.price_experience * p.reference_price_rate * depth
    loss = at(prices.experience) * later
    margin = prices.money * at(np.maximum(prices.profit, 0.0)) * depth * p.discount_margin
    felt = at(lanes.seen.price_weight)
    return (gain - loss) * felt - margin + at(prices.dependence) * habit


def _redress(lanes: Lanes) -> Array:
    """What handling an open complaint gives back."""
    p, seen, prices = lanes.rules.parameters, lanes.seen, lanes.prices
    result = np.zeros(lanes.m.shape)
    where = lane, run, customer, _ = np.nonzero(
        np.broadcast_to(at(seen.complaint > 0.0), result.shape)
    )
    if not lane.size:
        return result
    rows = lanes.rows.reshape(-1)[lane]
    spot = (run, customer) if lanes.hearers is None else (lane, run, customer)

    def column(name: str) -> Array:
        values: Array = getattr(lanes.rules.rows, name).take(rows)
        return values

    order, severity = lanes.component[where], seen.complaint[spot]
    words = (column("listening") + column("calming") + column("siding")) / 3.0 * order
    quick = column("speed") * recovery.velocity(p, seen.complaint_age[spot]) * order
    now = seen.redress[spot]
    after = side_by_side(
        now[:, 0] + recovery.counted(p, column("compensation"), order),
        np.minimum(now[:, 1] + words, 1.0),
        np.minimum(now[:, 2] + quick, 1.0),
    )
    parts = recovery.justice_parts(p, np.stack((now, after)))
    old, new = parts[0] + parts[1] + parts[2]
    gained = new - old
    ignored = p.ignored_share * (gained > 0.0)
    points = _gap_of(p, severity, seen.purchases[spot]) * (gained + ignored)
    faith = p.trust_recovery * gained + p.trust_ignored * (gained > 0.0)
    result[where] = prices.satisfaction[spot] * points + prices.trust[spot] * faith
    return result


def _gap_of(p: Parameters, severity: Array, purchases: Array) -> Array:
    """Satisfaction a failure of this severity usually costs, points; both of one shape."""
    loss = satisfaction.failure_loss(p, severity)
    rate = satisfaction.rate(p, purchases, severity)
    usual = np.full(loss.shape, p.satisfaction_base)
    fall = satisfaction.gap_value(p, usual - loss, usual)
    return rate * (p.quality_weight * loss - p.gap_weight * fall)


def _promise(lanes: Lanes) -> Array:
    """The expected result of a promise: kept, broken, and the bar it sets."""
    p, prices, kind = lanes.rules.parameters, lanes.prices, lanes.column("promise")
    keep = recovery.keep_chance(p, kind)
    pledged, payout = recovery.pledge(p, kind, np.full(kind.shape, 0.5))
    miss = (1.0 - keep) * (1.0 - pledged)
    points = keep * p.promise_kept_experience - miss * p.promise_broken_experience
    faith = keep * p.promise_kept_trust - miss * p.promise_broken_trust
    bar = np.where(recovery.ambitious(kind), p.promise_expectation, 0.0)
    worth = at(prices.experience) * (points - bar) + at(prices.trust) * faith
    worth = worth - prices.money * (1.0 - keep) * payout
    active = at(lanes.seen.status == _ACTIVE)
    return np.where(kind != _NONE, worth, 0.0) * active


def _growth(lanes: Lanes) -> Array:
    """Deals, further offers and referrals."""
    p, seen, prices = lanes.rules.parameters, lanes.seen, lanes.prices
    total = _deal_worth(lanes)
    active = at(seen.status == _ACTIVE)
    sold = lanes.column("cross_sell") & active
    if sold.any():
        accept = at(logistic(value.accept_logit(p, prices.loyalty_seen)))
        grown = prices.money * np.maximum(prices.profit, 0.0) * (p.accept_growth - 1.0)
        grown = grown * max(lanes.rules.sizes.turns - seen.turn, 1) * 2.0
        total += np.where(sold, np.minimum(accept * lanes.m, 1.0) * at(grown), 0.0)
    total += _referral(lanes)
    return total


def _deal_worth(lanes: Lanes) -> Array:
    """What brings a prospect's deal nearer, or closes it."""
    p, seen = lanes.rules.parameters, lanes.seen
    prospect = at(seen.status == _PROSPECT)
    if not prospect.any():
        return np.zeros(lanes.m.shape)
    chance, newcomer = at(seen.deal_chance), at(lanes.prices.newcomer)
    known = seen.knowledge >= p.knowledge_half
    push = np.where(known, lanes.column("deal"), lanes.column("deal_unprepared")) * lanes.m
    push = push * lanes.deal_weight * _gate(lanes)
    slope = np.maximum(chance * (1.0 - chance), 0.05)
    later = 1.0 if seen.turn + 1 < lanes.rules.sizes.turns else 0.0
    total = np.where(prospect, push * slope * newcomer * 0.8 * later, 0.0)
    asked = lanes.column("ask") & prospect
    wait = 0.6 * later * np.minimum(chance + 0.25, 1.0)
    lifted = np.minimum(chance + push * slope, 1.0)  # what is said comes before the answer
    return np.where(asked, (lifted - wait) * newcomer + 0.25 * slope * newcomer, total)


def _gate(lanes: Lanes) -> Array | float:
    """The trust gate on deal effects, by the last reading and what is believed of the style."""
    p, seen = lanes.rules.parameters, lanes.seen
    if p.trust_gate == 0.0:
        return 1.0
    weight = seen.style_belief[..., 0] * lanes.rules.style_gate[0]
    for style in range(1, lanes.rules.style_gate.shape[0]):
        weight = weight + seen.style_belief[..., style] * lanes.rules.style_gate[style]
    return deals.trust_gate(p, weight, seen.seen[..., 2])


def _referral(lanes: Lanes) -> Array:
    """A friend of a delighted customer."""
    p, seen, prices = lanes.rules.parameters, lanes.seen, lanes.prices
    glad = prices.satisfaction_seen >= p.referral_satisfaction
    glad &= prices.loyalty_seen >= p.referral_loyalty
    room = (seen.status == _UNBORN).any(axis=-1)[..., None]
    new = _mean_newcomer(seen, prices)[..., None]
    worth = np.where(glad & room, 0.3 * new, 0.0)
    return at(worth) * lanes.column("referral")


def _mean_newcomer(seen: Observation, prices: Prices) -> Array:
    """What a reserved row would be worth, [R]."""
    unborn = seen.status == _UNBORN
    number = np.count_nonzero(unborn, axis=-1)
    return fixed_sum(unborn * prices.newcomer) / np.maximum(number, 1.0)


def _knowledge(lanes: Lanes) -> Array:
    """What learning about a person is worth to later deeds."""
    seen, prices = lanes.seen, lanes.prices
    later = max(lanes.rules.sizes.turns - seen.turn - 1, 0)
    per_kind = prices.knowledge * _CURIOSITY * min(later, 6) * opted_in.usual(prices)
    worth, notes = _learnt(lanes) * np.minimum(lanes.m, 1.5), lanes.column("notes")
    if notes.any():
        unwritten, number = seen.known & ~seen.noted, np.zeros(seen.mood.shape)
        for name, weight in _LEARNING.items():
            number = number + weight * unwritten[..., KINDS.index(name)]
        worth += 0.3 * number * notes
    return at(per_kind) * worth


def _learnt(lanes: Lanes) -> Array:
    """How much each row would tell, by the weights of what is not known, [N, R, C, M]."""
    learnt, unknown = np.zeros(lanes.m.shape), ~(lanes.seen.known & lanes.seen.fresh)
    reveals = lanes.column("reveal").reshape(-1, len(KINDS))
    for name, weight in _LEARNING.items():
        kind = KINDS.index(name)
        telling = np.flatnonzero(reveals[:, kind])
        if telling.size:
            new = unknown[..., kind] if lanes.hearers is None else unknown[telling, ..., kind]
            learnt[telling] += weight * new * reveals[telling, kind, None, None, None]
    return learnt


_PARTS: tuple[tuple[tuple[str, ...], Callable[[Lanes], Array]], ...] = (
    (("bond",), _bond),
    (("earned_procedural",), _procedural),
    (("earned_financial",), _financial),
    (("coercive_procedural", "coercive_financial"), _coercive),
    (("resentment",), _resentment),
    (("discount", "dependence"), _price_cut),
    (("compensation", "listening", "calming", "siding", "speed"), _redress),
    (("promise",), _promise),
    (
        ("deal", "deal_unprepared", "ask", "cross_sell", "referral"),
        _growth,
    ),
    (("is_win_back",), portfolio.win_back),
    (("step",), portfolio.prepare),
    (("reprice",), portfolio.reprice),
    (("service_cost",), portfolio.serve),
    (("release",), portfolio.release),
    (("stay_shift", "stay_losses"), portfolio.last_words),
    (("write_satisfaction", "write_loyalty"), portfolio.written),
    (("reveal", "notes"), _knowledge),
    (("expectation",), _expectation),
    (("salience",), _noticed),
    (("bribe",), _precedent),
    (("price_shift",), opted_in.price_shift),
    (("outlay",), opted_in.outlay),
    (("preparation",), opted_in.preparation),
    (("survey",), opted_in.survey),
    (("follows_up",), opted_in.follow_up),
    (("money",), _money),
)
