"""Scenarios that stand in this tree, which no test changes: read and compiled once a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from sim.play import case
from sim.play.case import Case
from sim.scenario.load import Loaded, load_scenario, locate

ROOT = Path(__file__).parents[1]


@cache
def _loaded(file: Path) -> Loaded:
    return load_scenario(file)


@cache
def _case(file: Path) -> Case:
    return _compile(_loaded(file))


_compile = case.case_of_loaded


def _load(scenario: str | Path, *, library: Path | None = None) -> Loaded:
    file = locate(scenario) if library is None else None
    stays = file is not None and file.is_relative_to(ROOT)
    return _loaded(file) if file and stays else load_scenario(scenario, library=library)


def _case_of(loaded: Loaded, *, library: Path | None = None) -> Case:
    stays = library is None and loaded.path.is_relative_to(ROOT)
    return _case(loaded.path) if stays else _compile(loaded, library=library)


@contextmanager
def read_once() -> Iterator[None]:
    """Lets every game that is begun or opened find its scenario as it was first read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(case, "load_scenario", _load)
        patch.setattr(case, "case_of_loaded", _case_of)
        yield
