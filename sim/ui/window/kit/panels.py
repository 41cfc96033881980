"""Grounds on which other parts stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.theme import BODY, HEAD, TextStyle
from sim.ui.window.kit.ui import Ui


@dataclass(eq=False)
class Panel(Column):
    """A column on a ground.

    Attributes:
        fill: Colour of the ground.
        edge: Colour of the border; none if empty.
        radius: Of the corners, in design units.
        lifted: Whether it throws a shadow.
    """

    pad: float | tuple[float, float] = (16, 14)
    fill: str = "panel"
    edge: str = ""
    radius: float = 12
    lifted: bool = True
    shrinks = True

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the ground, then the parts."""
        if self.lifted:
            draw.shadow(
                surface,
                self.rect,
                radius=ui.px(self.radius),
                spread=ui.px(9),
                strength=ui.theme.shadow,
            )
        edge = self.edge or ("line" if not ui.theme.shadow else "")
        draw.framed(
            surface,
            self.rect,
            radius=ui.px(self.radius),
            fill=ui.colour(self.fill),
            edge=ui.colour(edge) if edge else None,
            width=max(1, ui.px(1)),
        )
        super().draw(ui, surface)


def card(items: Sequence[Node], *, gap: float = 6, grow: float = 0) -> Panel:
    """A quiet panel inside another."""
    return Panel(
        items, gap=gap, pad=(12, 10), fill="card", edge="line", radius=10, lifted=False, grow=grow
    )


def note(text: str, *after: Node, icon: str = "lightbulb", style: TextStyle = BODY) -> Panel:
    """A hint or lesson, with what stands at its right end."""
    mark = Icon(icon, 19, "note_ink", style)
    row = Row([mark, Label(text, style, grow=1), *after], gap=10, align="top")
    return Panel([row], pad=(12, 9), fill="note", edge="note_edge", radius=10, lifted=False)


def heading(text: str, *after: Node, style: TextStyle = HEAD) -> Row:
    """The head of a panel, with what stands at its right end."""
    return Row([Label(text, style, grow=1), *after], gap=8)


@dataclass(eq=False)
class Bubble(Panel):
    """What somebody says, with a tail towards the face above.

    Attributes:
        tail: Where the tail is, in design units from the left.
    """

    pad: float | tuple[float, float] = (18, 14)
    fill: str = "bubble"
    lifted: bool = False
    tail: float = 52

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the tail, then the panel."""
        middle, half, high = self.rect.x + ui.px(self.tail), ui.px(13), ui.px(12)
        top = self.rect.y + 1
        points = [(middle - half, top), (middle, top - high), (middle + half, top)]
        draw.polygon(surface, points, ui.colour(self.fill))
        super().draw(ui, surface)


@dataclass(eq=False)
class Bar(Panel):
    """A strip over the whole width: the top or the bottom of a page.

    Attributes:
        window: What the window is called while this page is open; empty: nothing of its own.
    """

    window: str = ""
    pad: float | tuple[float, float] = (18, 8)
    fill: str = "bar"
    radius: float = 0
    lifted: bool = False
    middle: bool = True
    shrinks = False

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the strip with a line where it meets the page."""
        surface.fill(ui.colour(self.fill), self.rect)
        at = self.rect.y if self.fill == "panel" else self.rect.bottom - 1
        surface.fill(ui.colour("line" if self.fill == "panel" else "bar"), (0, at, self.rect.w, 1))
        Column.draw(self, ui, surface)


@dataclass(eq=False)
class Rule(Node):
    """A thin line between two parts."""

    def measure(self, ui: Ui, width: int, /) -> int:
        """A pixel or two."""
        del width
        return max(1, ui.px(1))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws it."""
        surface.fill(ui.colour("line"), self.rect)
