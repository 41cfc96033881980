"""A large number of 0 to 100 in a ring that fills."""

import math
from dataclasses import dataclass
from functools import lru_cache

import pygame

from sim.ui.window.kit.node import Node
from sim.ui.window.kit.theme import NUMBER, TextStyle
from sim.ui.window.kit.ui import Ui

OVERSAMPLING = 4
FIGURE = TextStyle(40, bold=True, leading=1.15)


@lru_cache(maxsize=32)
def _ring(side: int, thick: int, degrees: int, colours: tuple[str, str]) -> pygame.Surface:
    big = side * OVERSAMPLING
    sheet = pygame.Surface((big, big), pygame.SRCALPHA)
    track, ink = (pygame.Color(colour) for colour in colours)
    sheet.fill((track.r, track.g, track.b, 0))
    centre, width = (big / 2, big / 2), thick * OVERSAMPLING
    pygame.draw.circle(sheet, track, centre, big / 2, width)
    middle = big / 2 - width / 2
    for step in range(degrees * 2 + 1):
        angle = math.radians(step / 2 - 90)
        point = (big / 2 + middle * math.cos(angle), big / 2 + middle * math.sin(angle))
        pygame.draw.circle(sheet, ink, point, width / 2)
    return pygame.transform.smoothscale(sheet, (side, side))


@dataclass(eq=False)
class Dial(Node):
    """A grade.

    Attributes:
        value: 0..100, None while it is not known.
        label: The number in words.
        name_below: What it is.
        moves: Name of the animation; empty for none.
    """

    value: float | None
    label: str
    name_below: str
    moves: str = ""
    units: float = 168

    def natural(self, ui: Ui, /) -> int:
        """Its diameter, larger with larger text."""
        return max(ui.px(self.units), ui.em(self.units * 0.8))

    def measure(self, ui: Ui, width: int, /) -> int:
        """Its diameter."""
        return min(width, self.natural(ui))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws ring, number and name."""
        side = min(self.rect.w, self.rect.h)
        box = pygame.Rect(0, 0, side, side)
        box.center = self.rect.center
        value = self.value or 0.0
        if self.moves:
            value = ui.tween(self.moves, start=0, end=value, seconds=1.2)
        colours = (ui.colour("track"), ui.colour("accent"))
        degrees = round(3.6 * max(0.0, min(100.0, value)))
        surface.blit(_ring(side, max(6, side // 13), degrees, colours), box)
        figure, name = ui.worded(self.label), ui.worded(self.name_below)
        top = box.centery - (ui.leading(FIGURE) + ui.leading(NUMBER)) // 2
        left = box.centerx - ui.line_width(figure, FIGURE) // 2
        ui.write(surface, figure, FIGURE, at=(left, top), colour="ink")
        left = box.centerx - ui.line_width(name, NUMBER) // 2
        top += ui.leading(FIGURE)
        ui.write(surface, name, NUMBER, at=(left, top), colour="muted")
