"""What one more point of each quantity is worth to the final score, as far as a player can know.

The strong policy is a greedy one on these prices: customer value = margin * survival, looked at
from what is observed, with averages where something is hidden. It calls the engine's own terms.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from sim.arrays import Array
from sim.engine.facts import of_account
from sim.engine.observe import Observation
from sim.engine.rules import METERS, Rules
from sim.engine.state import Status
from sim.engine.terms import attention, prices, staying, switching, value
from sim.engine.terms.neighbours import to_others
from sim.exact import int_power
from sim.lab import returning
from sim.lab.books import accounts

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_LAPSED = int(Status.LAPSED)

_SATISFACTION, _LOYALTY, _TIES, _EQUITY = range(len(METERS))
_USUAL_RATE = 0.2  # how far a usual encounter moves satisfaction
_HABIT = 0.9  # how much of a habit is left a turn later
_MIDDLING = 25.0  # points of L* per logit at a middling loyalty
_EARLY = 0.5  # what breeds every turn weighs half on average: the later, the shorter it acts
_STEP_UP = 0.25  # a usual rise of a price
_RARE = 0.02  # a chance to leave below this no longer lengthens a life much
_LEAST_CHANCE, _MOST_CHANCE = 1e-4, 0.5


@dataclass(frozen=True)
class Prices:
    """Score points per point of a quantity, at each customer [R, C]."""

    satisfaction: Array  # per point of account satisfaction, now
    experience: Array  # per experience point of this turn's delivery
    trust: Array
    bond: Array
    procedural: Array
    financial: Array
    coercive: Array  # per point of coercive cost of either kind, kept to the end
    coercive_meter: Array  # and for its place in the meter then
    resentment: Array
    dependence: Array
    precedent: Array  # of being seen to pay somebody for leaving, by those tied to this one
    price_weight: Array  # per unit by which price weighs more
    dearer: Array  # per share by which the price of one's own goes up: the rival's pull
    attention: Array  # per unit of salience that is noticed (N5)
    money: float  # per money unit
    knowledge: float  # of learning about somebody, against what knowledge usually is worth
    worth: Array  # of having the customer at the end
    presence: Array  # his place in the meters at the end
    stream: Array  # per money unit that he brings in every turn from now on
    regained: Array  # of having back who has left
    ready: Array  # chance to come back by an offer that is well prepared
    relation: Array  # 0..1, what there is of trust and bond
    group: Array  # 1 where a row stands for many
    chance: Array  # to leave in a turn
    habit_pull: Array  # logits that a habit of discounts takes from staying
    loyalty: Array  # per point of account loyalty, now
    sales: Array  # of a turn, before the cost to serve, money units
    service: Array  # cost to serve for a turn, money units
    newcomer: Array  # of winning this customer now
    profit: Array  # profit of a turn as estimated
    satisfaction_seen: Array
    loyalty_seen: Array
    trust_seen: Array


def price(rules: Rules, seen: Observation) -> Prices:
    """Prices at the opening of a turn, from what is observed, weighed as the case has taught."""
    plain = _reckoned(rules, seen)
    factors = {name: factor for name, factor in vars(rules.judgement).items() if factor != 1.0}
    judged = {name: getattr(plain, name) * factor for name, factor in factors.items()}
    return replace(plain, **judged)


def _reckoned(rules: Rules, seen: Observation) -> Prices:
    """Prices as the model's equations have them."""
    p = rules.parameters
    book = _book(rules, seen)
    live = _Live(rules, max(rules.sizes.turns - seen.turn, 1), book)
    here = np.where(seen.status == _ACTIVE, 1.0, 0.0)
    satisfaction = _satisfaction(rules, live)
    resentment = live.of(1.0 - p.resentment_fade_rate, -p.stay_resentment, -p.loyalty_resentment)
    pull = seen.competition[:, None] * p.rival_dependence
    delivered = p.quality_weight + p.gap_weight / p.satisfaction_base
    gone, stream = seen.status == _LAPSED, _stream(rules, book, live.left)
    relation = (of_account(rules, seen.seen[..., 2]) + seen.bond) / 200.0
    regained = stream * book.profit * gone
    ready = returning.prepared(rules, seen, relation, book.chance)
    warmth = regained * ready * (1.0 - ready) * p.win_back_relation / 200.0
    trust = live.of(1.0 - p.trust_rate, 0.0, p.loyalty_trust)
    bond = live.tie(1.0 - p.bond_fade_rate, p.stay_bond, p.loyalty_bond)
    habit = live.of(_HABIT, -pull, -p.loyalty_dependence)
    return Prices(
        satisfaction=satisfaction * here,
        experience=satisfaction * _USUAL_RATE * delivered * here,
        trust=_heard(rules, np.where(gone, warmth, trust)),
        bond=_heard(rules, np.where(gone, warmth, bond)),
        procedural=live.tie(1.0, p.stay_procedural, 0.0),
        financial=live.tie(1.0 - p.financial_fade_rate, p.stay_financial, 0.0),
        coercive=_coercive(rules, live, resentment) * here,
        coercive_meter=_coercive_meter(rules, live) * here,
        resentment=resentment,
        dependence=habit,
        precedent=p.tie_precedent * to_others(rules, habit),
        price_weight=live.of(1.0 - p.price_weight_rate, -_undercut(rules, seen), 0.0) * here,
        dearer=live.of(1.0, -_undercut_by(rules, seen, _STEP_UP) / _STEP_UP, 0.0) * here,
        attention=_attention(rules, seen, live) * here,
        money=book.per_money,
        knowledge=1.0,
        worth=book.worth * here,
        presence=book.share * book.meters * here,
        stream=stream,
        regained=regained,
        ready=ready,
        relation=relation,
        group=np.broadcast_to(rules.segment * 1.0, ready.shape),
        chance=book.chance,
        habit_pull=np.broadcast_to(pull, ready.shape),
        loyalty=_loyalty(rules, live) * here,
        sales=book.sales,
        service=book.service,
        newcomer=np.where(here > 0.0, 0.0, book.worth + book.per_money * book.profit),
        profit=book.profit,
        satisfaction_seen=book.satisfaction,
        loyalty_seen=book.loyalty,
        trust_seen=of_account(rules, seen.seen[..., 2]),
    )


