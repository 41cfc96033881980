"""A scenario made ready to be played: its rules, its words and the files it came from."""

from dataclasses import dataclass
from pathlib import Path

from sim.engine.rules import Rules
from sim.lab.pars import Pars, grade, known, pars
from sim.paths import scenarios_dir, user_dir
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.load import Loaded, load_scenario
from sim.scenario.texts import Script


@dataclass(frozen=True)
class Case:
    """What a game needs of its scenario.

    Attributes:
        rules: What `step` plays by.
        script: Every text by id, in both languages.
        fingerprint: Of the rules; names of a copy that is kept with the saves.
        file: The scenario's file.
        library: The folder of the library it was loaded with.
    """

    rules: Rules
    script: Script
    fingerprint: str
    file: Path
    library: Path


def open_case(scenario: str | Path, *, library: Path | None = None) -> Case:
    """Load and compile a scenario.

    Args:
        scenario: its name, or the path of its folder or file.
        library: the folder of the library it was written for; the shipped one by default.

    Raises:
        ScenarioError: it cannot be found or has errors.
    """
    return case_of_loaded(load_scenario(scenario, library=library), library=library)


def case_of_loaded(loaded: Loaded, *, library: Path | None = None) -> Case:
    """Compile a scenario that has been loaded.

    Args:
        loaded: it, without errors.
        library: the folder of the library it was loaded with; the shipped one by default.
    """
    rules = compile_scenario(loaded)
    folder = scenarios_dir() / "library" if library is None else library
    return Case(rules, loaded.script, fingerprint(rules), loaded.path, folder)


def grade_of(case: Case, score: float) -> float:
    """The grade of a score, 0..100; the first one of a scenario takes seconds, then it is known."""
    return grade(score, pars(case.rules, case.fingerprint, pars_dir()))


def known_pars(case: Case) -> Pars | None:
    """What doing nothing and the expert reach, if a grade has been worked out before; at once."""
    return known(case.fingerprint, pars_dir())


def pars_dir() -> Path:
    """Where the pars of scenarios are kept; not created here."""
    return user_dir() / "pars"
