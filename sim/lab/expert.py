"""The strong policy: the worth of every deed on belief means, then a greedy fill (design 12.5)."""

from dataclasses import dataclass, fields, replace

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import Observation
from sim.engine.rules import KINDS, Rules
from sim.engine.terms import fit, sequence
from sim.lab.fill import Offer
from sim.lab.valuation import Prices, price
from sim.lab.worth import Order, worth

_NEED = KINDS.index("need")
_TONES = 5
_BUSY = 0.7  # share of the best deeds' worth per hour that an hour is taken to be worth
_PLACES = 8  # steps a protocol has room for
_ORDER = ("factor", "component", "lift", "trust", "quality")


def offer(rules: Rules, seen: Observation, prices: Prices) -> Offer:
    """The worth of every action for every customer, in the best tone and to the best person."""
    rows = np.arange(1, 1 + rules.sizes.actions)
    style, tone = _best_tone(rules, seen, rows)
    order = _order_of_actions(rules, seen, rows)
    m = _multiplier(rules, seen, rows, style=style, order=order)
    points = worth(rules, seen, prices, rows, m=m, order=order)
    points = np.where(rules.present[None, :, :, None], points, -np.inf)
    person = np.argmax(points, axis=2)
    best = np.take_along_axis(points, person[:, :, None], axis=2)[:, :, 0]
    manner = np.take_along_axis(tone, person[:, :, None], axis=2)[:, :, 0]
    return Offer(worth=best, tone=manner, person=person)


def hour_price(rules: Rules, seen: Observation, offered: Offer) -> Array:
    """What an hour is worth elsewhere, score points [R]: a share of the mean of the best deeds."""
    hours = np.maximum(rules.rows.hours[1 : 1 + rules.sizes.actions], 0.1)
    density = np.where(seen.action_mask, np.maximum(offered.worth, 0.0), 0.0) / hours
    best = np.max(density, axis=-1, initial=0.0)
    total, number = np.zeros(seen.money.shape), np.zeros(seen.money.shape)
    for customer in range(rules.sizes.customers):
        total = total + best[:, customer]
        number = number + (best[:, customer] > 0.0)
    return _BUSY * total / np.maximum(number, 1.0)


def _multiplier(
    rules: Rules, seen: Observation, rows: Indices, *, style: Array, order: Order
) -> Array:
    """Expected m of each row at each person, [R, C, M, N]."""
    p, table = rules.parameters, rules.rows
    item = _item(rules, (seen.known & seen.fresh) * 1.0, rows)
    motive = seen.motive_match[..., rows] if rules.uses_motives else np.zeros(item.shape)
    receptive = _receptivity(rules, seen, rows)
    receptive = receptive + order.lift * (table.receptivity_rising[rows] - receptive)
    worn = fit.wear(p, seen.repetition)[..., table.family[rows]]
    return fit.multiplier(
        p,
        receptivity=receptive,
        repetition=worn,
        fit=fit.bracket(p, style, motive, item),
        sequence=order.factor,
    )


def _style(rules: Rules, seen: Observation, rows: Indices, tone: Indices) -> Array:
    """Expected style fit in given tones [N], [R, C, M, N]."""
    table = rules.rows.fit[rows, tone]  # [N, styles]
    expected = seen.style_belief[..., 0, None] * table[:, 0]
    for style in range(1, table.shape[-1]):
        expected = expected + seen.style_belief[..., style, None] * table[:, style]
    return expected


def _best_tone(rules: Rules, seen: Observation, rows: Indices) -> tuple[Array, Indices]:
    """Expected style fit in the best tone, and that tone, each [R, C, M, N]."""
    best = _style(rules, seen, rows, np.zeros(rows.shape, dtype=np.intp))
    tone = np.zeros(best.shape, dtype=np.intp)
    for index in range(1, _TONES):
        expected = _style(rules, seen, rows, np.full(rows.shape, index))
        tone = np.where(expected > best, index, tone)
        best = np.maximum(best, expected)
    return best, tone


