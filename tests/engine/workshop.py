"""Small scenarios, quiet chance and single turns, so that a test shows one thing at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import KINDS, Rules
from sim.engine.state import Choices, Draws, Outcome, State
from sim.engine.step import step
from sim.game import ChosenAction, TurnRecord, choices_from
from sim.lab import runs as lab
from sim.lab.policies import policy
from sim.scenario.compile import compile_scenario
from sim.scenario.load import load_scenario
from tests.strategies import any_choices, opening, turn_chance

Deed = tuple[str, ...]  # customer, action, then tone and person if they matter
Entries = Mapping[str, Mapping[str, Any]]
Numbers = Array | Indices | Mask

_NAME = {"en": "Name", "zh": "名"}
_LINE = {"en": "A line.", "zh": "一句话。"}
_BARE = {"style": "driver", "mood": "calm", "potential": 1, "personal_fit": 0, "frailty": 0}

# Where each kind of chance stands among the draws of a turn.
_PLACES = {
    "luck": ("delivery", 0),
    "fails": ("delivery", 1),
    "severe": ("delivery", 2),
    "voice": ("response", 0),
    "keeps": ("response", 1),
    "leaves": ("response", 2),
    "wins": ("response", 3),
    "accepts": ("growth", 0),
    "refers": ("growth", 1),
    "replies": ("growth", 1),
    "returns": ("growth", 2),
    "delays": ("growth", 3),
    "learns": ("person", 0),
    "forgets": ("person", 1),
    "drifts": ("person", 2),
    "shocks": ("person", 3),
    "happens": ("event", 0),
    "unsettles": ("event", 1),
    "opens": ("encounter", 0),
}
MIDDLE = 0.5  # no luck, no failure, nobody leaves, no mood drifts


@cache
def compiled(path: Path) -> Rules:
    """The rules of a scenario file."""
    return compile_scenario(load_scenario(path))


def world(
    offers: Sequence[str] = ("visit",),
    customers: Entries | None = None,
    *,
    actions: Entries | None = None,
    market_actions: Entries | None = None,
    encounters: Entries | None = None,
    events: Entries | None = None,
    **parts: Any,
) -> Rules:
    """The rules of a scenario that says only what matters: names and texts are filled in.

    Customers are calm drivers of average worth, without hidden luck, unless they say otherwise.
    """
    people = {name: _customer(each) for name, each in (customers or {"ann": {}}).items()}
    scenario = {
        "format": 1,
        "id": "world",
        **dict.fromkeys(("title", "summary", "briefing"), _LINE),
        "kind": "mixed",
        "difficulty": "easy",
        "turns": 12,
        "turn_name": _NAME,
        "actions_per_customer": 4,
        "budget": {"hours": 1000, "money": 10000},
        "score": {"satisfaction": 1},
        "offers": list(offers),
        "actions": _named(actions),
        "market_actions": _named(market_actions),
        "customers": people,
        "encounters": {name: _encounter(each) for name, each in (encounters or {}).items()},
        "events": {name: _told(each) for name, each in (events or {}).items()},
        "endings": {"over": _told({})},
        **parts,
    }
    return _world(json.dumps({key: value for key, value in scenario.items() if value != {}}))


@cache
def _world(text: str) -> Rules:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(text, encoding="utf-8")
        return compile_scenario(load_scenario(path))


def _customer(entry: Mapping[str, Any]) -> dict[str, Any]:
    filled = {"name": _NAME, **_BARE, **entry}
    if "people" in entry:
        filled = {key: value for key, value in filled.items() if key not in {"style", "mood"}}
        usual = {"name": _NAME, "style": "driver", "mood": "calm"}
        filled["people"] = {
            name: _said({**usual, **person}) for name, person in entry["people"].items()
        }
    return _said(filled)


def _said(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without what it leaves open by `None`."""
    return {key: value for key, value in entry.items() if value is not None}


def _named(entries: Entries | None) -> dict[str, Any]:
    return {name: {"name": _NAME, **entry} for name, entry in (entries or {}).items()}


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": _LINE, "text": _LINE, **entry}


