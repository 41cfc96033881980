"""The scenarios that can be played, shipped and the user's own, and what has been made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.paths import scenarios_dir
from sim.play.cards import Card, cards
from sim.play.saves import Save, saves
from sim.scenario.diagnostics import Problem
from sim.scenario.load import locate, scenario_names


@dataclass(frozen=True)
class Entry:
    """A scenario in the catalogue.

    Attributes:
        name: What `play` calls it.
        file: Its file.
        shipped: It came with the program.
        card: Title, summary, minutes, difficulty, concepts; None if it is broken.
        problem: The first error of a broken one.
        played: So many games of it are kept.
        finished: So many of them to their end.
        best: The best grade so far, 0..100, of games played from the beginning; None if no such
            game was graded.
    """

    name: str
    file: Path
    shipped: bool
    card: Card | None
    problem: Problem | None
    played: int
    finished: int
    best: float | None


def catalogue(names: Iterable[str] | None = None) -> tuple[Entry, ...]:
    """All scenarios: from easy to hard, the shorter ones first, then the broken ones.

    Args:
        names: only these.
    """
    games = saves()
    located = {name: locate(name) for name in (scenario_names() if names is None else names)}
    files = {name: file for name, file in located.items() if file is not None}
    known = cards(files.values())
    found = [_entry(name, file, known[file], games) for name, file in files.items()]
    return tuple(sorted(found, key=_place))


def _place(entry: Entry) -> tuple[int, int, str]:
    order = ("easy", "medium", "hard")
    if entry.card is None:
        return len(order), 0, entry.name
    return order.index(entry.card.difficulty), entry.card.minutes, entry.name


def _entry(name: str, file: Path, known: Card | Problem, games: Iterable[Save]) -> Entry:
    card = known if isinstance(known, Card) else None
    ident = name if card is None else card.id
    records = [game.record for game in games if game.record and game.record.scenario == ident]
    results = [record.result for record in records if record.result is not None]
    whole = [record.result for record in records if record.branch is None and record.result]
    grades = [result.grade for result in whole if result.grade is not None]
    return Entry(
        name=name,
        file=file,
        shipped=file.is_relative_to(scenarios_dir()),
        card=card,
        problem=known if isinstance(known, Problem) else None,
        played=len(records),
        finished=len(results),
        best=max(grades, default=None),
    )
