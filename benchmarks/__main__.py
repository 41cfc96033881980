"""Speed, reported and never judged: `python -m benchmarks` (a few minutes), `--quick` (one).

Figures are processor time of one core and depend on the machine and on who else uses it; the ratios
are what lasts. Needs the group `bench` (`python3 run.py setup bench`).
"""

import argparse
from collections.abc import Iterator

from benchmarks.clock import Timed, table
from benchmarks.consumer import CONSUMERS
from benchmarks.engine import race, turns
from benchmarks.startup import startup
from sim.paths import scenarios_dir

CAFE = scenarios_dir() / "corner-cafe" / "scenario.yaml"
GAMES = {"24 consumers": CONSUMERS, "corner-cafe": CAFE}


def throughput(sizes: dict[int, int]) -> Iterator[list[str]]:
    """One line for each number of runs."""
    for runs, rounds in sizes.items():
        timed = race(runs, rounds)
        yield [
            f"{runs} runs",
            f"{1e3 / timed.middle('engine'):.2f} M/s",
            f"{timed.middle('engine'):.0f} ns",
            f"{timed.middle('floor'):.0f} ns",
            f"{timed.middle('objects'):.0f} ns",
            f"{timed.middle('mesa'):.0f} ns",
            f"{timed.ratio('mesa', 'engine'):.1f} x",
            f"{timed.ratio('engine', 'floor'):.1f} x",
        ]


def single(games: int) -> Iterator[list[str]]:
    """One line for each game: a turn alone, with its ledger."""
    for name, path in GAMES.items():
        timed = turns(path, runs=1, games=games, ledger=True)
        yield [
            name,
            _ms(timed.middle("turn")),
            _ms(timed.share("turn", 99)),
            f"{timed.ratio('turn', 'addition'):.0f}",
            _ms(timed.middle("expert")),
            f"{timed.middle('addition'):.0f} ns",
        ]


def policies(sizes: dict[int, int]) -> Iterator[list[str]]:
    """One line for each game and number of runs: the expert in steps."""
    for name, path in GAMES.items():
        for runs, games in sizes.items():
            timed = turns(path, runs=runs, games=games, ledger=False)
            yield [
                f"{name}, {runs} runs",
                _ms(timed.middle("step")),
                _ms(timed.middle("expert")),
                f"{timed.ratio('expert', 'step'):.2f} x",
            ]


def starting(timed: Timed) -> Iterator[list[str]]:
    """One line for each command."""
    for name in timed.spent:
        yield [name, _ms(timed.middle(name)), f"{timed.ratio(name, 'bare'):.1f} x"]


def _ms(nanoseconds: float) -> str:
    return f"{nanoseconds / 1e6:.2f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs and games")
    quick = parser.parse_args().quick
    sizes = {256: 4, 4096: 1} if quick else {256: 12, 4096: 2, 65536: 1}
    heads = ["", "engine", "engine", "floor", "objects", "Mesa", "Mesa/engine", "engine/floor"]
    print(table("One customer for one turn", heads, throughput(sizes)))
    heads = ["", "p50", "p99", "in additions", "expert", "an addition"]
    print(table("One turn of one game, ledger included", heads, single(8 if quick else 40)))
    heads = ["", "step", "expert", "expert/step"]
    print(table("The expert", heads, policies({1: 8, 256: 1} if quick else {1: 20, 512: 4})))
    heads = ["", "time", "to bare"]
    print(table("Starting a process", heads, starting(startup(3 if quick else 9))))


if __name__ == "__main__":
    main()
