"""Reviews of many games of every bot, tabulated: `python -m tests.lab.review.calibrate [SCENARIO]`.

Takes minutes of processor time a scenario; writes `calibration.json`, which the tests read. Games
that are in the table already, of these very rules, policies and efforts, are not reviewed again.
"""

import hashlib
import json
import sys
from dataclasses import astuple
from pathlib import Path
from typing import Any

from sim.engine.step import RULES_VERSION
from sim.lab.policies import POLICY_VERSION
from sim.lab.review.belief import COLUMNS, FEWEST, MOST
from sim.lab.review.refine import STANDARD
from sim.scenario.compile import fingerprint
from tests.lab.review.games import bot_game, reviewed, rules_of

TABLE = Path(__file__).parent / "calibration.json"
BOTS = ("expert", "vip", "loudest", "random", "nothing")
SCENARIOS = (
    "first-day",
    "corner-cafe",
    "complaint-week",
    "key-account",
    "monopoly-ends",
    "reps-quarter",
    "second-lifetimes",
)
GAMES = {"first-day": 5}  # of each bot; else as follows
_FEWEST_GAMES = 2
_FIRST_SEED = 401
_EDITION = 11  # of what reviews compute; a new one where numbers change by design


def game_line(scenario: str, bot: str, seed: int) -> dict[str, Any]:
    """What a review says of one game, as far as it is calibrated by."""
    rules = rules_of(scenario)
    found = reviewed(rules, bot_game(rules, bot, seed))
    return {
        "seed": seed,
        "version": version(scenario),
        "labels": [turn.label for turn in found.turns],
        "loss": [round(turn.loss_share, 2) for turn in found.turns],
        "accuracy": round(found.accuracy, 2),
        "skill_index": round(found.skill_index, 2),
        "luck": round(found.luck / found.stakes, 4),
        "score": found.result,
    }


def version(scenario: str) -> str:
    """What the lines of a scenario rest on, as a digest."""
    parts = [fingerprint(rules_of(scenario)), RULES_VERSION, POLICY_VERSION, *astuple(STANDARD)]
    parts += [COLUMNS, FEWEST, MOST, _EDITION]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def read() -> dict[str, Any]:
    """The table as it is kept."""
    found: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    return found


def main(names: list[str]) -> None:
    """Review what is missing, game by game, so that an interrupted run is not lost."""
    for scenario in names or SCENARIOS:
        for number in range(GAMES.get(scenario, _FEWEST_GAMES)):
            for bot in BOTS:
                _add(scenario, bot, _FIRST_SEED + number)


def _add(scenario: str, bot: str, seed: int) -> None:
    """Review a game unless the table has it already; a line of other rules is replaced."""
    now = version(scenario)
    lines = read().get(scenario, {}).get(bot, [])
    if any(line["seed"] == seed and line["version"] == now for line in lines):
        return
    line = game_line(scenario, bot, seed)
    kept = read()  # once more: another process may have written meanwhile
    lines = kept.setdefault(scenario, {}).setdefault(bot, [])
    lines[:] = [each for each in lines if each["seed"] != seed]
    lines.append(line)
    TABLE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
