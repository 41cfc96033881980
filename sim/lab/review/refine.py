"""One turn looked at closely: the best plan, the loss against it, its label and its reasons."""

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from sim.arrays import Array
from sim.engine.state import Choices
from sim.game import TurnRecord, turn_from
from sim.lab.review import rows
from sim.lab.review.assemble import hours
from sim.lab.review.candidates import candidates
from sim.lab.review.concepts import shared_loss
from sim.lab.review.duel import Duel
from sim.lab.review.explain import Teaches, changes, stages
from sim.lab.review.grading import (
    BEATS,
    ROUTINE,
    SOLVED,
    Spread,
    accuracy,
    doubtful,
    graded,
    spread,
    unsure,
    weight,
)
from sim.lab.review.levels import Level, fan
from sim.lab.review.lockstep import Asking, alone, both
from sim.lab.review.luck import events
from sim.lab.review.model import Change, Estimate, Label, TurnReview
from sim.lab.review.plans import Table, table
from sim.lab.review.search import searching
from sim.lab.review.study import Study


@dataclass(frozen=True)
class Effort:
    """How much is played on.

    Attributes:
        values: games for the value of a turn.
        arms: candidates.
        steps: times that the search begins anew from the best plan so far.
        round_games: games in each round of the search.
        games: for the loss of a decision, at first.
        most: likewise, as long as a limit between two labels is within the range.
        plain: for doing nothing, and for a poor plan.
        reasons: for every change that explains a loss.
        together: turns looked at in step.
    """

    values: int
    arms: int
    steps: int
    round_games: int
    games: int
    most: int
    plain: int
    reasons: int
    together: int

    def where(self, left: int, people: int) -> "Effort":
        """With more games where each is short and small: there they cost no more.

        Args:
            left: turns still to be played.
            people: in the portfolio, places for them included.
        """
        times = min(max(_USUAL / (left * people), 1.0), _CHEAPER)
        more = {
            name: int(getattr(self, name) * times)
            for name in ("round_games", "games", "most", "plain", "reasons")
        }
        return replace(self, **more)


STANDARD = Effort(
    values=64,
    arms=8,
    steps=1,
    round_games=96,
    games=64,
    most=1024,
    plain=16,
    reasons=24,
    together=6,
)
_USUAL = 144.0  # turns times people of a game that is neither short nor long
_CHEAPER = 4.0  # times as many games at most
DEEP = Effort(
    values=128,
    arms=64,
    steps=3,
    round_games=512,
    games=400,
    most=3200,
    plain=128,
    reasons=256,
    together=1,
)


@dataclass(frozen=True)
class Judged:
    """What was found out about a turn; plans of the duel are played, expert, best."""

    on: Table
    duel: Duel
    plain: Duel  # of doing nothing and of a poor plan
    best: int

    @property
    def loss(self) -> Spread:
        """What the best plan brings more than the played one."""
        return self.duel.lead(self.best, _PLAYED)

    @property
    def gap(self) -> Spread:
        """Likewise than doing nothing."""
        return self._above(_NOTHING)

    @property
    def range(self) -> Spread:
        """Likewise than a poor plan."""
        return self._above(_POOR)

    def settling(self, most: int) -> Asking[None]:
        """Play on while another label is within the range, or the star for beating the expert."""
        yield from self.duel.settling(
            self.best, _PLAYED, doubt=partial(unsure, most=most), most=most
        )
        yield from self.duel.settling(
            _PLAYED, _EXPERT, doubt=partial(doubtful, limit=BEATS), most=most
        )

    def _above(self, arm: int) -> Spread:
        games = self.plain.games(arm)
        return spread(self.duel.ends[self.best].of(0, games).value - self.plain.ends[arm].value)


_PLAYED, _EXPERT, _BEST = range(3)
_NOTHING, _POOR = range(2)


def judge(study: Study, turn: int, effort: Effort) -> Judged:
    """Search the best plan, then compare it with the played one in fresh games.

    Args:
        study: of the game.
        turn: counted from 0.
        effort: how much to play on.
    """
    return alone(_judging(study, turn, effort), study.rules, study.seed)


def _judging(study: Study, turn: int, effort: Effort) -> Asking[Judged]:
    effort = effort.where(study.left(turn), study.people)
    judged = yield from _compared(study, turn, effort)
    yield from judged.settling(effort.most)
    return judged


def _compared(study: Study, turn: int, effort: Effort) -> Asking[Judged]:
    """The best plan that was found, and the first games against it."""
    on = table(study.rules, study.played.states[turn])
    arms = [study.plan(turn), study.expert(turn)]
    found, low = yield from _searching(study, turn, on, effort)
    best = next((k for k, arm in enumerate(arms) if rows.same(arm, found)), _BEST)
    if best == _BEST:
        arms.append(found)
    duel = Duel(study, turn, arms)
    plain = Duel(study, turn, [rows.nothing(study.rules), low])
    yield from both(duel.playing(effort.games), plain.playing(effort.plain))
    return Judged(on=on, duel=duel, plain=plain, best=best)


