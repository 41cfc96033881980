"""Tries out what a choice changes: the same game with it and without it, luck and all.

A concept is learnt from a choice only if the choice has consequences. Here the engine says whether:
two games from one moment of an expert's game, alike in everything but this choice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim import draws
from sim.arrays import Array, Indices, Mask
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.state import Choices, State
from sim.engine.step import step
from sim.game import shape_of
from sim.lab.policies import policy
from sim.lab.possible import actions, market_actions, nothing, ways
from sim.lab.runs import choose, play

SEED = 11
RUNS = 16
LEAST = 0.01  # points of a meter below which a difference is taken for none
# Cheapest first: what shows even if nothing else is ever done needs no clever player.
_FOLLOWERS = ("nothing", "expert")
_NEVER_ENDING = 6  # moments that are tried for one choice


@dataclass(frozen=True)
class Change:
    """What a choice changed.

    Attributes:
        place: of the choice, such as `encounters.late_order.listen`.
        turn: in which it was made, from 0.
        meter: that changed most: a meter of the score, or `earned`.
        points: by how much, mean over the games in which it could be made.
        follower: who played on afterwards in both games.
    """

    place: str
    turn: int
    meter: str
    points: float
    follower: str


class Trial:
    """Tries the choices of one scenario."""

    def __init__(self, rules: Rules, *, seed: int = SEED, runs: int = RUNS) -> None:
        """Plays the games whose moments are used."""
        self.rules, self.seed, self.runs = rules, seed, runs
        self._states: list[State] = []
        play(rules, "expert", seed=seed, runs=runs, watch=self._keep)

    def _keep(self, state: State, *_: object) -> None:
        self._states.append(state)

    def change(self, place: str) -> Change | None:
        """What a choice changes, None where no moment shows a difference.

        Args:
            place: of an action, an action of the firm or a response, as in the coverage report.
        """
        for number, (state, with_it, without) in enumerate(self._moments(place)):
            if number == _NEVER_ENDING:
                break
            for follower in _FOLLOWERS:
                one = self._results(state, with_it, follower)
                other = self._results(state, without, follower)
                meter, points = _greatest(one, other)
                if abs(points) > LEAST:
                    return Change(place, state.turn, meter, points, follower)
        return None

    def _moments(self, place: str) -> Iterator[tuple[State, Choices, Choices]]:
        """States in which a choice is possible, with it and without it."""
        section, _, rest = place.partition(".")
        for state in self._states:
            found = (
                self._answer(state, tuple(rest.split(".")))
                if section == "encounters"
                else self._deed(state, rest)
            )
            if found is not None:
                yield state, *found

    def _deed(self, state: State, name: str) -> tuple[Choices, Choices] | None:
        """The deed for the first customer it may be done for, in every game, and nothing."""
        rules = self.rules
        doing, idle = nothing(rules, self.runs), nothing(rules, self.runs)
        if name in rules.market_ids:
            index = rules.market_ids.index(name)
            doing.market[:, index] = market_actions(rules, state)[:, index]
        elif name in rules.action_ids:
            index = rules.action_ids.index(name)
            may = actions(rules, state)[..., index]
            games = np.flatnonzero(may.any(axis=1))
            doing.action[games, np.argmax(may, axis=1)[games], 0] = 1 + index
        found = doing.market.any() or doing.action.any()
        return (doing, idle) if found else None

    def _answer(self, state: State, path: tuple[str, ...]) -> tuple[Choices, Choices] | None:
        """A way through the response, and one through another of the same moment, or silence."""
        may = ways(self.rules, state)
        for index in np.flatnonzero(may.any(axis=(0, 2))).tolist():
            if self.rules.encounter_ids[index].partition(".")[0] != path[0]:
                continue
            here = self._first(may[:, index], index, path[1:], same=True)
            other = self._first(may[:, index], index, path[1:], same=False)
            if here.any():
                saying, instead = nothing(self.rules, self.runs), nothing(self.rules, self.runs)
                saying.response[:, index] = here
                instead.response[:, index] = np.where(here > 0, other, 0)
                return saying, instead
        return None

    def _first(self, may: Mask, index: int, path: tuple[str, ...], *, same: bool) -> Indices:
        """The first allowed way [R] that goes through a response, or beside it; 0 none."""
        ways = self.rules.path_ids[index]
        fits = np.zeros(may.shape[1], dtype=np.bool_)
        for number, way in enumerate(ways):
            beside = way[: len(path) - 1] == path[:-1] and way[: len(path)] != path
            fits[number] = way[: len(path)] == path if same else beside
        possible = may & fits
        return np.where(possible.any(axis=1), np.argmax(possible, axis=1) + 1, 0)

    def _results(self, state: State, choices: Choices, follower: str) -> dict[str, Array]:
        """The meters at the end of games that go on from a choice; what was spent is left out."""
        rules, bot = self.rules, policy(follower)
        while True:
            chance = draws.draw(self.seed, state.turn, shape_of(rules), runs=self.runs)
            state, _ = step(rules, state, choices, chance)
            if state.turn == rules.sizes.turns:
                break
            choices = choose(rules, bot, state, seed=self.seed)
        end = score(rules, state)
        return {
            "satisfaction": end.satisfaction,
            "loyalty": end.loyalty,
            "switching_cost": end.switching_cost,
            "earned": end.equity_money + state.spent,
        }


def _greatest(one: dict[str, Array], other: dict[str, Array]) -> tuple[str, float]:
    """The meter that differs most, and by how much in the mean of the games that differ."""
    found = ("", 0.0)
    for meter, values in one.items():
        off = values - other[meter]
        apart = off[np.abs(off) > LEAST]
        mean = float(apart.sum()) / apart.size if apart.size else 0.0
        if abs(mean) > abs(found[1]):
            found = (meter, mean)
    return found
