"""What can never happen: encounters nobody lives to see, endings that others cover, idle fields.

The game is gone through turn by turn on paper: what may have happened by then narrows the ranges of
the names in conditions. All is assumed to go as the author may hope, so what is called impossible
is impossible.
"""

from collections.abc import Iterator, Mapping

from sim.scenario.diagnostics import make, within
from sim.scenario.expressions import Expression
from sim.scenario.expressions.ranges import Ranges, opposite
from sim.scenario.expressions.tree import Joined, Node
from sim.scenario.lint_context import joined
from sim.scenario.lint_survey import Survey
from sim.scenario.lint_timeline import Timeline
from sim.scenario.pruning import Keys
from sim.scenario.schema_scenario import Encounter

EACH = "each"
_FROM: Mapping[str, frozenset[str]] = {
    "unborn": frozenset({"unborn", "prospect", "active", "lapsed", "released"}),
    "prospect": frozenset({"prospect", "active", "lapsed", "released"}),
    "active": frozenset({"active", "lapsed", "released"}),
    "lapsed": frozenset({"lapsed", "active", "released"}),
    "released": frozenset({"released"}),
}


def check_reach(survey: Survey) -> None:
    """Reports what can never happen and what is written in vain."""
    for name, encounter in survey.context.scenario.encounters.items():
        _check_speakers(survey, ("encounters", name), encounter)
    _check_chances(survey)
    _check_promises(survey)
    _check_parts(survey)
    context = survey.context
    if not (survey.conditions.complete and context.has_all_customers and context.whole("turns")):
        return
    if context.whole("endings"):
        _check_endings(survey)
    if survey.all_there and context.whole("events"):
        _check_newcomers(survey)
        if context.whole("variables"):
            _check_variables(survey)
            _check_timeline(survey, Timeline(survey))


def _check_speakers(survey: Survey, keys: Keys, encounter: Encounter) -> None:
    """Fields of an encounter that fit nobody, or change nothing."""
    context = survey.context
    if encounter.among and encounter.who != EACH:
        context.report("O11", (*keys, "among"), at_key=True, name="among")
    if encounter.speaker is not None and encounter.who == EACH:
        context.report("O11", (*keys, "speaker"), at_key=True, name="speaker")
    customer = context.scenario.customers.get(encounter.who)
    if customer is not None and not _FROM[customer.status] & {*encounter.status}:
        where = (*keys, "status") if "status" in encounter.model_fields_set else (*keys, "who")
        context.report("O08", where, value=encounter.who, name=customer.status)


def _check_chances(survey: Survey) -> None:
    for section in ("encounters", "events"):
        for name, entry in getattr(survey.context.scenario, section).items():
            if entry.chance == 0.0:
                survey.context.report("O10", (section, name, "chance"))
            if entry.turn is not None and entry.repeat:
                survey.context.report("O09", (section, name, "repeat"), at_key=True)


def _check_promises(survey: Survey) -> None:
    """Promises that fall due after the game."""
    last = survey.context.scenario.turns
    if not survey.context.whole("turns"):
        return
    for keys, name, response in survey.answers:
        turn = survey.context.scenario.encounters[name].turn
        if turn == last and response.effect.promise is not None:
            survey.context.report("O12", (*keys, "effect", "promise"), limit=last)


def _check_parts(survey: Survey) -> None:
    """Parts of a condition that can never, or must always, be true."""
    context = survey.context
    if not (context.whole("turns") and context.has_all_customers):
        return
    for keys, expression in survey.written_conditions:
        if not isinstance(expression.tree, Joined) or expression.truth() is not None:
            continue
        ranges = Ranges(expression.names)
        for part in _parts(expression.tree):
            code = _verdict(ranges, part)
            if code:
                at = context.place(keys)
                words = expression.text[slice(*part.span)]
                problem = make(code, at._replace(line=1, column=part.span[0] + 1), value=words)
                lines = context.source.lines[at.line - 1 :]
                context.problems.append(within(problem, at, lines, joined(keys)))


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Joined):
        for part in node.parts:
            yield from _parts(part)
    else:
        yield node


def _verdict(ranges: Ranges, part: Node) -> str:
    if ranges.never(part):
        return "O04"
    return "O03" if ranges.never(opposite(part)) else ""


def _check_endings(survey: Survey) -> None:
    """Endings for which those before them leave nothing."""
    before: list[tuple[str, Expression]] = []
    for name, ending in survey.context.scenario.endings.items():
        keys: Keys = ("endings", name)
        expression = survey.conditions.expressions.get(joined((*keys, "when")))
        covering = _covering(before, expression)
        if covering:
            survey.context.report("O05", keys, at_key=True, value=covering)
        if ending.when is None:
            break
        if expression is not None and expression.truth() is None:
            before.append((name, expression))


def _covering(before: list[tuple[str, Expression]], expression: Expression | None) -> str:
    """The ending, or the last of those, that take every game in which this one could be told."""
    if not before or (expression is not None and expression.truth() is not None):
        return ""
    ranges = Ranges(before[0][1].names)
    own = (expression.tree,) if expression is not None else ()
    for name, other in before:
        if own and ranges.never(Joined("and", (*own, opposite(other.tree)))):
            return name
    rest = tuple(opposite(other.tree) for _, other in before)
    whole = (*own, *rest)
    never = ranges.never(Joined("and", whole)) if len(whole) > 1 else ranges.never(whole[0])
    return before[-1][0] if never else ""


def _check_newcomers(survey: Survey) -> None:
    """Customers who wait for ever to be brought in."""
    if survey.wakes_anybody:
        return
    woken = {name for each in survey.context.scenario.events.values() for name in each.effect.wakes}
    for name, customer in survey.context.scenario.customers.items():
        if customer.status == "unborn" and name not in woken:
            survey.context.report("O07", ("customers", name, "status"))


def _check_variables(survey: Survey) -> None:
    """Numbers that are asked for and never change, or change and are never asked for."""
    asked, moved = survey.conditions.names, survey.moves
    for name in survey.context.scenario.variables:
        if name in asked and name not in moved:
            survey.context.report("O13", ("variables", name), at_key=True, value=name)
        elif name in moved and name not in asked:
            survey.context.report("O14", ("variables", name), at_key=True, value=name)


def _check_timeline(survey: Survey, timeline: Timeline) -> None:
    for keys, expression in survey.written_conditions:
        if expression.truth() is None and timeline.is_dead(keys):
            cause = timeline.waits_for(keys, expression)
            code = "O01" if cause else "O02"
            survey.context.report(code, keys, value=cause or joined(keys[:-1]))
    for name in timeline.absent:
        keys = ("encounters", name)
        turn = survey.context.scenario.encounters[name].turn
        where = (*keys, "turn") if turn is not None else (*keys, "who")
        who = survey.context.scenario.encounters[name].who
        survey.context.report("O06", where, value=who)
    for name, other in timeline.crowded:
        survey.context.report("O15", ("encounters", name, "turn"), value=other)
