"""A meter over the turns as bots bring it about: one game as a line, most others as a band."""

from dataclasses import dataclass

import pygame

from sim.ui.window.charts.legend import Item, Legend
from sim.ui.window.charts.plot import Plot
from sim.ui.window.kit import draw
from sim.ui.window.kit.charts import draw_mark
from sim.ui.window.kit.ui import Ui
from sim.view.workshop_model import Line, MeterChart

# Mark, colour of the line and colour of the band, in the order of the bots.
LOOKS = (("disc", "accent", "fan"), ("square", "switching", "track"))


@dataclass(eq=False, kw_only=True)
class CoursePlot(Plot):
    """The bands, the last bot's lowest, then the lines, the first bot's on top."""

    chart: MeterChart

    def draw_ground(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """The bands."""
        del frame
        for line, (_, _, colour) in self._lines():
            above = [self.px_of(ui, x, y) for x, y in line.high]
            below = [self.px_of(ui, x, y) for x, y in reversed(line.low)]
            draw.polygon(surface, [*above, *below], ui.colour(colour))

    def draw_marks(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """The edges of the bands, which overlap, and the lines with their points."""
        del frame
        for line, (mark, colour, _) in self._lines():
            for edge in (line.low, line.high):
                points = [self.px_of(ui, x, y) for x, y in edge]
                draw.polyline(surface, points, colour=ui.colour(colour), width=1)
            points = [self.px_of(ui, x, y) for x, y in line.points]
            draw.polyline(surface, points, colour=ui.colour(colour), width=max(2, ui.px(2.5)))
            for point in points:
                draw_mark(ui, surface, point, mark, colour=colour)

    def _lines(self) -> list[tuple[Line, tuple[str, str, str]]]:
        """The lowest first."""
        return list(zip(self.chart.lines, LOOKS, strict=False))[::-1]


def courses(chart: MeterChart, *, tall: float = 150) -> CoursePlot:
    """The plot of a meter."""
    return CoursePlot(x=chart.x, y=chart.y, chart=chart, tall=tall)


def courses_key(names: list[tuple[str, str]]) -> Legend:
    """What lines and bands mean.

    Args:
        names: For each bot what its line and what its band is called.
    """
    items = []
    for (line, band), (mark, colour, ground) in zip(names, LOOKS, strict=False):
        items.append(Item("ring" if mark == "disc" else "box", colour, line))
        items.append(Item("square", ground, band))
    return Legend(items=items)
