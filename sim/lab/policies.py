"""The bots: each sees what a player sees and chooses for all runs at once (design 8).

`expert` is the strong policy and the par of the grade; `noisy-expert` is it with uncertain
judgement; `oracle` is it with every file open and marked as such; the others are habits that
trainees may have.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask, side_by_side
from sim.engine.observe import Observation
from sim.engine.rules import FAMILIES, Rules
from sim.engine.state import Choices, Status
from sim.engine.terms import stocks
from sim.exact import fixed_sum
from sim.lab import expert
from sim.lab.fill import LEAST_HOURS, Offer, Plan, fill
from sim.lab.possible import sum_of
from sim.lab.valuation import Prices

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_ACTIVE = int(Status.ACTIVE)
_UNBORN = int(Status.UNBORN)

POLICY_VERSION = 2
_NOISE = 0.6  # how far the noisy expert misjudges a deed, relative to its worth


@dataclass(frozen=True)
class Policy:
    """A way of choosing; `sees_all` marks the oracle, who looks into every file."""

    name: str
    choose: Callable[[Rules, Observation, Array], Choices]
    sees_all: bool = False


NAMES = (
    "expert",
    "noisy-expert",
    "vip",
    "loudest",
    "discount",
    "visits",
    "coerce",
    "random",
    "nothing",
    "oracle",
)


def policy(name: str) -> Policy:
    """The policy of that name; `only:ACTION` uses one action whenever it may.

    Raises:
        KeyError: if there is no such policy.
    """
    if name.startswith("only:"):
        action = name.removeprefix("only:")
        return Policy(name, lambda rules, seen, _: _only(rules, seen, action))
    found: dict[str, Callable[[Rules, Observation, Array], Choices]] = {
        "expert": _expert,
        "oracle": _expert,
        "noisy-expert": _noisy,
        "vip": _vip,
        "loudest": _loudest,
        "discount": lambda rules, seen, _: _everybody(rules, seen, _discounts(rules)),
        "visits": lambda rules, seen, _: _everybody(rules, seen, _of_family(rules, "contact")),
        "coerce": lambda rules, seen, _: _everybody(rules, seen, _of_family(rules, "coercive")),
        "random": _random,
        "nothing": _nothing,
    }
    return Policy(name, found[name], sees_all=name == "oracle")


def _nothing(rules: Rules, seen: Observation, _uniforms: Array) -> Choices:
    runs, customers = seen.status.shape
    shape = (runs, customers, rules.sizes.slots)
    blank = np.zeros(shape, dtype=np.intp)
    return Choices(
        action=blank,
        tone=blank,
        person=blank,
        market=np.zeros((runs, rules.sizes.market_actions), dtype=np.bool_),
        response=np.zeros((runs, rules.sizes.encounters), dtype=np.intp),
    )


def _expert(rules: Rules, seen: Observation, _uniforms: Array) -> Choices:
    prices, offered, response = expert.plan(rules, seen)
    return complete(rules, seen, offered, response, prices=prices)


def _noisy(rules: Rules, seen: Observation, uniforms: Array) -> Choices:
    """The expert with a judgement that wavers from customer to customer and deed to deed."""
    prices, offered, response = expert.plan(rules, seen)
    shape = offered.worth.shape
    spread = _many(uniforms, shape[1], shape[2])
    worth = offered.worth * (1.0 + _NOISE * 2.0 * (spread - 0.5))
    wavering = Offer(worth=worth, tone=offered.tone, person=offered.person)
    return complete(rules, seen, wavering, response, prices=prices)


def complete(
    rules: Rules,
    seen: Observation,
    offered: Offer,
    response: Indices,
    *,
    prices: Prices | None = None,
    invested: Array | None = None,
) -> Choices:
    """Answer first, then the market, then deeds with what is left of hours and money.

    Args:
        rules: of the scenario.
        seen: what the player knows.
        offered: the worth of every action; what is worth nothing is left undone.
        response: answers wanted, [R, V]; one that the rest does not allow is left out.
        prices: of the quantities, for market actions; without, none is taken.
        invested: score points of each market action instead of the expert's, [R, market actions].
    """
    hours, money = np.full(seen.money.shape, seen.hours), seen.money
    response, hours, money = _affordable(rules, response, hours, money)
    market = np.zeros((seen.money.shape[0], rules.sizes.market_actions), dtype=np.bool_)
    if prices is not None:
        invested = market_worth(rules, seen, prices) if invested is None else invested
        market, hours, money = _invest(rules, seen, invested, hours=hours, money=money)
    done = fill(rules, seen, offered, hours=hours, money=np.maximum(money, 0.0))
    return _choices(done, market, response)


def _choices(done: Plan, market: Mask, response: Indices) -> Choices:
    return Choices(
        action=done.action,
        tone=done.tone,
        person=done.person,
        market=market,
        response=response,
    )


def _affordable(
    rules: Rules, response: Indices, hours: Array, money: Array
) -> tuple[Indices, Array, Array]:
    """Give answers in the order of the encounters as long as hours and money last."""
    run, encounter = np.nonzero(response)
    steps = rules.encounters.rows[encounter, response[run, encounter] - 1]
    cost, price = (sum_of(column, steps) for column in (rules.rows.hours, rules.rows.money))
    kept, hours, money = response.copy(), hours.copy(), money.copy()
    place = np.arange(run.shape[0]) - np.searchsorted(run, run)  # among the answers of its run
    for number in range(int(place.max(initial=-1)) + 1):
        now = np.flatnonzero(place == number)
        here = run[now]
        fits = (cost[now] <= hours[here]) & ((price[now] <= money[here]) | (price[now] == 0.0))
        kept[here[~fits], encounter[now[~fits]]] = 0
        hours[here] -= fits * cost[now]
        money[here] -= fits * price[now]
    return kept, hours, money


def _invest(
    rules: Rules, seen: Observation, worth: Array, *, hours: Array, money: Array
) -> tuple[Mask, Array, Array]:
    """Market actions whose worth exceeds their cost, best first in the author's order."""
    table = rules.market
    chosen = np.zeros((seen.money.shape[0], rules.sizes.market_actions), dtype=np.bool_)
    for index in range(rules.sizes.market_actions):
        fits = seen.market_mask[:, index] & (worth[:, index] > 0.0)
        fits &= (table.hours[index] <= hours) & (table.money[index] <= money)
        chosen[:, index] = fits
        hours = hours - fits * table.hours[index]
        money = money - fits * table.money[index]
    return chosen, hours, money


