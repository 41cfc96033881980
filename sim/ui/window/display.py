"""The window of the system: opened with its icon and title, or refused with a reason."""

import os
import sys

import pygame

from sim.errors import SimError
from sim.ui.window.kit.files import asset, complain

TITLE = "Rapport"
# SDL falls back to these when there is no screen; nobody would see the game.
UNSEEN = {"offscreen", "dummy"}


def open_window(size: tuple[int, int]) -> pygame.Surface:
    """Opens the window.

    Args:
        size: Wished width and height in pixels; made smaller where the screen is.

    Raises:
        SimError: `window/wrong-pygame` or `window/no-display`.
    """
    if not getattr(pygame, "IS_CE", 0):
        raise SimError("window/wrong-pygame", version=pygame.version.ver)
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", TITLE)
    asked = os.environ.get("SDL_VIDEODRIVER", "")
    try:
        pygame.display.init()
        if pygame.display.get_driver() in UNSEEN and not asked:
            raise SimError("window/no-display", reason=pygame.display.get_driver())
        pygame.font.init()
        _set_icon()
        pygame.display.set_caption(TITLE)
        surface = pygame.display.set_mode(_fitting(size), pygame.RESIZABLE)
    except pygame.error as error:
        raise SimError("window/no-display", reason=str(error)) from error
    pygame.key.stop_text_input()
    pygame.key.set_repeat(400, 40)
    return surface


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size, or most of the screen where that is smaller."""
    if pygame.display.get_driver() in UNSEEN:
        return size
    wide, high = pygame.display.get_desktop_sizes()[0]
    return (min(size[0], wide), min(size[1], high * 94 // 100))


def name_window(page: str) -> None:
    """Calls the window after the page that is open, as a list of windows shows it."""
    name = f"{page} – {TITLE}" if page else TITLE
    if pygame.display.get_caption()[0] != name:
        pygame.display.set_caption(name)


def _set_icon() -> None:
    path = asset("app", "icon-64.png" if sys.platform != "win32" else "icon-32.png")
    try:
        pygame.display.set_icon(pygame.image.load(path))
    except (OSError, pygame.error) as error:
        complain(path, error)


def close_window() -> None:
    """Gives screen and fonts back."""
    pygame.font.quit()
    pygame.display.quit()
