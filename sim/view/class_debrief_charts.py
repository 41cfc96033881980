"""The charts of a class's debrief: results, skill and luck, losses, ideas, hours, hints."""

from collections.abc import Callable, Sequence

from sim.classroom.debrief.debrief import ClassDebrief, GameLine, quartiles
from sim.scenario.texts import Script
from sim.view.class_debrief_model import (
    Bar,
    CloudChart,
    CloudDot,
    DivergingChart,
    DivergingRow,
    HeatCell,
    HeatChart,
    HeatRow,
    LinesChart,
    Series,
    SplitChart,
)
from sim.view.class_debrief_words import say
from sim.view.review_axes import around_zero, axis, turns
from sim.view.review_chart_model import Span, Table
from sim.view.review_labels import key, label
from sim.view.review_words import number, signed
from sim.view.words import whole

MOST_ROWS = 24  # games that are drawn one below the other; more are drawn as a cloud or counted
_IDEAS = 8  # columns of ideas
_KEPT = ((0.9, "best"), (0.7, "good"), (0.45, "inaccuracy"), (0.0, "mistake"))
_GRADED = ("best", "good", "inaccuracy", "mistake", "blunder")
Named = Callable[[GameLine], str]


def result_lines(
    found: ClassDebrief, lang: str, named: Named, when: Callable[[int], str]
) -> LinesChart:
    """What every game was worth at each turn; scores as they stood until reviews are there."""
    reviewed = any(line.values for line in found.games)
    rows = [(line, line.values if reviewed else line.scores) for line in found.games]
    rows = [(line, values) for line, values in rows if values]
    longest = max((len(values) for _, values in rows), default=1)
    spread = [
        quartiles([values[turn] for _, values in rows if len(values) > turn])
        for turn in range(longest)
    ]
    kind = "value" if reviewed else "score"
    last = spread[-1]
    return LinesChart(
        id="result",
        title=say(lang, f"result.{kind}.title"),
        summary=say(
            lang,
            "result.summary",
            median=number(last.median, 1),
            low=number(last.low, 1),
            high=number(last.high, 1),
        ),
        note=say(lang, f"result.{kind}.note"),
        table=_of_games(lang, rows, named, when=when, longest=longest),
        x=turns(say(lang, "axis.turn"), found.turns, str, end=say(lang, "axis.end")),
        y=axis(say(lang, "axis.points"), [value for _, values in rows for value in values]),
        lines=tuple(Series(named(line), _points(values)) for line, values in rows),
        middle=_points([each.median for each in spread]),
        band=tuple(Span(float(turn + 1), each.low, each.high) for turn, each in enumerate(spread)),
        reference=(),
        line_name=say(lang, "lines.game"),
        middle_name=say(lang, "lines.median"),
        band_name=say(lang, "lines.half"),
        reference_name="",
    )


