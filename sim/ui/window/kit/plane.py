"""Customers placed on a plane of four quadrants."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Node, paint
from sim.ui.window.kit.theme import BODY, TAG, TAG_STRONG
from sim.ui.window.kit.ui import Ui

NUDGES = 9  # thirds of its width that a dot may give way
# Ways to give way, in thirds of a width to the right and downwards: the shortest first.
_REACH = range(-NUDGES, NUDGES + 1)
_WAYS = sorted(
    ((across, down) for across in _REACH for down in _REACH),
    key=lambda way: (way[0] ** 2 + way[1] ** 2, -way[1], way[0]),
)


@dataclass(frozen=True)
class Dot:
    """A part placed on a plane.

    Attributes:
        x: 0..1 from left.
        y: 0..1 from below.
        node: What stands there; usually a small portrait that can be pressed.
        label: Beside it.
        trail: Where it was before; None for no trail.
    """

    x: float
    y: float
    node: Node
    label: str
    trail: tuple[float, float] | None = None


@dataclass(eq=False)
class Plane(Node):
    """Four quadrants with customers as dots.

    Attributes:
        dots: What stands on it.
        corners: Names of the quadrants: upper left, upper right, lower left, lower right.
        axes: Words of the horizontal and of the vertical axis.
        split: Where the quadrants meet, 0..1.
        tall: Least height in design units.
    """

    dots: Sequence[Dot]
    corners: tuple[str, str, str, str]
    axes: tuple[str, str]
    split: tuple[float, float] = (0.5, 0.5)
    tall: float = 300

    shrinks = True
    crowded = True

    def parts(self) -> Sequence[Node]:
        """The dots."""
        return [dot.node for dot in self.dots]

    def natural(self, ui: Ui, /) -> int:
        """A comfortable width."""
        return ui.em(420)

    def least(self, ui: Ui, /) -> int:
        """A readable width."""
        return ui.em(240)

    def measure(self, ui: Ui, width: int, /) -> int:
        """As tall as wished."""
        del width
        return ui.px(self.tall) + 2 * ui.leading(BODY)

    def plot(self, ui: Ui) -> pygame.Rect:
        """The plane without its axes."""
        rim = ui.leading(BODY) + ui.px(2)
        return pygame.Rect(self.rect.x, self.rect.y + rim, self.rect.w, self.rect.h - 2 * rim)

    def at(self, ui: Ui, x: float, y: float) -> tuple[int, int]:
        """Pixels of a point of the plane, 0..1 each way."""
        field = self.plot(ui).inflate(-2 * ui.px(22), -2 * ui.px(22))
        return (round(field.x + field.w * x), round(field.bottom - field.h * y))

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Places the dots, those that would hide each other side by side."""
        self.rect = rect
        taken, fields = [box for box, _ in self._corners(ui)], self._fields(ui)
        for dot in self.dots:
            side = dot.node.natural(ui)
            box = pygame.Rect(0, 0, side, dot.node.height(ui, side))
            box.center = self.at(ui, dot.x, dot.y)
            field = fields[self._field_of(dot)][1]
            box = _free(box.clamp(field), field, taken)
            taken.append(box)
            dot.node.place(ui, box)

    def _field_of(self, dot: Dot) -> int:
        """The place of a dot's quadrant, in the order of `corners`."""
        return 2 * (dot.y < self.split[1]) + (dot.x >= self.split[0])

    def _fields(self, ui: Ui) -> tuple[tuple[str, pygame.Rect], ...]:
        """Colour and place of each quadrant, in the order of `corners`."""
        plot = self.plot(ui)
        x, y = self.at(ui, *self.split)
        return (
            ("captives", pygame.Rect(plot.x, plot.y, x - plot.x, y - plot.y)),
            ("apostles", pygame.Rect(x, plot.y, plot.right - x, y - plot.y)),
            ("defectors", pygame.Rect(plot.x, y, x - plot.x, plot.bottom - y)),
            ("mercenaries", pygame.Rect(x, y, plot.right - x, plot.bottom - y)),
        )

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws quadrants, axes, trails, dots and labels."""
        plot = self.plot(ui)
        self._draw_quadrants(ui, surface, plot)
        down, up = (ui.worded(word) for word in self.axes)
        ui.write(surface, f"↑ {up}", BODY, at=(plot.x, self.rect.y), colour="ink")
        word = f"{down} →"
        left = plot.right - ui.line_width(word, BODY)
        ui.write(surface, word, BODY, at=(left, plot.bottom + ui.px(2)), colour="ink")
        self.draw_ways(ui, surface)
        for dot in self.dots:
            if dot.trail is not None:
                start, end = self.at(ui, *dot.trail), self.at(ui, dot.x, dot.y)
                pygame.draw.aaline(surface, ui.colour("muted"), start, end, max(2, ui.px(2)))
        for dot in self.dots:
            paint(ui, surface, dot.node)
        self._draw_labels(ui, surface)

    def draw_ways(self, ui: Ui, surface: pygame.Surface) -> None:
        """What lies between the ground and the dots."""

    def _draw_quadrants(self, ui: Ui, surface: pygame.Surface, plot: pygame.Rect) -> None:
        x, y = self.at(ui, *self.split)
        for colour, box in self._fields(ui):
            surface.fill(ui.colour(colour), box)
        for box, word in self._corners(ui):
            ui.write(surface, word, TAG_STRONG, at=box.topleft, colour="muted", most=box.w)
        for start, end in (
            ((x, plot.y), (x, plot.bottom)),
            ((plot.x, y), (plot.right, y)),
        ):
            draw.dashed(surface, start, end, colour=ui.colour("scroll"), width=1, dash=ui.px(5))

    def _corners(self, ui: Ui) -> list[tuple[pygame.Rect, str]]:
        """The names of the quadrants at the outer corners, where few customers stand."""
        high, found = ui.leading(TAG_STRONG), []
        for place, ((_, box), name) in enumerate(zip(self._fields(ui), self.corners, strict=True)):
            word = ui.worded(name)
            wide = min(box.w - ui.px(16), ui.line_width(word, TAG_STRONG))
            left = box.right - ui.px(8) - wide if place % 2 else box.x + ui.px(8)
            top = box.y + ui.px(5) if place < 2 else box.bottom - ui.px(5) - high
            found.append((pygame.Rect(left, top, wide, high), word))
        return found

    def _draw_labels(self, ui: Ui, surface: pygame.Surface) -> None:
        """Names as far as there is room in the same quadrant; the tip of a dot has all of them."""
        taken = [dot.node.rect for dot in self.dots] + [box for box, _ in self._corners(ui)]
        fields = self._fields(ui)
        for dot in self.dots:
            word = ui.worded(dot.label)
            size = (ui.line_width(word, TAG), ui.leading(TAG))
            colour, field = fields[self._field_of(dot)]
            for box in _spots(dot.node.rect, size, ui.px(4)):
                if field.contains(box) and box.collidelist(taken) < 0:
                    taken.append(box)
                    surface.fill(ui.colour(colour), box)  # no way runs through a name
                    ui.write(surface, word, TAG, at=box.topleft, colour="ink")
                    break


def _free(box: pygame.Rect, field: pygame.Rect, taken: list[pygame.Rect]) -> pygame.Rect:
    """The nearest place inside a field where a dot hides no other; where it is if there is none."""
    step = max(1, box.w // 3)
    for across, down in _WAYS:
        moved = box.move(across * step, down * step)
        if field.contains(moved) and moved.inflate(-2, -2).collidelist(taken) < 0:
            return moved
    return box


def _spots(rect: pygame.Rect, size: tuple[int, int], gap: int) -> list[pygame.Rect]:
    """Where a label may stand: right, left, below, above of a dot, then askew."""
    boxes = [pygame.Rect((0, 0), size) for _ in range(4)]
    boxes[0].midleft = (rect.right + gap, rect.centery)
    boxes[1].midright = (rect.x - gap, rect.centery)
    boxes[2].midtop = (rect.centerx, rect.bottom)
    boxes[3].midbottom = (rect.centerx, rect.y)
    askew = [box.move(0, way * size[1] // 2) for box in boxes[:2] for way in (1, -1)]
    aside = [box.move(way * size[0] // 2, 0) for box in boxes[2:] for way in (1, -1)]
    return [*boxes, *askew, *aside]
