"""The vocabulary, the customers and the values with which the tests of conditions work."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.engine.conditions import PRESENT
from sim.scenario.diagnostics import sentence
from sim.scenario.expressions import Expression, Names, Scope, Variable, parse

Values = Mapping[str, Any]

MOODS = ("rising", "falling", "calm", "complacent")
CUSTOMERS = ("mei", "raj", "mei-lin")
NAMES = Names(
    {
        "turn": Variable(lo=1, hi=12, zh="回合"),
        "money": Variable(zh="资金"),
        "satisfaction": Variable(per_customer=True, lo=0, hi=100, zh="满意度"),
        "trust": Variable(per_customer=True, lo=0, hi=100, zh="信任"),
        "switching_cost": Variable(per_customer=True, lo=0, hi=100, zh="转移成本"),
        "mood": Variable(
            "choice",
            per_customer=True,
            choices=MOODS,
            zh="心态",
            choices_zh=("上升", "下降", "平静", "自满"),
        ),
        "warned": Variable("boolean", zh="已警告"),
        "vip": Variable("boolean", per_customer=True, zh="贵宾"),
        "share": Variable(per_customer=True, lo=0, hi=1, zh="份额"),
    }
)
RUNS = 17


def values(runs: int = RUNS) -> dict[str, Any]:
    """Quantities of some runs, the same each time and read-only."""
    random = np.random.Generator(np.random.Philox(7))
    size = (runs, len(CUSTOMERS))
    made = {
        "turn": np.full((runs, 1), 3.0),
        "money": random.integers(-5, 5, (runs, 1)) * 100.0,
        "satisfaction": random.random(size) * 100.0,
        "trust": random.integers(0, 11, size) * 10.0,
        "switching_cost": random.random(size) * 100.0,
        "mood": random.integers(0, 4, size),
        "warned": random.random((runs, 1)) < 0.5,
        "vip": random.random(size) < 0.5,
        "share": random.random(size),
        PRESENT: random.random(size) < 0.7,
    }
    for value in made.values():
        value.setflags(write=False)
    return made


def parsed(text: str, scope: Scope = "customer") -> Expression:
    """A condition that must be sound."""
    found = parse(text, NAMES, scope, CUSTOMERS)
    assert isinstance(found, Expression), [sentence(problem, "en") for problem in found]
    return found


def refused(text: str, scope: Scope = "customer") -> list[tuple[int, str]]:
    """Column and code of everything wrong with a condition that must not be sound."""
    found = parse(text, NAMES, scope, CUSTOMERS)
    assert not isinstance(found, Expression)
    return [(problem.column, problem.code) for problem in found]
