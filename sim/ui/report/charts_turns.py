"""Charts over the turns: evaluation, waterfall, decision by luck, hours."""

from sim.ui.report.look import (
    ACCENT,
    BAD,
    BAND,
    CHOICES,
    FAN,
    GOOD,
    INK,
    LABELS,
    MUTED,
    PANEL,
    SERIES,
)
from sim.ui.report.svg import WIDE, Box, Plot, Point, Svg, badge, legend
from sim.view.review_model import (
    EvaluationChart,
    HoursChart,
    Mark,
    ScatterChart,
    Segment,
    Step,
    WaterfallChart,
)

_HATCH = (
    '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ground}"/>'
    '<line x1="0" y1="0" x2="0" y2="6" stroke="{ink}" stroke-width="3"/></pattern>'
)
_LUCKY, _UNLUCKY = "#BFE3D0", "#F3C9C0"
_WIDE, _HIGH = 45.0, 19.5  # room for a badge with a glyph and a number
_LEAST_HIGH = 15.0  # a segment this high has room for its number


def evaluation(chart: EvaluationChart, lang: str) -> str:
    """The value of the game with both bands, decisions and luck."""
    svg = Svg(WIDE, 350, lang)
    top = legend(
        svg,
        (
            (chart.line_name, f"line:{ACCENT}"),
            (chart.band_name, BAND),
            (chart.fan_name, FAN),
            (chart.mark_name, f"ring:{MUTED}"),
            (chart.luck_name, f"arrow:{MUTED}"),
        ),
        12,
    )
    plot = Plot(svg, (46, top + 22, WIDE - 56, 308), chart.x, chart.y)
    fan = [plot.at(each.x, each.high) for each in chart.fan]
    svg.area([*fan, *(plot.at(each.x, each.low) for each in reversed(chart.fan))], fill=FAN)
    plot.rule_y()
    plot.rule_x()
    band = [plot.at(each.x, each.high) for each in chart.band]
    svg.area([*band, *(plot.at(each.x, each.low) for each in reversed(chart.band))], fill=BAND)
    _stakes(chart, plot)
    points = [plot.at(x, y) for x, y in chart.line]
    svg.path(points, colour=ACCENT, wide=2.4)
    for mark in chart.marks:
        _decision(plot, mark)
    for point in points:
        svg.circle(point, 3.2, fill=PANEL, edge=ACCENT, wide=2)
    for mark in chart.marks:
        look, up = LABELS[mark.label.id], -1 if mark.y >= (mark.line + mark.after) / 2.0 else 1
        place = plot.at(mark.x, mark.y)
        badge(svg, (place[0], place[1] + 15 * up), mark.label.glyph, ink=look.ink, tint=look.tint)
    return svg.render(chart.summary)


def _stakes(chart: EvaluationChart, plot: Plot) -> None:
    """The right axis: per cent of the stakes."""
    right = plot.box[2]
    for tick in chart.share.ticks:
        level = plot.py(tick.at)
        plot.svg.line((right, level), (right + 4, level), colour=MUTED)
        plot.svg.text((right + 7, level + 4), tick.text, size=12, colour=MUTED)
    name = chart.share.name
    plot.svg.text((WIDE - 6, plot.box[1] - 12), name, size=12, colour=MUTED, anchor="end")


def _decision(plot: Plot, mark: Mark) -> None:
    """From the line to the mark, and with luck from there to the next turn."""
    look = LABELS[mark.label.id]
    decided = plot.at(mark.x, mark.y)
    plot.svg.line(plot.at(mark.x - 0.5, mark.line), decided, colour=look.ink, wide=2)
    plot.svg.arrow(decided, plot.at(mark.x + 0.5, mark.after), colour=MUTED)
    plot.svg.circle(decided, 4, fill=look.tint, edge=look.ink, wide=1.6)


