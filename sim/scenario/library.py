"""The shared library: parameters, tables, actions, names and concepts, read once.

    load_library() -> Library

A library with a mistake is refused as a scenario is, with all its problems at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError
from sim.paths import scenarios_dir
from sim.scenario.diagnostics import Problem
from sim.scenario.extending import Shelf, resolved
from sim.scenario.marked import MarkedDict
from sim.scenario.pruning import validate
from sim.scenario.schema_library import (
    ActionsFile,
    ConceptEntry,
    ConceptsFile,
    FieldsFile,
    KindEntry,
    KnowledgeFile,
    Lever,
    LeversFile,
    MannerEntry,
    MarketEntry,
    MoodEntry,
    MoodsFile,
    MotiveEntry,
    ParameterEntry,
    ParametersFile,
    PriorEntry,
    ProtocolEntry,
    ProtocolsFile,
    RoleEntry,
    StartEntry,
    StartFile,
    StyleEntry,
    StylesFile,
    SurveyEntry,
    TermEntry,
    TermsFile,
    TouchpointEntry,
)
from sim.scenario.schema_rows import Action, MarketAction
from sim.scenario.schema_types import Model, Named, Text
from sim.scenario.source import Source, read

_FILES: Mapping[str, type[Model]] = {
    "parameters": ParametersFile,
    "styles": StylesFile,
    "moods": MoodsFile,
    "protocols": ProtocolsFile,
    "levers": LeversFile,
    "knowledge": KnowledgeFile,
    "concepts": ConceptsFile,
    "terms": TermsFile,
    "start": StartFile,
    "fields": FieldsFile,
}


@dataclass(frozen=True)
class Library:
    """What all scenarios share; mappings by id, in the order of the files."""

    parameters: Mapping[str, ParameterEntry]
    styles: Mapping[str, StyleEntry]
    manners: Mapping[str, MannerEntry]
    moods: Mapping[str, MoodEntry]
    families: Mapping[str, Named]
    protocols: Mapping[str, ProtocolEntry]
    levers: Mapping[str, Lever]
    kinds: Mapping[str, KindEntry]
    roles: Mapping[str, RoleEntry]
    motives: Mapping[str, MotiveEntry]
    surveys: Mapping[str, SurveyEntry]
    touchpoints: Mapping[str, TouchpointEntry]
    names: Mapping[str, Mapping[str, Named]]  # levels, stages, relation_levels, ...
    concepts: Mapping[str, ConceptEntry]
    terms: Mapping[str, Mapping[str, TermEntry]]
    start: Mapping[str, StartEntry]
    market: MarketEntry
    prior: PriorEntry
    fields: Mapping[str, Text]
    actions: Mapping[str, Mapping[str, Action]]  # by file
    market_actions: Mapping[str, Mapping[str, MarketAction]]
    shelf: Shelf  # the actions as data, for `extends`

    def chance(self, mood: str, other: str) -> float:
        """How likely it is to go from one mood to another in a turn."""
        to: Mapping[Any, float] = self.moods[mood].to
        return to.get(other, 0.0)


def load_library(folder: Path | None = None) -> Library:
    """The library of a folder, by default the shipped one.

    Raises:
        ScenarioError: It has mistakes; all of them are in `problems`.
    """
    return _load((scenarios_dir() / "library") if folder is None else folder)


def forget_library() -> None:
    """Reads the files anew at the next call: somebody is writing them."""
    _load.cache_clear()


@lru_cache(maxsize=4)
def _load(folder: Path) -> Library:
    named = {name: read(folder / f"{name}.yaml") for name in _FILES}
    action_files = {
        path.stem: read(path) for path in sorted(folder.glob("*.yaml")) if path.stem not in _FILES
    }
    models: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, source in {**named, **action_files}.items():
        problems += source.problems
        if source.data is not None:
            checked = validate(_FILES.get(name, ActionsFile), resolved(source.data, problems))
            models[name] = checked.model
            problems += checked.problems
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ScenarioError(errors)
    return _assemble(models, action_files)


def _assemble(models: Mapping[str, Any], action_files: Mapping[str, Source]) -> Library:
    knowledge = models["knowledge"]
    return Library(
        parameters=models["parameters"].parameters,
        styles=models["styles"].styles,
        manners=models["styles"].manners,
        moods=models["moods"].moods,
        families=models["moods"].families,
        protocols=models["protocols"].protocols,
        levers=models["levers"].levers,
        kinds=knowledge.kinds,
        roles=knowledge.roles,
        motives=knowledge.motives,
        surveys=knowledge.surveys,
        touchpoints=knowledge.touchpoints,
        names={
            name: getattr(knowledge, name)
            for name in (
                *("levels", "stages", "relation_levels", "matrix_types", "statuses"),
                *("factors", "touchpoints", "surveys"),
            )
        },
        concepts=models["concepts"].concepts,
        terms=models["terms"].terms,
        start=models["start"].start,
        market=models["start"].market,
        prior=models["start"].prior,
        fields=models["fields"].fields,
        actions={name: models[name].actions for name in action_files},
        market_actions={name: models[name].market_actions for name in action_files},
        shelf={section: _shelf(section, action_files) for section in ("actions", "market_actions")},
    )


def _shelf(section: str, files: Mapping[str, Source]) -> dict[str, MarkedDict]:
    """All entries of a section by id, as data."""
    found: dict[str, MarkedDict] = {}
    for source in files.values():
        entries = resolved(source.data, []).get(section) if source.data is not None else None
        found |= entries or {}
    return found
