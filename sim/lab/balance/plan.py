"""How a sweep is divided: chunks of games of one bot, the same however many processes play them.

plan(deck, games) -> Plan       what is to be played, in the order in which it is put together
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sim.engine.rules import Rules
from sim.engine.step import RULES_VERSION
from sim.lab.balance.practice import Hooks, hooks
from sim.lab.pars import PAR_SEED
from sim.lab.pars import SEEDS as PAR_GAMES
from sim.lab.policies import NAMES, POLICY_VERSION
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.load import Loaded

FORMAT = 1  # of the parts; raised when they hold something else, so that old ones are not read
SEED = 1
GAMES = 200  # of each bot, unless a number is asked for
LEAST_GAMES = 8  # of each bot; with fewer, nothing can be said
EXPERT = "expert"
# Games at a time. Wider batches gain nothing (docs/performance.md), and a chunk is also what is
# lost when a process ends in the middle.
WIDE = 512
FORKED = 25  # of the expert's games whose decisions are also played otherwise: some 60 times more

Kind = Literal["par", "play", "fork"]


@dataclass(frozen=True)
class Deck:
    """What every chunk of a sweep needs.

    Attributes:
        scenario: its id.
        rules: of the scenario.
        fingerprint: of the rules.
        concepts: what each concept of the course hangs on.
        versions: of rules, policies and parts where the sweep was begun.
    """

    scenario: str
    rules: Rules
    fingerprint: str
    concepts: Mapping[str, Hooks]
    versions: tuple[int, int, int] = (RULES_VERSION, POLICY_VERSION, FORMAT)


@dataclass(frozen=True)
class Chunk:
    """Some games of one bot.

    Attributes:
        kind: `par` for the games that grades go by, `play` for plain games, `fork` for games of
            the expert whose decisions are also played otherwise.
        bot: who plays.
        first: number of the first game.
        games: how many.
    """

    kind: Kind
    bot: str
    first: int
    games: int

    @property
    def seed(self) -> int:
        """Of its games."""
        return PAR_SEED if self.kind == "par" else SEED

    @property
    def weight(self) -> int:
        """How long it takes, roughly, for a bar that shows how far a sweep is."""
        return self.games * (_FORKED if self.kind == "fork" else _WEIGHTS.get(self.bot, 4))


_WEIGHTS = dict.fromkeys((EXPERT, "oracle", "noisy-expert", "vip", "loudest"), 10)
_FORKED = 600


@dataclass(frozen=True)
class Plan:
    """A sweep.

    Attributes:
        deck: what its chunks need.
        games: of each bot.
        forked: of the expert's games, how many are also played otherwise.
        chunks: in the order in which they are put together.
    """

    deck: Deck
    games: int
    forked: int
    chunks: tuple[Chunk, ...]

    @property
    def bots(self) -> tuple[str, ...]:
        """Who plays, in order."""
        return bots(self.deck.rules)

    @property
    def key(self) -> str:
        """SHA-256 of all that a part rests on: one of another key is of another sweep."""
        hooks = {name: vars(each) for name, each in self.deck.concepts.items()}
        chunks = [(*vars(chunk).values(), chunk.seed) for chunk in self.chunks]
        told = [self.deck.fingerprint, self.deck.versions, hooks, chunks]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def chunks_of(self, kind: Kind, bot: str = EXPERT) -> tuple[int, ...]:
        """Places of the chunks of a kind and bot."""
        return tuple(
            place
            for place, chunk in enumerate(self.chunks)
            if (chunk.kind, chunk.bot) == (kind, bot)
        )


def deck(loaded: Loaded, rules: Rules | None = None) -> Deck:
    """What the chunks of a scenario need.

    Args:
        loaded: the scenario.
        rules: of it, where they have been compiled already.
    """
    rules = compile_scenario(loaded) if rules is None else rules
    return Deck(loaded.scenario.id, rules, fingerprint(rules), hooks(loaded, rules))


def plan(found: Deck, games: int = GAMES, forked: int | None = None) -> Plan:
    """The sweep of a scenario.

    Args:
        found: what its chunks need.
        games: of each bot.
        forked: of the expert's games, how many are also played otherwise; by default half of them
            up to a hundred, and a quarter beyond.
    """
    forked = max(min(games // 2, 100), games // 4) if forked is None else forked
    every = [*_cut("par", "nothing", PAR_GAMES), *_cut("par", EXPERT, PAR_GAMES)]
    every += _cut("fork", EXPERT, forked)  # the longest first: no process is left with one at last
    for bot in bots(found.rules):
        every += _cut("play", bot, games)
    return Plan(found, games, forked, tuple(every))


def shared_out(rules: Rules, games: int) -> int:
    """How many games each bot plays when there are so many in all; never fewer than asked for."""
    return max(-(-games // len(bots(rules))), LEAST_GAMES)


def bots(rules: Rules) -> tuple[str, ...]:
    """The bots with a name, the expert first, and one for each single action."""
    return (*NAMES, *single_actions(rules))


def single_actions(rules: Rules) -> tuple[str, ...]:
    """Names of the bots that know one action only."""
    return tuple(f"only:{name}" for name in (*rules.action_ids, *rules.market_ids))


def _cut(kind: Kind, bot: str, games: int) -> list[Chunk]:
    size = FORKED if kind == "fork" else WIDE // 2 if kind == "par" else WIDE
    return [Chunk(kind, bot, first, min(size, games - first)) for first in range(0, games, size)]
