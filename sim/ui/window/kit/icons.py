"""Line icons in any colour and size."""

import io
from functools import lru_cache

import pygame

from sim.ui.window.kit.files import asset, complain

STAND_IN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-width="2"><rect x="4" y="4" width="16" height="16" rx="3"/></svg>'
)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = asset("icons", f"{name}.svg")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        complain(path, error)
        return STAND_IN


@lru_cache(maxsize=512)
def icon(name: str, size: int, colour: str) -> pygame.Surface:
    """An icon as a picture.

    Args:
        name: As its file in `assets/icons`, without the ending.
        size: Width and height in pixels.
        colour: `#RRGGBB`.
    """
    size = max(4, size)
    # pygame draws `currentColor` grey, so the colour is put into the text.
    text = _source(name).replace("currentColor", colour)
    try:
        return _rasterise(text, size)
    except pygame.error as error:
        complain(asset("icons", f"{name}.svg"), error)
        return _rasterise(STAND_IN.replace("currentColor", colour), size)


def _rasterise(text: str, size: int) -> pygame.Surface:
    return pygame.image.load_sized_svg(io.BytesIO(text.encode()), (size, size))
