"""What a review rests on: the game played again, beliefs at every turn, stakes and seeds."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.arrays import Array
from sim.engine.rules import Rules
from sim.engine.state import Choices
from sim.game import GameRecord, Replay, checksum, choices_from, replay
from sim.lab.pars import Pars, pars
from sim.lab.review import rows
from sim.lab.review.belief import Belief, beliefs
from sim.lab.review.rollouts import expert_choices

LEAST_STAKE = 3.0  # standard errors that the stakes of a scenario must have to be graded by


@dataclass(frozen=True)
class Study:
    """A game ready to be reviewed."""

    rules: Rules
    record: GameRecord
    fingerprint: str
    game: str  # checksum of the record
    seed: int  # of the review's chance: the same game, the same review
    played: Replay
    beliefs: tuple[Belief, ...]  # at every turn, the end included
    experts: tuple[Choices, ...]  # what the expert would have done: it sees what the player saw
    par: Pars

    @property
    def turns(self) -> int:
        """Turns played."""
        return len(self.played.turns)

    @property
    def stakes(self) -> float:
        """S: the expert's score less that of doing nothing, score points, > 0."""
        return max(self.par.expert - self.par.nothing, LEAST_STAKE * self.par.error, 1e-6)

    @property
    def turn_stake(self) -> float:
        """Of an average turn, score points."""
        return self.stakes / self.rules.sizes.turns

    @property
    def people(self) -> int:
        """Places for people in the portfolio."""
        return self.rules.sizes.customers * self.rules.sizes.people

    def left(self, turn: int) -> int:
        """Turns to be played in a whole game from a turn on, itself included."""
        return self.rules.sizes.turns - turn

    def plan(self, turn: int) -> Choices:
        """What was played in a turn, counted from 0."""
        return choices_from(self.rules, self.played.turns[turn])

    def expert(self, turn: int) -> Choices:
        """What the expert would have done in a turn, counted from 0."""
        return self.experts[turn]

    def result(self) -> Array | None:
        """The final score [1], if the game was played to its end."""
        done = self.turns == self.rules.sizes.turns
        return self.played.scores[-1].score if done else None


def study(
    rules: Rules,
    record: GameRecord,
    *,
    fingerprint: str,
    cache: Path | None = None,
    salt: int = 0,
    particles: int | None = None,
) -> Study:
    """Play a game again and follow what could be believed in it.

    Args:
        rules: of its scenario.
        record: the game, finished or not.
        fingerprint: of the rules.
        cache: folder of the pars.
        salt: another number, another review; for measuring how far reviews repeat.
        particles: of either belief; None is as many as the portfolio asks for.

    Raises:
        IllegalChoiceError, SaveError: as `sim.game.replay`.
    """
    played = replay(record, rules)
    game = checksum(record)
    digest = hashlib.sha256(f"review {game} {salt}".encode()).digest()
    seed = int.from_bytes(digest[:8], "big") >> 1
    believed = tuple(beliefs(rules, played, seed=seed, particles=particles))
    first = np.zeros(1, dtype=np.intp)
    return Study(
        rules=rules,
        record=record,
        fingerprint=fingerprint,
        game=game,
        seed=seed,
        played=played,
        beliefs=believed,
        experts=tuple(
            expert_choices(rules, rows.take(each.player, first))
            for each in believed
            if each.player.turn < rules.sizes.turns
        ),
        par=pars(rules, fingerprint, cache),
    )