def waterfall(chart: WaterfallChart, lang: str, axis: str) -> str:
    """Every step from the expert's expectation to the result; `axis` names the turns."""
    svg = Svg(WIDE, 340, lang)
    svg.define(
        _HATCH.format(id="lucky", ground=_LUCKY, ink="#8FCBAC")
        + _HATCH.format(id="unlucky", ground=_UNLUCKY, ink="#E2A090")
    )
    top = legend(
        svg,
        (
            (f"{chart.skill_name} +", GOOD),
            (f"{chart.skill_name} −", BAD),
            (f"{chart.luck_name} +", "url(#lucky)"),
            (f"{chart.luck_name} −", "url(#unlucky)"),
            (chart.total_name, ACCENT),
        ),
        12,
    )
    plot = Plot(svg, (46, top + 22, WIDE - 8, 300), chart.y, chart.y)
    plot.rule_y()
    wide = (plot.box[2] - plot.box[0]) / len(chart.steps)
    for place, step in enumerate(chart.steps):
        left = plot.box[0] + place * wide
        _bar(plot, step, (left + 0.08 * wide, left + 0.92 * wide))
        if place + 1 < len(chart.steps):
            level = plot.py(step.end)
            svg.line((left + 0.92 * wide, level), (left + 1.08 * wide, level), colour=MUTED)
        _step_name(plot, step, (left, wide))
    middle = (plot.box[0] + plot.box[2]) / 2.0
    svg.text((middle, plot.box[3] + 34), axis, size=12, colour=MUTED, anchor="middle")
    return svg.render(chart.summary)


def _bar(plot: Plot, step: Step, sides: tuple[float, float]) -> None:
    up = step.end >= step.start
    fill = {
        "skill": GOOD if up else BAD,
        "luck": "url(#lucky)" if up else "url(#unlucky)",
    }.get(step.kind, ACCENT)
    upper, lower = sorted((plot.py(step.start), plot.py(step.end)))
    if lower - upper < 1.5:
        lower = upper + 1.5
    edge = MUTED if step.kind == "luck" else ""
    plot.svg.rect((sides[0], upper, sides[1], lower), fill=fill, edge=edge)
    middle = (sides[0] + sides[1]) / 2.0
    size = 11.0 if plot.svg.measure(step.shown, 11) < 1.25 * (sides[1] - sides[0]) else 9.5
    if plot.svg.measure(step.shown, size) > 1.3 * (sides[1] - sides[0]):
        return  # too many turns for numbers; the table has them
    level = upper - 4 if up or step.turn == 0 else lower + 11
    plot.svg.text((middle, level), step.shown, size=size, colour=INK, anchor="middle")


def _step_name(plot: Plot, step: Step, span: tuple[float, float]) -> None:
    """The number of the turn under its two bars, and what the ends are."""
    left, wide = span
    bottom = plot.box[3]
    if step.kind == "skill":
        text, middle = str(step.turn), left + wide
        plot.svg.text((middle, bottom + 17), text, size=12, colour=MUTED, anchor="middle")
    elif step.kind == "start":
        plot.svg.text((left, bottom + 34), step.name, size=12, colour=MUTED)
    elif step.kind == "end":
        plot.svg.text((left + wide, bottom + 34), step.name, size=12, colour=MUTED, anchor="end")


def scatter(chart: ScatterChart, lang: str) -> str:
    """Decisions from costly to good, turns from unlucky to lucky."""
    svg = Svg(WIDE, 400, lang)
    plot = Plot(svg, (58, 30, WIDE - 12, 356), chart.x, chart.y)
    tinted_fields(plot, chart.split, chart.fields, CHOICES)
    plot.rule_y()
    plot.rule_x()
    split = plot.at(*chart.split)
    svg.line((split[0], plot.box[1]), (split[0], plot.box[3]), colour=MUTED, dash="5 4")
    svg.line((plot.box[0], split[1]), (plot.box[2], split[1]), colour=MUTED, dash="5 4")
    places: list[Point] = []
    for dot in chart.dots:
        field = _field_of(plot, chart.split, plot.at(dot.x, dot.y))
        places.append(_nearest_free(field, places, plot.at(dot.x, dot.y)))
    for dot, place in zip(chart.dots, places, strict=True):
        look = LABELS[dot.label.id]
        badge(svg, place, f"{dot.label.glyph} {dot.turn}", ink=look.ink, tint=look.tint)
    return svg.render(chart.summary)


