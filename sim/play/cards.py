"""What the list of scenarios says of each, remembered so that no list reads all scenarios again.

cards(files) -> {file: Card, or the first Problem of a broken one}

A card is kept in the user's folder together with size and time of the scenario's file, of the
library and of the program; whatever of these changed makes it worthless. What is wrong with a
broken scenario is not kept: somebody is at work on it.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import sim
from sim.paths import PACKAGE, scenarios_dir, user_dir
from sim.scenario.diagnostics import Problem
from sim.scenario.load import inspect_scenario
from sim.scenario.script import Script, Words

MOST_FACES = 6


@dataclass(frozen=True)
class Card:
    """A scenario on the shelf.

    Attributes:
        id: Of the scenario.
        title: What it is called.
        summary: Two sentences.
        turn_name: What a turn is called.
        difficulty: `easy`, `medium` or `hard`.
        minutes: How long a game takes.
        turns: How many there are.
        teaches: Names of the concepts it is about.
        faces: Portraits of the first customers, each once.
    """

    id: str
    title: Words
    summary: Words
    turn_name: Words
    difficulty: str
    minutes: int
    turns: int
    teaches: tuple[Words, ...]
    faces: tuple[str, ...]


def card_of(script: Script) -> Card:
    """The card of a sound scenario."""
    known = script.glossary.concepts
    people = (
        customer.portrait or person.portrait
        for customer in script.customers.values()
        for person in list(customer.people.values())[:1]
    )
    return Card(
        id=script.id,
        title=script.title,
        summary=script.summary,
        turn_name=script.turn_name,
        difficulty=script.difficulty,
        minutes=script.minutes,
        turns=script.turns,
        teaches=tuple(known[each].name for each in script.teaches if each in known),
        faces=tuple(dict.fromkeys(face for face in people if face))[:MOST_FACES],
    )


def cards(files: Iterable[Path]) -> dict[Path, Card | Problem]:
    """The card of each scenario, or the first error of a broken one."""
    kept = _read()
    program = _program()
    found: dict[Path, Card | Problem] = {}
    fresh = {}
    for file in files:
        stamp = f"{program} {_stamp(file)}"
        entry = kept.get(str(file), {})
        card = _restored(entry) if entry.get("stamp") == stamp else None
        found[file] = made = card or _look(file, stamp)
        if card is None and isinstance(made, Card):
            fresh[str(file)] = {"stamp": stamp, "card": asdict(made)}
    if fresh:
        _write({**kept, **fresh})
    return found


@lru_cache(maxsize=64)
def _look(file: Path, _stamp: str) -> Card | Problem:
    looked = inspect_scenario(file, advise=False)
    if looked.loaded is not None:
        return card_of(looked.loaded.script)
    return next(problem for problem in looked.problems if problem.severity == "error")


def _restored(entry: Mapping[str, Any]) -> Card | None:
    """The card as it was kept; None if somebody has been at the file."""
    try:
        said = dict(entry["card"])
        for name in ("title", "summary", "turn_name"):
            said[name] = Words(**said[name])
        teaches = tuple(Words(**words) for words in said.pop("teaches"))
        return Card(**said | {"teaches": teaches, "faces": tuple(said["faces"])})
    except (KeyError, TypeError, ValueError):
        return None


def _program() -> str:
    """Changes with the program and the library, both of which decide what a sound scenario is."""
    code = sorted((PACKAGE / "scenario").rglob("*.py"))
    library = sorted((scenarios_dir() / "library").glob("*.yaml"))
    seen = "\n".join(f"{file.name} {_stamp(file)}" for file in (*code, *library))
    return hashlib.sha256(f"{sim.__version__}\n{seen}".encode()).hexdigest()


def _stamp(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return "-"
    return f"{status.st_size} {status.st_mtime_ns}"


def _file() -> Path:
    return user_dir() / "cards.json"


def _read() -> dict[str, dict[str, Any]]:
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = kept if isinstance(kept, dict) else {}
    return {name: entry for name, entry in entries.items() if isinstance(entry, dict)}


def _write(kept: Mapping[str, Mapping[str, Any]]) -> None:
    """Keeps the cards in one step; where that cannot be done they are made anew each time."""
    file = _file()
    part = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        part.replace(file)
