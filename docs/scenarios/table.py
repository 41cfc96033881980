"""Prints what the bots reach in a scenario, as the Markdown tables of the instructor's pages.

.venv/bin/python docs/scenarios/table.py corner-cafe
.venv/bin/python docs/scenarios/table.py corner-cafe --lang zh
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from sim.arrays import Array
from sim.engine.rules import Rules
from sim.engine.score import ending, score
from sim.lab.pars import Pars, grade, measure
from sim.lab.policies import NAMES
from sim.lab.runs import play
from sim.play.case import open_case

RUNS = 200
SEED = 1
_NORMAL_95 = 1.96  # standard errors on either side of a mean

_HEADS = {
    "en": ("bot", "mean score", "95 % interval", "grade of the mean", "grades P10–P90"),
    "zh": ("机器人", "平均分", "95% 置信区间", "均分对应的成绩", "成绩 P10–P90"),
}
_ONE = {"en": "best single action: {name}", "zh": "只用一招，最好的一招：{name}"}


@dataclass(frozen=True)
class Reached:
    """What one bot reached.

    Attributes:
        name: of the bot.
        scores: at the end of each game, 0..100, [R].
        endings: id of the ending of each game, [R].
    """

    name: str
    scores: Array
    endings: list[str]


def reach(rules: Rules, name: str, *, seed: int = SEED, runs: int = RUNS) -> Reached:
    """Let a bot play whole games."""
    last = play(rules, name, seed=seed, runs=runs)
    return Reached(name, score(rules, last).score, ending(rules, last))


def single_best(rules: Rules, *, seed: int = SEED, runs: int = RUNS) -> Reached:
    """The best of the bots that know one action only, by mean score."""
    names = [f"only:{action}" for action in rules.action_ids]
    return max(
        (reach(rules, name, seed=seed, runs=runs) for name in names),
        key=lambda reached: float(reached.scores.mean()),
    )


def row(reached: Reached, par: Pars) -> tuple[str, ...]:
    """Mean score, its normal 95 % interval, the grade of the mean, and the spread of grades."""
    scores = reached.scores
    mean = float(scores.mean())
    half = _NORMAL_95 * float(scores.std(ddof=1)) / float(np.sqrt(scores.size))
    low, high = np.percentile([grade(float(each), par) for each in scores], [10, 90])
    return (
        f"{mean:.1f}",
        f"{mean - half:.1f}–{mean + half:.1f}",
        f"{grade(mean, par):.0f}",
        f"{low:.0f}–{high:.0f}",
    )


def shares(reached: Reached, endings: list[str]) -> tuple[str, ...]:
    """How many games in a hundred ended in each way."""
    games = len(reached.endings)
    return tuple(f"{100 * reached.endings.count(each) / games:.0f} %" for each in endings)


def tables(scenario: str, lang: str) -> Iterator[str]:
    """Lines of both tables: scores, then endings."""
    rules = open_case(scenario).rules
    par = measure(rules)
    every = [(name, reach(rules, name)) for name in NAMES]
    best = single_best(rules)
    every.append((_ONE[lang].format(name=best.name), best))
    yield from _table(_HEADS[lang], [(name, *row(reached, par)) for name, reached in every])
    yield ""
    endings = [option.id for option in rules.endings]
    heads = (_HEADS[lang][0], *(f"`{each}`" for each in endings))
    yield from _table(heads, [(name, *shares(reached, endings)) for name, reached in every])


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---|" + "---:|" * (len(heads) - 1)
    for cells in rows:
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the tables of the scenario that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scenario")
    parser.add_argument("--lang", choices=sorted(_HEADS), default="en")
    given = parser.parse_args()
    for line in tables(given.scenario, given.lang):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
