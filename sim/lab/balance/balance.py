"""Measures the balance of a scenario: every bot over many seeds, and every decision of the expert.

balance(loaded) -> Balance          any scenario that loads, in this process
assemble(loaded, plan, parts)       the same from parts that several processes have worked out
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.arrays import Array
from sim.errors import SimError
from sim.lab.balance.measures import (
    Estimate,
    Luck,
    Opportunity,
    Worth,
    estimate,
    luck,
    opportunities,
    worth,
)
from sim.lab.balance.plan import EXPERT, GAMES, Plan, deck, plan
from sim.lab.balance.reached import Reached
from sim.lab.balance.trials import NOTHING
from sim.lab.balance.uses import Use, uses
from sim.lab.balance.work import Part, work
from sim.lab.pars import Pars, between
from sim.lab.policies import NAMES
from sim.scenario.load import Loaded
from sim.scenario.schema_rows import Action, Deliberate, MarketAction, Response

__all__ = ["EXPERT", "Balance", "assemble", "balance", "pars_of", "reasons"]

ERRORS = 3.0  # standard errors by which the expert must be above doing nothing
PLAYERS = tuple(name for name in NAMES if name != "oracle")  # who knows what a player may know
Reasons = dict[tuple[str, ...], Deliberate]


@dataclass(frozen=True)
class Balance:
    """What was measured.

    Attributes:
        scenario: id.
        seeds: how many games each bot played.
        menu: number of actions on offer, the firm's among them.
        par: what doing nothing and the expert reach over the seeds that grades go by.
        bots: what each bot reached: those with a name, then one for each single action.
        uses: how often the expert took what it might take.
        deliberate: what the scenario says about things always or never taken, by their path.
        endings: ids in the order of the scenario.
        fingerprint: of the rules.
        forked: games of the expert whose decisions were also made otherwise.
        others: as `uses`, for every bot with a name.
        worth: of everything in `uses`, in the same order; None where nothing was tried.
        stakes: what the expert's whole turn is worth, turn by turn.
        luck: its share, over `PLAYERS`.
        concepts: how often each comes up in a game, by bot.
    """

    scenario: str
    seeds: int
    menu: int
    par: Pars
    bots: tuple[Reached, ...]
    uses: tuple[Use, ...]
    deliberate: Mapping[tuple[str, ...], Deliberate]
    endings: tuple[str, ...]
    fingerprint: str = ""
    forked: int = 0
    others: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    worth: tuple[Worth | None, ...] = ()
    stakes: tuple[Estimate | None, ...] = ()
    luck: Luck | None = None
    concepts: Mapping[str, Mapping[str, Opportunity]] = field(default_factory=dict)

    def of(self, name: str) -> Reached:
        """What the bot of a name reached.

        Raises:
            KeyError: if it did not play.
        """
        return {bot.name: bot for bot in self.bots}[name]

    @property
    def singles(self) -> tuple[Reached, ...]:
        """The bots that know one action only."""
        return tuple(bot for bot in self.bots if bot.name.startswith("only:"))

    def reached_by(self, end: str) -> tuple[str, ...]:
        """The bots that reached an ending, the most frequent first."""
        there = [bot for bot in self.bots if bot.share(end) > 0.0]
        return tuple(bot.name for bot in sorted(there, key=lambda bot: -bot.share(end)))


def balance(loaded: Loaded, *, games: int = GAMES, forked: int | None = None) -> Balance:
    """Play everything in this process; a minute or less.

    Args:
        loaded: the scenario.
        games: of each bot.
        forked: of the expert's games, how many are also played otherwise; as `plan` by default.

    Raises:
        SimError: `balance/no-range`: the expert does not reach more than doing nothing.
    """
    wanted = plan(deck(loaded), games, forked)
    parts = [work(wanted.deck, chunk) for chunk in wanted.chunks]
    return assemble(loaded, wanted, parts)


def pars_of(wanted: Plan, parts: Sequence[Part]) -> Pars:
    """What doing nothing and the expert reach.

    Args:
        wanted: the sweep.
        parts: of all its chunks, of which only those of kind `par` are looked at.

    Raises:
        SimError: `balance/no-range`: they are within three standard errors of each other.
    """
    par = between(*(_scores(wanted, parts, "par", bot) for bot in ("nothing", EXPERT)))
    if par.expert - par.nothing <= ERRORS * par.error or par.expert <= par.nothing:
        raise SimError("balance/no-range", nothing=par.nothing, expert=par.expert, error=par.error)
    return par


def assemble(loaded: Loaded, wanted: Plan, parts: Sequence[Part]) -> Balance:
    """Put the parts of a sweep together, always in the same order.

    Args:
        loaded: the scenario.
        wanted: the sweep.
        parts: one for each of its chunks.

    Raises:
        SimError: `balance/no-range`, as `pars_of`.
    """
    rules, par = wanted.deck.rules, pars_of(wanted, parts)
    bots = tuple(_reached(wanted, parts, name, par) for name in wanted.bots)
    others = {name: _uses(wanted, parts, name) for name in NAMES}
    decisions = _Decisions(wanted, parts)
    return Balance(
        scenario=wanted.deck.scenario,
        seeds=wanted.games,
        menu=len(loaded.scenario.offers),
        par=par,
        bots=bots,
        uses=others[EXPERT],
        deliberate=reasons(loaded),
        endings=tuple(option.id for option in rules.endings),
        fingerprint=wanted.deck.fingerprint,
        forked=wanted.forked,
        others=others,
        worth=tuple(decisions.worth_of(place) for place in range(len(others[EXPERT]))),
        stakes=tuple(decisions.stake_of(turn) for turn in range(rules.sizes.turns)),
        luck=luck([bot.scores for bot in bots if bot.name in PLAYERS]),
        concepts={name: _opportunities(wanted, parts, name) for name in NAMES},
    )


class _Decisions:
    """Every decision that was also made otherwise."""

    def __init__(self, wanted: Plan, parts: Sequence[Part]) -> None:
        found = [parts[place] for place in wanted.chunks_of("fork")]

        def column(name: str) -> list[float]:
            return [value for part in found for value in part[name]]

        self.turn = np.array(column("turn"), dtype=np.intp)
        self.option = np.array(column("option"), dtype=np.intp)
        self.run = np.array(column("run"), dtype=np.intp)
        self.taken = np.array(column("taken"), dtype=np.bool_)
        self.points = np.array(column("points"), dtype=np.float64)

    def worth_of(self, option: int) -> Worth | None:
        """What one thing on offer is worth."""
        here = np.flatnonzero(self.option == option)
        return worth(self.run[here], self.taken[here], self.points[here])

    def stake_of(self, turn: int) -> Estimate | None:
        """What the expert's turn is worth against an empty one."""
        here = np.flatnonzero((self.option == NOTHING) & (self.turn == turn))
        return estimate(self.run[here], self.points[here])


