"""Teach the expert a case: try how it should weigh things there, keep what raises its score.

    python -m sim.lab.tuning NAME      prints the `judgement:` line for the scenario's file

The prices of `sim.lab.valuation` follow from the model's equations with shortcuts; how far each
shortcut is off depends on the case. Whole games tell, one price at a time, by the same luck before
and after. Nothing is learnt from what a player could not see.
"""

import sys
from dataclasses import asdict, replace

import numpy as np

from sim.arrays import Array
from sim.engine.rules import Judgement, Rules
from sim.engine.score import score
from sim.exact import fixed_sum
from sim.lab.runs import play
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario

_GAMES = 256  # for each trial
_SEED = 30_000_001  # of the trials alone, far from those of pars and people
_STEPS = (2.0, 0.5)
_ROUNDS = 3
_SURE = 2.0  # standard errors by which a change must be better
_LEAST, _MOST = 0.1, 10.0  # the range of the schema


def tune(rules: Rules) -> Judgement:
    """The judgement under which the expert scores best, by coordinate search; deterministic.

    Args:
        rules: of the scenario; its own judgement is where the search begins.
    """
    judgement = rules.judgement
    best = _scores(rules, judgement)
    for _ in range(_ROUNDS):
        before = judgement
        for name in asdict(judgement):
            for step in _STEPS:
                factor = getattr(judgement, name) * step
                if not _LEAST <= factor <= _MOST:
                    continue
                tried = replace(judgement, **{name: factor})
                found = _scores(rules, tried)
                if _better(found - best):
                    judgement, best = tried, found
        if judgement == before:
            break
    return judgement


def _scores(rules: Rules, judgement: Judgement) -> Array:
    judged = replace(rules, judgement=judgement)
    return score(judged, play(judged, "expert", seed=_SEED, runs=_GAMES)).score


def _better(gain: Array) -> bool:
    mean = float(fixed_sum(gain)) / _GAMES
    spread = float(fixed_sum((gain - mean) * (gain - mean))) / (_GAMES - 1)
    return mean > _SURE * float(np.sqrt(spread / _GAMES))


def as_yaml(judgement: Judgement) -> str:
    """The line of a scenario's file; empty where nothing needs to be said."""
    said = {name: factor for name, factor in asdict(judgement).items() if factor != 1.0}
    inner = ", ".join(f"{name}: {factor:g}" for name, factor in said.items())
    return f"judgement: {{{inner}}}\n" if said else ""


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        sys.stdout.write(as_yaml(tune(compile_scenario(load_scenario(wanted)))))
