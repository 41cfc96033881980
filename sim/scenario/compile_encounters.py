"""Encounters as tables: every root-to-leaf path of responses is a list of effect rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.arrays import Mask
from sim.engine.conditions import Program
from sim.engine.rules import KINDS
from sim.engine.tables import Encounters
from sim.scenario.compile_people import people_of
from sim.scenario.compile_rows import Line, matrix
from sim.scenario.schema_rows import Response, Unanswered
from sim.scenario.schema_scenario import Encounter, Scenario
from sim.scenario.schema_types import STATUSES, STYLES

ProgramAt = Callable[[str], Program | None]
EACH = "each"
_TRIGGERS = {None: 0, "complaint": 1}


@dataclass(frozen=True)
class Path:
    """A complete course of an encounter."""

    responses: tuple[str, ...]
    rows: tuple[int, ...]
    tones: tuple[int, ...]
    condition: Program | None


@dataclass(frozen=True)
class Tree:
    """An encounter's rows in the effect table."""

    paths: tuple[Path, ...]
    unanswered: int


@dataclass(frozen=True)
class Opened:
    """One encounter of one customer: an entry of the axis V."""

    id: str  # of several customers' encounters, with the customer
    name: str
    customer: str
    speaker: int


_ROOT = Path((), (), (), None)
_SILENCE = Unanswered()


@dataclass
class _Planting:
    """Rows given out so far while the trees are walked in file order."""

    first: int
    program_at: ProgramAt
    lines: list[Line] = field(default_factory=list)

    def row(self, line: Line) -> int:
        """A new row of the effect table."""
        self.lines.append(line)
        return self.first + len(self.lines) - 1


def plant(
    encounters: Mapping[str, Encounter], first: int, program_at: ProgramAt
) -> tuple[dict[str, Tree], list[Line]]:
    """Give every response its row.

    Args:
        encounters: by id.
        first: the row after the last action.
        program_at: the compiled condition at a path of fields.

    Returns:
        The trees by id, and the lines of the effect table from `first` on.
    """
    planting = _Planting(first, program_at)
    trees = {}
    for name, encounter in encounters.items():
        place = f"encounters.{name}.responses"
        paths = tuple(_walk(planting, place, encounter.responses, _ROOT))
        trees[name] = Tree(paths, _unanswered(planting, encounter))
    return trees, planting.lines


def _walk(
    planting: _Planting, place: str, responses: Mapping[str, Response], before: Path
) -> Iterator[Path]:
    """Every complete path from here on, depth first."""
    for name, response in responses.items():
        here = f"{place}.{name}"
        path = Path(
            responses=(*before.responses, name),
            rows=(*before.rows, planting.row(Line(response))),
            tones=(*before.tones, _tone(response)),
            condition=both(before.condition, planting.program_at(f"{here}.if")),
        )
        if response.responses:
            yield from _walk(planting, f"{here}.responses", response.responses, path)
        else:
            yield path


def _tone(response: Response) -> int:
    return 0 if response.tone is None else 1 + STYLES.index(response.tone)


def _unanswered(planting: _Planting, encounter: Encounter) -> int:
    """The row of not answering; row 0, which does nothing, where the file says nothing of it."""
    if encounter.unanswered.model_copy(update={"text": None}) == _SILENCE:
        return 0
    return planting.row(Line(encounter.unanswered, counts=False))


def both(one: Program | None, other: Program | None) -> Program | None:
    """The condition that asks for both."""
    if one is None or other is None:
        return one or other
    return (*one, *other, ("and", 2))


def opened(scenario: Scenario) -> list[Opened]:
    """The entries of the axis V: an encounter of `each` stands once for every customer."""
    entries = []
    for name, encounter in scenario.encounters.items():
        for customer in who(scenario, encounter):
            people = list(people_of(customer, scenario.customers[customer]))
            speaker = people.index(encounter.speaker) if encounter.speaker in people else 0
            ident = f"{name}.{customer}" if encounter.who == EACH else name
            entries.append(Opened(ident, name, customer, speaker))
    return entries


def who(scenario: Scenario, encounter: Encounter) -> Sequence[str]:
    """The customers an encounter may come from."""
    if encounter.who != EACH:
        return [encounter.who]
    return encounter.among or list(scenario.customers)


def encounter_table(
    scenario: Scenario,
    trees: Mapping[str, Tree],
    program_at: ProgramAt,
    looks_at_customer: Callable[[str], bool],
) -> Encounters:
    """The encounters as arrays, one entry per encounter and customer."""
    entries = opened(scenario)
    said = [scenario.encounters[entry.name] for entry in entries]
    woods = [trees[entry.name] for entry in entries]
    customers = list(scenario.customers)
    rows, tones = _path_tables(woods)
    places = [f"encounters.{entry.name}.when" for entry in entries]
    return Encounters(
        customer=np.array([customers.index(entry.customer) for entry in entries], dtype=np.intp),
        speaker=np.array([entry.speaker for entry in entries], dtype=np.intp),
        status=_statuses(said),
        paths=np.array([len(tree.paths) for tree in woods], dtype=np.intp),
        rows=rows,
        tones=tones,
        unanswered=np.array([tree.unanswered for tree in woods], dtype=np.intp),
        turn=np.array([each.turn or 0 for each in said], dtype=np.intp),
        trigger=np.array([_TRIGGERS[each.on] for each in said], dtype=np.intp),
        chance=np.array([each.chance for each in said], dtype=np.float64),
        condition=tuple(program_at(place) for place in places),
        per_customer=np.array([looks_at_customer(place) for place in places], dtype=np.bool_),
        path_condition=tuple(tuple(path.condition for path in tree.paths) for tree in woods),
        repeat=np.array([each.repeat for each in said], dtype=np.float64),
        clue=matrix(
            [{each.clue.style: each.clue.strength} if each.clue else {} for each in said], STYLES
        ),
        reveal=matrix([dict.fromkeys(each.reveals, 1.0) for each in said], KINDS),
        most_open=scenario.most_open,
    )


def most_paths(trees: Mapping[str, Tree]) -> tuple[int, int]:
    """The longest axis of paths and the greatest depth, each at least 1."""
    paths = [len(tree.paths) for tree in trees.values()]
    depths = [len(path.rows) for tree in trees.values() for path in tree.paths]
    return max(paths, default=1), max(depths, default=1)


def _path_tables(woods: Sequence[Tree]) -> tuple[np.ndarray, np.ndarray]:
    paths = max((len(tree.paths) for tree in woods), default=1)
    depth = max((len(path.rows) for tree in woods for path in tree.paths), default=1)
    rows = np.zeros((len(woods), paths, depth), dtype=np.intp)
    tones = rows.copy()
    for v, p, path in _numbered(woods):
        rows[v, p, : len(path.rows)] = path.rows
        tones[v, p, : len(path.tones)] = path.tones
    return rows, tones


def _numbered(woods: Sequence[Tree]) -> Iterator[tuple[int, int, Path]]:
    for v, tree in enumerate(woods):
        for p, path in enumerate(tree.paths):
            yield v, p, path


def _statuses(said: Sequence[Encounter]) -> Mask:
    table = np.zeros((len(said), len(STATUSES)), dtype=np.bool_)
    for v, each in enumerate(said):
        table[v] = [name in each.status for name in STATUSES]
    return table
