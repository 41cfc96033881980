"""One turn looked at closely: the best plan, the loss against it, its label and its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.engine.state import Choices
from sim.game import turn_from
from sim.lab.review import rows
from sim.lab.review.assemble import hours
from sim.lab.review.candidates import candidates
from sim.lab.review.explain import Teaches, changes, stages
from sim.lab.review.grading import (
    BEATS,
    ROUTINE,
    SOLVED,
    Spread,
    accuracy,
    graded,
    spread,
    unsure,
    weight,
)
from sim.lab.review.levels import HOLD_OUT, Level, fan
from sim.lab.review.luck import events
from sim.lab.review.model import Change, Estimate, Label, TurnReview
from sim.lab.review.plans import Table, table
from sim.lab.review.rollouts import Ends, block, first_run, joined_ends, play_on
from sim.lab.review.search import search
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
    """

    values: int
    arms: int
    steps: int
    round_games: int
    games: int
    most: int
    plain: int
    reasons: int


STANDARD = Effort(
    values=64, arms=8, steps=1, round_games=48, games=48, most=192, plain=16, reasons=24
)
DEEP = Effort(
    values=128, arms=64, steps=3, round_games=512, games=400, most=3200, plain=128, reasons=256
)


@dataclass
class Duel:
    """Plans of one turn in the same games, of which more can be played with some of them."""

    study: Study
    turn: int
    plans: list[Choices]
    ends: list[Ends] = field(default_factory=list)

    def games(self, arm: int) -> int:
        """Played so far with a plan."""
        return int(self.ends[arm].score.shape[0]) if self.ends else 0

    def play(self, games: int, arms: Sequence[int] | None = None) -> None:
        """Play on until plans have been tried in so many games.

        Args:
            games: in all, for each plan.
            arms: which, all of them played equally often so far; None is every plan.
        """
        which = range(len(self.plans)) if arms is None else arms
        done = self.games(which[0])
        more = games - done
        if more <= 0:
            return
        begun = block(
            self.study.beliefs[self.turn].player,
            [self.plans[arm] for arm in which],
            games=more,
            skip=done,
            first=first_run(self.turn, HOLD_OUT),
        )
        ends = play_on(self.study.rules, [begun], seed=self.study.seed)[0]
        if not self.ends:
            self.ends = [ends.of(0, 0) for _ in self.plans]
        for place, arm in enumerate(which):
            fresh = ends.of(place * more, (place + 1) * more)
            self.ends[arm] = joined_ends(self.ends[arm], fresh)

    def lead(self, one: int, other: int) -> Spread:
        """How much one plan brings more than another, in the games that both have played."""
        games = min(self.games(one), self.games(other))
        return spread(self.ends[one].of(0, games).value - self.ends[other].of(0, games).value)


@dataclass(frozen=True)
class Judged:
    """What was found out about a turn; plans of the duel are played, expert, best."""

    on: Table
    duel: Duel
    best: int
    loss: Spread
    gap: Spread  # of the best plan to doing nothing
    range: Spread  # and to a poor one


_PLAYED, _EXPERT, _BEST = range(3)


def judge(study: Study, turn: int, effort: Effort) -> Judged:
    """Search the best plan, then compare it with the played one in fresh games.

    Args:
        study: of the game.
        turn: counted from 0.
        effort: how much to play on.
    """
    on = table(study.rules, study.played.states[turn])
    arms = [study.plan(turn), study.expert(turn)]
    found, low = _searched(study, turn, on, effort)
    best = next((k for k, arm in enumerate(arms) if rows.same(arm, found)), _BEST)
    if best == _BEST:
        arms.append(found)
    duel = Duel(study, turn, arms)
    duel.play(effort.games)
    _settle(duel, best, effort.most)
    plain = Duel(study, turn, [rows.nothing(study.rules), low])
    plain.play(effort.plain)
    tried = duel.ends[best].of(0, effort.plain).value
    return Judged(
        on=on,
        duel=duel,
        best=best,
        loss=duel.lead(best, _PLAYED),
        gap=spread(tried - plain.ends[0].value),
        range=spread(tried - plain.ends[1].value),
    )


