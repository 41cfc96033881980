"""The consumer's part of the model once more, one object per customer in plain Python.

This is the rival of the engine's arrays: E1-E11, E16-E22 and E24 written the way an agent-based
model is usually written, with the math of the standard library. It is the one place in which rules
stand twice; `tests/benchmarks` checks that both say the same. Numbers come from the compiled rules.
"""

from dataclasses import dataclass
from math import exp
from pathlib import Path
from statistics import NormalDist

from sim.engine.parameters import Parameters
from sim.engine.rules import FAMILIES, Rules
from sim.engine.state import State, Status

Chosen = tuple[int, int]  # row of the effect table, tone

CONSUMERS = Path(__file__).with_name("consumers.yaml")  # what both are given to play
_NORMAL = NormalDist()
_TINY = 2.0**-54


@dataclass(frozen=True)
class Luck:
    """The draws of one customer and turn, uniforms in [0, 1)."""

    noise: float
    fails: float
    severe: float
    leaves: float


@dataclass(frozen=True, slots=True)
class Deed:
    """What one action does, in plain numbers."""

    family: int
    contacts: float
    quality: float
    bond: float
    trust: float
    expectation: float
    expectation_pull: float
    earned_procedural: float
    earned_financial: float
    coercive_procedural: float
    coercive_financial: float
    coercive_turns: float
    resentment: float
    discount: float
    dependence: float
    money: float
    fit: list[list[float]]  # by tone and style
    receptivity: list[float]  # by mood


@dataclass(frozen=True)
class World:
    """What all customers share."""

    p: Parameters
    deeds: list[Deed]  # by row
    mood_sign: list[float]
    core_quality: float
    competition: float
    rival_quality: float


def world(rules: Rules) -> World:
    """The rules as plain Python."""
    rows, opening = rules.rows, rules.opening
    plain = [name for name in Deed.__dataclass_fields__ if name not in {"fit", "receptivity"}]
    deeds = [
        Deed(
            **{name: getattr(rows, name)[row].item() for name in plain},
            fit=rows.fit[row].tolist(),
            receptivity=rows.receptivity[:, row].tolist(),
        )
        for row in range(rules.sizes.rows)
    ]
    return World(
        p=rules.parameters,
        deeds=deeds,
        mood_sign=rules.mood_sign.tolist(),
        core_quality=opening.core_quality,
        competition=opening.competition,
        rival_quality=opening.rival_quality,
    )


