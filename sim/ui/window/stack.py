"""The stack of screens: what is on top, what stays in sight below it, and where the focus was."""

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
from sim.ui.window.kit.ui import Ui


@dataclass(eq=False)
class Layer:
    """A screen with its widgets as last built."""

    screen: Screen
    root: Node = field(default_factory=Node)
    focus: str = ""


class Stack:
    """Screens from the first to the one on top."""

    def __init__(self, ui: Ui, first: Screen) -> None:
        """Opens the first screen."""
        self.ui = ui
        self.layers: list[Layer] = []
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
        layer = self.top
        before = [control.name for control in focus.order(layer.root)]
        layer.root = layer.screen.build(self.ui)
        layer.screen.arrange(self.ui, layer.root, self.ui.look.size)
        focus.keep(self.ui, layer.root, before)

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
