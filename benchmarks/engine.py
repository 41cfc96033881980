"""The engine beside what it competes with, piece by piece in one process.

- *floor*: generating the draws of a turn and copying the state, which no engine can do without;
- *objects* and *Mesa*: the consumer's part of the model as Python objects, bare and as agents.

All play the same deeds with the same draws. The engine also does what the scenario does not use
(complaints, word of mouth, deals, moods, files), and checks that every deed is allowed.
"""

from dataclasses import fields, replace
from functools import cache, partial
from pathlib import Path

import numpy as np

from benchmarks.clock import Timed
from benchmarks.consumer import CONSUMERS, Chosen, Consumer, Luck, befriend, world
from benchmarks.mesa_model import Market
from sim import draws
from sim.arrays import Array
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import Choices, Draws, State
from sim.engine.step import step
from sim.game import shape_of
from sim.lab.policies import policy
from sim.lab.runs import CHUNK, choose
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario

SEED = 5


@cache
def compiled(path: Path) -> Rules:
    """The rules of a scenario file."""
    return compile_scenario(load_scenario(path))


def opening(rules: Rules, runs: int = 1, first_run: int = 0) -> State:
    """Opening states."""
    return start(rules, draws.draw_start(SEED, shape_of(rules), runs=runs, first_run=first_run))


def chance(rules: Rules, turn: int, runs: int = 1, first_run: int = 0) -> Draws:
    """The draws of a turn."""
    return draws.draw(SEED, turn, shape_of(rules), runs=runs, first_run=first_run)


def plan(rules: Rules, turn: int, runs: int, first_run: int) -> Choices:
    """A deed for every third customer, two for every ninth, changing from turn to turn."""
    run, customer = np.ogrid[first_run : first_run + runs, : rules.sizes.customers]
    phase = run + customer + turn
    actions = rules.sizes.actions
    action = np.zeros((runs, rules.sizes.customers, rules.sizes.slots), dtype=np.intp)
    action[..., 0] = np.where(phase % 3 == 0, 1 + phase % actions, 0)
    action[..., 1] = np.where(phase % 9 == 0, 1 + (phase + 5) % actions, 0)
    blank = np.zeros_like(action)
    return Choices(
        action=action,
        tone=np.where(action > 0, (phase % 5)[..., None], 0),
        person=blank,
        market=np.zeros((runs, 0), dtype=np.bool_),
        response=np.zeros((runs, 0), dtype=np.intp),
    )


def copied(state: State) -> State:
    """A state with arrays of its own, hidden traits apart: they never change."""
    arrays = {
        entry.name: value.copy()
        for entry in fields(state)
        if isinstance(value := getattr(state, entry.name), np.ndarray)
    }
    return replace(state, **arrays)  # type: ignore[arg-type]  # each array keeps its own kind


def race(runs: int, rounds: int = 1) -> Timed:
    """All competitors through whole games, chunk by chunk; ns per customer and turn."""
    rules, timed = compiled(CONSUMERS), Timed()
    for begin in range(0, runs * rounds, min(runs, CHUNK)):
        size = min(CHUNK, runs)
        _arrays(rules, timed, size, begin)
        _objects(rules, timed, begin)
    return timed


def _arrays(rules: Rules, timed: Timed, runs: int, first_run: int) -> None:
    """The engine and the floor through one chunk of games."""
    spent = {"engine": 0.0, "floor": 0.0}
    inner = Timed()
    state = opening(rules, runs, first_run)
    for turn in range(rules.sizes.turns):
        choices = plan(rules, turn, runs, first_run)
        drawn, drawing = inner.call("draw", partial(chance, rules, turn, runs, first_run))
        _, copying = inner.call("copy", partial(copied, state))
        (state, _), playing = inner.call("step", partial(step, rules, state, choices, drawn))
        spent["engine"] += drawing + playing
        spent["floor"] += drawing + copying
    units = runs * rules.sizes.customers * rules.sizes.turns
    for name, taken in spent.items():
        timed.note(name, taken / units)


def _objects(rules: Rules, timed: Timed, run: int) -> None:
    """The two object models through the game of one run."""
    state, shared = opening(rules, 1, run), world(rules)
    people = [Consumer(shared, place, state) for place in range(rules.sizes.customers)]
    befriend(people, rules)
    market, inner = Market(rules, shared, state), Timed()
    spent = {"objects": 0.0, "mesa": 0.0}
    for turn in range(rules.sizes.turns):
        chosen, luck = plain(plan(rules, turn, 1, run), chance(rules, turn, 1, run))
        _, taken = inner.call("objects", partial(play, people, chosen, luck))
        spent["objects"] += taken
        market.chosen, market.luck = chosen, luck
        _, taken = inner.call("mesa", market.step)
        spent["mesa"] += taken
    units = rules.sizes.customers * rules.sizes.turns
    for name, taken in spent.items():
        timed.note(name, taken / units)


def plain(choices: Choices, drawn: Draws) -> tuple[list[list[Chosen]], list[Luck]]:
    """The choices and draws of one game as lists, customer by customer."""
    chosen = [
        [(row, tone) for row, tone in zip(rows, tones, strict=True) if row]
        for rows, tones in zip(choices.action[0].tolist(), choices.tone[0].tolist(), strict=True)
    ]
    delivery, response = drawn.delivery[0].tolist(), drawn.response[0].tolist()
    luck = [Luck(d[0], d[1], d[2], r[2]) for d, r in zip(delivery, response, strict=True)]
    return chosen, luck


def play(customers: list[Consumer], chosen: list[list[Chosen]], luck: list[Luck]) -> None:
    """One turn of the bare objects."""
    for customer, deeds, fate in zip(customers, chosen, luck, strict=True):
        customer.meet(deeds, fate)
    for customer in customers:
        customer.hear()
    for customer in customers:
        customer.label()


def turns(path: Path, *, runs: int, games: int, ledger: bool) -> Timed:
    """Turns of the expert's games: what choosing, seeing and playing cost, in ns a turn.

    `addition` is one numpy addition of a number per customer, the smallest step of array work.
    """
    rules, timed, expert = compiled(path), Timed(), policy("expert")
    small = np.zeros((1, rules.sizes.customers))
    for game in range(games):
        first = game * runs
        state = opening(rules, runs, first)
        for turn in range(rules.sizes.turns):
            choices, _ = timed.call(
                "expert", partial(choose, rules, expert, state, seed=SEED, first_run=first)
            )
            drawn, drawing = timed.call("draw", partial(chance, rules, turn, runs, first))
            (state, _), playing = timed.call(
                "step", partial(step, rules, state, choices, drawn, ledger=ledger)
            )
            timed.note("turn", drawing + playing)
            _, hundred = timed.call("additions", partial(additions, small))
            timed.note("addition", hundred / 100)
    return timed


def additions(small: Array) -> None:
    """A hundred additions."""
    for _ in range(100):
        small + small  # only its time is wanted
