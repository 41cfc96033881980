"""The drop-down: one of many, chosen from a menu that opens below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.layout import Column
from sim.ui.window.kit.node import Answer, Command, Control, Node, Pop, Push, Screen
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE
from sim.ui.window.kit.ui import Ui

Items = Sequence[tuple[str, str]]


class Menu(Screen):
    """The open part of a drop-down."""

    over = True
    veil = 0
    casual = True

    def __init__(
        self,
        items: Items,
        *,
        chosen: str,
        on_choose: Callable[[str], Command | None],
        anchor: pygame.Rect,
    ) -> None:
        """Keeps what to offer.

        Args:
            items: Value and word of each.
            chosen: The value now.
            on_choose: Called with the value taken.
            anchor: The control that it hangs from.
        """
        self.items, self.chosen, self.on_choose, self.anchor = items, chosen, on_choose, anchor

    @property
    def first(self) -> str:
        """The item that is chosen."""
        return f"menu/{self.chosen}"

    def _take(self, value: str) -> Command:
        return self.on_choose(value) or Pop()

    def build(self, ui: Ui) -> Node:
        """A button for each item, the chosen one marked."""
        del ui
        rows = [
            Button(
                name=f"menu/{value}",
                text=word,
                kind="chosen" if value == self.chosen else "quiet",
                style=BODY,
                align="left",
                compact=True,
                sound="select",
                on_press=partial(self._take, value),
            )
            for value, word in self.items
        ]
        return Panel([Scroll(Column(rows, gap=2), name="menu", pad=5)], pad=1, edge="edge")

    def arrange(self, ui: Ui, root: Node, size: tuple[int, int]) -> None:
        """Below its control, or above where there is more room."""
        wide = min(max(self.anchor.w, root.natural(ui)), size[0] - 2 * ui.px(8))
        below, above = size[1] - self.anchor.bottom, self.anchor.top
        high = min(root.height(ui, wide), max(below, above) - ui.px(12))
        top = self.anchor.bottom + ui.px(4)
        if below < high + ui.px(12):
            top = self.anchor.top - ui.px(4) - high
        left = max(ui.px(8), min(self.anchor.x, size[0] - wide - ui.px(8)))
        root.place(ui, pygame.Rect(left, top, wide, high))


@dataclass(eq=False)
class DropDown(Control):
    """Shows the chosen word; pressing it opens the menu, left and right go on without it.

    Attributes:
        items: Value and word of each.
        chosen: The value now.
        on_choose: Called with the value taken.
    """

    items: Items = ()
    chosen: str = ""
    on_choose: Callable[[str], Command | None] = lambda _value: None

    def _word(self) -> str:
        return dict(self.items).get(self.chosen, "")

    def natural(self, ui: Ui, /) -> int:
        """The widest word and the arrow."""
        widest = max((ui.width(word, CHOICE) for _, word in self.items), default=0)
        return widest + ui.em(18) + ui.px(12 + 8 + 10) + 1

    def least(self, ui: Ui, /) -> int:
        """Some letters and the arrow."""
        return min(self.natural(ui), ui.em(110))

    def measure(self, ui: Ui, width: int, /) -> int:
        """A line and margins."""
        del width
        return ui.leading(CHOICE) + 2 * ui.px(8)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws frame, word and arrow."""
        draw.framed(
            surface,
            self.rect,
            radius=ui.px(9),
            fill=ui.colour("hover" if self.hovered(ui) else "panel"),
            edge=ui.colour("edge"),
            width=max(1, ui.px(1)),
        )
        side = ui.em(18)
        box = pygame.Rect(self.rect.right - side - ui.px(10), 0, side, side)
        box.centery = self.rect.centery
        ui.picture(surface, "chevron-down", rect=box, colour="muted")
        at = (self.rect.x + ui.px(12), self.rect.centery - ui.leading(CHOICE) // 2)
        word, most = ui.worded(self._word()), box.x - ui.px(8) - at[0]
        ui.write(surface, word, CHOICE, at=at, colour="ink", most=most)

    def press(self, ui: Ui, /) -> Command | None:
        """Opens the menu."""
        if not self.enabled:
            return None
        ui.play(self.sound)
        return Push(
            Menu(self.items, chosen=self.chosen, on_choose=self.on_choose, anchor=self.rect)
        )

    def key(self, ui: Ui, event: pygame.event.Event, /) -> Answer:
        """Left and right take the neighbour; Enter, Space and Down open the menu."""
        if event.type != pygame.KEYDOWN:
            return None
        if event.key == pygame.K_DOWN:
            return self.press(ui) or True
        steps = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}
        if event.key in steps:
            values = [value for value, _ in self.items]
            place = values.index(self.chosen) + steps[event.key]
            return self.on_choose(values[place % len(values)]) or True
        return super().key(ui, event)
