"""The rival in `benchmarks` does the engine's work: the same numbers from the same draws.

The scenario uses only the equations that stand twice. Two things of the engine have no switch, so
the draws see to them: moods stay as they are, and failures wait for the last turn. What a failure
does to satisfaction is compared then; attitudes wait for the answer to it (E13-E16).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.consumer import Consumer, Luck, befriend, world
from sim import draws
from sim.arrays import Mask
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import Choices, Draws, State, Status
from sim.engine.step import step
from sim.game import shape_of
from sim.lab.policies import policy
from sim.lab.runs import choose
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario

SCENARIO = Path(__file__).parents[2] / "benchmarks" / "consumers.yaml"
SEED, GAMES = 11, 4
CLOSE = 1e-9
DELIVERED = ("experience", "expectation", "satisfaction", "purchases", "contact")
LATER = (
    "trust",
    "loyalty",
    "earned_procedural",
    "coercive_procedural",
    "earned_financial",
    "coercive_financial",
    "coercive_turns",
    "bond",
    "resentment",
    "dependence",
    "reference_price",
    "leave_chance",
    "profit",
    "historic_value",
    "friends_left",
    "stage",
    "status",
)

Chosen = list[list[tuple[int, int]]]
Play = Callable[[Chosen, list[Luck]], None]


@cache
def rules() -> Rules:
    return compile_scenario(load_scenario(SCENARIO))


def chance(turn: int, game: int) -> Draws:
    drawn = draws.draw(SEED, turn, shape_of(rules()), first_run=game)
    person, delivery = drawn.person.copy(), drawn.delivery.copy()
    person[..., 2], person[..., 3] = 0.5, 0.99
    if turn + 1 < rules().sizes.turns:
        delivery[..., 1] = 0.99
    return replace(drawn, person=person, delivery=delivery)


def plain(choices: Choices, drawn: Draws) -> tuple[Chosen, list[Luck]]:
    chosen = [
        [(int(row), int(tone)) for row, tone in zip(rows, tones, strict=True) if row]
        for rows, tones in zip(choices.action[0], choices.tone[0], strict=True)
    ]
    delivery, response = drawn.delivery[0].tolist(), drawn.response[0].tolist()
    return chosen, [Luck(d[0], d[1], d[2], r[2]) for d, r in zip(delivery, response, strict=True)]


def as_objects(opening: State) -> tuple[Sequence[Consumer], Play]:
    shared = world(rules())
    customers = [Consumer(shared, place, opening) for place in range(rules().sizes.customers)]
    befriend(customers, rules())

    def play(chosen: Chosen, luck: list[Luck]) -> None:
        for customer, deeds, fate in zip(customers, chosen, luck, strict=True):
            customer.meet(deeds, fate)
        for customer in customers:
            customer.hear()
            customer.label()

    return customers, play


def as_agents(opening: State) -> tuple[Sequence[Consumer], Play]:
    pytest.importorskip("mesa", reason="Mesa comes with `run.py setup bench`")
    from benchmarks.mesa_model import Market  # noqa: PLC0415  # only where Mesa is installed

    market = Market(rules(), world(rules()), opening)

    def play(chosen: Chosen, luck: list[Luck]) -> None:
        market.chosen, market.luck = chosen, luck
        market.step()

    return market.customers, play


def compare(customers: Sequence[Consumer], before: State, after: State, failed: Mask) -> None:
    here = before.status[0] == Status.ACTIVE
    for names, compared in ((DELIVERED, here), (LATER, here & ~failed[0])):
        for name in names:
            wanted: Any = getattr(after, name)[0].reshape(len(customers))[compared]
            found = np.array([getattr(each, name) for each in customers])[compared]
            np.testing.assert_allclose(found, wanted, rtol=0, atol=CLOSE, err_msg=name)


@pytest.mark.parametrize("rival", [as_objects, pytest.param(as_agents, marks=pytest.mark.slow)])
def test_the_rival_says_what_the_engine_says(
    rival: Callable[[State], tuple[Sequence[Consumer], Play]],
) -> None:
    met = np.zeros(5)
    for game in range(GAMES):
        state = start(rules(), draws.draw_start(SEED, shape_of(rules()), first_run=game))
        customers, play = rival(state)
        for turn in range(rules().sizes.turns):
            choices = choose(rules(), policy("random"), state, seed=SEED, first_run=game)
            drawn = chance(turn, game)
            play(*plain(choices, drawn))
            after, outcome = step(rules(), state, choices, drawn)
            compare(customers, state, after, outcome.failed)
            events = (outcome.failed, outcome.left, outcome.over_contact > 0.0, choices.action > 0)
            met += [*(each.sum() for each in events), after.friends_left.any()]
            state = after
    assert met.min() > 0  # nothing is proved of what never happened


def test_the_scenario_uses_every_effect_of_the_rival() -> None:
    from benchmarks.consumer import Deed  # noqa: PLC0415

    assert not set(Deed.__dataclass_fields__) & rules().unused
