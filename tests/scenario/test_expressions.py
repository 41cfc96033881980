"""Conditions: what can be written, and what it means on arrays."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.engine.conditions import PRESENT, evaluate
from sim.exact import fixed_sum
from tests.scenario.vocabulary import RUNS, Values, parsed, values


def _average(values: Values, name: str) -> Any:
    kept = np.where(values[PRESENT], values[name], 0.0)
    number = np.count_nonzero(values[PRESENT], axis=1)
    total = fixed_sum(kept, axis=-1)
    return np.where(number > 0, total / np.maximum(number, 1), 0.0)[:, None]


def _ratio(values: Values) -> Any:
    money, trust = values["money"], values["trust"]
    return np.where(trust == 0.0, 0.0, money / np.where(trust == 0.0, 1.0, trust))


MEANINGS: dict[str, Callable[[Values], Any]] = {
    "satisfaction < 40 and turn >= 3": lambda v: (v["satisfaction"] < 40) & (v["turn"] >= 3),
    "20 <= trust < 60": lambda v: (v["trust"] >= 20) & (v["trust"] < 60),
    "0 < satisfaction < trust <= 90": lambda v: (
        (v["satisfaction"] > 0) & (v["satisfaction"] < v["trust"]) & (v["trust"] <= 90)
    ),
    "mood is rising": lambda v: v["mood"] == 0,
    "mood is not calm": lambda v: v["mood"] != 2,
    "mood in [rising, calm]": lambda v: (v["mood"] == 0) | (v["mood"] == 2),
    "mood not in [rising, calm]": lambda v: (v["mood"] == 1) | (v["mood"] == 3),
    "trust in [10, 20, 30]": lambda v: np.isin(v["trust"], [10, 20, 30]),
    "mei.trust > trust": lambda v: v["trust"][:, :1] > v["trust"],
    "mei-lin.trust - 40 > 3": lambda v: v["trust"][:, 2:] - 40 > 3,
    "mei-lin.vip or raj.mood is falling": lambda v: v["vip"][:, 2:] | (v["mood"][:, 1:2] == 1),
    "mei.mood = mood": lambda v: v["mood"][:, :1] == v["mood"],
    "any(mood is falling and trust < 40)": lambda v: (
        (v["mood"] == 1) & (v["trust"] < 40) & v[PRESENT]
    ).any(axis=1)[:, None],
    "all(trust > 10)": lambda v: ((v["trust"] > 10) | ~v[PRESENT]).all(axis=1)[:, None],
    "count(satisfaction >= 50) == 2": lambda v: (
        ((v["satisfaction"] >= 50) & v[PRESENT]).sum(axis=1)[:, None] == 2
    ),
    "average(satisfaction) > 50": lambda v: _average(v, "satisfaction") > 50,
    "satisfaction > average(satisfaction)": lambda v: (
        v["satisfaction"] > _average(v, "satisfaction")
    ),
    "lowest(trust) < 30": lambda v: (
        np.where(v[PRESENT].any(axis=1), np.where(v[PRESENT], v["trust"], 999).min(axis=1), 0) < 30
    )[:, None],
    "highest(trust) >= 90": lambda v: (np.where(v[PRESENT], v["trust"], 0).max(axis=1) >= 90)[
        :, None
    ],
    "warned": lambda v: v["warned"],
    "not warned and vip": lambda v: ~v["warned"] & v["vip"],
    "warned is false": lambda v: ~v["warned"],
    "warned = vip": lambda v: v["warned"] == v["vip"],
    "money / trust > -5": lambda v: _ratio(v) > -5,
    "-trust < -(-3) - 20": lambda v: -v["trust"] < 3.0 - 20.0,
    "2 + 3 * trust - 4 / 2 > 100": lambda v: 2 + 3 * v["trust"] - 4 / 2 > 100,
    "(2 + 3) * trust > 100 or not trust > 5 and warned": lambda v: (
        (5 * v["trust"] > 100) | (~(v["trust"] > 5) & v["warned"])
    ),
    "share > 29%": lambda v: v["share"] > 0.29,
    "share * 1e2 > 29": lambda v: v["share"] * 100.0 > 29,
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_condition_equals_numpy_written_by_hand(text: str) -> None:
    known = values()
    expected = MEANINGS[text](known)
    result = parsed(text).evaluate(known)
    assert result.dtype == np.bool_
    assert result.shape == expected.shape
    assert (result == expected).all()


@pytest.mark.parametrize("text", MEANINGS)
def test_a_batch_equals_its_single_games(text: str) -> None:
    expression, known = parsed(text), values()
    whole = expression.evaluate(known)
    for run in range(RUNS):
        single = expression.evaluate({key: value[run : run + 1] for key, value in known.items()})
        assert (single == whole[run : run + 1]).all()
    copied = {key: np.asfortranarray(value) for key, value in known.items()}
    assert (expression.evaluate(copied) == whole).all()


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("trust = 50", "trust == 50"),
        ("trust ≥ 50 && turn ≤ 3", "trust >= 50 and turn <= 3"),
        ("trust => 50 || turn =< 3", "trust >= 50 or turn <= 3"),
        ("trust ≠ 50 or trust <> 50", "trust != 50 or trust != 50"),
        ("!warned & vip | warned", "not warned and vip or warned"),
        ("（信任≥５０）且　非 已警告", "trust >= 50 and not warned"),
        ("满意度低于40且回合不低于3", "satisfaction < 40 and turn >= 3"),
        ("信任>=50且心态是下降", "trust >= 50 and mood is falling"),
        ("心态不是平静或mood 属于 【上升，下降】", "mood != calm or mood in [rising, falling]"),
        ("任一（心态＝自满）", "any(mood == complacent)"),
        ("平均(信任) 高于 50", "average(trust) > 50"),
        ("trust-40>3", "trust - 40 > 3"),
        ("TRUST > 50 AND Mood IS Rising", "trust > 50 and mood is rising"),
        ("mood is 'rising'", "mood is rising"),
        ("mood is “calm”", "mood is calm"),
        ("mood is in (rising, calm)", "mood in [rising, calm]"),
        ("mood is not in [rising]", "mood not in [rising]"),
        ("trust is >= 50", "trust >= 50"),
        ("Mei.trust > 3", "mei.trust > 3"),
        ("warned is yes", "warned"),
        ("已警告 是 真", "warned"),
        ("warned != true", "not warned"),
        ("share>=5 %", "share >= 0.05"),
        ("+trust > 3", "trust > 3"),
    ],
)
def test_what_people_type_means_the_same(typed: str, plain: str) -> None:
    assert parsed(typed).program == parsed(plain).program


def test_a_program_is_plain_and_hashable() -> None:
    expression = parsed("any(20 <= trust < 60) and mei.vip or mood in [rising, calm]")
    assert isinstance(hash(expression.program), int)
    assert expression.program == (
        ("number", 20.0),
        ("name", "trust"),
        ("number", 60.0),
        ("compare", ("<=", "<")),
        ("any", None),
        ("flag of", ("vip", 0)),
        ("and", 2),
        ("name", "mood"),
        ("in", (0.0, 2.0)),
        ("or", 2),
    )
    assert (evaluate(expression.program, values()) == expression.evaluate(values())).all()


def test_names_used() -> None:
    expression = parsed("any(trust > 3) and mei.vip")
    assert expression.names_used == {"trust", "vip"}
    assert expression.customers_used == {"mei"}


def test_values_per_run_may_be_flat() -> None:
    result = parsed("turn >= 3").evaluate({"turn": np.array([1.0, 3.0, 5.0])})
    assert result.tolist() == [[False], [True], [True]]


def test_without_customers_reductions_are_nought() -> None:
    known = {"trust": np.full((1, 3), 50.0), PRESENT: np.zeros((1, 3), dtype=np.bool_)}
    for text, holds in {
        "average(trust) = 0": True,
        "lowest(trust) = 0": True,
        "highest(trust) = 0": True,
        "count(trust > 0) = 0": True,
        "any(trust > 0)": False,
        "all(trust < 0)": True,
    }.items():
        assert parsed(text).evaluate(known).tolist() == [[holds]]
