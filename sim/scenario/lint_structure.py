"""What is there but never used, and endings that are never told."""

from sim.scenario.lint_conditions import Conditions
from sim.scenario.lint_context import Context
from sim.scenario.lint_references import deeds_of


def check_structure(context: Context, conditions: Conditions) -> None:
    """Reports endings out of reach and things defined in vain."""
    _check_endings(context)
    _check_events(context)
    _check_unused(context, conditions)
    _check_id(context)


def _check_endings(context: Context) -> None:
    endings = context.scenario.endings
    if not context.whole("endings"):
        return
    names = list(endings)
    if endings[names[-1]].when is not None:
        context.report("L40", ("endings", names[-1]), at_key=True)
    for index, name in enumerate(names[1:], 1):
        if endings[names[index - 1]].when is None:
            context.report("L41", ("endings", name), at_key=True)


def _check_events(context: Context) -> None:
    for name, event in context.scenario.events.items():
        unset = event.turn is None and event.when is None and event.chance == 1.0
        if unset and context.whole("events", name):
            context.report("L23", ("events", name), at_key=True)


def _check_unused(context: Context, conditions: Conditions) -> None:
    scenario = context.scenario
    if not context.whole():
        return
    extended = set(_extended(context))
    for section in ("actions", "market_actions"):
        for name in getattr(scenario, section):
            if name not in scenario.offers and name not in extended:
                context.report("L24", (section, name), at_key=True, value=name)
    shifted = {
        name for _, deed in deeds_of(context) for name in deed.effect.variables
    } | {name for event in scenario.events.values() for name in event.effect.variables}
    for name in scenario.variables:
        if name not in conditions.names and name not in shifted:
            context.report("L25", ("variables", name), at_key=True, value=name)
    rivals = {event.rival for event in scenario.events.values()}
    for name in scenario.rivals:
        if name not in rivals:
            context.report("L25", ("rivals", name), at_key=True, value=name)


def _extended(context: Context) -> list[str]:
    """Ids that another entry extends, read from the lines because merging forgets them."""
    marker = "extends:"
    return [
        line.partition(marker)[2].partition("#")[0].partition(",")[0].strip(" }\r")
        for line in context.lines
        if marker in line
    ]


def _check_id(context: Context) -> None:
    folder = context.path.resolve().parent.name
    if context.path.name == "scenario.yaml" and context.whole("id") and folder != context.scenario.id:
        context.report("L60", ("id",), value=folder)
