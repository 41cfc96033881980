"""What every turn of a class's games was worth: the instant review of all of them, side by side.

Each game is reviewed as `sim.lab.review` reviews it (beliefs of its own, the expert ever after),
but all of them meet the same chance, so that a difference between two games is one of decisions;
and they are played on in wide batches, so that a class costs little more than its games.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine.rules import Rules
from sim.game import GameRecord, checksum, choices_from, replay
from sim.lab.pars import Pars
from sim.lab.review import rows
from sim.lab.review.assemble import assemble, sketch
from sim.lab.review.belief import beliefs
from sim.lab.review.explain import Teaches, reckoned, stages
from sim.lab.review.grading import SOLVED, Spread, spread
from sim.lab.review.levels import VALUE, Level
from sim.lab.review.model import Review, TurnReview
from sim.lab.review.plans import table
from sim.lab.review.rollouts import Block, Ends, block, expert_choices, first_run, play_on
from sim.lab.review.study import Study
from sim.lab.runs import join

GAMES: Final = 12  # played on for each turn and plan
TOGETHER: Final = 3  # games of a class in one batch: its arrays then stay in the cache
_PARTICLES = 32  # of either belief, more than the games that are played on from them


@dataclass(frozen=True)
class Setting:
    """What the reviews of a class share.

    Attributes:
        rules: of the scenario.
        fingerprint: of the rules.
        par: of the scenario.
        teaches: concepts by id of action or encounter.
        seed: of the chance that all games meet.
    """

    rules: Rules
    fingerprint: str
    par: Pars
    teaches: Teaches
    seed: int


def class_seed(fingerprint: str, seed: int) -> int:
    """The seed of the chance that reviews of games of one seed meet: not that of the games."""
    digest = hashlib.sha256(f"class {fingerprint} {seed}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def reviews(setting: Setting, records: Sequence[GameRecord]) -> list[Review]:
    """Instant reviews of some games at once; each is what it would be alone.

    Args:
        setting: of the class.
        records: of the games, each with a turn or more.

    Raises:
        IllegalChoiceError, SaveError: as `sim.game.replay`.
    """
    studies = _studies(setting, records)
    lines = _lines(setting, studies)
    found = []
    for study, line in zip(studies, lines, strict=True):
        turns = [_turn(setting, study, line, turn) for turn in range(study.turns)]
        found.append(assemble(study, line, turns, "instant"))
    return found


def _studies(setting: Setting, records: Sequence[GameRecord]) -> list[Study]:
    """The games ready to be reviewed; what the expert would have done is asked for all at once."""
    rules = setting.rules
    played = [replay(record, rules) for record in records]
    believed = [
        tuple(beliefs(rules, each, seed=setting.seed, particles=_PARTICLES)) for each in played
    ]
    first = np.zeros(1, dtype=np.intp)
    experts: list[list[int]] = [[] for _ in records]
    studies = []
    asked = []
    for turn in range(rules.sizes.turns):
        here = [game for game, each in enumerate(believed) if len(each) > turn]
        if not here:
            break
        seen = join([rows.take(believed[game][turn].player, first) for game in here])
        asked.append(expert_choices(rules, seen))
        for place, game in enumerate(here):
            experts[game].append(place)
    for game, record in enumerate(records):
        plans = [
            rows.chosen(asked[turn], np.array([place])) for turn, place in enumerate(experts[game])
        ]
        studies.append(
            Study(
                rules=rules,
                record=record,
                fingerprint=setting.fingerprint,
                game=checksum(record),
                seed=setting.seed,
                played=played[game],
                beliefs=believed[game],
                experts=tuple(plans),
                par=setting.par,
            )
        )
    return studies


def _lines(setting: Setting, studies: Sequence[Study]) -> list[list[Level]]:
    """The levels of all games: of each turn one block, in which the games lie end to end."""
    rules = setting.rules
    blocks, inside = [], []
    for turn in range(rules.sizes.turns):
        here = [game for game, study in enumerate(studies) if study.turns >= turn]
        if not here:
            break
        parts = [_block(studies[game], turn) for game in here]
        blocks.append(
            Block(
                state=join([part.state for part in parts]),
                choices=rows.joined([part.choices for part in parts]),
                first_run=parts[0].first_run,
                repeats=GAMES,
            )
        )
        inside.append(here)
    lines: list[list[Level]] = [[] for _ in studies]
    ends = play_on(rules, blocks, seed=setting.seed)
    for turn, (here, each) in enumerate(zip(inside, ends, strict=True)):
        begin = 0
        for game in here:
            closed = studies[game].turns > turn
            lines[game].append(_level(each, begin, closed=closed))
            begin += 2 * GAMES if closed else GAMES
    return lines


def _block(study: Study, turn: int) -> Block:
    """The expert's plan, and the one that was played, from what could be believed at a turn."""
    plans = [study.expert(turn)]
    if turn < study.turns:
        plans.append(choices_from(study.rules, study.played.turns[turn]))
    return block(study.beliefs[turn].table, plans, games=GAMES, first=first_run(turn, VALUE))


def _level(ends: Ends, begin: int, *, closed: bool) -> Level:
    value = ends.of(begin, begin + GAMES)
    return Level(value, ends.of(begin + GAMES, begin + 2 * GAMES) if closed else None)


def _turn(setting: Setting, study: Study, line: Sequence[Level], turn: int) -> TurnReview:
    """A turn, its loss shared among concepts where it is more than a good decision loses."""
    told = sketch(study, line, turn)
    if told.loss_share <= SOLVED:
        return told
    on = table(study.rules, study.played.states[turn])
    steps = stages(on, study.plan(turn), study.expert(turn))
    shares = reckoned(on, study.plan(turn), steps, setting.teaches)
    played = line[turn].played
    assert played is not None  # of a turn that has been played
    loss = spread(line[turn].value.value - played.value)
    parts = {
        concept: Spread(loss.mean * part, loss.error * part, loss.games).estimate(least=0.0)
        for concept, part in shares.items()
    }
    return told.model_copy(update={"concept_loss": parts})
