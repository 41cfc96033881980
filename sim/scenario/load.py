"""From a name or path to a checked scenario, or to everything that is wrong with it.

load_scenario(name_or_path) -> Loaded      raises ScenarioError
inspect_scenario(path) -> Inspection       never raises: for tools that show problems
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sim.engine.conditions import Program
from sim.errors import ScenarioError
from sim.paths import scenarios_dir, user_dir
from sim.scenario.diagnostics import Place, Problem, make, ordered
from sim.scenario.extending import resolved
from sim.scenario.library import Library, load_library
from sim.scenario.lint import lint
from sim.scenario.lint_conditions import Conditions, read_conditions
from sim.scenario.lint_context import Context, joined
from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.pruning import Keys, validate
from sim.scenario.schema_rows import Action, MarketAction
from sim.scenario.schema_scenario import Scenario
from sim.scenario.source import Source, paused_collection, read
from sim.scenario.suggest import nearest
from sim.scenario.suppressions import called_off
from sim.scenario.texts import Script, script_of
from sim.scenario.validation import MOST_TOLD

FILE_NAME = "scenario.yaml"
MOST_GUESSES = 100

_WORDS = {"en": "…", "zh": "……"}
# Stand-ins for what is missing at the top of a file, so that the rest can still be checked.
_FILLER: Mapping[str, object] = {
    "format": "1",
    "id": "unknown",
    "title": _WORDS,
    "summary": _WORDS,
    "briefing": _WORDS,
    "kind": "mixed",
    "difficulty": "easy",
    "turns": "200",
    "turn_name": _WORDS,
    "budget": {"hours": "1000000"},
    "score": {"satisfaction": "1"},
    "offers": ["unknown"],
    "customers": {"unknown": {"name": _WORDS}},
    "endings": {"unknown": {"title": _WORDS, "text": _WORDS}},
}


@dataclass(frozen=True)
class Loaded:
    """A scenario without errors.

    Attributes:
        scenario: Its file as a model.
        library: What all scenarios share.
        script: Its words.
        path: Its file.
        source: The file as read, for tools that show or edit it.
        actions: All actions by id, the library's and its own.
        market_actions: Likewise for the firm.
        conditions: Compiled, by the path of their field.
        warnings: Problems that do not keep it from being played.
    """

    scenario: Scenario
    library: Library
    script: Script
    path: Path
    source: Source
    actions: Mapping[str, Action]
    market_actions: Mapping[str, MarketAction]
    conditions: Conditions
    warnings: tuple[Problem, ...] = ()

    def program(self, field: str) -> Program | None:
        """The compiled condition of a field, None where there is none."""
        return self.conditions.programs.get(field)

    def looks_at_customer(self, field: str) -> bool:
        """Whether the condition of a field is about a customer rather than the whole game."""
        return field in self.conditions.per_customer


@dataclass(frozen=True)
class Inspection:
    """A look at one file.

    Attributes:
        source: The file as read.
        problems: All of them, in order.
        loaded: The scenario, when none of the problems is an error.
    """

    source: Source
    problems: tuple[Problem, ...]
    loaded: Loaded | None = None

    def lines_of(self, path: str) -> Sequence[str]:
        """The lines of a file that a problem may point at."""
        if path == self.source.path:
            return self.source.lines
        return read(path).lines


def load_scenario(name_or_path: str | Path, *, library: Path | None = None) -> Loaded:
    """The scenario of a name or path.

    Args:
        name_or_path: `corner-cafe`, a scenario's folder, or its file.
        library: the folder of the library it was written for; the shipped one by default.

    Raises:
        ScenarioError: It cannot be found or has errors; `problems` holds all of them.
    """
    found = inspect_scenario(name_or_path, library=library, advise=False)
    if found.loaded is None:
        raise ScenarioError(found.problems)
    return found.loaded


def inspect_scenario(
    name_or_path: str | Path,
    name: str | None = None,
    *,
    library: Path | None = None,
    advise: bool = True,
) -> Inspection:
    """Looks at a scenario and finds everything that is wrong with it.

    Args:
        name_or_path: as for `load_scenario`.
        name: what to call the file in problems; its path by default.
        library: as for `load_scenario`.
        advise: whether to say what is sound and still hardly meant; who plays need not know.
    """
    path = locate(name_or_path)
    if path is None:
        return Inspection(Source(str(name_or_path)), (_unknown(str(name_or_path)),))
    return inspect_source(read(path, name), path, library=library, advise=advise)


def inspect_source(
    source: Source, path: Path, *, library: Path | None = None, advise: bool = True
) -> Inspection:
    """Looks at a text that may not be on the disk yet.

    Args:
        source: the text as read.
        path: where it is, or would be.
        library: as for `load_scenario`.
        advise: as for `inspect_scenario`.
    """
    if source.data is None:
        return Inspection(source, tuple(ordered(source.problems)))
    with paused_collection():
        return _inspect(source, source.data, path, load_library(library), advise=advise)


def locate(name_or_path: str | Path) -> Path | None:
    """The file of a scenario, None when there is none of that name.

    A path comes first, then the user's own scenarios, then the shipped ones.
    """
    given = Path(name_or_path)
    if not is_possible(given):
        return given
    if given.exists() and not given.is_dir():
        return given
    if given.is_dir() and (given / FILE_NAME).is_file():
        return given / FILE_NAME
    if len(given.parts) != 1:
        return given if given.suffix else None
    places = (user_dir() / "scenarios", scenarios_dir())
    files = (place / given / FILE_NAME for place in places)
    found = next((file for file in files if file.is_file()), None)
    return found or (given if given.suffix else None)


def located(name_or_path: str | Path) -> Path:
    """The file of a scenario.

    Raises:
        ScenarioError: R04: there is none of that name.
    """
    path = locate(name_or_path)
    if path is None:
        raise ScenarioError([_unknown(str(name_or_path))])
    return path


def is_possible(path: Path) -> bool:
    """Whether the system can look for such a name at all; some are too long or hold a NUL."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return True


