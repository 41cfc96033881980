"""Putting turns together: luck and skill, weights and accuracy, the turning point."""

from collections.abc import Sequence

from sim.arrays import Array
from sim.engine.rules import Rules
from sim.engine.state import Choices
from sim.game import turn_from
from sim.lab.review.grading import Spread, accuracy, below, graded, spread, weight
from sim.lab.review.levels import Level, deviation, fan
from sim.lab.review.luck import events
from sim.lab.review.model import Estimate, Review, Tag, Tier, TurnReview
from sim.lab.review.study import Study

_MARKED = 1.0  # standard deviations of a turn's luck that deserve a tag


def sketch(study: Study, line: Sequence[Level], turn: int) -> TurnReview:
    """A turn as far as the graph tells: the expert's plan stands for the best one.

    Args:
        study: of the game.
        line: levels of all turns.
        turn: counted from 0.
    """
    here = line[turn]
    assert here.played is not None
    value = spread(here.value.value)
    loss = spread(here.value.value - here.played.value)
    played = Spread(value.mean - loss.mean, value.error, value.games)
    label, between = graded(loss, study.turn_stake)
    share = max(100.0 * loss.mean / study.turn_stake, 0.0)
    plan = turn_from(study.rules, study.expert(turn))
    return TurnReview(
        turn=turn + 1,
        value=value.estimate(),
        fan=fan(here.value),
        played=played.estimate(),
        best=value.estimate(),
        nothing=value.estimate(),
        loss=loss.estimate(least=0.0),
        loss_share=share,
        label=label,
        between=between,
        weight=weight(study.turn_stake, study.turn_stake),
        accuracy=accuracy(share),
        skill=-loss.mean,
        luck=0.0,
        lucky=events(study, turn),
        best_plan=plan,
        expert_plan=plan,
        hours=hours(study.rules, study.plan(turn)),
        expert_hours=hours(study.rules, study.expert(turn)),
        refined=False,
        tier="instant",
    )


def hours(rules: Rules, plan: Choices) -> dict[str, float]:
    """Hours by action; answers under their encounter, market actions under theirs."""
    total: dict[str, float] = {}

    def add(name: str, taken: float) -> None:
        total[name] = total.get(name, 0.0) + taken

    for row in plan.action[plan.action > 0].tolist():
        add(rules.action_ids[row - 1], float(rules.rows.hours[row]))
    for index in plan.market[0].nonzero()[0].tolist():
        add(rules.market_ids[index], float(rules.market.hours[index]))
    for index in plan.response[0].nonzero()[0].tolist():
        steps = rules.encounters.rows[index, plan.response[0, index] - 1]
        for row in steps.tolist():
            if row:
                add(rules.encounter_ids[index], float(rules.rows.hours[row]))
    return total


def assemble(
    study: Study, line: Sequence[Level], turns: Sequence[TurnReview], tier: Tier
) -> Review:
    """The whole review; the result is the opening value and every turn's skill and luck.

    Args:
        study: of the game.
        line: levels of all turns.
        turns: reviewed so far, all of them; their luck is worked out here.
        tier: of the review.
    """
    result = study.result()
    values = [turn.value.value for turn in turns]
    values.append(_last(study, line, result))
    told = tuple(_with_luck(turn, values, line) for turn in turns)
    opening = values[0]
    skill = _total([turn.skill for turn in told])
    luck = _total([turn.luck for turn in told])
    unknown = _total([turn.unknown for turn in told])
    graded_turns = [turn for turn in told if turn.label != "routine"]
    weights = _total([turn.weight for turn in graded_turns])
    points = _total([turn.weight * turn.accuracy for turn in graded_turns])
    spread_of_luck = deviation(line[0].value) if line else 0.0
    return Review(
        tier=tier,
        scenario=study.record.scenario,
        fingerprint=study.fingerprint,
        game=study.game,
        policy_version=study.record.policy_version,
        stakes=study.stakes,
        turns_total=study.rules.sizes.turns,
        opening=opening,
        result=None if result is None else float(result[0]),
        skill=skill,
        luck=luck,
        unknown=unknown,
        luck_share=below((luck - unknown) / spread_of_luck) if spread_of_luck > 0.0 else 0.5,
        accuracy=points / weights if weights > 0.0 else 100.0,
        skill_index=100.0 * (1.0 + skill / study.stakes),
        turning_point=_turning_point(told),
        turns=told,
        concept_loss=_concepts(told),
    )


def _last(study: Study, line: Sequence[Level], result: Array | None) -> float:
    """The value after the last turn played: the score itself at the end of the game."""
    if result is not None:
        return float(result[0])
    return spread(line[study.turns].value.value).mean


def _with_luck(turn: TurnReview, values: list[float], line: Sequence[Level]) -> TurnReview:
    """The turn with its luck, and what a decision and its luck together deserve to be called."""
    value, following = values[turn.turn - 1], values[turn.turn]
    luck = following - value - turn.skill
    one = deviation(line[turn.turn - 1].value)
    left = len(values) - turn.turn
    usual = one / max(left, 1) ** 0.5
    tags: tuple[Tag, ...] = ()
    chance = luck - turn.unknown
    if turn.label in {"beats_expert", "best", "good"} and chance < -_MARKED * usual:
        tags = ("unlucky",)
    elif turn.label in {"mistake", "blunder"} and chance > _MARKED * usual:
        tags = ("got_away",)
    return turn.model_copy(update={"luck": luck, "tags": tags})


def _turning_point(turns: Sequence[TurnReview]) -> int | None:
    """The turn that moved the expected result most, by decision and luck together."""
    if not turns:
        return None
    return max(turns, key=lambda turn: abs(turn.skill + turn.luck)).turn


def _concepts(turns: Sequence[TurnReview]) -> dict[str, Estimate]:
    """What each concept cost over the game, dearest first; errors of turns are independent."""
    value: dict[str, float] = {}
    square: dict[str, float] = {}
    games: dict[str, int] = {}
    for turn in turns:
        for concept, loss in turn.concept_loss.items():
            far = loss.high - loss.value
            value[concept] = value.get(concept, 0.0) + loss.value
            square[concept] = square.get(concept, 0.0) + far * far
            games[concept] = games.get(concept, 0) + loss.games
    return {
        concept: Estimate(
            value=value[concept],
            low=max(value[concept] - square[concept] ** 0.5, 0.0),
            high=value[concept] + square[concept] ** 0.5,
            games=games[concept],
        )
        for concept in sorted(value, key=lambda each: -value[each])
    }


def _total(values: Sequence[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total
