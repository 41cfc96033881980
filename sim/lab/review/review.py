"""The review of a game, as a stream: the graph first, then turn by turn, the costliest first."""

from collections.abc import Iterator
from pathlib import Path

from sim.engine import legal
from sim.engine.rules import Rules
from sim.game import GameRecord, TurnRecord, choices_from
from sim.lab.review.assemble import assemble, sketch
from sim.lab.review.grading import SOLVED, graded, spread
from sim.lab.review.levels import HOLD_OUT, levels
from sim.lab.review.model import Evaluation, Progress, Tier
from sim.lab.review.rollouts import block, first_run, play_on
from sim.lab.review.study import study

_GAMES = {"instant": 16, "standard": 16, "deep": 16}
_SECOND_TRY = 128  # games for each plan when another one is judged


def review(
    rules: Rules,
    record: GameRecord,
    *,
    fingerprint: str,
    tier: Tier = "standard",
    cache: Path | None = None,
) -> Iterator[Progress]:
    """Review a game; closing the iterator ends the work.

    Args:
        rules: of its scenario.
        record: the game; of an unfinished one the turns played are reviewed.
        fingerprint: of the rules.
        tier: how much to play on.
        cache: folder of the scenario's pars (`sim.lab.pars`); None works them out anew.

    Yields:
        First a whole review whose turns are not refined yet, then one after each refined turn; the
        last has `done` 1.

    Raises:
        IllegalChoiceError, SaveError: as `sim.game.replay`.
    """
    looked_at = study(rules, record, fingerprint=fingerprint, cache=cache)
    line = levels(looked_at, _GAMES[tier])
    turns = [sketch(looked_at, line, turn) for turn in range(looked_at.turns)]
    yield Progress(done=1.0, review=assemble(looked_at, line, turns, tier))


def evaluate(
    rules: Rules,
    record: GameRecord,
    turn: int,
    plan: TurnRecord,
    *,
    fingerprint: str,
    cache: Path | None = None,
) -> Evaluation:
    """Judge another plan for a turn by the games that judged the one played.

    Args:
        rules: of the record's scenario.
        record: the game.
        turn: counted from 1.
        plan: what would have been done instead.
        fingerprint: of the rules.
        cache: folder of the scenario's pars.

    Raises:
        IllegalChoiceError: the plan is not allowed in that turn.
        SaveError: as `sim.game.replay`.
    """
    looked_at = study(rules, record, fingerprint=fingerprint, cache=cache)
    at = turn - 1
    choices = choices_from(rules, plan)
    legal.check(rules, looked_at.played.states[at], choices)
    plans = [looked_at.expert(at), looked_at.plan(at), choices]
    first = first_run(at, HOLD_OUT)
    ends = play_on(
        rules,
        [block(looked_at.beliefs[at].player, plans, games=_SECOND_TRY, first=first)],
        seed=looked_at.seed,
    )[0]
    values = [ends.of(k * _SECOND_TRY, (k + 1) * _SECOND_TRY).value for k in range(len(plans))]
    best = max(values[:2], key=lambda each: spread(each).mean)
    loss = spread(best - values[2])
    label, _ = graded(loss, looked_at.turn_stake)
    share = max(100.0 * loss.mean / looked_at.turn_stake, 0.0)
    return Evaluation(
        value=spread(values[2]).estimate(),
        loss=loss.estimate(least=0.0),
        loss_share=share,
        label=label,
        solved=share <= SOLVED,
    )
