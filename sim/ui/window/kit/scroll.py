"""A part that shows a piece of something higher, moved by wheel, keys, bar or focus."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Answer, Control, Node, paint
from sim.ui.window.kit.ui import Ui

BAR = 10
MARGIN = 6


@dataclass(eq=False)
class Scroll(Control):
    """Shows as much of its child as fits; needs a name, by which its position is remembered.

    Attributes:
        child: What is scrolled.
        pad: Pixels of the design kept free around the child, where focus rings have room.
    """

    child: Node
    pad: float = MARGIN
    clips = True
    shrinks = True

    def parts(self) -> Sequence[Node]:
        """The child."""
        return (self.child,)

    @property
    def focusable(self) -> bool:
        """Only where there is something to scroll and nothing in it to focus."""
        controls = (node for node in self.child.walk() if isinstance(node, Control))
        return self.overflow > 0 and not any(node.focusable for node in controls)

    @property
    def overflow(self) -> int:
        """Pixels of the child that do not fit."""
        return max(0, self.child.rect.h - self.rect.h + 2 * self._edge)

    _edge = 0

    def natural(self, ui: Ui, /) -> int:
        """The child and its margin."""
        return self.child.wished(ui) + 2 * ui.px(self.pad)

    def least(self, ui: Ui, /) -> int:
        """The child, its margin and a bar."""
        return self.child.needed(ui) + 2 * ui.px(self.pad) + ui.px(BAR)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The whole child."""
        return self.child.height(ui, width - 2 * ui.px(self.pad)) + 2 * ui.px(self.pad)

    def ahead(self, ui: Ui, width: int, /) -> Iterator[None]:
        """The child, without a bar and with one."""
        inner = width - 2 * ui.px(self.pad)
        yield from self.child.ahead(ui, inner)
        yield from self.child.ahead(ui, inner - ui.px(BAR))

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Moves the child, and makes it narrower where a bar is needed."""
        self.rect = rect
        self._edge = ui.px(self.pad)
        width = rect.w - 2 * self._edge
        high = self.child.height(ui, width)
        if high + 2 * self._edge > rect.h:
            width -= ui.px(BAR)
            high = self.child.height(ui, width)
        high = max(high, rect.h - 2 * self._edge)
        offset = min(ui.scrolls.get(self.name, 0), max(0, high + 2 * self._edge - rect.h))
        ui.scrolls[self.name] = max(0, offset)
        top = rect.y + self._edge - ui.scrolls[self.name]
        self.child.place(ui, pygame.Rect(rect.x + self._edge, top, width, high))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws what is in sight, and the bar."""
        before = surface.get_clip()
        surface.set_clip(self.rect.clip(before))
        paint(ui, surface, self.child)
        if self.overflow:
            thumb = self.thumb(ui)
            colour = ui.colour("accent" if ui.held == self.name else "scroll")
            draw.fill_rounded(surface, thumb, thumb.w // 2, colour)
        surface.set_clip(before)

    def thumb(self, ui: Ui) -> pygame.Rect:
        """The movable part of the bar."""
        wide = max(4, ui.px(6))
        total = self.rect.h + self.overflow
        high = max(ui.px(28), self.rect.h * self.rect.h // total)
        way = self.rect.h - high
        top = self.rect.y + way * ui.scrolls.get(self.name, 0) // max(1, self.overflow)
        return pygame.Rect(self.rect.right - wide - 1, top, wide, high)

    def scroll_to(self, ui: Ui, offset: int) -> bool:
        """Moves the child; returns whether anything moved."""
        before = ui.scrolls.get(self.name, 0)
        ui.scrolls[self.name] = max(0, min(offset, self.overflow))
        self.place(ui, self.rect)
        return ui.scrolls[self.name] != before

    def scroll_by(self, ui: Ui, pixels: int) -> bool:
        """Moves the child by a distance; returns whether anything moved."""
        return self.scroll_to(ui, ui.scrolls.get(self.name, 0) + pixels)

    def show(self, ui: Ui, rect: pygame.Rect) -> bool:
        """Brings a place into sight; returns whether anything moved."""
        margin = min(ui.px(16), max(0, (self.rect.h - rect.h) // 2))
        if rect.top < self.rect.top + margin:
            return self.scroll_by(ui, rect.top - self.rect.top - margin)
        if rect.bottom > self.rect.bottom - margin:
            low = rect.bottom - self.rect.bottom + margin
            return self.scroll_by(ui, min(low, rect.top - self.rect.top - margin))
        return False

    def key(self, ui: Ui, event: pygame.event.Event, /) -> Answer:
        """Arrows, pages, start and end."""
        page = self.rect.h * 8 // 10
        steps = {
            pygame.K_DOWN: ui.px(48),
            pygame.K_UP: -ui.px(48),
            pygame.K_PAGEDOWN: page,
            pygame.K_PAGEUP: -page,
            pygame.K_SPACE: page,
            pygame.K_HOME: -(10**6),
            pygame.K_END: 10**6,
        }
        if event.type != pygame.KEYDOWN or event.key not in steps:
            return None
        return self.scroll_by(ui, steps[event.key]) or None

    def grab(self, ui: Ui, pos: tuple[int, int], /) -> Answer:
        """Moves the bar to the pointer."""
        thumb = self.thumb(ui)
        if not self.overflow or (ui.held != self.name and pos[0] < thumb.x - ui.px(6)):
            return None
        way = max(1, self.rect.h - thumb.h)
        self.scroll_to(ui, (pos[1] - self.rect.y - thumb.h // 2) * self.overflow // way)
        return True


def scrolls_around(root: Node, target: Node) -> list[Scroll]:
    """The scrolling parts that a part lies in, the innermost first."""
    if root is target:
        return []
    for part in root.parts():
        if part is target or target in part.walk():
            inner = scrolls_around(part, target)
            return [*inner, root] if isinstance(root, Scroll) else inner
    return []
