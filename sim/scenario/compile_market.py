"""Events and the actions for the firm as a whole, as tables."""

from collections.abc import Sequence

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.rules import FACTORS, KINDS
from sim.engine.tables import Events, MarketRows
from sim.scenario.compile_encounters import ProgramAt
from sim.scenario.compile_rows import matrix, mood_code, survey_code, touchpoint_code
from sim.scenario.schema_rows import MarketAction, MarketEffect
from sim.scenario.schema_scenario import EventEffect, Scenario

_UNCHANGED = -1.0


def market_table(actions: Sequence[MarketAction], deal_start: float) -> MarketRows:
    """The market actions on offer, in the scenario's order."""
    effects = [action.effect for action in actions]
    starts = [
        deal_start if effect.newcomer_deal is None else effect.newcomer_deal for effect in effects
    ]
    return MarketRows(
        hours=_floats([action.hours for action in actions]),
        money=_floats([action.money for action in actions]),
        cooldown=_floats([action.cooldown for action in actions]),
        quality=_floats([effect.core_quality for effect in effects]),
        expectation=_floats([effect.expectation for effect in effects]),
        reach=_floats([effect.reach for effect in effects]),
        deal=_floats([effect.deal for effect in effects]),
        wakes=_floats([effect.wakes for effect in effects]),
        spend=_floats([effect.spend for effect in effects]),
        newcomer_active=np.array([e.newcomers == "active" for e in effects], dtype=np.bool_),
        newcomer_deal=_floats(starts),
        newcomer_discount=_floats([effect.newcomer_discount for effect in effects]),
        newcomer_frailty=_floats([effect.newcomer_frailty for effect in effects]),
        newcomer_contact=_floats([effect.newcomer_contact for effect in effects]),
        newcomer_reveals=matrix(
            [dict.fromkeys(each.newcomer_reveals, 1.0) for each in effects], KINDS
        ),
        salience=_floats([effect.salience for effect in effects]),
        rival_push=_floats([effect.rival_push for effect in effects]),
        study=_floats([effect.study for effect in effects]),
        forestalls=_floats([effect.forestalls for effect in effects]),
        needs_study=_floats([action.needs_study for action in actions]),
        stocks=_stocks(effects),
        cuts_training=np.array([effect.cuts_training for effect in effects], dtype=np.bool_),
        saves=_floats([effect.saves for effect in effects]),
        quiet_reveals=matrix([each.quiet_reveals for each in effects], KINDS),
        contacts=_floats([effect.contacts for effect in effects]),
        bond=_floats([effect.bond for effect in effects]),
        procedural=_floats([effect.earned_procedural for effect in effects]),
        openness=_floats([effect.openness for effect in effects]),
        failure_rate=_floats([effect.failure_rate for effect in effects]),
        touchpoint=np.array([touchpoint_code(e.touchpoint) for e in effects], dtype=np.intp),
        factors=matrix([each.factors for each in effects], FACTORS),
        survey=np.array([survey_code(effect.survey) for effect in effects], dtype=np.intp),
        tools=np.array([effect.tools for effect in effects], dtype=np.bool_),
    )


def _stocks(effects: Sequence[MarketEffect]) -> Array:
    """What each adds to the knowledge of people, product and staff, [market actions, 3] (N9)."""
    added = [(each.people_stock, each.product_stock, each.staff_stock) for each in effects]
    return np.array(added, dtype=np.float64).reshape(len(effects), 3)


def event_table(scenario: Scenario, program_at: ProgramAt) -> Events:
    """The events in file order."""
    events = list(scenario.events.values())
    effects, customers = [event.effect for event in events], tuple(scenario.customers)
    return Events(
        turn=np.array([event.turn or 0 for event in events], dtype=np.intp),
        chance=_floats([event.chance for event in events]),
        condition=tuple(program_at(f"events.{name}.when") for name in scenario.events),
        repeat=_floats([event.repeat for event in events]),
        competition=_floats(
            [_UNCHANGED if each.competition is None else each.competition for each in effects]
        ),
        rival_quality=_floats([each.rival_quality for each in effects]),
        rival_pull=_floats([each.rival_pull for each in effects]),
        rival_turns=_floats([each.rival_turns for each in effects]),
        rival_price=_floats([each.rival_price for each in effects]),
        rival_push=_floats([each.rival_push for each in effects]),
        by_rival=np.array([event.rival is not None for event in events], dtype=np.bool_),
        portability=np.array([each.portability for each in effects], dtype=np.bool_),
        core_quality=_floats([each.core_quality for each in effects]),
        failure_rate=_floats([each.failure_rate for each in effects]),
        factors=matrix([each.factors for each in effects], FACTORS),
        failure=matrix([each.failure for each in effects], customers),
        mood=_moods(scenario, effects),
        mood_chance=_floats([each.mood.chance if each.mood else 0.0 for each in effects]),
        contract_end=np.array([each.contract_end for each in effects], dtype=np.bool_),
        bond_loss=_floats([each.bond_loss for each in effects]),
        stale=_stale(scenario, effects),
        variable_shift=matrix([each.variables for each in effects], tuple(scenario.variables)),
        wakes=matrix([dict.fromkeys(each.wakes, 1.0) for each in effects], customers),
    )


def _moods(scenario: Scenario, effects: Sequence[EventEffect]) -> Indices:
    table = np.zeros((len(effects), len(scenario.customers)), dtype=np.intp)
    for e, effect in enumerate(effects):
        if effect.mood is None:
            continue
        for c, name in enumerate(scenario.customers):
            if effect.mood.who is None or name in effect.mood.who:
                table[e, c] = mood_code(effect.mood.to)
    return table


def _stale(scenario: Scenario, effects: Sequence[EventEffect]) -> Array:
    table = np.zeros((len(effects), len(scenario.customers), len(KINDS)))
    for e, effect in enumerate(effects):
        for c, name in enumerate(scenario.customers):
            for kind in effect.stale.get(name, []):
                table[e, c, KINDS.index(kind)] = 1.0
    return table


def _floats(values: Sequence[float]) -> Array:
    return np.array(values, dtype=np.float64)
