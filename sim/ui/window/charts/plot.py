"""What all charts with two axes share: the frame, the marks of the axes, and what can be pressed.

A chart places its spots where they belong; a spot is a control, so that Tab and arrows reach every
number that the mouse can point at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Control, Node
from sim.ui.window.kit.theme import TAG, TAG_STRONG, label_of
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import Axis

Point = tuple[float, float]
LEAST_UNITS = 28  # of a control in design units


@dataclass(eq=False)
class Spot(Control):
    """A mark of a chart that can be pressed; its tip says what it stands for.

    Attributes:
        at: Where it stands, in the units of the axes.
        text: The glyph in it.
        look: The label whose colours it has; empty for the colours of the chart.
        chosen: Whether it is the one shown elsewhere.
        wide: Smallest diameter in design units.
    """

    at: Point = (0.0, 0.0)
    text: str = ""
    look: str = ""
    chosen: bool = False
    wide: float = LEAST_UNITS
    sound: str = "select"

    def natural(self, ui: Ui, /) -> int:
        """A disc that holds its glyph."""
        return max(ui.px(self.wide), ui.width(self.text, TAG_STRONG) + ui.px(12), ui.em(22))

    def measure(self, ui: Ui, width: int, /) -> int:
        """As high as wide."""
        del width
        return self.natural(ui)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws ring, ground and glyph."""
        look = label_of(ui.theme, self.look)
        radius = min(self.rect.w, self.rect.h) // 2 - ui.px(2)
        ink = look.ink if self.look else ui.colour("accent")
        ground = look.tint if self.look else ui.colour("panel")
        lit = self.chosen or self.hovered(ui)
        rim = max(2, ui.px(3 if lit else 1.6))
        draw.fill_disc(surface, self.rect.center, radius, ink)
        inner = ground if not self.chosen else ink
        draw.fill_disc(surface, self.rect.center, radius - rim, inner)
        if self.text:
            colour = ui.colour("panel") if self.chosen else ink
            left = self.rect.centerx - ui.line_width(self.text, TAG_STRONG) // 2
            top = self.rect.centery - ui.leading(TAG_STRONG) // 2
            ui.write(surface, self.text, TAG_STRONG, at=(left, top), colour=colour)


