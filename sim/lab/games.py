"""Whole games of bots, as records that can be replayed and reviewed."""

from sim.engine.rules import Rules
from sim.engine.state import Choices, Outcome, State
from sim.engine.step import RULES_VERSION
from sim.game import GameRecord, TurnRecord, result_of, turn_from
from sim.lab.policies import POLICY_VERSION
from sim.lab.runs import play
from sim.scenario.compile import fingerprint


def played_by(rules: Rules, bot: str, seed: int) -> tuple[tuple[TurnRecord, ...], State]:
    """What a bot chooses in every turn of a game, and the state at its end.

    Args:
        rules: of the scenario.
        bot: name of the policy.
        seed: of the game.
    """
    turns: list[TurnRecord] = []

    def watch(_before: State, choices: Choices, _outcome: Outcome, _after: State) -> None:
        turns.append(turn_from(rules, choices))

    last = play(rules, bot, seed=seed, watch=watch)
    return tuple(turns), last


def bot_game(rules: Rules, bot: str, seed: int, *, turns: int | None = None) -> GameRecord:
    """A game that a bot has played.

    Args:
        rules: of the scenario.
        bot: name of the policy.
        seed: of the game.
        turns: after which it broke off; None plays it to its end.
    """
    played, last = played_by(rules, bot, seed)
    kept = played if turns is None else played[:turns]
    return GameRecord(
        format=1,
        rules_version=RULES_VERSION,
        policy_version=POLICY_VERSION,
        scenario="game",
        fingerprint=fingerprint(rules),
        seed=seed,
        turns=kept,
        result=result_of(rules, last) if len(kept) == len(played) else None,
    )
