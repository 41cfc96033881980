"""A file of far more customers than can be played is checked whole, in time that grows with it."""

import sys
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.check import CAFE, crowd, whole


def calls(text: str) -> int:
    """How many calls of Python functions a check takes."""
    number = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        whole(text, CAFE)
    finally:
        sys.setprofile(None)
    return number


def told(text: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in whole(text, CAFE).problems]


def test_those_beyond_are_looked_at_like_the_others() -> None:
    text = crowd(60)
    assert told(text) == [("T18", "customers.guest-40")]
    broken = text.replace("guest-59:\n    name:", "guest-59:\n    moode: calm\n    name:")
    broken = broken.replace("ties: {guest-58: 20%}", "ties: {guest-99: 20%}")
    assert told(broken) == [
        ("T18", "customers.guest-40"),
        ("R01", "customers.guest-57.ties.guest-99"),
        ("T01", "customers.guest-59.moode"),
    ]


@pytest.mark.slow
def test_twice_the_customers_take_twice_the_work() -> None:
    none, some, twice = (calls(crowd(number)) for number in (0, 400, 800))
    assert (twice - none) < 2.1 * (some - none)


def test_the_benchmark_writes_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(crowd(3), encoding="utf-8")
    found = whole(file.read_text(encoding="utf-8"), CAFE)
    assert found.loaded is not None
    assert list(found.loaded.scenario.customers)[:3] == ["guest-0", "guest-1", "guest-2"]
