"""What could be chosen next, with the reason why not where it cannot."""

from dataclasses import dataclass, field, replace

from sim.errors import IllegalChoiceError
from sim.game import ChosenAction, TurnRecord
from sim.play.draft import (
    Desk,
    Path,
    check,
    check_answer,
    is_complete,
    open_ids,
    revealed,
    step_row,
    ways_on,
    with_action,
    with_market,
)


@dataclass(frozen=True)
class ActionOption:
    """An action on a customer or for the firm.

    Attributes:
        id: Of the action.
        hours: It takes.
        money: It costs; negative if it brings money.
        needs: Prerequisites: `knowledge` 0..1, `trust` points, `evangelists`, `cooldown` turns.
        chosen: It is in the draft.
        code: Why it would not be accepted now, budget included; empty if allowed or chosen.
        data: What the sentence of that code needs.
    """

    id: str
    hours: float
    money: float
    needs: dict[str, float]
    chosen: bool
    code: str = ""
    data: dict[str, object] = field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        """Whether choosing it now would be accepted."""
        return not (self.code or self.chosen)


@dataclass(frozen=True)
class ResponseOption:
    """One thing that can be said next."""

    id: str
    allowed: bool
    code: str
    data: dict[str, object]
    hours: float
    money: float
    ends: bool  # the conversation is over after it


@dataclass(frozen=True)
class OpenEncounter:
    """A conversation that waits for an answer.

    Attributes:
        id: Of the encounter.
        customer: Whose it is.
        speaker: The person who speaks.
        path: What has been answered so far; empty: nothing.
        complete: It needs no further answer.
        fixed: So many responses of the path cannot be taken back.
        next: What can be said next; empty once complete.
    """

    id: str
    customer: str
    speaker: str
    path: Path
    complete: bool
    fixed: int
    next: tuple[ResponseOption, ...] = field(default=())


def action_options(desk: Desk, draft: TurnRecord, customer: str) -> tuple[ActionOption, ...]:
    """Every action on offer for a customer, in the scenario's order."""
    _find_customer(desk, customer)
    return tuple(_action(desk, draft, customer, name) for name in desk.rules.action_ids)


def _find_customer(desk: Desk, customer: str) -> None:
    if customer not in desk.rules.customer_ids:
        raise IllegalChoiceError("choice/unknown-customer", customer=customer)


def _action(desk: Desk, draft: TurnRecord, customer: str, name: str) -> ActionOption:
    rows, row = desk.rules.rows, 1 + desk.rules.action_ids.index(name)
    columns = {
        "knowledge": rows.needs_knowledge,
        "trust": rows.needs_trust_read,
        "evangelists": rows.needs_evangelists,
        "cooldown": rows.cooldown,
    }
    option = ActionOption(
        id=name,
        hours=float(rows.hours[row]),
        money=float(rows.money[row]),
        needs={need: float(column[row]) for need, column in columns.items() if column[row] > 0},
        chosen=any((each.customer, each.action) == (customer, name) for each in draft.choices),
    )
    more = with_action(draft, ChosenAction(customer=customer, action=name))
    return _judged(desk, more, option, customer=customer, action=name)


def _judged(desk: Desk, more: TurnRecord, option: ActionOption, **attempt: object) -> ActionOption:
    """The option with the reason against it; what is in the draft already needs none."""
    code, data = ("", {}) if option.chosen else _verdict(desk, more, **attempt)
    return replace(option, code=code, data=data)


def _verdict(desk: Desk, draft: TurnRecord, **attempt: object) -> tuple[str, dict[str, object]]:
    try:
        check(desk, draft, **attempt)
    except IllegalChoiceError as error:
        return error.code, error.data
    return "", {}


def market_options(desk: Desk, draft: TurnRecord) -> tuple[ActionOption, ...]:
    """Every action for the firm as a whole."""
    return tuple(_market(desk, draft, index) for index in range(len(desk.rules.market_ids)))


def _market(desk: Desk, draft: TurnRecord, index: int) -> ActionOption:
    table, name = desk.rules.market, desk.rules.market_ids[index]
    rest = float(table.cooldown[index])
    option = ActionOption(
        id=name,
        hours=float(table.hours[index]),
        money=float(table.money[index]),
        needs={"cooldown": rest} if rest else {},
        chosen=name in draft.market,
    )
    return _judged(desk, with_market(draft, name, on=True), option, market=name)


def open_encounters(desk: Desk, draft: TurnRecord) -> tuple[OpenEncounter, ...]:
    """The conversations that wait, in the order of the customers."""
    return tuple(_encounter(desk, draft, name) for name in open_ids(desk))


def _encounter(desk: Desk, draft: TurnRecord, name: str) -> OpenEncounter:
    rules = desk.rules
    index = rules.encounter_ids.index(name)
    customer = int(rules.encounters.customer[index])
    path = draft.responses.get(name, ())
    complete = bool(path) and is_complete(desk, name, path)
    return OpenEncounter(
        id=name,
        customer=rules.customer_ids[customer],
        speaker=rules.people_ids[customer][int(rules.encounters.speaker[index])],
        path=path,
        complete=complete,
        fixed=len(revealed(desk, name, path)),
        next=() if complete else _next(desk, draft, index, path),
    )


def _next(desk: Desk, draft: TurnRecord, index: int, path: Path) -> tuple[ResponseOption, ...]:
    ids = desk.rules.path_ids[index]
    ways = ways_on(desk, index, path, allowed=False)
    names = dict.fromkeys(ids[number][len(path)] for number in ways)
    return tuple(_response(desk, draft, index, (*path, name)) for name in names)


def _response(desk: Desk, draft: TurnRecord, index: int, path: Path) -> ResponseOption:
    encounter = desk.rules.encounter_ids[index]
    code, data = _hearing(desk, draft, encounter, path)
    row = step_row(desk, index, path)
    return ResponseOption(
        id=path[-1],
        allowed=not code,
        code=code,
        data=data,
        hours=float(desk.rules.rows.hours[row]),
        money=float(desk.rules.rows.money[row]),
        ends=is_complete(desk, encounter, path),
    )


def _hearing(
    desk: Desk, draft: TurnRecord, encounter: str, path: Path
) -> tuple[str, dict[str, object]]:
    try:
        check_answer(desk, draft, encounter, path)
    except IllegalChoiceError as error:
        return error.code, error.data
    return "", {}