def _encounter(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An encounter with the three answers that one must have; `none` does nothing."""
    answers = {**entry.get("responses", {}), "none": {}, "never": {}, "nothing": {}}
    least = dict(list(answers.items())[: max(len(entry.get("responses", {})), 3)])
    return {**_told(entry), "responses": {name: _response(said) for name, said in least.items()}}


def _response(entry: Mapping[str, Any]) -> dict[str, Any]:
    further = {name: _response(said) for name, said in entry.get("responses", {}).items()}
    own = {"say": _LINE, "reply": _LINE, **entry}
    return {**own, "responses": further} if further else own


@dataclass(frozen=True)
class Played:
    """A turn that has been played."""

    rules: Rules
    before: State
    state: State
    outcome: Outcome

    def now(self, name: str, customer: str = "ann", person: int = 0) -> float:
        """A meter after the turn."""
        return value(self.rules, getattr(self.state, name), customer, person)

    def change(self, name: str, customer: str = "ann", person: int = 0) -> float:
        """How a meter moved in the turn."""
        old = value(self.rules, getattr(self.before, name), customer, person)
        return self.now(name, customer, person) - old

    def term(self, quantity: str, name: str, customer: str = "ann", person: int = 0) -> float:
        """One contribution of the ledger."""
        return value(self.rules, self.outcome.terms[quantity][name], customer, person)

    def told(self, name: str, customer: str = "ann") -> float:
        """Something the outcome tells of a customer."""
        return value(self.rules, getattr(self.outcome, name), customer)

    def chance(self, name: str, customer: str = "ann") -> float:
        """The probability of a chance event."""
        found = next(each for each in self.outcome.chances if each.name == name)
        return value(self.rules, found.probability, customer)

    def badge(self, name: str, customer: str = "ann") -> float:
        """What a factor did to the first deed for a customer."""
        place = self.rules.customer_ids.index(customer)
        return float(self.outcome.badges[name][0, 0, place])


def value(rules: Rules, values: Numbers, customer: str = "ann", person: int = 0) -> float:
    """The number of one customer, or of one person there, in the first run."""
    found = values[0, rules.customer_ids.index(customer)]
    return float(found[person] if found.ndim else found)


def quiet(rules: Rules, runs: int = 1, **given: float | Array) -> Draws:
    """Chance that does nothing of itself: every number in the middle, but those that are given."""
    usual = turn_chance(rules, 0, runs=runs)
    fields = {name: np.full(old.shape, MIDDLE) for name, old in vars(usual).items()}
    for name, number in given.items():
        field, index = _PLACES[name]
        fields[field][..., index] = number
    return Draws(**fields)


def for_kind(kind: str, level: float) -> float:
    """The uniform of a person that gives one kind of knowledge this level: N6 spreads it."""
    return (level - 0.6180339887498949 * KINDS.index(kind)) % 1.0


def knows(played: "Played", kind: str, customer: str = "ann", person: int = 0) -> bool:
    """Whether the player knows this of a person after the turn."""
    place = played.rules.customer_ids.index(customer)
    return bool(played.state.known[0, place, person, KINDS.index(kind)])


def choose(
    rules: Rules,
    *deeds: Deed,
    market: Sequence[str] = (),
    answers: Mapping[str, tuple[str, ...]] | None = None,
) -> Choices:
    """Choices by id: each deed is (customer, action), with a tone and a person if they matter."""
    chosen = [
        ChosenAction(
            customer=deed[0],
            action=deed[1],
            tone=deed[2] if len(deed) > 2 else "neutral",  # type: ignore[arg-type]
            person=deed[3] if len(deed) > 3 else None,
        )
        for deed in deeds
    ]
    turn = TurnRecord(choices=tuple(chosen), market=tuple(market), responses=dict(answers or {}))
    return choices_from(rules, turn)


def play(
    rules: Rules,
    *deeds: Deed,
    after: State | None = None,
    market: Sequence[str] = (),
    answers: Mapping[str, tuple[str, ...]] | None = None,
    **given: Any,
) -> Played:
    """One turn of one game, from the opening or `after` a state, in quiet chance."""
    before = opening(rules) if after is None else after
    choices = choose(rules, *deeds, market=market, answers=answers)
    state, outcome = step(rules, before, choices, quiet(rules, **given), ledger=True)
    return Played(rules, before, state, outcome)


def several(
    rules: Rules, *turns: Sequence[Deed], after: State | None = None, **given: Any
) -> Played:
    """Turn after turn, each with its deeds; what is told is the last turn's."""
    played = play(rules, *turns[0], after=after, **given)
    for deeds in turns[1:]:
        played = play(rules, *deeds, after=played.state, **given)
    return played


def everybody(state: State, **meters: float) -> State:
    """A state in which some meters have one level for all."""
    levels = {name: np.full(getattr(state, name).shape, level) for name, level in meters.items()}
    return replace(state, **levels)  # type: ignore[arg-type]  # the caller names number fields


# Whole games ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """One turn of a batch of games."""

    before: State
    choices: Choices
    chance: Draws
    outcome: Outcome
    state: State


def whole_game(
    rules: Rules, bot: str, *, seed: int, runs: int = 1, first_run: int = 0, ledger: bool = False
) -> list[Turn]:
    """Games played to the end by a policy, or by `any`: allowed choices of every kind by chance."""
    state = opening(rules, seed=seed, runs=runs, first_run=first_run)
    turns = []
    for number in range(rules.sizes.turns):
        if bot == "any":
            choices = any_choices(rules, state, seed=seed, first_run=first_run)
        else:
            choices = lab.choose(rules, policy(bot), state, seed=seed, first_run=first_run)
        chance = turn_chance(rules, number, seed=seed, runs=runs, first_run=first_run)
        after, outcome = step(rules, state, choices, chance, ledger=ledger)
        turns.append(Turn(state, choices, chance, outcome, after))
        state = after
    return turns


def rows(value: Any, index: Any) -> Any:
    """Some runs of a state, of choices or of chance; what is the same in all runs stays."""
    if isinstance(value, np.ndarray):
        return value if value.shape[0] == 1 else value[index]
    if not is_dataclass(value):
        return value
    return replace(  # type: ignore[type-var]  # a dataclass, asked the line before
        value, **{each.name: rows(getattr(value, each.name), index) for each in fields(value)}
    )
