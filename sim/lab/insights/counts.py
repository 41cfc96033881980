"""Counts what players did at every choice: who could, who did, and what the expert thinks of it."""

from collections.abc import Sequence

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import observe
from sim.engine.rules import Rules
from sim.engine.state import Choices, State
from sim.game import Replay, choices_from
from sim.lab import possible
from sim.lab.balance.moments import Moment, moments, open_talks
from sim.lab.balance.uses import options
from sim.lab.policies import policy
from sim.lab.review import rows
from sim.lab.runs import join

STYLES = 4
_EXPERT = policy("expert")
_NONE = np.zeros(0)


class Tallies:
    """Four counts of every game for a number of things, and two of them by style and by turn.

    Attributes:
        could: opportunities, [G, n].
        did: taken, [G, n].
        good: opportunities in which the expert would have taken it, [G, n].
        right: of those, taken, [G, n].
        by_style: could and did over all games, [n, styles, 2].
        by_turn: likewise, [n, turns, 2].
    """

    def __init__(self, games: int, things: int, turns: int) -> None:
        """All zero."""
        shape = (games, things)
        self.could, self.did = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.intp)
        self.good, self.right = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.intp)
        self.by_style = np.zeros((things, STYLES, 2), dtype=np.intp)
        self.by_turn = np.zeros((things, turns, 2), dtype=np.intp)

    def add(
        self, thing: int, game: Indices, *, did: Mask, good: Mask, style: Indices | None, turn: int
    ) -> None:
        """Opportunities for one thing in one turn, [k].

        Args:
            thing: its place.
            game: of each opportunity; a game may have several.
            did: whether it was taken.
            good: whether the expert would have taken it.
            style: of the customer; None where it is for no one.
            turn: from 0.
        """
        size = self.could.shape[0]
        for counts, mask in (
            (self.could, np.ones_like(did)),
            (self.did, did),
            (self.good, good),
            (self.right, did & good),
        ):
            counts[:, thing] += np.bincount(game[mask], minlength=size)
        for place, mask in enumerate((np.ones_like(did), did)):
            if style is not None:
                self.by_style[thing, :, place] += np.bincount(style[mask], minlength=STYLES)
            self.by_turn[thing, turn, place] += int(np.count_nonzero(mask))

    def cut(self, games: int) -> None:
        """Keeps the first games only."""
        for name in ("could", "did", "good", "right"):
            setattr(self, name, getattr(self, name)[:games])


class Counts:
    """Counts of all games of one scenario.

    Attributes:
        rules: of the scenario.
        options: tallies of everything in `uses.options`; an answer is good where no other possible
            one is worth more.
        moments: tallies of every moment of a talk, by what leads to it: an encounter and answers;
            did = gave an answer that was good.
        scores: final, [G].
    """

    def __init__(self, rules: Rules, games: int) -> None:
        """Begins at nothing.

        Args:
            rules: of the scenario.
            games: how many will be added.
        """
        self.rules, self.every = rules, options(rules)
        self._answer_at = {
            each.row: place for place, each in enumerate(self.every) if each.kind == "response"
        }
        leading = dict.fromkeys(each.path[:-1] for each in self.every if each.kind == "response")
        self.moment_paths = tuple(leading)
        self._moment_at = {path: place for place, path in enumerate(self.moment_paths)}
        turns = rules.sizes.turns
        self.options = Tallies(games, len(self.every), turns)
        self.moments = Tallies(games, len(self.moment_paths), turns)
        self.scores: Array = np.zeros(games)

    def add(self, first: int, played: Sequence[Replay]) -> None:
        """Some whole games.

        Args:
            first: number of the first.
            played: replayed to the end.
        """
        self.scores[first : first + len(played)] = [
            float(each.scores[-1].score[0]) for each in played
        ]
        for turn in range(self.rules.sizes.turns):
            state = join([each.states[turn] for each in played])
            plan = rows.joined([choices_from(self.rules, each.turns[turn]) for each in played])
            self._talks(first, state, plan)
            self._deeds(first, state, plan)

    def of_first(self, games: int) -> "Counts":
        """The same for the games that have been added, where there were fewer than expected."""
        self.scores = self.scores[:games]
        for tallies in (self.options, self.moments):
            tallies.cut(games)
        return self

    def _talks(self, first: int, state: State, plan: Choices) -> None:
        rules, talks = self.rules, open_talks(self.rules, state, plan)
        styles = np.broadcast_to(
            state.traits.style, (state.money.shape[0], *state.traits.style.shape[1:])
        )
        for encounter, here in talks.each():
            run = talks.run[here]
            who = rules.encounters.customer[encounter], rules.encounters.speaker[encounter]
            style = styles[run, who[0], who[1]]
            for moment in moments(rules, encounter, talks.worth[here], talks.given[here]):
                self._moment(first + run, moment, style, state.turn)

    def _moment(self, game: Indices, moment: Moment, style: Indices, turn: int) -> None:
        worth = np.where(moment.could, moment.best, -np.inf)
        good = moment.could & (worth == worth.max(axis=1)[:, None])
        did = moment.chosen[:, None] == np.array(moment.siblings)
        for place, row in enumerate(moment.siblings):
            here = np.flatnonzero(moment.could[:, place])
            self.options.add(
                self._answer_at[row],
                game[here],
                did=did[here, place],
                good=good[here, place],
                style=style[here],
                turn=turn,
            )
        here = np.flatnonzero(moment.could.any(axis=1))
        path = self.every[self._answer_at[moment.siblings[0]]].path[:-1]
        self.moments.add(
            self._moment_at[path],
            game[here],
            did=(did & good)[here].any(axis=1),
            good=np.ones(here.size, dtype=np.bool_),
            style=style[here],
            turn=turn,
        )

    def _deeds(self, first: int, state: State, plan: Choices) -> None:
        rules, actions = self.rules, self.rules.sizes.actions
        wise = _EXPERT.choose(rules, observe(rules, state), _NONE)
        may, did, good = possible.actions(rules, state), done(rules, plan), done(rules, wise)
        styles = np.broadcast_to(state.traits.style[:, :, 0], may.shape[:2])
        for action in range(actions):
            run, customer = np.nonzero(may[:, :, action])
            self.options.add(
                action,
                first + run,
                did=did[run, customer, action],
                good=good[run, customer, action],
                style=styles[run, customer],
                turn=state.turn,
            )
        may_firm = possible.market_actions(rules, state)
        for index in range(rules.sizes.market_actions):
            run = np.flatnonzero(may_firm[:, index])
            self.options.add(
                actions + index,
                first + run,
                did=plan.market[run, index],
                good=wise.market[run, index],
                style=None,
                turn=state.turn,
            )


def done(rules: Rules, plan: Choices) -> Mask:
    """Which actions are done for whom, [R, C, A]."""
    found: Mask = np.zeros((*plan.action.shape[:2], rules.sizes.actions), dtype=np.bool_)
    run, customer, slot = np.nonzero(plan.action)
    found[run, customer, plan.action[run, customer, slot] - 1] = True
    return found
