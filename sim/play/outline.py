"""What a scenario consists of, as its author knows it: who may say what when, and where it stands.

    outline_of(loaded) -> Outline

Plain data in both languages, small enough to go from one process to another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.compile_encounters import EACH, opened
from sim.scenario.load import Loaded
from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.messages import Language
from sim.scenario.schema_rows import Response
from sim.scenario.schema_scenario import Encounter, Event
from sim.scenario.script import NO_WORDS, Words
from sim.scenario.texts import words

# Fields of a response that say what it does; in the order in which authors usually write them.
_DEEDS = ("tone", "family", "reveal", "effect", "step", "manner", "appeal")


@dataclass(frozen=True)
class Answer:
    """A response and what may follow it.

    Attributes:
        id: Its own, below the response or encounter it belongs to.
        say: What the player says.
        deeds: What it does, field by field as it is written: `effect: trust -4`.
        hours: It takes.
        money: It costs.
        condition: When it is on offer; empty for always.
        line: Where it begins in the file.
        answers: What may be said next.
    """

    id: str
    say: Words
    deeds: tuple[str, ...]
    hours: float
    money: float
    condition: Words
    line: int
    answers: tuple["Answer", ...]


@dataclass(frozen=True)
class Happening:
    """An encounter or an event.

    Attributes:
        kind: `encounter` or `event`.
        id: Its own.
        title: As the player reads it.
        who: Ids of the customers it may come from; none of an event.
        each: Whether it may come from every customer.
        entries: The ids that the rules know it by, in the order of `who`.
        turn: In which it happens; None if it is not bound to one.
        when: Its condition; empty for none.
        chance: 0..1, in each turn in which all else holds.
        on: What sets it off, such as `complaint`; empty for nothing.
        repeat: Turns until it may happen again; 0: it happens once.
        line: Where it begins in the file.
        answers: What may be said to it.
    """

    kind: str
    id: str
    title: Words
    who: tuple[str, ...]
    each: bool
    entries: tuple[str, ...]
    turn: int | None
    when: Words
    chance: float
    on: str
    repeat: int
    line: int
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Outline:
    """All of a scenario that has a time or a condition.

    Attributes:
        file: The scenario's file as problems name it.
        encounters: In the order of the file.
        events: Likewise.
        endings: Id, title and condition of each, in the order in which they are tried.
        lines: Of every ending, by its id.
    """

    file: str
    encounters: tuple[Happening, ...]
    events: tuple[Happening, ...]
    endings: tuple[tuple[str, Words, Words], ...]
    lines: Mapping[str, int]


def outline_of(loaded: Loaded) -> Outline:
    """The outline of a sound scenario."""
    drawing = _Drawing(loaded)
    scenario = loaded.scenario
    return Outline(
        file=loaded.source.path,
        encounters=tuple(
            drawing.encounter(name, entry) for name, entry in scenario.encounters.items()
        ),
        events=tuple(drawing.event(name, entry) for name, entry in scenario.events.items()),
        endings=tuple(
            (name, words(entry.title), drawing.condition(f"endings.{name}.when"))
            for name, entry in scenario.endings.items()
        ),
        lines={name: drawing.line("endings", name) for name in scenario.endings},
    )


class _Drawing:
    """Looks things up in the model, in the file and among the conditions."""

    def __init__(self, loaded: Loaded) -> None:
        self._conditions = loaded.conditions.expressions
        self._data = loaded.source.data
        customers = loaded.scenario.customers
        self._called = {
            lang: {name: each.name.in_language(lang) for name, each in customers.items()}
            for lang in ("en", "zh")
        }
        self._entries: dict[str, list[tuple[str, str]]] = {}
        for each in opened(loaded.scenario):
            self._entries.setdefault(each.name, []).append((each.id, each.customer))

    def encounter(self, name: str, entry: Encounter) -> Happening:
        """An encounter with its tree of answers."""
        entries = self._entries.get(name, [])
        return Happening(
            kind="encounter",
            id=name,
            title=words(entry.title),
            who=tuple(customer for _, customer in entries),
            each=entry.who == EACH and not entry.among,
            entries=tuple(ident for ident, _ in entries),
            turn=entry.turn,
            when=self.condition(f"encounters.{name}.when"),
            chance=entry.chance,
            on=entry.on or "",
            repeat=entry.repeat,
            line=self.line("encounters", name),
            answers=self._answers(("encounters", name), entry.responses),
        )

    def event(self, name: str, entry: Event) -> Happening:
        """An event."""
        return Happening(
            kind="event",
            id=name,
            title=words(entry.title),
            who=(),
            each=False,
            entries=(name,),
            turn=entry.turn,
            when=self.condition(f"events.{name}.when"),
            chance=entry.chance,
            on="",
            repeat=entry.repeat,
            line=self.line("events", name),
        )

    def _answers(
        self, keys: tuple[str, ...], responses: Mapping[str, Response]
    ) -> tuple[Answer, ...]:
        return tuple(
            Answer(
                id=name,
                say=words(response.say),
                deeds=_deeds(self._found((*keys, "responses", name))),
                hours=response.hours,
                money=response.money,
                condition=self.condition(".".join((*keys, "responses", name, "if"))),
                line=self.line(*keys, "responses", name),
                answers=self._answers((*keys, "responses", name), response.responses),
            )
            for name, response in responses.items()
        )

    def condition(self, path: str) -> Words:
        """What a condition says, in words."""
        found = self._conditions.get(path)
        if found is None:
            return NO_WORDS
        return Words(*(self._said(path, lang) for lang in ("en", "zh")))

    def _said(self, path: str, lang: Language) -> str:
        return self._conditions[path].in_words(lang, self._called[lang])

    def line(self, *keys: str) -> int:
        """Where the name of an entry stands."""
        outer = self._found(keys[:-1])
        known = isinstance(outer, MarkedDict) and keys[-1] in outer
        return outer.key_place(keys[-1]).line if known else 1

    def _found(self, keys: tuple[str, ...]) -> Any:
        value: Any = self._data
        for key in keys:
            value = value.get(key) if isinstance(value, MarkedDict) else None
        return value


def _deeds(entry: Any) -> tuple[str, ...]:
    if not isinstance(entry, MarkedDict):
        return ()
    return tuple(f"{name}: {_written(entry[name])}" for name in _DEEDS if name in entry)


def _written(value: Any) -> str:
    """A value as an author would say it on one line; a text in two languages is left out."""
    if isinstance(value, MarkedDict):
        shown = ((name, _written(each)) for name, each in value.items() if not _is_text(each))
        return ", ".join(f"{name} {each}" for name, each in shown)
    if isinstance(value, MarkedList):
        return ", ".join(_written(each) for each in value)
    return "" if value is None else str(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, MarkedDict) and "en" in value
