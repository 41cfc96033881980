"""Charts of customers, concepts and forecasts."""

from sim.ui.report.charts_turns import tinted_fields
from sim.ui.report.look import ACCENT, BAD, FIELDS, GOOD, INK, LINE, MUTED, PANEL, TRACK
from sim.ui.report.svg import WIDE, Labels, Plot, Svg, legend
from sim.view.review_model import (
    Axis,
    BarChart,
    CalibrationChart,
    DumbbellChart,
    MapChart,
    PathView,
)
from sim.view.words import hours

_ROW = 27.0
_SMALL = 150.0  # a little map of one customer
_ACROSS = 4


def dumbbell(chart: DumbbellChart, lang: str) -> str:
    """Hours for each customer as played and in the better plan."""
    wide = max(120.0, *(_name_width(row.name, lang) for row in chart.rows))
    height = 64 + _ROW * len(chart.rows)
    svg = Svg(WIDE, height, lang)
    looks = ((chart.own_name, f"ring:{BAD}"), (chart.better_name, f"disc:{ACCENT}"))
    top = legend(svg, looks, 12)
    rows = Axis("", 0.0, float(len(chart.rows)), ())
    plot = Plot(svg, (wide + 22, top, WIDE - 84, height - 40), chart.x, rows)
    plot.rule_x(lines=True)
    for place, row in enumerate(chart.rows):
        level = plot.box[1] + (place + 0.5) * _ROW
        own, better = plot.px(row.own), plot.px(row.better)
        svg.text((wide + 8, level + 4), row.name, anchor="end")
        svg.line((plot.box[0], level), (plot.box[2], level), colour=TRACK)
        svg.line((own, level), (better, level), colour=MUTED, wide=3)
        svg.circle((better, level), 6.5, fill=ACCENT)
        svg.circle((own, level), 5.5, fill=PANEL if row.own != row.better else ACCENT, edge=BAD)
        shown = f"{hours(row.own)} → {hours(row.better)}"
        svg.text((max(own, better) + 12, level + 4), shown, size=12, colour=MUTED)
    return svg.render(chart.summary)


def _name_width(name: str, lang: str) -> float:
    return Svg(0, 0, lang).measure(name, 13)


def bars(chart: BarChart, lang: str) -> str:
    """Loss by concept with whiskers."""
    wide = min(max(_name_width(bar.name, lang) for bar in chart.bars), 300.0)
    height = 50 + 34.0 * len(chart.bars)
    svg = Svg(WIDE, height, lang)
    rows = Axis("", 0.0, float(len(chart.bars)), ())
    room = 16 + max(svg.measure(bar.short, 12) for bar in chart.bars)
    plot = Plot(svg, (wide + 16, 8, WIDE - room, height - 40), chart.x, rows)
    plot.rule_x(lines=True)
    for place, bar in enumerate(chart.bars):
        level = plot.box[1] + (place + 0.5) * 34.0
        svg.text((wide + 6, level + 4), bar.name, anchor="end")
        svg.rect((plot.box[0], level - 8, plot.px(bar.value), level + 8), fill=ACCENT, radius=2)
        low, high = plot.px(bar.low), plot.px(bar.high)
        svg.line((low, level), (high, level), colour=PANEL, wide=4)
        svg.line((low, level), (high, level), colour=INK, wide=1.6)
        for end in (low, high):
            svg.line((end, level - 5), (end, level + 5), colour=INK, wide=1.6)
        svg.text((high + 9, level + 4), bar.short, size=12, colour=INK)
    return svg.render(chart.summary)


def calibration(chart: CalibrationChart, lang: str) -> str:
    """Confidence against hits, with the diagonal on which they agree."""
    svg = Svg(430, 420, lang)
    plot = Plot(svg, (58, 28, 412, 372), chart.x, chart.y)
    plot.rule_y()
    plot.rule_x()
    svg.line(plot.at(0, 0), plot.at(1, 1), colour=MUTED, dash="5 4")
    labels = Labels(svg, plot.box)
    for dot in chart.dots:
        radius = 5.0 + 2.0 * min(dot.count, 6)
        place = plot.at(dot.sure, dot.hit)
        svg.circle(place, radius, fill="#DCECF8", edge=ACCENT)
        labels.take((place[0] - radius, place[1] - radius, place[0] + radius, place[1] + radius))
    for dot in chart.dots:
        labels.place(
            plot.at(dot.sure, dot.hit), f"× {dot.count}", away=9.0 + 2.0 * min(dot.count, 6)
        )
    return svg.render(chart.summary)


# --- the map -------------------------------------------------------------------------------------


def customer_map(chart: MapChart, lang: str) -> str:
    """Where everybody ended, on one map."""
    svg = Svg(WIDE, 540, lang)
    plot = Plot(svg, (58, 30, WIDE - 12, 496), chart.x, chart.y)
    tinted_fields(plot, chart.split, chart.fields, FIELDS)
    plot.rule_y()
    plot.rule_x()
    labels = Labels(svg, plot.box)
    for path in chart.paths:
        start, end = _at(plot, path, 0), _at(plot, path, -1)
        svg.line(start, end, colour="#9FB0C3", wide=1.4)
        svg.circle(start, 2.6, fill=PANEL, edge="#7C8896", wide=1.2)
        labels.take((end[0] - 6, end[1] - 6, end[0] + 6, end[1] + 6))
    for path in chart.paths:
        _end(svg, path, _at(plot, path, -1), 5.0)
    for path in sorted(chart.paths, key=lambda each: each.places[-1].satisfaction):
        labels.place(_at(plot, path, -1), path.name)
    return svg.render(chart.summary)


def ways(chart: MapChart, lang: str) -> str:
    """The way of every customer, each on a little map of its own."""
    across = _ACROSS if len(chart.paths) > 6 else 3
    wide = WIDE / across
    down = -(-len(chart.paths) // across)
    svg = Svg(WIDE, down * (_SMALL + 34), lang)
    for place, path in enumerate(chart.paths):
        left, top = place % across * wide, place // across * (_SMALL + 34)
        box = (left + 6, top + 24, left + wide - 6, top + 24 + _SMALL)
        plot = Plot(svg, box, chart.x, chart.y)
        svg.text((left + 6, top + 17), path.name, bold=True)
        tinted_fields(plot, chart.split, ("", "", "", ""), FIELDS)
        svg.rect(box, fill="none", edge=LINE)
        points = [plot.at(each.satisfaction, each.loyalty) for each in path.places]
        svg.path(points, colour=MUTED, wide=1.6)
        for point in points[1:-1]:
            svg.circle(point, 1.8, fill=MUTED)
        svg.circle(points[0], 3.2, fill=PANEL, edge=MUTED, wide=1.6)
        _end(svg, path, points[-1], 4.6)
    return svg.render(chart.summary)


def _at(plot: Plot, path: PathView, place: int) -> tuple[float, float]:
    return plot.at(path.places[place].satisfaction, path.places[place].loyalty)


def _end(svg: Svg, path: PathView, at: tuple[float, float], radius: float) -> None:
    """A disc, or a cross for who has left."""
    if not path.left:
        svg.circle(at, radius, fill=GOOD)
        return
    for turn in (1, -1):
        svg.line(
            (at[0] - radius, at[1] - turn * radius),
            (at[0] + radius, at[1] + turn * radius),
            colour=BAD,
            wide=2.6,
        )