def _searched(study: Study, turn: int, on: Table, effort: Effort) -> tuple[Choices, Choices]:
    """The best plan that was found, and a poor one of the first candidates.

    A deeper search exchanges one piece of the best plan after another, as long as that helps.
    """
    played, best = study.plan(turn), study.expert(turn)
    low: Choices | None = None
    for _ in range(effort.steps):
        plans = candidates(on, played, best, effort.arms)
        at = next(k for k, plan in enumerate(plans) if rows.same(plan, best))
        found = search(study, turn, plans, round_games=effort.round_games, expert=at)
        low = plans[found.low] if low is None else low
        if found.best == at:
            break
        best = plans[found.best]
    return best, best if low is None else low


def _settle(duel: Duel, best: int, most: int) -> None:
    """Play on as long as the loss may be on either side of a limit between two labels.

    The expert's plan is left behind unless it is one of the two.
    """
    stake = duel.study.turn_stake
    while unsure(duel.lead(best, _PLAYED), stake) and duel.games(_PLAYED) < most:
        games = min(2 * duel.games(_PLAYED), most)
        duel.play(games, [_PLAYED] if best == _PLAYED else [_PLAYED, best])


def refine(study: Study, line: Level, turn: int, *, effort: Effort, teaches: Teaches) -> TurnReview:
    """The review of one turn; its luck and tags come with the whole (`assemble`).

    Args:
        study: of the game.
        line: the turn's level.
        turn: counted from 0.
        effort: how much to play on.
        teaches: concepts by id of action or encounter.
    """
    judged = judge(study, turn, effort)
    duel, stake = judged.duel, study.turn_stake
    assert line.played is not None
    value, skill = spread(line.value.value), spread(line.played.value - line.value.value)
    share = max(100.0 * judged.loss.mean / stake, 0.0)
    label, between = _label(judged, duel.lead(_PLAYED, _EXPERT), stake)
    told, rest = _reasons(study, turn, judged, effort=effort, teaches=teaches)
    best = duel.plans[judged.best]
    return TurnReview(
        turn=turn + 1,
        value=value.estimate(),
        fan=fan(line.value),
        played=_moved(value, skill.mean).estimate(),
        best=_moved(value, skill.mean + judged.loss.mean).estimate(),
        nothing=_moved(value, skill.mean + judged.loss.mean - judged.gap.mean).estimate(),
        loss=judged.loss.estimate(least=0.0),
        loss_share=share,
        label=label,
        between=between,
        weight=weight(judged.gap.mean, stake),
        accuracy=accuracy(share),
        skill=skill.mean,
        luck=0.0,
        lucky=events(study, turn),
        best_plan=turn_from(study.rules, best),
        expert_plan=turn_from(study.rules, duel.plans[_EXPERT]),
        changes=told,
        rest=rest,
        hours=hours(study.rules, duel.plans[_PLAYED]),
        expert_hours=hours(study.rules, duel.plans[_EXPERT]),
        concept_loss=concept_loss(judged.loss, told),
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


def _reasons(
    study: Study, turn: int, judged: Judged, *, effort: Effort, teaches: Teaches
) -> tuple[tuple[Change, ...], float]:
    """At most three changes that explain the loss, and what it leaves unexplained."""
    duel = judged.duel
    loss = max(judged.loss.mean, 0.0)
    if judged.best == _PLAYED or loss <= 0.0:
        return (), 0.0
    steps = stages(judged.on, duel.plans[_PLAYED], duel.plans[judged.best])
    games = min(effort.reasons, duel.games(_PLAYED))
    way = Duel(study, turn, [step.plan for step in steps])
    way.play(games)
    ends = [duel.ends[_PLAYED].of(0, games), *way.ends]
    told = changes(judged.on, duel.plans[_PLAYED], steps, ends=ends, teaches=teaches)
    kept = tuple(change for change in told if change.gain.value > 0.0)
    gained = 0.0
    for change in kept:
        gained += change.gain.value
    return kept, loss - gained


def concept_loss(loss: Spread, told: tuple[Change, ...]) -> dict[str, Estimate]:
    """The loss shared out over the concepts of the changes, by what these would have gained."""
    whole = 0.0
    for change in told:
        whole += change.gain.value if change.concepts else 0.0
    if whole <= 0.0 or loss.mean <= 0.0:
        return {}
    shares: dict[str, float] = {}
    for change in told:
        for concept in change.concepts:
            part = change.gain.value / whole / len(change.concepts)
            shares[concept] = shares.get(concept, 0.0) + part
    return {
        concept: Spread(loss.mean * part, loss.error * part, loss.games).estimate(least=0.0)
        for concept, part in shares.items()
    }
