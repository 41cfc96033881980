"""What happens between two turns: events in the market, and who speaks up next."""

from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.conditions import Program, at_customer, evaluate
from sim.engine.facts import Facts
from sim.engine.rules import Rules
from sim.engine.state import State, Status, changed

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_PROSPECT = int(Status.PROSPECT)
_UNBORN = int(Status.UNBORN)

_GOLDEN = 0.6180339887498949
_COMPLAINT = 1  # trigger of an encounter: this customer has just complained


@dataclass(frozen=True)
class Openings:
    """What the opening of a turn brought."""

    event_happened: Mask  # [R, E]
    encounter_opened: Mask  # [R, V]


def open_turn(
    rules: Rules, state: State, *, event: Array, encounter: Array, complained: Mask
) -> tuple[State, Openings]:
    """Let the market move and choose who speaks in the turn that begins.

    Args:
        rules: of the scenario.
        state: at the end of the turn before; `state.turn` turns have been played.
        event: uniforms [R, E, 4].
        encounter: uniforms [R, V, 4].
        complained: customers who have just complained [R, C].

    Returns:
        The state in which the player chooses, and what happened.
    """
    happened = _due_events(rules, state, event)
    for index in range(rules.sizes.events):
        if happened[:, index].any():
            now = happened[:, index]
            state = _happen(rules, state, index, now=now, uniforms=event[:, index])
    if happened.any():
        state = changed(
            state,
            event_count=state.event_count + happened,
            event_turn=np.where(happened, state.turn + 1.0, state.event_turn),
        )
    due = _due_encounters(rules, state, encounter, complained)
    opened, by_customer = _choose(rules, due)
    spoken = _speak(rules, state, due, opened=opened, by_customer=by_customer)
    return spoken, Openings(happened, opened)


def _restrict(
    due: Mask, facts: Facts, conditions: tuple[Program | None, ...], customer: Indices
) -> None:
    """Take back what is due where its condition does not hold, each read at a customer."""
    holds: dict[Program, Mask] = {}  # one condition may stand at many customers
    for index in np.flatnonzero(due.any(axis=0)).tolist():
        program = conditions[index]
        if program is not None:
            if program not in holds:
                holds[program] = evaluate(program, facts) > 0.0
            due[:, index] &= at_customer(holds[program], int(customer[index]))


def _due_events(rules: Rules, state: State, uniforms: Array) -> Mask:
    """Events whose turn or condition has come and whose chance falls, [R, E]."""
    events = rules.events
    rested = state.turn + 1.0 - state.event_turn >= events.repeat
    due = (state.event_count == 0.0) | (rested & (events.repeat > 0.0))
    due &= (events.turn == 0) | (events.turn == state.turn + 1)
    due &= uniforms[..., 0] < events.chance
    _restrict(due, Facts(rules, state), events.condition, np.zeros(due.shape[1], dtype=np.intp))
    return due


def _happen(rules: Rules, state: State, index: int, *, now: Mask, uniforms: Array) -> State:
    """Apply one event in the runs in which it happens."""
    events, p = rules.events, rules.parameters
    row = now[:, None]
    keep = np.where(row & events.portability[index], p.portability, 1.0)
    keep = np.where(row & events.contract_end[index], 0.0, keep)
    newborn = row & (events.wakes[index] > 0.0) & (state.status == _UNBORN)
    competition = events.competition[index]
    moved = now & (competition >= 0.0)
    ahead = np.where(state.rival_forestalled > 0.0, p.forestalled_push, 1.0)
    state = changed(
        state,
        competition=np.where(moved, competition, state.competition),
        rival_quality=state.rival_quality + now * events.rival_quality[index],
        rival_price=state.rival_price * (1.0 + now * events.rival_price[index]),
        rival_pull=state.rival_pull + now * events.rival_pull[index] * ahead,
        rival_push=np.maximum(state.rival_push + now * events.rival_push[index], 0.0),
        rival_turns=np.where(
            now, np.maximum(state.rival_turns, events.rival_turns[index]), state.rival_turns
        ),
        core_quality=state.core_quality + now * events.core_quality[index],
        factors=state.factors + _shifted(rules, index, now),
        failure_rate=state.failure_rate * np.where(now, events.failure_rate[index], 1.0),
        coercive_procedural=state.coercive_procedural * keep,
        coercive_financial=state.coercive_financial * keep,
        coercive_turns=np.where(row & events.contract_end[index], 0.0, state.coercive_turns),
        bond=state.bond * (1.0 - row * events.bond_loss[index]),
        failure_due=np.maximum(state.failure_due, row * events.failure[index]),
        variables=state.variables + row * events.variable_shift[index],
        fresh=state.fresh & ~(row[..., None, None] & (events.stale[index] > 0.0)[:, None, :]),
        status=np.where(newborn, _PROSPECT, state.status),
    )
    return _unsettle(rules, state, index, now=now, uniforms=uniforms)


