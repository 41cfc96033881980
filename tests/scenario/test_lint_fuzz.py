"""No scenario, however spoilt, stops the checks; what they say can be told in both languages."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.paths import scenarios_dir
from sim.scenario.diagnostics import Place, as_json, headline
from sim.scenario.load import inspect_source
from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.plain import looked_up
from sim.scenario.pruning import copy_of
from sim.scenario.source import Source, parse, read
from tests.scenario.test_lint import paths_in

TINY = Path(__file__).parent / "good" / "tiny.yaml"
SOURCE = read(TINY)
LINES = SOURCE.text.split("\n")
SHIPPED = sorted(scenarios_dir().glob("*/scenario.yaml"))
PLACES = list(paths_in(SOURCE.data))
START = Place(str(TINY), 1, 1)

junk = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["0", "-1", "1e9", "200", "100%", "true", "each", "tom", "mei", "unborn"]),
    st.sampled_from(["told", "turn > 9", "any(trust > 3)", "event.chain_opens > 0", "{name", "”"]),
    st.lists(st.sampled_from(["mei", "tom", "greet", "style", "x"]), max_size=4),
    st.dictionaries(st.sampled_from(["en", "zh", "a", "trust"]), st.text(max_size=6), max_size=3),
)
spoilt_places = st.lists(st.tuples(st.sampled_from(PLACES), junk), min_size=1, max_size=6)
swaps = st.tuples(*(st.integers(0, len(LINES) - 1),) * 2)


def bears(source: Source, path: Path = TINY) -> None:
    """Whether a scenario is looked at to the end, and all of it can be told."""
    found = inspect_source(source, path)
    for problem in found.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert headline(problem, "en")
        assert headline(problem, "zh")
    json.dumps(as_json(found.problems, "zh"))


def marked(value: Any) -> Any:
    """A value as reading gives it."""
    if isinstance(value, dict):
        mapping = MarkedDict(START)
        for key, each in value.items():
            mapping[key], mapping.marks[key] = marked(each), (START.path, 1, 1, 1, 1)
        return mapping
    if isinstance(value, list):
        items = MarkedList(START)
        items.extend(value)
        items.marks.extend((START.path, 1, 1) for _ in value)
        return items
    return value


def spoilt(changes: list[tuple[tuple[Any, ...], Any]]) -> Source:
    """The smallest scenario with other values at some places."""
    data = copy_of(SOURCE.data)
    for path, value in changes:
        holder = looked_up(data, path[:-1])
        if looked_up(holder, path[-1:]) is not None:
            holder[path[-1]] = marked(value)
    return replace(SOURCE, data=data)


@pytest.mark.slow
@given(spoilt_places)
def test_values_of_the_wrong_kind(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    bears(spoilt(changes))


@pytest.mark.slow
@given(st.lists(swaps, min_size=1, max_size=4))
def test_lines_in_the_wrong_place(pairs: list[tuple[int, int]]) -> None:
    lines = list(LINES)
    for one, other in pairs:
        lines[one], lines[other] = lines[other], lines[one]
    bears(parse("\n".join(lines), str(TINY)))


comments = st.text(st.sampled_from("#lint: okL2W0,因为because"), max_size=30)


@pytest.mark.slow
@given(st.integers(0, len(LINES) - 1), comments)
def test_comments_of_any_kind(line: int, comment: str) -> None:
    lines = list(LINES)
    lines[line] += f"  # lint: ok {comment}"
    bears(parse("\n".join(lines), str(TINY)))


@pytest.mark.slow
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_a_shipped_scenario_without_one_of_its_sections(file: Path) -> None:
    source = read(file)
    assert source.data is not None
    for section in source.data:
        data = copy_of(source.data)
        del data[section]
        bears(replace(source, data=data), file)
