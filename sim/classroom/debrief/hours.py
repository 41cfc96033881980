"""Where the hours of a class went: to customers it has or new ones, to much or little value.

The curve is Lorenz's with customers in the order of their value: if hours followed value it would
be the diagonal; below it, the valuable get more than their share.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.arrays import Array
from sim.classroom.debrief.games import ClassReplay, ClassTurn
from sim.engine.rules import Rules
from sim.engine.state import Status
from sim.exact import fixed_sum

_ACTIVE = int(Status.ACTIVE)
TOP: Final = 0.2  # of the customers, the most valuable ones


@dataclass(frozen=True)
class Hours:
    """Hours of one game.

    Attributes:
        kept: for customers who were with the firm when the turn opened.
        others: for prospects, and for customers who had gone.
        firm: for the firm as a whole.
        curve: points of the Lorenz curve, share of value and share of hours, both cumulative,
            from the least valuable customer on.
        top: share of the hours for customers that went to the most valuable fifth of them, 0..1.
    """

    kept: float
    others: float
    firm: float
    curve: tuple[tuple[float, float], ...]
    top: float

    @property
    def retention(self) -> float | None:
        """Share of the hours for customers that went to those the firm had; None without any."""
        whole = self.kept + self.others
        return self.kept / whole if whole > 0.0 else None


def hours_of(rules: Rules, replay: ClassReplay) -> tuple[Hours, ...]:
    """The hours of every game.

    Args:
        rules: of the scenario.
        replay: of all games.
    """
    number = replay.scores.shape[0]
    each = np.zeros((number, rules.sizes.customers))
    kept, firm = np.zeros(number), np.zeros(number)
    for turn in replay.turns:
        spent = _of_customers(rules, turn)
        each[turn.games] = each[turn.games] + spent
        kept[turn.games] += fixed_sum(spent * (turn.status == _ACTIVE), axis=1)
        firm[turn.games] += fixed_sum(turn.choices.market * rules.market.hours, axis=1)
    return tuple(
        _hours(replay.potential, each[game], kept=float(kept[game]), firm=float(firm[game]))
        for game in range(number)
    )


def _of_customers(rules: Rules, turn: ClassTurn) -> Array:
    """Hours of deeds and answers for every customer, [g, C]."""
    spent = fixed_sum(rules.rows.hours.take(turn.choices.action), axis=2)
    talks = rules.encounters
    for encounter in np.flatnonzero((turn.choices.response > 0).any(axis=0)).tolist():
        path = turn.choices.response[:, encounter]
        steps = talks.rows[encounter, np.maximum(path - 1, 0)]
        taken = np.where(path > 0, fixed_sum(rules.rows.hours.take(steps), axis=1), 0.0)
        customer = int(talks.customer[encounter])
        spent[:, customer] = spent[:, customer] + taken
    return spent


def _hours(value: Array, each: Array, *, kept: float, firm: float) -> Hours:
    """One game's hours [C] against the customers' value [C]."""
    total = float(fixed_sum(each))
    order = np.argsort(value, kind="stable")
    order = order[value[order] > 0.0]
    worth = float(fixed_sum(value[order]))
    known = float(fixed_sum(each[order]))
    curve, at, spent = [(0.0, 0.0)], 0.0, 0.0
    for row in order.tolist():
        at, spent = at + float(value[row]), spent + float(each[row])
        curve.append((at / max(worth, 1e-9), spent / known if known > 0.0 else 0.0))
    best = order[len(order) - max(round(TOP * len(order)), 1) :]
    top = float(fixed_sum(each[best])) / known if known > 0.0 else 0.0
    return Hours(kept=kept, others=total - kept, firm=firm, curve=tuple(curve), top=top)
