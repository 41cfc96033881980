"""The charts of a class's debrief: lines, skill and luck, fields, a class divided, ranks.

They are drawn for a projector: `wide` is the width that one screen shows, so a narrower drawing has
the larger letters.
"""

from itertools import pairwise

from sim.ui.report.look import ACCENT, BAD, BAND, GOOD, INK, LABELS, MUTED, PANEL, TRACK
from sim.ui.report.svg import WIDE, Labels, Plot, Svg, badge, legend
from sim.view.class_debrief_model import (
    Bar,
    CloudChart,
    DivergingChart,
    HeatChart,
    LinesChart,
    SlopeChart,
    SplitChart,
)

_GREY = "#9AA6B5"
_HATCH = (
    '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ground}"/>'
    '<line x1="0" y1="0" x2="0" y2="6" stroke="{ink}" stroke-width="3"/></pattern>'
)
_ROW = 22.0
_NAMED = 16  # dots with names; more are only in the table
_LINES = 2  # of a name above a bar


def lines(chart: LinesChart, lang: str, wide: float = WIDE) -> str:
    """Thin lines of all games, the band of the middle half, and the median."""
    svg = Svg(wide, 0.5 * wide, lang)
    entries = [(chart.line_name, f"line:{_GREY}"), (chart.middle_name, f"line:{ACCENT}")]
    if chart.band:
        entries.append((chart.band_name, BAND))
    if chart.reference:
        entries.append((chart.reference_name, f"arrow:{MUTED}"))
    top = legend(svg, entries, 12, left=10)
    plot = Plot(svg, (48, top + 22, wide - 28, 0.5 * wide - 42), chart.x, chart.y)
    if chart.band:
        upper = [plot.at(each.x, each.high) for each in chart.band]
        lower = [plot.at(each.x, each.low) for each in reversed(chart.band)]
        svg.area([*upper, *lower], fill=BAND)
    plot.rule_y()
    plot.rule_x()
    for series in chart.lines:
        faint = 0.75 if len(chart.lines) <= _NAMED else 0.4
        svg.path([plot.at(x, y) for x, y in series.points], colour=_GREY, wide=1.2, opacity=faint)
    for start, end in pairwise(chart.reference):
        svg.line(plot.at(*start), plot.at(*end), colour=MUTED, wide=2, dash="5 4")
    svg.path([plot.at(x, y) for x, y in chart.middle], colour=ACCENT, wide=3.2)
    return svg.render(chart.summary)


def diverging(chart: DivergingChart, lang: str, wide: float = WIDE) -> str:
    """A bar of decisions and a hatched one of luck for each game, costs to the left."""
    svg = Svg(wide, 70 + _ROW * len(chart.rows), lang)
    svg.define(
        _HATCH.format(id="class-lucky", ground="#BFE3D0", ink="#8FCBAC")
        + _HATCH.format(id="class-unlucky", ground="#F3C9C0", ink="#E2A090")
    )
    top = legend(
        svg,
        (
            (f"{chart.skill_name} +", GOOD),
            (f"{chart.skill_name} −", BAD),
            (f"{chart.luck_name} +", "url(#class-lucky)"),
            (f"{chart.luck_name} −", "url(#class-unlucky)"),
        ),
        12,
        left=10,
    )
    left = 18 + max(svg.measure(row.name, 13) for row in chart.rows)
    bottom = top + 8 + _ROW * len(chart.rows)
    svg.height = bottom + 42
    plot = Plot(svg, (left, top + 4, wide - 28, bottom), chart.x, chart.x)
    plot.rule_x(lines=True)
    for place, row in enumerate(chart.rows):
        level = top + 8 + _ROW * place
        svg.text((left - 8, level + 15), row.name, anchor="end")
        edges = {True: 0.0, False: 0.0}
        for amount, fills in (
            (row.skill, (GOOD, BAD)),
            (row.luck, ("url(#class-lucky)", "url(#class-unlucky)")),
        ):
            up = amount >= 0.0
            start, end = edges[up], edges[up] + amount
            edges[up] = end
            fill = fills[0] if up else fills[1]
            svg.rect((plot.px(start), level + 3, plot.px(end), level + 18), fill=fill, edge=MUTED)
    svg.line((plot.px(0.0), plot.box[1]), (plot.px(0.0), bottom), colour=INK, wide=1.4)
    return svg.render(chart.summary)


