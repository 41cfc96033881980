"""Drawing charts as SVG text."""

from collections.abc import Iterable, Sequence
from html import escape

from sim.ui.report.fonts import width
from sim.ui.report.look import INK, LINE, MUTED, PANEL
from sim.view.review_model import Axis

WIDE = 760.0
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


def short(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


class Svg:
    """One drawing.

    Attributes:
        width: Of the view box.
        height: Of the view box.
        lang: For measuring text.
    """

    def __init__(self, width_: float, height: float, lang: str) -> None:
        """An empty drawing."""
        self.width, self.height, self.lang = width_, height, lang
        self._parts: list[str] = []

    def render(self, name: str) -> str:
        """The element; `name` is what it says to who cannot see it."""
        return (
            f'<svg viewBox="0 0 {short(self.width)} {short(self.height)}" role="img" '
            f'aria-label="{escape(name)}">{"".join(self._parts)}</svg>'
        )

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a text is."""
        return width(text, size, bold=bold, lang=self.lang)

    def define(self, markup: str) -> None:
        """Adds definitions, such as patterns."""
        self._parts.append(f"<defs>{markup}</defs>")

    def line(
        self,
        start: Point,
        end: Point,
        *,
        colour: str = LINE,
        wide: float = 1.0,
        dash: str = "",
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{short(start[0])}" y1="{short(start[1])}" x2="{short(end[0])}" '
            f'y2="{short(end[1])}" stroke="{colour}" stroke-width="{short(wide)}"{dashed}/>'
        )

    def path(
        self, points: Sequence[Point], *, colour: str, wide: float = 2.0, opacity: float = 1.0
    ) -> None:
        """A line through points."""
        d = "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)
        faint = f' stroke-opacity="{opacity}"' if opacity < 1.0 else ""
        self._parts.append(
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{short(wide)}" '
            f'stroke-linejoin="round" stroke-linecap="round"{faint}/>'
        )

    def area(self, points: Iterable[Point], *, fill: str) -> None:
        """A filled area."""
        joined = " ".join(f"{short(x)},{short(y)}" for x, y in points)
        self._parts.append(f'<polygon points="{joined}" fill="{fill}"/>')

    def rect(
        self,
        box: Box,
        *,
        fill: str,
        edge: str = "",
        radius: float = 0.0,
    ) -> None:
        """A rectangle; corners in any order."""
        left, right = sorted((box[0], box[2]))
        top, bottom = sorted((box[1], box[3]))
        stroke = f' stroke="{edge}"' if edge else ""
        rounded = f' rx="{short(radius)}"' if radius else ""
        self._parts.append(
            f'<rect x="{short(left)}" y="{short(top)}" width="{short(right - left)}" '
            f'height="{short(bottom - top)}" fill="{fill}"{stroke}{rounded}/>'
        )

    def circle(
        self, at: Point, radius: float, *, fill: str, edge: str = "", wide: float = 2.0
    ) -> None:
        """A disc or a ring."""
        stroke = f' stroke="{edge}" stroke-width="{short(wide)}"' if edge else ""
        self._parts.append(
            f'<circle cx="{short(at[0])}" cy="{short(at[1])}" r="{short(radius)}" '
            f'fill="{fill}"{stroke}/>'
        )

    def text(
        self,
        at: Point,
        text: str,
        *,
        size: float = 13.0,
        colour: str = INK,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """A line of text; `at` is on its base line."""
        kind = ' class="b"' if bold else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text x="{short(at[0])}" y="{short(at[1])}" font-size="{short(size)}" '
            f'fill="{colour}"{side}{kind}>{escape(text)}</text>'
        )

    def arrow(self, start: Point, end: Point, *, colour: str) -> None:
        """A dashed line with a head at its end."""
        self.line(start, end, colour=colour, wide=1.4, dash="3 2.5")
        dx, dy = end[0] - start[0], end[1] - start[1]
        long = (dx * dx + dy * dy) ** 0.5 or 1.0
        ux, uy = dx / long, dy / long
        base = (end[0] - 7.0 * ux, end[1] - 7.0 * uy)
        self.area(
            (
                end,
                (base[0] - 3.5 * uy, base[1] + 3.5 * ux),
                (base[0] + 3.5 * uy, base[1] - 3.5 * ux),
            ),
            fill=colour,
        )


class Plot:
    """The field of a chart between its axes.

    Attributes:
        svg: To draw on.
        box: Of the field.
        x: Horizontal axis.
        y: Vertical axis.
    """

    def __init__(self, svg: Svg, box: Box, x: Axis, y: Axis) -> None:
        """A field with its scales."""
        self.svg, self.box, self.x, self.y = svg, box, x, y

    def px(self, value: float) -> float:
        """Where a value of the horizontal axis lies."""
        share = (value - self.x.low) / (self.x.high - self.x.low)
        return self.box[0] + share * (self.box[2] - self.box[0])

    def py(self, value: float) -> float:
        """Where a value of the vertical axis lies."""
        share = (value - self.y.low) / (self.y.high - self.y.low)
        return self.box[3] - share * (self.box[3] - self.box[1])

    def at(self, x: float, y: float) -> Point:
        """A point of the field."""
        return self.px(x), self.py(y)

    def rule_y(self, *, name: bool = True) -> None:
        """Lines and numbers of the vertical axis, its name above."""
        left, top, right, _ = self.box
        for tick in self.y.ticks:
            level = self.py(tick.at)
            self.svg.line((left, level), (right, level))
            self.svg.text((left - 7, level + 4), tick.text, size=12, colour=MUTED, anchor="end")
        if name:
            self.svg.text((left - 34, top - 12), self.y.name, size=12, colour=MUTED)

    def rule_x(self, *, lines: bool = False, name: bool = True) -> None:
        """Numbers of the horizontal axis, its name below."""
        left, top, right, bottom = self.box
        for tick in self.x.ticks:
            place = self.px(tick.at)
            if lines:
                self.svg.line((place, top), (place, bottom))
            self.svg.text((place, bottom + 17), tick.text, size=12, colour=MUTED, anchor="middle")
        if name:
            middle = (left + right) / 2.0
            self.svg.text(
                (middle, bottom + 34), self.x.name, size=12, colour=MUTED, anchor="middle"
            )


def badge(svg: Svg, at: Point, text: str, *, ink: str, tint: str) -> Box:
    """A glyph on its ground, centred on a point; returns the ground."""
    half = max(svg.measure(text, 12, bold=True) / 2.0 + 5.0, 9.0)
    box = (at[0] - half, at[1] - 9.0, at[0] + half, at[1] + 9.0)
    svg.rect(box, fill=tint, edge=ink, radius=6.0)
    svg.text((at[0], at[1] + 4.3), text, size=12, colour=ink, anchor="middle", bold=True)
    return box


def legend(svg: Svg, entries: Sequence[tuple[str, str]], top: float, left: float = 40.0) -> float:
    """Names beside marks of their own; returns where the next line would stand.

    Args:
        svg: to draw on.
        entries: name, and what draws its mark: a colour of an area, or `line:`, `ring:`, `arrow:`,
            `hatch:` and a colour.
        top: of the first line.
        left: of every line.
    """
    x, y = left, top
    for name, look in entries:
        wide = svg.measure(name, 12) + 44.0
        if x + wide > svg.width and x > left:
            x, y = left, y + 19.0
        _mark(svg, look, (x, y))
        svg.text((x + 26.0, y + 4.0), name, size=12, colour=MUTED)
        x += wide
    return y + 19.0


def _mark(svg: Svg, look: str, at: Point) -> None:
    kind, _, colour = look.rpartition(":")
    x, y = at
    if kind == "line":
        svg.line((x, y), (x + 20, y), colour=colour, wide=3)
    elif kind == "ring":
        svg.circle((x + 10, y), 5.5, fill=PANEL, edge=colour)
    elif kind == "disc":
        svg.circle((x + 10, y), 6, fill=colour)
    elif kind == "arrow":
        svg.arrow((x, y), (x + 21, y), colour=colour)
    else:
        svg.rect((x, y - 6, x + 20, y + 6), fill=colour, edge=MUTED, radius=2)


class Labels:
    """Places names beside dots so that they do not lie on each other."""

    def __init__(self, svg: Svg, field: Box) -> None:
        """No name placed yet; all must lie in a field."""
        self._svg, self._field = svg, field
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Keeps names off a place."""
        self._taken.append(box)

    def place(self, at: Point, text: str, *, away: float = 9.0, size: float = 12.0) -> None:
        """Writes a name right, left, below or above of a dot, where there is most room."""
        wide = self._svg.measure(text, size)
        spots = [
            (at[0] + dx if dx >= 0 else at[0] + dx - wide, at[1] + dy)
            for dx, dy in (
                (away, 4.0),
                (-away, 4.0),
                (away - 3, away + 8),
                (away - 3, -away),
                (3 - away, away + 8),
                (3 - away, -away),
                (away, 16.0),
                (-away, 16.0),
                (away, -9.0),
                (-away, -9.0),
            )
        ]
        boxes = [(x - 1, y - size * 0.85, x + wide + 1, y + size * 0.25) for x, y in spots]
        costs = [self._cost(box) for box in boxes]
        best = min(range(len(costs)), key=costs.__getitem__)
        self._taken.append(boxes[best])
        self._svg.text(spots[best], text, size=size)

    def _cost(self, box: Box) -> float:
        outside = max(self._field[0] - box[0], 0.0) + max(box[2] - self._field[2], 0.0)
        outside += max(self._field[1] - box[1], 0.0) + max(box[3] - self._field[3], 0.0)
        return 50.0 * outside + sum(_overlap(box, other) for other in self._taken)


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(down, 0.0)