def _field_of(plot: Plot, split: Point, at: Point) -> Box:
    """Where the badge of a point may lie: within its own field, clear of the name in the corner."""
    left, top, right, bottom = plot.box
    x, y = plot.at(*split)
    sides = (left, x) if at[0] < x else (x, right)
    levels = (top + 26, y) if at[1] < y else (y, bottom - 26)
    return sides[0] + _WIDE / 2, levels[0] + _HIGH / 2, sides[1] - _WIDE / 2, levels[1] - _HIGH / 2


def _nearest_free(field: Box, taken: list[Point], at: Point) -> Point:
    """The place of a badge that is nearest to its point and not taken, rather beside than above."""
    across = [place * 9.0 for place in range(-40, 41)]
    down = [place * 10.0 for place in range(-16, 17)]
    spots = sorted(
        {_within(field, (at[0] + dx, at[1] + dy)) for dx in across for dy in down},
        key=lambda spot: (0.3 * abs(spot[0] - at[0]) + abs(spot[1] - at[1]), spot),
    )
    free = (
        spot
        for spot in spots
        if not any(abs(spot[0] - x) < _WIDE and abs(spot[1] - y) < _HIGH for x, y in taken)
    )
    return next(free, spots[0])


def _within(field: Box, at: Point) -> Point:
    left, top, right, bottom = field
    return min(max(at[0], left), right), min(max(at[1], top), bottom)


def tinted_fields(
    plot: Plot,
    split: tuple[float, float],
    names: tuple[str, str, str, str],
    tints: tuple[str, str, str, str],
) -> None:
    """Four tinted fields with their names in the outer corners."""
    left, top, right, bottom = plot.box
    x, y = plot.at(*split)
    boxes: tuple[Box, ...] = (
        (left, top, x, y),
        (x, top, right, y),
        (left, y, x, bottom),
        (x, y, right, bottom),
    )
    for box, tint in zip(boxes, tints, strict=True):
        plot.svg.rect(box, fill=tint)
    spots = ((left + 8, top + 18), (right - 8, top + 18), (left + 8, bottom - 9))
    for spot, name, side in zip(
        (*spots, (right - 8, bottom - 9)), names, ("start", "end", "start", "end"), strict=True
    ):
        plot.svg.text(spot, name, colour=MUTED, anchor=side, bold=True)


def hours(chart: HoursChart, lang: str) -> str:
    """Two stacks for each turn: as played, and the expert's."""
    svg = Svg(WIDE, 360, lang)
    numbers = {kind.id: place for place, kind in enumerate(chart.kinds)}
    entries = [
        (f"{place + 1} {kind.name}", SERIES[place % len(SERIES)])
        for place, kind in enumerate(chart.kinds)
    ]
    top = legend(svg, entries, 12)
    plot = Plot(svg, (46, top + 24, WIDE - 8, 312), chart.y, chart.y)
    plot.rule_y()
    wide = (plot.box[2] - plot.box[0]) / len(chart.turns)
    for place, turn in enumerate(chart.turns):
        left = plot.box[0] + place * wide
        _stack(plot, turn.own, numbers, (left + 0.10 * wide, left + 0.48 * wide))
        _stack(plot, turn.expert, numbers, (left + 0.52 * wide, left + 0.90 * wide))
        spot = (left + 0.5 * wide, plot.box[3] + 17)
        svg.text(spot, str(turn.turn), size=12, colour=MUTED, anchor="middle")
    names = f"◀ {chart.own_name}   ·   {chart.expert_name} ▶"
    svg.text((WIDE / 2, plot.box[3] + 36), names, size=12, colour=MUTED, anchor="middle")
    return svg.render(chart.summary)


def _stack(
    plot: Plot,
    segments: tuple[Segment, ...],
    numbers: dict[str, int],
    sides: tuple[float, float],
) -> None:
    level = 0.0
    for each in sorted(segments, key=lambda segment: numbers[segment.id]):
        place = numbers[each.id]
        lower, upper = plot.py(level), plot.py(level + each.hours)
        level += each.hours
        fill = SERIES[place % len(SERIES)]
        plot.svg.rect((sides[0], upper, sides[1], lower), fill=fill, edge=MUTED)
        if lower - upper >= _LEAST_HIGH:
            middle = ((sides[0] + sides[1]) / 2.0, (lower + upper) / 2.0 + 4)
            plot.svg.text(middle, str(place + 1), size=12, anchor="middle")
