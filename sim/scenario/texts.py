"""Gathers the words of a scenario for whoever shows it; no numbers of the model but costs.

    script_of(scenario, library, actions, market_actions) -> Script

Everything is found by the ids that the rules use, in both languages.
"""

from collections.abc import Mapping

from sim.scenario.compile_encounters import opened, plant
from sim.scenario.compile_people import people_of
from sim.scenario.library import Library
from sim.scenario.schema_customers import Customer, Person, PersonFields
from sim.scenario.schema_library import ConceptEntry, ProtocolEntry
from sim.scenario.schema_rows import Action, Deed, MarketAction, Response
from sim.scenario.schema_scenario import Encounter, Scenario
from sim.scenario.schema_types import Named, Text
from sim.scenario.script import (
    NO_WORDS,
    ActionScript,
    ConceptScript,
    CustomerScript,
    EncounterScript,
    EventScript,
    Glossary,
    Label,
    PersonScript,
    ProtocolScript,
    Reasons,
    ResponseScript,
    Script,
    Words,
)

__all__ = [
    "ActionScript",
    "ConceptScript",
    "CustomerScript",
    "EncounterScript",
    "EventScript",
    "Glossary",
    "Label",
    "PersonScript",
    "ProtocolScript",
    "Reasons",
    "ResponseScript",
    "Script",
    "Words",
    "glossary_of",
    "paths_of",
    "script_of",
    "words",
]


def words(text: Text | None) -> Words:
    """A text of the schema as plain data; none is empty."""
    return NO_WORDS if text is None else Words(text.en, text.zh)


def script_of(
    scenario: Scenario,
    library: Library,
    actions: Mapping[str, Action],
    market_actions: Mapping[str, MarketAction],
) -> Script:
    """Everything that is said in a scenario.

    Args:
        scenario: checked.
        library: for shared names.
        actions: on one customer, by id; those not offered are left out.
        market_actions: for the firm, likewise.
    """
    offers = scenario.offers
    return Script(
        id=scenario.id,
        title=words(scenario.title),
        summary=words(scenario.summary),
        briefing=words(scenario.briefing),
        kind=scenario.kind,
        difficulty=scenario.difficulty,
        minutes=scenario.minutes,
        turns=scenario.turns,
        turn_name=words(scenario.turn_name),
        teaches=tuple(scenario.teaches),
        customers={name: _customer(name, each) for name, each in scenario.customers.items()},
        actions={name: _action(actions[name]) for name in offers if name in actions},
        market_actions={
            name: _market_action(market_actions[name]) for name in offers if name in market_actions
        },
        encounters=_encounters(scenario),
        events={
            name: EventScript(
                words(event.title), words(event.text), event.rival, tuple(event.teaches)
            )
            for name, event in scenario.events.items()
        },
        rivals=_labels(scenario.rivals),
        endings={
            name: Label(words(each.title), words(each.text))
            for name, each in scenario.endings.items()
        },
        tutorial={anchor: words(text) for anchor, text in scenario.tutorial.items()},
        glossary=glossary_of(library),
    )


def glossary_of(library: Library) -> Glossary:
    """The names that scenarios share."""
    return Glossary(
        concepts={name: _concept(entry) for name, entry in library.concepts.items()},
        terms={
            quantity: {
                name: Label(words(term.name), words(term.reason), term.concept, words(term.formula))
                for name, term in terms.items()
            }
            for quantity, terms in library.terms.items()
        },
        styles=_labels(library.styles),
        style_clues={name: words(style.clues) for name, style in library.styles.items()},
        moods=_labels(library.moods),
        families=_labels(library.families),
        kinds=_labels(library.kinds),
        roles=_labels(library.roles),
        motives=_labels(library.motives),
        motive_levels={name: motive.level for name, motive in library.motives.items()},
        protocols={name: _protocol(entry) for name, entry in library.protocols.items()},
        levers=_labels(library.levers),
        labels={group: _labels(names) for group, names in library.names.items()},
    )


