"""How far labels repeat under other chance: `python -m tests.lab.review.repeat [SCENARIO ...]`.

Reviews the same games several times, each time with another seed of the review's chance: other
particles, another search, other games. Takes minutes of processor time a scenario; writes
`repeat.json`, which the tests read. Games that are there already, of these very rules, policies
and efforts, are not reviewed again.
"""

import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from sim.lab.review.lanes import Work
from sim.lab.review.model import LABELS
from sim.lab.review.refine import STANDARD
from sim.lab.review.study import study
from tests.lab.review.calibrate import BOTS, SCENARIOS, version
from tests.lab.review.games import PARS, bot_game, rules_of

TABLE = Path(__file__).parent / "repeat.json"
SALTS = (1, 2, 3)
_SEED = 401
_EVERY = 3  # turns, from the first
_ORDER = [label for label in LABELS if label != "routine"]


def line(scenario: str, bot: str) -> dict[str, Any]:
    """Labels and shares lost of every third turn of a game, by the review's seed."""
    rules = rules_of(scenario)
    game = bot_game(rules, bot, _SEED)
    labels, losses, errors, games = [], [], [], []
    for salt in SALTS:
        looked_at = study(rules, game, fingerprint=game.fingerprint, cache=PARS, salt=salt)
        found = Work(looked_at, STANDARD, {})(range(0, looked_at.turns, _EVERY))
        labels.append([look.label for look in found])
        losses.append([round(100.0 * look.loss.mean / looked_at.turn_stake, 2) for look in found])
        errors.append([round(100.0 * look.loss.error / looked_at.turn_stake, 2) for look in found])
        games.append([look.loss.games for look in found])
    numbers = {"loss": losses, "error": errors, "games": games}
    return {"version": version(scenario), "labels": labels, **numbers}


def apart(one: str, other: str) -> int:
    """Classes between two labels; where nothing was to be decided, it counts as best."""
    places = [_ORDER.index("best" if label == "routine" else label) for label in (one, other)]
    return abs(places[0] - places[1])


def pairs(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Labels of the same turn by two reviews, of all that are in a table of one scenario."""
    for each in found.values():
        for one, other in combinations(each["labels"], 2):
            yield from zip(one, other, strict=True)


def read() -> dict[str, Any]:
    """The table as it is kept, by scenario and bot."""
    found: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    return found


def main(names: list[str]) -> None:
    """Review what is missing, game by game, and say what the table comes to."""
    for scenario in names or SCENARIOS:
        for bot in BOTS:
            if read().get(scenario, {}).get(bot, {}).get("version") != version(scenario):
                fresh = line(scenario, bot)
                kept = read()  # another process may have written meanwhile
                kept.setdefault(scenario, {})[bot] = fresh
                TABLE.write_text(json.dumps(kept, sort_keys=True) + "\n", encoding="utf-8")
            print(scenario, bot, told({bot: read()[scenario][bot]}), flush=True)
    for scenario, found in read().items():
        print(scenario, told(found))


def told(found: dict[str, Any]) -> str:
    """The share of pairs that are the same, and that are within one class."""
    all_pairs = list(pairs(found))
    same = sum(one == other for one, other in all_pairs) / len(all_pairs)
    near = sum(apart(one, other) <= 1 for one, other in all_pairs) / len(all_pairs)
    return f"same {100.0 * same:.1f} %, within one class {100.0 * near:.1f} %"


if __name__ == "__main__":
    main(sys.argv[1:])