@dataclass(eq=False)
class Plot(Node):
    """Two axes with spots between them.

    Attributes:
        x: From left to right.
        y: From below upwards.
        spots: What can be pressed.
        right: A second scale of the same heights, at the right end; None for none.
        tall: Height in design units.
        level: Whether the lines of the vertical axis are drawn across.
    """

    x: Axis
    y: Axis
    spots: Sequence[Spot] = ()
    right: Axis | None = None
    tall: float = 250
    level: bool = True

    crowded = True
    behind = False  # whether the spots lie below what the chart shows

    def parts(self) -> Sequence[Node]:
        """The spots."""
        return self.spots

    def natural(self, ui: Ui, /) -> int:
        """A comfortable width."""
        return ui.em(420)

    def least(self, ui: Ui, /) -> int:
        """A readable width."""
        return ui.em(230)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The plot, the marks of the axis below it, and both names."""
        del width
        return ui.px(self.tall) + self._above(ui) + 2 * ui.leading(TAG)

    # --- where things are ---

    def frame(self, ui: Ui) -> pygame.Rect:
        """The field between the axes."""
        left = self._widest(ui, self.y) + ui.px(8)
        right = self._widest(ui, self.right) + ui.px(8) if self.right else ui.px(16)
        top = self._above(ui)
        low = 2 * ui.leading(TAG) + ui.px(6)
        wide, high = self.rect.w - left - right, self.rect.h - top - low
        return pygame.Rect(self.rect.x + left, self.rect.y + top, wide, high)

    @staticmethod
    def _above(ui: Ui) -> int:
        """The names of the axes, and half of the highest mark."""
        return ui.leading(TAG) * 3 // 2 + ui.px(3)

    @staticmethod
    def _widest(ui: Ui, axis: Axis | None) -> int:
        ticks = axis.ticks if axis else ()
        return max((ui.line_width(tick.text, TAG) for tick in ticks), default=0)

    def px_of(self, ui: Ui, x: float, y: float) -> Point:
        """Pixels of a point of the axes."""
        frame = self.frame(ui)
        return (
            frame.x + frame.w * share(self.x, x),
            frame.bottom - frame.h * share(self.y, y),
        )

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Puts every spot where it belongs, within the field."""
        self.rect = rect
        room = self.frame(ui).inflate(ui.px(16), ui.px(16))
        for spot in self.spots:
            side = spot.natural(ui)
            box = pygame.Rect(0, 0, side, side)
            x, y = self.px_of(ui, *spot.at)
            box.center = (round(x), round(y))
            spot.place(ui, box.clamp(room))

    # --- drawing ---

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws ground, axes, what the chart shows, and the spots."""
        frame = self.frame(ui)
        self.draw_ground(ui, surface, frame)
        if self.behind:
            super().draw(ui, surface)
        self._draw_heights(ui, surface, frame)
        self._draw_across(ui, surface, frame)
        self._draw_names(ui, surface, frame)
        self.draw_marks(ui, surface, frame)
        if not self.behind:
            super().draw(ui, surface)

    def draw_ground(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """What lies below the lines of the axes."""

    def draw_marks(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """What the chart shows besides its spots."""

    def _draw_heights(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        for tick in self.y.ticks:
            high = round(frame.bottom - frame.h * share(self.y, tick.at))
            if self.level:
                surface.fill(ui.colour("line"), (frame.x, high, frame.w, 1))
            left = frame.x - ui.px(6) - ui.line_width(tick.text, TAG)
            at = (left, high - ui.leading(TAG) // 2)
            ui.write(surface, tick.text, TAG, at=at, colour="muted")
        for tick in self.right.ticks if self.right else ():
            high = round(frame.bottom - frame.h * share(self.y, tick.at))
            at = (frame.right + ui.px(6), high - ui.leading(TAG) // 2)
            ui.write(surface, tick.text, TAG, at=at, colour="muted")

    def _draw_across(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        surface.fill(ui.colour("edge"), (frame.x, frame.bottom, frame.w, 1))
        top, free = frame.bottom + ui.px(3), self.rect.x
        ordered = sorted(self.x.ticks, key=lambda tick: share(self.x, tick.at))
        for tick in ordered:
            word = ui.worded(tick.text)
            wide = ui.line_width(word, TAG)
            middle = frame.x + frame.w * share(self.x, tick.at)
            left = round(min(middle - wide / 2, self.rect.right - wide))
            left = max(left, frame.x - ui.px(6))  # clear of the lowest mark of the other axis
            surface.fill(ui.colour("edge"), (round(middle), frame.bottom, 1, ui.px(4)))
            if left >= free:
                ui.write(surface, word, TAG, at=(left, top), colour="muted")
                free = left + wide + ui.px(6)

    def _draw_names(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        room = self.rect.w
        up = ui.worded(self.y.name)
        if self.right is not None:
            word, room = ui.worded(self.right.name), room // 2 - ui.px(6)
            wide = min(room, ui.line_width(word, TAG))
            at = (self.rect.right - wide, self.rect.y)
            ui.write(surface, word, TAG, at=at, colour="muted", most=wide)
        ui.write(surface, up, TAG, at=self.rect.topleft, colour="muted", most=room)
        word = ui.worded(self.x.name)
        wide = min(self.rect.w, ui.line_width(word, TAG))
        at = (min(frame.right, self.rect.right) - wide, frame.bottom + ui.leading(TAG) + ui.px(3))
        ui.write(surface, word, TAG, at=(max(self.rect.x, at[0]), at[1]), colour="muted", most=wide)


def share(axis: Axis, value: float) -> float:
    """How far along an axis a value lies, 0..1 between its ends; it may run backwards."""
    return (value - axis.low) / ((axis.high - axis.low) or 1.0)


def arrow(surface: pygame.Surface, start: Point, end: Point, *, colour: str, size: int) -> None:
    """Draws an arrow; one too short for a head is a stroke."""
    pygame.draw.aaline(surface, colour, start, end, max(2, size // 3))
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across * across + down * down) ** 0.5
    if length < 1.5 * size:
        return
    ux, uy = across / length, down / length
    base = (end[0] - ux * size, end[1] - uy * size)
    half = size * 0.5
    corners = [
        end,
        (base[0] - uy * half, base[1] + ux * half),
        (base[0] + uy * half, base[1] - ux * half),
    ]
    draw.polygon(surface, corners, colour)
