"""How a class stands after each turn, naming nobody: for the screen that everybody looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.classroom.debrief.debrief import ClassDebrief, quartiles
from sim.play.case import Case
from sim.view.class_debrief import turn_names
from sim.view.class_debrief_words import say

FEWEST: Final = 3  # games; with fewer, everybody would know whose the other one is
_ROWS: Final = 6  # turns that fit a screen
_NARROWEST: Final = 4.0  # score points between the ends of the axis


@dataclass(frozen=True)
class SpreadRow:
    """The scores of a class after one turn.

    Attributes:
        name: Of the turn.
        low: The lowest score, in figures; so are the median and the highest.
        median: See there.
        high: See there.
        places: Of the lowest, the quartiles with the median between them, and the highest on the
            axis, 0..100.
    """

    name: str
    low: str
    median: str
    high: str
    places: tuple[float, float, float, float, float]


@dataclass(frozen=True)
class ClassStanding:
    """The scores of a class after its last turns, the last one at the end."""

    title: str
    text: str
    columns: tuple[str, str, str, str]  # turn, lowest, median, highest
    rows: tuple[SpreadRow, ...]


def build_class_standing(case: Case, found: ClassDebrief, lang: str) -> ClassStanding | None:
    """How a class stands; None where too few have played anything.

    Args:
        case: the scenario of the games.
        found: what is known of them.
        lang: `en` or `zh`.
    """
    played = max((len(game.scores) for game in found.games), default=1) - 1
    turns = [
        (turn, scores)
        for turn in range(max(1, played - _ROWS + 1), played + 1)
        if len(scores := [g.scores[turn] for g in found.games if len(g.scores) > turn]) >= FEWEST
    ]
    if not turns:
        return None
    every = [score for _, scores in turns for score in scores]
    low = min(every)
    width = max(max(every) - low, _NARROWEST)
    called = turn_names(case, lang)
    return ClassStanding(
        title=say(lang, "standing.title"),
        text=say(lang, "standing.text", n=len(turns[-1][1])),
        columns=(
            say(lang, "standing.turn"),
            say(lang, "standing.low"),
            say(lang, "standing.median"),
            say(lang, "standing.high"),
        ),
        rows=tuple(_row(called(turn), scores, low, width) for turn, scores in turns),
    )


def _figure(score: float) -> str:
    """With its decimal, so that the figures of a column stand under one another."""
    return f"{score:.1f}"


def _row(name: str, scores: Sequence[float], low: float, width: float) -> SpreadRow:
    middle = quartiles(scores)
    marks = (min(scores), middle.low, middle.median, middle.high, max(scores))
    a, b, c, d, e = (round(2.0 + 96.0 * (mark - low) / width, 2) for mark in marks)
    return SpreadRow(
        name=name,
        low=_figure(marks[0]),
        median=_figure(marks[2]),
        high=_figure(marks[4]),
        places=(a, b, c, d, e),
    )
