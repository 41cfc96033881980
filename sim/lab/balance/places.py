"""Where in its file the things stand that a scenario offers, for findings to point at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.lab.policies import NAMES
from sim.scenario.diagnostics import Place
from sim.scenario.load import Loaded
from sim.scenario.marked import MarkedDict, MarkedList


class Places:
    """The positions of one scenario's file."""

    def __init__(self, loaded: Loaded) -> None:
        """Looks at the file as it was read."""
        data = loaded.source.data
        self._data = MarkedDict(Place(loaded.source.path, 1, 1)) if data is None else data
        self.path = _near(loaded.source.path)

    def of_subject(self, subject: str) -> Place:
        """Where what a fault is about stands: a bot, an action, a response, an ending, `offers`."""
        name = subject.removeprefix("only:")
        if name in NAMES:
            return self._at(("score",))
        if name == "offers":
            return self._at(("offers",))
        if name in self._section("endings"):
            return self._at(("endings", name))
        return self.of_option(tuple(name.split(".")))

    def of_option(self, path: tuple[str, ...]) -> Place:
        """Where an action, or a response (its encounter and the way to it), stands.

        An action of the library is pointed at where the scenario offers it, and a response that an
        encounter has from another where the encounter stands.
        """
        if path[0] in self._section("encounters"):
            steps = [each for step in path[1:] for each in ("responses", step)]
            return self._at(("encounters", path[0], *steps))
        for section in ("actions", "market_actions"):
            if path[0] in self._section(section):
                return self._at((section, path[0]))
        offers = self._data.get("offers")
        if isinstance(offers, MarkedList) and path[0] in offers:
            return self._told(offers.place(offers.index(path[0])))
        return self._at(("offers",))

    def of_encounter(self, name: str) -> Place:
        """Where an encounter stands."""
        return self._at(("encounters", name))

    def _section(self, name: str) -> MarkedDict | dict[str, Any]:
        found = self._data.get(name)
        return found if isinstance(found, MarkedDict) else {}

    def _at(self, keys: tuple[str, ...]) -> Place:
        return self._told(list(self._way(keys))[-1])

    def _way(self, keys: tuple[str, ...]) -> Iterator[Place]:
        """The places of a field and of all that contain it, as far as they are in the file."""
        yield self._data.start
        value: Any = self._data
        for key in keys:
            if not isinstance(value, MarkedDict) or key not in value:
                return
            if key != "responses":
                yield value.key_place(key)
            value = value[key]

    def _told(self, place: Place) -> Place:
        return place._replace(path=_near(place.path))


def _near(path: str) -> str:
    """A path from where the reader stands, if it lies below; else as it is."""
    here, file = Path.cwd(), Path(path)
    return str(file.relative_to(here)) if file.is_relative_to(here) else path
