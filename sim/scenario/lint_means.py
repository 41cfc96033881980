"""Hours, money, score, concepts: what is out of reach, without effect, or promised and not kept."""

from collections.abc import Iterator, Mapping

from sim.scenario.compile_rows import step_number
from sim.scenario.lint_numbers import all_money
from sim.scenario.lint_references import concepts_of, deeds_of
from sim.scenario.lint_survey import Survey
from sim.scenario.pruning import Keys
from sim.scenario.schema_rows import Deed, Response

_SERVED = ("active", "prospect")


def check_means(survey: Survey) -> None:
    """Reports what cannot be afforded, cannot work, or is never taught."""
    context = survey.context
    if context.whole("budget") and context.whole("turns"):
        _check_answers(survey)
    _check_needs(survey)
    _check_time(survey)
    _check_score(survey)
    _check_halves(survey)
    _check_concepts(survey)
    _check_parameters(survey)
    _check_steps(survey)
    _check_menu(survey)
    _check_kind(survey)


def _check_answers(survey: Survey) -> None:
    """Answers that no turn has the hours for, or the whole game not the money, told at the last."""
    hours, money = max(survey.context.scenario.budget.hours), all_money(survey.context)
    for name, encounter in survey.context.scenario.encounters.items():
        keys: Keys = ("encounters", name)
        for here, spent in _costs(keys, encounter.responses, (0.0, 0.0)):
            if spent[0] > hours or spent[1] > money:
                data = {"hours": spent[0], "money": spent[1], "limit": hours, "purse": money}
                survey.context.report("M01", here, at_key=True, **data)


def _costs(
    keys: Keys, responses: Mapping[str, Response], before: tuple[float, float]
) -> Iterator[tuple[Keys, tuple[float, float]]]:
    """What each course of an encounter has cost up to each response that costs something."""
    for name, each in responses.items():
        here = (*keys, "responses", name)
        spent = (before[0] + each.hours, before[1] + each.money)
        if each.hours or each.money:
            yield here, spent
        yield from _costs(here, each.responses, spent)


def _check_needs(survey: Survey) -> None:
    """Actions that ask for what can never be there."""
    if not survey.all_there:
        return
    studied = any(deed.effect.study for deed in survey.deeds)
    studied |= any(action.effect.study for action in survey.offered_market.values())
    customers = len(survey.context.scenario.customers)
    for index, name in enumerate(survey.context.scenario.offers):
        market, action = survey.offered_market.get(name), survey.offered.get(name)
        wanted = ""
        if market is not None and market.needs_study > 0 and not studied:
            wanted = "needs_study"
        elif action is not None and action.needs.evangelists > customers:
            wanted = "evangelists"
        elif action is not None and action.needs.knowledge > 0.0 and not _learns(survey):
            wanted = "knowledge"
        if wanted:
            survey.context.report("M02", ("offers", index), value=name, name=wanted)


def _learns(survey: Survey) -> bool:
    known = any(who.person.known or who.firm.known for who in survey.people)
    return known or bool(survey.revealed)


def _check_time(survey: Survey) -> None:
    """Too little time to see everybody once, or so much that nothing must be left undone."""
    context, scenario = survey.context, survey.context.scenario
    if not (survey.all_there and context.has_all_customers and context.whole("budget")):
        return
    if not survey.offered:
        return
    hours = scenario.budget.hours
    whole = hours[0] * scenario.turns if len(hours) == 1 else sum(hours)  # only a bound
    there = len([each for each in scenario.customers.values() if each.status in _SERVED])
    least = min(action.hours for action in survey.offered.values())
    if least * there > whole:
        context.report("M03", ("budget", "hours"), count=there, hours=least, limit=whole)
    dearest = max(action.hours for action in survey.offered.values())
    most = len(scenario.customers) * scenario.actions_per_customer * dearest
    most += scenario.most_open * max(_longest_answers(survey), default=0.0)
    for action in survey.offered_market.values():
        most += action.hours
    if min(hours) >= most > 0.0 and _money_never_binds(survey, most_deeds=there):
        context.report("M04", ("budget", "hours"), limit=most)


def _longest_answers(survey: Survey) -> Iterator[float]:
    for name, encounter in survey.context.scenario.encounters.items():
        for _, spent in _costs(("encounters", name), encounter.responses, (0.0, 0.0)):
            yield spent[0]


def _money_never_binds(survey: Survey, *, most_deeds: int) -> bool:
    scenario = survey.context.scenario
    dearest = max((each.money for each in survey.offered.values()), default=0.0)
    dearest *= most_deeds * scenario.actions_per_customer * scenario.turns
    return dearest <= all_money(survey.context)


def _check_score(survey: Survey) -> None:
    for name, share in survey.context.scenario.score.items():
        if share == 0.0:
            survey.context.report("M05", ("score", name), value=name)


