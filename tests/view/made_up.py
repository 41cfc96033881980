"""A review with every kind of thing in it: plans are real, numbers are invented."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sim.game import GameRecord, Replay, TurnRecord, replay, result_of, turn_from
from sim.lab.games import played_by
from sim.lab.policies import policy
from sim.lab.review.model import (
    Change,
    Choice,
    Estimate,
    Kind,
    Label,
    Luck,
    Review,
    TurnReview,
)
from sim.lab.runs import choose
from sim.play.case import Case, open_case
from sim.play.session import new_record

GOOD = Path(__file__).parents[1] / "scenario" / "good"
KINDS: tuple[Kind, ...] = (
    "omission",
    "wrong_target",
    "wrong_action",
    "wrong_answer",
    "wrong_tone",
    "overspend",
    "timing",
    "missing_information",
)
LABELS: tuple[tuple[float, Label], ...] = (
    (5.0, "best"),
    (15.0, "good"),
    (35.0, "inaccuracy"),
    (70.0, "mistake"),
    (1e9, "blunder"),
)
LOSSES = (3.0, 62.0, 9.0, 118.0, 24.0, 0.0, 41.0, 13.0, 88.0, 2.0, 30.0, 6.0)
LUCKS = (0.9, -0.4, 1.6, 1.2, -2.1, 0.3, -0.8, -1.9, 2.2, -0.3, 0.5, 0.7)
STAKE = 1.4  # points of a turn


@cache
def case_named(name: str) -> Case:
    """A shipped scenario, or one of the small sound ones."""
    small = GOOD / f"{name}.yaml"
    return open_case(small if small.exists() else name)


@cache
def game(name: str, policy_name: str = "loudest", *, turns: int | None = None) -> GameRecord:
    """A game of a bot, whole or broken off after some turns, with a forecast in every turn."""
    case = case_named(name)
    record = new_record(case, 7)
    played, last = played_by(case.rules, policy_name, 7)
    noted = tuple(
        each.model_copy(update={"notes": {"forecast": _forecast(case, place)}})
        for place, each in enumerate(played[:turns])
    )
    result = result_of(case.rules, last) if turns is None else None
    return record.model_copy(update={"turns": noted, "result": result})


def _forecast(case: Case, place: int) -> dict[str, object]:
    customers = case.rules.customer_ids
    direction = ("up", "stay", "down")[place % 3]
    return {
        "customer": customers[place % len(customers)],
        "direction": direction,
        "sure": (0.4, 0.6, 0.9)[place % 3],
    }


def around(value: float, half: float) -> Estimate:
    return Estimate(value=value, low=value - half, high=value + half, games=400)


def made_up_review(case: Case, record: GameRecord, *, refined: int = 1000, deep: int = 0) -> Review:
    """A review of a game; only the first `refined` turns have been looked at closely.

    Args:
        case: its scenario.
        record: the game.
        refined: turns that have been looked at closely.
        deep: of these, turns that have been looked at more closely.
    """
    played = replay(record, case.rules)
    result = float(played.scores[-1].score[0])
    turns = tuple(
        turn.model_copy(update={"tier": "deep"}) if turn.turn <= deep else turn
        for turn in _turns(case, played, result, refined)
    )
    skill, luck = sum(each.skill for each in turns), sum(each.luck for each in turns)
    finished = len(turns) == case.rules.sizes.turns
    return Review(
        tier="standard" if refined else "instant",
        scenario=record.scenario,
        fingerprint=record.fingerprint,
        game="0" * 64,
        policy_version=1,
        stakes=STAKE * case.rules.sizes.turns,
        turns_total=case.rules.sizes.turns,
        opening=result - skill - luck,
        result=result if finished else None,
        skill=skill,
        luck=luck,
        luck_share=0.62,
        accuracy=71.4,
        skill_index=100.0 * (1.0 + skill / (STAKE * len(turns))),
        turning_point=4 if len(turns) >= 4 else 1,
        turns=turns,
        concept_loss={
            "portfolio.identify": around(1.9, 0.4),
            "recovery.steps": around(1.1, 0.5),
            "loyalty.memory_case": around(0.52, 0.31),
            "satisfaction.ratio": around(0.11, 0.2),
        },
    )


def _turns(case: Case, played: Replay, result: float, refined: int) -> Iterator[TurnReview]:
    bot = policy("expert")
    count = len(played.turns)
    losses = [LOSSES[place % 12] for place in range(count)]
    lucks = [LUCKS[place % 12] for place in range(count)]
    skills = [0.2 - loss / 100.0 * STAKE for loss in losses]
    value = result - sum(skills) - sum(lucks)
    for place in range(count):
        expert = turn_from(case.rules, choose(case.rules, bot, played.states[place], seed=5))
        turn = _turn(case, place, played.turns[place], expert)
        numbers = _numbers(
            value, skills[place], losses[place], luck=lucks[place], left=count - place
        )
        tier = "standard" if place < refined else "instant"
        yield TurnReview.model_validate(
            {**turn, **numbers, "refined": place < refined, "tier": tier}
        )
        value += skills[place] + lucks[place]


def _numbers(
    value: float, skill: float, loss: float, *, luck: float, left: int
) -> dict[str, object]:
    points = loss / 100.0 * STAKE
    label: Label = next(name for limit, name in LABELS if loss <= limit)
    tags = []
    if loss <= 15.0 and luck < -1.5:
        tags.append("unlucky")
    if loss > 35.0 and luck > 1.0:
        tags.append("got_away")
    return {
        "value": around(value, 0.25),
        "fan": (value - 0.9 * left, value + 0.8 * left),
        "played": around(value + skill, 0.2),
        "best": around(value + skill + points, 0.2),
        "nothing": around(value - 1.2, 0.2),
        "loss": Estimate(value=points, low=max(points - 0.2, 0.0), high=points + 0.2, games=400),
        "loss_share": loss,
        "label": "beats_expert" if loss == 0.0 else label,
        "between": "inaccuracy" if loss == 13.0 else None,
        "weight": 1.0,
        "accuracy": 100.0 * 0.5 ** (loss / 50.0),
        "skill": skill,
        "luck": luck,
        "tags": tags,
        "rest": 0.12 if loss > 60 else 0.0,
    }


def _turn(case: Case, place: int, own: TurnRecord, expert: TurnRecord) -> dict[str, object]:
    first = case.rules.customer_ids[place % len(case.rules.customer_ids)]
    return {
        "turn": place + 1,
        "lucky": (
            Luck(customer=first, event="leave", happened=False, chance=0.31, points=1.1),
            Luck(customer=first, event="failure", happened=True, chance=0.06, points=-0.4),
        ),
        "best_plan": expert,
        "expert_plan": expert,
        "changes": tuple(_changes(place, own, expert)),
        "hours": _hours(case, own),
        "expert_hours": _hours(case, expert),
        "concept_loss": {"portfolio.identify": around(0.3, 0.1)},
    }


def _hours(case: Case, plan: TurnRecord) -> dict[str, float]:
    found: dict[str, float] = {}
    for deed in plan.choices:
        hours = case.script.actions[deed.action].hours
        found[deed.action] = found.get(deed.action, 0.0) + hours
    for name in plan.market:
        found[name] = case.script.market_actions[name].hours
    for encounter, path in plan.responses.items():
        found[encounter] = case.script.encounters[encounter].responses[path[0]].hours
    return found


def _changes(place: int, own: TurnRecord, expert: TurnRecord) -> Iterator[Change]:
    """Up to three changes; the kinds go round over the turns."""
    before, after = _choices(own), _choices(expert)
    for step in range(3 if place % 3 else 1):
        kind = KINDS[(place + step) % len(KINDS)]
        old = before[step % len(before)] if before and kind != "omission" else None
        new = after[step % len(after)] if after and kind != "overspend" else None
        if old is None and new is None:
            continue
        gain = 0.9 / (step + 1)
        customer = (new or old or Choice()).customer
        yield Change(
            kind=kind,
            before=old,
            after=new,
            gain=around(gain, 0.3 if step < 2 else 0.4),
            components={
                "satisfaction": 0.5 * gain,
                "loyalty": 0.35 * gain,
                "switching_cost": 0.0,
                "profit": 0.25 * gain,
                "spending": -0.2 * gain,
                "book": 0.1 * gain,
            },
            stays={} if customer is None else {customer: (0.58, 0.71)},
            concepts=("portfolio.identify", "recovery.steps")[: 1 + step % 2],
        )


def _choices(plan: TurnRecord) -> list[Choice]:
    answers = [Choice(encounter=name, path=path) for name, path in plan.responses.items()]
    deeds = [
        Choice(customer=each.customer, action=each.action, tone=each.tone, person=each.person)
        for each in plan.choices
    ]
    return [*deeds, *answers, *(Choice(action=name) for name in plan.market)]
