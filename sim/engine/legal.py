"""What the player may do: prerequisites, cooldowns, hours and money."""

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.conditions import at_customer, evaluate
from sim.engine.facts import Facts
from sim.engine.known import as_known
from sim.engine.once import once
from sim.engine.rules import Rules
from sim.engine.state import Choices, State, Status
from sim.engine.terms import knowledge
from sim.engine.terms.deeds import account
from sim.errors import IllegalChoiceError

_ACTIVE = int(Status.ACTIVE)  # a plain number: numpy takes far longer over an enumeration
_EPSILON = 1e-9  # hours and money are sums of decimal fractions


def requirements(rules: Rules, state: State) -> dict[str, Mask]:
    """What an action asks for and where that is met, by the code of the refusal, budget apart.

    Prerequisites rest on what the player knows or has been told, never on hidden facts.

    Returns:
        Masks that broadcast to [R, C, A].
    """
    rows, unused = rules.rows, rules.unused
    first, last = 1, 1 + rules.sizes.actions
    met = {
        "action/wrong-status": rows.needs_status[first:last].T.take(state.status, axis=0),
        "action/resting": state.ready_turn <= state.turn,
    }
    if "needs_knowledge" not in unused:
        known = account(rules.role_weight, knowledge.level(rules, state.known, state.fresh))
        enough = known[..., None] >= rows.needs_knowledge[first:last] - _EPSILON
        met["action/known-too-little"] = enough
    if "needs_trust_read" not in unused:
        trust = account(rules.role_weight, state.seen[..., 2])
        met["action/little-trust"] = trust[..., None] >= rows.needs_trust_read[first:last]
    if "needs_evangelists" not in unused:
        friends = evangelists_seen(rules, state)[:, None, None]
        met["action/no-evangelist"] = friends >= rows.needs_evangelists[first:last]
    if "promise" not in unused:
        free = state.promise[..., None] == 0
        met["action/promise-open"] = free | ~(rows.promise[first:last] > 0)
    return met


def action_mask(rules: Rules, state: State) -> Mask:
    """Which actions may be used on which customer now, [R, C, A], budget apart."""
    first, *others = requirements(rules, state).values()
    for other in others:
        first = first & other
    return first


def evangelists_seen(rules: Rules, state: State) -> Array:
    """Customers who by their last reading recommend us, [R]."""
    p = rules.parameters
    pleased = account(rules.role_weight, state.seen[..., 0]) >= p.referral_satisfaction
    loyal = account(rules.role_weight, state.seen[..., 1]) >= p.referral_loyalty
    return np.count_nonzero(pleased & loyal & (state.status == _ACTIVE), axis=1) * 1.0


def market_mask(rules: Rules, state: State) -> Mask:
    """Which market actions may be used now, [R, market actions], budget apart."""
    rested = state.market_ready <= state.turn
    return rested & studied(rules, state)


def studied(rules: Rules, state: State) -> Mask:
    """Whether the rivals are known well enough for each market action, [R, market actions]."""
    return state.rival_study[:, None] >= rules.market.needs_study


def path_mask(rules: Rules, state: State, encounter: int) -> Mask:
    """Which paths of an encounter its conditions allow, [R, paths of that encounter].

    They are read as the player knows the state, so that what may be said gives away nothing else.
    """
    return _paths(rules, Facts(rules, as_known(rules, state)), encounter, state.money.shape[0])


def _paths(rules: Rules, facts: Facts, encounter: int, runs: int) -> Mask:
    """`path_mask` from facts about what the player knows."""
    table = rules.encounters
    customer = int(table.customer[encounter])
    allowed = np.ones((runs, int(table.paths[encounter])), dtype=np.bool_)
    for path, program in enumerate(table.path_condition[encounter]):
        if program is not None:
            allowed[:, path] = at_customer(evaluate(program, facts), customer) > 0.0
    return allowed


@once
def _guarded(rules: Rules) -> Mask:
    """Which encounters have a condition on one of their paths, [V]."""
    every = rules.encounters.path_condition
    return np.array([any(each is not None for each in paths) for paths in every], dtype=np.bool_)


def paths_allowed(rules: Rules, state: State) -> Mask:
    """Which paths the conditions allow, [R, V, paths]; conditions are read for open encounters."""
    table = rules.encounters
    number = np.arange(rules.sizes.paths)
    allowed = np.broadcast_to(
        number < table.paths[:, None],
        (state.money.shape[0], rules.sizes.encounters, rules.sizes.paths),
    )
    if not (state.open_encounter > 0).any():
        return allowed
    opened = np.zeros(1 + rules.sizes.encounters, dtype=np.bool_)
    opened[state.open_encounter] = True
    guarded = np.flatnonzero(opened[1:] & _guarded(rules))
    if guarded.size:
        allowed = allowed.copy()
        facts = Facts(rules, as_known(rules, state))
        for index in guarded.tolist():
            silent = state.open_encounter[:, table.customer[index]] != index + 1
            mask = _paths(rules, facts, index, silent.shape[0]) | silent[:, None]
            allowed[:, index, : int(table.paths[index])] = mask
    return allowed