def market_worth(rules: Rules, seen: Observation, prices: Prices) -> Array:
    """Score points of each market action, less what its money is worth, [R, market actions]."""
    table, p = rules.market, rules.parameters
    if not rules.sizes.market_actions:
        return np.zeros((seen.money.shape[0], 0))
    left = rules.sizes.turns - seen.turn
    columns = []
    active, unborn = seen.status == _ACTIVE, seen.status == _UNBORN
    everybody, satisfied, bonds, ties = (
        fixed_sum(active * each)
        for each in (prices.experience, prices.satisfaction, prices.bond, prices.procedural)
    )
    room = np.count_nonzero(unborn, axis=-1) * 1.0
    each = fixed_sum(unborn * prices.newcomer) / np.maximum(room, 1.0)
    for index in range(rules.sizes.market_actions):
        lasting = max(left - 2, 0) * 0.5
        total = everybody * table.quality[index] * lasting
        total = total - satisfied * 0.4 * table.expectation[index]
        total = total + bonds * table.bond[index] * 0.8 + ties * table.procedural[index] * 0.8
        won = np.minimum(table.wakes[index] * 0.5, room)
        chance = 0.7 if table.newcomer_active[index] else 0.25
        total = total + each * won * chance * (1.0 if left > 2 else 0.0)
        total = total + 0.02 * p.failure_chance * everybody * (1.0 - table.failure_rate[index])
        total = total + _training(rules, seen, everybody, index) * left
        columns.append(total - prices.money * (table.money[index] - table.saves[index]))
    return side_by_side(*columns)


def _training(rules: Rules, seen: Observation, everybody: Array, index: int) -> Array | float:
    """What training the staff, or leaving it out, is worth in every later turn, [R] (N9)."""
    p, table, staff = rules.parameters, rules.market, seen.stocks[:, stocks.STAFF]
    if p.stock_failures == 0.0:
        return 0.0
    lost = (p.stock_keep - p.stock_keep_cut) * staff * table.cuts_training[index]
    gained = table.stocks[index, stocks.STAFF] * (1.0 - staff) - lost
    usual = p.failure_base + p.failure_slope * (1.0 + 2.0 * p.severe_share)
    return everybody * p.failure_chance * usual * p.stock_failures * gained


# Habits -------------------------------------------------------------------------------------------


def _vip(rules: Rules, seen: Observation, _uniforms: Array) -> Choices:
    """The most valuable first: sensible deeds, by the worth of the customer, not of the deed."""
    return _by_rank(rules, seen, seen.historic_value + seen.profit + seen.purchases)


def _loudest(rules: Rules, seen: Observation, _uniforms: Array) -> Choices:
    """Whoever complains or looks unhappiest first, whatever he is worth."""
    return _by_rank(rules, seen, 100.0 - seen.seen[:, :, 0, 0] + 100.0 * seen.complaint)


