"""From what was measured to what is shown of a scenario's balance.

balance_view(found, loaded, lang) -> Findings       for the page and for text
balance_json(found, loaded, lang) -> plain data        for `--json`
"""

from collections.abc import Iterator
from dataclasses import asdict
from math import isfinite
from typing import Any

from sim.engine.step import RULES_VERSION
from sim.lab.balance.balance import EXPERT, Balance
from sim.lab.balance.faults import APART, MENU, RARE, SPREAD, Fault, faults, undecided
from sim.lab.balance.measures import Estimate, Worth
from sim.lab.balance.places import Places
from sim.lab.balance.uses import Use
from sim.lab.policies import NAMES, POLICY_VERSION
from sim.scenario.diagnostics import Place
from sim.scenario.load import Loaded
from sim.view import balance_charts as charts
from sim.view.balance_names import Names
from sim.view.balance_words import count, points, say
from sim.view.findings_model import Findings, Part, Smell, Talk, Tile
from sim.view.review_model import Table
from sim.view.review_words import number
from sim.view.words import percent

FORMAT = 1  # of `balance_json`
# Whose choices are in the tables: of everybody who makes any, the expert first.
_SHOWN = tuple(name for name in NAMES if name != "nothing")


def balance_view(found: Balance, loaded: Loaded, lang: str) -> Findings:
    """Everything there is to see.

    Args:
        found: what was measured.
        loaded: the scenario it was measured in.
        lang: `en` or `zh`.
    """
    names, places = Names(loaded, lang), Places(loaded)
    smells = tuple(_smell(fault, names, places, lang) for fault in faults(found))
    return Findings(
        title=say(lang, "balance.title", title=names.title),
        basis=_basis(found, lang),
        verdict=say(lang, "balance.verdict", n=len(smells))
        if smells
        else say(lang, "balance.fine"),
        smells=smells,
        tiles=tuple(_tiles(found, lang)),
        parts=tuple(_parts(found, names, lang)),
        offers_title=say(lang, "balance.offers"),
        offers=_offers(found, names, places, lang),
        offers_note=say(lang, "balance.offers_note"),
        talks_title=say(lang, "balance.talks"),
        talks_note=say(lang, "balance.talks_note"),
        talks=tuple(_talks(found, names, places, lang)),
    )


def sentence(fault: Fault, subject: str, lang: str) -> str:
    """What is wrong, for a reader.

    Args:
        fault: one that was found.
        subject: what it is about, as the reader knows it.
        lang: `en` or `zh`.
    """
    limits = {"apart": number(APART), "least": number(SPREAD), "low": MENU[0], "high": MENU[1]}
    shown = {
        name: number(value, 1) if isinstance(value, float) else value
        for name, value in fault.data.items()
    }
    return say(lang, f"balance.smell.{_kind(fault)}", subject=subject, **limits, **shown)


def _kind(fault: Fault) -> str:
    return fault.code.partition("/")[2].replace("-", "_")


def _smell(fault: Fault, names: Names, places: Places, lang: str) -> Smell:
    return Smell(
        code=fault.code,
        subject=fault.subject,
        where=where(places.of_subject(fault.subject)),
        text=sentence(fault, names.subject(fault.subject), lang),
        advice=say(lang, f"balance.advice.{_kind(fault)}", rare=percent(RARE)),
    )


def where(place: Place) -> str:
    """A place as compilers write it, so that an editor can go there."""
    return f"{place.path}:{place.line}:{place.column}"


def _basis(found: Balance, lang: str) -> str:
    return say(
        lang,
        "balance.basis",
        games=count(found.seeds),
        bots=len(found.bots),
        all=count(found.seeds * len(found.bots)),
        forked=count(found.forked),
        decisions=count(sum(_decisions(each) for each in found.worth)),
    )


def _decisions(found: Worth | None) -> int:
    if found is None:
        return 0
    return sum(each.decisions for each in (found.taken, found.elsewhere) if each is not None)


