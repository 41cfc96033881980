"""Drives a window as a player does: with keys, the mouse and nothing else."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from collections.abc import Callable, Iterator

import pygame
import pytest

from sim.ui.window.app import App
from sim.ui.window.kit.node import Control, Node, Screen, find
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.pages.start import title
from sim.ui.window.settings import Settings

SIZES = ((1024, 640), (1280, 720), (1920, 1080))
LANGUAGES = ("en", "zh")


class Driver:
    """A player in front of a window."""

    def __init__(
        self, first: Callable[[App], Screen], settings: Settings, *, pseudo: bool = False
    ) -> None:
        self.now = 0.0
        self.app = App(settings, first, clock=lambda: self.now)
        if pseudo:
            self.app.ui.look = self.app.ui.look._replace(pseudo=True)
            self.app.stack.build_all()
        self.app.step([])

    @property
    def root(self) -> Node:
        """The widgets of the screen on top."""
        return self.app.stack.top.root

    @property
    def focus(self) -> str:
        """Name of the control that keys go to."""
        return self.app.ui.focus

    def send(self, *events: pygame.event.Event) -> None:
        """Through the queue of the system, so that nothing is answered that would not arrive."""
        for event in events:
            pygame.event.post(event)
        self.app.step(pygame.event.get())

    def key(self, code: int, *, mod: int = 0, char: str = "") -> None:
        """Press and release a key."""
        attributes = {"key": code, "mod": mod, "unicode": char, "scancode": 0}
        self.send(
            pygame.event.Event(pygame.KEYDOWN, attributes),
            pygame.event.Event(pygame.KEYUP, attributes),
        )

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        for char in text:
            self.key(0, char=char)
            self.send(pygame.event.Event(pygame.TEXTINPUT, {"text": char}))

    def control(self, name: str) -> Control:
        """The control of that name."""
        found = find(self.root, name)
        assert isinstance(found, Control), f"no control {name!r}"
        return found

    def names(self) -> list[str]:
        """The names of all controls."""
        return [node.name for node in self.root.walk() if isinstance(node, Control) and node.name]

    def point(self, name: str) -> tuple[int, int]:
        """Where to click: scrolled into sight with the wheel first."""
        for _ in range(200):
            target = self.control(name).rect
            hidden = [
                scroll
                for scroll in self.scrolls()
                if any(node.name == name for node in scroll.child.walk())
                and not scroll.rect.collidepoint(target.center)
            ]
            if not hidden:
                break
            outer = hidden[0]
            turn = 1 if target.centery < outer.rect.centery else -1
            self.wheel(outer.rect.center, turn)
        return self.control(name).rect.center

    def scrolls(self) -> Iterator[Scroll]:
        """The parts that scroll, outer before inner."""
        return (node for node in self.root.walk() if isinstance(node, Scroll))

    def wheel(self, pos: tuple[int, int], turn: int) -> None:
        """Turn the wheel by a notch."""
        attributes = {"x": 0, "y": turn, "precise_y": float(turn), "pos": pos}
        self.send(pygame.event.Event(pygame.MOUSEWHEEL, attributes))

    def move(self, pos: tuple[int, int], *, down: bool = False) -> None:
        """Move the pointer."""
        attributes = {"pos": pos, "rel": (1, 1), "buttons": (int(down), 0, 0)}
        self.send(pygame.event.Event(pygame.MOUSEMOTION, attributes))

    def mouse(self, kind: int, pos: tuple[int, int]) -> None:
        """Press or release the left button."""
        self.send(pygame.event.Event(kind, {"pos": pos, "button": 1}))

    def click(self, name: str) -> None:
        """Bring a control into sight and click it."""
        pos = self.point(name)
        self.move(pos)
        self.mouse(pygame.MOUSEBUTTONDOWN, pos)
        self.mouse(pygame.MOUSEBUTTONUP, pos)

    def tab_to(self, name: str) -> None:
        """With Tab only; fails when it does not get there."""
        for _ in range(400):
            if self.focus == name:
                return
            self.key(pygame.K_TAB)
        raise AssertionError(f"Tab never reaches {name!r}; it is on {self.focus!r}")

    def press(self, name: str) -> None:
        """With keys only."""
        self.tab_to(name)
        self.key(pygame.K_RETURN)

    def texts(self) -> str:
        """All that can be read now."""
        return " ".join(written.text for written in self.app.ui.texts)

    def wait(self, seconds: float) -> None:
        """Let time pass, frame by frame."""
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.send()

    def close(self) -> None:
        """Close the window if it is still open."""
        if self.app.running:
            self.app.close()


def first(app: App) -> Screen:
    """The first page, with the seed of all tests."""
    return title(app, seed=7)


def misplaced(root: Node, *, slack: int = 2) -> list[str]:
    """What sticks out of the part it belongs to, or lies on its neighbour."""
    problems = []
    for node in root.walk():
        inner = [part for part in node.parts() if part.rect.w and part.rect.h]
        room = node.rect.inflate(2 * slack, 2 * slack)
        for part in inner:
            level = room.left <= part.rect.left and part.rect.right <= room.right
            upright = room.top <= part.rect.top and part.rect.bottom <= room.bottom
            if not level or not (upright or isinstance(node, Scroll)):
                problems.append(f"{_about(part)} sticks out of {_about(node)}")
        problems += _overlaps(node, inner, slack)
    return problems


def _overlaps(node: Node, inner: list[Node], slack: int) -> list[str]:
    if node.crowded:
        return []
    return [
        f"{_about(one)} lies on {_about(other)}"
        for place, one in enumerate(inner)
        for other in inner[place + 1 :]
        if one.rect.inflate(-slack, -slack).colliderect(other.rect.inflate(-slack, -slack))
    ]


def _about(node: Node) -> str:
    text = getattr(node, "text", "") or getattr(node, "label", "")
    return f"{type(node).__name__}({node.name or text!r}, {tuple(node.rect)})"


def clipped(app: App, *, slack: int = 2) -> list[str]:
    """Lines that stick out of the part they belong to."""
    problems = []
    for written in app.ui.texts:
        # Letters take some 1.2 of the 1.42 of a line, so that lines of numbers may be tighter.
        room = written.inside.inflate(2 * slack, 2 * slack + written.rect.h // 5)
        fits = room.left <= written.rect.left and written.rect.right <= room.right
        if not fits or written.rect.top < room.top or written.rect.bottom > room.bottom:
            problems.append(f"{written.text!r} at {tuple(written.rect)} in {tuple(written.inside)}")
    return problems


OpenWindow = Callable[..., Driver]
Press = Callable[[Driver, str], None]
by_keys_and_mouse = pytest.mark.parametrize(
    "press", [Driver.press, Driver.click], ids=["keys", "mouse"]
)
