"""Measures the balance of a scenario: every bot over many seeds, and what the expert decides.

balance(loaded) -> Balance     any scenario that loads
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.engine.rules import Rules
from sim.lab.balance.reached import Reached, reach
from sim.lab.balance.uses import Tally, Use
from sim.lab.pars import Pars, measure
from sim.lab.policies import NAMES
from sim.scenario.compile import compile_scenario
from sim.scenario.load import Loaded
from sim.scenario.schema_rows import Action, Deliberate, MarketAction, Response

SEEDS = 200
SEED = 1
EXPERT = "expert"
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
    """

    scenario: str
    seeds: int
    menu: int
    par: Pars
    bots: tuple[Reached, ...]
    uses: tuple[Use, ...]
    deliberate: Mapping[tuple[str, ...], Deliberate]
    endings: tuple[str, ...]

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


def balance(loaded: Loaded, *, seeds: int = SEEDS, seed: int = SEED) -> Balance:
    """Play all bots through a scenario; seconds.

    Args:
        loaded: the scenario.
        seeds: games of each bot.
        seed: of all of them.
    """
    rules = compile_scenario(loaded)
    par, tally = measure(rules), Tally(rules)
    expert = reach(rules, EXPERT, par, seed=seed, runs=seeds, watch=tally)
    others = [name for name in (*NAMES, *single_actions(rules)) if name != EXPERT]
    bots = (expert, *(reach(rules, name, par, seed=seed, runs=seeds) for name in others))
    return Balance(
        scenario=loaded.scenario.id,
        seeds=seeds,
        menu=len(loaded.scenario.offers),
        par=par,
        bots=bots,
        uses=tally.uses(),
        deliberate=reasons(loaded),
        endings=tuple(option.id for option in rules.endings),
    )


def single_actions(rules: Rules) -> tuple[str, ...]:
    """Names of the bots that know one action only."""
    return tuple(f"only:{name}" for name in (*rules.action_ids, *rules.market_ids))


def reasons(loaded: Loaded) -> Reasons:
    """What the scenario says about things that are always or never taken, by their path."""
    every: dict[str, Action | MarketAction] = {**loaded.actions, **loaded.market_actions}
    offered = {name: every[name].deliberate for name in loaded.scenario.offers}
    found: Reasons = {(name,): said for name, said in offered.items() if said is not None}
    for name, encounter in loaded.scenario.encounters.items():
        waiting: list[tuple[tuple[str, ...], Response]] = [
            ((name, key), response) for key, response in encounter.responses.items()
        ]
        while waiting:
            path, response = waiting.pop(0)
            if response.deliberate is not None:
                found[path] = response.deliberate
            waiting += [((*path, key), each) for key, each in response.responses.items()]
    return found
