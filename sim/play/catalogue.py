"""The scenarios that can be played, shipped and the user's own, and what has been made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.paths import scenarios_dir
from sim.play.saves import Save, saves
from sim.scenario.diagnostics import Problem
from sim.scenario.load import inspect_scenario, locate, scenario_names
from sim.scenario.texts import Script


@dataclass(frozen=True)
class Entry:
    """A scenario in the catalogue.

    Attributes:
        name: What `play` calls it.
        file: Its file.
        shipped: It came with the program.
        script: Title, summary, minutes, difficulty, concepts; None if it is broken.
        problem: The first error of a broken one.
        played: So many games of it are kept.
        finished: So many of them to their end.
        best: The best grade so far, 0..100; None if no game was graded.
    """

    name: str
    file: Path
    shipped: bool
    script: Script | None
    problem: Problem | None
    played: int
    finished: int
    best: float | None


def catalogue(names: Iterable[str] | None = None) -> tuple[Entry, ...]:
    """All scenarios: those that can be played from easy to hard, then the broken ones.

    Args:
        names: only these.
    """
    games = saves()
    found = [_entry(name, games) for name in (scenario_names() if names is None else names)]
    return tuple(sorted((entry for entry in found if entry is not None), key=_place))


def _place(entry: Entry) -> tuple[int, str]:
    order = ("easy", "medium", "hard")
    return len(order) if entry.script is None else order.index(entry.script.difficulty), entry.name


def _entry(name: str, games: Iterable[Save]) -> Entry | None:
    file = locate(name)
    if file is None:
        return None
    looked = inspect_scenario(file)
    script = None if looked.loaded is None else looked.loaded.script
    ident = name if script is None else script.id
    records = [game.record for game in games if game.record and game.record.scenario == ident]
    results = [record.result for record in records if record.result is not None]
    grades = [result.grade for result in results if result.grade is not None]
    errors = (problem for problem in looked.problems if problem.severity == "error")
    return Entry(
        name=name,
        file=file,
        shipped=file.is_relative_to(scenarios_dir()),
        script=script,
        problem=next(errors, None),
        played=len(records),
        finished=len(results),
        best=max(grades, default=None),
    )
