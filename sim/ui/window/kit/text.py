"""Fonts and lines of text, measured and rendered once."""

from functools import lru_cache

import pygame

from sim.ui.window.kit import linebreak
from sim.ui.window.kit.files import asset, complain

# Noto's line box reaches further down than up: text looks centred when it is drawn a little higher.
OPTICAL_RISE = 0.07
SMALLEST = 9

FontKey = tuple[str, bool, int]


def forget() -> None:
    """Drops all that was rendered, which pygame invalidates when the font module stops."""
    for cached in (load_font, wrap, width_of, render, shorten):
        cached.cache_clear()


@lru_cache(maxsize=128)
def load_font(lang: str, bold: bool, size: int) -> pygame.font.Font:  # noqa: FBT001 -- a cache key
    """The font of a language (`en` or `zh`) at a size in pixels."""
    name = f"ui-{'zh' if lang == 'zh' else 'en'}-{'bold' if bold else 'regular'}.otf"
    path = asset("fonts", name)
    try:
        return pygame.font.Font(path, max(SMALLEST, size))
    except (OSError, pygame.error) as error:
        complain(path, error)
        return pygame.font.Font(None, max(SMALLEST, size))


@lru_cache(maxsize=20_000)
def width_of(text: str, key: FontKey) -> int:
    """Width of one line in pixels."""
    return load_font(*key).size(text)[0]


@lru_cache(maxsize=4_000)
def wrap(text: str, key: FontKey, width: int) -> tuple[str, ...]:
    """The lines of a text that is `width` pixels wide at most."""
    return tuple(linebreak.wrap(text, max(1, width), lambda line: width_of(line, key)))


@lru_cache(maxsize=4_000)
def shorten(text: str, key: FontKey, width: int) -> str:
    """The text, or its beginning and an ellipsis where it is too wide."""
    if width_of(text, key) <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        if width_of(text[:end].rstrip() + "…", key) <= width:
            return text[:end].rstrip() + "…"
    return "…"


@lru_cache(maxsize=1_500)
def render(text: str, key: FontKey, colour: str) -> pygame.Surface:
    """One line as a picture with a transparent ground."""
    return load_font(*key).render(text, antialias=True, color=colour)
