"""What a program that computes its game itself is told: the window, which plays with a class.

It is told what the browser's pages show, and no luck before its time: the numbers that were drawn
for a turn once the game has played that turn, and the seed of the room never (see `told_luck`).
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sim.classroom.deciding import game_of
from sim.classroom.model import RoomInfo
from sim.classroom.service import Service
from sim.classroom.state import Room
from sim.classroom.turns import Engine
from sim.draws import Shape, draw, draw_start
from sim.engine.step import RULES_VERSION
from sim.game import TurnRecord, shape_of
from sim.play import told_luck
from sim.play.case import Case

SCENARIO_FILE: Final = "scenario.yaml"
LIBRARY: Final = "library"


@dataclass(frozen=True)
class Door:
    """What somebody has to know before taking a seat.

    Attributes:
        room: As it stands.
        fingerprint: Of the rules of its scenario.
        rules_version: Of the engine that plays it.
    """

    room: RoomInfo
    fingerprint: str
    rules_version: int


@dataclass(frozen=True)
class Played:
    """The turns of a game that have been played, after those that are known.

    Attributes:
        after: How many were known.
        turns: What was decided in each; a team's as it was voted, an absent one's by the rule.
        luck: What was drawn for each, `told_luck.packed`.
        opening: What was drawn for the opening; empty if turns are known already.
        digest: Of where the game stands now, `told_luck.digest`; empty if there is nothing new.
        draft: What this seat has chosen in its open turn.
    """

    after: int
    turns: tuple[TurnRecord, ...]
    luck: tuple[str, ...]
    opening: str
    digest: str
    draft: TurnRecord


class Beyond(Service):
    """What the service of the classroom tells such programs."""

    def door(self, room: str) -> Door:
        """What somebody has to know before taking a seat."""
        found = self._look(room)
        return Door(found.info, found.fingerprint, RULES_VERSION)

    def played(self, seat: str, after: int) -> Played:
        """The turns of the game of a seat; see `played`."""
        room = self._home(seat)
        return played(room, self._cases.engine(room), seat, after)

    def scenario_files(self, seat: str) -> dict[str, str]:
        """The scenario that a seat plays, as `scenario_files`."""
        room = self._home(seat)
        game_of(room, seat)  # refuses who has been sent away
        return scenario_files(self._cases.engine(room).case)


def played(room: Room, engine: Engine, seat: str, after: int) -> Played:
    """The turns of the game of a seat.

    Args:
        room: which one.
        engine: that plays it.
        seat: whose game.
        after: how many turns are known already, 0 or more.

    Raises:
        ClassError: `class/unknown-seat`, `class/removed`.
    """
    game = game_of(room, seat)
    shape, known = shape_of(engine.case.rules), min(after, len(game.turns))
    turns = game.turns[known:]
    draft = room.drafts.get(seat)
    return Played(
        after=known,
        turns=tuple(_without_notes(each) for each in turns) if game.team else turns,
        luck=tuple(_luck(engine.seed, turn, shape) for turn in range(known, len(game.turns))),
        opening="" if known else _opening(engine.seed, shape),
        digest=told_luck.digest(engine.position(game).alone) if turns else "",
        draft=draft.record if draft is not None and draft.turn == game.turn else TurnRecord(),
    )


@lru_cache(maxsize=256)
def _luck(seed: int, turn: int, shape: Shape) -> str:
    """What was drawn for a turn; a whole class asks for it at one moment."""
    return told_luck.packed(draw(seed, turn, shape))


@lru_cache(maxsize=64)
def _opening(seed: int, shape: Shape) -> str:
    return told_luck.packed(draw_start(seed, shape))


def _without_notes(turn: TurnRecord) -> TurnRecord:
    """A team's turn: what the member whose plan it was noted with it stays theirs."""
    return turn.model_copy(update={"notes": {}})


def scenario_files(case: Case) -> dict[str, str]:
    """A scenario and its library as texts, by their place in a folder."""
    found = {SCENARIO_FILE: case.file.read_text(encoding="utf-8")}
    for path in sorted(case.library.rglob("*")):
        if path.is_file() and path.suffix in {".yaml", ".yml"}:
            found[f"{LIBRARY}/{_inside(path, case.library)}"] = path.read_text(encoding="utf-8")
    return found


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
