"""Games played on from a belief: a plan, then the expert, to the end, many at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from sim import draws
from sim.arrays import Array
from sim.engine.observe import observe
from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.state import Choices, Draws, Outcome, State, Status, Traits
from sim.engine.step import step
from sim.exact import fixed_sum, int_power
from sim.game import shape_of
from sim.lab.policies import policy
from sim.lab.review import rows
from sim.lab.review.chances import COLUMNS, may_leave, taken_out
from sim.lab.review.worth import components
from sim.lab.runs import join, joined_traits

# At once, so that arrays stay in the cache and memory does not grow with the games asked for:
_PEOPLE = 24_000  # runs times people who are played
_DEEDS = 100_000  # runs times deeds for people that the expert weighs
_ACTIVE = int(Status.ACTIVE)
_EXPERT = policy("expert")
_NONE = np.zeros(0)
_PITCH = 20  # bits of run numbers that one purpose of one turn may use


@dataclass(frozen=True)
class Ends:
    """How games played on ended, [R, ...]."""

    parts: Array  # [R, 6] components of the score, chance taken out as far as it is known
    score: Array  # [R] as it was
    stays: Array  # [R, C] chance to be a customer at the end, likewise
    chance: Array  # [R, COLUMNS] what chance brought against its mean, see `chances.taken_out`

    @property
    def value(self) -> Array:
        """Score with known chance taken out, [R]; the same mean, less spread."""
        return fixed_sum(self.parts, axis=1)

    def of(self, begin: int, end: int) -> "Ends":
        """Some of the games."""
        return Ends(*(value[begin:end] for value in vars(self).values()))


@dataclass(frozen=True)
class Block:
    """Games that start at one turn with one plan each.

    Attributes:
        state: at the opening of that turn, R runs.
        choices: of that turn, R runs.
        first_run: run number of the first in its turn's chance.
        repeats: length of the seeds: run r has the chance of run `first_run + r % repeats`, so
            that plans laid end to end meet the same chance.
    """

    state: State
    choices: Choices
    first_run: int
    repeats: int

    @property
    def runs(self) -> int:
        """How many games."""
        return int(self.state.money.shape[0])

    def parts(self, most: int) -> list["Block"]:
        """The same games in blocks of at most so many, in their order; whole if it is no larger."""
        if self.runs <= most:
            return [self]
        found = []
        for begin in range(0, self.runs, self.repeats):
            for skip in range(0, self.repeats, most):
                size = min(most, self.repeats - skip)
                which = np.arange(begin + skip, begin + skip + size)
                state, choices = rows.cut(self.state, which), rows.chosen(self.choices, which)
                found.append(Block(state, choices, first_run=self.first_run + skip, repeats=size))
        return found

    def chance(self, rules: Rules, seed: int, turn: int) -> Draws:
        """The chance of a turn for every run."""
        drawn = draws.draw(seed, turn, shape_of(rules), runs=self.repeats, first_run=self.first_run)
        times = self.runs // self.repeats
        if times == 1:
            return drawn
        return Draws(
            **{name: np.concatenate([value] * times) for name, value in vars(drawn).items()}
        )


def first_run(turn: int, purpose: int) -> int:
    """The first run number of a purpose at a turn: no two of them share any chance."""
    return (purpose * 256 + turn + 1) << _PITCH


def expert_choices(rules: Rules, state: State) -> Choices:
    """What the expert does in each run."""
    sizes, runs = rules.sizes, state.money.shape[0]
    most = max(_DEEDS // (sizes.customers * sizes.people * max(sizes.actions, 1)), 1)
    if runs <= most:
        return _EXPERT.choose(rules, observe(rules, state), _NONE)
    cuts = np.array_split(np.arange(runs), -(-runs // most))
    return rows.joined([expert_choices(rules, rows.cut(state, cut)) for cut in cuts])


def block(belief: State, plans: list[Choices], *, games: int, skip: int = 0, first: int) -> Block:
    """Every plan played on from the same particles with the same chance.

    Args:
        belief: particles at the opening of a turn.
        plans: of one run each.
        games: for each plan.
        skip: games of the same purpose played before.
        first: run number of the purpose's first game.
    """
    which = (np.arange(games) + skip) % belief.money.shape[0]
    state = rows.take(belief, np.tile(which, len(plans)))
    choices = rows.chosen(rows.joined(plans), np.repeat(np.arange(len(plans)), games))
    return Block(state, choices, first_run=first + skip, repeats=games)


def play_on(rules: Rules, blocks: list[Block], *, seed: int) -> list[Ends]:
    """Play blocks to the end, those that start later joining the others on the way.

    Args:
        rules: of the scenario.
        blocks: one or more, of any turns.
        seed: of the review's chance.
    """
    most = max(_PEOPLE // (rules.sizes.customers * rules.sizes.people), 1)
    found: list[list[Ends]] = [[] for _ in blocks]
    for batch in _batches(blocks, most):
        batch.sort(key=lambda part: part[1].state.turn)  # stable: parts stay in order
        ends = _played_on(rules, [part for _, part in batch], seed)
        for (place, _), each in zip(batch, ends, strict=True):
            found[place].append(each)
    return [joined_ends(*parts) for parts in found]


def _batches(blocks: list[Block], most: int) -> Iterator[list[tuple[int, Block]]]:
    """Blocks with their places, in batches of at most so many runs; a long one part by part."""
    batch: list[tuple[int, Block]] = []
    room = most
    for place, whole in enumerate(blocks):
        for part in whole.parts(most):
            if part.runs > room:
                yield batch
                batch, room = [], most
            batch.append((place, part))
            room -= part.runs
    if batch:
        yield batch


def _played_on(rules: Rules, blocks: list[Block], seed: int) -> list[Ends]:
    """Blocks in the order of their turns, to the end."""
    running: list[Block] = []
    state: State | None = None
    traits = joined_traits([each.state for each in blocks])  # nobody's change in a game
    parts, stays = np.zeros((0, 6)), np.zeros((0, rules.sizes.customers))
    columns = np.zeros((0, COLUMNS))
    for turn in range(blocks[0].state.turn, rules.sizes.turns):
        choices = [] if state is None else [expert_choices(rules, state)]
        fresh = [each for each in blocks if each.state.turn == turn]
        running += fresh
        choices += [each.choices for each in fresh]
        state = _joined([] if state is None else [state], fresh, traits)
        more = state.money.shape[0] - parts.shape[0]
        parts = np.concatenate([parts, np.zeros((more, 6))])
        stays = np.concatenate([stays, np.zeros((more, rules.sizes.customers))])
        columns = np.concatenate([columns, np.zeros((more, COLUMNS))])
        chance = _together([each.chance(rules, seed, turn) for each in running])
        # Plans were checked when they were made, and nobody but the expert chooses after them.
        after, outcome = step(rules, state, rows.joined(choices), chance, checked=True)
        fell, told = taken_out(rules, state, after, outcome)
        parts, columns = parts - fell, columns + told
        stays = stays + _missed(rules, state, after, outcome)
        state = after
    assert state is not None
    ends = Ends(
        parts=components(rules, state) + parts,
        score=score(rules, state).score,
        stays=(state.status == _ACTIVE) * 1.0 + stays,
        chance=columns,
    )
    return _cut(ends, [each.runs for each in running])


def _joined(running: list[State], fresh: list[Block], traits: Traits) -> State:
    """All runs of a turn, those that go on before those that start."""
    states = [*running, *(each.state for each in fresh)]
    if len(states) == 1:
        return states[0]
    runs = sum(state.money.shape[0] for state in states)
    return join(states, traits=rows.picked(traits, lambda value: value[:runs]))


def _missed(rules: Rules, before: State, after: State, outcome: Outcome) -> Array:
    """Chance to stay to the end that a departure took, less its mean, [R, C]; < 0 for a stay."""
    open_to_chance = may_leave(rules, before, outcome)
    lasting = int_power(1.0 - after.leave_chance, rules.sizes.turns - after.turn)
    off = outcome.left * 1.0 - after.leave_chance
    return np.where(open_to_chance, off * lasting, 0.0)


def _together(parts: list[Draws]) -> Draws:
    if len(parts) == 1:
        return parts[0]
    return Draws(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])}
    )


def _cut(ends: Ends, sizes: list[int]) -> list[Ends]:
    last = list(accumulate(sizes))
    return [ends.of(end - size, end) for end, size in zip(last, sizes, strict=True)]


def joined_ends(*parts: Ends) -> Ends:
    """Games of several batches as one."""
    return Ends(
        *(np.concatenate([getattr(each, name) for each in parts]) for name in vars(parts[0]))
    )
