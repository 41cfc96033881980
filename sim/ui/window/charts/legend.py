"""The key of a chart: what each mark means, told by shape, number and word, not by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.charts.plot import arrow
from sim.ui.window.kit import charts, draw
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.theme import TAG, TAG_STRONG
from sim.ui.window.kit.ui import Ui


@dataclass(frozen=True)
class Item:
    """One line of a key.

    Attributes:
        shape: `line`, `disc`, `ring`, `box`, `square`, `frame`, `hatch` or `arrow`.
        colour: A token of the theme or `#RRGGBB`.
        text: What it means.
        number: Stands in a filled mark.
    """

    shape: str
    colour: str
    text: str
    number: str = ""


@dataclass(eq=False)
class Legend(Node):
    """Items side by side, in as many lines as they need."""

    items: Sequence[Item] = ()

    def _wide(self, ui: Ui, item: Item, most: int) -> int:
        return min(most, self._mark(ui) + ui.px(6) + ui.width(item.text, TAG))

    @staticmethod
    def _mark(ui: Ui) -> int:
        return ui.em(22)

    def _lines(self, ui: Ui, width: int) -> list[list[tuple[Item, int]]]:
        lines: list[list[tuple[Item, int]]] = [[]]
        used = 0
        for item in self.items:
            wide = self._wide(ui, item, width)
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append((item, wide))
            used += wide + ui.px(16)
        return lines

    def natural(self, ui: Ui, /) -> int:
        """All on one line."""
        every = [self._wide(ui, item, 10**6) for item in self.items]
        return sum(every) + ui.px(16) * max(0, len(every) - 1) + 1

    def least(self, ui: Ui, /) -> int:
        """A mark and some letters; what does not fit is cut."""
        return ui.em(120)

    def measure(self, ui: Ui, width: int, /) -> int:
        """All lines."""
        return len(self._lines(ui, width)) * (ui.leading(TAG) + ui.px(3)) if self.items else 0

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws marks and words."""
        top, high = self.rect.y, ui.leading(TAG) + ui.px(3)
        for line in self._lines(ui, self.rect.w):
            left = self.rect.x
            for item, wide in line:
                box = pygame.Rect(left, top, self._mark(ui), ui.leading(TAG))
                draw_mark(ui, surface, item, box)
                at, most = (box.right + ui.px(6), top), wide - box.w - ui.px(6)
                word = ui.worded(item.text)
                ui.write(surface, word, TAG, at=at, colour="ink", most=most)
                left += wide + ui.px(16)
            top += high


def draw_mark(ui: Ui, surface: pygame.Surface, item: Item, box: pygame.Rect) -> None:
    """Draws the mark of an item in a box."""
    colour, middle = ui.colour(item.colour), box.centery
    ends = (box.x, middle), (box.right, middle)
    if item.shape == "line":
        pygame.draw.aaline(surface, colour, *ends, max(2, ui.px(3)))
    elif item.shape == "hatch":
        hatch(ui, surface, box.inflate(0, -ui.px(4)), colour)
    elif item.shape == "arrow":
        arrow(surface, (box.x, middle + 3), (box.right, middle - 3), colour=colour, size=ui.px(8))
    elif item.shape == "frame":
        draw.ring(surface, box.inflate(-ui.px(4), 0), radius=ui.px(3), colour=colour, width=2)
    elif item.shape == "box":  # as the points of a second line
        charts.draw_mark(ui, surface, box.center, "square", colour=item.colour)
    elif item.shape in {"disc", "ring"}:
        radius = max(4, box.h // 3)
        draw.fill_disc(surface, box.center, radius, colour)
        if item.shape == "ring":
            draw.fill_disc(surface, box.center, radius - max(2, ui.px(2)), ui.colour("panel"))
    else:
        _draw_fill(ui, surface, item, box.inflate(0, -ui.px(2)))


def _draw_fill(ui: Ui, surface: pygame.Surface, item: Item, box: pygame.Rect) -> None:
    edge = ui.colour("edge")
    draw.framed(surface, box, radius=ui.px(3), fill=ui.colour(item.colour), edge=edge)
    if item.number:
        left = box.centerx - ui.line_width(item.number, TAG_STRONG) // 2
        top = box.centery - ui.leading(TAG_STRONG) // 2
        ui.write(surface, item.number, TAG_STRONG, at=(left, top), colour="ink")


def hatch(ui: Ui, surface: pygame.Surface, box: pygame.Rect, colour: str) -> None:
    """Fills a box with slanting lines, and frames it."""
    before = surface.get_clip()
    surface.set_clip(box.clip(before))
    step, width = max(4, ui.px(5)), max(1, ui.px(2))
    for left in range(box.x - box.h, box.right, step):
        pygame.draw.line(surface, colour, (left, box.bottom), (left + box.h, box.y), width)
    surface.set_clip(before)
    pygame.draw.rect(surface, colour, box, max(1, ui.px(1)))
