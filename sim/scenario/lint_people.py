"""What can be seen and found out of people, and whether anything can be done for them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sim.paths import assets_dir
from sim.scenario.compile_rows import allowed_statuses
from sim.scenario.lint_survey import Somebody, Survey
from sim.scenario.marked import MarkedDict
from sim.scenario.pruning import Keys

NOBODY = "p00"  # the plain figure of somebody without a picture
_BECOMES: Mapping[str, frozenset[str]] = {
    "unborn": frozenset({"prospect", "active", "lapsed", "released"}),
    "prospect": frozenset({"prospect", "active", "lapsed", "released"}),
    "active": frozenset({"active", "lapsed", "released"}),
    "lapsed": frozenset({"lapsed", "active", "released"}),
    "released": frozenset({"released"}),
}


def check_people(survey: Survey) -> None:
    """Reports people whom nobody can read, reach or tell apart."""
    for who in survey.people:
        _check_prior(survey, who)
        _check_motives(survey, who)
    _check_clues(survey)
    _check_pictures(survey)
    _check_reach(survey)
    _check_uses(survey)
    _check_overrides(survey)


def _check_clues(survey: Survey) -> None:
    """Clues must fit their speaker; a style that is to be guessed needs one."""
    scenario = survey.context.scenario
    for who in survey.people:
        spoken = survey.encounters_of.get((who.customer, who.id), ())
        style = who.person.style
        for name in spoken:
            clue = scenario.encounters[name].clue
            if clue is not None and style is not None and clue.style != style:
                keys = ("encounters", name, "clue", "style")
                survey.context.report("P02", keys, value=clue.style, wanted=style)
        silent = all(scenario.encounters[name].clue is None for name in spoken)
        if style is not None and silent and _is_hidden(survey, who):
            survey.context.report("P01", (*who.keys, "style"))


def _is_hidden(survey: Survey, who: Somebody) -> bool:
    """Whether a style is to be found out, and nothing on offer finds it out."""
    if survey.knows(who, "style") or not survey.all_there:
        return False
    return "style" not in survey.revealed


def _check_prior(survey: Survey, who: Somebody) -> None:
    prior, style = who.person.prior.style, who.person.style  # type: ignore[attr-defined]
    if not prior or style is None or not survey.context.whole(*who.keys):
        return
    keys = (*who.keys, "prior", "style")
    if survey.knows(who, "style"):
        survey.context.report("P04", keys, at_key=True)
    elif prior.get(style, 0.0) == 0.0:
        survey.context.report("P03", keys, at_key=True, value=style)


def _check_motives(survey: Survey, who: Somebody) -> None:
    """Somebody whose every motive is one to which nothing that can be done appeals."""
    moved = [motive for motive, weight in who.person.motives.items() if weight > 0.0]
    some = survey.all_there and bool(survey.appealing)  # appeals are used at all
    if moved and some and survey.appealing.isdisjoint(moved):
        keys = (*who.keys, "motives")
        survey.context.report("P09", keys, at_key=True, value=", ".join(moved))


@cache
def _shipped(folder: str, suffix: str) -> frozenset[str]:
    """The names of the pictures there are; none where the program was installed without them."""
    return frozenset(path.stem for path in (assets_dir() / folder).glob(f"*{suffix}"))


def _check_pictures(survey: Survey) -> None:
    faces = {name.partition("-")[0] for name in _shipped("portraits", "-calm.png")}
    seen: dict[str, str] = {}
    for keys, owner, portrait in _portraits(survey):
        if faces and portrait not in {*faces, NOBODY}:
            choices = sorted(faces)
            survey.context.report("P05", keys, value=portrait, choices=choices)
        elif portrait != NOBODY and seen.setdefault(portrait, owner) != owner:
            survey.context.report("P07", keys, value=portrait, other=seen[portrait])
    icons = _shipped("icons", ".svg")
    for section in ("actions", "market_actions"):
        for name, action in getattr(survey.context.scenario, section).items():
            if icons and action.icon not in icons and "icon" in action.model_fields_set:
                keys = (section, name, "icon")
                survey.context.report("P06", keys, value=action.icon, choices=sorted(icons))


def _portraits(survey: Survey) -> Iterator[tuple[Keys, str, str]]:
    for name, customer in survey.context.scenario.customers.items():
        entries = [(("customers", name), name, customer)]
        entries += [
            (("customers", name, "people", ident), ident, person)  # type: ignore[misc]
            for ident, person in customer.people.items()
        ]
        for keys, owner, entry in entries:
            if entry.portrait is not None:
                yield (*keys, "portrait"), owner, entry.portrait


def _check_reach(survey: Survey) -> None:
    """Customers for whom nothing can be done, and who never say anything."""
    if not survey.all_there:
        return
    allowed = {status for action in survey.offered.values() for status in allowed_statuses(action)}
    for name, customer in survey.context.scenario.customers.items():
        if name not in survey.speaking and not allowed & _BECOMES[customer.status]:
            survey.context.report("P08", ("customers", name), at_key=True)


def _check_uses(survey: Survey) -> None:
    """Actions that build on knowledge nobody can have."""
    if not (survey.all_there and survey.context.whole("customers")):
        return
    known = {kind for who in survey.people for kind in (*who.person.known, *who.firm.known)}
    for name, action in survey.context.scenario.actions.items():
        if name not in survey.offered or "uses" not in action.model_fields_set:
            continue
        for index, kind in enumerate(action.uses):
            if kind not in survey.revealed | known:
                survey.context.report("P10", ("actions", name, "uses", index), value=kind)


def _check_overrides(survey: Survey) -> None:
    """Fields that say again what the entry they extend says already."""
    shelf = survey.context.library.shelf
    for section in ("customers", "actions", "market_actions"):
        for name, entry in survey.written(section).items():
            other = entry.get("extends") if isinstance(entry, MarkedDict) else None
            if isinstance(other, str):
                base = _base(survey, section, name, other) or shelf.get(section, {}).get(other)
                _compare(survey, (section, name), entry, base)


def _base(survey: Survey, section: str, name: str, other: str) -> Any:
    return None if other == name else survey.context.data.get(section, {}).get(other)


def _compare(survey: Survey, keys: Keys, entry: MarkedDict, base: Any) -> None:
    if not isinstance(base, MarkedDict):
        return
    for field, value in entry.items():
        if field in base and field != "extends" and base[field] == value:
            survey.context.report("P11", (*keys, field), at_key=True, value=entry["extends"])
