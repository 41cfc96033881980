"""A small screen that any other may put on top: a question or a message."""

from collections.abc import Callable, Sequence
from functools import partial

import pygame

from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Command, Node, Pop, Push, Replace, Screen
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import CHOICE, TITLE
from sim.ui.window.kit.ui import Ui


class Dialogue(Screen):
    """A question or a message in the middle of the window."""

    over = True

    def __init__(
        self,
        title: str,
        text: str,
        answers: Sequence[tuple[str, str, Callable[[], Command | None]]],
        *,
        body: Callable[[Ui], Sequence[Node]] | None = None,
    ) -> None:
        """Keeps what to show.

        Args:
            title: Its head.
            text: The message.
            answers: Word, kind and deed of each button; all close the dialogue.
            body: Builds further parts below the message.
        """
        self.title, self.text, self.answers, self.body = title, text, answers, body

    @property
    def first(self) -> str:
        """The last answer, which is the usual one."""
        return f"dialogue/{len(self.answers) - 1}"

    def build(self, ui: Ui) -> Node:
        """A panel with the message and a button for each answer."""
        buttons = [
            Button(name=f"dialogue/{index}", text=word, kind=kind, on_press=partial(_closing, deed))
            for index, (word, kind, deed) in enumerate(self.answers)
        ]
        parts: list[Node] = [Label(self.title, TITLE)]
        if self.text:
            parts.append(Label(self.text, CHOICE))
        parts += self.body(ui) if self.body else ()
        return Panel(
            [
                Scroll(Column(parts, gap=12), name="dialogue", pad=4),
                Row(buttons, gap=10, folds=True, end=True),
            ],
            gap=16,
            pad=(22, 20),
        )

    def arrange(self, ui: Ui, root: Node, size: tuple[int, int]) -> None:
        """In the middle, not wider than is good to read."""
        place_in_middle(ui, root, size, most=560)


def place_in_middle(ui: Ui, root: Node, size: tuple[int, int], *, most: int) -> None:
    """Places what lies above a page, with some of the page around it.

    Args:
        ui: what measures.
        root: the widgets.
        size: of the window, pixels.
        most: the greatest width, text units.
    """
    wide = min(ui.em(most), size[0] - 2 * ui.px(20))
    high = min(root.height(ui, wide), size[1] - 2 * ui.px(20))
    box = pygame.Rect(0, 0, wide, high)
    box.center = (size[0] // 2, size[1] // 2)
    root.place(ui, box)


def _closing(deed: Callable[[], Command | None]) -> Command:
    """Does what an answer is for and leaves the dialogue, whatever comes of it."""
    command = deed()
    return Replace(command.screen) if isinstance(command, Push) else command or Pop()
