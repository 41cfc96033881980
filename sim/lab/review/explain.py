"""Why the best plan is better: single exchanges from the played plan towards it, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays import Array
from sim.engine.state import Choices
from sim.exact import fixed_sum
from sim.game import TONES
from sim.lab.review.grading import spread
from sim.lab.review.model import COMPONENTS, Change, Choice, Kind
from sim.lab.review.plans import Piece, Table, exchanged, pieces
from sim.lab.review.rollouts import Ends

MOST = 3  # changes told; the rest is folded
# Concepts of actions, encounters and answers: by id, an answer's after its encounter's and colons.
Teaches = Mapping[str, tuple[str, ...]]
_CONCEPTS = 3  # named for a change, most important first
_CLEARLY = 1.645  # standard errors by which a chance must move to be told
_KNOWING = 0.25  # chance of learning something from which a deed counts as finding out


@dataclass(frozen=True)
class Stage:
    """A plan on the way, and the pieces that were exchanged to get there."""

    plan: Choices
    exchanged: tuple[Piece, ...]


def stages(on: Table, played: Choices, best: Choices) -> list[Stage]:
    """Plans on the way from the played to the best, each allowed, what gains most first.

    Where hours or money do not allow an exchange alone, what makes room for it goes with it. At
    most `MOST` stages; the last but one may be followed by further small exchanges.
    """
    left, plan = pieces(played, best), played
    found: list[Stage] = []
    while left and len(found) < MOST:
        gain = {piece: on.worth(exchanged(plan, best, piece)) - on.worth(plan) for piece in left}
        ranked = sorted(left, key=lambda piece: -gain[piece])
        group = _affordable(on, plan, best, ranked)
        if group is None:
            break
        for piece in group:
            plan = exchanged(plan, best, piece)
            left.remove(piece)
        found.append(Stage(plan, group))
    return found


def _affordable(
    on: Table, plan: Choices, best: Choices, ranked: list[Piece]
) -> tuple[Piece, ...] | None:
    """The first piece that can be exchanged, together with as few others as it takes."""
    for piece in ranked:
        group, now = [piece], exchanged(plan, best, piece)
        for other in reversed(ranked):
            if on.allowed(now):
                return tuple(group)
            if other is not piece:
                group.append(other)
                now = exchanged(now, best, other)
        if on.allowed(now):
            return tuple(group)
    return None


def changes(
    on: Table, played: Choices, steps: list[Stage], *, ends: list[Ends], teaches: Teaches
) -> tuple[Change, ...]:
    """What each stage gained, in games under the same chance.

    Args:
        on: what is known of plans in the turn.
        played: the plan played.
        steps: from `stages`.
        ends: of the played plan and of every stage.
        teaches: concepts by id of action or encounter.
    """
    found, before = [], played
    for number, step in enumerate(steps):
        old, new = ends[number], ends[number + 1]
        gain = spread(new.value - old.value)
        what = _Told(on, before, step)
        parts = new.parts - old.parts
        found.append(
            Change(
                kind=what.kind,
                before=what.before,
                after=what.after,
                room=what.room,
                gain=gain.estimate(),
                components={
                    name: float(fixed_sum(parts[:, index])) / gain.games
                    for index, name in enumerate(COMPONENTS)
                },
                stays=_stays(on, step, old, new),
                concepts=what.concepts(teaches),
            )
        )
        before = step.plan
    return tuple(found)


def _stays(on: Table, step: Stage, old: Ends, new: Ends) -> dict[str, tuple[float, float]]:
    """Chance of the customers concerned to be there at the end, before and after, if it moves."""
    moved = []
    for customer in _customers(on, step):
        then, now = old.stays[:, customer], new.stays[:, customer]
        by = spread(now - then)
        if abs(by.mean) > _CLEARLY * by.error:
            name = on.rules.customer_ids[customer]
            moved.append((-abs(by.mean), name, (_share(then), _share(now))))
    return {name: shares for _, name, shares in sorted(moved)}


def _share(values: Array) -> float:
    return min(max(float(fixed_sum(values)) / values.shape[0], 0.0), 1.0)


def _customers(on: Table, step: Stage) -> list[int]:
    """Rows of the customers that a stage is about."""
    found = []
    for piece in step.exchanged:
        if piece.of == "customer":
            found.append(piece.index)
        elif piece.of == "encounter":
            found.append(int(on.rules.encounters.customer[piece.index]))
    return list(dict.fromkeys(found))


class _Told:
    """A stage as one change: what was there, what comes instead, and of what kind that is."""

    def __init__(self, on: Table, before: Choices, step: Stage) -> None:
        old = [choice for piece in step.exchanged for choice in _choices(on, before, piece)]
        new = [choice for piece in step.exchanged for choice in _choices(on, step.plan, piece)]
        gone = [choice for choice in old if choice not in new]
        come = [choice for choice in new if choice not in old]
        self.before, self.after = _pair(gone, come)
        instead = {choice.customer for choice in come}
        others = (choice for choice in gone if choice != self.before) if come else ()
        self.room = tuple(choice for choice in others if choice.customer not in instead)
        self.kind = kind_of(on, self.before, self.after)

    def concepts(self, teaches: Teaches) -> tuple[str, ...]:
        """What the change is about, the new side first."""
        found: list[str] = []
        for choice in (self.after, self.before):
            if choice is not None:
                found += _taught(choice, teaches)
        return tuple(dict.fromkeys(found))[:_CONCEPTS]


def kind_of(on: Table, before: Choice | None, after: Choice | None) -> Kind:
    """Of what kind the fault of doing one thing instead of another was.

    Args:
        on: what is known of plans in the turn.
        before: what was done, if anything.
        after: what would have been better, if anything.
    """
    if after is None:
        return "overspend"
    if _finds_out(on, after):
        return "missing_information"
    if before is None or (after.customer is None and before.customer is not None):
        return "omission"
    if before.customer != after.customer:
        return "wrong_target"
    return _of_one_customer(on, before, after)


def _of_one_customer(on: Table, before: Choice, after: Choice) -> Kind:
    """Something else for the same customer: another answer, deed, person or manner."""
    if before.encounter is not None and before.encounter == after.encounter:
        return "wrong_answer"
    if before.action is None or before.action != after.action:
        return "timing" if _out_of_order(on, before) else "wrong_action"
    return "wrong_tone" if before.person == after.person else "wrong_target"


def _finds_out(on: Table, choice: Choice) -> bool:
    """Whether a deed is done to learn something, and for nothing else."""
    if choice.action not in on.rules.action_ids or choice.customer is None:
        return False
    rows, row = on.rules.rows, 1 + on.rules.action_ids.index(choice.action)
    if not (rows.reveal[row] >= _KNOWING).any():
        return False
    return all(float(each[row]) <= 0.0 for each in (rows.quality, rows.bond, rows.deal))


def _out_of_order(on: Table, choice: Choice) -> bool:
    """Whether a deed comes too early, too late, or once more."""
    rules = on.rules
    if choice.action not in rules.action_ids or choice.customer is None:
        return False
    customer = rules.customer_ids.index(choice.customer)
    people = rules.people_ids[customer]
    person = people.index(choice.person) if choice.person in people else 0
    factor = on.order[customer, person, rules.action_ids.index(choice.action)]
    return bool(factor < 1.0)


def _taught(choice: Choice, teaches: Teaches) -> list[str]:
    """Concepts of a deed, or of an answer's steps and then of what was answered."""
    if choice.encounter is None:
        return list(teaches.get(choice.action or "", ()))
    found: list[str] = []
    for depth in range(len(choice.path), -1, -1):
        found += teaches.get(":".join((choice.encounter, *choice.path[:depth])), ())
    return found


