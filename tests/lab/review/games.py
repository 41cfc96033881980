"""Games of bots to be reviewed, and reviews of them, each made once."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sim import draws
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.step import RULES_VERSION, step
from sim.game import GameRecord, result_of, shape_of, turn_from
from sim.lab.policies import POLICY_VERSION, policy
from sim.lab.review.model import Review, Tier
from sim.lab.review.review import review
from sim.lab.review.study import Study, study
from sim.lab.runs import choose
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.load import load_scenario

PARS = Path(mkdtemp(prefix="pars-"))  # one folder for all tests of a process
SMALL = "first-day"  # the shipped scenario that is played through fastest


@cache
def rules_of(scenario: str) -> Rules:
    return compile_scenario(load_scenario(scenario))


def bot_game(rules: Rules, bot: str, seed: int, *, turns: int | None = None) -> GameRecord:
    """A game that a bot has played, to its end or for some turns."""
    chosen, shape = policy(bot), shape_of(rules)
    state, played = start(rules, draws.draw_start(seed, shape)), []
    number = rules.sizes.turns if turns is None else turns
    for turn in range(number):
        choices = choose(rules, chosen, state, seed=seed)
        played.append(turn_from(rules, choices))
        state, _ = step(rules, state, choices, draws.draw(seed, turn, shape))
    return GameRecord(
        format=1,
        rules_version=RULES_VERSION,
        policy_version=POLICY_VERSION,
        scenario="game",
        fingerprint=fingerprint(rules),
        seed=seed,
        turns=tuple(played),
        result=result_of(rules, state) if number == rules.sizes.turns else None,
    )


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