def _of(wanted: Plan, parts: Sequence[Part], bot: str) -> list[Part]:
    return [parts[place] for place in wanted.chunks_of("play", bot)]


def _scores(wanted: Plan, parts: Sequence[Part], kind: str, bot: str) -> Array:
    """Scores of all games of a bot, in the order of their numbers."""
    assert kind in {"par", "play"}
    places = wanted.chunks_of("par" if kind == "par" else "play", bot)
    return np.array([score for place in places for score in parts[place]["scores"]])


def _reached(wanted: Plan, parts: Sequence[Part], bot: str, par: Pars) -> Reached:
    ends = [option.id for option in wanted.deck.rules.endings]
    places = [place for part in _of(wanted, parts, bot) for place in part["endings"]]
    endings = tuple(ends[place] if place >= 0 else "" for place in places)
    return Reached(bot, _scores(wanted, parts, "play", bot), endings, par)


def _uses(wanted: Plan, parts: Sequence[Part], bot: str) -> tuple[Use, ...]:
    found = _of(wanted, parts, bot)
    chances, taken = (
        np.array([sum(counts) for counts in zip(*(part[name] for part in found), strict=True)])
        for name in ("chances", "taken")
    )
    return uses(wanted.deck.rules, chances, taken)


def _opportunities(wanted: Plan, parts: Sequence[Part], bot: str) -> dict[str, Opportunity]:
    found = [part["concepts"] for part in _of(wanted, parts, bot)]
    return opportunities(found, wanted.games)


def reasons(loaded: Loaded) -> Reasons:
    """What the scenario says about things that are always or never taken, by their path."""
    every: dict[str, Action | MarketAction] = {**loaded.actions, **loaded.market_actions}
    offered = {name: every[name].deliberate for name in loaded.scenario.offers}
    found: Reasons = {(name,): said for name, said in offered.items() if said is not None}
    for path, response in responses(loaded):
        if response.deliberate is not None:
            found[path] = response.deliberate
    return found


def responses(loaded: Loaded) -> Iterator[tuple[tuple[str, ...], Response]]:
    """Every response with its path: its encounter and the responses on the way to it."""
    for name, encounter in loaded.scenario.encounters.items():
        waiting: list[tuple[tuple[str, ...], Response]] = [
            ((name, key), response) for key, response in encounter.responses.items()
        ]
        while waiting:
            path, response = waiting.pop(0)
            yield path, response
            waiting += [((*path, key), each) for key, each in response.responses.items()]
