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
    """Entries that nothing offers, extends, names, changes or asks for."""
    scenario = context.scenario
    extended = set(_extended(context))
    for section in ("actions", "market_actions"):
        if context.whole(section) and context.whole("offers"):
            _check_names(context, section, {*scenario.offers, *extended}, "L24")
    if not context.whole("events"):
        return
    used = {event.rival for event in scenario.events.values() if event.rival is not None}
    if context.whole("rivals"):
        _check_names(context, "rivals", used, "L25")
    acting = ("variables", "actions", "encounters")
    if conditions.complete and all(context.whole(section) for section in acting):
        _check_names(context, "variables", _counted(context, conditions), "L25")


def _check_names(context: Context, section: str, used: set[str], code: str) -> None:
    for name in getattr(context.scenario, section):
        if name not in used:
            context.report(code, (section, name), at_key=True, value=name)


def _counted(context: Context, conditions: Conditions) -> set[str]:
    """The variables that something changes or asks for."""
    effects = [deed.effect.variables for _, deed in deeds_of(context)]
    effects += [event.effect.variables for event in context.scenario.events.values()]
    return {name for variables in effects for name in variables} | set(conditions.names)


def _extended(context: Context) -> list[str]:
    """Ids that another entry extends, read from the lines because merging forgets them."""
    marker = "extends:"
    return [
        line.partition(marker)[2].partition("#")[0].partition(",")[0].strip(" }\r")
        for line in context.source.lines
        if marker in line
    ]


def _check_id(context: Context) -> None:
    folder = context.path.resolve().parent.name
    if (
        context.path.name == "scenario.yaml"
        and context.whole("id")
        and folder != context.scenario.id
    ):
        context.report("L60", ("id",), value=folder)