def _heard(rules: Rules, own: Array) -> Array:
    """With what passes on to those tied to a customer (N8)."""
    spill = rules.parameters.tie_spill
    return own if spill == 0.0 else own + spill * to_others(rules, own)


def _attention(rules: Rules, seen: Observation, live: "_Live") -> Array:
    """What being noticed is worth: the rival pulls less, for as long as the memory lasts (N5)."""
    p = rules.parameters
    if p.attention_weight == 0.0:
        return np.zeros(seen.attention.shape)
    pull = staying.rival_pull(
        p,
        rival_quality=seen.rival_quality[:, None],
        quality=seen.core_quality[:, None],
        dependence=seen.dependence,
        extra=seen.rival_pull[:, None],
    )
    per_share = p.attention_weight * seen.competition[:, None] * pull
    keep = 1.0 - p.attention_rate * 2.0 * p.attention_buying
    won = p.attention_rate * (1.0 - seen.attention)
    return live.of(keep, per_share, 0.0) * won


@dataclass(frozen=True)
class _Book:
    """The portfolio as the player can reckon it, [R, C]."""

    satisfaction: Array
    loyalty: Array
    profit: Array  # of a turn
    sales: Array  # of a turn, before the cost to serve
    service: Array  # cost to serve for a turn
    meters: Array  # what he adds to the meters, score points for all of the share
    chance: Array  # to leave in a turn
    worth: Array  # score points of having the customer at the end
    at_end: Array  # score points of the book value per logit of staying
    share: Array  # [C] in the meters
    per_money: float
    growing: Array  # relative growth of profit per point of satisfaction, near enough for a price