def _receptivity(rules: Rules, seen: Observation, rows: Indices) -> Array:
    """Expected mu: the mood if it is known, else the moods as they usually are."""
    table = rules.rows.receptivity[:, rows]  # [4, N]
    share = np.diff(rules.opening.mood_prior, prepend=0.0)
    usual = share[0] * table[0]
    for mood in range(1, table.shape[0]):
        usual = usual + share[mood] * table[mood]
    told = table[np.maximum(seen.mood, 0)]
    return np.where((seen.mood >= 0)[..., None], told, usual)


def _item(rules: Rules, known: Array, rows: Indices) -> Array:
    """What the file adds to the bracket for each row, [R, C, M, N]."""
    uses = rules.rows.uses[rows]  # [N, K]
    number, have = np.zeros(uses.shape[0]), np.zeros((*known.shape[:-1], uses.shape[0]))
    for kind in np.flatnonzero(uses.any(axis=0)):
        have = have + known[..., kind, None] * uses[:, kind]
        number = number + uses[:, kind]
    share = have / np.maximum(number, 1.0)
    return fit.remembered(rules.parameters, share, np.zeros(share.shape), (number > 0.0) * 1.0)


def _order_of_actions(rules: Rules, seen: Observation, rows: Indices) -> Order:
    """What the memory of earlier turns does to each action, done alone."""
    shape = (*seen.mood.shape, rows.shape[0])
    places = sequence.pairs_of(rules, rows, seen.mood[..., None])  # [R, C, M, N, P]
    if not places.any():
        return Order(**{name: vars(sequence.neutral(shape))[name] for name in _ORDER})
    position, age = _memory(rules, seen, places)
    need = np.broadcast_to(seen.known[..., _NEED, None], shape)
    effect, _, _ = sequence.assess(rules, places, position, age=age, need=need)
    return Order(**{name: vars(effect)[name] for name in _ORDER})


def _memory(rules: Rules, seen: Observation, places: Indices) -> tuple[Array, Array]:
    """Position and age now in the protocols of given places, [R, C, M, N, P]."""
    people = np.arange(seen.mood.size).reshape(*seen.mood.shape, 1, 1)
    where = people * rules.sizes.protocols + places // _PLACES
    left = seen.turn - seen.step_turn.reshape(-1).take(where)
    return sequence.current(rules, places, seen.position.reshape(-1).take(where), turns=left)


# Encounters -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Steps:
    """The rows of every path of an encounter, path by path."""

    row: Indices  # [N]
    tone: Indices  # [N]
    path: Indices  # [N]


def answers(rules: Rules, seen: Observation, prices: Prices, hour: Array) -> Indices:
    """The most promising answer to each open encounter, [R, V]; 0 where it is better left alone.

    Encounters that share their words (one for each customer) are weighed together.
    """
    answer = np.zeros((seen.money.shape[0], rules.sizes.encounters), dtype=np.intp)
    opened = np.unique(seen.open_encounter)
    done: set[bytes] = set()
    for encounter in opened[opened > 0] - 1:
        words = rules.encounters.rows[encounter].tobytes()
        if words in done:
            continue
        done.add(words)
        alike = [v for v in opened - 1 if v >= 0 and rules.encounters.rows[v].tobytes() == words]
        run, customer = np.nonzero(np.isin(seen.open_encounter - 1, alike))
        which = seen.open_encounter[run, customer] - 1
        best = _best_path(rules, seen, prices, run=run, customer=customer, hour=hour)
        answer[run, which] = best
    return answer


def _best_path(
    rules: Rules,
    seen: Observation,
    prices: Prices,
    *,
    run: Indices,
    customer: Indices,
    hour: Array,
) -> Indices:
    """The best path for each (run, customer) whose open encounters share their words, [n]."""
    encounters = rules.encounters
    which = seen.open_encounter[run, customer] - 1
    steps = _steps(rules, int(which[0]))
    there = _rows_of(seen, run, customer)
    local = replace(rules, deal_weight=rules.deal_weight[customer][:, None])
    order = _order_of_paths(local, there, steps)
    style = _style(local, there, steps.row, steps.tone)
    m = _multiplier(local, there, steps.row, style=style, order=order)
    here = _prices_of(prices, run, customer)
    points = worth(local, there, here, steps.row, m=m, order=order)
    speaker = encounters.speaker[which]
    points = points[np.arange(run.shape[0]), 0, speaker]  # [n, N]
    points = points - hour[run][:, None] * rules.rows.hours[steps.row]
    allowed = seen.path_allowed[run, which]
    total = np.zeros((run.shape[0], rules.sizes.paths))
    for index in range(steps.row.shape[0]):
        path = int(steps.path[index])
        total[:, path] = total[:, path] + points[:, index]
    total = np.where(allowed, total, -np.inf)
    return np.argmax(total, axis=-1) + 1


