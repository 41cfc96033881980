"""When things may first happen in a game, from turn to turn, if all goes as it can."""

from collections.abc import Iterator, Mapping
from math import inf

from sim.scenario.expressions import Expression
from sim.scenario.expressions.ranges import Interval, Ranges
from sim.scenario.expressions.tree import Name, Node, names_in
from sim.scenario.lint_context import joined
from sim.scenario.lint_survey import Survey
from sim.scenario.pruning import Keys
from sim.scenario.schema_scenario import Encounter, Event

Entry = tuple[str, str]  # section and id

_EVENTS, _ENCOUNTERS = "events", "encounters"
_COUNTED = {_EVENTS: "event", _ENCOUNTERS: "encounter"}


class Timeline:
    """What may happen by when.

    Attributes:
        first: The earliest turn of each event and encounter that can happen at all.
        absent: Encounters that could open if their customer were in the game by then.
        crowded: Encounters for which another one of the same customer leaves no room.
    """

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._scenario = survey.context.scenario
        self._born: dict[str, int] = {}
        self.first: dict[Entry, int] = {}
        self._without_speaker: set[str] = set()
        for turn in range(1, self._scenario.turns + 1):
            self._play(turn)
        self._final = self._known(self._scenario.turns + 1, self._scenario.turns + 1)

    @property
    def absent(self) -> tuple[str, ...]:
        """Encounters that only their customer keeps from opening."""
        return tuple(
            name
            for name in self._scenario.encounters
            if name in self._without_speaker and (_ENCOUNTERS, name) not in self.first
        )

    @property
    def crowded(self) -> Iterator[tuple[str, str]]:
        """Encounters fixed for the last turn whose customer is already speaking then."""
        taken: dict[str, str] = {}
        for name, encounter in self._scenario.encounters.items():
            if encounter.turn != self._scenario.turns or not _is_certain(encounter):
                continue
            other = taken.setdefault(encounter.who, name)
            if other != name and encounter.who in self._scenario.customers:
                yield name, other

    def is_dead(self, keys: Keys) -> bool:
        """Whether a condition that is not false as such can still never be met.

        Args:
            keys: path of the condition.
        """
        section, name = str(keys[0]), str(keys[1])
        if section in _COUNTED and keys[2:] == ("when",):
            entry = getattr(self._scenario, section)[name]
            told = entry.chance == 0.0 or (entry.turn or 0) > self._scenario.turns
            alive = (section, name) in self.first or name in self._without_speaker
            return not (told or alive)
        if section == _ENCOUNTERS and (section, name) not in self.first:
            return False  # told of the encounter
        expression = self._survey.conditions.expressions[joined(keys)]
        return Ranges(expression.names).never(expression.tree, self._final_at(keys))

    def waits_for(self, keys: Keys, expression: Expression) -> str:
        """What a dead condition waits for in vain; empty when it is something else."""
        limit = self._latest(keys)
        for name in names_in(expression.tree):
            section = {"event": _EVENTS, "encounter": _ENCOUNTERS}
            kind, _, ident = name.name.partition(".")
            if kind in section and self.first.get((section[kind], ident), limit + 1) > limit:
                return ident
        return ""

    def _latest(self, keys: Keys) -> int:
        """The last turn before which something must have happened to count for a condition."""
        if str(keys[0]) not in _COUNTED:
            return self._scenario.turns
        entry = getattr(self._scenario, str(keys[0]))[str(keys[1])]
        return (entry.turn or self._scenario.turns) - 1

    def _final_at(self, keys: Keys) -> Mapping[Node, Interval]:
        """What is known at an ending, or while an encounter is open."""
        if keys[0] != _ENCOUNTERS:
            return {each: span for each, span in self._final.items() if each != Name("turn")}
        turn = self._scenario.encounters[str(keys[1])].turn or 1
        return {**self._final, Name("turn"): (float(turn), float(self._scenario.turns))}

    def _play(self, turn: int) -> None:
        """Lets everything happen that may happen at the opening of a turn."""
        known = self._known(turn, turn)
        happening = [
            name
            for name, event in self._scenario.events.items()
            if (_EVENTS, name) not in self.first and self._may((_EVENTS, name), event, turn, known)
        ]
        for name in happening:
            self.first[_EVENTS, name] = turn
            for customer in self._scenario.events[name].effect.wakes:
                self._born.setdefault(customer, turn)
        # Encounters see the events of their own turn, but not each other.
        known = self._known(turn, turn, events=turn + 1)
        for name, encounter in self._scenario.encounters.items():
            if (_ENCOUNTERS, name) in self.first:
                continue
            if not self._may((_ENCOUNTERS, name), encounter, turn, known):
                continue
            if self._is_there(encounter, turn):
                self.first[_ENCOUNTERS, name] = turn
            else:
                self._without_speaker.add(name)

    def _may(
        self,
        which: Entry,
        entry: Event | Encounter,
        turn: int,
        known: Mapping[Node, Interval],
    ) -> bool:
        """Whether an entry may happen in a turn, its customer apart."""
        if entry.chance == 0.0 or entry.turn not in {None, turn}:
            return False
        expression = self._survey.conditions.expressions.get(joined((*which, "when")))
        if expression is None:
            return True
        return not Ranges(expression.names).never(expression.tree, known)

    def _is_there(self, encounter: Encounter, turn: int) -> bool:
        customer = self._scenario.customers.get(encounter.who)
        if customer is None or customer.status != "unborn":
            return True
        brought = 2 if self._survey.wakes_anybody else self._scenario.turns + 1
        return min(self._born.get(encounter.who, brought), brought) <= turn

    def _known(self, turn: int, before: int, events: int = 0) -> dict[Node, Interval]:
        """The ranges of what can be asked at a turn.

        Args:
            turn: which.
            before: only what may have happened in an earlier turn than this counts.
            events: the same for events, where it differs.
        """
        limits = {_EVENTS: events or before, _ENCOUNTERS: before}
        known: dict[Node, Interval] = {Name("turn"): (float(turn), float(turn))}
        for section, limit in limits.items():
            for name in getattr(self._scenario, section):
                happened = self.first.get((section, name), limit) < limit
                known[Name(f"{_COUNTED[section]}.{name}")] = (0.0, inf if happened else 0.0)
        for name, value in self._scenario.variables.items():
            moves = self._moves(name, limits)
            low, high = any(move < 0.0 for move in moves), any(move > 0.0 for move in moves)
            known[Name(name)] = (-inf if low else value, inf if high else value)
        return known

    def _moves(self, variable: str, limits: Mapping[str, int]) -> list[float]:
        """By how much each thing that may have happened changes a variable."""
        found = []
        for section, name, move in self._survey.moves.get(variable, ()):
            first = 1 if not section else self.first.get((section, name), inf)
            if first < limits.get(section, limits[_ENCOUNTERS]):
                found.append(move)
        return found


def _is_certain(encounter: Encounter) -> bool:
    return encounter.when is None and encounter.chance == 1.0 and encounter.on is None