def _book(rules: Rules, seen: Observation) -> _Book:
    p, weight = rules.parameters, rules.score_weight
    s, loyal = (of_account(rules, seen.seen[..., k]) for k in range(2))
    chance = _chance(rules, seen, s, loyal)
    usual, higher, lower = value.share(p, np.stack((s, s + 1.0, s - 1.0)))
    profit, sales, service = accounts(rules, seen, usual, loyal)
    lasting = value.lifetime_value(p, profit, chance)
    per_money = 100.0 * float(weight[_EQUITY]) / _par(rules)
    meters = weight[_SATISFACTION] * s + weight[_LOYALTY] * loyal
    meters = meters + weight[_TIES] * _ties(seen) / 3.0
    share = _share(rules)
    return _Book(
        satisfaction=s,
        loyalty=loyal,
        profit=profit,
        sales=sales,
        service=service,
        meters=meters,
        chance=chance,
        worth=share * meters + per_money * lasting,
        at_end=per_money * lasting * (1.0 - chance) / np.maximum(chance, _RARE),
        share=share,
        per_money=per_money,
        growing=0.5 * (higher - lower) / usual,
    )


def _stream(rules: Rules, book: "_Book", left: int) -> Array:
    """Score points of a money unit a turn, to the end and in the value of the book then [R, C]."""
    stays = int_power(1.0 - book.chance, left)
    here = (1.0 - stays) / book.chance
    then = value.lifetime_value(rules.parameters, np.asarray(1.0), book.chance)
    return book.per_money * (here + stays * then)


def _loyalty(rules: Rules, live: "_Live") -> Array:
    """A point of loyalty now: what it keeps, and what is left of it in the meter at the end."""
    p, book = rules.parameters, live.book
    keep = 1.0 - p.loyalty_rate
    meter = book.share * rules.score_weight[_LOYALTY] * _keep(keep, live.left)
    return live.of(keep, p.stay_loyalty, 0.0) + meter


def _satisfaction(rules: Rules, live: "_Live") -> Array:
    """A point of satisfaction now: in the meter, in staying and loyalty, and in the purchases."""
    p, book = rules.parameters, live.book
    keep = 1.0 - _USUAL_RATE
    price = live.of(keep, p.stay_satisfaction, p.loyalty_satisfaction)
    meter = book.share * rules.score_weight[_SATISFACTION] * _keep(keep, live.left)
    growing = book.per_money * book.profit * book.growing
    return price + meter + growing * _sum(keep, live.left)


def _coercive(rules: Rules, live: "_Live", resentment: Array) -> Array:
    """A point of coercive cost: it holds, and breeds resentment turn after turn."""
    p, s = rules.parameters, live.book.satisfaction
    held = live.of(1.0, p.stay_procedural, 0.0)
    bred = switching.coercion(p, np.ones(s.shape), s) * _EARLY * live.left
    return held + resentment * bred


def _coercive_meter(rules: Rules, live: "_Live") -> Array:
    """A point of coercive cost in the meter at the end: it counts by how content he is then.

    Of which today's satisfaction tells less, the more turns are left.
    """
    p = rules.parameters
    content = (live.book.satisfaction - p.coercion_credit_base) / p.coercion_credit_scale
    credit = np.minimum(np.maximum(content, -1.0), 1.0) * _keep(1.0 - _USUAL_RATE, live.left)
    return live.meter(p.stay_procedural) * credit


@dataclass(frozen=True)
class _Live:
    """Turns a lasting push on the stay logit and on loyalty into score points."""

    rules: Rules
    left: int
    book: _Book

    @cached_property
    def risk(self) -> Array:
        """Score points per logit that are at risk in a turn, [R, C]."""
        return self.book.worth * self.book.chance * (1.0 - self.book.chance)

    @cached_property
    def lasting(self) -> Array:
        """Score points of the book value per logit at the end, [R, C]."""
        return self.book.at_end * self.book.chance

    def of(self, keep: float, stay: Array | float, loyalty: float) -> Array:
        """Per point of a quantity of which `keep` is left each turn.

        Args:
            keep: share carried over from turn to turn.
            stay: its coefficient in the stay logit.
            loyalty: its coefficient in the loyalty logit.
        """
        p, left, book = self.rules.parameters, self.left, self.book
        slope = _MIDDLING * p.loyalty_rate * loyalty
        built = slope * _convolved(keep, 1.0 - p.loyalty_rate, left)
        push = stay * _sum(keep, left) + p.stay_loyalty * built * left / 3.0
        ending = stay * _keep(keep, left) + p.stay_loyalty * built
        meter = book.share * float(self.rules.score_weight[_LOYALTY]) * built
        return self.risk * push + self.lasting * ending + meter

    def meter(self, stay: float) -> Array:
        """Score points of a point of switching cost in the meter at the end."""
        p = self.rules.parameters
        scale = p.stay_procedural + p.stay_financial + p.stay_bond
        return self.book.share * float(self.rules.score_weight[_TIES]) * stay / scale

    def tie(self, keep: float, stay: float, loyalty: float) -> Array:
        """Per point of an earned switching cost: what it holds, and its part of the meter."""
        return self.of(keep, stay, loyalty) + self.meter(stay) * _keep(keep, self.left)


