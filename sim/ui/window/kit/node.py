"""What a screen is, what it is made of, and what it may ask of the stack of screens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.ui import Ui


@dataclass(frozen=True)
class Push:
    """Put a screen on top."""

    screen: "Screen"


@dataclass(frozen=True)
class Pop:
    """Go back to the screen below; leaving the last one ends the program."""


@dataclass(frozen=True)
class Replace:
    """Put a screen in place of the top one."""

    screen: "Screen"


@dataclass(frozen=True)
class Home:
    """Go back to the first screen."""


@dataclass(frozen=True)
class Begin:
    """Go back to the first screen and put another on top of it."""

    screen: "Screen"


@dataclass(frozen=True)
class Quit:
    """End the program."""


Command = Push | Pop | Replace | Home | Begin | Quit
Handler = Callable[[], Command | None]
# What a control says to a key: a command, True for "taken, nothing more", None for "not mine".
Answer = Command | bool | None


@dataclass(eq=False, kw_only=True)
class Node:
    """A part of a screen; built anew whenever something changes, so it keeps nothing.

    Attributes:
        name: Unique for controls and scrolling parts, which are found again by it.
        grow: Share of the space that is left over in a row or column.
        rect: Where it is, in pixels of the window, once placed.
    """

    name: str = ""
    grow: float = 0.0
    rect: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0), init=False)
    _heights: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _sizes: dict[str, int] = field(default_factory=dict, init=False, repr=False)
    _named: dict[str, "Node"] = field(default_factory=dict, init=False, repr=False)

    clips = False
    shrinks = False
    crowded = False  # whether its parts may lie on each other

    def parts(self) -> Sequence["Node"]:
        """What it is made of, in reading order."""
        return ()

    def natural(self, ui: Ui, /) -> int:  # noqa: ARG002
        """The width it would like, in pixels."""
        return 0

    def least(self, ui: Ui, /) -> int:
        """The smallest width that shows everything, in pixels."""
        return self.natural(ui)

    def measure(self, ui: Ui, width: int, /) -> int:  # noqa: ARG002
        """The height it needs at a width, both in pixels."""
        return 0

    def height(self, ui: Ui, width: int, /) -> int:
        """As `measure`, computed once per width."""
        if width not in self._heights:
            self._heights[width] = self.measure(ui, width)
        return self._heights[width]

    def ahead(self, ui: Ui, width: int, /) -> Iterator[None]:
        """As `height`, in pieces, each of them short."""
        yield
        self.height(ui, width)

    def wished(self, ui: Ui, /) -> int:
        """As `natural`, computed once."""
        if "wished" not in self._sizes:
            self._sizes["wished"] = self.natural(ui)
        return self._sizes["wished"]

    def needed(self, ui: Ui, /) -> int:
        """As `least`, computed once."""
        if "needed" not in self._sizes:
            self._sizes["needed"] = self.least(ui)
        return self._sizes["needed"]

    def named(self, name: str) -> "Node | None":
        """The part of that name in it; the names are collected once, as a tree never changes."""
        if not self._named:
            self._named = {node.name: node for node in self.walk()}
        return self._named.get(name)

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:  # noqa: ARG002
        """Settles where it and its parts are."""
        self.rect = rect

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws it and its parts."""
        for part in self.parts():
            paint(ui, surface, part)

    def walk(self) -> Iterator["Node"]:
        """It and all below it, in reading order."""
        yield self
        for part in self.parts():
            yield from part.walk()


@dataclass(eq=False, kw_only=True)
class Control(Node):
    """A part that answers to keys and clicks.

    Attributes:
        on_press: What pressing it does.
        enabled: Whether it can be pressed; one that cannot but has a tip can still be read.
        tip: Shown beside it while it is hovered or focused.
        digit: Key 1..9 that presses it from anywhere on the screen.
        action: Name in the key map that presses it from anywhere on the screen.
        sound: Played when it is pressed.
    """

    on_press: Handler | None = None
    enabled: bool = True
    tip: str = ""
    digit: int = 0
    action: str = ""
    sound: str = "click"

    @property
    def focusable(self) -> bool:
        """Whether Tab stops here."""
        return bool(self.name) and (self.enabled or bool(self.tip))

    def press(self, ui: Ui, /) -> Command | None:
        """Does what it is for."""
        if not self.enabled or self.on_press is None:
            return None
        if self.sound:
            ui.play(self.sound)
        return self.on_press()

    def key(self, ui: Ui, event: pygame.event.Event, /) -> Answer:
        """Answers to a key or to typed text while focused."""
        if event.type == pygame.KEYDOWN and event.key in PRESSING:
            return self.press(ui) or True
        return None

    def grab(self, ui: Ui, pos: tuple[int, int], /) -> Answer:  # noqa: ARG002
        """Answers to the button going down on it, and to dragging from there."""
        return None

    def hovered(self, ui: Ui) -> bool:
        """Whether the pointer is on it, or the button went down on it."""
        return self.enabled and ui.hover == self.name != ""


PRESSING = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)


def paint(ui: Ui, surface: pygame.Surface, node: Node) -> None:
    """Draws a part unless it is out of sight, with a ring if it is focused."""
    if not surface.get_clip().colliderect(node.rect.inflate(24, 24)):
        return
    around, ui.inside = ui.inside, node.rect
    node.draw(ui, surface)
    ui.inside = around
    if ui.focus_shown and node.name and node.name == ui.focus and isinstance(node, Control):
        gap = max(2, ui.px(3))
        draw.ring(
            surface,
            node.rect.inflate(2 * gap, 2 * gap),
            radius=ui.px(10) + gap,
            colour=ui.colour("focus"),
            width=max(2, ui.px(2)),
        )


def find(root: Node, name: str) -> Node | None:
    """The part of that name, if there is one."""
    return root.named(name) if name else None


def control_at(root: Node, pos: tuple[int, int]) -> Control | None:
    """The control in front at a point."""
    if root.clips and not root.rect.collidepoint(pos):
        return None
    for part in reversed(root.parts()):
        if (found := control_at(part, pos)) is not None:
            return found
    inside = isinstance(root, Control) and bool(root.name) and root.rect.collidepoint(pos)
    return root if inside and isinstance(root, Control) else None


class Screen:
    """One page of the window: builds its widgets and answers to keys of the key map.

    Attributes:
        over: Whether the screen below stays in sight.
        veil: How much that is darkened, 0..255.
        casual: Whether a click beside it closes it.
        busy: Whether it waits for something other than the player, and wants ticks.
    """

    over = False
    veil = 110
    casual = False
    busy = False

    @property
    def first(self) -> str:
        """Name of the control focused when it opens."""
        return ""

    def tick(self, ui: Ui) -> Answer:  # noqa: ARG002
        """Called some times a second while it is busy; True: what it shows has changed."""
        return None

    def build(self, ui: Ui) -> Node:
        """Its widgets, made anew after each change."""
        raise NotImplementedError

    def act(self, ui: Ui, action: str) -> Command | bool | None:  # noqa: ARG002
        """Answers to a key of the key map that no control takes."""
        return None

    def escape(self, ui: Ui) -> Command | None:  # noqa: ARG002
        """What Esc does."""
        return Pop()

    def arrange(self, ui: Ui, root: Node, size: tuple[int, int]) -> None:
        """Places the widgets in the window."""
        root.place(ui, pygame.Rect((0, 0), size))

    def close(self) -> None:
        """Called when the window closes, so that nothing is lost."""
