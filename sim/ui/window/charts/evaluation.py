"""The evaluation line: what the game was worth, both bands, the decisions and the luck between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.charts.legend import Item, Legend
from sim.ui.window.charts.plot import Plot, Point, Spot, arrow
from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Command
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import EvaluationChart, Mark, Span

Turn = Callable[[int], Command | None]


@dataclass(eq=False, kw_only=True)
class EvaluationPlot(Plot):
    """The line with bands and marks.

    Attributes:
        chart: What it shows.
        judged: Whether the labels may be seen; before that only the line is drawn.
    """

    chart: EvaluationChart
    judged: bool = True

    def draw_ground(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """Both bands, the wide one first."""
        del frame
        for spans, colour in ((self.chart.fan, "fan"), (self.chart.band, "band")):
            if len(spans) > 1:
                draw.polygon(surface, self._outline(ui, spans), ui.colour(colour))

    def _outline(self, ui: Ui, spans: Sequence[Span]) -> list[Point]:
        above = [self.px_of(ui, span.x, span.high) for span in spans]
        below = [self.px_of(ui, span.x, span.low) for span in reversed(spans)]
        return [*above, *below]

    def draw_marks(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """The line, the step of each decision, and the luck after it."""
        del frame
        points = [self.px_of(ui, x, y) for x, y in self.chart.line]
        colour, width = ui.colour("accent"), max(2, ui.px(2.5))
        draw.polyline(surface, points, colour=colour, width=width)
        for mark in self.chart.marks if self.judged else ():
            self._draw_mark(ui, surface, mark)

    def _draw_mark(self, ui: Ui, surface: pygame.Surface, mark: Mark) -> None:
        before = self.px_of(ui, mark.turn, mark.line)
        here = self.px_of(ui, mark.x, mark.y)
        after = self.px_of(ui, mark.turn + 1, mark.after)
        pygame.draw.aaline(surface, ui.colour("muted"), before, here, max(1, ui.px(1.5)))
        lucky = "good" if mark.after >= mark.y else "bad"
        arrow(surface, here, after, colour=ui.colour(lucky), size=ui.px(8))


def evaluation(
    chart: EvaluationChart, press: Turn, *, chosen: int = 0, judged: bool = True, tall: float = 260
) -> EvaluationPlot:
    """The evaluation line.

    Args:
        chart: What it shows.
        press: Called with the turn of a mark.
        chosen: The turn that is shown elsewhere.
        judged: Whether the labels may be seen.
        tall: Height in design units.
    """
    spots = [
        Spot(
            name=f"evaluation/{mark.turn}",
            at=(mark.x, mark.y),
            text=mark.label.glyph,
            look=mark.label.id,
            tip=mark.shown,
            chosen=mark.turn == chosen,
            on_press=partial(press, mark.turn),
        )
        for mark in chart.marks
    ]
    return EvaluationPlot(
        x=chart.x,
        y=chart.y,
        right=chart.share,
        spots=spots if judged else [],
        chart=chart,
        judged=judged,
        tall=tall,
    )


def evaluation_key(chart: EvaluationChart, *, judged: bool = True) -> Legend:
    """What line, bands and marks mean."""
    items = [
        Item("line", "accent", chart.line_name),
        Item("square", "band", chart.band_name),
        Item("square", "fan", chart.fan_name),
    ]
    if judged:
        items += [
            Item("ring", "accent", chart.mark_name),
            Item("arrow", "good", chart.luck_name),
        ]
    return Legend(items=items)
