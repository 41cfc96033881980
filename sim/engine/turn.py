"""One turn in the making: the inputs of `step` with what every stage of it reads."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Mask
from sim.engine.rules import Rules
from sim.engine.state import Choices, Draws, State, Status
from sim.engine.terms import deeds as deed_terms
from sim.engine.terms import fit as fit_terms
from sim.engine.terms import knowledge, sequence
from sim.engine.terms.deeds import Deeds, account, add_up, addressed
from sim.engine.terms.fit import Fit
from sim.engine.terms.sequence import Sequence


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
    stale: Array  # [D, R, C] share of what a deed builds on that is out of date
    hit: Mask  # [D, R, C, M] the people each deed addresses
    knowledge: Array  # [R, C, M] K
    served: Mask  # [R, C] active customers
    courted: Mask  # [R, C] active customers and prospects
    zero: Array  # [R, C] of zeros

    def total(self, column: str) -> Array:
        """The sum of a column of the effect table over the deeds of each customer, [R, C]."""
        if column in self.rules.unused:
            return self.zero
        return self.deeds.total(getattr(self.rules.rows, column))

    def scaled(self, column: str) -> Array:
        """A column times the multiplier of each deed, [D, R, C]."""
        if column in self.rules.unused:
            return np.broadcast_to(self.zero, self.deeds.row.shape)
        values: Array = getattr(self.rules.rows, column)
        return values.take(self.deeds.row) * self.fit.multiplier

    def any(self, column: str) -> Mask:
        """Whether a deed of each customer has the mark, [R, C]."""
        if column in self.rules.unused:
            return self.zero > 0.0
        marks = getattr(self.rules.rows, column).take(self.deeds.row)
        result: Mask = marks[0]
        for mark in marks[1:]:
            result = result | mark
        return result

    def product(self, column: str) -> Array:
        """The product of a column over the deeds of each customer, [R, C]."""
        if column in self.rules.unused:
            return self.zero + 1.0
        values = getattr(self.rules.rows, column).take(self.deeds.row)
        result: Array = values[0]
        for value in values[1:]:
            result = result * value
        return result

    def of_account(self, values: Array) -> Array:
        """A customer's value from its people's, [R, C]."""
        return account(self.rules.role_weight, values)

    def to_people(self, values: Array) -> Array:
        """What the deeds do to people: in full to the one addressed, a quarter to colleagues.

        Args:
            values: of each deed, [D, R, C].

        Returns:
            [R, C, M]
        """
        people = self.rules.sizes.people
        if people == 1:
            return add_up(values)[..., None]
        share = np.where(self.hit, 1.0, self.rules.parameters.colleague_share)
        return add_up(values[..., None] * share)


def begin(rules: Rules, state: State, choices: Choices, draws: Draws) -> Turn:
    """Lay out a turn: deeds in order, their sequence effects and their fit."""
    deeds = deed_terms.gather(rules, state, choices)
    steps = sequence.follow(rules, state, deeds)
    suited, shares = fit_terms.suit(rules, state, deeds, steps)
    active = state.status == Status.ACTIVE
    return Turn(
        rules=rules,
        state=state,
        draws=draws,
        choices=choices,
        deeds=deeds,
        sequence=steps,
        fit=suited,
        stale=shares[1],
        hit=addressed(deeds, rules.sizes.people),
        knowledge=knowledge.level(rules, state.known, state.fresh),
        served=active,
        courted=active | (state.status == Status.PROSPECT),
        zero=np.zeros(state.status.shape),
    )
