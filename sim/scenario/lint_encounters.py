"""The trees of responses: their size, and whether the choice in them is one."""

from collections.abc import Mapping

from sim.scenario.lint_context import Context
from sim.scenario.lint_references import responses_of
from sim.scenario.pruning import Keys
from sim.scenario.schema_rows import Effect, Response
from sim.scenario.schema_scenario import Encounter

MOST_DEPTH = 4
MOST_PATHS = 64
FEWEST = 3
_GOOD = (
    "quality",
    "bond",
    "deal",
    "trust",
    "earned_procedural",
    "earned_financial",
    "listening",
    "calming",
    "siding",
    "speed",
    "stay_shift",
)


def check_encounters(context: Context) -> None:
    """Reports encounters that are too large, never open, or leave nothing to choose."""
    for name, encounter in context.scenario.encounters.items():
        keys: Keys = ("encounters", name)
        _check_opening(context, keys, encounter)
        if not _check_size(context, keys, encounter):
            continue
        if len(encounter.responses) < FEWEST and context.whole(*keys):
            context.report("L35", (*keys, "responses"), at_key=True, count=len(encounter.responses))
        _check_choice(context, (*keys, "responses"), encounter.responses)
        for here, response in responses_of(keys, encounter):
            _check_choice(context, (*here, "responses"), response.responses)
            if _changes_nothing(response):
                context.report("L36", here, at_key=True)


def _check_opening(context: Context, keys: Keys, encounter: Encounter) -> None:
    said = {encounter.turn, encounter.when, encounter.on}
    if said == {None} and encounter.chance == 1.0 and context.whole(*keys):
        context.report("L23", keys, at_key=True)


def _check_size(context: Context, keys: Keys, encounter: Encounter) -> bool:
    """Reports a tree that is too deep or too wide; True when it is neither."""
    fits = True
    for here, _ in responses_of(keys, encounter):
        depth = (len(here) - len(keys)) // 2
        if depth == MOST_DEPTH + 1:
            context.report("L30", here, at_key=True, limit=MOST_DEPTH, count=depth)
            fits = False
    paths = ways_through(encounter.responses)
    if paths > MOST_PATHS:
        context.report("L31", (*keys, "responses"), at_key=True, count=paths, limit=MOST_PATHS)
        fits = False
    return fits


def ways_through(responses: Mapping[str, Response]) -> int:
    """How many complete courses a tree of responses has."""
    return sum(
        ways_through(response.responses) if response.responses else 1
        for response in responses.values()
    )


def _check_choice(context: Context, keys: Keys, responses: Mapping[str, Response]) -> None:
    """Looks at the responses of one moment side by side."""
    if not context.whole(*keys):
        return
    if responses and all(response.if_ is not None for response in responses.values()):
        context.report("L32", keys, at_key=True)
    _check_deliberate(context, keys, responses)
    names = list(responses)
    for index, name in enumerate(names):
        for other in names[:index]:
            _compare(context, keys, (name, other), responses)


def _check_deliberate(context: Context, keys: Keys, responses: Mapping[str, Response]) -> None:
    """What is said of the expert must leave it something to choose, and only one thing always."""
    said = {name: each.deliberate.expert for name, each in responses.items() if each.deliberate}
    always = [name for name, word in said.items() if word == "always"]
    for name in always[1:]:
        context.report("L37", (*keys, name, "deliberate"), at_key=True, value=always[0])
    if responses and list(said.values()).count("never") == len(responses):
        context.report("L38", keys, at_key=True)


def _compare(
    context: Context, keys: Keys, names: tuple[str, str], responses: Mapping[str, Response]
) -> None:
    later, earlier = (responses[name] for name in names)
    if later.say == earlier.say:
        context.report("L34", (*keys, names[0], "say"))
    for worse, better, name, other in (
        (later, earlier, names[0], names[1]),
        (earlier, later, names[1], names[0]),
    ):
        if _dominated(worse, better):
            context.report("L33", (*keys, name), at_key=True, value=other)


def _dominated(worse: Response, better: Response) -> bool:
    """Whether a response costs no less and does no more good, and differs in nothing else."""
    if worse.if_ is not None or better.if_ is not None or worse.responses or better.responses:
        return False
    if worse.hours < better.hours or worse.money < better.money or worse.contacts < better.contacts:
        return False
    if _rest(worse) != _rest(better):
        return False
    pairs = [(getattr(worse.effect, name), getattr(better.effect, name)) for name in _GOOD]
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)


def _rest(response: Response) -> tuple[object, ...]:
    """Everything about a response whose good or bad a comparison cannot tell."""
    effect = response.effect.model_dump(exclude=set(_GOOD))
    own = ("family", "tone", "manner", "step", "reveal", "uses", "reads", "notes", "appeal")
    return (effect, *(getattr(response, name) for name in own))


def _changes_nothing(response: Response) -> bool:
    if response.responses or response.reveal or response.step or response.reads or response.notes:
        return False
    return response.effect == Effect() and not (response.hours or response.money)
