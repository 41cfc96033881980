"""The review of a game, as a stream: the graph first, then turn by turn, the costliest first."""

from collections.abc import Collection, Iterator, Sized
from functools import partial
from pathlib import Path

from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.state import Choices
from sim.game import GameRecord, TurnRecord, choices_from
from sim.lab.review.assemble import assemble, sketch
from sim.lab.review.concepts import teaches_of
from sim.lab.review.duel import Duel
from sim.lab.review.grading import SOLVED, graded, spread, unsure
from sim.lab.review.lanes import Lanes, Work
from sim.lab.review.levels import deepened, levels
from sim.lab.review.lockstep import alone
from sim.lab.review.model import Evaluation, Progress, Review, Tier, TurnReview
from sim.lab.review.refine import DEEP, STANDARD, judge, refined
from sim.lab.review.side import second_process
from sim.lab.review.study import Study, study
from sim.scenario.script import Script

_FIRST = 8  # games of each kind for the first graph
_SKETCHED, _LINED = 0.1, 0.2  # how far the work has come by then
_LEVELS: dict[Tier, int] = {"instant": 0, "standard": 1, "deep": 2}


def review(
    rules: Rules,
    record: GameRecord,
    *,
    fingerprint: str,
    tier: Tier = "standard",
    script: Script | None = None,
    cache: Path | None = None,
    turns: Collection[int] | None = None,
    begun: Review | None = None,
) -> Iterator[Progress]:
    """Review a game; closing the iterator ends the work.

    A review that broke off, or that was less thorough, is gone on with: what it says of a turn
    stands until that turn has been looked at anew, and turns that were looked at as thoroughly are
    left alone. In the end it is the same as if it had been made at once.

    Args:
        rules: of its scenario.
        record: the game; of an unfinished one the turns played are reviewed.
        fingerprint: of the rules.
        tier: how much to play on: instant draws the graph only.
        script: of the scenario, for the concepts behind a loss; None names none.
        cache: folder of the scenario's pars (`sim.lab.pars`); None works them out anew.
        turns: which to look at closely, counted from 1; None is all.
        begun: a review of the same game under the same rules and policies.

    Yields:
        First a whole review whose turns are not refined yet, or the one begun, then one after each
        refined turn; the last has `done` 1.

    Raises:
        IllegalChoiceError, SaveError: as `sim.game.replay`.
    """
    helped = tier != "instant" and len(record.turns) > 1 and (turns is None or len(turns) > 1)
    with second_process(wanted=helped) as side:  # first, since it takes its time to start
        looked_at = study(rules, record, fingerprint=fingerprint, cache=cache)
        line = levels(looked_at, _FIRST)
        found = (
            [sketch(looked_at, line, turn) for turn in range(looked_at.turns)]
            if begun is None
            else list(begun.turns)
        )
        asked = [turn for turn in range(looked_at.turns) if turns is None or turn + 1 in turns]
        wanted = [turn for turn in asked if _LEVELS[found[turn].tier] < _LEVELS[tier]]
        ready = len(asked) - len(wanted)
        first = assemble(looked_at, line, found, tier) if begun is None else begun
        if tier == "instant" or not wanted:
            yield Progress(done=1.0, review=first)
            return
        yield Progress(done=_far(ready, asked) if ready else _SKETCHED, review=first)
        wanted.sort(key=lambda turn: -found[turn].loss.value)
        effort = DEEP if tier == "deep" else STANDARD
        work = Work(looked_at, effort, {} if script is None else teaches_of(script))
        with Lanes(work, side) as lanes:
            deeper = lanes.first(partial(deepened, looked_at, line, effort.values))
            for number, look in enumerate(lanes.looks(wanted)):
                line = deeper.result()
                turn = refined(looked_at, line[look.turn], look)
                found[look.turn] = turn.model_copy(update={"tier": tier})
                done = _far(ready + number + 1, asked)
                yield Progress(done=done, review=assemble(looked_at, line, found, tier))


def _far(ready: int, asked: Sized) -> float:
    """How far the work has come once so many turns are ready."""
    whole = len(asked)
    return 1.0 if ready == whole else _LINED + (1.0 - _LINED) * ready / whole


def evaluate(
    looked_at: Study, turn: int, plan: TurnRecord, *, known: TurnReview | None = None
) -> Evaluation:
    """Judge another plan for a turn by the games that judged the one played.

    Args:
        looked_at: the game.
        turn: counted from 1.
        plan: what would have been done instead.
        known: what a review of the game says of the turn, so that its best plan need not be
            searched again; a turn of which only the graph is known does not help.

    Raises:
        IllegalChoiceError: the plan is not allowed in that turn.
    """
    rules, at = looked_at.rules, turn - 1
    choices = choices_from(rules, plan)
    legal.check(rules, looked_at.played.states[at], choices)
    best, most = _measure(looked_at, at, known)
    again = Duel(looked_at, at, [best, choices])
    effort = DEEP if known is not None and known.tier == "deep" else STANDARD
    begin = effort.where(looked_at.left(at), looked_at.people).games
    alone(again.playing(min(begin, most)), rules, looked_at.seed)
    doubt = partial(unsure, most=most)
    alone(again.settling(0, 1, doubt=doubt, most=most), rules, looked_at.seed)
    loss = again.lead(0, 1)
    label, _ = graded(loss, looked_at.turn_stake)
    share = max(100.0 * loss.mean / looked_at.turn_stake, 0.0)
    return Evaluation(
        value=spread(again.ends[1].value).estimate(),
        loss=loss.estimate(least=0.0),
        loss_share=share,
        label=label,
        solved=share <= SOLVED,
    )


def _measure(looked_at: Study, at: int, known: TurnReview | None) -> tuple[Choices, int]:
    """The plan that others are measured by in a turn, and in how many games at most."""
    if known is not None and known.refined:
        return choices_from(looked_at.rules, known.best_plan), known.loss.games
    judged = judge(looked_at, at, STANDARD)
    return judged.duel.plans[judged.best], judged.loss.games
