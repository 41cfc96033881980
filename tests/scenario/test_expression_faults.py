"""Slips in conditions are told at their column, attacks are refused, and nothing crashes."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.conditions import PRESENT
from sim.scenario.diagnostics import sentence
from sim.scenario.expressions import Expression, parse
from tests.scenario.vocabulary import CUSTOMERS, NAMES, refused, values


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
    assert refused(text) == found


@pytest.mark.parametrize(
    ("text", "column"),
    [("trust > 3", 1), ("turn > 2 and vip", 14), ("mei.trust > trust", 13)],
)
def test_once_per_run_no_customer_is_meant(text: str, column: int) -> None:
    assert refused(text, "run") == [(column, "X13")]
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
    taken = []
    for _ in range(3):  # the collector of garbage may pass in one of them
        start = time.process_time()
        problems = parse(text, NAMES, "customer", CUSTOMERS)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.05
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
    found = parse(text, NAMES, "customer", CUSTOMERS)
    if not isinstance(found, Expression):
        assert found
        return
    result = found.evaluate(values(2))
    assert found.in_words("en")
    assert found.in_words("zh")
    if found.truth() is not None:
        everyone = values(2) | {PRESENT: np.ones((2, 3), dtype=np.bool_)}
        assert found.evaluate(everyone).all() == (found.truth() == "always")
    assert result.dtype == np.bool_
