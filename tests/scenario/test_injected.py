"""Every kind of mistake is found in every shipped scenario, at its line, and none where none is."""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.paths import scenarios_dir
from sim.scenario.diagnostics import Place
from sim.scenario.edit import Draft
from sim.scenario.load import inspect_source
from sim.scenario.source import Source, parse, read
from tests.scenario import defects_play, defects_words
from tests.scenario.defects import Defect

SHIPPED = sorted(file.parent for file in scenarios_dir().glob("*/scenario.yaml"))
KINDS = defects_words.KINDS | defects_play.KINDS
FEWEST = 40  # kinds that every scenario has a place for
FOUND = 0.95


class Again(Draft):
    """A draft of a text that was read before, without changes."""

    def __init__(self, first: Draft, data: str) -> None:
        """Shares what reading found.

        Args:
            first: the draft that read the text.
            data: what the text says, as JSON.
        """
        self.__dict__ |= first.__dict__
        self.data = json.loads(data)
        self._replaced, self._removed, self._added, self._comments = {}, set(), [], {}


def line_of(source: Source, defect: Defect) -> int:
    """The line at which a defect stands."""
    holder: Any = source.data
    for key in defect.keys[:-1]:
        holder = holder[key]
    name = defect.keys[-1]
    place: Place = holder.key_place(name) if defect.at_key else holder.place(name)
    return place.line


def told(source: Source, path: Path) -> set[tuple[str, int]]:
    """Codes and lines of all that is told of a text."""
    found = inspect_source(source, path)
    return {(problem.code, problem.line) for problem in found.problems}


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_the_original_is_clean(folder: Path) -> None:
    path = folder / "scenario.yaml"
    assert told(read(path), path) == set()


@pytest.mark.slow
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_what_is_broken_is_told_where_it_was_broken(folder: Path) -> None:
    path = folder / "scenario.yaml"
    first = Draft(path.read_text(encoding="utf-8"))
    data = json.dumps(first.data)
    tried, missed = 0, []
    for name, break_it in KINDS.items():
        draft = Again(first, data)
        defect = break_it(draft)
        if defect is None:
            continue
        tried += 1
        broken = parse(draft.finish(), str(path))
        if (defect.code, line_of(broken, defect)) not in told(broken, path):
            missed.append(f"{name}: {defect.code} at {defect.keys}")
    assert tried >= FEWEST
    assert len(missed) <= (1.0 - FOUND) * tried, missed
