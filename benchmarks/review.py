"""How long a review takes: `python -m benchmarks.review [SCENARIO ...]`.

Time on the clock, and processor time of both processes that work on it, for each tier; the first
graph is what a player waits for. On a machine with other work to do only processor time tells much,
best as a share of a fixed piece of work in the same minute: forty turns of the expert's in
`RUNS` games. The pars of the scenario are measured beforehand, as the end of a game does. A second
table has the command line: from the start of the process to its first word and to the graph.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.clock import table
from benchmarks.consumer import CONSUMERS
from sim import draws
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.step import step
from sim.game import shape_of, to_json
from sim.lab.games import bot_game
from sim.lab.pars import pars
from sim.lab.policies import policy
from sim.lab.review.model import Tier
from sim.lab.review.review import review
from sim.lab.runs import choose
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.load import load_scenario

ROOT = Path(__file__).parents[1]
RUNS = 100
_TURNS = 40
_TIERS: tuple[Tier, ...] = ("instant", "standard")


def spent() -> float:
    """Processor seconds so far, of this process and of those that it has started and that ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def piece(rules: Rules) -> float:
    """Processor seconds of a fixed piece of work."""
    shape, bot = shape_of(rules), policy("expert")
    state = start(rules, draws.draw_start(7, shape, runs=RUNS))
    begun = spent()
    for _ in range(_TURNS):
        choices = choose(rules, bot, state, seed=7)
        step(rules, state, choices, draws.draw(7, 0, shape, runs=RUNS))
    return spent() - begun


def timed(rules: Rules, bot: str, tier: Tier, cache: Path) -> list[str]:
    """First graph and whole review: seconds on the clock, and of the processor."""
    record = bot_game(rules, bot, 7)
    unit, before, begun = piece(rules), spent(), perf_counter()
    first = worked = 0.0
    for number, _ in enumerate(
        review(rules, record, fingerprint=record.fingerprint, tier=tier, cache=cache)
    ):
        if number == 0:
            first, worked = perf_counter() - begun, spent() - before
    whole, work = perf_counter() - begun, spent() - before
    return [*(f"{each:.2f}" for each in (first, worked, whole, work)), f"{work / unit:.2f}"]


def lines(names: list[str], bot: str) -> Iterator[list[str]]:
    """One line for each scenario and tier."""
    with TemporaryDirectory() as folder:
        for name in names:
            rules = compile_scenario(load_scenario(CONSUMERS if name == "24 consumers" else name))
            pars(rules, fingerprint(rules), Path(folder))
            for tier in _TIERS:
                size = f"{rules.sizes.turns} x {rules.sizes.customers}"
                yield [name, size, tier, *timed(rules, bot, tier, Path(folder))]


def command(name: str, bot: str) -> list[str]:
    """Seconds on the clock from the start of `run.py review` to its first word and to the graph."""
    with TemporaryDirectory() as folder:
        home, rules = Path(folder), compile_scenario(load_scenario(name))
        pars(rules, fingerprint(rules), home / "pars")
        game = home / "game.json"
        game.write_text(to_json(bot_game(rules, bot, 7)), encoding="utf-8")
        begun = perf_counter()
        with subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "run.py", "review", str(game), "--tier", "instant", "--json"],
            cwd=ROOT,
            env={**os.environ, "RAPPORT_HOME": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            told = [perf_counter() - begun for _ in process.stderr or ()]
    return [name, f"{told[0]:.2f}", f"{told[-1]:.2f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="*", default=["24 consumers", "corner-cafe"])
    parser.add_argument("--bot", default="vip", help="who played the game that is reviewed")
    args = parser.parse_args()
    heads = (
        "scenario",
        "turns x customers",
        "tier",
        "first s",
        "of it processor s",
        "whole s",
        "processor s",
        "pieces",
    )
    print(table(f"Review of a game of {args.bot}", heads, lines(args.scenario, args.bot)))
    shipped = [command(name, args.bot) for name in args.scenario if name != "24 consumers"]
    print(table("On the command line", ("scenario", "first word s", "graph s"), shipped))


if __name__ == "__main__":
    main()
