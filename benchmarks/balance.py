"""How long a scenario's balance takes: `python -m benchmarks.balance [SCENARIO] [--games N]`.

Processor seconds of one core, so that others on the machine count little: games of each kind of
bot for several widths of a batch, the expert's games whose decisions are also made otherwise for
several sizes of a chunk, and from both what a whole sweep takes. Two quiet cores take half of it.
"""

import argparse
from collections.abc import Iterator

from benchmarks.clock import Timed, table
from sim.lab.balance import forks
from sim.lab.balance.plan import FORKED, GAMES, WIDE, Chunk, Deck, deck, plan, shared_out
from sim.lab.balance.work import work
from sim.scenario.load import load_scenario

BOTS = ("expert", "vip", "random", "nothing", "only:{action}")
WIDTHS = (64, 128, 256, 512)
CHUNKS = (10, 25, 50)
ON_THEIR_WAY = (320, 640, 1280)


def milliseconds(timed: Timed, shared: Deck, chunk: Chunk) -> float:
    """Processor time of a game of a chunk."""
    _, taken = timed.call(repr(chunk), lambda: work(shared, chunk))
    return taken / chunk.games / 1e6


def games(shared: Deck, rounds: int) -> Iterator[list[str]]:
    """One line for each bot: ms a game by width of the batch, taken in turn, the best of rounds."""
    for name in BOTS:
        bot = name.format(action=shared.rules.action_ids[0])
        best = dict.fromkeys(WIDTHS, float("inf"))
        for _ in range(rounds):
            for width in WIDTHS:
                chunk = Chunk("play", bot, 0, width)
                best[width] = min(best[width], milliseconds(Timed(), shared, chunk))
        yield [bot, *(f"{each:.2f}" for each in best.values())]


def forked(shared: Deck) -> Iterator[list[str]]:
    """One line for each number of games on their way: ms a game by size of a chunk."""
    usual = forks.WIDE
    for width in ON_THEIR_WAY:
        forks.WIDE = width
        cells = (milliseconds(Timed(), shared, Chunk("fork", "expert", 0, n)) for n in CHUNKS)
        yield [str(width), *(f"{each:.0f}" for each in cells)]
    forks.WIDE = usual


def whole(shared: Deck, wanted: int) -> Iterator[list[str]]:
    """Processor seconds of a sweep of so many games, from one chunk of every kind and bot."""
    for count in (GAMES, shared_out(shared.rules, wanted)):
        found = plan(shared, count)
        seconds: dict[str, float] = {"play": 0.0, "fork": 0.0, "par": 0.0}
        known: dict[tuple[str, str, int], float] = {}
        for chunk in found.chunks:
            key = chunk.kind, chunk.bot, chunk.games
            if key not in known:
                known[key] = milliseconds(Timed(), shared, chunk)
            seconds[chunk.kind] += known[key] * chunk.games / 1e3
        total = sum(seconds.values())
        each = [f"{seconds[kind]:.1f}" for kind in ("par", "play", "fork")]
        yield [f"{count * len(found.bots):,}", str(count), str(found.forked), *each, f"{total:.1f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="corner-cafe")
    parser.add_argument("--games", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    shared = deck(load_scenario(given.scenario))
    heads = ["bot", *(f"{width} at a time" for width in WIDTHS)]
    print(table(f"ms a game, chunks of {WIDE} in use", heads, games(shared, given.rounds)))
    heads = ["on their way", *(f"chunk of {each}" for each in CHUNKS)]
    print(
        table(
            f"ms a game played otherwise, {FORKED} and {forks.WIDE} in use", heads, forked(shared)
        )
    )
    heads = ["games", "of each bot", "otherwise", "pars s", "bots s", "otherwise s", "together s"]
    print(table("A whole sweep", heads, whole(shared, given.games)))


if __name__ == "__main__":
    main()
