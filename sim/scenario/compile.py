"""From a checked scenario to the constants the engine plays by.

    compile_scenario(loaded) -> Rules
    fingerprint(rules) -> str

Every number is made by operations that are exact on all machines, because games name the
fingerprint of the rules they were played under.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

import numpy as np

from sim.arrays import Array
from sim.engine.rules import KINDS, METERS, Ending, Judgement, Rules, Sizes
from sim.engine.tables import Rows
from sim.exact import fixed_sum
from sim.scenario import compile_customers as portfolio
from sim.scenario.compile_encounters import Tree, encounter_table, most_paths, opened, plant
from sim.scenario.compile_features import (
    features_of,
    in_play,
    instruments,
    touchpoint_shares,
)
from sim.scenario.compile_market import event_table, market_table
from sim.scenario.compile_parameters import parameters_for
from sim.scenario.compile_people import (
    coaching,
    cumulative,
    in_order,
    people_of,
    slots,
    width,
)
from sim.scenario.compile_protocols import protocol_table
from sim.scenario.compile_rows import NOTHING, Line, effect_table, motive_appeal
from sim.scenario.library import Library
from sim.scenario.load import Loaded
from sim.scenario.schema_rows import Action, MarketAction
from sim.scenario.schema_scenario import Scenario
from sim.scenario.schema_types import MOODS, STYLES


@dataclass(frozen=True)
class _Offer:
    """What the player can choose from, in the scenario's order."""

    actions: Mapping[str, Action]
    market_actions: Mapping[str, MarketAction]


def compile_scenario(loaded: Loaded) -> Rules:
    """Turn a scenario without errors into rules.

    Args:
        loaded: what `load_scenario` returns.
    """
    scenario, library = loaded.scenario, loaded.library
    offer = _offer(loaded)
    head = [NOTHING, *(Line(action) for action in offer.actions.values())]
    trees, tail = plant(scenario.encounters, len(head), loaded.program)
    lines = [*head, *tail]
    names = tuple(scenario.variables)
    rows = effect_table(lines, library, names)
    parameters = parameters_for(scenario, library)
    place = slots(scenario, library)
    appeal = motive_appeal(lines)
    axes = portfolio.Axes(len(offer.actions), len(library.protocols))
    features = features_of(scenario, parameters)
    market = market_table(list(offer.market_actions.values()), parameters.deal_start)
    events = event_table(scenario, loaded.program)
    setting = portfolio.Setting(scenario, library, parameters, place, features)
    start, book = portfolio.opening(setting, axes)
    neighbour, tie = portfolio.ties(scenario)
    return Rules(
        sizes=_sizes(loaded, offer, trees, len(lines)),
        parameters=parameters,
        rows=rows,
        protocols=protocol_table(library.protocols, rows.step),
        market=market,
        encounters=encounter_table(scenario, trees, loaded.program, loaded.looks_at_customer),
        events=events,
        instruments=instruments(library),
        touchpoint_share=touchpoint_shares(library),
        opening=start,
        motive_appeal=appeal,
        motive_has=np.asarray((appeal > 0.0).any(axis=1), dtype=np.float64),
        mood_transition=_transition(library),
        mood_sign=np.array([library.moods[mood].colour for mood in MOODS], dtype=np.float64),
        coach_criteria=coaching(scenario),
        style_gate=np.array([library.styles[each].trust_gate for each in STYLES]),
        role_weight=place.role_weight,
        deal_weight=place.deal_weight,
        veto=place.veto,
        role=place.role,
        present=place.present,
        segment=portfolio.segments(scenario),
        knowledge_weight=_knowledge_weight(library),
        mood_kind_fades=np.array([float(kind == "mood") for kind in KINDS]),
        neighbour=neighbour,
        tie=tie,
        failure_exposure=np.array(
            [each.failure_exposure for each in scenario.customers.values()], dtype=np.float64
        ),
        features=features,
        hours=_each_turn(scenario.budget.hours, scenario.turns),
        income=_each_turn(scenario.budget.income, scenario.turns),
        score_weight=np.array(in_order(scenario.score, METERS), dtype=np.float64),
        score_customers=book.potential,
        opening_size=start.state["size"],
        opening_value=book.value,
        opening_profit=book.profit,
        opening_brought=book.brought,
        reveal_all=scenario.reveal == "all",
        endings=tuple(
            Ending(name, loaded.program(f"endings.{name}.when")) for name in scenario.endings
        ),
        variable_names=names,
        customer_ids=tuple(scenario.customers),
        action_ids=tuple(offer.actions),
        market_ids=tuple(offer.market_actions),
        encounter_ids=tuple(entry.id for entry in opened(scenario)),
        event_ids=tuple(scenario.events),
        protocol_ids=tuple(library.protocols),
        people_ids=tuple(tuple(people_of(name, each)) for name, each in scenario.customers.items()),
        path_ids=tuple(
            tuple(path.responses for path in trees[entry.name].paths) for entry in opened(scenario)
        ),
        unused=_unused(rows),
        uses_motives=bool((appeal > 0.0).any()) and _has_motives(scenario),
        uses_protocols=bool((rows.step > 0.0).any()),
        judgement=Judgement(**scenario.judgement.model_dump()),
        uses=in_play(parameters, features, _unused(rows), market=market, events=events),
    )


