"""Which decisions of the expert are made otherwise, and how that is put into a plan.

At every turn of a game: nothing at all; one deed that he would not do, and not one that he would;
and the other answers at each moment of the talks as he leads them.
"""

from dataclasses import dataclass, replace

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.observe import observe
from sim.engine.rules import Rules
from sim.engine.state import Choices, State
from sim.lab import expert, possible
from sim.lab.balance.moments import Moment, moments, open_talks
from sim.lab.balance.uses import Option, options
from sim.lab.policies import complete, market_worth

NOTHING = -1  # in place of an option: nothing at all was done in the turn
_CERTAIN = 1e9  # score points of a deed that nothing else on offer comes near


@dataclass(frozen=True)
class Forks:
    """Games that leave a game of the expert at one turn, [F].

    Attributes:
        run: game that is left.
        option: place in `uses.options`, or `NOTHING`.
        taken: whether the expert takes it, so that the fork is without.
        target: for whom, of an action; the encounter, of a response.
        path: 1 + path of the encounter, of a response.
    """

    run: Indices
    option: Indices
    taken: Mask
    target: Indices
    path: Indices


@dataclass(frozen=True)
class Mirrors:
    """Answers that the expert gives, [m], and the game in which the best other one was given.

    Attributes:
        option: place in `uses.options`.
        fork: place in `Forks`.
    """

    option: Indices
    fork: Indices


class Trials:
    """Finds what is to be tried, turn by turn, in games of the expert."""

    def __init__(self, rules: Rules, *, most: int) -> None:
        """Prepares.

        Args:
            rules: of the scenario.
            most: games of one moment of a talk in one turn; a talk that everybody has at the same
                time would otherwise take most of the work.
        """
        self.rules, self.most = rules, most
        self.options = options(rules)
        self._answer_at = {
            each.row: place for place, each in enumerate(self.options) if each.kind == "response"
        }

    def at(self, state: State, plan: Choices, lot: Array) -> tuple[Forks, Mirrors]:
        """The games that leave at a turn.

        Args:
            state: at its opening, R runs.
            plan: what the expert does.
            lot: uniforms, [R, 3 or more].
        """
        runs = np.arange(state.money.shape[0])
        parts = [_forks(runs, NOTHING, taken=False), *self._deeds(state, plan, lot)]
        begin = sum(part.run.size for part in parts)
        answers, mirrors = self._answers(state, plan)
        return _together([*parts, *answers]), Mirrors(mirrors.option, begin + mirrors.fork)

    def _deeds(self, state: State, plan: Choices, lot: Array) -> list[Forks]:
        """One deed more and one fewer in each game, any of those there are."""
        rules, sizes = self.rules, self.rules.sizes
        may, may_firm = possible.actions(rules, state), possible.market_actions(rules, state)
        done: Mask = np.zeros(may.shape, dtype=np.bool_)
        run, customer, slot = np.nonzero(plan.action)
        done[run, customer, plan.action[run, customer, slot] - 1] = True
        more = may & ~done
        run, option = _any_of(
            np.concatenate((more.any(axis=1), may_firm & ~plan.market), 1), lot[:, 0]
        )
        firm = option >= sizes.actions
        deed = np.where(firm, 0, option)
        for_whom = np.moveaxis(more, 2, 1)[run, deed] | firm[:, None]
        _, customer = _any_of(for_whom, lot[run, 1])
        forced = _forks(run, option, taken=False, target=customer)
        flat = np.concatenate((done.reshape(len(done), -1), plan.market), axis=1)
        run, place = _any_of(flat, lot[:, 2])
        beyond = place - sizes.customers * sizes.actions
        option = np.where(beyond >= 0, beyond + sizes.actions, place % sizes.actions)
        customer = np.where(beyond >= 0, 0, place // sizes.actions)
        return [forced, _forks(run, option, taken=True, target=customer)]

    def _answers(self, state: State, plan: Choices) -> tuple[list[Forks], Mirrors]:
        """Every other answer at each moment of the talks as the expert leads them."""
        talks = open_talks(self.rules, state, plan)
        found: list[Forks] = []
        said, instead = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.intp)]
        for encounter, here in talks.each():
            run = talks.run[here]
            for moment in moments(self.rules, encounter, talks.worth[here], talks.given[here]):
                begin = sum(part.run.size for part in found)
                parts, mirrors = self._of_moment(encounter, run, self._some(moment))
                found += parts
                said.append(mirrors.option)
                instead.append(begin + mirrors.fork)
        return found, Mirrors(np.concatenate(said), np.concatenate(instead))

    def _some(self, moment: Moment) -> Moment:
        """The moment in the first games that have a choice in it."""
        could = moment.could.copy()
        could[np.flatnonzero(could.any(axis=1))[self.most :]] = False
        return replace(moment, could=could)

    def _of_moment(
        self, encounter: int, run: Indices, moment: Moment
    ) -> tuple[list[Forks], Mirrors]:
        """The other answers of one moment; what the expert says, and the fork that lacks it."""
        places = np.array([self._answer_at[row] for row in moment.siblings], dtype=np.intp)
        is_said = moment.could & (moment.chosen[:, None] == np.array(moment.siblings))
        fork_of = np.full(moment.could.shape, -1, dtype=np.intp)
        found, size = [], 0
        for place in range(places.size):
            other = np.flatnonzero(moment.could[:, place] & ~is_said[:, place])
            fork_of[other, place] = size + np.arange(other.size)
            size += other.size
            path = moment.path[other, place]
            found.append(
                _forks(run[other], places[place], taken=False, target=encounter, path=path)
            )
        entry, place_said = np.nonzero(is_said)
        rest = np.where(is_said | ~moment.could, -np.inf, moment.best)
        instead = np.argmax(rest, axis=1)[entry]
        return found, Mirrors(places[place_said], fork_of[entry, instead])