def _searching(
    study: Study, turn: int, on: Table, effort: Effort
) -> Asking[tuple[Choices, Choices]]:
    """The best plan that was found, and a poor one of the first candidates.

    A deeper search exchanges one piece of the best plan after another, as long as that helps.
    """
    played, best = study.plan(turn), study.expert(turn)
    low: Choices | None = None
    for _ in range(effort.steps):
        plans = candidates(on, played, best, effort.arms)
        at = next(k for k, plan in enumerate(plans) if rows.same(plan, best))
        asking = searching(study, turn, plans, round_games=effort.round_games, expert=at)
        found = yield from asking
        low = plans[found.low] if low is None else low
        if found.best == at:
            break
        best = plans[found.best]
    return best, best if low is None else low


@dataclass(frozen=True)
class Look:
    """What a close look at a turn has found, all but what the graph says of it."""

    turn: int  # counted from 0
    skill: Spread  # of the decision, against the expert's, by what the player could know
    loss: Spread
    gap: Spread
    label: Label
    between: Label | None
    best_plan: TurnRecord
    changes: tuple[Change, ...]
    rest: float
    concept_loss: dict[str, Estimate]


def looking(study: Study, turn: int, *, effort: Effort, teaches: Teaches) -> Asking[Look]:
    """A close look at one turn.

    Args:
        study: of the game.
        turn: counted from 0.
        effort: how much to play on.
        teaches: concepts by id of action or encounter.
    """
    effort = effort.where(study.left(turn), study.people)
    judged = yield from _compared(study, turn, effort)
    reasons = _reasoning(study, turn, judged, games=effort.reasons, teaches=teaches)
    _, told = yield from both(judged.settling(effort.most), reasons)
    duel, loss = judged.duel, judged.loss
    told = told if loss.mean > 0.0 else []
    skill = duel.lead(_PLAYED, _EXPERT)
    label, between = _label(judged, skill, study.turn_stake)
    rest = max(loss.mean, 0.0)
    for change, _ in told:
        rest -= change.gain.value
    return Look(
        turn=turn,
        skill=skill,
        loss=loss,
        gap=judged.gap,
        label=label,
        between=between,
        best_plan=turn_from(study.rules, duel.plans[judged.best]),
        changes=tuple(change for change, _ in told),
        rest=rest,
        concept_loss=shared_loss(loss, told),
    )


def refined(study: Study, line: Level, found: Look) -> TurnReview:
    """The review of one turn; its luck and tags come with the whole (`assemble`).

    Whether a decision was better than the expert's is told by what the player could know, what it
    led to by the facts: the difference is neither skill nor chance.

    Args:
        study: of the game.
        line: the turn's level.
        found: by looking closely at it.
    """
    assert line.played is not None
    value, brought = spread(line.value.value), spread(line.played.value - line.value.value)
    skill, loss, gap, turn = found.skill, found.loss, found.gap, found.turn
    share = max(100.0 * loss.mean / study.turn_stake, 0.0)
    return TurnReview(
        turn=turn + 1,
        value=value.estimate(),
        fan=fan(line.value),
        played=_moved(value, skill.mean).estimate(),
        best=_moved(value, skill.mean + loss.mean).estimate(),
        nothing=_moved(value, skill.mean + loss.mean - gap.mean).estimate(),
        loss=loss.estimate(least=0.0),
        loss_share=share,
        label=found.label,
        between=found.between,
        weight=weight(gap.mean, study.turn_stake),
        accuracy=accuracy(share),
        skill=skill.mean,
        luck=0.0,
        unknown=brought.mean - skill.mean,
        lucky=events(study, turn),
        best_plan=found.best_plan,
        expert_plan=turn_from(study.rules, study.expert(turn)),
        changes=found.changes,
        rest=found.rest,
        hours=hours(study.rules, study.plan(turn)),
        expert_hours=hours(study.rules, study.expert(turn)),
        concept_loss=found.concept_loss,
    )


def _moved(value: Spread, by: float) -> Spread:
    return Spread(value.mean + by, value.error, value.games)


def _label(judged: Judged, lead: Spread, stake: float) -> tuple[Label, Label | None]:
    """The label: a lead over the expert first, then whether there was anything to decide."""
    surely = lead.mean - 1.645 * lead.error
    ahead = surely > 0.0 and 100.0 * lead.mean / stake >= BEATS
    if ahead and 100.0 * judged.loss.mean / stake <= SOLVED:
        return "beats_expert", None
    widest = max(judged.range.mean, judged.gap.mean, judged.loss.mean)
    if 100.0 * widest / stake < ROUTINE:
        return "routine", None
    return graded(judged.loss, stake)


def _reasoning(
    study: Study, turn: int, judged: Judged, *, games: int, teaches: Teaches
) -> Asking[list[tuple[Change, Array]]]:
    """At most three changes that explain a loss, with their gains game by game.

    What they leave unexplained is for others.
    """
    duel = judged.duel
    steps = stages(judged.on, duel.plans[_PLAYED], duel.plans[judged.best])
    if not steps:
        return []
    games = min(games, duel.games(_PLAYED))
    way = Duel(study, turn, [step.plan for step in steps])
    yield from way.playing(games)
    ends = [duel.ends[_PLAYED].of(0, games), *way.ends]
    told = changes(judged.on, duel.plans[_PLAYED], steps, ends=ends, teaches=teaches)
    gains = [new.value - old.value for old, new in pairwise(ends)]
    return [each for each in zip(told, gains, strict=True) if each[0].gain.value > 0.0]