def _tiles(found: Balance, lang: str) -> Iterator[Tile]:
    """The figures of the scenario as a whole."""
    par = found.par
    low, high = number(par.nothing, 1), number(par.expert, 1)
    yield Tile(
        say(lang, "balance.range"),
        number(par.expert - par.nothing, 1),
        say(lang, "balance.range_note", low=low, high=high, error=number(par.error)),
    )
    if found.luck is not None:
        note = say(
            lang,
            "balance.luck_note",
            chance=number(found.luck.chance),
            skill=number(found.luck.skill),
        )
        yield Tile(say(lang, "balance.luck"), percent(found.luck.share), note)
    stakes = [each.mean for each in found.stakes if each is not None]
    if stakes:
        mean = sum(stakes) / len(stakes)
        yield Tile(say(lang, "balance.stake"), number(mean), say(lang, "balance.stake_note"))
    tenth, ninetieth = found.of("random").tenths
    random = say(lang, "balance.random_note", low=number(tenth, 0), high=number(ninetieth, 0))
    yield Tile(say(lang, "balance.random"), number(found.of("random").grade, 0), random)


def _parts(found: Balance, names: Names, lang: str) -> Iterator[Part]:
    reached = (charts.grades(found, names, lang), charts.endings(found, names, lang))
    yield Part(say(lang, "balance.part.reached"), reached)
    decided = [
        charts.stakes(found, names, lang),
        charts.worths(found, names, lang),
        charts.talk_stakes(found, names, lang),
    ]
    shown = tuple(each for each in decided if each is not None)
    if shown:
        yield Part(say(lang, "balance.part.decided"), shown)
    concepts = charts.concepts(found, names, lang)
    if concepts is not None:
        yield Part(say(lang, "balance.part.taught"), (concepts,))


# --- what is on offer -----------------------------------------------------------------------------


def _offers(found: Balance, names: Names, places: Places, lang: str) -> Table:
    rows = []
    for place, use in enumerate(found.uses):
        if use.kind != "response":
            name = names.with_id(names.option(use.path), use.name)
            told = where(places.of_option(use.path))
            rows.append((name, *_cells(found, place, use, lang), told))
    columns = _columns("balance.column.action", names, lang)
    return Table((*columns, say(lang, "balance.column.where")), tuple(rows))


