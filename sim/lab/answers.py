"""The most promising answer to each open encounter, by the worth of the steps of its paths."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.lab.hearers import Hearers
from sim.lab.lanes import Lanes
from sim.lab.order import in_turn
from sim.lab.suiting import motive_match, multiplier, style_fit
from sim.lab.valuation import Prices
from sim.lab.worth import worth


@dataclass(frozen=True)
class _Steps:
    """Every step of every path of every open encounter, path by path, in order, each [K]."""

    run: Indices
    customer: Indices
    speaker: Indices
    row: Indices
    tone: Indices
    path: Indices  # entry * paths + path


def answers(rules: Rules, seen: Observation, prices: Prices, hour: Array) -> Indices:
    """The best path of each open encounter, [R, V]; 0 where none is open.

    Args:
        rules: of the scenario.
        seen: what the player knows.
        prices: of the quantities.
        hour: what an hour is worth elsewhere, score points [R].
    """
    answer = np.zeros((seen.money.shape[0], rules.sizes.encounters), dtype=np.intp)
    run, which, total = weighed(rules, seen, prices, hour)
    if run.size:
        answer[run, which] = np.argmax(total, axis=-1) + 1
    return answer


def weighed(
    rules: Rules, seen: Observation, prices: Prices, hour: Array
) -> tuple[Indices, Indices, Array]:
    """What each answer to each open encounter is worth, the hours it takes counted as a loss.

    Arguments as for `answers`.

    Returns:
        Run and encounter of each that is open [n], and score points of its paths [n, paths], -inf
        where a path is not allowed.
    """
    run, customer = np.nonzero(seen.open_encounter)
    which = seen.open_encounter[run, customer] - 1
    if not run.size:
        return run, which, np.zeros((0, rules.sizes.paths))
    steps = _steps(rules, run, customer, which)
    points = _points(rules, seen, prices, steps)
    points = points - hour[steps.run] * rules.rows.hours[steps.row]
    size = (run.shape[0], rules.sizes.paths)
    total = np.bincount(steps.path, points, size[0] * size[1]).reshape(size)
    return run, which, np.where(seen.path_allowed[run, which], total, -np.inf)


def _steps(rules: Rules, run: Indices, customer: Indices, which: Indices) -> _Steps:
    """Lay out the paths of the encounters [n] of customers."""
    table = rules.encounters
    rows = table.rows[which]  # [n, paths, depth]
    entry, path, depth = np.nonzero(rows)
    return _Steps(
        run=run[entry],
        customer=customer[entry],
        speaker=table.speaker[which][entry],
        row=rows[entry, path, depth],
        tone=table.tones[which[entry], path, depth],
        path=entry * rules.sizes.paths + path,
    )


def _points(rules: Rules, seen: Observation, prices: Prices, steps: _Steps) -> Array:
    """The worth of each step to the person who hears it, score points [K]."""
    account = steps.run * rules.sizes.customers + steps.customer
    hearers = Hearers(rules, seen, prices, account * rules.sizes.people + steps.speaker)
    there, rows = hearers.seen, steps.row[:, None, None, None]
    order = in_turn(rules, hearers, steps.row, path=steps.path)
    motive = motive_match(rules, there, rows)
    style = style_fit(there, rules.rows.fit[rows, steps.tone[:, None, None, None]])
    m = multiplier(rules, there, rows, style=style, motive=motive, order=order)
    lanes = Lanes(
        rules,
        there,
        hearers.prices,
        rows=rows,
        every_m=m,
        every_component=order.component,
        hearers=hearers,
    )
    return worth(lanes, order).reshape(-1)
