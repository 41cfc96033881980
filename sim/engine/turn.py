"""One turn in the making: the inputs of `step` with what every stage of it reads."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import Rules
from sim.engine.state import Choices, Draws, State, Status
from sim.engine.terms import deeds as deed_terms
from sim.engine.terms import fit as fit_terms
from sim.engine.terms import knowledge, sequence, tiers
from sim.engine.terms.deeds import Deeds, account
from sim.engine.terms.fit import Fit
from sim.engine.terms.sequence import Sequence

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_LAPSED = int(Status.LAPSED)
_PROSPECT = int(Status.PROSPECT)


@dataclass(frozen=True)
class Turn:
    """What the stages of a turn share; nothing in it is written to."""

    rules: Rules
    state: State
    draws: Draws
    choices: Choices
    deeds: Deeds
    sequence: Sequence
    fit: Fit
    stale: Array  # [n] share of what a deed builds on that is out of date
    knowledge: Array  # [R, C, M] K
    tier: Indices  # [R, C] by profit, 0 the most valuable (D3); all ordinary where it is unused
    served: Mask  # [R, C] active customers
    courted: Mask  # [R, C] active customers and prospects
    reached: Mask  # [R, C] those and the lapsed: whom a word can still reach
    busy: Mask  # [R, C] customers for whom something is done
    zero: Array  # [R, C] of zeros

    def column(self, name: str) -> Array:
        """A column of the effect table for each deed, [n]."""
        values: Array = getattr(self.rules.rows, name)
        return values.take(self.deeds.row)

    def total(self, name: str) -> Array:
        """The sum of a column over the deeds of each customer, [R, C]."""
        if name in self.rules.unused:
            return self.zero
        return self.deeds.spread(self.column(name))

    def scaled(self, name: str) -> Array:
        """The sum of a column times the multiplier of each deed, [R, C]."""
        if name in self.rules.unused:
            return self.zero
        return self.deeds.spread(self.column(name) * self.fit.multiplier)

    def any(self, name: str) -> Mask:
        """Whether a deed of each customer has the mark, [R, C]."""
        if name in self.rules.unused:
            return self.zero > 0.0
        return self.deeds.any(getattr(self.rules.rows, name).take(self.deeds.row))

    def product(self, name: str) -> Array:
        """The product of a column over the deeds of each customer, [R, C]."""
        if name in self.rules.unused:
            return self.zero + 1.0
        return self.deeds.product(self.column(name))

    def largest(self, name: str) -> Array:
        """The largest value of a column among the deeds of each customer, at least 0, [R, C]."""
        if name in self.rules.unused:
            return self.zero
        return self.deeds.largest(self.column(name))

    def of_account(self, values: Array) -> Array:
        """A customer's value from its people's, [R, C]."""
        return account(self.rules.role_weight, values)

    def to_people(self, values: Array) -> Array:
        """What deeds [n] do to people: in full to the one addressed, a quarter to colleagues.

        Returns:
            [R, C, M]
        """
        return self.deeds.to_people(values, self.rules.parameters.colleague_share)


def begin(rules: Rules, state: State, choices: Choices, draws: Draws) -> Turn:
    """Lay out a turn: deeds in order, their sequence effects and their fit."""
    deeds = deed_terms.gather(rules, state, choices)
    steps = sequence.follow(rules, state, deeds)
    active = state.status == _ACTIVE
    tier = tiers.of_customers(rules, state.profit, active)
    suited, shares = fit_terms.suit(rules, state, deeds, steps.effect, tier=tier)
    courted = active | (state.status == _PROSPECT)
    return Turn(
        rules=rules,
        state=state,
        draws=draws,
        choices=choices,
        deeds=deeds,
        sequence=steps,
        fit=suited,
        stale=shares[1],
        knowledge=knowledge.level(rules, state.known, state.fresh),
        tier=tier,
        served=active,
        courted=courted,
        reached=courted | (state.status == _LAPSED),
        busy=deeds.any(deeds.row > 0),
        zero=np.zeros(state.status.shape),
    )
