"""The class under other conditions, in words: what can be set, and what it would have changed."""

from collections.abc import Callable, Sequence

from sim.classroom.debrief.debrief import ClassDebrief, GameLine, quartiles
from sim.classroom.debrief.what_if import Lever, WhatIf
from sim.view.class_debrief_model import LeverView, LinesChart, Series, SlopeChart, WhatIfView
from sim.view.class_debrief_words import say
from sim.view.review_axes import axis, turns
from sim.view.review_chart_model import Span, Table
from sim.view.review_words import number, signed
from sim.view.words import listed

_STEPS = 100  # of a range, at least


def lever_views(found: Sequence[Lever], lang: str) -> tuple[LeverView, ...]:
    """What can be set, in words; shares and factors in per cent."""
    return tuple(
        LeverView(
            id=lever.id,
            name=say(lang, f"lever.{lever.id}"),
            text=say(lang, f"lever.{lever.id}.text"),
            value=_round(lever, lever.value),
            low=_round(lever, lever.low),
            high=_round(lever, lever.high),
            step=step_of(lever),
            shown=shown(lever, lever.value, lang),
            range=say(
                lang,
                "lever.range",
                low=shown(lever, lever.low, lang),
                high=shown(lever, lever.high, lang),
            ),
        )
        for lever in found
    )


def step_of(lever: Lever) -> float:
    """A step that is round in the unit that is shown."""
    shown_range = (lever.high - lever.low) * factor_of(lever)
    for step in (1.0, 0.1, 0.01):
        if shown_range / step >= _STEPS / 5.0:
            return step
    return 0.01


def factor_of(lever: Lever) -> float:
    """From a value to the number that is typed: shares and factors are typed in per cent."""
    return 100.0 if lever.unit in {"share", "factor"} else 1.0


def value_of(lever: Lever, typed: float) -> float:
    """From the number that was typed to the value; ends that were rounded are met exactly."""
    value = typed / factor_of(lever)
    reach = step_of(lever) / factor_of(lever)
    for end in (lever.low, lever.high):
        if abs(value - end) < reach:
            return end
    return value


def _round(lever: Lever, value: float) -> float:
    return round(value * factor_of(lever), 2)


def shown(lever: Lever, value: float, lang: str) -> str:
    """A value with its unit."""
    text = f"{_round(lever, value):.2f}".rstrip("0").rstrip(".")
    return say(lang, "lever.percent", n=text) if factor_of(lever) > 1.0 else text


def what_if_view(
    found: ClassDebrief,
    changed: WhatIf,
    lang: str,
    named: Callable[[GameLine], str],
    *,
    levers: Sequence[Lever] = (),
) -> WhatIfView:
    """Before and after.

    Args:
        found: the debrief, for the order and the names of the games.
        changed: the class played again.
        lang: `en` or `zh`.
        named: what a game is called.
        levers: of the scenario, for the units; without them numbers stand as they are.
    """
    before, after = _medians(changed.before), _medians(changed.after)
    known = {lever.id: lever for lever in levers}
    what = [
        say(
            lang,
            "what_if.set",
            name=say(lang, f"lever.{name}"),
            value=shown(known[name], value, lang) if name in known else number(value),
        )
        for name, value in changed.changed.items()
    ]
    moved = sum(
        1
        for one, other in zip(changed.ranks_before, changed.ranks_after, strict=True)
        if one != other
    )
    dropped = sum(changed.dropped)
    return WhatIfView(
        title=say(lang, "what_if.title", what=listed(lang, what)),
        summary=say(
            lang,
            "what_if.summary",
            change=signed(after[-1] - before[-1], 1),
            n=moved,
            of=len(changed.before),
        ),
        dropped=say(lang, "what_if.dropped", n=dropped) if dropped else "",
        lines=_lines(found, changed, lang, named),
        ranks=_ranks(found, changed, lang, named),
    )


def _medians(rows: Sequence[Sequence[float]]) -> list[float]:
    longest = max(len(row) for row in rows)
    return [
        quartiles([row[turn] for row in rows if len(row) > turn]).median for turn in range(longest)
    ]


def _lines(
    found: ClassDebrief, changed: WhatIf, lang: str, named: Callable[[GameLine], str]
) -> LinesChart:
    before, after = _medians(changed.before), _medians(changed.after)
    spread = [
        quartiles([row[turn] for row in changed.after if len(row) > turn])
        for turn in range(len(after))
    ]
    every = [value for row in (*changed.before, *changed.after) for value in row]
    return LinesChart(
        id="what-if",
        title=say(lang, "what_if.lines"),
        summary=say(
            lang, "what_if.medians", before=number(before[-1], 1), after=number(after[-1], 1)
        ),
        note=say(lang, "what_if.note"),
        table=Table(
            tuple(
                say(lang, f"column.{each}")
                for each in ("game", "before", "after", "rank_before", "rank_after", "dropped")
            ),
            tuple(_row(changed, line, named) for line in found.games),
        ),
        x=turns(say(lang, "axis.turn"), found.turns, str, end=say(lang, "axis.end")),
        y=axis(say(lang, "axis.points"), every),
        lines=tuple(
            Series(named(line), _points(changed.after[line.number])) for line in found.games
        ),
        middle=_points(after),
        band=tuple(Span(float(turn + 1), each.low, each.high) for turn, each in enumerate(spread)),
        reference=_points(before),
        line_name=say(lang, "lines.game"),
        middle_name=say(lang, "what_if.after"),
        band_name=say(lang, "lines.half"),
        reference_name=say(lang, "what_if.before"),
    )


def _row(changed: WhatIf, line: GameLine, named: Callable[[GameLine], str]) -> tuple[str, ...]:
    at = line.number
    return (
        named(line),
        number(changed.before[at][-1], 1),
        number(changed.after[at][-1], 1),
        str(changed.ranks_before[at]),
        str(changed.ranks_after[at]),
        str(changed.dropped[at]),
    )


def _points(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    return tuple((float(turn + 1), value) for turn, value in enumerate(values))


def _ranks(
    found: ClassDebrief, changed: WhatIf, lang: str, named: Callable[[GameLine], str]
) -> SlopeChart:
    rows = tuple(
        (named(line), changed.ranks_before[line.number], changed.ranks_after[line.number])
        for line in found.games
    )
    name, before, after = max(rows, key=lambda row: abs(row[1] - row[2]))
    key = "ranks.same" if before == after else "ranks.summary"
    return SlopeChart(
        id="ranks",
        title=say(lang, "ranks.title"),
        summary=say(lang, key, name=name, before=before, after=after),
        note=say(lang, "ranks.note"),
        table=Table(
            tuple(say(lang, f"column.{each}") for each in ("game", "rank_before", "rank_after")),
            tuple((who, str(was), str(now)) for who, was, now in rows),
        ),
        rows=rows,
        before_name=say(lang, "what_if.before"),
        after_name=say(lang, "what_if.after"),
    )
