"""Games of bots to be reviewed, and reviews of them, each made once."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sim.engine.rules import Rules
from sim.game import GameRecord
from sim.lab.games import bot_game
from sim.lab.review.model import Review, Tier
from sim.lab.review.review import review
from sim.lab.review.study import Study, study
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario

__all__ = ["bot_game"]

PARS = Path(mkdtemp(prefix="pars-"))  # one folder for all tests of a process
SMALL = "first-day"  # the shipped scenario that is played through fastest


@cache
def rules_of(scenario: str) -> Rules:
    return compile_scenario(load_scenario(scenario))


@cache
def small_game(bot: str, seed: int = 7) -> GameRecord:
    return bot_game(rules_of(SMALL), bot, seed)


@cache
def small_study(bot: str, seed: int = 7) -> Study:
    record = small_game(bot, seed)
    return study(rules_of(SMALL), record, fingerprint=record.fingerprint, cache=PARS)


@cache
def small_review(bot: str, tier: Tier = "instant", seed: int = 7) -> Review:
    return reviewed(rules_of(SMALL), small_game(bot, seed), tier)


def reviewed(rules: Rules, record: GameRecord, tier: Tier = "standard") -> Review:
    """The finished review."""
    steps = review(rules, record, fingerprint=record.fingerprint, tier=tier, cache=PARS)
    return list(steps)[-1].review
