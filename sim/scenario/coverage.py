"""What scenarios teach, and by which choices: concept by concept, scenario by scenario.

A concept is *taught* where a choice of the trainee carries it: an action, an action of the firm or
a response. An encounter, an event or a whole scenario may speak of it, but only shows it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.scenario.messages import Language
from sim.scenario.schema_library import ConceptEntry
from sim.scenario.script import ResponseScript, Script

# Marks of the course that ask for a choice: the rule is computed, the deed can be done, the fact be
# found out, or the encounter or scenario is there. What is only shown in the debrief asks for none.
WANTED = ("rule", "action", "read", "encounter", "scenario")
Through = Literal["choice", "telling"]


@dataclass(frozen=True)
class Place:
    """Where a scenario teaches a concept.

    Attributes:
        path: of the entry, such as `encounters.late_order.listen`; `teaches` for the scenario.
        concept: id.
        through: a choice of the trainee, or what is told without one.
    """

    path: str
    concept: str
    through: Through


def places_of(script: Script) -> list[Place]:
    """Every place at which a scenario teaches something, in the order of its file."""
    found = [Place("teaches", concept, "telling") for concept in script.teaches]
    sections: tuple[tuple[str, Through, Mapping[str, tuple[str, ...]]], ...] = (
        ("actions", "choice", _teaches(script.actions)),
        ("market_actions", "choice", _teaches(script.market_actions)),
        ("encounters", "telling", _teaches(script.encounters)),
        ("events", "telling", _teaches(script.events)),
    )
    for section, through, entries in sections:
        for name, concepts in entries.items():
            found += [Place(f"{section}.{_shared(name)}", each, through) for each in concepts]
    for name, encounter in script.encounters.items():
        for path, response in responses_of(_shared(name), encounter.responses):
            here = f"encounters.{'.'.join(path)}"
            found += [Place(here, concept, "choice") for concept in response.teaches]
    return list(dict.fromkeys(found))


def _shared(encounter: str) -> str:
    """The author's name of an encounter that several customers may have."""
    return encounter.partition(".")[0]


def _teaches(entries: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    return {name: getattr(entry, "teaches", ()) for name, entry in entries.items()}


def responses_of(
    encounter: str, responses: Mapping[str, ResponseScript]
) -> Iterator[tuple[tuple[str, ...], ResponseScript]]:
    """Every response of an encounter with its path, nearest first."""
    waiting: list[tuple[tuple[str, ...], ResponseScript]] = [
        ((encounter, key), response) for key, response in responses.items()
    ]
    while waiting:
        path, response = waiting.pop(0)
        yield path, response
        waiting += [((*path, key), each) for key, each in response.responses.items()]


@dataclass(frozen=True)
class Coverage:
    """What several scenarios teach together.

    Attributes:
        concepts: the glossary.
        places: of each scenario, by its id.
    """

    concepts: Mapping[str, ConceptEntry]
    places: Mapping[str, Sequence[Place]]

    def of(self, concept: str) -> dict[str, list[Place]]:
        """Where each scenario teaches a concept; scenarios that do not are left out."""
        found = {
            name: [place for place in places if place.concept == concept]
            for name, places in self.places.items()
        }
        return {name: places for name, places in found.items() if places}

    def untaught(self) -> tuple[str, ...]:
        """Concepts that a trainee should meet in a choice, and does not."""
        chosen = {
            place.concept
            for places in self.places.values()
            for place in places
            if place.through == "choice"
        }
        return tuple(
            name
            for name, entry in self.concepts.items()
            if name not in chosen and set(entry.marks) & set(WANTED)
        )

    def as_json(self) -> dict[str, dict[str, dict[str, list[str]]]]:
        """`{"concepts": {id: {"scenarios": [...], "places": [...]}}}`."""
        entries = {}
        for concept in self.concepts:
            found = self.of(concept)
            entries[concept] = {
                "scenarios": list(found),
                "places": [
                    f"{name}: {place.path}" for name, places in found.items() for place in places
                ],
            }
        return {"concepts": entries}


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "legend": (
            "A number says how many choices teach a concept; + that it is told, but not chosen; "
            ". that it does not come up."
        ),
        "complete": "Every concept that asks for a choice is taught by one.",
        "untaught": "Taught by no choice ({count}):",
        "debrief": "In the debrief of every game, without a choice of its own ({count}):",
        "between": ", ",
    },
    "zh": {
        "legend": "数字：有几个选择讲到这个概念；+：只在叙述中出现，没有选择；.：没有出现。",
        "complete": "凡是需要通过选择来学的概念，都有选择讲到。",
        "untaught": "还没有任何选择讲到（{count} 个）：",
        "debrief": "每局复盘都会讲到，不需要专门的选择（{count} 个）：",
        "between": "，",
    },
}
_MARKS: dict[Language, dict[str, str]] = {
    "en": {},
    "zh": {
        "rule": "规则",
        "action": "行动",
        "read": "信息",
        "debrief": "复盘",
        "encounter": "情境",
        "scenario": "情景",
    },
}


def table(coverage: Coverage, lang: Language) -> Iterator[str]:
    """Concept by scenario, then what is left untaught."""
    words, names = _WORDS[lang], list(coverage.places)
    yield "  ".join(f"{number} {name}" for number, name in enumerate(names, 1))
    yield words["legend"]
    yield ""
    yield f"{'':32}" + "".join(f"{number:>4}" for number in range(1, len(names) + 1))
    for concept, entry in coverage.concepts.items():
        found = coverage.of(concept)
        cells = "".join(f"{_cell(found.get(name, ())):>4}" for name in names)
        yield f"{concept:32}{cells}   {_marks(entry, lang)}"
    yield ""
    yield from _left(coverage, lang)


def _cell(places: Sequence[Place]) -> str:
    choices = len([place for place in places if place.through == "choice"])
    return str(choices) if choices else "+" if places else "."


def _marks(entry: ConceptEntry, lang: Language) -> str:
    return _WORDS[lang]["between"].join(_MARKS[lang].get(mark, mark) for mark in entry.marks)


def _left(coverage: Coverage, lang: Language) -> Iterator[str]:
    """What no choice teaches, and what needs none."""
    words, untaught = _WORDS[lang], coverage.untaught()
    debrief = [name for name, entry in coverage.concepts.items() if entry.marks == ["debrief"]]
    if not untaught:
        yield words["complete"]
    for heading, concepts in (("untaught", untaught), ("debrief", debrief)):
        if concepts:
            yield words[heading].format(count=len(concepts))
            yield from (f"  {name}" for name in concepts)