def scenario_names() -> list[str]:
    """Names of the user's own and the shipped scenarios, in order."""
    places = (user_dir() / "scenarios", scenarios_dir())
    return sorted({file.parent.name for place in places for file in place.glob(f"*/{FILE_NAME}")})


def _unknown(name: str) -> Problem:
    return make("R04", Place(name, 1, 1), value=name, choices=scenario_names())


def _inspect(
    source: Source, raw: MarkedDict, path: Path, library: Library, *, advise: bool
) -> Inspection:
    problems = list(source.problems)
    data = resolved(raw, problems, library.shelf)
    checked = validate(Scenario, data, damaged=bool(source.blanked), filler=_FILLER)
    problems += checked.problems
    if not source.blanked:
        problems += islice(_empty_fields((), data), MOST_TOLD)
    if checked.model is None:
        return Inspection(source, _told_once(problems))
    context = Context(
        scenario=checked.model,
        library=library,
        data=data,
        checked=checked,
        source=source,
        path=path,
    )
    conditions = read_conditions(context)
    lint(context, conditions, advise=advise)
    problems += context.problems
    broken = any(problem.severity == "error" for problem in problems)
    found = _told_once(problems)
    if advise:
        found = _told_once(called_off(found, source, sound=not broken))
    if broken:
        return Inspection(source, found)
    return Inspection(source, found, _loaded(context, conditions, found))


def _empty_fields(keys: Keys, value: Any) -> Iterator[Problem]:
    """Names with nothing behind the colon: somebody meant to write something there."""
    if isinstance(value, MarkedList):
        for index, inner in enumerate(value):
            yield from _empty_fields((*keys, index), inner)
    elif isinstance(value, MarkedDict):
        for key, inner in value.items():
            if inner is None:
                yield make("T23", value.place(key), joined((*keys, key)), wanted="value")
            yield from _empty_fields((*keys, key), inner)


def _told_once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems in order, each cause told once and where it stands.

    What several entries take over from another is told at that one; a field that is spelt wrong is
    not missed as well; a text cut by a comma is neither an unknown field nor an empty one.
    """
    found = [_comma(problem) for problem in ordered(problems)]
    misspelt = _misspelt(found)
    faulty = {problem.place for problem in found if problem.code != "T23"}
    told: dict[tuple[Place, str, str], Problem] = {}
    for problem in found:
        missing = str(problem.data.get("field", ""))
        if problem.code == "T02" and (problem.field, missing) in misspelt:
            continue
        if problem.code != "T23" or problem.place not in faulty:
            told.setdefault((problem.place, problem.code, missing), problem)
    return tuple(told.values())


def _misspelt(problems: Sequence[Problem]) -> set[tuple[str, str | None]]:
    """The fields that were probably meant by unknown names: path of the entry, name."""
    lacking = {problem.field for problem in problems if problem.code == "T02"}
    unknown = (
        (problem.field.rpartition(".")[0], problem.data)
        for problem in problems
        if problem.code == "T01" and problem.field.rpartition(".")[0] in lacking
    )
    return {
        (entry, nearest(data["value"], data["choices"]))
        for entry, data in islice(unknown, MOST_GUESSES)
    }


def _comma(problem: Problem) -> Problem:
    """Says that a comma has cut a text (`{en: Yes, it is, zh: …}`), not that a field is odd."""
    if problem.code == "T01" and tuple(problem.data.get("choices", ())) == ("en", "zh"):
        return make("L08", problem.place, problem.field.removesuffix(f".{problem.data['value']}"))
    return problem


def _loaded(context: Context, conditions: Conditions, found: tuple[Problem, ...]) -> Loaded:
    return Loaded(
        scenario=context.scenario,
        library=context.library,
        script=script_of(
            context.scenario, context.library, context.actions, context.market_actions
        ),
        path=context.path,
        source=context.source,
        actions=context.actions,
        market_actions=context.market_actions,
        conditions=conditions,
        warnings=found,
    )
