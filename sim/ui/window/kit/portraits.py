"""Faces of people in four moods, cut to a disc with a ring."""

from functools import lru_cache

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.files import asset, complain
from sim.ui.window.kit.icons import icon

FACES = ("rising", "calm", "complacent", "falling")


@lru_cache(maxsize=64)
def _picture(person: str, face: str) -> pygame.Surface | None:
    path = asset("portraits", f"{person}-{face}.png")
    try:
        return pygame.image.load(path)
    except (OSError, pygame.error) as error:
        complain(path, error)
        return None


@lru_cache(maxsize=256)
def portrait(person: str, mood: str, size: int, colours: tuple[str, str]) -> pygame.Surface:
    """A face in a ring.

    Args:
        person: Its number in the cast, such as `p07`.
        mood: Decides the face; anything but the four moods gives the calm one.
        size: Diameter in pixels.
        colours: Of the ring and of the ground.

    Returns:
        A square picture with transparent corners.
    """
    edge, tint = colours
    big = 4 * size if size < 64 else 2 * size
    sheet = pygame.Surface((big, big), pygame.SRCALPHA)
    width = max(2, round(size * 0.038)) * big // size
    pygame.draw.circle(sheet, tint, (big / 2, big / 2), big / 2 - width / 2)
    face = _picture(person, mood if mood in FACES else "calm")
    if face is None:
        mark = icon("user", big * 6 // 10, edge)
        sheet.blit(mark, mark.get_rect(center=(big // 2, big // 2)))
    else:
        sheet.blit(pygame.transform.smoothscale(face, (big, big)), (0, 0))
    hole = pygame.Surface((big, big), pygame.SRCALPHA)
    pygame.draw.circle(hole, "#FFFFFF", (big / 2, big / 2), big / 2 - width / 2)
    sheet.blit(hole, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    pygame.draw.circle(sheet, edge, (big / 2, big / 2), big / 2, width)
    return pygame.transform.smoothscale(sheet, (size, size))


def draw_badge(
    surface: pygame.Surface, rect: pygame.Rect, *, name: str, colour: str, ground: str
) -> None:
    """Draws an icon on a small disc at the lower right of a portrait."""
    size = max(14, round(rect.w * 0.42)) if rect.w < 64 else round(rect.w * 0.3)
    centre = (rect.right - size * 0.36, rect.bottom - size * 0.36)
    draw.fill_disc(surface, centre, size // 2 + max(1, size // 12), ground)
    draw.fill_disc(surface, centre, size // 2, colour)
    mark = icon(name, round(size * 0.64), ground)
    surface.blit(mark, mark.get_rect(center=(round(centre[0]), round(centre[1]))))
