"""How long a class waits for its debrief: `python -m benchmarks.class_debrief --games N`.

Time on the clock and processor time: every decision of the class valued (as many processes as the
server takes), the debrief put together, the whole class played again under another condition, and
the pages drawn. The class is made of bots that change on the way, each at random in a turn of its
own, so that no two play alike (the same game twice is valued once); the pars are measured
beforehand.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.clock import table
from sim import draws
from sim.classroom.debrief import what_if
from sim.classroom.debrief.debrief import class_debrief
from sim.classroom.debrief.games import ClassGame
from sim.classroom.debrief.valuing import Valuing
from sim.engine.start import start
from sim.engine.step import step
from sim.game import GameRecord, result_of, shape_of, turn_from
from sim.lab.pars import pars
from sim.lab.policies import policy
from sim.lab.runs import choose
from sim.play.case import Case, open_case, pars_dir
from sim.play.session import new_record
from sim.ui.report.class_page import ClassReports
from sim.view.class_debrief import class_view

BOTS = ("noisy-expert", "vip", "loudest", "discount", "visits", "random", "nothing")
SEED = 7
_TELLING = 10.0  # seconds
T = TypeVar("T")


def classmate(case: Case, number: int) -> GameRecord:
    """A game under the luck of the class."""
    shape = shape_of(case.rules)
    state, turns = start(case.rules, draws.draw_start(SEED, shape)), []
    for turn in range(case.rules.sizes.turns):
        name = BOTS[(number + number % 3 * (turn // 3)) % len(BOTS)]
        if turn == number % case.rules.sizes.turns:
            name = "random"
        chosen = choose(case.rules, policy(name), state, seed=1000 + number)
        turns.append(turn_from(case.rules, chosen))
        state, _ = step(case.rules, state, chosen, draws.draw(SEED, turn, shape))
    played = {"turns": tuple(turns), "result": result_of(case.rules, state)}
    return new_record(case, SEED).model_copy(update=played)


def valued(valuing: Valuing) -> None:
    """Wait until all is there, saying from time to time how far it is."""
    begun, said = time.perf_counter(), 0.0
    valuing.start()
    while valuing.busy:
        valuing.poll()
        elapsed = time.perf_counter() - begun
        if elapsed >= said + _TELLING:
            said = elapsed
            print(f"{valuing.done:4.0%} valued after {elapsed:.0f} s", file=sys.stderr, flush=True)
        time.sleep(0.05)
    if valuing.problem is not None:
        raise SystemExit(f"{valuing.problem.code} {valuing.problem.data}")


def timed(name: str, rows: list[list[str]], work: Callable[[], T]) -> T:
    """Do something and note how long it took."""
    before, begun = os.times(), time.perf_counter()
    found = work()
    after, ended = os.times(), time.perf_counter()
    used = sum(after[:4]) - sum(before[:4])
    rows.append([name, f"{ended - begun:.1f} s", f"{used:.1f} s"])
    return found


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("scenario", nargs="?", default="corner-cafe")
    asked.add_argument("--games", type=int, default=30)
    given = asked.parse_args()
    with TemporaryDirectory() as home:
        os.environ["RAPPORT_HOME"] = home
        case = open_case(given.scenario)
        pars(case.rules, case.fingerprint, pars_dir())
        print(f"{given.games} games are played", file=sys.stderr, flush=True)
        games = [
            ClassGame(f"Seat {number}", None, classmate(case, number))
            for number in range(given.games)
        ]
        rows: list[list[str]] = []
        valuing = Valuing(case, games)
        timed("every decision valued", rows, lambda: valued(valuing))
        timed("the same again, from its files", rows, lambda: valued(Valuing(case, games)))
        found = timed(
            "debrief put together", rows, lambda: class_debrief(case, games, valuing.reviews)
        )
        other = timed("what if", rows, lambda: what_if.play(case, games, {"churn": 0.05}))
        for lang in ("en", "zh"):
            view = class_view(case, games, found, lang, changed=other)
            timed(f"one file, {lang}", rows, partial(ClassReports().page, view))
    title = f"{given.scenario}, {given.games} games"
    print(table(title, ["", "clock", "processors"], rows))


if __name__ == "__main__":
    main()