def _by_rank(rules: Rules, seen: Observation, rank: Array) -> Choices:
    """Serve customers in an order: for each the best deed an expert sees, in the neutral tone."""
    _, offered, response = expert.plan(rules, seen)
    rank = np.where(seen.status == _ACTIVE, rank, -np.inf)
    place = np.argsort(np.argsort(rank, axis=-1, kind="stable"), axis=-1, kind="stable") + 1.0
    hours = np.maximum(rules.rows.hours[1 : 1 + rules.sizes.actions], LEAST_HOURS)
    density = np.where(seen.action_mask, np.maximum(offered.worth, 0.0), 0.0) / hours
    best = np.max(density, axis=-1, initial=0.0)[..., None]
    relative = np.where(best > 0.0, density / np.where(best > 0.0, best, 1.0), 0.0)
    return complete(rules, seen, _plain(place[..., None] * relative * hours), response)


def _discounts(rules: Rules) -> Array:
    return (rules.rows.discount[1 : 1 + rules.sizes.actions] > 0.0) * 1.0


def _of_family(rules: Rules, family: str) -> Array:
    wanted = FAMILIES.index(family)
    return (rules.rows.family[1 : 1 + rules.sizes.actions] == wanted) * 1.0


def _everybody(rules: Rules, seen: Observation, liking: Array) -> Choices:
    """One kind of deed for as many as the hours allow."""
    worth = np.where((seen.status == _ACTIVE)[..., None], liking, 0.0)
    return complete(rules, seen, _plain(worth), _first_answer(seen))


def _only(rules: Rules, seen: Observation, action: str) -> Choices:
    """One action and nothing else; encounters stay unanswered."""
    if action in rules.market_ids:
        choices = _nothing(rules, seen, np.zeros(0))
        market = choices.market.copy()
        index = rules.market_ids.index(action)
        can = (rules.market.money[index] <= seen.money) & seen.market_mask[:, index]
        market[:, index] = can & (rules.market.hours[index] <= seen.hours)
        return Choices(choices.action, choices.tone, choices.person, market, choices.response)
    liking = np.zeros(rules.sizes.actions)
    liking[rules.action_ids.index(action)] = 1.0
    worth = np.ones((*seen.status.shape, 1)) * liking
    silent = np.zeros((seen.money.shape[0], rules.sizes.encounters), dtype=np.intp)
    return complete(rules, seen, _plain(worth), silent)


def _plain(worth: Array) -> Offer:
    """Deeds in the neutral tone, to the first person."""
    blank = np.zeros(worth.shape, dtype=np.intp)
    return Offer(worth=worth, tone=blank, person=blank)


def _first_answer(seen: Observation) -> Indices:
    """The first answer that is allowed to every open encounter, [R, V]."""
    first = np.argmax(seen.path_allowed, axis=-1) + 1
    opened = np.zeros(first.shape, dtype=np.bool_)
    encounters = np.arange(first.shape[1])
    for customer in range(seen.open_encounter.shape[1]):
        opened = opened | (seen.open_encounter[:, customer, None] == encounters + 1)
    return np.where(opened, first, 0)


def _random(rules: Rules, seen: Observation, uniforms: Array) -> Choices:
    """Any allowed deeds in any order and tone, any allowed answers."""
    worth = _many(uniforms, seen.status.shape[1], rules.sizes.actions)
    worth = worth * np.maximum(rules.rows.hours[1 : 1 + rules.sizes.actions], 0.1)
    tone = np.minimum(_many(uniforms * 0.5, *worth.shape[1:]) * 5.0, 4.0).astype(np.intp)
    offered = Offer(worth=worth, tone=tone, person=np.zeros(tone.shape, dtype=np.intp))
    any_answer = _many(uniforms, rules.sizes.encounters, rules.sizes.paths) + 0.01
    pick = np.argmax(np.where(seen.path_allowed, any_answer, 0.0), axis=-1) + 1
    opened = _first_answer(seen) > 0
    return complete(rules, seen, offered, np.where(opened, pick, 0))


def _many(uniforms: Array, rows: int, columns: int) -> Array:
    """A field of uniforms [R, rows, columns] out of a few: each shifted by its place."""
    seed = uniforms.reshape(uniforms.shape[0], -1)
    row = np.arange(rows)[:, None] * 0.7548776662466927
    column = np.arange(columns)[None, :] * 0.5698402909980532
    bent = seed[:, 0, None, None] * (1.0 + 977.0 * row) + seed[:, 1, None, None] * (
        1.0 + 661.0 * column
    )
    bent = bent + seed[:, 2, None, None] * (1.0 + row * column * 389.0)
    return bent - np.floor(bent)
