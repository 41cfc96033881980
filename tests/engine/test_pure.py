"""A turn changes none of its arguments, and the same arguments give the same bytes anywhere."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.arrays import digest
from sim.engine import legal
from sim.engine.observe import observe
from sim.engine.score import score
from sim.engine.step import step
from tests.engine import recorded_games
from tests.engine.workshop import compiled, whole_game
from tests.strategies import SCENARIOS, any_choices, opening, turn_chance

ROOT = Path(__file__).parents[2]
each_scenario = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)


def arrays(value: Any) -> Iterator[np.ndarray[Any, Any]]:
    """Every array in a value, however deep."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from arrays(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from arrays(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from arrays(getattr(value, each.name))


def locked(value: Any) -> Any:
    """The value with all its arrays made read-only."""
    for array in arrays(value):
        array.setflags(write=False)
    return value


@each_scenario
def test_a_turn_writes_to_nothing_that_it_is_given(path: Path) -> None:
    rules, runs = compiled(path), 4
    state = opening(rules, runs=runs)
    for number in range(rules.sizes.turns):
        before = digest(state)
        choices = locked(any_choices(rules, locked(state), seed=8))
        chance = locked(turn_chance(rules, number, runs=runs))
        after, outcome = step(locked(rules), state, choices, chance, ledger=number % 2 == 0)
        locked((after, outcome))
        observe(rules, after)
        score(rules, after)
        legal.paths_allowed(rules, after)
        assert digest(state) == before
        state = after


@each_scenario
def test_the_same_arguments_give_the_same_bytes(path: Path) -> None:
    rules = compiled(path)
    turn = whole_game(rules, "any", seed=4, runs=3)[-1]
    results = [step(rules, turn.before, turn.choices, turn.chance, ledger=True) for _ in range(3)]
    assert len({digest(result) for result in results}) == 1


@each_scenario
def test_the_opening_depends_on_its_chance_alone(path: Path) -> None:
    rules = compiled(path)
    assert digest(opening(rules, seed=7, runs=3)) == digest(opening(rules, seed=7, runs=3))
    assert digest(opening(rules, seed=7, runs=3)) != digest(opening(rules, seed=8, runs=3))


@each_scenario
def test_a_state_shares_no_memory_that_a_later_turn_could_write_to(path: Path) -> None:
    """Two states may share an array that did not change; neither may be a view of the choices."""
    for turn in whole_game(compiled(path), "any", seed=2, runs=2):
        for result in arrays(turn.state):
            for given in (*arrays(turn.choices), *arrays(turn.chance)):
                assert not np.shares_memory(result, given)


def test_states_hold_only_numbers_of_full_precision() -> None:
    kinds = {np.dtype(np.float64), np.dtype(np.intp), np.dtype(np.bool_)}
    for path in SCENARIOS:
        for turn in whole_game(compiled(path), "any", seed=2):
            assert {array.dtype for array in arrays((turn.state, turn.outcome))} <= kinds


# Other machines -------------------------------------------------------------------------------


def digests_elsewhere(**environment: str) -> list[str]:
    """What the recorded games come to in a process of its own; the first line names numpy."""
    paths = [environment.pop("PYTHONPATH", ""), str(ROOT)]
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.engine.recorded_games"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.splitlines()


@pytest.mark.slow
def test_a_process_without_vector_units_gives_the_same_bits() -> None:
    used = recorded_games.vector_units()
    features = " ".join(used)
    version, units, *digests = digests_elsewhere(NPY_DISABLE_CPU_FEATURES=features)
    assert version == f"numpy {np.__version__}"
    assert units == "units" or not used
    assert digests == recorded_games.digests()


def numpy_bound() -> str:
    """The oldest numpy that the project admits."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = next(each for each in project["dependencies"] if each.startswith("numpy"))
    return str(wanted.partition(">=")[2])


@pytest.mark.slow
@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_another_numpy_gives_the_same_bits(which: str, tmp_path: Path) -> None:
    wanted = f"numpy=={numpy_bound()}" if which == "oldest" else f"numpy>={numpy_bound()}"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"]
    installed = subprocess.run(
        [*command, "--only-binary=:all:", "--target", str(tmp_path), wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        pytest.skip(f"{wanted} cannot be had here: {installed.stderr.strip()[-200:]}")
    version, _, *digests = digests_elsewhere(PYTHONPATH=str(tmp_path))
    assert version == f"numpy {numpy_bound()}" if which == "oldest" else version > "numpy 2"
    assert digests == recorded_games.digests()
