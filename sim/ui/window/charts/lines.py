"""The scores of two games, turn by turn."""

from dataclasses import dataclass

import pygame

from sim.ui.window.charts.legend import Item, Legend
from sim.ui.window.charts.plot import Plot
from sim.ui.window.kit import draw
from sim.ui.window.kit.charts import draw_mark
from sim.ui.window.kit.ui import Ui
from sim.view.compare import CompareView

LOOKS = (("disc", "accent"), ("square", "switching"))


@dataclass(eq=False, kw_only=True)
class ScorePlot(Plot):
    """Two lines that differ in colour and in the shape of their points."""

    view: CompareView

    def draw_marks(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """Both lines, the own one above."""
        del frame
        for line, (mark, colour) in reversed(list(zip(self.view.lines, LOOKS, strict=True))):
            points = [self.px_of(ui, x, y) for x, y in line]
            width = max(2, ui.px(2.5))
            draw.polyline(surface, points, colour=ui.colour(colour), width=width)
            for point in points:
                draw_mark(ui, surface, point, mark, colour=colour)


def score_lines(view: CompareView, *, tall: float = 220) -> tuple[ScorePlot, Legend]:
    """The plot and its key."""
    items = [
        Item("ring" if mark == "disc" else "box", colour, name)
        for name, (mark, colour) in zip(view.names, LOOKS, strict=True)
    ]
    return ScorePlot(x=view.x, y=view.y, view=view, tall=tall), Legend(items=items)
