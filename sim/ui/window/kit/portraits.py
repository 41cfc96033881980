"""Faces of people in four moods, cut to a disc with a ring."""

from functools import lru_cache

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.files import asset, complain
from sim.ui.window.kit.icons import icon

NOBODY = "p00"  # somebody without a picture: a plain figure is drawn, and nothing is missing
FACES = ("rising", "calm", "complacent", "falling")


@lru_cache(maxsize=64)
def _picture(person: str, face: str) -> pygame.Surface | None:
    if person == NOBODY:
        return None
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


@lru_cache(maxsize=256)
def badged(person: str, mood: str, size: int, look: tuple[str, str, str, str]) -> pygame.Surface:
    """A face with the badge of its mood at the lower right, a little beyond the ring.

    Args:
        person: Its number in the cast.
        mood: Decides the face.
        size: Diameter in pixels.
        look: Colours of the ring, of the ground, of what is behind the face; the badge's icon.
    """
    edge, tint, ground, name = look
    rim = size // 8
    sheet = pygame.Surface((size + rim, size + rim), pygame.SRCALPHA)
    sheet.blit(portrait(person, mood, size, (edge, tint)), (0, 0))
    side = max(14, round(size * 0.42)) if size < 64 else round(size * 0.3)
    centre = (size - side * 0.36, size - side * 0.36)
    draw.fill_disc(sheet, centre, side // 2 + max(1, side // 12), ground)
    draw.fill_disc(sheet, centre, side // 2, edge)
    mark = icon(name, round(side * 0.64), ground)
    sheet.blit(mark, mark.get_rect(center=(round(centre[0]), round(centre[1]))))
    return sheet
