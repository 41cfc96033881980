"""From counts to items: how many chose each thing, how hard it is to choose well, what it tells.

An item is a moment of a talk, answered well by whoever gives an answer that no other beats as the
expert reckons; or an action, used well by whoever does it where the expert would and nowhere else.
Its discrimination is the corrected item-total correlation: with how well the same players decided
everywhere else (Lord & Novick 1968, Statistical theories of mental test scores, 15.3).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import Rules
from sim.game import Replay
from sim.lab.insights.correlation import Correlation, correlation
from sim.lab.insights.counts import Counts, Tallies

CHUNK = 64  # games whose states are kept at a time


@dataclass(frozen=True)
class Split:
    """Opportunities and how many were taken."""

    could: int
    did: int

    @property
    def share(self) -> float:
        """Of the opportunities, 0..1; 0 where there were none."""
        return self.did / self.could if self.could else 0.0


@dataclass(frozen=True)
class Item:
    """A moment of a talk, an answer, or an action.

    Attributes:
        kind: `moment`, `response`, `action` or `market`.
        path: of a moment what leads to it; else as in `uses.options`.
        players: games in which it could be chosen.
        choosers: of these, games in which it was chosen at least once; of a moment, answered well.
        all: opportunities, and how many were taken; of a moment, answered well.
        good: opportunities in which the expert would take it, and how many of them were taken.
        discrimination: with how well the same players decided everywhere else.
        with_score: with the final score.
        styles: `all` by the customer's style.
        turns: `all` by turn.
    """

    kind: str
    path: tuple[str, ...]
    players: int
    choosers: int
    all: Split
    good: Split
    discrimination: Correlation | None
    with_score: Correlation | None
    styles: tuple[Split, ...]
    turns: tuple[Split, ...]


@dataclass(frozen=True)
class Items:
    """All items of a scenario.

    Attributes:
        games: that were counted.
        scores: final, [G].
        quality: mean share of items that each player dealt with well, [G].
        moments: of talks.
        answers: one by one.
        deeds: actions and actions of the firm.
    """

    games: int
    scores: Array
    quality: Array
    moments: tuple[Item, ...]
    answers: tuple[Item, ...]
    deeds: tuple[Item, ...]


def items(
    rules: Rules,
    games: Sequence[Callable[[], Replay | None]],
    tell: Callable[[int], None] | None = None,
) -> Items:
    """Measure the items of a scenario.

    Args:
        rules: of the scenario.
        games: each plays a finished game again, or gives None where that is not possible; called
            once, so that not all need be kept.
        tell: called with the number of games that have been looked at.
    """
    counts, counted = Counts(rules, len(games)), 0
    for first in range(0, len(games), CHUNK):
        tried = [replay() for replay in games[first : first + CHUNK]]
        played = [each for each in tried if each is not None]
        if played:
            counts.add(counted, played)
        counted += len(played)
        if tell is not None:
            tell(min(first + CHUNK, len(games)))
    return _measured(counts.of_first(counted))


def _measured(counts: Counts) -> Items:
    deeds = [place for place, each in enumerate(counts.every) if each.kind != "response"]
    values = np.concatenate((_shares(counts.moments), _deed_values(counts.options, deeds)), 1)
    known = np.isfinite(values)
    number = np.count_nonzero(known, axis=1)
    filled = np.where(known, values, 0.0)
    total = np.zeros(number.shape)
    for column in range(filled.shape[1]):
        total = total + filled[:, column]
    rest = (total[:, None] - filled) / np.maximum(number[:, None] - known, 1)
    talks = len(counts.moment_paths)

    def item(kind: str, path: tuple[str, ...], at: tuple[Tallies, int], column: int) -> Item:
        return _item((kind, path), at, values[:, column], (rest[:, column], counts.scores))

    def answer(place: int) -> Item:
        path = counts.every[place].path
        rest_of = rest[:, counts.moment_paths.index(path[:-1])]
        value = _share(counts.options, place)
        return _item(("response", path), (counts.options, place), value, (rest_of, counts.scores))

    return Items(
        games=counts.scores.size,
        scores=counts.scores,
        quality=total / np.maximum(number, 1),
        moments=tuple(
            item("moment", path, (counts.moments, place), place)
            for place, path in enumerate(counts.moment_paths)
        ),
        answers=tuple(
            answer(place) for place, each in enumerate(counts.every) if each.kind == "response"
        ),
        deeds=tuple(
            item(
                counts.every[place].kind,
                counts.every[place].path,
                (counts.options, place),
                talks + k,
            )
            for k, place in enumerate(deeds)
        ),
    )


def _item(
    name: tuple[str, tuple[str, ...]],
    at: tuple[Tallies, int],
    value: Array,
    against: tuple[Array, Array],
) -> Item:
    """One item.

    Args:
        name: kind and path.
        at: where it is counted.
        value: of the item in each game, not a number where it did not come up, [G].
        against: how well the same players decided everywhere else, and the final scores, [G].
    """
    tallies, place = at
    known: Mask = np.isfinite(value)
    filled = np.where(known, value, 0.0)
    rest, score = (correlation(filled, each, known) for each in against)
    could, did = tallies.could[:, place], tallies.did[:, place]
    return Item(
        kind=name[0],
        path=name[1],
        players=int(np.count_nonzero(could)),
        choosers=int(np.count_nonzero(did)),
        all=Split(_count(could), _count(did)),
        good=Split(_count(tallies.good[:, place]), _count(tallies.right[:, place])),
        discrimination=rest,
        with_score=score,
        styles=tuple(Split(*each) for each in tallies.by_style[place].tolist()),
        turns=tuple(Split(*each) for each in tallies.by_turn[place].tolist()),
    )


def _count(values: Indices) -> int:
    return sum(values.tolist())


def _share(tallies: Tallies, place: int) -> Array:
    """Share of the opportunities that each game took, not a number without any, [G]."""
    shares: Array = _shares(tallies)[:, place]
    return shares


def _shares(tallies: Tallies) -> Array:
    """Shares of the opportunities that were taken, not a number without any, [G, n]."""
    could = tallies.could
    shares: Array = np.where(could > 0, tallies.did / np.maximum(could, 1), np.nan)
    return shares


def _deed_values(tallies: Tallies, places: Sequence[int]) -> Array:
    """Mean of the share done where the expert would and that left elsewhere, [G, n].

    Balanced accuracy (Brodersen et al. 2010), 0..1; not a number where he never would.
    """
    columns = []
    for place in places:
        good, right = tallies.good[:, place], tallies.right[:, place]
        bad = tallies.could[:, place] - good
        wrong = tallies.did[:, place] - right
        value = 0.5 * (1.0 + right / np.maximum(good, 1) - wrong / np.maximum(bad, 1))
        columns.append(np.where(good > 0, value, np.nan))
    return np.stack(columns, axis=1)
