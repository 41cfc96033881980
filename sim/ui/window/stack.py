"""The stack of screens: what is on top, what stays in sight below it, and where the focus was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pygame

from sim.ui.window import focus
from sim.ui.window.kit import draw
from sim.ui.window.kit.node import (
    Begin,
    Command,
    Home,
    Node,
    Pop,
    Push,
    Quit,
    Replace,
    Screen,
    paint,
)
from sim.ui.window.kit.panels import Bar
from sim.ui.window.kit.ui import Ui, Written

BANDS = 6  # in which a window is drawn that is made anew in pieces
_LAST = object()


@dataclass(eq=False)
class Layer:
    """A screen with its widgets as last built."""

    screen: Screen
    root: Node = field(default_factory=Node)
    focus: str = ""


class Stack:
    """Screens from the first to the one on top.

    Attributes:
        pieces: What is left of making the top screen anew; None: nothing.
    """

    def __init__(self, ui: Ui, first: Screen) -> None:
        """Opens the first screen."""
        self.ui = ui
        self.layers: list[Layer] = []
        self.pieces: Iterator[None] | None = None
        self._open(first)

    @property
    def top(self) -> Layer:
        """The screen that events go to."""
        return self.layers[-1]

    def visible(self) -> list[Layer]:
        """The screens in sight, the lowest first."""
        count = 1
        while self.layers[-count].screen.over and count < len(self.layers):
            count += 1
        return self.layers[-count:]

    def page(self) -> str:
        """What the window is called after: the page that is open, below all that lies over it."""
        nodes = self.visible()[0].root.walk()
        return next((node.window for node in nodes if isinstance(node, Bar) and node.window), "")

    def apply(self, command: Command) -> bool:
        """Does what a handler asked for; returns whether the program goes on."""
        match command:
            case Push(screen):
                self._open(screen)
            case Replace(screen):
                self.layers.pop().screen.close()
                self._open(screen)
            case Pop():
                self.layers.pop().screen.close()
                self._return()
            case Home():
                self._go_home()
                self._return()
            case Begin(screen):
                self._go_home()
                self._open(screen)
            case Quit():
                self.close()
        return bool(self.layers)

    def _open(self, screen: Screen) -> None:
        if self.layers:
            self.top.focus = self.ui.focus
        self.layers.append(Layer(screen))
        self.ui.focus = screen.first
        self.build()
        control = focus.focused(self.ui, self.top.root)
        if control is not None:
            focus.reveal(self.ui, self.top.root, control)

    def _go_home(self) -> None:
        while len(self.layers) > 1:
            self.layers.pop().screen.close()
            self.ui.focus = self.top.focus

    def _return(self) -> None:
        if self.layers:
            self.ui.focus = self.top.focus
            self.build_all()

    def build(self) -> None:
        """Makes the widgets of the top screen anew, keeping the focus."""
        self.pieces = None
        self._show(self.top.screen.build(self.ui))

    def _show(self, root: Node) -> None:
        """Puts widgets in the place of those of the top screen."""
        layer = self.top
        before = [control.name for control in focus.order(layer.root)]
        layer.root = root
        layer.screen.arrange(self.ui, root, self.ui.look.size)
        focus.keep(self.ui, root, before)

    def renew(self, surface: pygame.Surface) -> None:
        """As `build` and `draw`, in pieces that `go_on` does: what is in sight stays until then.

        Args:
            surface: Of the window. If anything changes meanwhile, all of it is to be drawn anew.
        """
        self.pieces = self._pieces(surface)

    def go_on(self, enough: Callable[[], bool]) -> bool:
        """Does what `renew` left, piece by piece.

        Args:
            enough: Asked after each piece; the others are left to the next time.

        Returns:
            Whether it has just ended.
        """
        while self.pieces is not None:
            if next(self.pieces, _LAST) is _LAST:
                self.pieces = None
                return True
            if enough():
                break
        return False

    def _pieces(self, surface: pygame.Surface) -> Iterator[None]:
        root = self.top.screen.build(self.ui)
        yield from root.ahead(self.ui, self.ui.look.size[0])
        yield
        self._show(root)
        yield
        (wide, high), written = surface.get_size(), list[Written]()
        step = high // BANDS + 1
        for top in range(0, high, step):
            in_sight, self.ui.texts = self.ui.texts, written
            surface.set_clip(pygame.Rect(0, top, wide, step))
            self.draw(surface)
            surface.set_clip(None)
            self.ui.texts = in_sight
            yield
        once = {(each.text, *each.rect, *each.inside): each for each in written}  # not per band
        self.ui.texts = list(once.values())

    def build_all(self) -> None:
        """Makes the widgets of all screens in sight anew: language, size or theme has changed."""
        for layer in self.visible()[:-1]:
            layer.root = layer.screen.build(self.ui)
            layer.screen.arrange(self.ui, layer.root, self.ui.look.size)
        self.build()

    def close(self) -> None:
        """Closes all screens, the top one first."""
        while self.layers:
            self.layers.pop().screen.close()

    def draw(self, surface: pygame.Surface) -> None:
        """Draws what is in sight."""
        draw_layers(self.ui, surface, self.visible())


def draw_layers(ui: Ui, surface: pygame.Surface, layers: list[Layer]) -> None:
    """Draws screens over each other; only the last one shows focus and pointer."""
    surface.fill(ui.colour("background"))
    state = (ui.focus, ui.hover)
    for layer in layers:
        on_top = layer is layers[-1]
        ui.focus, ui.hover = state if on_top else ("", "")
        if layer.screen.over and layer.screen.veil:
            draw.veil(surface, layer.screen.veil)
        paint(ui, surface, layer.root)
    ui.focus, ui.hover = state
