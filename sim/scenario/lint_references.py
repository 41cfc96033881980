"""Every id that a field names must be there: customers, actions, people, concepts and the rest."""

from collections.abc import Collection, Iterable, Iterator

from sim.scenario.lint_context import Context
from sim.scenario.pruning import Keys
from sim.scenario.schema_rows import Deed, Response
from sim.scenario.schema_scenario import Encounter, EventEffect

EACH = "each"


def check_references(context: Context) -> None:
    """Reports every reference to nothing."""
    _check_offers(context)
    _check_ties(context)
    _check_encounters(context)
    _check_events(context)
    _check_concepts(context)
    _check_parameters(context)
    for keys, deed in deeds_of(context):
        _check_deed(context, keys, deed)


def deeds_of(context: Context) -> Iterator[tuple[Keys, Deed]]:
    """Every row of effects that the scenario itself writes, with its path."""
    for name, action in context.scenario.actions.items():
        yield ("actions", name), action
    for name, encounter in context.scenario.encounters.items():
        yield from responses_of(("encounters", name), encounter)
        yield ("encounters", name, "unanswered"), encounter.unanswered


def responses_of(keys: Keys, parent: Encounter | Response) -> Iterator[tuple[Keys, Response]]:
    """Every response below an encounter or response, depth first, with its path."""
    for name, response in parent.responses.items():
        here = (*keys, "responses", name)
        yield here, response
        yield from responses_of(here, response)


def _named(
    context: Context,
    keys: Keys,
    value: str,
    choices: Collection[str],
    *,
    kind: str,
    at_key: bool = False,
) -> bool:
    """Reports an id that is not among the choices."""
    if value in choices:
        return True
    context.report("R01", keys, at_key=at_key, kind=kind, value=value, choices=tuple(choices))
    return False


def _check_offers(context: Context) -> None:
    scenario = context.scenario
    for index, name in enumerate(scenario.use):
        if name not in context.library.actions:
            choices = tuple(context.library.actions)
            context.report("R03", ("use", index), value=name, choices=choices)
    known = {*context.actions, *context.market_actions}
    known |= {*context.ids("actions"), *context.ids("market_actions")}
    for index, name in enumerate(scenario.offers):
        if not context.whole("offers"):
            break
        if _named(context, ("offers", index), name, sorted(known), kind="action") and (
            name in scenario.offers[:index]
        ):
            context.report("L27", ("offers", index), value=name)


def _check_ties(context: Context) -> None:
    customers = context.ids("customers")
    for name, customer in context.scenario.customers.items():
        for other in customer.ties:
            keys = ("customers", name, "ties", other)
            _named(context, keys, other, customers, kind="customer", at_key=True)
            if other == name:
                context.report("L48", keys, at_key=True)


def _check_encounters(context: Context) -> None:
    customers = context.ids("customers")
    for name, encounter in context.scenario.encounters.items():
        keys: Keys = ("encounters", name)
        if encounter.who != EACH:
            _named(context, (*keys, "who"), encounter.who, customers, kind="customer")
        for index, other in enumerate(encounter.among):
            _named(context, (*keys, "among", index), other, customers, kind="customer")
        _check_speaker(context, keys, encounter)


def _check_speaker(context: Context, keys: Keys, encounter: Encounter) -> None:
    customer = context.scenario.customers.get(encounter.who)
    if encounter.speaker is None or customer is None:
        return
    if not context.whole("customers", encounter.who, "people"):
        return
    people = tuple(customer.people) or (encounter.who,)
    if encounter.speaker not in people:
        context.report(
            "L45",
            (*keys, "speaker"),
            value=encounter.speaker,
            owner=encounter.who,
            choices=people,
        )


def _check_events(context: Context) -> None:
    rivals = context.ids("rivals")
    for name, event in context.scenario.events.items():
        keys: Keys = ("events", name)
        if event.rival is not None:
            _named(context, (*keys, "rival"), event.rival, rivals, kind="rival")
        _check_event_effect(context, (*keys, "effect"), event.effect)


def _check_event_effect(context: Context, keys: Keys, effect: EventEffect) -> None:
    customers = context.ids("customers")
    for field, ids in (("failure", effect.failure), ("stale", effect.stale)):
        for name in ids:
            _named(context, (*keys, field, name), name, customers, kind="customer", at_key=True)
    for index, name in enumerate((effect.mood and effect.mood.who) or ()):
        _named(context, (*keys, "mood", "who", index), name, customers, kind="customer")
    for index, name in enumerate(effect.wakes):
        place = (*keys, "wakes", index)
        if not _named(context, place, name, customers, kind="customer"):
            continue
        customer = context.scenario.customers.get(name)
        if customer is not None and customer.status != "unborn":
            context.report("L46", place)
    _check_variables(context, (*keys, "variables"), effect.variables)


def _check_variables(context: Context, keys: Keys, said: Iterable[str]) -> None:
    for name in said:
        known = context.ids("variables")
        _named(context, (*keys, name), name, known, kind="variable", at_key=True)


def _check_deed(context: Context, keys: Keys, deed: Deed) -> None:
    library = context.library
    _check_variables(context, (*keys, "effect", "variables"), deed.effect.variables)
    if deed.manner is not None:
        _named(context, (*keys, "manner"), deed.manner, library.manners, kind="manner")
    for protocol, step in deed.step.items():
        place = (*keys, "step", protocol)
        if not _named(context, place, protocol, library.protocols, kind="protocol", at_key=True):
            continue
        steps = [each.id for each in library.protocols[protocol].steps]
        numbers = [str(number) for number in range(1, len(steps) + 1)]
        _named(context, place, step, (*numbers, *steps), kind="step")


def _check_concepts(context: Context) -> None:
    for keys, index, concept in concepts_of(context):
        _named(
            context, (*keys, "teaches", index), concept, context.library.concepts, kind="concept"
        )


def concepts_of(context: Context) -> Iterator[tuple[Keys, int, str]]:
    """Every concept the scenario says it teaches: where, at which place in the list, its id."""
    scenario = context.scenario
    entries: list[tuple[Keys, list[str]]] = [((), scenario.teaches)]
    entries += [(keys, deed.teaches) for keys, deed in deeds_of(context)]
    for section in ("market_actions", "encounters", "events"):
        for name, entry in getattr(scenario, section).items():
            entries.append(((section, name), entry.teaches))
    for keys, teaches in entries:
        for index, concept in enumerate(teaches):
            yield keys, index, concept


def _check_parameters(context: Context) -> None:
    for name, value in context.scenario.parameters.items():
        keys: Keys = ("parameters", name)
        known = context.library.parameters
        if not _named(context, keys, name, known, kind="parameter", at_key=True):
            continue
        entry = known[name]
        if not entry.low <= value <= entry.high:
            context.report("L50", keys, value=value, low=entry.low, high=entry.high)