def _chance(rules: Rules, seen: Observation, s: Array, loyal: Array) -> Array:
    """The chance to leave as the player can reckon it, [R, C]."""
    p = rules.parameters
    pull = staying.rival_pull(
        p,
        rival_quality=seen.rival_quality[:, None],
        quality=seen.core_quality[:, None],
        dependence=seen.dependence,
        extra=seen.rival_pull[:, None],
    )
    parts = staying.stay_parts(
        p,
        satisfaction=s,
        loyalty=loyal,
        procedural=seen.procedural[..., 0] + seen.procedural[..., 1],
        financial=seen.financial[..., 0] + seen.financial[..., 1],
        bond=seen.bond,
        pull=pull,
        competition=seen.competition[:, None],
        resentment=np.zeros(s.shape),
        friends_left=np.zeros(s.shape),
        frailty=np.zeros(s.shape),
    )
    if p.rival_price_slope > 0.0:
        parts["rival_price"] = -_undercut(rules, seen) * seen.price_weight
    if p.attention_weight > 0.0:
        parts["attention"] = attention.hold(
            p, seen.attention, competition=seen.competition[:, None], pull=pull
        )
    chance = staying.leave_chance(staying.add_parts(parts))
    return np.minimum(np.maximum(chance, _LEAST_CHANCE), _MOST_CHANCE)


def _undercut(rules: Rules, seen: Observation) -> Array:
    """What a cheaper rival pulls for each unit of price weight, logits [R, C] (N3)."""
    one, rival = np.ones(seen.price.shape), seen.rival_price[:, None]
    cheaper = prices.undercut(rules.parameters, one, seen.price, rival)
    return seen.competition[:, None] * cheaper


def _undercut_by(rules: Rules, seen: Observation, higher: float) -> Array:
    """What a cheaper rival pulls more if a price goes up by a share, logits [R, C] (N3)."""
    if rules.parameters.rival_price_slope == 0.0:
        return np.zeros(seen.price.shape)
    dearer = replace(seen, price=seen.price * (1.0 + higher))
    return (_undercut(rules, dearer) - _undercut(rules, seen)) * seen.price_weight


def _share(rules: Rules) -> Array:
    """Each opening customer's share in the meters, [C]."""
    total = 0.0
    for weight in rules.score_customers:
        total = total + float(weight)
    return rules.score_customers / max(total, 1e-9)


def _par(rules: Rules) -> float:
    return max(rules.opening_value + rules.opening_profit * rules.sizes.turns, 1.0)


def _ties(seen: Observation) -> Array:
    return seen.procedural[..., 0] + seen.financial[..., 0] + seen.bond


@lru_cache(maxsize=4096)
def _keep(keep: float, left: int) -> float:
    """The share that is left after some turns; asked for often, and of few shares."""
    return float(int_power(np.asarray(keep), left))


def _sum(keep: float, left: int) -> float:
    """1 + keep + ... over the turns left."""
    if keep >= 1.0:
        return float(left)
    return (1.0 - _keep(keep, left)) / (1.0 - keep)


def _convolved(keep: float, habit: float, left: int) -> float:
    """Sum of keep^t habit^(left - t): what a fading push leaves in a slow quantity at the end."""
    if abs(keep - habit) < 1e-6:
        return left * _keep(keep, left)
    return (keep * _keep(keep, left) - habit * _keep(habit, left)) / (keep - habit)
