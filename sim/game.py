"""The record of a game: scenario, seed and choices by id, from which everything else follows.

    to_json(record) -> text            from_json(text) -> record      raises SaveError
    replay(record, rules) -> Replay    every state, outcome and score again, bit for bit

Above this module choices are ids; at it and below they are arrays.
"""

import hashlib
import json
import math
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.draws import Shape, draw, draw_start
from sim.engine import legal
from sim.engine.rules import Rules
from sim.engine.score import Score, ending, score
from sim.engine.start import start
from sim.engine.state import Choices, Outcome, State, Style
from sim.engine.step import RULES_VERSION, step
from sim.errors import IllegalChoiceError, SaveError

FORMAT: Final = 1
LARGEST_FILE: Final = 4 * 1024 * 1024  # bytes; a game of 200 turns takes a tenth of it
TONES: Final = ("neutral", *(style.name.lower() for style in Style))
_LONGEST_NUMBER: Final = 64
_LONGEST_EXCERPT: Final = 60

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=100)]
OnIllegal = Literal["raise", "drop"]


class _Part(BaseModel):
    """Unknown keys are kept: a newer program of the same format may have written them."""

    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)


class ChosenAction(_Part):
    """One action on one customer."""

    customer: Id
    action: Id
    tone: Literal["neutral", "driver", "analytical", "expressive", "amiable"] = "neutral"
    person: Id | None = None  # None: the first


class TurnRecord(_Part):
    """What was chosen in one turn, in the order of choosing; empty is doing nothing."""

    choices: tuple[ChosenAction, ...] = ()
    market: tuple[Id, ...] = ()
    responses: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)  # encounter: its path
    notes: dict[str, Any] = Field(default_factory=dict)  # unscored


class Result(_Part):
    """What a finished game came to; the grade is None until somebody works out the pars."""

    score: float = Field(strict=True)
    grade: float | None = Field(strict=True)  # 0..100
    satisfaction: float = Field(strict=True)  # 0..100, as the next two
    loyalty: float = Field(strict=True)
    switching_cost: float = Field(strict=True)
    equity: float = Field(strict=True)  # 0..150, 100 = the opening book kept whole
    ending: str = Field(max_length=100)


class Branch(_Part):
    """The game that this one was played on from: its earlier turns are those of that game."""

    of: str = Field(pattern="^[0-9a-f]{64}$")  # its checksum
    turn: int = Field(strict=True, ge=1)  # the first turn that was played anew


class Luck(_Part):
    """Chance of its own from a turn on."""

    turn: int = Field(strict=True, ge=1)  # the first one
    seed: int = Field(strict=True, ge=0, lt=2**63)


class GameRecord(_Part):
    """One game, finished or not."""

    format: int = Field(strict=True, ge=1, le=FORMAT)
    rules_version: int = Field(strict=True, ge=0)
    policy_version: int = Field(strict=True, ge=0)
    scenario: Id
    fingerprint: str = Field(pattern="^[0-9a-f]{64}$")
    seed: int = Field(strict=True, ge=0, lt=2**63)
    language: Literal["en", "zh"] = "en"
    turns: tuple[TurnRecord, ...] = ()
    draft: TurnRecord = TurnRecord()  # of the open turn; answers may be incomplete
    pseudonym: str | None = Field(default=None, max_length=100)
    result: Result | None = None
    branch: Branch | None = None  # None: played from the beginning
    luck: tuple[Luck, ...] = ()  # where the seed changes

    def seed_of(self, turn: int) -> int:
        """The seed of the chance of a turn, from 1."""
        later = [each for each in self.luck if each.turn <= turn]
        return max(later, key=lambda each: each.turn).seed if later else self.seed


# --- the file ---

_SCORED = ("format", "rules_version", "policy_version", "scenario", "fingerprint", "seed")