def _steps(rules: Rules, encounter: int) -> _Steps:
    table = rules.encounters
    found = [
        (int(row), int(tone), path)
        for path in range(int(table.paths[encounter]))
        for row, tone in zip(table.rows[encounter, path], table.tones[encounter, path], strict=True)
        if row > 0
    ]
    row, tone, path = (np.array(column, dtype=np.intp) for column in zip(*found, strict=True))
    return _Steps(row, tone, path)


def _order_of_paths(rules: Rules, there: Observation, steps: _Steps) -> Order:
    """Each path played through the memory from its first step to its last."""
    shape = (*there.mood.shape, steps.row.shape[0])
    places = sequence.pairs_of(rules, steps.row, there.mood[..., None])
    if not places.any():
        return Order(**{name: vars(sequence.neutral(shape))[name] for name in _ORDER})
    position, age = _memory(rules, there, places)
    need = there.known[..., _NEED]
    columns: dict[str, list[Array]] = {name: [] for name in _ORDER}
    for index in range(steps.row.shape[0]):
        effect, moved, due = sequence.assess(
            rules, places[..., index, :], position[..., index, :], age=age[..., index, :], need=need
        )
        for name in _ORDER:
            columns[name].append(vars(effect)[name])
        for later in range(index + 1, steps.row.shape[0]):
            if steps.path[later] == steps.path[index]:
                _carry(places, position, age, index=index, later=later, moved=moved, due=due)
    return Order(**{name: np.stack(values, axis=-1) for name, values in columns.items()})


def _carry(
    places: Indices,
    position: Array,
    age: Array,
    *,
    index: int,
    later: int,
    moved: Array,
    due: Mask,
) -> None:
    """Let a later step of the path find the memory as this one leaves it."""
    for one in range(places.shape[-1]):
        for other in range(places.shape[-1]):
            same = places[..., index, one] // _PLACES == places[..., later, other] // _PLACES
            same &= (places[..., index, one] % _PLACES > 0) & (
                places[..., later, other] % _PLACES > 0
            )
            position[..., later, other] = np.where(
                same, moved[..., one], position[..., later, other]
            )
            age[..., later, other] = np.where(same & due[..., one], 0.0, age[..., later, other])


_PER_RUN = frozenset({"market_mask", "variables", "event_count", "path_allowed"})


def _rows_of(seen: Observation, run: Indices, customer: Indices) -> Observation:
    """The observation of single customers, as if each were a run of its own: [n, 1, ...]."""
    changed: dict[str, Array] = {}
    customers = seen.status.shape[1]
    for entry in fields(seen):
        values = getattr(seen, entry.name)
        if not isinstance(values, np.ndarray):
            continue
        if entry.name in _PER_RUN or values.ndim < 2 or values.shape[1] != customers:
            lead = run if values.shape[0] > 1 else np.zeros_like(run)
            changed[entry.name] = values[lead]
        else:
            lead = run if values.shape[0] > 1 else np.zeros_like(run)
            changed[entry.name] = values[lead, customer][:, None]
    return replace(seen, **changed)  # type: ignore[arg-type]  # each array keeps its own kind


def _prices_of(prices: Prices, run: Indices, customer: Indices) -> Prices:
    """Prices at single customers, [n, 1]."""
    taken = {
        name: values[run, customer][:, None]
        for name, values in vars(prices).items()
        if isinstance(values, np.ndarray)
    }
    return replace(prices, **taken)  # type: ignore[arg-type]  # the arrays among its fields


def plan(rules: Rules, seen: Observation) -> tuple[Prices, Offer, Indices]:
    """Everything the expert weighs in a turn: prices, the worth of actions, and its answers."""
    prices = price(rules, seen)
    offered = offer(rules, seen, prices)
    return prices, offered, answers(rules, seen, prices, hour_price(rules, seen, offered))