def _talks(found: Balance, names: Names, places: Places, lang: str) -> Iterator[Talk]:
    """Encounter by encounter, its answers indented under what they follow."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for place, use in enumerate(found.uses):
        if use.kind == "response":
            name = "→ " * (len(use.path) - 2)
            name += names.with_id(names.answer(use.path), use.path[-1])
            line = str(places.of_option(use.path).line)
            rows.setdefault(use.path[0], []).append((name, *_cells(found, place, use, lang), line))
    columns = (*_columns("balance.column.answer", names, lang), say(lang, "balance.column.line"))
    for encounter, lines in rows.items():
        stake = charts.stake_of(found, encounter)
        yield Talk(
            id=encounter,
            title=names.with_id(names.encounter(encounter), encounter),
            where=where(places.of_encounter(encounter)),
            note="" if stake is None else say(lang, "balance.talk_stake", points=number(stake)),
            table=Table(columns, tuple(lines)),
        )


def _columns(first: str, names: Names, lang: str) -> tuple[str, ...]:
    expert, *others = (names.bot(each) for each in _SHOWN)
    worth = (say(lang, "balance.column.taken"), say(lang, "balance.column.elsewhere"))
    last = (say(lang, "balance.column.chances"), say(lang, "balance.column.remark"))
    return (say(lang, first), expert, *worth, *others, *last)


def _cells(found: Balance, place: int, use: Use, lang: str) -> tuple[str, ...]:
    """What is told of one thing on offer beside its name."""
    worth = found.worth[place] if found.worth else None
    expert, *others = (_share(found.others[each][place]) for each in _SHOWN)
    return (
        expert,
        points(lang, None if worth is None else worth.taken),
        points(lang, None if worth is None else worth.elsewhere),
        *others,
        count(use.chances),
        say(lang, "line.semicolon").join(_remarks(found, use, worth, lang)),
    )


def _share(use: Use) -> str:
    return percent(use.share) if use.chances else "–"


def _remarks(found: Balance, use: Use, worth: Worth | None, lang: str) -> Iterator[str]:
    """What stands out: always or never taken, and worth that speaks against the expert.

    That nobody wise gives the wrong answers beside a right one goes without saying.
    """
    if use in undecided(found):
        yield say(lang, f"balance.habit.{use.habit}")
    reason = found.deliberate.get(use.path)
    if reason is not None:
        because = reason.because.in_language("zh" if lang == "zh" else "en")
        yield say(lang, "balance.meant", because=because)
    taken, elsewhere = (None, None) if worth is None else (worth.taken, worth.elsewhere)
    if elsewhere is not None and elsewhere.low > 0.0:
        yield say(lang, "balance.remark.missed")
    if taken is not None and taken.high < 0.0:
        yield say(lang, "balance.remark.costly")


# --- as data --------------------------------------------------------------------------------------


def balance_json(found: Balance, loaded: Loaded, lang: str) -> dict[str, Any]:
    """The same as plain data, the same to the last bit wherever and by how many it was played.

    Args:
        found: what was measured.
        loaded: the scenario it was measured in.
        lang: of the sentences of the smells.
    """
    names, places = Names(loaded, lang), Places(loaded)
    smells = (_smell(fault, names, places, lang) for fault in faults(found))
    return {
        "format": FORMAT,
        "scenario": found.scenario,
        "fingerprint": found.fingerprint,
        "rules_version": RULES_VERSION,
        "policy_version": POLICY_VERSION,
        "games_per_bot": found.seeds,
        "games": found.seeds * len(found.bots),
        "forked_games": found.forked,
        "par": asdict(found.par),
        "bots": [_bot(found, name) for name in (bot.name for bot in found.bots)],
        "luck": None if found.luck is None else asdict(found.luck),
        "stakes": [_estimate(each) for each in found.stakes],
        "options": [_option(found, place, use, places) for place, use in enumerate(found.uses)],
        "concepts": {
            name: {bot: asdict(each[name]) for bot, each in found.concepts.items()}
            for name in found.concepts.get(EXPERT, {})
        },
        "smells": [asdict(smell) for smell in smells],
    }


def _bot(found: Balance, name: str) -> dict[str, Any]:
    bot = found.of(name)
    low, high = bot.interval
    tenth, ninetieth = bot.tenths
    return {
        "name": name,
        "score": bot.mean,
        "score_low": low,
        "score_high": high,
        "grade": bot.grade,
        "grade_p10": tenth,
        "grade_p90": ninetieth,
        "endings": {end: bot.share(end) for end in found.endings},
    }


def _option(found: Balance, place: int, use: Use, places: Places) -> dict[str, Any]:
    worth = found.worth[place] if found.worth else None
    reason = found.deliberate.get(use.path)
    return {
        "kind": use.kind,
        "path": list(use.path),
        "where": where(places.of_option(use.path)),
        "habit": use.habit,
        "deliberate": None if reason is None else reason.expert,
        "bots": {
            bot: {"chances": each[place].chances, "taken": each[place].taken}
            for bot, each in found.others.items()
        },
        "worth_taken": _estimate(None if worth is None else worth.taken),
        "worth_elsewhere": _estimate(None if worth is None else worth.elsewhere),
        "instead_of_expert": None if worth is None else worth.off,
    }


def _estimate(found: Estimate | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {name: value if isfinite(value) else None for name, value in vars(found).items()}
