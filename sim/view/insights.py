"""From what players did to what is shown of a scenario's items.

insights_view(found, loaded, left_out, lang) -> Findings     for the page and for text
insights_json(found, loaded, left_out, lang) -> plain data   for `--json`
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sim.engine.state import Style
from sim.errors import SimError
from sim.exact import fixed_sum
from sim.lab.balance.places import Places
from sim.lab.insights.correlation import Correlation
from sim.lab.insights.flags import Flag, flags
from sim.lab.insights.items import Item, Items, Split
from sim.play.gathered import LeftOut
from sim.scenario.load import Loaded
from sim.view import words
from sim.view.balance import where
from sim.view.balance_names import Names
from sim.view.balance_words import count, has, say
from sim.view.findings_model import Findings, Mark, Part, RangeChart, Row, Smell, Talk, Tile
from sim.view.review_axes import scale, shares
from sim.view.review_model import Axis, Table, Tick
from sim.view.review_words import number, signed
from sim.view.words import percent

FORMAT = 1  # of `insights_json`
_MOST = 40  # items in a drawing; the tables have them all
_STYLES = tuple(style.name.lower() for style in Style)


def insights_view(found: Items, loaded: Loaded, left_out: Sequence[LeftOut], lang: str) -> Findings:
    """Everything there is to see.

    Args:
        found: what was measured.
        loaded: the scenario.
        left_out: files that were not counted.
        lang: `en` or `zh`.
    """
    names, places = Names(loaded, lang), Places(loaded)
    smells = tuple(_smell(flag, names, places, lang) for flag in flags(found))
    fine = say(lang, "insights.fine")
    return Findings(
        title=say(lang, "insights.title", title=names.title),
        basis=say(lang, "insights.basis", n=found.games, left=len(left_out)),
        verdict=say(lang, "insights.verdict", n=len(smells)) if smells else fine,
        smells=smells,
        tiles=tuple(_tiles(found, lang)),
        parts=tuple(_parts(found, names, lang)),
        offers_title=say(lang, "balance.offers"),
        offers=_offers(found, names, places, lang),
        offers_note=say(lang, "insights.offers_note"),
        talks_title=say(lang, "balance.talks"),
        talks_note=say(lang, "insights.talks_note"),
        talks=tuple(_talks(found, names, places, lang)),
        left_out_title=say(lang, "insights.left_out", n=len(left_out)),
        left_out=tuple(told_left_out(each, lang) for each in left_out),
    )


def told_left_out(each: LeftOut, lang: str) -> str:
    """A file that was not counted, and why."""
    return f"{each.path}: {words.explain(SimError(each.code, **each.data), lang)}"


def _smell(flag: Flag, names: Names, places: Places, lang: str) -> Smell:
    code = flag.code.partition("/")[2]
    data = {name: signed(value, 2) if name == "r" else value for name, value in flag.data.items()}
    own = f"{code}_{flag.item.kind}"  # a moment is answered, an action is used
    kind = own if has(f"insights.flag.{own}") else code
    subject = _subject(flag.item, names)
    return Smell(
        code=flag.code,
        subject=".".join(flag.item.path),
        where=where(places.of_option(flag.item.path)),
        text=say(lang, f"insights.flag.{kind}", subject=subject, **data),
        advice=say(lang, f"insights.advice.{code}"),
    )


def _subject(item: Item, names: Names) -> str:
    name = ".".join(item.path)
    if item.kind == "response":
        return names.with_id(names.answer(item.path), name)
    if item.kind == "moment":
        return names.with_id(names.encounter(item.path[0]), name)
    return names.with_id(names.option(item.path), name)


def _tiles(found: Items, lang: str) -> Iterator[Tile]:
    if not found.games:
        return
    yield Tile(say(lang, "insights.games"), count(found.games), "")
    for key, values, digits in (("score", found.scores, 1), ("quality", 100.0 * found.quality, 0)):
        mean = float(fixed_sum(values)) / found.games
        low, high = (number(float(each), digits) for each in (values.min(), values.max()))
        note = say(lang, f"insights.{key}_note", low=low, high=high)
        unit = " %" if key == "quality" else ""
        yield Tile(say(lang, f"insights.{key}"), f"{number(mean, digits)}{unit}", note)


# --- charts ---------------------------------------------------------------------------------------


def _parts(found: Items, names: Names, lang: str) -> Iterator[Part]:
    charts = [_difficulty(found, names, lang), _discrimination(found, names, lang)]
    talks = tuple(each for each in charts if each is not None)
    if talks:
        yield Part(say(lang, "insights.part.talks"), talks)
    deeds = _deeds(found, names, lang)
    if deeds is not None:
        yield Part(say(lang, "insights.part.deeds"), (deeds,))


def _difficulty(found: Items, names: Names, lang: str) -> RangeChart | None:
    """How many answered each moment well, the hardest first."""
    known = [item for item in found.moments if item.all.could]
    known.sort(key=lambda item: item.all.share)
    if not known:
        return None
    rows = tuple(
        Row(_moment(item, names), (Mark.exactly(item.all.share),), percent(item.all.share))
        for item in known[:_MOST]
    )
    lines = [(_moment(item, names), count(item.players), percent(item.all.share)) for item in known]
    return RangeChart(
        id="difficulty",
        title=say(lang, "insights.difficulty"),
        summary=say(
            lang,
            "insights.difficulty_summary",
            hardest=_moment(known[0], names).strip("“”"),
            low=percent(known[0].all.share),
            easiest=_moment(known[-1], names).strip("“”"),
            high=percent(known[-1].all.share),
        ),
        note=say(lang, "insights.difficulty_note", n=len(rows)),
        table=_table(("moment", "players", "well"), lines, lang),
        x=shares(say(lang, "insights.column.well")),
        rows=rows,
        series=(),
    )


def _discrimination(found: Items, names: Names, lang: str) -> RangeChart | None:
    """Whether a moment tells good players from others, the least first."""
    known = [(item, item.discrimination) for item in (*found.moments, *found.deeds)]
    told = [(item, each) for item, each in known if each is not None]
    told.sort(key=lambda pair: pair[1].r)
    if not told:
        return None
    rows = tuple(
        Row(_subject_short(item, names), (Mark(each.low, each.r, each.high, 0),), signed(each.r, 2))
        for item, each in told[:_MOST]
    )
    lines = [
        (
            _subject_short(item, names),
            count(item.players),
            _correlation(each, lang),
            _correlation(item.with_score, lang),
        )
        for item, each in told
    ]
    below = len([each for _, each in told if each.high < 0.0])
    key = "insights.discrimination_below" if below else "insights.discrimination_fine"
    return RangeChart(
        id="discrimination",
        title=say(lang, "insights.discrimination"),
        summary=say(lang, key, n=below),
        note=say(lang, "insights.discrimination_note", n=len(rows)),
        table=_table(("item", "players", "r", "r_score"), lines, lang),
        x=_correlations(lang),
        rows=rows,
        series=(),
    )


def _deeds(found: Items, names: Names, lang: str) -> RangeChart | None:
    """How often each action was done where the expert would do it, and elsewhere."""
    known = [item for item in found.deeds if item.all.could]
    if not known:
        return None
    rows, lines = [], []
    for item in known:
        rest = _rest(item)
        marks = [Mark.exactly(item.good.share)] if item.good.could else []
        marks += [Mark.exactly(rest.share, 1)] if rest.could else []
        rows.append(Row(names.option(item.path), tuple(marks), percent(item.all.share)))
        lines.append(
            (
                names.option(item.path),
                percent(item.all.share),
                _share(item.good),
                _share(rest),
                _correlation(item.discrimination, lang),
            )
        )
    return RangeChart(
        id="deeds",
        title=say(lang, "insights.deeds"),
        summary=say(lang, "insights.deeds_summary"),
        note=say(lang, "insights.deeds_note"),
        table=_table(("action", "taken", "taken_good", "taken_rest", "r"), lines, lang),
        x=shares(say(lang, "insights.column.taken")),
        rows=tuple(rows),
        series=(say(lang, "insights.column.taken_good"), say(lang, "insights.column.taken_rest")),
    )


def _rest(item: Item) -> Split:
    """The opportunities in which the expert would not take it."""
    return Split(item.all.could - item.good.could, item.all.did - item.good.did)


def _moment(item: Item, names: Names) -> str:
    return " → ".join((names.encounter(item.path[0]), *item.path[1:]))


def _subject_short(item: Item, names: Names) -> str:
    return _moment(item, names) if item.kind == "moment" else names.option(item.path)


def _correlations(lang: str) -> Axis:
    found = scale(say(lang, "insights.column.r"), -1.0, 1.0, 1.0)
    ticks = tuple(Tick(each / 2.0, number(each / 2.0, 1)) for each in range(-2, 3))
    return Axis(found.name, -1.0, 1.0, ticks)


# --- tables ---------------------------------------------------------------------------------------


def _offers(found: Items, names: Names, places: Places, lang: str) -> Table:
    rows = (
        (
            names.with_id(names.option(item.path), item.path[0]),
            count(item.all.could),
            _share(item.all),
            _share(item.good),
            _share(_rest(item)),
            _correlation(item.discrimination, lang),
            _correlation(item.with_score, lang),
            _styles(item, lang),
            _turns(item, lang),
            where(places.of_option(item.path)),
        )
        for item in found.deeds
    )
    columns = ("action", "could", "taken", "taken_good", "taken_rest", "r", "r_score")
    return _table((*columns, "styles", "turns", "where"), tuple(rows), lang)


def _talks(found: Items, names: Names, places: Places, lang: str) -> Iterator[Talk]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for item in found.answers:
        indent = "→ " * (len(item.path) - 2)
        told = (
            indent + names.with_id(names.answer(item.path), item.path[-1]),
            count(item.players),
            _share(item.all),
            percent(item.good.could / item.all.could) if item.all.could else "–",
            _correlation(item.discrimination, lang),
            _correlation(item.with_score, lang),
            _styles(item, lang),
            _turns(item, lang),
            str(places.of_option(item.path).line),
        )
        rows.setdefault(item.path[0], []).append(told)
    well = {item.path[0]: item for item in reversed(found.moments) if len(item.path) == 1}
    columns = ("answer", "players", "chosen", "best", "r", "r_score", "styles", "turns", "line")
    for encounter, lines in rows.items():
        first = well[encounter]
        share, r = _share(first.all), _correlation(first.discrimination, lang)
        yield Talk(
            id=encounter,
            title=names.with_id(names.encounter(encounter), encounter),
            where=where(places.of_encounter(encounter)),
            note=say(lang, "insights.talk_note", share=share, r=r or "–"),
            table=_table(columns, tuple(lines), lang),
        )


def _share(split: Split) -> str:
    return percent(split.share) if split.could else "–"


def _correlation(found: Correlation | None, lang: str) -> str:
    if found is None:
        return ""
    r, low, high = (signed(each, 2) for each in (found.r, found.low, found.high))
    return say(lang, "balance.points", value=r, low=low, high=high)


def _styles(item: Item, lang: str) -> str:
    """How often it was chosen, by style of the customer; only where there are several."""
    told = [(name, split) for name, split in zip(_STYLES, item.styles, strict=True) if split.could]
    if len(told) < 2:
        return ""
    return say(lang, "line.semicolon").join(
        say(
            lang,
            "insights.split",
            name=say(lang, f"insights.style.{name}"),
            share=percent(split.share),
            n=split.could,
        )
        for name, split in told
    )


def _turns(item: Item, lang: str) -> str:
    """How often it was chosen in the first and in the second half of the game."""
    half = len(item.turns) // 2
    parts = (item.turns[:half], item.turns[half:])
    halves = [Split(sum(t.could for t in part), sum(t.did for t in part)) for part in parts]
    if not all(split.could for split in halves):
        return ""
    names = (say(lang, "insights.half.first"), say(lang, "insights.half.second"))
    return say(lang, "line.semicolon").join(
        say(lang, "insights.split", name=name, share=percent(split.share), n=split.could)
        for name, split in zip(names, halves, strict=True)
    )


def _table(columns: Sequence[str], rows: Sequence[tuple[str, ...]], lang: str) -> Table:
    return Table(tuple(say(lang, f"insights.column.{each}") for each in columns), tuple(rows))


# --- as data --------------------------------------------------------------------------------------


def insights_json(
    found: Items, loaded: Loaded, left_out: Sequence[LeftOut], lang: str
) -> dict[str, Any]:
    """The same as plain data; splits by style in the order of the styles, by turn from the first.

    Args:
        found: what was measured.
        loaded: the scenario.
        left_out: files that were not counted.
        lang: of the sentences of the flags.
    """
    names, places = Names(loaded, lang), Places(loaded)
    return {
        "format": FORMAT,
        "scenario": loaded.scenario.id,
        "games": found.games,
        "scores": found.scores.tolist(),
        "quality": found.quality.tolist(),
        "items": [_item(item, places) for item in (*found.moments, *found.answers, *found.deeds)],
        "flags": [asdict(_smell(flag, names, places, lang)) for flag in flags(found)],
        "left_out": [
            {"path": each.path, "code": each.code, "text": told_left_out(each, lang)}
            for each in left_out
        ],
    }


def _item(item: Item, places: Places) -> dict[str, Any]:
    told = {**asdict(item), "path": list(item.path), "where": where(places.of_option(item.path))}
    told["share"] = item.all.share
    told["styles"] = dict(zip(_STYLES, told["styles"], strict=True))
    return told
