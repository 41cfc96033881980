"""What several checks ask of a scenario, gathered once: choices, deeds, people, knowledge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sim.scenario.compile_encounters import who
from sim.scenario.expressions import Expression
from sim.scenario.lint_conditions import Conditions
from sim.scenario.lint_context import Context
from sim.scenario.lint_encounters import MOST_PATHS, ways_through
from sim.scenario.lint_references import responses_of
from sim.scenario.marked import MarkedDict
from sim.scenario.pruning import Keys
from sim.scenario.schema_customers import Customer, PersonFields
from sim.scenario.schema_rows import Action, Deed, MarketAction, Response


@dataclass(frozen=True)
class Moment:
    """Responses that stand side by side.

    Attributes:
        keys: path of the mapping they are in.
        encounter: its id.
        responses: by id, in the file's order.
    """

    keys: Keys
    encounter: str
    responses: Mapping[str, Response]


@dataclass(frozen=True)
class Somebody:
    """A person that a style and a mood belong to.

    Attributes:
        keys: path of the entry.
        customer: id of the customer.
        id: of the person; of a consumer, that of the customer.
        firm: the customer.
        person: the entry; of a consumer, the customer itself.
    """

    keys: Keys
    customer: str
    id: str
    firm: Customer
    person: PersonFields


class Move(NamedTuple):
    """Something that changes a variable.

    Attributes:
        section: `encounters` or `events`; empty for an action, which may be taken at any time.
        name: id of the entry.
        by: how much is added.
    """

    section: str
    name: str
    by: float


@dataclass(frozen=True)
class Survey:
    """A scenario as the checks look at it."""

    context: Context
    conditions: Conditions

    @cached_property
    def answers(self) -> tuple[tuple[Keys, str, Response], ...]:
        """Every response with its path and its encounter."""
        return tuple(
            (keys, name, response)
            for name, encounter in self.context.scenario.encounters.items()
            for keys, response in responses_of(("encounters", name), encounter)
        )

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Every choice between responses of which nothing was cut out."""
        found = [
            Moment(("encounters", name, "responses"), name, encounter.responses)
            for name, encounter in self.context.scenario.encounters.items()
        ]
        found += [
            Moment((*keys, "responses"), name, response.responses)
            for keys, name, response in self.answers
            if response.responses
        ]
        return tuple(
            each
            for each in found
            if self.context.whole(*each.keys) and each.encounter not in self._overgrown
        )

    @cached_property
    def _overgrown(self) -> frozenset[str]:
        """Encounters with so many ways through that there is no use in looking at each."""
        encounters = self.context.scenario.encounters
        ways = {name: ways_through(each.responses) for name, each in encounters.items()}
        return frozenset(name for name, number in ways.items() if number > MOST_PATHS)

    @cached_property
    def offered(self) -> Mapping[str, Action]:
        """The actions on customers that are on offer."""
        known, offers = self.context.actions, self.context.scenario.offers
        return {name: known[name] for name in offers if name in known}

    @cached_property
    def offered_market(self) -> Mapping[str, MarketAction]:
        """The actions for the firm that are on offer."""
        known, offers = self.context.market_actions, self.context.scenario.offers
        return {name: known[name] for name in offers if name in known}

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """Everything that can be done, said or left unanswered."""
        silences = (each.unanswered for each in self.context.scenario.encounters.values())
        return (*self.offered.values(), *(each for _, _, each in self.answers), *silences)

    @cached_property
    def people(self) -> tuple[Somebody, ...]:
        """Everybody, in the file's order."""
        return tuple(_people(self.context.scenario.customers))

    @cached_property
    def encounters_of(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The encounters in which one particular person speaks, by customer and person."""
        found: dict[tuple[str, str], list[str]] = {}
        customers = self.context.scenario.customers
        for name, encounter in self.context.scenario.encounters.items():
            customer = customers.get(encounter.who)
            if customer is not None:
                people = [*customer.people] or [encounter.who]
                speaker = encounter.speaker if encounter.speaker in people else people[0]
                found.setdefault((encounter.who, str(speaker)), []).append(name)
        return {key: tuple(names) for key, names in found.items()}

    @cached_property
    def speaking(self) -> frozenset[str]:
        """The customers who may have something to say."""
        scenario = self.context.scenario
        return frozenset(
            name for encounter in scenario.encounters.values() for name in who(scenario, encounter)
        )

    @cached_property
    def appealing(self) -> frozenset[str]:
        """The motives to which something that can be done appeals."""
        return frozenset(motive for deed in self.deeds for motive in deed.appeal)

    def written(self, section: str) -> MarkedDict:
        """A section as it stands in the file, before anything is taken over; empty for none."""
        data = self.context.source.data
        entries = data.get(section) if data is not None else None
        return entries if isinstance(entries, MarkedDict) else MarkedDict(self.context.data.start)

    @cached_property
    def extending(self) -> Mapping[str, frozenset[str]]:
        """The ids that entries of a section take after, by section."""
        found: dict[str, frozenset[str]] = {}
        for section in ("customers", "actions", "market_actions"):
            entries = self.written(section).values()
            bases = (each.get("extends") for each in entries if isinstance(each, MarkedDict))
            found[section] = frozenset(base for base in bases if isinstance(base, str))
        return found

    @cached_property
    def written_conditions(self) -> tuple[tuple[Keys, Expression], ...]:
        """Every sound condition with its path."""
        found = self.conditions
        return tuple((found.places[path], each) for path, each in found.expressions.items())

    @cached_property
    def wakes_anybody(self) -> bool:
        """Whether something brings in customers who wait, whoever comes next."""
        if self.context.scenario.parameters.get("stock_referral", 0.0) > 0.0:
            return True
        if any(deed.effect.referral for deed in self.deeds):
            return True
        return any(action.effect.wakes for action in self.offered_market.values())

    @cached_property
    def moves(self) -> Mapping[str, Sequence[Move]]:
        """What changes each of the scenario's own variables."""
        found: dict[str, list[Move]] = {}
        scenario = self.context.scenario
        written = [("", name, each.effect.variables) for name, each in self.offered.items()]
        written += [("encounters", name, each.effect.variables) for _, name, each in self.answers]
        for name, encounter in scenario.encounters.items():
            written.append(("encounters", name, encounter.unanswered.effect.variables))
        written += [
            ("events", name, each.effect.variables) for name, each in scenario.events.items()
        ]
        for section, name, shifts in written:
            for variable, by in shifts.items():
                found.setdefault(variable, []).append(Move(section, name, by))
        return found

    @cached_property
    def revealed(self) -> frozenset[str]:
        """The kinds of knowledge that something in the scenario can find out."""
        scenario = self.context.scenario
        if scenario.reveal == "all":
            return frozenset(self.context.library.kinds)
        kinds = {kind for deed in self.deeds for kind, chance in deed.reveal.items() if chance}
        kinds |= {kind for each in scenario.encounters.values() for kind in each.reveals}
        for action in self.offered_market.values():
            kinds |= {*action.effect.newcomer_reveals, *action.effect.quiet_reveals}
        return frozenset(kinds)

    @cached_property
    def all_there(self) -> bool:
        """Whether all that can be done is known, so that one may say what cannot be done."""
        sections = ("offers", "actions", "market_actions", "encounters", "use")
        if not all(self.context.whole(section) for section in sections):
            return False
        scenario, library = self.context.scenario, self.context.library
        known = {*self.offered, *self.offered_market}
        return known.issuperset(scenario.offers) and {*library.actions}.issuperset(scenario.use)

    def knows(self, who: Somebody, kind: str) -> bool:
        """Whether something is known of a person from the start."""
        if self.context.scenario.reveal == "all":
            return True
        return kind in who.person.known or kind in who.firm.known


def _people(customers: Mapping[str, Customer]) -> Iterator[Somebody]:
    for name, customer in customers.items():
        keys: Keys = ("customers", name)
        if not customer.people:
            yield Somebody(keys, name, name, customer, customer)
        for ident, person in customer.people.items():
            yield Somebody((*keys, "people", ident), name, ident, customer, person)
