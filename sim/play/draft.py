"""The open turn: choices added and taken back, what they cost, and what is still possible.

A draft is a `TurnRecord` whose answers may stop half way through a conversation. Its cost counts
each of those as if it went on along the cheapest allowed path, so that no turn can run out of
hours in the middle of a sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.arrays import Mask
from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.state import State
from sim.errors import IllegalChoiceError
from sim.game import ChosenAction, TurnRecord, choices_from

Path = tuple[str, ...]


@dataclass(frozen=True)
class Desk:
    """The place where a turn is planned."""

    rules: Rules
    state: State  # of one run

    @cached_property
    def allowed_paths(self) -> Mask:
        """Which paths of the open encounters their conditions allow, [V, paths].

        Kept, because every response that is on offer asks for it.
        """
        return legal.paths_allowed(self.rules, self.state)[0]

    @cached_property
    def requirements(self) -> dict[str, Mask]:
        """What actions ask for and where that is met, by the code of the refusal, [C, A].

        Kept for the same reason.
        """
        shape = (1, self.rules.sizes.customers, self.rules.sizes.actions)
        met = legal.requirements(self.rules, self.state)
        return {code: np.broadcast_to(mask, shape)[0] for code, mask in met.items()}

    @property
    def hours(self) -> float:
        """Of this turn."""
        turn = min(self.state.turn, self.rules.sizes.turns - 1)
        return float(self.rules.hours[turn])

    @property
    def money(self) -> float:
        """At hand."""
        return float(self.state.money[0])


def same_choices(one: TurnRecord, other: TurnRecord) -> bool:
    """Whether two drafts differ in notes at most."""
    return (one.choices, one.market, one.responses) == (
        other.choices,
        other.market,
        other.responses,
    )


def with_action(draft: TurnRecord, chosen: ChosenAction) -> TurnRecord:
    """The draft and one action more."""
    return draft.model_copy(update={"choices": (*draft.choices, chosen)})


def without_action(draft: TurnRecord, customer: str, action: str) -> TurnRecord:
    """The draft without an action."""
    kept = tuple(
        each for each in draft.choices if (each.customer, each.action) != (customer, action)
    )
    if len(kept) == len(draft.choices):
        raise IllegalChoiceError("choice/not-chosen", customer=customer, action=action)
    return draft.model_copy(update={"choices": kept})


def with_market(draft: TurnRecord, name: str, *, on: bool) -> TurnRecord:
    """The draft with or without an action for the firm."""
    if on:
        chosen = draft.market if name in draft.market else (*draft.market, name)
    elif name in draft.market:
        chosen = tuple(each for each in draft.market if each != name)
    else:
        raise IllegalChoiceError("choice/not-chosen", market=name)
    return draft.model_copy(update={"market": chosen})


def with_answer(draft: TurnRecord, encounter: str, path: Path) -> TurnRecord:
    """The draft with a conversation at this point; an empty path is no answer."""
    responses = {name: given for name, given in draft.responses.items() if name != encounter}
    if path:
        responses[encounter] = path
    return draft.model_copy(update={"responses": responses})


# --- conversations ---


def encounter_index(desk: Desk, encounter: str) -> int:
    """The place of an encounter that waits for an answer.

    Raises:
        IllegalChoiceError: `choice/unknown-encounter` or `response/not-open`.
    """
    ids = desk.rules.encounter_ids
    if encounter not in ids:
        raise IllegalChoiceError("choice/unknown-encounter", encounter=encounter)
    index = ids.index(encounter)
    customer = int(desk.rules.encounters.customer[index])
    if int(desk.state.open_encounter[0, customer]) != index + 1:
        raise IllegalChoiceError("response/not-open", encounter=encounter)
    return index


def open_ids(desk: Desk) -> Iterator[str]:
    """The encounters that wait for an answer, in the order of the customers."""
    for opened in desk.state.open_encounter[0].tolist():
        if opened > 0:
            yield desk.rules.encounter_ids[opened - 1]


def ways_on(desk: Desk, index: int, path: Path, *, allowed: bool = True) -> list[int]:
    """The complete paths of an encounter that begin like this one.

    Args:
        desk: where the turn is planned.
        index: of the encounter.
        path: response ids so far.
        allowed: only those whose conditions hold.
    """
    ids = enumerate(desk.rules.path_ids[index])
    ways = [number for number, whole in ids if whole[: len(path)] == path]
    if not allowed:
        return ways
    mask = desk.allowed_paths[index]
    return [number for number in ways if mask[number]]


def check_path(desk: Desk, encounter: str, path: Path) -> None:
    """Refuse a path that the conversation does not have or its conditions do not allow.

    Raises:
        IllegalChoiceError: also as `encounter_index`; `choice/unknown-response`,
            `response/not-allowed`.
    """
    index = encounter_index(desk, encounter)
    if not path or not ways_on(desk, index, path, allowed=False):
        raise IllegalChoiceError("choice/unknown-response", encounter=encounter, response=path)
    if not ways_on(desk, index, path):
        raise IllegalChoiceError("response/not-allowed", encounter=encounter, response=path)


def is_complete(desk: Desk, encounter: str, path: Path) -> bool:
    """Whether a conversation has come to its end."""
    return path in desk.rules.path_ids[desk.rules.encounter_ids.index(encounter)]


def revealed(desk: Desk, encounter: str, path: Path) -> Path:
    """The part of a path that cannot be taken back: up to its last response that told something."""
    index = desk.rules.encounter_ids.index(encounter)
    for length in range(len(path), 0, -1):
        row = step_row(desk, index, path[:length])
        if bool((desk.rules.rows.reveal[row] > 0.0).any()):
            return path[:length]
    return ()


def step_row(desk: Desk, index: int, path: Path) -> int:
    """The effect row of the last response of a path."""
    ids = desk.rules.path_ids[index]
    number = next(n for n, whole in enumerate(ids) if whole[: len(path)] == path)
    return int(desk.rules.encounters.rows[index, number, len(path) - 1])


# --- cost and permission ---


def settled(desk: Desk, draft: TurnRecord) -> TurnRecord:
    """The draft with every unfinished conversation led to its cheapest end."""
    responses = {
        name: path if is_complete(desk, name, path) else _cheapest(desk, name, path)
        for name, path in draft.responses.items()
    }
    if responses == draft.responses:
        return draft
    return draft.model_copy(update={"responses": responses})


def _cheapest(desk: Desk, encounter: str, path: Path) -> Path:
    index = encounter_index(desk, encounter)
    rows, table = desk.rules.rows, desk.rules.encounters.rows[index]

    def cost(number: int) -> tuple[float, float]:
        taken = table[number]
        return sum(rows.hours[taken].tolist()), sum(rows.money[taken].tolist())

    return desk.rules.path_ids[index][min(ways_on(desk, index, path), key=cost)]


def spent(desk: Desk, draft: TurnRecord) -> tuple[float, float]:
    """Hours and money of everything in a draft."""
    choices = choices_from(desk.rules, settled(desk, draft))
    hours, money = legal.chosen_rows(desk.rules, desk.state, choices)
    return float(hours[0]), float(money[0])


def check(desk: Desk, draft: TurnRecord, **attempt: object) -> None:
    """Refuse a draft that the rules do not allow.

    Args:
        desk: where the turn is planned.
        draft: with the choice that is being made.
        attempt: what is being tried, for the data of the refusal.

    Raises:
        IllegalChoiceError: with the code of the first fault; nothing has changed.
    """
    choices = choices_from(desk.rules, settled(desk, draft))
    if "action" in attempt:  # most of those on offer ask for something that is not there
        code, data = why_not(desk, str(attempt["customer"]), str(attempt["action"]))
        if code:
            raise IllegalChoiceError(code, **data)
    try:
        legal.check(desk.rules, desk.state, choices)
    except IllegalChoiceError as error:
        raise _told(desk, draft, error.code, attempt) from error


def check_answer(desk: Desk, draft: TurnRecord, encounter: str, path: Path) -> None:
    """As `check` for one more answer to a lawful draft: only path and budget can be at fault.

    Raises:
        IllegalChoiceError: as `check_path`; `choice/too-many-hours`, `choice/too-expensive`.
    """
    check_path(desk, encounter, path)
    more = with_answer(draft, encounter, path)
    try:
        legal.check_budget(desk.rules, desk.state, choices_from(desk.rules, settled(desk, more)))
    except IllegalChoiceError as error:
        attempt: dict[str, object] = {"encounter": encounter, "response": path}
        raise _told(desk, more, error.code, attempt) from error


def _told(
    desk: Desk, draft: TurnRecord, code: str, attempt: dict[str, object]
) -> IllegalChoiceError:
    """The refusal with ids and figures instead of places in arrays."""
    if code in {"choice/too-many-hours", "choice/too-expensive"}:
        hours, money = spent(desk, draft)
        attempt = {**attempt, "hours": hours, "of_hours": desk.hours}
        attempt |= {"money": money, "of_money": desk.money}
    if code == "market/study-first":
        index = desk.rules.market_ids.index(str(attempt["market"]))
        level, now = desk.rules.market.needs_study[index], desk.state.rival_study[0]
        attempt = {**attempt, "level": int(level), "now": int(now)}
    if code == "market/not-ready":
        index = desk.rules.market_ids.index(str(attempt["market"]))
        wait = int(desk.state.market_ready[0, index]) - desk.state.turn
        attempt = {**attempt, "turns": wait}
    return IllegalChoiceError(code, **attempt)


def why_not(desk: Desk, customer: str, action: str) -> tuple[str, dict[str, object]]:
    """The first requirement that an action does not meet, and what the sentence about it needs.

    Empty if it meets all.
    """
    rules = desk.rules
    row, column = rules.customer_ids.index(customer), rules.action_ids.index(action)
    for code, met in desk.requirements.items():
        if not met[row, column]:
            data: dict[str, object] = {"customer": customer, "action": action}
            return code, data | _needed(desk, code, row, column)
    return "", {}


def _needed(desk: Desk, code: str, row: int, column: int) -> dict[str, object]:
    table = desk.rules.rows
    needs = {
        "action/known-too-little": ("knowledge", table.needs_knowledge),
        "action/little-trust": ("trust", table.needs_trust_read),
        "action/no-evangelist": ("evangelists", table.needs_evangelists),
    }
    if code == "action/resting":
        ready = int(desk.state.ready_turn[0, row, column])
        return {"turns": ready - desk.state.turn}
    if code in needs:
        name, values = needs[code]
        return {name: float(values[1 + column])}
    return {}
