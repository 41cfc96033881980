"""Conditions: what can be written, what it means on arrays, and how slips are told."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.conditions import PRESENT, evaluate
from sim.exact import fixed_sum
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
        "switching_cost": Variable(per_customer=True, lo=0, hi=100, zh="转换成本"),
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


def _values(runs: int = RUNS) -> dict[str, Any]:
    random = np.random.Generator(np.random.Philox(7))
    size = (runs, len(CUSTOMERS))
    values = {
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
    for value in values.values():
        value.setflags(write=False)
    return values


def _parsed(text: str, scope: Scope = "customer") -> Expression:
    parsed = parse(text, NAMES, scope, CUSTOMERS)
    assert isinstance(parsed, Expression), [sentence(problem, "en") for problem in parsed]
    return parsed


def _refused(text: str, scope: Scope = "customer") -> list[tuple[int, str]]:
    parsed = parse(text, NAMES, scope, CUSTOMERS)
    assert not isinstance(parsed, Expression)
    return [(problem.column, problem.code) for problem in parsed]


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
    values = _values()
    expected = MEANINGS[text](values)
    result = _parsed(text).evaluate(values)
    assert result.dtype == np.bool_
    assert result.shape == expected.shape
    assert (result == expected).all()


@pytest.mark.parametrize("text", MEANINGS)
def test_a_batch_equals_its_single_games(text: str) -> None:
    expression, values = _parsed(text), _values()
    whole = expression.evaluate(values)
    for run in range(RUNS):
        single = expression.evaluate({key: value[run : run + 1] for key, value in values.items()})
        assert (single == whole[run : run + 1]).all()
    copied = {key: np.asfortranarray(value) for key, value in values.items()}
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
    assert _parsed(typed).program == _parsed(plain).program


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "X21")]),
        ("   ", [(1, "X21")]),
        ("trust >", [(7, "X05")]),
        ("trust > and 3", [(7, "X05")]),
        ("and trust > 3", [(1, "X05")]),
        ("trust 40", [(7, "X06")]),
        ("trust > 40 turn", [(12, "X06")]),
        ("(trust > 40", [(1, "X07")]),
        ("trust > 40)", [(11, "X26")]),
        ("any(trust > 40", [(4, "X07")]),
        ("mood in [rising", [(9, "X07")]),
        ("trust in 3", [(10, "X24")]),
        ("[trust]", [(1, "X28")]),
        ("trust ** 2 > 3", [(7, "X10")]),
        ("trust > 3 # note", [(11, "X04")]),
        ("trust > 'abc", [(9, "X23")]),
        ("trust > 1.2.3", [(9, "X04")]),
        ("trust > 40万", [(11, "X06")]),
        ("mei.trust.real > 3", [(10, "X04")]),
        ("trust % 3 > 1", [(7, "X04")]),
        ("trust := 3", [(7, "X04")]),
        ("any trust > 3", [(1, "X25")]),
        ("hapiness > 3", [(1, "X08")]),
        ("rising", [(1, "X08")]),
        ("满意 > 3", [(1, "X08")]),
        ("foo(3) > 2", [(1, "X09")]),
        ("bob.trust > 3", [(1, "X11")]),
        ("mei.turn > 3", [(5, "X12")]),
        ("mei.turst > 3", [(5, "X27")]),
        ("mei > 3", [(1, "X29")]),
        ("trust", [(1, "X16")]),
        ("mood", [(1, "X16")]),
        ("trust and vip", [(1, "X16")]),
        ("not trust", [(5, "X16")]),
        ("trust + 1", [(1, "X16")]),
        ("count(vip)", [(1, "X16")]),
        ("average(vip) > 1", [(9, "X14")]),
        ("any(trust)", [(5, "X16")]),
        ("vip + 1 > 2", [(1, "X14")]),
        ("vip > 2", [(1, "X14")]),
        ("mood + 1 > 2", [(1, "X14")]),
        ("mood > calm", [(1, "X22")]),
        ("mood is hapy", [(9, "X17")]),
        ("mood is 3", [(9, "X17")]),
        ("mood in [rising, hapy, sad]", [(18, "X17"), (24, "X17")]),
        ("trust in [1, money]", [(14, "X14")]),
        ("any(count(trust > 3) > 2)", [(5, "X18")]),
        ("any(turn > 3)", [(1, "X19")]),
        ("any(mei.trust > 3)", [(1, "X19")]),
        ("trust > 50%", [(9, "X20")]),
        ("trsut > 3 and mod is calm", [(1, "X08"), (15, "X08"), (22, "X08")]),
    ],
)
def test_slips_are_told_at_their_column(text: str, found: list[tuple[int, str]]) -> None:
    assert _refused(text) == found


@pytest.mark.parametrize(
    ("text", "column"),
    [("trust > 3", 1), ("turn > 2 and vip", 14), ("mei.trust > trust", 13)],
)
def test_once_per_run_no_customer_is_meant(text: str, column: int) -> None:
    assert _refused(text, "run") == [(column, "X13")]
    assert isinstance(parse("any(trust > 3) and mei.vip", NAMES, "run", CUSTOMERS), Expression)


ATTACKS = (
    "__import__('os').system('x')",
    "().__class__.__bases__[0]",
    "trust.tofile('/tmp/x')",
    "trust.__class__",
    "mei.__class__ > 3",
    "open('/etc/passwd').read()",
    "eval('1')",
    "exec(chr(49))",
    "lambda: 3",
    "(lambda x: x)(3)",
    "[x for x in y]",
    "{1: 2}",
    "{x}",
    "f'{trust}'",
    "trust if trust else 3",
    "trust := 3",
    "x = y = z",
    "9**9**9 > 1",
    "trust << 99999 > 1",
    "trust ^ 2 > 1",
    "~trust > 1",
    "trust @ trust > 1",
    "trust // 2 > 1",
    "trust[0] > 1",
    "trust[:, 0] > 1",
    "*trust > 1",
    "print(trust)",
    "import os",
    "del trust",
    "assert trust",
    "yield trust",
    "await trust",
    "trust; turn",
    "trust\nturn",
    "trust\\\n> 1",
    "0x10 > 1",
    "1e999 > trust",
    "1j > trust",
    "1_000 > trust",
    "inf > trust",
    "nan > trust",
    "#present > 1",
    "`trust` > 1",
    "$trust > 1",
    "trust > 1 --",
    "'; drop table",
    "\x00trust > 1",
    "trust > 1\u202e",
    "((((((((((((((((((((((((((((((trust))))))))))))))))))))))))))))) > 1",
    "(" * 400,
    "not " * 99 + "vip",
    "-" * 390 + "trust > 1",
    "trust > 1" + " " * 400,
    "trust + " * 45 + "trust > 1",
    "9" * 399,
    "any(" * 99,
    "1 < count(" * 30 + "vip" + ")" * 30,
)


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_are_refused_quickly(text: str) -> None:
    start = time.process_time()
    problems = parse(text, NAMES, "customer", CUSTOMERS)
    assert time.process_time() - start < 0.05
    assert not isinstance(problems, Expression)
    for problem in problems:
        assert 1 <= problem.column <= len(text) + 1
        assert "None" not in sentence(problem, "en") + sentence(problem, "zh")


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "trust",
                    "mood",
                    "turn",
                    "vip",
                    "mei",
                    ".",
                    "(",
                    ")",
                    "[",
                    "]",
                    ",",
                    "any",
                    "count",
                ),
                *(
                    "and",
                    "or",
                    "not",
                    "is",
                    "in",
                    "<",
                    ">=",
                    "=",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "3",
                    "0.5",
                ),
                *("rising", "'", "且", "信任", "不", "x", "^", " "),
            ]
        ),
        max_size=14,
    )
)
def test_no_text_brings_it_down(words: list[str]) -> None:
    text = " ".join(words)
    parsed = parse(text, NAMES, "customer", CUSTOMERS)
    if not isinstance(parsed, Expression):
        assert parsed
        return
    result = parsed.evaluate(_values(2))
    assert parsed.in_words("en")
    assert parsed.in_words("zh")
    if parsed.truth() is not None:
        everyone = _values(2) | {PRESENT: np.ones((2, 3), dtype=np.bool_)}
        assert parsed.evaluate(everyone).all() == (parsed.truth() == "always")
    assert result.dtype == np.bool_


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            "satisfaction < 40 and turn >= 3",
            "satisfaction is below 40 and turn is at least 3",
            "满意度低于40且回合不低于3",
        ),
        ("20 <= trust < 60", "trust is at least 20 and below 60", "信任不低于20且低于60"),
        ("mood is not calm", "mood is not calm", "心态不是平静"),
        ("mood in [rising, calm]", "mood is rising or calm", "心态是上升或平静"),
        (
            "vip and (warned or trust > 3.5)",
            "vip and (warned or trust is above 3.5)",
            "贵宾且（已警告或信任高于3.5）",
        ),
        ("mei.switching_cost > 5", "Mei’s switching cost is above 5", "林梅的转换成本高于5"),
        (
            "any(mood is falling)",
            "for at least one customer, mood is falling",
            "至少有一位客户心态是下降",
        ),
        (
            "count(trust >= 50) == 3",
            "(the number of customers for whom trust is at least 50) is 3",
            "信任不低于50的客户数为3",
        ),
        ("average(trust) > 50", "the average trust is above 50", "平均信任高于50"),
        ("share > 5%", "share is above 5%", "份额高于5%"),
        ("not warned", "not warned", "非已警告"),
    ],
)
def test_in_words(text: str, en: str, zh: str) -> None:
    expression = _parsed(text)
    assert expression.in_words("en", {"mei": "Mei"}) == en
    assert expression.in_words("zh", {"mei": "林梅"}) == zh


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("trust > 100", "never"),
        ("trust >= 100", None),
        ("turn <= 12", "always"),
        ("turn < 1 or turn > 12", "never"),
        ("trust > 40 and trust < 30", "never"),
        ("trust > 40 and (vip or warned) and trust <= 40", "never"),
        ("trust >= 40 and trust <= 40", None),
        ("trust < 60 or trust >= 60", "always"),
        ("not (trust < 60 and vip) or trust < 70", "always"),
        ("mood is rising and mood is calm", "never"),
        ("mood in [rising, falling, calm, complacent]", "always"),
        ("mood not in [rising, falling, calm, complacent]", "never"),
        ("mood is not rising or mood is not calm", "always"),
        ("mei.trust > 50 and raj.trust < 30", None),
        ("mei.trust > 50 and mei.trust < 30", "never"),
        ("trust > 50 and mei.trust < 30", None),
        ("warned and not warned", "never"),
        ("warned or not warned", "always"),
        ("any(trust > 100)", "never"),
        ("all(trust >= 0)", "always"),
        ("count(trust > 100) > 0", "never"),
        ("average(trust) > 100", "never"),
        ("satisfaction + trust > 200", "never"),
        ("satisfaction - trust < -100", "never"),
        ("trust * 2 >= 0", "always"),
        ("trust / 2 > 50", "never"),
        ("1 / trust > 50", None),
        ("2 > 1", "always"),
        ("trust != trust", "never"),
        ("trust in [101, 102]", "never"),
        ("money > 1e9", None),
    ],
)
def test_what_the_ranges_settle(text: str, truth: str | None) -> None:
    assert _parsed(text).truth() == truth


def test_a_program_is_plain_and_hashable() -> None:
    expression = _parsed("any(20 <= trust < 60) and mei.vip or mood in [rising, calm]")
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
    assert (evaluate(expression.program, _values()) == expression.evaluate(_values())).all()


def test_names_used() -> None:
    expression = _parsed("any(trust > 3) and mei.vip")
    assert expression.names_used == {"trust", "vip"}
    assert expression.customers_used == {"mei"}


def test_values_per_run_may_be_flat() -> None:
    result = _parsed("turn >= 3").evaluate({"turn": np.array([1.0, 3.0, 5.0])})
    assert result.tolist() == [[False], [True], [True]]


def test_without_customers_reductions_are_nought() -> None:
    values = {"trust": np.full((1, 3), 50.0), PRESENT: np.zeros((1, 3), dtype=np.bool_)}
    for text, holds in {
        "average(trust) = 0": True,
        "lowest(trust) = 0": True,
        "highest(trust) = 0": True,
        "count(trust > 0) = 0": True,
        "any(trust > 0)": False,
        "all(trust < 0)": True,
    }.items():
        assert _parsed(text).evaluate(values).tolist() == [[holds]]
