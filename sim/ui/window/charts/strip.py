"""How often something happens, turn by turn: a small column for each bot in every turn."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.theme import TAG
from sim.ui.window.kit.ui import Ui
from sim.view.workshop_model import MapCell

COLOURS = ("accent", "switching")  # of the expert and of random play, in the order of the bots
LEAST_HEIGHT = 2  # pixels of a share that is small, but not nothing


@dataclass(eq=False)
class Strip(Node):
    """One row of the map; an outline marks the turn for which something is scheduled.

    Attributes:
        cells: Its turns.
        units: Height in text units.
    """

    cells: Sequence[MapCell] = ()
    units: float = 34

    def natural(self, ui: Ui, /) -> int:
        """A comfortable width."""
        return ui.em(26) * max(1, len(self.cells))

    def least(self, ui: Ui, /) -> int:
        """Columns that can be told apart."""
        return ui.px(10) * max(1, len(self.cells))

    def measure(self, ui: Ui, width: int, /) -> int:
        """Its height."""
        del width
        return ui.em(self.units)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the turns from left to right."""
        for box, cell in zip(boxes(ui, self.rect, len(self.cells)), self.cells, strict=True):
            self._draw_cell(ui, surface, box, cell)

    @staticmethod
    def _draw_cell(ui: Ui, surface: pygame.Surface, box: pygame.Rect, cell: MapCell) -> None:
        surface.fill(ui.colour("track"), box)
        wide = max(2, (box.w - 3 * ui.px(2)) // len(cell.shares))
        left = box.x + (box.w - wide * len(cell.shares) - ui.px(1)) // 2
        for share, colour in zip(cell.shares, COLOURS, strict=True):
            high = max(LEAST_HEIGHT, round(share * box.h)) if share else 0
            surface.fill(ui.colour(colour), (left, box.bottom - high, wide, high))
            left += wide + ui.px(1)
        if cell.bound:
            around = box.inflate(2, 2)
            draw.ring(
                surface, around, radius=ui.px(3), colour=ui.colour("ink"), width=max(1, ui.px(1.5))
            )


@dataclass(eq=False)
class Turns(Node):
    """The numbers of the turns above a column of strips.

    Attributes:
        names: From left to right.
    """

    names: Sequence[str] = ()

    def natural(self, ui: Ui, /) -> int:
        """As a strip."""
        return ui.em(26) * max(1, len(self.names))

    def least(self, ui: Ui, /) -> int:
        """As a strip."""
        return ui.px(10) * max(1, len(self.names))

    def measure(self, ui: Ui, width: int, /) -> int:
        """One line."""
        del width
        return ui.leading(TAG)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Writes as many numbers as there is room for."""
        widest = max((ui.line_width(name, TAG) for name in self.names), default=0)
        places = boxes(ui, self.rect, len(self.names))
        step = 1 if not places or widest <= places[0].w else 2
        for place, (box, name) in enumerate(zip(places, self.names, strict=True)):
            if place % step == 0:
                left = box.centerx - ui.line_width(name, TAG) // 2
                ui.write(surface, name, TAG, at=(left, self.rect.y), colour="muted")


def boxes(ui: Ui, rect: pygame.Rect, count: int) -> list[pygame.Rect]:
    """The places of the turns of a strip."""
    gap = max(2, ui.px(3))
    ends = [rect.x + (rect.w + gap) * place // max(1, count) for place in range(count + 1)]
    return [
        pygame.Rect(ends[place], rect.y, ends[place + 1] - ends[place] - gap, rect.h)
        for place in range(count)
    ]
