"""Pictures that are shown as they are, such as the program's own sign."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from sim.ui.window.kit.files import asset, complain
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.ui import Ui


@lru_cache(maxsize=16)
def _scaled(parts: tuple[str, ...], side: int) -> pygame.Surface | None:
    path = asset(*parts)
    try:
        picture = pygame.image.load(path).convert_alpha()
    except (OSError, pygame.error) as error:
        complain(path, error)
        return None
    return pygame.transform.smoothscale(picture, (side, side))


@dataclass(eq=False)
class Picture(Node):
    """A square picture from the assets.

    Attributes:
        path: Folder and name of the file.
        units: Its side in design units.
    """

    path: tuple[str, ...]
    units: float = 64

    def natural(self, ui: Ui, /) -> int:
        """Its side."""
        return ui.px(self.units)

    def measure(self, ui: Ui, width: int, /) -> int:
        """Its side."""
        del width
        return ui.px(self.units)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws it, or nothing if it is missing."""
        picture = _scaled(self.path, ui.px(self.units))
        if picture is not None:
            surface.blit(picture, picture.get_rect(center=self.rect.center))
