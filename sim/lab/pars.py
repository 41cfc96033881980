"""Pars of a scenario: what doing nothing and the expert reach, and the grade between them."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from sim.arrays import Array
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.step import RULES_VERSION
from sim.exact import fixed_sum
from sim.lab.policies import POLICY_VERSION
from sim.lab.runs import play

SEEDS = 256
PAR_SEED = 20_000_003  # of the pars alone, far from the seeds that people type


@dataclass(frozen=True)
class Pars:
    """Mean scores over the fixed seeds, with the standard error of their difference."""

    nothing: float
    expert: float
    error: float


def pars(rules: Rules, fingerprint: str, cache: Path | None = None) -> Pars:
    """The pars of a scenario, from the cache where they are known.

    Args:
        rules: of the scenario.
        fingerprint: of these rules; with the versions of rules and policies it names the entry.
        cache: folder of cached pars; None keeps nothing.
    """
    kept = None if cache is None else known(fingerprint, cache)
    if kept is not None:
        return kept
    found = measure(rules)
    if cache is not None:
        _write(_entry(fingerprint, cache), found)
    return found


def known(fingerprint: str, cache: Path) -> Pars | None:
    """The pars of a scenario as the cache has them; None where they are still to be measured."""
    return _read(_entry(fingerprint, cache))


def _entry(fingerprint: str, cache: Path) -> Path:
    return cache / f"{fingerprint[:32]}-r{RULES_VERSION}-p{POLICY_VERSION}.json"


def measure(rules: Rules) -> Pars:
    """Play both pars over the fixed seeds."""
    return between(
        score(rules, play(rules, "nothing", seed=PAR_SEED, runs=SEEDS)).score,
        score(rules, play(rules, "expert", seed=PAR_SEED, runs=SEEDS)).score,
    )


def between(nothing: Array, expert: Array) -> Pars:
    """The pars that scores over the fixed seeds make, game by game, [SEEDS]."""
    gain = expert - nothing
    mean = float(fixed_sum(gain)) / SEEDS
    spread = float(fixed_sum((gain - mean) * (gain - mean))) / (SEEDS - 1)
    return Pars(
        nothing=float(fixed_sum(nothing)) / SEEDS,
        expert=float(fixed_sum(expert)) / SEEDS,
        error=float(np.sqrt(spread / SEEDS)),
    )


def grade(score: float, par: Pars) -> float:
    """100 (score - nothing) / (expert - nothing), 0..100; 0 where there is nothing to gain."""
    room = par.expert - par.nothing
    if room <= 0.0:
        return 0.0
    return min(max(100.0 * (score - par.nothing) / room, 0.0), 100.0)


def _read(entry: Path) -> Pars | None:
    try:
        return Pars(**json.loads(entry.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(entry: Path, found: Pars) -> None:
    """Atomically; a cache that cannot be written costs time, not the game."""
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=entry.parent, prefix=".pars-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(found), file)
        Path(name).replace(entry)
    except OSError:
        return