def cloud(chart: CloudChart, lang: str, wide: float = WIDE) -> str:
    """Games as dots; few enough of them with their names."""
    svg = Svg(wide, 0.52 * wide, lang)
    plot = Plot(svg, (50, 34, wide - 28, 0.52 * wide - 42), chart.x, chart.y)
    plot.rule_y()
    plot.rule_x(lines=True)
    places = [plot.at(dot.x, dot.y) for dot in chart.dots]
    for place in places:
        svg.circle(place, 6, fill=ACCENT, edge=PANEL, wide=1.5)
    if len(chart.dots) <= _NAMED:
        labels = Labels(svg, plot.box)
        for x, y in places:
            labels.take((x - 7, y - 7, x + 7, y + 7))
        for dot, place in zip(chart.dots, places, strict=True):
            labels.place(place, dot.name)
    return svg.render(chart.summary)


def heat(chart: HeatChart, lang: str, wide: float = WIDE) -> str:
    """A field for each row and column, with a glyph; long names of columns stand below."""
    svg = Svg(wide, 100, lang)
    left = 16 + max(svg.measure(row.name, 13) for row in chart.rows)
    across = (wide - left - 8) / max(len(chart.columns), 1)
    numbered = any(svg.measure(name, 13) > across - 2 for name in chart.columns)
    for place in range(len(chart.columns)):
        head = str(place + 1) if numbered else chart.columns[place]
        middle = left + (place + 0.5) * across
        svg.text((middle, 16), head, anchor="middle", colour=MUTED, bold=True)
    for number, row in enumerate(chart.rows):
        top = 24 + _ROW * number
        svg.text((left - 8, top + 16), row.name, anchor="end")
        for place, cell in enumerate(row.cells):
            look = LABELS[cell.look]
            box = (left + place * across + 1, top + 1, left + (place + 1) * across - 1, top + 21)
            svg.rect(box, fill=look.tint, radius=3)
            middle = (box[0] + box[2]) / 2.0
            svg.text((middle, top + 16), cell.text, colour=look.ink, anchor="middle", bold=True)
    level = 24 + _ROW * len(chart.rows) + 22
    if numbered:
        level = _numbered(svg, chart.columns, level)
    svg.height = _key(svg, chart, level + 4)
    return svg.render(chart.summary)