def _check_halves(survey: Survey) -> None:
    """Effects that only work together with another one."""
    for keys, deed in deeds_of(survey.context):
        for field, wanted in _halves(deed):
            where = (*keys, "effect", field) if field != "step" else (*keys, field)
            # what is taken over from the library is not the author's to repair
            survey.context.report("M06", where, at_key=True, name=field, wanted=wanted)
    surveyed = any(deed.effect.survey for deed in survey.deeds)
    surveyed |= any(action.effect.survey for action in survey.offered_market.values())
    if survey.all_there and not surveyed:
        for keys, deed in deeds_of(survey.context):
            if deed.effect.follows_up:
                where = (*keys, "effect", "follows_up")
                survey.context.report("M06", where, at_key=True, name="follows_up", wanted="survey")


def _halves(deed: Deed) -> Iterator[tuple[str, str]]:
    effect = deed.effect
    if effect.failure_factor != 1.0 and not effect.failure_turns:
        yield "failure_factor", "failure_turns"
    if effect.failure_turns and effect.failure_factor == 1.0:
        yield "failure_turns", "failure_factor"
    if effect.coercive_turns and not (effect.coercive_procedural or effect.coercive_financial):
        yield "coercive_turns", "coercive_financial"
    if effect.shock is not None and effect.shock.to == effect.shock.from_:
        yield "shock", "from"
    if effect.deal_unprepared is not None and not effect.deal:
        yield "deal_unprepared", "deal"


def _check_concepts(survey: Survey) -> None:
    """Concepts that are announced and not taught, or written twice."""
    context = survey.context
    taught = {concept for deed in survey.deeds for concept in deed.teaches}
    taught |= {each for action in survey.offered_market.values() for each in action.teaches}
    for section in ("encounters", "events"):
        for entry in getattr(context.scenario, section).values():
            taught |= {*entry.teaches}
    taught |= _shown(survey)
    known = context.library.concepts
    for index, concept in enumerate(context.scenario.teaches):
        if not (survey.all_there and concept in known and context.whole("events")):
            break
        if concept not in taught and taught.isdisjoint(known[concept].see):
            context.report("M07", ("teaches", index), value=concept)
    seen: set[tuple[Keys, str]] = set()
    for keys, index, concept in concepts_of(context):
        if (keys, concept) in seen:
            context.report("M08", (*keys, "teaches", index), value=concept)
        seen.add((keys, concept))


def _shown(survey: Survey) -> set[str]:
    """What is shown without being named: the orders of steps that deeds follow."""
    steps = {protocol for deed in survey.deeds for protocol in deed.step}
    protocols = survey.context.library.protocols
    concepts = (protocols[name].concept for name in steps if name in protocols)
    return {concept for concept in concepts if concept is not None}


def _check_parameters(survey: Survey) -> None:
    known = survey.context.library.parameters
    for name, value in survey.context.scenario.parameters.items():
        if name in known and known[name].value == value:
            survey.context.report("M09", ("parameters", name), value=value)


def _check_steps(survey: Survey) -> None:
    """Steps of a protocol whose earlier steps nothing takes."""
    if not survey.all_there:
        return
    library = survey.context.library
    taken: dict[str, set[int]] = {name: set() for name in library.protocols}
    for deed in survey.deeds:
        for protocol, numbers in taken.items():
            numbers.add(step_number(library, protocol, deed))
    for keys, deed in deeds_of(survey.context):
        for protocol in deed.step:
            if protocol not in library.protocols:
                continue
            number = step_number(library, protocol, deed)
            if number > 1 and taken[protocol].isdisjoint(range(1, number)):
                name = library.protocols[protocol].steps[number - 2].id
                survey.context.report("M10", (*keys, "step", protocol), value=name)


def _check_menu(survey: Survey) -> None:
    """Libraries from which nothing is offered, and pauses longer than the game."""
    context, scenario = survey.context, survey.context.scenario
    extended = {name for names in survey.extending.values() for name in names}
    said = "use" in scenario.model_fields_set
    for index, name in enumerate(scenario.use if said else ()):
        library = context.library
        group = {*library.actions.get(name, {}), *library.market_actions.get(name, {})}
        if group and survey.all_there and not group & {*scenario.offers, *extended}:
            context.report("M11", ("use", index), value=name)
    for section in ("actions", "market_actions"):
        for name, action in getattr(scenario, section).items():
            if action.cooldown > scenario.turns and context.whole("turns"):
                keys = (section, name, "cooldown")
                context.report("M12", keys, value=action.cooldown, limit=scenario.turns)


def _check_kind(survey: Survey) -> None:
    """The kind of the scenario against the customers there are."""
    context, scenario = survey.context, survey.context.scenario
    if not (context.whole("kind") and context.whole("customers")):
        return
    firms = [name for name, each in scenario.customers.items() if each.people]
    if scenario.kind == "consumer" and firms:
        context.report("M13", ("kind",), value=scenario.kind, other=firms[0])
    elif scenario.kind != "consumer" and not firms:
        only = all(each.kind == "consumer" for each in scenario.customers.values())
        if only:
            context.report("M14", ("kind",), value=scenario.kind)