def checksum(record: GameRecord) -> str:
    """SHA-256 over everything the result rests on: not over notes, draft, language or pseudonym."""
    scored: dict[str, Any] = {name: getattr(record, name) for name in _SCORED}
    scored["turns"] = [
        turn.model_dump(mode="json", exclude={"notes"}, exclude_defaults=True)
        for turn in record.turns
    ]
    scored["result"] = None if record.result is None else record.result.model_dump(mode="json")
    if record.branch is not None or record.luck:  # games without keep the sums they always had
        scored["branch"] = None if record.branch is None else record.branch.model_dump(mode="json")
        scored["luck"] = [each.model_dump(mode="json") for each in record.luck]
    canonical = json.dumps(
        scored, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def to_json(record: GameRecord) -> str:
    """The file of a record; floats in the shortest form that reads back as the same bits."""
    data = record.model_dump(mode="json", exclude_defaults=True)
    data["checksum"] = checksum(record)
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def from_json(raw: str | bytes) -> GameRecord:
    """The record in a file.

    Args:
        raw: the whole file, from wherever it came.

    Raises:
        SaveError: `save/too-large`, `save/not-text` (byte), `save/empty`, `save/not-json` (line,
            column), `save/too-deep`, `save/bad-number`, `save/duplicate-key`, `save/not-a-game`,
            `save/newer-format`, `save/missing-key` or `save/wrong-value` (where), `save/checksum`.
    """
    data = _parse(_text(raw))
    if not isinstance(data, dict) or type(data.get("format")) is not int:
        raise SaveError("save/not-a-game")
    if data["format"] > FORMAT:
        raise SaveError("save/newer-format", format=data["format"], known=FORMAT)
    claimed = data.pop("checksum", None)
    try:
        record = GameRecord.model_validate(data)
    except ValidationError as error:
        raise _invalid(error) from error
    if claimed != checksum(record):
        raise SaveError("save/checksum")
    return record


def _text(raw: str | bytes) -> str:
    if len(raw) > LARGEST_FILE:
        raise SaveError("save/too-large", bytes=len(raw), limit=LARGEST_FILE)
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SaveError("save/not-text", byte=error.start) from error
    if not text.strip("\0 \t\r\n"):
        raise SaveError("save/empty")
    return text


def _parse(text: str) -> Any:
    try:
        data = json.loads(
            text,
            object_pairs_hook=_each_once,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
        json.dumps(data, ensure_ascii=False).encode()  # half a character can be escaped in JSON
    except json.JSONDecodeError as error:
        raise SaveError("save/not-json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise SaveError("save/too-deep") from error
    except UnicodeEncodeError as error:
        raise SaveError("save/not-text", byte=error.start) from error
    return data


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ; of two, a reader and a checker might see different ones."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise SaveError("save/duplicate-key", key=twice[:_LONGEST_EXCERPT])
    return found


def _number(text: str) -> int | float:
    if len(text) > _LONGEST_NUMBER or not math.isfinite(float(text)):
        raise SaveError("save/bad-number", value=text[:_LONGEST_EXCERPT])
    return int(text) if text.lstrip("-").isdecimal() else float(text)


def _invalid(error: ValidationError) -> SaveError:
    """The first thing wrong, with the path of its field: `turns[3].choices[0].customer`."""
    first = error.errors(include_url=False)[0]
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"])
    where = "".join(steps).lstrip(".")[:_LONGEST_EXCERPT]
    if first["type"] == "missing":
        return SaveError("save/missing-key", where=where)
    return SaveError("save/wrong-value", where=where, value=repr(first["input"])[:_LONGEST_EXCERPT])


# --- ids and arrays ---


def shape_of(rules: Rules) -> Shape:
    """How much chance a turn of these rules takes."""
    sizes = rules.sizes
    return Shape(sizes.customers, sizes.people, sizes.events, sizes.encounters)


def choices_from(rules: Rules, turn: TurnRecord) -> Choices:
    """The choices of one turn as arrays of one run; what they cost and need is not looked at.

    Raises:
        IllegalChoiceError: an id that the scenario does not have, or more actions on a customer
            than it has slots.
    """
    sizes = rules.sizes
    action = np.zeros((1, sizes.customers, sizes.slots), dtype=np.intp)
    tone, person = action.copy(), action.copy()
    taken = [0] * sizes.customers
    for chosen in turn.choices:
        customer = _find("customer", rules.customer_ids, chosen.customer)
        slot = taken[customer]
        if slot == sizes.slots:
            raise IllegalChoiceError(
                "choice/too-many-actions", customer=chosen.customer, most=sizes.slots
            )
        taken[customer] += 1
        action[0, customer, slot] = 1 + _find("action", rules.action_ids, chosen.action)
        tone[0, customer, slot] = TONES.index(chosen.tone)
        if chosen.person is not None:
            person[0, customer, slot] = _find("person", rules.people_ids[customer], chosen.person)
    market = np.zeros((1, sizes.market_actions), dtype=np.bool_)
    for name in turn.market:
        market[0, _find("market", rules.market_ids, name)] = True
    response = np.zeros((1, sizes.encounters), dtype=np.intp)
    for name, path in turn.responses.items():
        encounter = _find("encounter", rules.encounter_ids, name)
        response[0, encounter] = 1 + _find("response", rules.path_ids[encounter], path)
    return Choices(action=action, tone=tone, person=person, market=market, response=response)


def _find(what: str, ids: tuple[Any, ...], wanted: object) -> int:
    if wanted not in ids:
        raise IllegalChoiceError(f"choice/unknown-{what}", **{what: wanted})
    return ids.index(wanted)


def turn_from(rules: Rules, choices: Choices, run: int = 0) -> TurnRecord:
    """The choices of one run by id."""
    people = rules.people_ids
    return TurnRecord(
        choices=tuple(
            ChosenAction(
                customer=rules.customer_ids[customer],
                action=rules.action_ids[int(choices.action[run, customer, slot]) - 1],
                tone=TONES[int(choices.tone[run, customer, slot])],  # type: ignore[arg-type]
                person=people[customer][int(choices.person[run, customer, slot])],
            )
            for customer, slot in np.argwhere(choices.action[run] > 0).tolist()
        ),
        market=tuple(rules.market_ids[index] for index in np.flatnonzero(choices.market[run])),
        responses={
            rules.encounter_ids[index]: rules.path_ids[index][int(choices.response[run, index]) - 1]
            for index in np.flatnonzero(choices.response[run] > 0)
        },
    )


# --- replay ---


Choice = ChosenAction | str | tuple[str, tuple[str, ...]]  # action, market id, encounter + path


@dataclass(frozen=True)
class Dropped:
    """A choice that was left out because the rules do not allow it."""

    turn: int  # from 1
    code: str
    choice: Choice


@dataclass(frozen=True)
class Replay:
    """A game played again; one state and score more than turns."""

    turns: tuple[TurnRecord, ...]  # as played, without what was dropped
    states: tuple[State, ...]
    outcomes: tuple[Outcome, ...]
    scores: tuple[Score, ...]
    dropped: tuple[Dropped, ...] = ()


def replay(
    record: GameRecord, rules: Rules, *, on_illegal: OnIllegal = "raise", ledger: bool = False
) -> Replay:
    """Play the recorded turns again.

    Args:
        record: its draft is not looked at.
        rules: of its scenario, or of another version of it.
        on_illegal: what to do with a choice that the rules do not allow: `raise`, or leave it out
            alone and report it.
        ledger: also explain every change.

    Raises:
        IllegalChoiceError: a choice is not allowed; `turn` (from 1) says when.
        SaveError: `save/too-many-turns`, `save/other-rules` unless illegal choices are dropped.
    """
    if on_illegal == "raise" and record.rules_version != RULES_VERSION:
        raise SaveError("save/other-rules", version=record.rules_version, known=RULES_VERSION)
    if len(record.turns) > rules.sizes.turns:
        raise SaveError("save/too-many-turns", turns=len(record.turns), most=rules.sizes.turns)
    shape = shape_of(rules)
    states = [start(rules, draw_start(record.seed, shape))]
    turns, outcomes, dropped = [], [], []
    for turn in record.turns:
        state = states[-1]
        played, refused = fit_to_rules(rules, state, turn, on_illegal=on_illegal)
        chance = draw(record.seed_of(state.turn + 1), state.turn, shape)
        choices = choices_from(rules, played)
        state, outcome = step(rules, state, choices, chance, ledger=ledger, checked=True)
        turns.append(played)
        states.append(state)
        outcomes.append(outcome)
        dropped += refused
    scores = tuple(score(rules, state) for state in states)
    return Replay(tuple(turns), tuple(states), tuple(outcomes), scores, tuple(dropped))


def fit_to_rules(
    rules: Rules, state: State, turn: TurnRecord, *, on_illegal: OnIllegal = "raise"
) -> tuple[TurnRecord, list[Dropped]]:
    """The turn if it is allowed, or what is allowed of it, choice by choice in order."""
    try:
        legal.check(rules, state, choices_from(rules, turn))
    except IllegalChoiceError as error:
        if on_illegal == "raise":
            raise IllegalChoiceError(
                error.code, **{**error.data, "turn": state.turn + 1}
            ) from error
        return _allowed(rules, state, turn)
    return turn, []


def _allowed(rules: Rules, state: State, turn: TurnRecord) -> tuple[TurnRecord, list[Dropped]]:
    kept = turn.model_copy(update={"choices": (), "market": (), "responses": {}})
    dropped = []
    every: tuple[Choice, ...] = (*turn.responses.items(), *turn.choices, *turn.market)
    for choice in every:
        more = _with(kept, choice)
        try:
            legal.check(rules, state, choices_from(rules, more))
        except IllegalChoiceError as error:
            dropped.append(Dropped(state.turn + 1, error.code, choice))
        else:
            kept = more
    return kept, dropped


def _with(turn: TurnRecord, choice: Choice) -> TurnRecord:
    match choice:
        case ChosenAction():
            return turn.model_copy(update={"choices": (*turn.choices, choice)})
        case str():
            return turn.model_copy(update={"market": (*turn.market, choice)})
        case encounter, path:
            return turn.model_copy(update={"responses": {**turn.responses, encounter: path}})


def result_of(rules: Rules, state: State, grade: float | None = None) -> Result:
    """What a state of one run is worth."""
    worth = score(rules, state)
    names = ("score", "satisfaction", "loyalty", "switching_cost", "equity")
    numbers = {name: float(getattr(worth, name)[0]) for name in names}
    return Result(**numbers, grade=grade, ending=ending(rules, state)[0])
