"""Whole games as digests, to compare processes, processors and numpy versions.

Run as a program it prints numpy's version, the vector units it uses, and one digest per game:

    python -m tests.engine.recorded_games
"""

import numpy as np

from sim.arrays import digest
from sim.scenario.compile import fingerprint
from tests.engine.workshop import compiled, whole_game
from tests.strategies import SCENARIOS

_SEED, _RUNS = 2024, 5


def digests() -> list[str]:
    """One line per game: scenario, policy, and a digest of its rules and of every state."""
    lines = []
    for path in SCENARIOS:
        rules = compiled(path)
        for bot in ("any", "expert"):
            turns = whole_game(rules, bot, seed=_SEED, runs=_RUNS, ledger=True)
            told = digest(tuple((turn.choices, turn.state, turn.outcome) for turn in turns))
            lines.append(f"{path.stem} {bot} {fingerprint(rules)} {told}")
    return lines


def vector_units() -> list[str]:
    """The processor features beyond its baseline that numpy uses here, by numpy's names."""
    settings = np.show_config(mode="dicts")
    assert isinstance(settings, dict)
    return list(settings["SIMD Extensions"].get("found", []))


if __name__ == "__main__":
    print(f"numpy {np.__version__}")
    print(" ".join(["units", *vector_units()]))
    print("\n".join(digests()))
