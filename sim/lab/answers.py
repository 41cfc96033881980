"""The most promising answer to each open encounter, by the worth of the steps of its paths."""

from dataclasses import dataclass, replace

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.observe import Observation
from sim.engine.rules import Rules
from sim.lab.order import in_turn
from sim.lab.suiting import multiplier, style_fit
from sim.lab.valuation import Prices
from sim.lab.worth import worth

_OF_CUSTOMER = (
    "status",
    "purchases",
    "leave_reason",
    "door",
    "procedural",
    "financial",
    "bond",
    "contact",
    "complaint",
    "complaint_age",
    "redress",
    "deal_chance",
    "stage",
    "price_weight",
    "benefit_weight",
    "unaffordable",
    "tier",
    "prepared",
    "survey_open",
)
_OF_PERSON = (
    "seen",
    "lens",
    "met",
    "repetition",
    "known",
    "fresh",
    "noted",
    "knowledge",
    "style_belief",
    "mood",
    "position",
    "step_turn",
)


@dataclass(frozen=True)
class _Steps:
    """Every step of every path of every open encounter, path by path, each [K]."""

    run: Indices
    customer: Indices
    speaker: Indices
    row: Indices
    tone: Indices
    path: Indices  # entry * paths + path
    depth: Indices  # place in its path


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
        depth=depth,
    )


def _points(rules: Rules, seen: Observation, prices: Prices, steps: _Steps) -> Array:
    """The worth of each step to the person who hears it, score points [K]."""
    there, here = _heard_by(seen, steps), _prices_of(prices, steps)
    who = steps.customer, steps.speaker
    local = replace(rules, deal_weight=rules.deal_weight[who][:, None, None])
    rows = steps.row[:, None, None, None]
    order = in_turn(rules, there, steps.row, path=steps.path, depth=steps.depth)
    motive = np.zeros(rows.shape)
    if rules.uses_motives:
        lead = steps.run if seen.motive_match.shape[0] > 1 else 0
        motive = seen.motive_match[lead, *who, steps.row].reshape(rows.shape)
    style = style_fit(there, rules.rows.fit[rows, steps.tone[:, None, None, None]])
    m = multiplier(local, there, rows, style=style, motive=motive, order=order)
    return worth(local, there, here, rows, m=m, order=order).reshape(-1)


def _heard_by(seen: Observation, steps: _Steps) -> Observation:
    """What is known of the person each step is meant for, as if each were a game, [K, 1, 1]."""
    at, person = (steps.run, steps.customer), (steps.run, steps.customer, steps.speaker)
    changed = {name: getattr(seen, name)[at][:, None] for name in _OF_CUSTOMER}
    changed |= {name: getattr(seen, name)[person][:, None, None] for name in _OF_PERSON}
    return replace(seen, **changed)


def _prices_of(prices: Prices, steps: _Steps) -> Prices:
    """Prices at the customer of each step, [K, 1]."""
    taken = {
        name: values[steps.run, steps.customer][:, None]
        for name, values in vars(prices).items()
        if isinstance(values, np.ndarray)
    }
    return replace(prices, **taken)  # type: ignore[arg-type]  # the arrays among its fields
