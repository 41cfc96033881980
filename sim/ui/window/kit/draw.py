"""Antialiased shapes: pygame draws rounded corners with steps, so they are made here and kept."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import pygame

OVERSAMPLING = 4
SMALL_AREA = 6000  # pixels; larger shapes are quicker to fill than to copy

Point = tuple[float, float]


@lru_cache(maxsize=512)
def disc(radius: int, colour: str) -> pygame.Surface:
    """A smooth disc of `2·radius` pixels."""
    red, green, blue, _ = pygame.Color(colour)
    size = 2 * radius * OVERSAMPLING
    big = pygame.Surface((size, size), pygame.SRCALPHA)
    big.fill((red, green, blue, 0))  # the same colour, or the edge would turn dark
    pygame.draw.circle(big, (red, green, blue, 255), (size / 2, size / 2), size / 2)
    return pygame.transform.smoothscale(big, (2 * radius, 2 * radius))


def fill_disc(surface: pygame.Surface, centre: Point, radius: int, colour: str) -> None:
    """Draws a disc around a centre."""
    surface.blit(disc(radius, colour), (round(centre[0] - radius), round(centre[1] - radius)))


def fill_rounded(surface: pygame.Surface, rect: pygame.Rect, radius: int, colour: str) -> None:
    """Fills a rectangle with round corners."""
    radius = min(radius, rect.w // 2, rect.h // 2)
    if radius < 1:
        surface.fill(colour, rect)
    elif rect.w * rect.h <= SMALL_AREA:
        surface.blit(_small(rect.size, radius, colour), rect)
    else:
        _assemble(surface, rect, radius, colour)


@lru_cache(maxsize=512)
def _small(size: tuple[int, int], radius: int, colour: str) -> pygame.Surface:
    """A small shape in one piece: bars of meters are drawn by the hundred."""
    red, green, blue, _ = pygame.Color(colour)
    shape = pygame.Surface(size, pygame.SRCALPHA)
    shape.fill((red, green, blue, 0))
    _assemble(shape, shape.get_rect(), radius, colour)
    return shape


@lru_cache(maxsize=256)
def hatched(
    size: tuple[int, int], radius: int, colours: tuple[str, str], step: int
) -> pygame.Surface:
    """A bar cut into pieces of `step` pixels; colours of the bar and of the cuts."""
    shape = _small(size, min(radius, size[0] // 2, size[1] // 2), colours[0]).copy()
    for left in range(step, size[0] - 1, step):
        shape.fill(colours[1], (left, 0, max(1, step // 4), size[1]))
    return shape


def _assemble(surface: pygame.Surface, rect: pygame.Rect, radius: int, colour: str) -> None:
    """Four corners and what lies between them."""
    _corners(surface, rect, radius, disc(radius, colour))
    low = rect.bottom - radius
    surface.fill(colour, (rect.x + radius, rect.y, rect.w - 2 * radius, radius))
    surface.fill(colour, (rect.x, rect.y + radius, rect.w, rect.h - 2 * radius))
    surface.fill(colour, (rect.x + radius, low, rect.w - 2 * radius, radius))


def _corners(
    surface: pygame.Surface, rect: pygame.Rect, radius: int, sheet: pygame.Surface
) -> None:
    """The quarters of a sheet of `2·radius` pixels at the corners of a rectangle."""
    right, low = rect.right - radius, rect.bottom - radius
    for x, y, dx, dy in (
        (rect.x, rect.y, 0, 0),
        (right, rect.y, radius, 0),
        (rect.x, low, 0, radius),
        (right, low, radius, radius),
    ):
        surface.blit(sheet, (x, y), (dx, dy, radius, radius))


def framed(
    surface: pygame.Surface,
    rect: pygame.Rect,
    *,
    radius: int,
    fill: str,
    edge: str | None = None,
    width: int = 1,
) -> None:
    """Fills a rectangle with round corners and, if `edge` is a colour, a border inside it."""
    if edge is None:
        fill_rounded(surface, rect, radius, fill)
        return
    radius = min(radius, rect.w // 2, rect.h // 2)
    inner = rect.inflate(-2 * width, -2 * width)
    if radius <= width or rect.w * rect.h <= SMALL_AREA:
        fill_rounded(surface, rect, radius, edge)
        fill_rounded(surface, inner, max(0, radius - width), fill)
    else:
        _frame_large(surface, rect, inner, (radius, width, fill, edge))


def _frame_large(
    surface: pygame.Surface,
    rect: pygame.Rect,
    inner: pygame.Rect,
    look: tuple[int, int, str, str],
) -> None:
    """As two shapes one over the other, but no pixel of the inside is filled twice."""
    radius, width, fill, edge = look
    _corners(surface, rect, radius, _framed_disc(*look))
    across, down = rect.w - 2 * radius, rect.h - 2 * radius
    for side in (
        (rect.x + radius, rect.y, across, width),
        (rect.x + radius, rect.bottom - width, across, width),
        (rect.x, rect.y + radius, width, down),
        (rect.right - width, rect.y + radius, width, down),
    ):
        surface.fill(edge, side)
    high = radius - width
    surface.fill(fill, (rect.x + radius, inner.y, across, high))
    surface.fill(fill, (inner.x, rect.y + radius, inner.w, down))
    surface.fill(fill, (rect.x + radius, rect.bottom - radius, across, high))


@lru_cache(maxsize=128)
def _framed_disc(radius: int, width: int, fill: str, edge: str) -> pygame.Surface:
    """A disc with a border, whose quarters are the corners of a large frame."""
    sheet = disc(radius, edge).copy()
    sheet.blit(disc(radius - width, fill), (width, width))
    return sheet


def ring(
    surface: pygame.Surface, rect: pygame.Rect, *, radius: int, colour: str, width: int
) -> None:
    """Draws only the border of a rectangle with round corners."""
    radius = min(radius, rect.w // 2, rect.h // 2)
    _corners(surface, rect, radius, _corner_ring(radius, width, colour))
    across, down = rect.w - 2 * radius, rect.h - 2 * radius
    surface.fill(colour, (rect.x + radius, rect.y, across, width))
    surface.fill(colour, (rect.x + radius, rect.bottom - width, across, width))
    surface.fill(colour, (rect.x, rect.y + radius, width, down))
    surface.fill(colour, (rect.right - width, rect.y + radius, width, down))


@lru_cache(maxsize=64)
def _corner_ring(radius: int, width: int, colour: str) -> pygame.Surface:
    red, green, blue, _ = pygame.Color(colour)
    size = 2 * radius * OVERSAMPLING
    big = pygame.Surface((size, size), pygame.SRCALPHA)
    big.fill((red, green, blue, 0))
    pygame.draw.circle(
        big, (red, green, blue, 255), (size / 2, size / 2), size / 2, width * OVERSAMPLING
    )
    return pygame.transform.smoothscale(big, (2 * radius, 2 * radius))


@lru_cache(maxsize=8)
def _shadow_sheet(radius: int, spread: int, strength: int) -> pygame.Surface:
    side = 2 * (radius + 2 * spread) + 1
    sheet = pygame.Surface((side, side), pygame.SRCALPHA)
    sheet.fill((16, 36, 60, 0))
    box = pygame.Rect(spread, spread, side - 2 * spread, side - 2 * spread)
    pygame.draw.rect(sheet, (16, 36, 60, strength), box, border_radius=radius)
    return pygame.transform.gaussian_blur(sheet, spread // 2 or 1)


def shadow(
    surface: pygame.Surface, rect: pygame.Rect, *, radius: int, spread: int, strength: int
) -> None:
    """Draws the soft shadow of a panel, which the panel then covers; none at strength 0."""
    if not strength:
        return
    sheet = _shadow_sheet(radius, spread, strength)
    corner = sheet.get_width() // 2
    box = rect.inflate(2 * spread, 2 * spread).move(0, spread // 4)
    corner = min(corner, box.w // 2, box.h // 2)
    far = sheet.get_width() - corner
    across, down = box.w - 2 * corner, box.h - 2 * corner
    xs = _thirds(box.x, corner, across, far)
    ys = _thirds(box.y, corner, down, far)
    for x, width, from_x, from_width in xs:
        for y, height, from_y, from_height in ys:
            if width < 1 or height < 1 or (from_width == 1 and from_height == 1):
                continue
            part = (from_x, from_y, from_width, from_height)
            look = (radius, spread, strength)
            surface.blit(_shadow_part(look, part, (width, height)), (x, y))


@lru_cache(maxsize=64)
def _shadow_part(
    look: tuple[int, int, int], part: tuple[int, int, int, int], size: tuple[int, int]
) -> pygame.Surface:
    """A corner or a side of a shadow; `look` as for the sheet, `part` its place on the sheet."""
    piece = _shadow_sheet(*look).subsurface(part)
    return piece if piece.get_size() == size else pygame.transform.scale(piece, size)


def _thirds(start: int, corner: int, length: int, far: int) -> list[tuple[int, int, int, int]]:
    """Place and size of the three parts of a side, and where they come from on the sheet."""
    return [
        (start, corner, 0, corner),
        (start + corner, length, corner, 1),
        (start + corner + length, corner, far, corner),
    ]


def polyline(surface: pygame.Surface, points: Sequence[Point], *, colour: str, width: int) -> None:
    """Draws a smooth line through points, with round joints."""
    for start, end in pairwise(points):
        pygame.draw.aaline(surface, colour, start, end, width)
    if width > 2:
        for point in points[1:-1]:
            fill_disc(surface, point, width // 2, colour)


def dashed(
    surface: pygame.Surface, start: Point, end: Point, *, colour: str, width: int, dash: int
) -> None:
    """Draws a dashed line, level or upright."""
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    if not length:
        return
    step = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    done = 0.0
    while done < length:
        stop = min(done + dash, length)
        first = (start[0] + step[0] * done, start[1] + step[1] * done)
        last = (start[0] + step[0] * stop, start[1] + step[1] * stop)
        pygame.draw.line(surface, colour, first, last, width)
        done += 1.7 * dash


def polygon(surface: pygame.Surface, points: Sequence[Point], colour: str) -> None:
    """Fills a polygon with a smooth edge."""
    pygame.draw.polygon(surface, colour, points)
    pygame.draw.aalines(surface, colour, closed=True, points=points)


def veil(surface: pygame.Surface, strength: int) -> None:
    """Darkens all that has been drawn, so that what follows stands before it."""
    sheet = pygame.Surface(surface.get_size(), pygame.SRCALPHA)
    sheet.fill((10, 20, 32, strength))
    surface.blit(sheet, (0, 0))
