"""Charts: lines over turns, and a signed waterfall of what made a change."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.theme import CARD, NUMBER, STRONG, TAG
from sim.ui.window.kit.ui import Ui


@dataclass(eq=False)
class Series:
    """One line of a chart.

    Attributes:
        label: Its name.
        colour: A token of the theme.
        values: One per turn; None where nothing is known.
        mark: Shape of its points, so that colour is not alone: `disc`, `square`, `diamond`.
    """

    label: str
    colour: str
    values: Sequence[float | None]
    mark: str = "disc"


@dataclass(eq=False)
class LineChart(Node):
    """Series over turns, with a legend.

    Attributes:
        series: The lines.
        axis: Word under the horizontal axis.
        low: Smallest value of the vertical axis.
        high: Largest value.
        tall: Height of the plot in design units.
        first: Number of the first turn.
    """

    series: Sequence[Series]
    axis: str = ""
    low: float = 0
    high: float = 100
    tall: float = 150
    first: int = 0

    def natural(self, ui: Ui, /) -> int:
        """A comfortable width."""
        return ui.em(320)

    def least(self, ui: Ui, /) -> int:
        """A readable width."""
        return ui.em(180)

    def _legend(self, ui: Ui, width: int) -> list[list[tuple[Series, int]]]:
        lines: list[list[tuple[Series, int]]] = [[]]
        used = 0
        for series in self.series:
            wide = ui.width(series.label, TAG) + ui.em(14) + ui.px(22)
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append((series, wide))
            used += wide
        return lines

    def measure(self, ui: Ui, width: int, /) -> int:
        """Legend, plot and axis."""
        legend = len(self._legend(ui, width)) * ui.leading(TAG)
        return legend + ui.px(self.tall) + ui.leading(TAG) + ui.px(20)

    def _plot(self, ui: Ui) -> pygame.Rect:
        left = max(ui.line_width(f"{self.high:.0f}", TAG), ui.line_width(f"{self.low:.0f}", TAG))
        left += ui.px(10)
        top = len(self._legend(ui, self.rect.w)) * ui.leading(TAG) + ui.px(10)
        high = self.rect.h - top - ui.leading(TAG) - ui.px(8)
        wide = self.rect.w - left - ui.px(10)
        return pygame.Rect(self.rect.x + left, self.rect.y + top, wide, high)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws legend, axes and lines."""
        self._draw_legend(ui, surface)
        plot = self._plot(ui)
        self._draw_axes(ui, surface, plot)
        for series in self.series:
            self._draw_series(ui, surface, plot, series)

    def _draw_legend(self, ui: Ui, surface: pygame.Surface) -> None:
        top = self.rect.y
        for line in self._legend(ui, self.rect.w):
            left = self.rect.x
            for series, wide in line:
                middle = (left + ui.em(7), top + ui.leading(TAG) // 2)
                draw_mark(ui, surface, middle, series.mark, colour=series.colour)
                at = (left + ui.em(14) + ui.px(4), top)
                ui.write(surface, ui.worded(series.label), TAG, at=at, colour="ink")
                left += wide
            top += ui.leading(TAG)

    def _count(self) -> int:
        return max((len(series.values) for series in self.series), default=0)

    def _x(self, plot: pygame.Rect, turn: int) -> float:
        return plot.x + plot.w * turn / max(1, self._count() - 1)

    def _y(self, plot: pygame.Rect, value: float) -> float:
        return plot.bottom - plot.h * (value - self.low) / ((self.high - self.low) or 1)

    def _draw_axes(self, ui: Ui, surface: pygame.Surface, plot: pygame.Rect) -> None:
        for share in (0, 0.5, 1):
            value = self.low + share * (self.high - self.low)
            height = round(self._y(plot, value))
            surface.fill(ui.colour("line"), (plot.x, height, plot.w, 1))
            word = f"{value:.0f}"
            left = plot.x - ui.px(8) - ui.line_width(word, TAG)
            top = height - ui.leading(TAG) // 2
            ui.write(surface, word, TAG, at=(left, top), colour="muted")
        word = ui.worded(self.axis)
        end = self.rect.right - ui.line_width(word, TAG)
        top = plot.bottom + ui.px(5)
        ui.write(surface, word, TAG, at=(end, top), colour="muted")
        self._draw_turns(ui, surface, plot, end - ui.px(10))

    def _draw_turns(self, ui: Ui, surface: pygame.Surface, plot: pygame.Rect, end: int) -> None:
        free = 0
        for turn in range(self._count()):
            word = str(turn + self.first)
            wide = ui.line_width(word, TAG)
            left = round(self._x(plot, turn) - wide / 2)
            if left >= free and left + wide <= end:
                at = (left, plot.bottom + ui.px(5))
                ui.write(surface, word, TAG, at=at, colour="muted")
                free = left + wide + ui.px(10)

    def _draw_series(
        self, ui: Ui, surface: pygame.Surface, plot: pygame.Rect, series: Series
    ) -> None:
        points = [
            (self._x(plot, turn), self._y(plot, value))
            for turn, value in enumerate(series.values)
            if value is not None
        ]
        colour = ui.colour(series.colour)
        draw.polyline(surface, points, colour=colour, width=max(2, ui.px(2.5)))
        for point in points:
            draw_mark(ui, surface, point, series.mark, colour=series.colour)


def draw_mark(
    ui: Ui, surface: pygame.Surface, point: tuple[float, float], mark: str, *, colour: str
) -> None:
    """Draws the point of a series in its shape, hollow so that crossing lines stay readable."""
    size, inner = ui.px(4.5), ui.px(2.2)
    x, y = round(point[0]), round(point[1])
    ink, ground = ui.colour(colour), ui.colour("panel")
    if mark == "disc":
        draw.fill_disc(surface, (x, y), size, ink)
        draw.fill_disc(surface, (x, y), inner, ground)
    elif mark == "square":
        surface.fill(ink, (x - size + 1, y - size + 1, 2 * size - 1, 2 * size - 1))
        surface.fill(ground, (x - inner + 1, y - inner + 1, 2 * inner - 1, 2 * inner - 1))
    else:
        for radius, fill in ((size + 1, ink), (inner, ground)):
            corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
            draw.polygon(surface, corners, fill)


@dataclass(frozen=True)
class Step:
    """One contribution to a change.

    Attributes:
        value: Signed points.
        label: What it is called.
        reason: One sentence; may be empty.
        number: The value in words, with its sign.
    """

    value: float
    label: str
    reason: str
    number: str


@dataclass(eq=False)
class Waterfall(Node):
    """Contributions one below the other, each bar beginning where the one before it ended.

    Attributes:
        steps: In order.
        moves: Name of the animation; empty for none.
    """

    steps: Sequence[Step]
    moves: str = ""

    def natural(self, ui: Ui, /) -> int:
        """A comfortable width."""
        return ui.em(270)

    def least(self, ui: Ui, /) -> int:
        """A readable width."""
        return ui.em(170)

    def _left(self, ui: Ui) -> int:
        return max((ui.width(step.number, STRONG) for step in self.steps), default=0) + ui.px(10)

    def _height(self, ui: Ui, step: Step, width: int) -> int:
        lines = len(ui.wrap(step.label, CARD, width)) * ui.leading(CARD)
        if step.reason:
            lines += len(ui.wrap(step.reason, NUMBER, width)) * ui.leading(NUMBER)
        return lines + ui.px(9) + ui.px(10)

    def measure(self, ui: Ui, width: int, /) -> int:
        """All steps."""
        room = width - self._left(ui)
        return sum(self._height(ui, step, room) for step in self.steps)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the steps."""
        reached = [0.0]
        for step in self.steps:
            reached.append(reached[-1] + step.value)
        low, high = min(reached), max(reached)
        left = self.rect.x + self._left(ui)
        scale = (self.rect.right - left - ui.px(4)) / ((high - low) or 1)
        zero = left + ui.px(2) - low * scale
        top = self.rect.y
        for index, step in enumerate(self.steps):
            share = ui.tween(f"{self.moves}/{index}", start=0, end=1) if self.moves else 1
            start = zero + reached[index] * scale
            end = start + step.value * share * scale
            top = self._draw_words(ui, surface, step, (left, top))
            track = pygame.Rect(left, top + ui.px(3), self.rect.right - left, max(2, ui.px(2)))
            self._draw_bar(ui, surface, track, ends=(start, end), zero=zero)
            top = self._draw_reason(ui, surface, step, (left, top + ui.px(9)))

    def _draw_words(self, ui: Ui, surface: pygame.Surface, step: Step, at: tuple[int, int]) -> int:
        left, top = at
        number = ui.worded(step.number)
        start = left - ui.px(10) - ui.line_width(number, STRONG)
        ui.write(surface, number, STRONG, at=(start, top), colour=sign_colour(step.value))
        for line in ui.wrap(step.label, CARD, self.rect.right - left):
            ui.write(surface, line, CARD, at=(left, top), colour="ink")
            top += ui.leading(CARD)
        return top

    def _draw_reason(self, ui: Ui, surface: pygame.Surface, step: Step, at: tuple[int, int]) -> int:
        left, top = at
        for line in ui.wrap(step.reason, NUMBER, self.rect.right - left) if step.reason else ():
            ui.write(surface, line, NUMBER, at=(left, top), colour="muted")
            top += ui.leading(NUMBER)
        return top + ui.px(10)

    @staticmethod
    def _draw_bar(
        ui: Ui,
        surface: pygame.Surface,
        track: pygame.Rect,
        *,
        ends: tuple[float, float],
        zero: float,
    ) -> None:
        surface.fill(ui.colour("track"), track)
        long = max(2, round(abs(ends[1] - ends[0])))
        box = pygame.Rect(round(min(ends)), track.y - ui.px(1), long, ui.px(5))
        draw.fill_rounded(surface, box, ui.px(2), ui.colour(sign_colour(ends[1] - ends[0])))
        tick = (round(zero), track.y - ui.px(3), max(1, ui.px(1)), ui.px(9))
        surface.fill(ui.colour("ink"), tick)


def sign_colour(value: float) -> str:
    """The token of a gain, of a loss or of neither; the sign itself is always written too."""
    return "good" if value > 0 else "bad" if value < 0 else "muted"