def chosen_rows(rules: Rules, state: State, choices: Choices) -> tuple[Array, Array]:
    """Hours and money of everything chosen, each [R]."""
    runs, places = state.money.shape[0], choices.action[0].size
    done = np.flatnonzero(choices.action)
    row = choices.action.take(done)
    hours = np.bincount(done // places, rules.rows.hours.take(row), runs).astype(np.float64)
    money = np.bincount(done // places, rules.rows.money.take(row), runs).astype(np.float64)
    for index in np.flatnonzero(choices.market.any(axis=0)).tolist():
        hours = hours + choices.market[:, index] * rules.market.hours[index]
        money = money + choices.market[:, index] * rules.market.money[index]
    run, encounter = np.nonzero(choices.response)
    if not run.size:
        return hours, money
    steps = rules.encounters.rows[encounter, choices.response[run, encounter] - 1]  # [n, depth]
    run = np.repeat(run, steps.shape[1])
    np.add.at(hours, run, rules.rows.hours.take(steps).reshape(-1))
    np.add.at(money, run, rules.rows.money.take(steps).reshape(-1))
    return hours, money


def check(rules: Rules, state: State, choices: Choices) -> None:
    """Refuse the whole call if anything in it is not allowed.

    Raises:
        IllegalChoiceError: with the code of the first fault and the run and place it stands at.
    """
    _check_ranges(rules, choices)
    _check_actions(rules, state, choices)
    _refuse("market/study-first", choices.market & ~studied(rules, state))
    _refuse("market/not-ready", choices.market & ~market_mask(rules, state))
    _check_responses(rules, state, choices)
    check_budget(rules, state, choices)


def check_budget(rules: Rules, state: State, choices: Choices) -> None:
    """Refuse what takes more hours or money than there is.

    Raises:
        IllegalChoiceError: `choice/too-many-hours`, `choice/too-expensive`.
    """
    late, dear = over_budget(rules, state, choices)
    _refuse("choice/too-many-hours", late)
    _refuse("choice/too-expensive", dear)


def over_budget(rules: Rules, state: State, choices: Choices) -> tuple[Mask, Mask]:
    """Which runs take more hours, and which more money, than there is, each [R]."""
    hours, money = chosen_rows(rules, state, choices)
    turn = min(state.turn, rules.sizes.turns - 1)
    late = hours > rules.hours[turn] + _EPSILON
    return late, (money > state.money + _EPSILON) & (money > 0.0)


def _check_ranges(rules: Rules, choices: Choices) -> None:
    sizes = rules.sizes
    limits = (
        ("choice/unknown-action", choices.action, sizes.actions),
        ("choice/unknown-tone", choices.tone, 4),
        ("choice/unknown-person", choices.person, sizes.people - 1),
    )
    for code, values, highest in limits:
        _refuse(code, (values < 0) | (values > highest))
    _refuse(
        "response/unknown",
        (choices.response < 0) | (choices.response > rules.encounters.paths),
    )


def _check_actions(rules: Rules, state: State, choices: Choices) -> None:
    used = choices.action > 0
    if not used.any():
        return
    allowed = action_mask(rules, state)
    cells = np.arange(used[..., 0].size).reshape(*used.shape[:2], 1) * rules.sizes.actions
    permitted = allowed.take(cells + np.maximum(choices.action - 1, 0))
    _refuse("action/not-allowed", used & ~permitted)
    people = np.arange(rules.sizes.customers)[:, None] * rules.sizes.people + choices.person
    _refuse("choice/unknown-person", used & ~rules.present.reshape(-1).take(people))
    for slot in range(1, choices.action.shape[-1]):
        earlier = choices.action[..., :slot] == choices.action[..., slot, None]
        _refuse("action/twice", (earlier & used[..., slot, None]).any(axis=-1))


def _check_responses(rules: Rules, state: State, choices: Choices) -> None:
    answered = choices.response > 0
    run, which = np.nonzero(answered)
    opened = state.open_encounter[run, rules.encounters.customer[which]] == which + 1
    if opened.all() and not _guarded(rules)[which].any():
        return
    for encounter in np.flatnonzero(answered.any(axis=0)).tolist():
        given = answered[:, encounter]
        customer = int(rules.encounters.customer[encounter])
        opened = state.open_encounter[:, customer] == encounter + 1
        _refuse("response/not-open", given & ~opened)
        if _guarded(rules)[encounter]:
            path = np.maximum(choices.response[:, encounter] - 1, 0)
            allowed = path_mask(rules, state, encounter)
            permitted = np.take_along_axis(allowed, path[:, None], axis=1)
            _refuse("response/not-allowed", given & ~permitted[:, 0])


def _refuse(code: str, wrong: Mask | Indices) -> None:
    if wrong.any():
        place = tuple(int(axis[0]) for axis in np.nonzero(wrong))
        raise IllegalChoiceError(code, place=place)
