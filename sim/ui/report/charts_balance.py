"""Charts of many games: ranges in rows, and shares that add up."""

from sim.ui.report.look import ACCENT, INK, LINE, MUTED, PANEL, SERIES
from sim.ui.report.svg import WIDE, Plot, Svg, legend
from sim.view.findings_model import Mark, RangeChart, StackChart
from sim.view.review_model import Axis
from sim.view.words import percent

_ROW = 26.0
_WIDEST = 250.0  # of the names
_SECOND = "#9A4206"
_LOOKS = (f"disc:{ACCENT}", f"ring:{_SECOND}")


def ranges(chart: RangeChart, lang: str) -> str:
    """Every row with its values and what lies around them."""
    step = _ROW + 12.0 * (len(chart.series) > 1)
    svg = Svg(WIDE, 0.0, lang)
    top = 12.0
    if len(chart.series) > 1:
        top = legend(svg, tuple(zip(chart.series, _LOOKS, strict=False)), 12)
    svg.height = top + step * len(chart.rows) + 48
    wide = min(max(svg.measure(row.name, 13) for row in chart.rows), _WIDEST)
    room = 16 + max(svg.measure(row.shown, 12) for row in chart.rows)
    rows = Axis("", 0.0, float(len(chart.rows)), ())
    plot = Plot(svg, (wide + 18, top, WIDE - room, svg.height - 44), chart.x, rows)
    plot.rule_x(lines=True)
    if chart.x.low < 0.0 < chart.x.high:
        svg.line((plot.px(0.0), top), (plot.px(0.0), plot.box[3]), colour=MUTED, wide=1.4)
    for place, row in enumerate(chart.rows):
        level = top + (place + 0.5) * step
        svg.text((wide + 8, level + 4), _fitting(svg, row.name, wide), anchor="end")
        svg.line((plot.box[0], level), (plot.box[2], level), colour=LINE)
        for mark in row.marks:
            shift = (mark.series - 0.5) * 13.0 if len(chart.series) > 1 else 0.0
            _mark(plot, mark, level + shift)
        svg.text((plot.box[2] + 10, level + 4), row.shown, size=12, colour=MUTED)
    return svg.render(chart.summary)


def _mark(plot: Plot, mark: Mark, level: float) -> None:
    colour = (ACCENT, _SECOND)[mark.series]
    low, high = (min(max(each, plot.x.low), plot.x.high) for each in (mark.low, mark.high))
    if high > low:
        plot.svg.line((plot.px(low), level), (plot.px(high), level), colour=colour, wide=2.2)
        for end in (low, high):
            at = plot.px(end)
            plot.svg.line((at, level - 4), (at, level + 4), colour=colour, wide=1.6)
    place = plot.px(min(max(mark.value, plot.x.low), plot.x.high))
    plot.svg.circle((place, level), 4.6, fill=PANEL if mark.series else colour, edge=colour)


def _fitting(svg: Svg, name: str, wide: float) -> str:
    """A name, cut where it is too long for its column."""
    if svg.measure(name, 13) <= wide:
        return name
    while name and svg.measure(f"{name}…", 13) > wide:
        name = name[:-1]
    return f"{name}…"


def stacks(chart: StackChart, lang: str) -> str:
    """Shares as bars of the same length."""
    svg = Svg(WIDE, 0.0, lang)
    fills = [SERIES[place % len(SERIES)] for place in range(len(chart.parts))]
    top = legend(svg, tuple(zip(chart.parts, fills, strict=True)), 12)
    svg.height = top + _ROW * len(chart.rows) + 8
    wide = min(max(svg.measure(name, 13) for name, _ in chart.rows), _WIDEST)
    left, right = wide + 18, WIDE - 8
    for place, (name, shares) in enumerate(chart.rows):
        level = top + place * _ROW
        svg.text((wide + 8, level + 17), _fitting(svg, name, wide), anchor="end")
        begin = left
        for share, fill in zip(shares, fills, strict=True):
            end = begin + share * (right - left)
            if end > begin:
                svg.rect((begin, level + 3, end, level + _ROW - 3), fill=fill, edge=MUTED)
            if svg.measure(percent(share), 12) + 6 < end - begin:
                middle = (begin + end) / 2.0
                svg.text((middle, level + 17), percent(share), size=12, colour=INK, anchor="middle")
            begin = end
    return svg.render(chart.summary)
