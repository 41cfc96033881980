"""Experiments on the model: a market of customers that is led through the real step.

The rules are those of `laboratory.yaml`, compiled with the library's coefficients. An experiment
may set the state between two turns and give the draws, nothing else. Every one runs twice: on
*neutral* tables, where no deed takes a step in a protocol, speaks to a motive or builds on the file
(so that E1-E27 stand alone), and on the tables as *shipped*.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
import yaml

from sim import draws as chance
from sim.arrays import Array, Mask
from sim.engine.parameters import Parameters
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import Choices, Draws, Mood, Outcome, State, Status
from sim.engine.step import step
from sim.exact import normal_quantile
from sim.paths import scenarios_dir
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario
from tests.validity.recommended import switched_on

Tables = Literal["neutral", "shipped"]
Value = float | Array | Mask
Values = dict[str, float]

LABORATORY = Path(__file__).with_name("laboratory.yaml")
ALMOST_ONE = 1.0 - 2.0**-53
CUSTOMERS = 4000  # in every experiment that rests on chance, at least

on_both_tables = pytest.mark.parametrize("tables", ["neutral", "shipped"])
for_some_seeds = pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))]
)

_EXTRAS = ("appeal", "uses", "manner", "step")  # of N2, N6, D11 and N1
_MOTIVES = "motives: {respect: 5, convenience: 3, thrift: 2}"
_TRAITS = ("personal_fit", "frailty", "style")
_PLACES = {
    "noise": ("delivery", 0),
    "failure": ("delivery", 1),
    "voice": ("response", 0),
    "kept": ("response", 1),
    "leave": ("response", 2),
}


# Markets -------------------------------------------------------------------------------------


@cache
def market(
    tables: Tables,
    *offers: str,
    customers: int = 1,
    slots: int = 1,
    friends: int = 0,
    extra: str = "",
) -> Rules:
    """The rules of a market.

    Args:
        tables: with or without what protocols, motives and the file do.
        offers: the actions of the experiment, the library's or the laboratory's own.
        customers: C.
        slots: actions that a customer can be given in a turn; the schema's limit does not apply.
        friends: how many neighbours on a ring each customer is tied to, even.
        extra: further sections of the scenario.
    """
    extra = switched_on(extra) if tables == "shipped" else extra
    written = LABORATORY.read_text("utf-8") + _portfolio(offers, customers, friends) + extra
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "laboratory.yaml"
        file.write_text(written, "utf-8")
        library = _neutral_library() if tables == "neutral" else None
        rules = compile_scenario(load_scenario(file, library=library))
    return replace(rules, sizes=replace(rules.sizes, slots=slots))


def _portfolio(offers: Sequence[str], customers: int, friends: int) -> str:
    steps = [step for step in range(-friends // 2, friends // 2 + 1) if step]
    lines = [f"offers: [{', '.join(offers or ('visit',))}]", "customers:"]
    for index in range(customers):
        ties = ", ".join(f"c{(index + step) % customers}: 100%" for step in steps)
        lines.append(f"  c{index}: {{name: {{en: C, zh: 客}}, {_MOTIVES}, ties: {{{ties}}}}}")
    return "\n".join([*lines, ""])


@cache
def _neutral_library() -> Path:
    """The shipped library with the tables of N1, N2, N6 and D11 emptied."""
    folder = Path(tempfile.mkdtemp(prefix="neutral-library-"))
    for path in (scenarios_dir() / "library").glob("*.yaml"):
        content: Any = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        if path.stem == "protocols":
            content["protocols"] = {}
        for action in content.get("actions", {}).values() if path.stem == "actions" else ():
            for name in _EXTRAS:
                action.pop(name, None)
        text = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (folder / path.name).write_text(text, "utf-8")
    return folder


# States --------------------------------------------------------------------------------------


def population(rules: Rules, runs: int, seed: int = 0) -> State:
    """The opening state of `runs` games, with style, mood, fit and frailty drawn."""
    return start(rules, chance.draw_start(seed, shape(rules), runs=runs))


def shape(rules: Rules) -> chance.Shape:
    """The slots of a market."""
    sizes = rules.sizes
    return chance.Shape(sizes.customers, sizes.people, sizes.events, sizes.encounters)


def put(state: State, **values: Value) -> State:
    """The state with some fields set.

    Args:
        state: left alone.
        values: a number or an array that broadcasts to [R, C], the same for all people and the
            rest; of what belongs to the whole market [R]; hidden traits by their own names.
    """
    hidden = {name: _filled(state, name, values.pop(name)) for name in _TRAITS if name in values}
    if hidden:
        state = replace(state, traits=replace(state.traits, **hidden))
    return replace(state, **{name: _filled(state, name, value) for name, value in values.items()})


def _filled(state: State, name: str, value: Value) -> Any:
    old = getattr(state.traits if name in _TRAITS else state, name)
    wanted = old.shape
    if name in _TRAITS:
        wanted = state.mood.shape if name == "style" else state.status.shape
    array = np.asarray(value)
    if array.ndim:
        array = array.reshape(array.shape + (1,) * max(len(wanted) - 2, 0))
    return np.array(np.broadcast_to(array, wanted), dtype=old.dtype, order="C")


def holding(rules: Rules, state: State, satisfaction: Value) -> State:
    """The state with satisfaction at a level and an offer that keeps it there.

    A steady customer expects what he gets (b = a), so that the level of the service alone decides;
    the most satisfied get the best there is and expect a little less.
    """
    p = rules.parameters
    level = np.broadcast_to(np.asarray(satisfaction, dtype=np.float64), state.status.shape)
    best = (98.0 - p.satisfaction_base) * p.quality_weight
    above = level - p.satisfaction_base
    served = p.satisfaction_base + np.minimum(above, best) / p.quality_weight
    gap = _gap_worth(p, np.maximum(above - best, 0.0) / p.gap_weight)
    return put(
        state,
        satisfaction=level,
        expectation=served / (1.0 + gap),
        personal_fit=served - state.core_quality[:, None],
        mood=float(Mood.CALM),
    )


def _gap_worth(p: Parameters, value: Array) -> Array:
    """The gap d >= 0 whose value v(d) is given (the inverse of E8)."""
    edge = p.tolerance_slope * p.tolerance
    outside = np.maximum(value - edge, 0.0) ** (1.0 / p.gap_power)
    return np.where(value <= edge, value / p.tolerance_slope, p.tolerance + outside)


def meter(values: Array) -> Array:
    """The only person's meter at each customer, [R, C, 1] -> [R, C]."""
    return values[..., 0]