def _points(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    return tuple((float(turn + 1), value) for turn, value in enumerate(values))


def _of_games(
    lang: str,
    rows: Sequence[tuple[GameLine, Sequence[float]]],
    named: Named,
    *,
    when: Callable[[int], str],
    longest: int,
) -> Table:
    """A row for each game, a column for each turn and for the end."""
    columns = [when(turn) for turn in range(1, longest)]
    blank = ["–"]
    return Table(
        (say(lang, "column.game"), *columns, say(lang, "column.end")),
        tuple(
            (
                named(line),
                *[number(value, 1) for value in values],
                *blank * (longest - len(values)),
            )
            for line, values in rows
        ),
    )


def skill_and_luck(
    found: ClassDebrief, lang: str, named: Named
) -> DivergingChart | CloudChart | None:
    """What decisions and what chance brought, against the expert's expectation at the start."""
    told = [(line, line.review) for line in found.games if line.review is not None]
    if not told:
        return None
    table = Table(
        tuple(say(lang, f"column.{each}") for each in ("game", "skill", "luck", "index", "result")),
        tuple(
            (
                named(line),
                signed(review.skill, 1),
                signed(review.luck, 1),
                whole(review.skill_index),
                "–" if review.result is None else number(review.result, 1),
            )
            for line, review in told
        ),
    )
    skills, lucks = [each.skill for _, each in told], [each.luck for _, each in told]
    common = {
        "id": "skill",
        "title": say(lang, "skill.title"),
        "summary": _skill_summary(lang, skills, lucks),
        "table": table,
    }
    if len(told) > MOST_ROWS:
        return CloudChart(
            **common,  # type: ignore[arg-type]  # by name
            note=say(lang, "skill.cloud"),
            x=axis(say(lang, "column.skill"), [0.0, *skills]),
            y=around_zero(say(lang, "column.luck"), lucks),
            dots=tuple(CloudDot(named(line), each.skill, each.luck) for line, each in told),
        )
    return DivergingChart(
        **common,  # type: ignore[arg-type]  # by name
        note=say(lang, "skill.note"),
        x=around_zero(say(lang, "axis.points"), _ends(skills, lucks)),
        rows=tuple(
            DivergingRow(
                named(line),
                each.skill,
                each.luck,
                f"{signed(each.skill, 1)} / {signed(each.luck, 1)}",
            )
            for line, each in told
        ),
        skill_name=say(lang, "column.skill"),
        luck_name=say(lang, "column.luck"),
    )


def _ends(skills: Sequence[float], lucks: Sequence[float]) -> list[float]:
    """How far stacked bars reach to either side."""
    ends = []
    for skill, luck in zip(skills, lucks, strict=True):
        ends += [max(skill, 0.0) + max(luck, 0.0), min(skill, 0.0) + min(luck, 0.0)]
    return ends


def _skill_summary(lang: str, skills: Sequence[float], lucks: Sequence[float]) -> str:
    by_skill, by_luck = quartiles(skills), quartiles(lucks)
    return say(
        lang,
        "skill.summary",
        skill=number(by_skill.high - by_skill.low, 1),
        luck=number(by_luck.high - by_luck.low, 1),
    )


def heat(
    found: ClassDebrief, lang: str, named: Named, when: Callable[[int], str]
) -> HeatChart | None:
    """Which turns cost whom, by label; of a large class how many had each label."""
    told = [(line, line.review) for line in found.games if line.review is not None]
    if not told:
        return None
    names = {each.id: each for each in key(lang)}
    rows = []
    for line, review in told:
        cells = tuple(
            HeatCell(turn.label, names[turn.label].glyph, names[turn.label].name)
            for turn in review.turns
        )
        rows.append(HeatRow(named(line), cells))
    longest = max(len(row.cells) for row in rows)
    table = Table(
        (say(lang, "column.game"), *(when(turn + 1) for turn in range(longest))),
        tuple(
            (row.name, *(cell.shown for cell in row.cells), *["–"] * (longest - len(row.cells)))
            for row in rows
        ),
    )
    losses = [
        (sum(each) / len(each), turn)
        for turn in range(longest)
        if (each := [r.turns[turn].loss_share for _, r in told if len(r.turns) > turn])
    ]
    dearest = max(losses)[1]
    drawn = rows if len(rows) <= MOST_ROWS else _counted(lang, rows, longest)
    kind = "games" if drawn is rows else "counted"
    return HeatChart(
        id="heat",
        title=say(lang, "heat.title"),
        summary=say(lang, "heat.summary", when=when(dearest + 1), share=whole(max(losses)[0])),
        note=say(lang, f"heat.{kind}"),
        table=table,
        columns=tuple(str(turn + 1) for turn in range(longest)),
        rows=tuple(drawn),
        key=tuple(each for each in key(lang) if each.id in {*_GRADED, "routine"}),
    )


def _counted(lang: str, rows: Sequence[HeatRow], longest: int) -> list[HeatRow]:
    """How many games had each label in each turn."""
    found = []
    for name in _GRADED:
        each = label(lang, name)
        cells = []
        for turn in range(longest):
            count = sum(1 for row in rows if len(row.cells) > turn and row.cells[turn].look == name)
            look = name if count else "routine"
            cells.append(HeatCell(look, str(count), say(lang, "heat.count", n=count, of=len(rows))))
        found.append(HeatRow(f"{each.glyph} {each.name}", tuple(cells)))
    return found


def ideas(
    found: ClassDebrief, script: Script, lang: str, named: Named
) -> HeatChart | SplitChart | None:
    """How often the ideas that cost the class most were kept, game by game."""
    told = [line for line in found.games if line.concepts]
    wanted = found.concepts[:_IDEAS]
    if not told or not wanted:
        return None
    names = [script.glossary.concepts[each].name.of(lang) for each in wanted]
    cost = {
        each: sum(line.concepts[each].loss for line in told if each in line.concepts)
        for each in wanted
    }
    table = Table(
        (say(lang, "column.game"), *names),
        tuple((named(line), *(_use(lang, line, each) for each in wanted)) for line in told),
    )
    summary = say(lang, "ideas.summary", name=names[0], points=number(cost[wanted[0]] / len(told)))
    if len(told) > MOST_ROWS:
        return SplitChart(
            id="ideas",
            title=say(lang, "ideas.title"),
            summary=summary,
            note=say(lang, "ideas.counted"),
            table=table,
            bars=tuple(
                _missing(lang, told, each, name) for each, name in zip(wanted, names, strict=True)
            ),
        )
    return HeatChart(
        id="ideas",
        title=say(lang, "ideas.title"),
        summary=summary,
        note=say(lang, "ideas.note"),
        table=table,
        columns=tuple(names),
        rows=tuple(
            HeatRow(named(line), tuple(_kept(lang, line, each) for each in wanted)) for line in told
        ),
        key=tuple(
            each
            for each in key(lang)
            if each.id in {"best", "good", "inaccuracy", "mistake", "routine"}
        ),
    )


def _use(lang: str, line: GameLine, concept: str) -> str:
    use = line.concepts.get(concept)
    if use is None or not use.turns:
        return "–"
    return say(lang, "ideas.use", kept=use.turns - use.missed, of=use.turns)


def _kept(lang: str, line: GameLine, concept: str) -> HeatCell:
    use = line.concepts.get(concept)
    if use is None or not use.turns:
        return HeatCell("routine", "·", say(lang, "ideas.never"))
    look = next(name for least, name in _KEPT if use.kept >= least)
    glyph = label(lang, look).glyph
    return HeatCell(look, glyph, _use(lang, line, concept))


def _missing(lang: str, told: Sequence[GameLine], concept: str, name: str) -> Bar:
    """How many games missed an idea once or more."""
    missed = sum(1 for line in told if concept in line.concepts and line.concepts[concept].missed)
    share = missed / len(told)
    return Bar(name, missed, share, say(lang, "of", n=missed, of=len(told)), "", "")