def _offer(loaded: Loaded) -> _Offer:
    offered = loaded.scenario.offers
    return _Offer(
        {name: loaded.actions[name] for name in offered if name in loaded.actions},
        {name: loaded.market_actions[name] for name in offered if name in loaded.market_actions},
    )


def _sizes(loaded: Loaded, offer: _Offer, trees: Mapping[str, Tree], rows: int) -> Sizes:
    scenario = loaded.scenario
    paths, depth = most_paths(trees)
    return Sizes(
        customers=len(scenario.customers),
        people=width(scenario),
        rows=rows,
        actions=len(offer.actions),
        market_actions=len(offer.market_actions),
        encounters=len(opened(scenario)),
        paths=paths,
        depth=depth,
        events=len(scenario.events),
        protocols=len(loaded.library.protocols),
        variables=len(scenario.variables),
        slots=scenario.actions_per_customer,
        turns=scenario.turns,
    )


def _transition(library: Library) -> Array:
    """Cumulative chances of going from mood to mood, [4, 4]."""
    rows = [cumulative([library.chance(mood, other) for other in MOODS]) for mood in MOODS]
    return np.stack(rows)


def _knowledge_weight(library: Library) -> Array:
    weights = np.array([library.kinds[kind].weight for kind in KINDS], dtype=np.float64)
    return weights / fixed_sum(weights)


def _each_turn(values: Sequence[float], turns: int) -> Array:
    """One value for every turn; a single one holds throughout."""
    return np.array(list(values) * turns if len(values) == 1 else values, dtype=np.float64)


def _has_motives(scenario: Scenario) -> bool:
    return any(
        person.motives
        for customer in scenario.customers.values()
        for person in (customer, *customer.people.values())
    )


def _unused(rows: Rows) -> frozenset[str]:
    """Columns that are in every row as in row 0, which does nothing."""
    columns = {field.name: getattr(rows, field.name) for field in fields(rows)}
    return frozenset(
        name
        for name, column in columns.items()
        if name not in {"receptivity", "fit"} and bool((column == column[:1]).all())
    )


def fingerprint(rules: Rules) -> str:
    """SHA-256 of everything in the rules, the same on every machine; texts are not part of it."""
    digest = hashlib.sha256()
    for piece in _pieces("rules", rules):
        digest.update(struct.pack("<Q", len(piece)))
        digest.update(piece)
    return digest.hexdigest()


def _pieces(name: str, value: object) -> Iterator[bytes]:
    """A value as bytes: its name first, then what it holds, in a fixed order."""
    yield name.encode()
    if is_dataclass(value):
        inner = {field.name: getattr(value, field.name) for field in fields(value)}
        yield from _entries(inner)
    elif isinstance(value, np.ndarray):
        yield from _array_pieces(value)
    elif isinstance(value, Mapping):
        yield from _entries(dict(sorted(value.items())))
    elif isinstance(value, frozenset):
        yield from _pieces("set", tuple(sorted(value)))
    elif isinstance(value, tuple):
        yield struct.pack("<Q", len(value))
        yield from _entries({str(index): item for index, item in enumerate(value)})
    else:
        yield struct.pack("<d", value) if isinstance(value, float) else repr(value).encode()


def _entries(values: Mapping[str, object]) -> Iterator[bytes]:
    for name, value in values.items():
        yield from _pieces(name, value)


def _array_pieces(value: np.ndarray) -> Iterator[bytes]:
    kinds = {"f": "<f8", "i": "<i8", "b": "|b1"}
    yield f"{value.dtype.kind}{value.shape}".encode()
    yield np.ascontiguousarray(value, dtype=kinds[value.dtype.kind]).tobytes()
