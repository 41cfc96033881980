"""A class of bots that share one luck: no two of them decide alike."""

from collections.abc import Callable
from functools import cache

import pytest

from sim.classroom.debrief.games import ClassGame
from sim.draws import draw, draw_start
from sim.engine.start import start
from sim.engine.step import step
from sim.game import GameRecord, result_of, shape_of, turn_from
from sim.lab.policies import policy
from sim.lab.runs import choose
from sim.play.case import Case, open_case
from sim.play.session import new_record

BOTS = ("noisy-expert", "vip", "loudest", "discount", "visits", "random", "nothing")
SEED = 7


@cache
def case_named(name: str) -> Case:
    return open_case(name)


@cache
def classmate(name: str, number: int, turns: int | None = None) -> GameRecord:
    """A game of somebody who changes bots on the way; the seed of the luck is that of the class."""
    case = case_named(name)
    rules, shape = case.rules, shape_of(case.rules)
    state, played = start(rules, draw_start(SEED, shape)), []
    for turn in range(rules.sizes.turns if turns is None else turns):
        bot = BOTS[(number + number % 3 * (turn // 3)) % len(BOTS)]
        chosen = choose(rules, policy(bot), state, seed=1000 + number)
        played.append(turn_from(rules, chosen))
        state, _ = step(rules, state, chosen, draw(SEED, turn, shape))
    result = result_of(rules, state) if turns is None else None
    return new_record(case, SEED).model_copy(
        update={"turns": tuple(played), "result": result, "pseudonym": f"Seat {number:02d}"}
    )


@pytest.fixture
def cafe() -> Case:
    return case_named("corner-cafe")


@pytest.fixture
def first_day() -> Case:
    return case_named("first-day")


@pytest.fixture
def a_class() -> Callable[..., list[ClassGame]]:
    """So many games of a scenario, the last one perhaps unfinished."""

    def made(name: str, size: int, *, unfinished: int | None = None) -> list[ClassGame]:
        games = [
            ClassGame(
                f"Seat {number:02d}", "Red" if number % 2 else "Blue", classmate(name, number)
            )
            for number in range(size)
        ]
        if unfinished is not None:
            late = classmate(name, size, turns=unfinished)
            games.append(ClassGame(f"Seat {size:02d}", None, late))
        return games

    return made