def _shifted(rules: Rules, index: int, now: Mask) -> Array:
    """What an event does to the factors of value at once, [R, 3, 5] (N10)."""
    shift = np.zeros((now.shape[0], 3, rules.events.factors.shape[1]))
    shift[:, 0] = now[:, None] * rules.events.factors[index]
    return shift


def _unsettle(rules: Rules, state: State, index: int, *, now: Mask, uniforms: Array) -> State:
    """What an event does to moods."""
    target = rules.events.mood[index]
    if not (target > 0).any():
        return state
    spread = uniforms[:, 1, None] + _GOLDEN * np.arange(rules.sizes.customers)
    spread = spread - np.floor(spread)
    struck = now[:, None] & (target > 0) & (spread < rules.events.mood_chance[index])
    mood = np.where(struck[..., None], (target - 1)[:, None], state.mood)
    return changed(state, mood=mood)


def _due_encounters(rules: Rules, state: State, uniforms: Array, complained: Mask) -> Mask:
    """Encounters that want to open, [R, V]."""
    table, now = rules.encounters, state.turn + 1
    waiting = state.encounter_waiting
    status = state.status.take(table.customer, axis=1)
    since = now - state.encounter_turn
    due: Mask = table.status[np.arange(rules.sizes.encounters), status]
    due &= (state.encounter_count == 0.0) | ((table.repeat > 0.0) & (since >= table.repeat))
    due &= (uniforms[..., 0] < table.chance) | waiting
    loud = complained.take(table.customer, axis=1) | waiting
    due &= (table.trigger != _COMPLAINT) | loud
    due &= (table.turn == 0) | (table.turn == now) | ((table.turn < now) & waiting)
    _restrict(due, Facts(rules, state), table.condition, table.customer)
    return due


def _choose(rules: Rules, due: Mask) -> tuple[Mask, Indices]:
    """At most one encounter a customer and `most_open` in all, in the author's order."""
    table = rules.encounters
    opened = np.zeros(due.shape, dtype=np.bool_)
    by_customer = np.zeros((due.shape[0], rules.sizes.customers), dtype=np.intp)
    run, index = np.nonzero(due)
    customer = table.customer[index]
    _, first = np.unique(run * rules.sizes.customers + customer, return_index=True)
    first.sort()
    run, index, customer = run[first], index[first], customer[first]
    now = np.arange(run.shape[0]) - np.searchsorted(run, run) < table.most_open
    opened[run[now], index[now]] = True
    by_customer[run[now], customer[now]] = index[now] + 1
    return opened, by_customer


def _speak(rules: Rules, state: State, due: Mask, *, opened: Mask, by_customer: Indices) -> State:
    """Remember what opened, and what its words give away to an attentive listener."""
    table = rules.encounters
    hint, known, fresh = state.hint, state.known, state.fresh
    if opened.any():
        which = np.maximum(by_customer - 1, 0)
        speaks = by_customer > 0
        at = (table.speaker.take(which)[..., None] == np.arange(rules.sizes.people)) & (
            speaks[..., None]
        )
        hint = hint + at[..., None] * table.clue.take(which, axis=0)[:, :, None, :]
        told = at[..., None] & (table.reveal.take(which, axis=0) > 0.0)[:, :, None, :]
        known, fresh = known | told, fresh | told
    return changed(
        state,
        open_encounter=by_customer,
        encounter_count=state.encounter_count + opened,
        encounter_turn=np.where(opened, state.turn + 1.0, state.encounter_turn),
        encounter_waiting=due & ~opened,
        hint=hint,
        known=known,
        fresh=fresh,
    )