def _pair(gone: list[Choice], come: list[Choice]) -> tuple[Choice | None, Choice | None]:
    """One on each side: the same customer's where there is one, else the first."""
    if not come:
        return (gone[0] if gone else None), None
    after = come[0]
    same = [choice for choice in gone if choice.customer == after.customer] or gone
    return (same[0] if same else None), after


def _choices(on: Table, plan: Choices, piece: Piece) -> list[Choice]:
    """What a plan has at a piece, by ids."""
    rules = on.rules
    if piece.of == "market":
        there = plan.market[0, piece.index]
        return [Choice(action=rules.market_ids[piece.index])] if there else []
    if piece.of == "encounter":
        path = int(plan.response[0, piece.index])
        if not path:
            return []
        customer = rules.customer_ids[int(rules.encounters.customer[piece.index])]
        return [
            Choice(
                customer=customer,
                encounter=rules.encounter_ids[piece.index],
                path=rules.path_ids[piece.index][path - 1],
            )
        ]
    return [
        Choice(
            customer=rules.customer_ids[piece.index],
            action=rules.action_ids[int(plan.action[0, piece.index, slot]) - 1],
            tone=TONES[int(plan.tone[0, piece.index, slot])],
            person=rules.people_ids[piece.index][int(plan.person[0, piece.index, slot])],
        )
        for slot in np.flatnonzero(plan.action[0, piece.index]).tolist()
    ]


def reckoned(on: Table, played: Choices, steps: list[Stage], teaches: Teaches) -> dict[str, float]:
    """How a loss is shared among concepts by what the expert reckons each stage to be worth.

    A reckoning in place of games, for when many turns are looked at at once.

    Args:
        on: what is known of plans in the turn.
        played: the plan played.
        steps: from `stages`.
        teaches: concepts by id of action or encounter.

    Returns:
        Shares by concept that sum to 1; none where no stage gains anything that has a concept.
    """
    gains: dict[str, float] = {}
    before = played
    for step in steps:
        gain = max(on.worth(step.plan) - on.worth(before), 0.0)
        concepts = _Told(on, before, step).concepts(teaches)
        for concept in concepts:
            gains[concept] = gains.get(concept, 0.0) + gain / len(concepts)
        before = step.plan
    whole = 0.0
    for gain in gains.values():
        whole += gain
    return {concept: gain / whole for concept, gain in gains.items()} if whole > 0.0 else {}