def _labels(entries: Mapping[str, Named]) -> dict[str, Label]:
    return {name: Label(words(each.name), words(each.text)) for name, each in entries.items()}


def _concept(entry: ConceptEntry) -> ConceptScript:
    return ConceptScript(
        name=words(entry.name),
        text=words(entry.text),
        game=words(entry.game),
        evidence=words(entry.evidence),
        group=entry.group,
        see=tuple(entry.see),
    )


def _protocol(entry: ProtocolEntry) -> ProtocolScript:
    steps = tuple(words(step.name) for step in entry.steps)
    return ProtocolScript(words(entry.name), words(entry.reason), entry.concept, steps)


def _customer(name: str, customer: Customer) -> CustomerScript:
    people = people_of(name, customer)
    return CustomerScript(
        name=words(customer.name),
        about=words(customer.about),
        portrait=customer.portrait or next(iter(people.values())).portrait,
        kind=customer.kind,
        count=customer.count,
        people={key: _person(customer, person) for key, person in people.items()},
    )


def _person(customer: Customer, person: PersonFields) -> PersonScript:
    said = {**customer.file, **person.file}
    return PersonScript(
        name=words(person.name if isinstance(person, Person) else customer.name),
        about=words(person.about),
        portrait=person.portrait,
        role=person.role if isinstance(person, Person) else customer.role or "decider",
        file={kind: words(text) for kind, text in said.items()},
    )


def _action(action: Action) -> ActionScript:
    return ActionScript(
        name=words(action.name),
        text=words(action.text),
        icon=action.icon,
        group=action.group or _group(action.family),
        family=action.family,
        hours=action.hours,
        money=action.money,
        contacts=action.contacts,
        cooldown=action.cooldown,
        tones=action.tones,
        teaches=tuple(action.teaches),
        intrusive=action.intrusive,
        because=_reasons(action),
    )


def _reasons(deed: Deed) -> Reasons:
    """Why a deed writes meters directly."""
    written = {"satisfaction": deed.effect.satisfaction, "loyalty": deed.effect.loyalty}
    return {name: words(each.because) for name, each in written.items() if each is not None}


def _group(family: str) -> str:
    return "prospecting" if family == "pitch" else family


def _market_action(action: MarketAction) -> ActionScript:
    return ActionScript(
        name=words(action.name),
        text=words(action.text),
        icon=action.icon,
        group="market",
        family="market",
        hours=action.hours,
        money=action.money,
        contacts=action.effect.contacts,
        cooldown=action.cooldown,
        tones=False,
        teaches=tuple(action.teaches),
    )


def _encounters(scenario: Scenario) -> dict[str, EncounterScript]:
    trees = {
        name: _responses(encounter.responses) for name, encounter in scenario.encounters.items()
    }
    scripts = {}
    for entry in opened(scenario):
        encounter = scenario.encounters[entry.name]
        people = list(people_of(entry.customer, scenario.customers[entry.customer]))
        scripts[entry.id] = EncounterScript(
            title=words(encounter.title),
            text=words(encounter.text),
            customer=entry.customer,
            speaker=people[entry.speaker],
            teaches=tuple(encounter.teaches),
            responses=trees[entry.name],
            paths=paths_of(encounter),
            unanswered=words(encounter.unanswered.text),
            because=_reasons(encounter.unanswered),
        )
    return scripts


def _responses(responses: Mapping[str, Response]) -> dict[str, ResponseScript]:
    return {
        name: ResponseScript(
            say=words(response.say),
            reply=words(response.reply),
            rationale=words(response.rationale),
            hours=response.hours,
            money=response.money,
            teaches=tuple(response.teaches),
            responses=_responses(response.responses),
            because=_reasons(response),
        )
        for name, response in responses.items()
    }


def paths_of(encounter: Encounter) -> tuple[tuple[str, ...], ...]:
    """The response ids of every complete path, in the order of the rules."""
    trees, _ = plant({"": encounter}, 0, lambda _: None)
    return tuple(path.responses for path in trees[""].paths)
