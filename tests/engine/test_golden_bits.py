"""Whole games give the bits they gave when they were written down.

A faster formula must change none of them. A rule that changes on purpose changes `RULES_VERSION`
(saved games would replay differently), and scenarios change with their authors; then write anew:

    python -m tests.engine.test_golden_bits
"""

import hashlib
from functools import cache
from pathlib import Path

import pytest

from sim.arrays import digest
from sim.engine.rules import Rules
from sim.engine.state import Choices, Outcome, State
from sim.engine.step import RULES_VERSION
from sim.lab.policies import POLICY_VERSION
from sim.lab.runs import play
from sim.paths import scenarios_dir
from sim.scenario.compile import fingerprint
from tests.engine.workshop import compiled
from tests.strategies import SCENARIOS

GOLDEN = Path(__file__).with_suffix(".txt")
PATHS = (*SCENARIOS, scenarios_dir() / "corner-cafe" / "scenario.yaml")
BOTS = ("random", "expert")
_SEED, _RUNS = 7, 3

Game = tuple[str, str]  # scenario, bot


def name_of(path: Path) -> str:
    """`tiny` of `tiny.yaml`, `corner-cafe` of `corner-cafe/scenario.yaml`."""
    return path.parent.name if path.stem == "scenario" else path.stem


def versions(rules: Rules) -> str:
    """What must be equal for a game to be the same."""
    return f"rules {RULES_VERSION} policies {POLICY_VERSION} scenario {fingerprint(rules)}"


def bits(rules: Rules, bot: str) -> str:
    """A digest of every choice, outcome and state of some whole games."""
    found = hashlib.sha256()

    def watch(_: State, choices: Choices, outcome: Outcome, after: State) -> None:
        found.update(digest((choices, outcome, after)).encode())

    play(rules, bot, seed=_SEED, runs=_RUNS, watch=watch)
    return found.hexdigest()


@cache
def written() -> dict[Game, tuple[str, str]]:
    """Versions and bits of each game as they were written down."""
    lines = (line.rsplit(" ", 1) for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    return {
        (scenario, bot): (version, told)
        for rest, told in lines
        for scenario, bot, version in [rest.split(" ", 2)]
    }


@pytest.mark.parametrize("bot", BOTS)
@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_a_whole_game_gives_the_bits_it_gave(path: Path, bot: str) -> None:
    rules = compiled(path)
    version, told = written()[name_of(path), bot]
    anew = "write them anew: python -m tests.engine.test_golden_bits"
    assert versions(rules) == version, f"the golden bits are of other rules; {anew}"
    assert bits(rules, bot) == told


def write() -> None:
    """Write down the bits of today."""
    lines = [
        f"{name_of(path)} {bot} {versions(compiled(path))} {bits(compiled(path), bot)}\n"
        for path in PATHS
        for bot in BOTS
    ]
    GOLDEN.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write()