def _numbered(svg: Svg, names: tuple[str, ...], level: float) -> float:
    """Names of columns by their numbers, two beside each other; returns where they end."""
    half = svg.width / 2.0
    for place, name in enumerate(names):
        at = (8 + half * (place % 2), level + 18 * (place // 2))
        svg.text(at, _cut(svg, f"{place + 1}  {name}", half - 16))
    return level + 18 * ((len(names) + 1) // 2)


def _key(svg: Svg, chart: HeatChart, level: float) -> float:
    """What the glyphs mean; returns the height of the drawing."""
    x, y = 8.0, level
    for each in chart.key:
        wide = svg.measure(each.name, 13) + 52
        if x + wide > svg.width and x > 8.0:
            x, y = 8.0, y + 26
        look = LABELS[each.id]
        box = badge(svg, (x + 15, y), each.glyph, ink=look.ink, tint=look.tint)
        svg.text((box[2] + 6, y + 5), each.name, colour=MUTED)
        x += wide
    return y + 18


def split(chart: SplitChart, lang: str, wide: float = WIDE) -> str:
    """A bar for each way to decide, the longest whole; what it cost stands at its end."""
    svg = Svg(wide, 100, lang)
    most = max((bar.share for bar in chart.bars), default=1.0) or 1.0
    noted = max((svg.measure(bar.note, 13) for bar in chart.bars), default=0.0)
    counted = max((svg.measure(bar.shown, 13, bold=True) for bar in chart.bars), default=0.0)
    room = wide - 32 - counted - (noted + 62 if noted else 0.0)
    level = 4.0
    for bar in chart.bars:
        for text in _wrapped(svg, bar.name, wide - 16):
            level += 18
            svg.text((8, level - 3), text)
        end = 8 + max(room * bar.share / most, 2.0)
        svg.rect((8, level + 2, 8 + room, level + 20), fill=TRACK, radius=4)
        svg.rect((8, level + 2, end, level + 20), fill=ACCENT, radius=4)
        svg.text((8 + room + 8, level + 16), bar.shown, bold=True)
        _noted(svg, bar, (8 + room + 18 + counted, level))
        level += 30
    svg.height = level
    return svg.render(chart.summary)


def _noted(svg: Svg, bar: Bar, at: tuple[float, float]) -> None:
    """What an option cost, on the ground of its label with the glyph before it."""
    if not bar.note:
        return
    look = LABELS[bar.look]
    glyph = {"best": "✔✔", "good": "✔", "inaccuracy": "?!", "mistake": "?", "blunder": "??"}
    box = badge(svg, (at[0] + 16, at[1] + 11), glyph[bar.look], ink=look.ink, tint=look.tint)
    svg.text((box[2] + 6, at[1] + 16), bar.note)


def slope(chart: SlopeChart, lang: str, wide: float = WIDE) -> str:
    """A line from each game's rank before to its rank after; the first on top."""
    last = max((max(before, after) for _, before, after in chart.rows), default=1)
    few = len(chart.rows) <= 2 * _NAMED
    row = _ROW if few else min(0.5 * wide / last, _ROW)
    svg = Svg(wide, 44 + row * last, lang)
    named = max((svg.measure(name, 13) for name, _, _ in chart.rows), default=0.0) if few else 0.0
    left, right = 48 + named, wide - 48 - named
    svg.text((left, 16), chart.before_name, anchor="middle", bold=True)
    svg.text((right, 16), chart.after_name, anchor="middle", bold=True)
    for name, before, after in chart.rows:
        start, end = (left, 20 + row * before), (right, 20 + row * after)
        colour = GOOD if after < before else BAD if after > before else _GREY
        svg.line(start, end, colour=colour, wide=1.8, dash="" if after <= before else "6 4")
        if few:
            svg.text((left - 8, start[1] + 4), f"{name}  {before}", anchor="end")
            svg.text((right + 8, end[1] + 4), f"{after}  {name}")
    return svg.render(chart.summary)


def _wrapped(svg: Svg, text: str, wide: float) -> list[str]:
    """A text in at most two lines; what is longer ends with dots, and the table has all of it."""
    found: list[str] = []
    rest = text
    while rest and len(found) < _LINES:
        if svg.measure(rest, 13) <= wide:
            return [*found, rest]
        if len(found) == _LINES - 1:
            return [*found, _cut(svg, rest, wide)]
        size = next(n for n in range(len(rest), 0, -1) if svg.measure(rest[:n], 13) <= wide)
        space = rest.rfind(" ", 0, size + 1)
        size = space if space > size // 2 else size
        found.append(rest[:size].rstrip())
        rest = rest[size:].lstrip()
    return found or [""]


def _cut(svg: Svg, text: str, wide: float) -> str:
    """As much of a text as fits."""
    if svg.measure(text, 13) <= wide:
        return text
    size = next((n for n in range(len(text), 0, -1) if svg.measure(f"{text[:n]}…", 13) <= wide), 1)
    return f"{text[:size].rstrip()}…"