def active(state: State) -> Mask:
    """Who is a customer, [R, C]."""
    return state.status == Status.ACTIVE


# Chance --------------------------------------------------------------------------------------


def lots(rules: Rules, runs: int, month: int, seed: int) -> Draws:
    """Real chance, the same for every policy of an experiment."""
    return chance.draw(seed, month, shape(rules), runs=runs)


def luckless(rules: Rules, runs: int, **given: float) -> Draws:
    """Chance that brings nothing: no noise, no failure, no change of mood, nobody leaves.

    Args:
        rules: of the market.
        runs: R.
        given: numbers that fall otherwise, as for `settled`.
    """
    sizes = rules.sizes
    customers = (runs, sizes.customers, 4)
    even = Draws(
        delivery=np.full(customers, 0.5),
        response=np.full(customers, 0.5),
        growth=np.full(customers, 0.5),
        person=np.full((runs, sizes.customers, sizes.people, 4), 0.5),
        event=np.full((runs, sizes.events, 4), 0.5),
        encounter=np.full((runs, sizes.encounters, 4), 0.5),
    )
    return settled(even, **given)


def settled(draws: Draws, **given: float) -> Draws:
    """The draws without failures and without leaving, unless a number for that is given.

    Args:
        draws: left alone.
        given: numbers by name: noise, failure, voice, kept (a promise), leave.
    """
    changed = {"delivery": draws.delivery.copy(), "response": draws.response.copy()}
    for name, value in {"failure": ALMOST_ONE, "leave": ALMOST_ONE, **given}.items():
        block, column = _PLACES[name]
        changed[block][..., column] = value
    return replace(draws, **changed)


def normals(runs: int, columns: int, seed: int) -> Array:
    """Standard normal numbers for what a population differs in, [R, columns, 4]."""
    uniform = chance.uniform_block(seed, 0, chance.REVIEW, runs=runs, slots=columns)
    return normal_quantile(np.maximum(uniform, 2.0**-54))


# Turns ---------------------------------------------------------------------------------------


def do(rules: Rules, runs: int, *deeds: str, where: Value = True, tone: Value = 0) -> Choices:
    """Choices of one turn: some actions for the customers marked, one slot each.

    Args:
        rules: of the market.
        runs: R.
        deeds: ids of actions, in order, or of actions on the whole market.
        where: which customers, broadcast to [R, C].
        tone: 0 neutral or 1 + style, broadcast to [R, C].
    """
    sizes, at = rules.sizes, (runs, rules.sizes.customers)
    action = np.zeros((*at, sizes.slots), dtype=np.intp)
    tones = np.zeros((*at, sizes.slots), dtype=np.intp)
    bought = np.zeros((runs, sizes.market_actions), dtype=np.bool_)
    marked = np.broadcast_to(np.asarray(where, dtype=np.bool_), at)
    for slot, deed in enumerate(deeds):
        if deed in rules.market_ids:
            bought[:, rules.market_ids.index(deed)] = True
        else:
            action[..., slot] = np.where(marked, rules.action_ids.index(deed) + 1, 0)
            tones[..., slot] = np.where(marked, tone, 0)
    return Choices(
        action=action,
        tone=tones,
        person=np.zeros_like(action),
        market=bought,
        response=np.zeros((runs, sizes.encounters), dtype=np.intp),
    )


def turn(
    rules: Rules,
    state: State,
    *deeds: str,
    draws: Draws | None = None,
    where: Value = True,
    tone: Value = 0,
    ledger: bool = False,
) -> tuple[State, Outcome]:
    """Play one turn through the real step; without draws, chance brings nothing."""
    runs = state.money.shape[0]
    choices = do(rules, runs, *deeds, where=where, tone=tone)
    return step(rules, state, choices, draws or luckless(rules, runs), ledger=ledger)


def survival(rules: Rules, state: State, level: Value, months: int) -> list[Array]:
    """Chance of still being here after each month, satisfaction held, [R, C] each.

    The product of the chances to stay that the step gives, for customers whom no draw takes away.
    """
    here: Array = np.ones(state.status.shape)
    course: list[Array] = []
    for _ in range(months):
        state, _ = turn(rules, holding(rules, state, level))
        here = here * (1.0 - state.leave_chance)
        course.append(here)
    return course