class Consumer:
    """A customer with one person, who meets what is done for him turn by turn."""

    def __init__(self, world: World, place: int, opening: State) -> None:
        """Begin where run 0 of an opening state has the customer at `place`."""
        self.world = world
        self.place = place
        self.style = int(opening.traits.style[0, place, 0])
        self.mood = int(opening.mood[0, place, 0])
        self.personal_fit = float(opening.traits.personal_fit[0, place])
        self.frailty = float(opening.traits.frailty[0, place])
        for name in ("expectation", "satisfaction", "trust", "loyalty"):
            setattr(self, name, float(getattr(opening, name)[0, place, 0]))
        for name in _CUSTOMER:
            setattr(self, name, float(getattr(opening, name)[0, place]))
        self.experience = 0.0
        self.stage = int(opening.stage[0, place])
        self.repetition = [0.0] * len(FAMILIES)
        self.ties: list[tuple[Consumer, float]] = []
        self.active, self.left = True, False
        self.value = 0.0

    expectation: float
    satisfaction: float
    trust: float
    loyalty: float
    potential: float
    purchases: float
    earned_procedural: float
    coercive_procedural: float
    earned_financial: float
    coercive_financial: float
    coercive_turns: float
    bond: float
    resentment: float
    dependence: float
    reference_price: float
    price_factor: float
    contact: float
    friends_left: float
    low_turns: float
    leave_chance: float
    profit: float
    historic_value: float

    def meet(self, chosen: list[Chosen], luck: Luck) -> None:
        """One turn, up to the decision to stay."""
        self.left = False
        if not self.active:
            return
        done = [(self.world.deeds[row], self._multiplier(row, tone)) for row, tone in chosen]
        self._wear([deed for deed, _ in done])
        price = max(self.price_factor * (1.0 - sum(d.discount for d, _ in done)), 0.05)
        over = self._press(done)
        self._experience(done, price=price, over=over, luck=luck)
        self._trust(done)
        self._switching_cost(done, over)
        self._price_habits(done, price)
        self._loyalty()
        self._stay(luck.leaves)
        self._earn(price)

    @property
    def status(self) -> Status:
        """As the engine numbers it."""
        return Status.ACTIVE if self.active else Status.LAPSED

    def hear(self) -> None:
        """Who of his friends has left (the contagion of E22); after all have met their turn."""
        gone = sum(weight for friend, weight in self.ties if friend.left)
        self.friends_left = self.world.p.friends_keep * self.friends_left + gone

    def label(self) -> None:
        """The stage of the relationship, on which the welcome of contacts depends (E27, E4)."""
        p = self.world.p
        low = self.active and self.satisfaction < p.stage_dissolution_satisfaction
        self.low_turns = self.low_turns + 1.0 if low else 0.0
        self.stage = self._stage()

    # E1-E4 ----------------------------------------------------------------------------------

    def _multiplier(self, row: int, tone: int) -> float:
        p, deed = self.world.p, self.world.deeds[row]
        fit = 1.0 + p.style_weight * deed.fit[tone][self.style]
        fit = min(max(fit, p.fit_floor), p.fit_ceiling)
        worn = exp(-p.repetition_decay * self.repetition[deed.family])
        return min(deed.receptivity[self.mood] * worn * fit, p.multiplier_ceiling)

    def _wear(self, deeds: list[Deed]) -> None:
        used = {deed.family for deed in deeds}
        keep = self.world.p.repetition_keep
        self.repetition = [
            keep * (level + (family in used)) for family, level in enumerate(self.repetition)
        ]

    def _press(self, done: list[tuple[Deed, float]]) -> float:
        p = self.world.p
        self.contact = p.contact_keep * self.contact + sum(deed.contacts for deed, _ in done)
        welcome = p.contact_allowance + p.contact_stage_allowance * self.stage
        return max(self.contact - welcome, 0.0)

    # E5-E11 ---------------------------------------------------------------------------------

    def _experience(
        self, done: list[tuple[Deed, float]], *, price: float, over: float, luck: Luck
    ) -> None:
        p, world = self.world.p, self.world
        severity = 0.0
        if luck.fails < p.failure_chance:
            severity = 3.0 if luck.severe < p.severe_share else 1.0
        raw = world.core_quality + self.personal_fit + sum(d.quality * m for d, m in done)
        raw += p.price_experience * self._price_gap(price)
        raw -= p.irritation_weight * over**p.irritation_power
        raw -= p.failure_base + p.failure_slope * severity if severity else 0.0
        raw += p.mood_colour * world.mood_sign[self.mood]
        raw += p.noise * _NORMAL.inv_cdf(max(luck.noise, _TINY))
        self.experience = min(max(raw, 5.0), 98.0)
        met = p.satisfaction_base + p.quality_weight * (self.experience - p.satisfaction_base)
        met = min(max(met + p.gap_weight * self._gap_value(), 0.0), 100.0)
        self.satisfaction += self._rate(severity) * (met - self.satisfaction)
        self._expect(done)

    def _price_gap(self, price: float) -> float:
        gap = (self.reference_price - price) / self.reference_price
        return gap * self.world.p.price_loss_weight if gap < 0.0 else gap

    def _gap_value(self) -> float:
        p = self.world.p
        gap = self.experience / self.expectation - 1.0
        size = abs(gap)
        value = p.tolerance_slope * min(size, p.tolerance)
        value += max(size - p.tolerance, 0.0) ** p.gap_power
        return -p.gap_loss_weight * value if gap < 0.0 else value

    def _rate(self, severity: float) -> float:
        p = self.world.p
        usual = p.satisfaction_rate_gain / (1.0 + self.purchases / p.satisfaction_rate_scale)
        usual += p.satisfaction_rate_floor
        if not severity:
            return usual
        tenure = min(self.purchases, p.tenure_scale) / p.tenure_scale
        salient = p.failure_rate_base + p.failure_rate_slope * severity
        return max(usual, salient * (1.0 - p.tenure_protection * tenure))

    def _expect(self, done: list[tuple[Deed, float]]) -> None:
        p = self.world.p
        gap = self.experience - self.expectation
        level = self.expectation + gap * (p.expectation_up if gap > 0.0 else p.expectation_down)
        pull = min(sum(deed.expectation_pull for deed, _ in done), 1.0)
        level += pull * (self.world.core_quality - level)
        level += sum(deed.expectation for deed, _ in done)
        self.expectation = min(max(level, 5.0), 98.0)

    # E16-E20 --------------------------------------------------------------------------------

    def _trust(self, done: list[tuple[Deed, float]]) -> None:
        towards = self.world.p.trust_rate * (self.satisfaction - self.trust)
        said = sum(deed.trust for deed, _ in done)
        self.trust = _percent(self.trust + towards + said)

    def _switching_cost(self, done: list[tuple[Deed, float]], over: float) -> None:
        p = self.world.p
        room = 1.0 - self.earned_procedural / 100.0
        learnt = p.time_together_rate + sum(d.earned_procedural * m for d, m in done)
        earned_procedural = _percent(self.earned_procedural + learnt * room)
        given = sum(d.earned_financial * m for d, m in done)
        given *= 1.0 - self.earned_financial / 100.0
        faded = p.financial_fade_rate * self.earned_financial
        self.earned_procedural = earned_procedural
        self.earned_financial = _percent(self.earned_financial + given - faded)
        self._coerce([deed for deed, _ in done])
        attention = sum(d.bond * m for d, m in done) * (1.0 - self.bond / 100.0)
        lost = p.bond_fade_rate * self.bond + p.pestering * over
        self.bond = _percent(self.bond + attention - lost)
        self._resent([deed for deed, _ in done])

    def _coerce(self, deeds: list[Deed]) -> None:
        turns = max(self.coercive_turns - 1.0, 0.0)
        ended = self.coercive_turns > 0.0 and turns == 0.0
        imposed = sum(d.coercive_procedural for d in deeds)
        imposed *= 1.0 - self.coercive_procedural / 100.0
        fined = sum(d.coercive_financial for d in deeds)
        fined *= 1.0 - self.coercive_financial / 100.0
        kept_p = 0.0 if ended else self.coercive_procedural
        kept_f = 0.0 if ended else self.coercive_financial
        self.coercive_procedural = _percent(kept_p + imposed)
        self.coercive_financial = _percent(kept_f + fined)
        self.coercive_turns = max([turns, *(d.coercive_turns for d in deeds)])

    def _resent(self, deeds: list[Deed]) -> None:
        p, line = self.world.p, self.world.p.coercion_reference
        unhappy = max(line - self.satisfaction, 0.0) / line
        held = p.coercion_rate * (self.coercive_procedural + self.coercive_financial) * unhappy
        faded = p.resentment_fade_rate * self.resentment
        imposed = sum(d.resentment for d in deeds)
        self.resentment = _percent(self.resentment + held + imposed - faded)

    def _price_habits(self, done: list[tuple[Deed, float]], price: float) -> None:
        """What price cuts leave behind: dependence and a lower reference price (E5)."""
        p = self.world.p
        cut = max(sum(deed.discount for deed, _ in done), 0.0)
        change = p.dependence_gain * cut if cut > 0.0 else -p.dependence_fade_rate
        added = sum(deed.dependence for deed, _ in done)
        self.dependence = min(max(self.dependence + change + added, 0.0), 1.0)
        self.reference_price += p.reference_price_rate * (price - self.reference_price)

    # E21-E24 --------------------------------------------------------------------------------

    def _loyalty(self) -> None:
        p = self.world.p
        logit = p.loyalty_base + p.loyalty_satisfaction * (self.satisfaction - 60.0)
        logit += p.loyalty_trust * (self.trust - 50.0) + p.loyalty_bond * self.bond
        logit -= p.loyalty_resentment * self.resentment + p.loyalty_dependence * self.dependence
        self.loyalty = _percent(
            self.loyalty + p.loyalty_rate * (100.0 * _logistic(logit) - self.loyalty)
        )

    def _stay(self, uniform: float) -> None:
        p, world = self.world.p, self.world
        better = p.rival_quality_weight * (world.rival_quality - world.core_quality)
        pull = p.rival_base + better + p.rival_dependence * self.dependence
        procedural = self.earned_procedural + self.coercive_procedural
        financial = self.earned_financial + self.coercive_financial
        logit = p.stay_base + self.frailty - world.competition * pull
        logit += p.stay_satisfaction * (self.satisfaction - 60.0)
        logit += p.stay_loyalty * (self.loyalty - 50.0) + p.stay_procedural * procedural
        logit += p.stay_financial * financial * (0.5 + self.satisfaction / 100.0)
        logit += p.stay_bond * self.bond - p.stay_resentment * self.resentment
        logit -= p.stay_friends * self.friends_left
        self.leave_chance = _logistic(-logit)
        self.left = uniform < self.leave_chance
        self.active = not self.left
        self.purchases += 1.0

    def _earn(self, price: float) -> None:
        p = self.world.p
        share = _logistic((self.satisfaction - 60.0) / p.share_scale)
        sales = p.margin * self.potential * (p.share_base + p.share_gain * share)
        self.profit = sales * (1.0 + p.discount_margin * (price - 1.0)) - p.serve_cost
        self.historic_value += self.profit
        keep = (1.0 - self.leave_chance) / (1.0 + p.value_discount)
        self.value = self.profit * keep * (1.0 - keep**p.value_turns) / (1.0 - keep)

    def _stage(self) -> int:
        p = self.world.p
        if not self.active or self._dissolving():
            return 4
        bound = self.trust >= p.stage_commitment_trust
        bound = bound and self.loyalty >= p.stage_commitment_loyalty
        if bound and self.bond + self.earned_procedural >= p.stage_commitment_ties:
            return 3
        grown = self.purchases >= p.stage_expansion_purchases
        grown = grown and self.trust >= p.stage_expansion_trust
        return 2 if grown and self.satisfaction >= p.stage_expansion_satisfaction else 1

    def _dissolving(self) -> bool:
        p = self.world.p
        ending = self.leave_chance > p.stage_dissolution_chance or self.low_turns >= 2.0
        return ending or self.resentment > p.stage_dissolution_resentment


_CUSTOMER = (
    "potential",
    "purchases",
    "earned_procedural",
    "coercive_procedural",
    "earned_financial",
    "coercive_financial",
    "coercive_turns",
    "bond",
    "resentment",
    "dependence",
    "reference_price",
    "price_factor",
    "contact",
    "friends_left",
    "low_turns",
    "leave_chance",
    "profit",
    "historic_value",
)


def befriend(customers: list[Consumer], rules: Rules) -> None:
    """Tie customers as the rules do."""
    for customer in customers:
        near = rules.neighbour[customer.place].tolist()
        weights = rules.tie[customer.place].tolist()
        pairs = zip(near, weights, strict=True)
        customer.ties = [(customers[other], weight) for other, weight in pairs if weight]


def _percent(value: float) -> float:
    return min(max(value, 0.0), 100.0)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + exp(-value))
