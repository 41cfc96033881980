"""What is done with one chunk of a sweep, in whatever process: games in, plain numbers out.

A part is made of numbers, lists and mappings only, so that it is the same after it was written to
a file or sent over a network.
"""

from typing import Any

import numpy as np

from sim.engine.score import ending, score
from sim.engine.step import RULES_VERSION
from sim.errors import SimError
from sim.lab.balance.forks import differences
from sim.lab.balance.plan import FORMAT, Chunk, Deck
from sim.lab.balance.practice import Practice
from sim.lab.balance.uses import Tally
from sim.lab.policies import NAMES, POLICY_VERSION
from sim.lab.runs import play

Part = dict[str, Any]


def work(deck: Deck, chunk: Chunk) -> Part:
    """Play a chunk.

    Args:
        deck: of the sweep.
        chunk: of its plan.

    Returns:
        Of all: `scores` of its games. Of `play`: `endings` of the games, as places in
        `rules.endings`; of a bot with a name also `chances` and `taken` of every option, and
        `concepts`: turns with an opportunity, choices made, times met, games in which it came up.
        Of `fork`: `turn`, `option`, `taken`, `run`, `points` of every decision.

    Raises:
        SimError: `balance/other-version`: this process has other rules than the one that began.
    """
    here = RULES_VERSION, POLICY_VERSION, FORMAT
    if tuple(deck.versions) != here:
        raise SimError("balance/other-version", versions=list(deck.versions), here=list(here))
    if chunk.kind == "fork":
        return _fork(deck, chunk)
    if chunk.kind == "par":
        last = play(deck.rules, chunk.bot, seed=chunk.seed, runs=chunk.games, first_run=chunk.first)
        return {"scores": score(deck.rules, last).score.tolist()}
    return _play(deck, chunk)


def _play(deck: Deck, chunk: Chunk) -> Part:
    rules = deck.rules
    tally, practice = Tally(rules), Practice(rules, deck.concepts)
    named = chunk.bot in NAMES

    def watch(*turn: Any) -> None:
        tally(*turn)
        practice(*turn)

    last = play(
        rules,
        chunk.bot,
        seed=chunk.seed,
        runs=chunk.games,
        first_run=chunk.first,
        watch=watch if named else None,
    )
    ends = [option.id for option in rules.endings]
    part: Part = {
        "scores": score(rules, last).score.tolist(),
        "endings": [ends.index(each) if each else -1 for each in ending(rules, last)],
    }
    if named:
        chances, taken = tally.counts()
        part |= {"chances": chances.tolist(), "taken": taken.tolist()}
        part["concepts"] = {name: practice.of(name) for name in deck.concepts}
    return part


def _fork(deck: Deck, chunk: Chunk) -> Part:
    scores, found = differences(deck.rules, seed=chunk.seed, first=chunk.first, games=chunk.games)
    columns = {name: np.asarray(value).tolist() for name, value in vars(found).items()}
    columns["run"] = [chunk.first + run for run in columns["run"]]
    return {"scores": scores.tolist(), **columns}