def bent(rules: Rules, state: State, forks: Forks) -> Choices:
    """What the expert does when one decision is made for him, [F].

    Args:
        rules: of the scenario.
        state: at the opening of the turn, a run for each fork.
        forks: what is decided.
    """
    seen = observe(rules, state)
    prices, offered, response = expert.plan(rules, seen)
    worth, invested = offered.worth.copy(), market_worth(rules, seen, prices)
    actions, firm = rules.sizes.actions, rules.sizes.market_actions
    deed = np.flatnonzero((forks.option >= 0) & (forks.option < actions))
    at = deed, forks.target[deed], forks.option[deed]
    worth[at] = np.where(forks.taken[deed], 0.0, _CERTAIN)
    firms = np.flatnonzero((forks.option >= actions) & (forks.option < actions + firm))
    invested[firms, forks.option[firms] - actions] = np.where(forks.taken[firms], 0.0, _CERTAIN)
    answer = np.flatnonzero(forks.option >= actions + firm)
    response = response.copy()
    response[answer, forks.target[answer]] = forks.path[answer]
    offered = replace(offered, worth=worth)
    plan = complete(rules, seen, offered, response, prices=prices, invested=invested)
    return _emptied(plan, forks.option == NOTHING)


def _emptied(plan: Choices, empty: Mask) -> Choices:
    changed = {name: value.copy() for name, value in vars(plan).items()}
    for value in changed.values():
        value[empty] = 0
    return Choices(**changed)


def held(plan: Choices, forks: Forks, every: tuple[Option, ...]) -> Mask:
    """Whether each decision was carried out, [F]: hours or money may not have been enough."""
    result = np.ones(forks.run.shape, dtype=np.bool_)
    for place in np.flatnonzero(forks.option >= 0).tolist():
        option, target = every[forks.option[place]], int(forks.target[place])
        if option.kind == "response":
            result[place] = plan.response[place, target] == forks.path[place]
        elif option.kind == "action":
            result[place] = (plan.action[place, target] == option.row).any() != forks.taken[place]
        else:
            result[place] = plan.market[place, option.row] != forks.taken[place]
    return result


def _forks(
    run: Indices,
    option: Indices | int,
    *,
    taken: bool,
    target: Indices | int = 0,
    path: Indices | int = 0,
) -> Forks:
    def spread(value: Indices | int) -> Indices:
        return np.zeros(run.shape, dtype=np.intp) + value

    return Forks(
        run=run,
        option=spread(option),
        taken=np.full(run.shape, taken, dtype=np.bool_),
        target=spread(target),
        path=spread(path),
    )


def _together(parts: list[Forks]) -> Forks:
    return Forks(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])}
    )


def _any_of(mask: Mask, lot: Array) -> tuple[Indices, Indices]:
    """For each row that has any, one of its columns by lot: the rows, and the column of each.

    Args:
        mask: [n, m].
        lot: uniforms [n].
    """
    count = np.count_nonzero(mask, axis=1)
    row = np.flatnonzero(count)
    wanted = np.minimum((lot[row] * count[row]).astype(np.intp), count[row] - 1)
    order = np.add.accumulate(mask[row].astype(np.intp), axis=1) - 1
    return row, np.argmax((order == wanted[:, None]) & mask[row], axis=1)
