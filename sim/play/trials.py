"""Games that bots play on trial while an author is writing.

    played(case, "expert", seed=1) -> Trial

One game is told turn by turn; some more of the same seed show whether it was an unusual one, and
how often each encounter and event came up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.draws import draw_start
from sim.engine.score import ending, score
from sim.engine.start import start
from sim.engine.state import Choices, Outcome, State
from sim.game import shape_of
from sim.lab import runs
from sim.play.case import Case

BOTS = ("expert", "random")
GAMES = 32
METERS = ("satisfaction", "loyalty", "switching_cost", "equity")
_TENTH = 0.1


@dataclass(frozen=True)
class Course:
    """A number turn by turn; the first is that of the start.

    Attributes:
        game: In the game that is told.
        low: A tenth of all games were below it.
        high: A tenth of all games were above it.
    """

    game: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Trial:
    """What came of a bot's games.

    Attributes:
        bot: Who played.
        seed: Of all games.
        games: How many there were.
        meters: By name, `score` among them; points.
        ending: Id of the ending of the game that is told.
        endings: Share of the games, 0..1, by id of the ending.
        opened: Share of the games in which an encounter opened, whoever spoke, or an event
            happened; turn by turn, by path: `encounters.late_order`, `events.moved`.
        ever: Share of the games in which it did at least once.
        told: Turns in which it did in the game that is told, from 1.
    """

    bot: str
    seed: int
    games: int
    meters: Mapping[str, Course]
    ending: str
    endings: Mapping[str, float]
    opened: Mapping[str, tuple[float, ...]]
    ever: Mapping[str, float]
    told: Mapping[str, tuple[int, ...]]


def played(
    case: Case,
    bot: str,
    *,
    seed: int,
    games: int = GAMES,
    heed: Callable[[], None] = lambda: None,
) -> Trial:
    """Let a bot play.

    Args:
        case: The scenario.
        bot: One of `sim.lab.policies.NAMES`.
        seed: Of all games; that of the first is the game that is told.
        games: How many.
        heed: Called after every turn; what it raises ends the trial.
    """
    notes = _Notes(case)
    notes.take(start(case.rules, draw_start(seed, shape_of(case.rules), runs=games)))

    def watch(_before: State, _choices: Choices, _outcome: Outcome, after: State) -> None:
        heed()
        notes.take(after)

    last = runs.play(case.rules, bot, seed=seed, runs=games, watch=watch)
    told = ending(case.rules, last)
    counts = {name: told.count(name) / games for name in dict.fromkeys(told)}
    return Trial(
        bot=bot,
        seed=seed,
        games=games,
        meters={name: _course(states) for name, states in notes.meters.items()},
        ending=told[0],
        endings={each.id: counts.get(each.id, 0.0) for each in case.rules.endings},
        opened={
            name: tuple(sum(each) / games for each in turns) for name, turns in notes.opened.items()
        },
        ever={
            name: sum(map(any, zip(*turns, strict=True))) / games
            for name, turns in notes.opened.items()
        },
        told={
            name: tuple(turn for turn, each in enumerate(turns, start=1) if each[0])
            for name, turns in notes.opened.items()
        },
    )


class _Notes:
    """What is written down of every state.

    Attributes:
        meters: By name the value of every game, state by state.
        opened: By path whether it came up in every game, turn by turn.
    """

    def __init__(self, case: Case) -> None:
        self._rules = case.rules
        # An encounter of several customers is told once, whoever of them speaks.
        names = (each.partition(".")[0] for each in case.rules.encounter_ids)
        self._paths = [
            *(f"encounters.{name}" for name in names),
            *(f"events.{name}" for name in case.rules.event_ids),
        ]
        self.meters: dict[str, list[list[float]]] = {name: [] for name in (*METERS, "score")}
        self.opened: dict[str, list[list[bool]]] = {path: [] for path in self._paths}
        self._before: list[list[float]] = []

    def take(self, state: State) -> None:
        """Notes the meters, and what has come up since the state before."""
        found = score(self._rules, state)
        for name, values in self.meters.items():
            values.append(getattr(found, name).tolist())
        if state.turn < self._rules.sizes.turns:
            self._take_openings(state)

    def _take_openings(self, state: State) -> None:
        counts = [*_columns(state.encounter_count), *_columns(state.event_count)]
        before = self._before or [[0.0] * len(column) for column in counts]
        new: dict[str, list[bool]] = {}
        for path, now, then in zip(self._paths, counts, before, strict=True):
            seen = new.get(path, [False] * len(now))
            new[path] = [
                known or more > fewer for known, more, fewer in zip(seen, now, then, strict=True)
            ]
        for path, found in new.items():
            self.opened[path].append(found)
        self._before = counts


def _columns(counts: Any) -> list[list[float]]:
    """A list for each column of an array [R, N]."""
    columns: list[list[float]] = counts.T.tolist()
    return columns


def _course(states: list[list[float]]) -> Course:
    ordered = [sorted(values) for values in states]
    edge = int(_TENTH * len(ordered[0]))
    return Course(
        game=tuple(values[0] for values in states),
        low=tuple(values[edge] for values in ordered),
        high=tuple(values[-1 - edge] for values in ordered),
    )
