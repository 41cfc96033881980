"""What the checks across fields look at, and how they report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.scenario.diagnostics import Place, Problem, make, within
from sim.scenario.library import Library
from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.messages import MESSAGES
from sim.scenario.pruning import Checked, Keys
from sim.scenario.schema_rows import Action, MarketAction
from sim.scenario.schema_scenario import Scenario
from sim.scenario.source import Source
from sim.scenario.validation import MOST_TOLD


@dataclass(frozen=True)
class Context:
    """A scenario with the data it was made from.

    Attributes:
        scenario: The model, without what was wrong with single fields.
        library: What all scenarios share.
        data: As read, with everything that is wrong.
        checked: Knows what was cut out.
        source: The file as read.
        path: Of the file.
        problems: What the checks find.
    """

    scenario: Scenario
    library: Library
    data: MarkedDict
    checked: Checked[Scenario]
    source: Source
    path: Path
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """All actions by id; the scenario's own come before the library's."""
        used = [self.library.actions.get(name, {}) for name in self.scenario.use]
        return {
            name: each for group in (*used, self.scenario.actions) for name, each in group.items()
        }

    @cached_property
    def market_actions(self) -> Mapping[str, MarketAction]:
        """All market actions by id, likewise."""
        used = [self.library.market_actions.get(name, {}) for name in self.scenario.use]
        own = self.scenario.market_actions
        return {name: each for group in (*used, own) for name, each in group.items()}

    def ids(self, section: str) -> Mapping[str, object]:
        """The ids that stand in a section of the file, also of entries with mistakes; in order."""
        entries = self.data.get(section)
        return entries if isinstance(entries, MarkedDict) else {}

    def whole(self, *keys: str | int) -> bool:
        """Whether nothing is missing at or below a path because it was wrong."""
        return not self.source.blanked and self.checked.whole(*keys)

    @property
    def has_all_customers(self) -> bool:
        """Whether every customer is there with its status, whatever else is wrong with it."""
        names = self.scenario.customers
        return (
            not self.source.blanked
            and len(self.ids("customers")) == len(names)
            and all(self.checked.whole("customers", name, "status") for name in names)
        )

    def report(self, code: str, keys: Keys, *, at_key: bool = False, **data: object) -> None:
        """Notes a problem at a field.

        Args:
            code: of the message.
            keys: path of the field.
            at_key: point at its name rather than at its value.
            data: for the sentence.

        What is taken over from the library is not the author's to repair, unless it is an error.
        """
        if len(self.problems) > MOST_TOLD:
            return
        place = self.place(keys, at_key=at_key)
        minor = MESSAGES[code].severity != "error"
        if minor and (place.path != self.source.path or len(self.problems) >= MOST_TOLD):
            return  # so many notes are no reason to refuse the file
        if len(self.problems) == MOST_TOLD:
            self.problems.append(make("S23", place, limit=MOST_TOLD))
        else:
            self.problems.append(make(code, place, joined(keys), **data))

    def report_in(self, code: str, keys: Keys, offset: int, **data: object) -> None:
        """Notes something minor inside a text.

        Args:
            code: of the message.
            keys: path of the text.
            offset: of the faulty part, in characters of the text.
            data: for the sentence.
        """
        at, path = self.place(keys), joined(keys)
        if at.path != self.source.path or len(self.problems) >= MOST_TOLD:
            return
        inside = make(code, Place(at.path, 1, offset + 1), path, **data)
        self.problems.append(within(inside, at, self.source.lines[at.line - 1 :], path))

    def place(self, keys: Keys, *, at_key: bool = False) -> Place:
        """Where a field stands; of one that is left out, where what contains it stands."""
        place, value = self.data.start, self.data
        for key in keys:
            found = _enter(value, key, at_key=at_key and key == keys[-1])
            if found is None:
                break
            place, value = found
        return place


def _enter(value: Any, key: str | int, *, at_key: bool) -> tuple[Place, Any] | None:
    if isinstance(value, MarkedDict) and key in value:
        name = str(key)
        return (value.key_place(name) if at_key else value.place(name)), value[name]
    if isinstance(value, MarkedList) and isinstance(key, int) and key < len(value):
        return value.place(key), value[key]
    return None


def joined(keys: Iterable[str | int]) -> str:
    """A path as authors write it: `customers.mei.ties`, `offers[2]`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else (f".{key}" if text else key)
    return text
