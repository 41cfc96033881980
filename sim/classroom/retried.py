"""What came of deciding turns again after the game: kept by seat and turn, the last of each counts.

A line of reasons may name people, so it has a column of its own, which erasing empties. All the
rest is plans and verdicts.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict

from sim.classroom.clerk import Work
from sim.classroom.deciding import LONGEST_THOUGHT, game_of
from sim.classroom.events import ClassError
from sim.classroom.state import Room
from sim.game import TurnRecord
from sim.lab.review.model import Evaluation
from sim.play.resolutions import TRIES

_KEEP: Final = """INSERT INTO retry (seat, turn, room, body, why) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (seat, turn) DO UPDATE SET body = excluded.body, why = excluded.why"""
_READ: Final = "SELECT body, why FROM retry WHERE seat = ? ORDER BY turn"
FORGET: Final = "UPDATE retry SET why = '' WHERE room = ?"


class Retried(BaseModel):
    """How far somebody has come with a turn that is decided again.

    Attributes:
        turn: From 1.
        plan: What is chosen now; None: as it was played.
        why: What its player thinks was wrong, one line.
        tries: How many plans have been judged.
        solved: Whether one of them was good before the solution had been seen; it stays so.
        seen: Whether the solution has been shown.
        asked: The plan that is to be judged; None while none is.
        number: How often a plan was asked about; tells a withdrawn question from the last one.
        tried: The plan that was judged last.
        found: How good it is.
        problem: Code of the error for which the last one could not be judged; empty if it was.
        edits: How often this has been changed.
    """

    model_config = ConfigDict(frozen=True)

    turn: int
    plan: TurnRecord | None = None
    why: str = ""
    tries: int = 0
    solved: bool = False
    seen: bool = False
    asked: TurnRecord | None = None
    number: int = 0
    tried: TurnRecord | None = None
    found: Evaluation | None = None
    problem: str = ""
    edits: int = 0

    @property
    def good(self) -> bool:
        """Whether the plan judged last is good enough."""
        return self.found is not None and self.found.solved

    @property
    def hinted(self) -> bool:
        """Whether the hint has been earned: by a try that was not good enough."""
        return self.tries > 0 and not self.good

    @property
    def may_see(self) -> bool:
        """Whether the solution may be shown."""
        return self.seen or self.solved or self.good or self.tries >= TRIES

    def with_(self, **values: object) -> "Retried":
        """The same with some values changed."""
        return self.model_copy(update=values)


Turns = Mapping[int, Retried]  # by turn; those that nobody has begun are missing
Change = Callable[[Retried, Turns], Retried]  # of one turn, seeing all; may refuse


def read(work: Work, seat: str) -> dict[int, Retried]:
    """All turns that a seat has begun to decide again."""
    found = (
        Retried.model_validate_json(body).with_(why=why) for body, why in work.rows(_READ, seat)
    )
    return {each.turn: each for each in found}


def change(work: Work, room: Room, seat: str, turn: int, *, deed: Change) -> Retried:
    """Change what is kept of a turn.

    Raises:
        ClassError: `class/not-over`, `class/no-such-turn` (turns), `class/unknown-seat`,
            `class/removed`, and whatever the deed refuses with.
    """
    game = game_of(room, seat)
    if room.stage != "ended":
        raise ClassError("class/not-over")
    if not 1 <= turn <= len(game.turns):
        raise ClassError("class/no-such-turn", turns=len(game.turns))
    known = read(work, seat)
    before = known.get(turn, Retried(turn=turn))
    after = deed(before, known)
    if after == before:
        return before
    after = after.with_(why=_clean(after.why), edits=before.edits + 1)
    body = after.model_dump_json(exclude={"why"}, exclude_defaults=True)
    work.at_once(room, _KEEP, seat, turn, room.id, body, after.why)
    return after


def _clean(why: str) -> str:
    """One line."""
    return " ".join(why.encode("utf-8", "replace").decode()[:LONGEST_THOUGHT].split())


def noted(found: Turns) -> dict[str, dict[str, object]]:
    """As a game keeps it in its notes."""
    return {
        str(turn): {
            "solved": each.solved,
            "tries": each.tries,
            "why": each.why,
            "seen": each.seen,
        }
        for turn, each in found.items()
        if each.tries
    }
