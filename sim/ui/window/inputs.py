"""Events of mouse and keyboard, brought to the control or screen that answers to them."""

from collections.abc import Callable
from typing import Protocol

import pygame

from sim.ui.window import focus
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.node import Answer, Control, Node, Quit, control_at, find
from sim.ui.window.kit.scroll import Scroll, scrolls_around
from sim.ui.window.kit.ui import Ui
from sim.ui.window.overlay import TIP_DELAY
from sim.ui.window.settings import Settings, code_of
from sim.ui.window.stack import Stack

WHEEL = 60
DIGITS = {pygame.K_0 + digit: digit for digit in range(1, 10)} | {
    pygame.K_KP_1 + digit - 1: digit for digit in range(1, 10)
}
REPEATING = {
    pygame.K_TAB,
    pygame.K_PAGEDOWN,
    pygame.K_PAGEUP,
    *focus.ARROWS,
}
CHORD = pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META


class Host(Protocol):
    """What the window offers to those who bring it events."""

    ui: Ui
    stack: Stack
    settings: Settings
    dirty: bool

    def apply(self, answer: Answer) -> None:
        """Does what a handler answered."""

    def resize(self, size: tuple[int, int]) -> None:
        """Fits the screens to a new size."""


class Inputs:
    """Turns events into answers of controls.

    Attributes:
        tip_dismissed: Whether the tip was put away by a key or a click.
    """

    def __init__(self, app: Host) -> None:
        """Serves one window."""
        self.app = app
        self.tip_dismissed = False
        self._hover_since = 0.0
        self._tip_drawn = False
        self._field: str | None = None
        self._held_keys: set[int] = set()
        self._handlers: dict[int, Callable[[pygame.event.Event], None]] = {
            pygame.QUIT: lambda _event: app.apply(Quit()),
            pygame.WINDOWSIZECHANGED: lambda event: app.resize((event.x, event.y)),
            pygame.WINDOWEXPOSED: lambda _event: self._redraw(),
            pygame.MOUSEMOTION: self._motion,
            pygame.MOUSEBUTTONDOWN: self._down,
            pygame.MOUSEBUTTONUP: self._up,
            pygame.MOUSEWHEEL: self._wheel,
            pygame.KEYDOWN: self._key,
            pygame.KEYUP: lambda event: self._held_keys.discard(event.key),
            pygame.TEXTINPUT: self._typed,
            pygame.TEXTEDITING: self._typed,
            pygame.WINDOWLEAVE: lambda _event: self._hover(None),
        }

    @property
    def _root(self) -> Node:
        return self.app.stack.top.root

    def handle(self, event: pygame.event.Event) -> None:
        """Answers to one event."""
        handler = self._handlers.get(event.type)
        if handler is not None:
            handler(event)

    def _redraw(self) -> None:
        self.app.dirty = True

    # --- the tip of what the pointer rests on ---

    def rested(self) -> bool:
        """Whether the pointer has stayed on one control long enough."""
        ui = self.app.ui
        self._tip_drawn = bool(ui.hover) and ui.now >= self._hover_since + TIP_DELAY
        return self._tip_drawn

    def due(self) -> list[float]:
        """When the tip is to appear, if it is."""
        ui = self.app.ui
        return [self._hover_since + TIP_DELAY] if ui.hover and not self._tip_drawn else []

    def tip_is_due(self) -> bool:
        """Whether the tip is to be drawn now and is not yet."""
        return any(moment <= self.app.ui.now for moment in self.due())

    # --- mouse ---

    def forget_pointer(self) -> None:
        """After a change of screens: what was under the pointer is gone."""
        self.app.ui.held = self.app.ui.hover = ""

    def _hover(self, control: Control | None) -> None:
        ui = self.app.ui
        name = "" if control is None or isinstance(control, Scroll) else control.name
        if name != ui.hover:
            ui.hover, self._hover_since, self.tip_dismissed = name, ui.now, False
            self._tip_drawn = False
            self._redraw()

    def _motion(self, event: pygame.event.Event) -> None:
        ui = self.app.ui
        held = find(self._root, ui.held)
        if isinstance(held, Control) and event.buttons[0]:
            self.app.apply(held.grab(ui, event.pos))
        else:
            self._hover(control_at(self._root, event.pos))

    def _down(self, event: pygame.event.Event) -> None:
        if event.button != 1:
            return
        ui, control = self.app.ui, control_at(self._root, event.pos)
        self.tip_dismissed = True
        if control is None:
            self._beside(event.pos)
            return
        ui.held = control.name
        if control.focusable and not isinstance(control, Scroll):
            ui.focus, ui.focus_shown = control.name, False
            self._redraw()
        self.app.apply(control.grab(ui, event.pos))

    def _beside(self, pos: tuple[int, int]) -> None:
        """A click on nothing: closes a menu, and otherwise only hides the ring."""
        screen = self.app.stack.top.screen
        if screen.casual and not self._root.rect.collidepoint(pos):
            self.app.apply(screen.escape(self.app.ui))
        elif self.app.ui.focus_shown:
            self.app.ui.focus_shown = False
            self._redraw()

    def _up(self, event: pygame.event.Event) -> None:
        ui = self.app.ui
        held, ui.held = ui.held, ""
        control = control_at(self._root, event.pos)
        self._redraw()
        if event.button == 1 and control is not None and control.name == held:
            self.app.apply(control.press(ui) or True)

    def _wheel(self, event: pygame.event.Event) -> None:
        ui, pos = self.app.ui, pygame.mouse.get_pos()
        pos = getattr(event, "pos", pos)
        under = _deepest(self._root, pos)
        scrolls = [under] if isinstance(under, Scroll) else []
        scrolls += scrolls_around(self._root, under) if under else []
        for scroll in scrolls:
            if scroll.scroll_by(ui, round(-event.precise_y * ui.px(WHEEL))):
                self._redraw()
                return

    # --- keyboard ---

    def _typed(self, event: pygame.event.Event) -> None:
        control = focus.focused(self.app.ui, self._root)
        if isinstance(control, TextField):
            self.app.apply(control.key(self.app.ui, event))

    def typing(self, field: TextField | None) -> None:
        """Turns the input method on for a text field, and off elsewhere."""
        name = field.name if field else None
        if field is not None:
            pygame.key.set_text_input_rect(field.caret_rect(self.app.ui))
        if name == self._field:
            return
        self._field = name
        if field is not None:
            pygame.key.start_text_input()
        else:
            pygame.key.stop_text_input()

    def _key(self, event: pygame.event.Event) -> None:
        repeated = event.key in self._held_keys
        self._held_keys.add(event.key)
        control = focus.focused(self.app.ui, self._root)
        # A key that is held down scrolls, steps and types, but presses nothing a second time.
        if repeated and not (isinstance(control, TextField) or event.key in REPEATING):
            return
        self.tip_dismissed = event.key == pygame.K_ESCAPE
        ui = self.app.ui
        answer = control.key(ui, event) if control is not None else None
        if answer is not None:
            ui.focus_shown = True
            self.app.apply(answer)
        elif not self._moves(event):
            self._shortcut(event)

    def _moves(self, event: pygame.event.Event) -> bool:
        """Tab, arrows and pages; returns whether the key was one of them."""
        ui, root = self.app.ui, self._root
        if event.key == pygame.K_TAB:
            focus.move(ui, root, -1 if event.mod & pygame.KMOD_SHIFT else 1)
        elif event.key in focus.ARROWS:
            if not focus.steer(ui, root, event.key):
                self._scroll_around(event)
        elif event.key in {pygame.K_PAGEDOWN, pygame.K_PAGEUP, pygame.K_HOME, pygame.K_END}:
            self._scroll_around(event)
        else:
            return False
        self._redraw()
        return True

    def _scroll_around(self, event: pygame.event.Event) -> None:
        control = focus.focused(self.app.ui, self._root)
        around = scrolls_around(self._root, control) if control else []
        around = around or [node for node in self._root.walk() if isinstance(node, Scroll)]
        for scroll in around:
            if scroll.key(self.app.ui, event) is not None:
                return

    def _shortcut(self, event: pygame.event.Event) -> None:
        app = self.app
        if event.key == pygame.K_ESCAPE:
            app.apply(app.stack.top.screen.escape(app.ui))
            return
        if event.mod & CHORD:
            return
        if event.key in DIGITS:
            self._press(lambda control: control.digit == DIGITS[event.key])
            return
        for action, name in app.settings.keys.items():
            if code_of(name) == event.key:
                self._act(action)
                return

    def _act(self, action: str) -> None:
        app = self.app
        if not self._press(lambda control: control.action == action):
            app.apply(app.stack.top.screen.act(app.ui, action))

    def _press(self, wanted: Callable[[Control], bool]) -> bool:
        """Presses the first control that fits; returns whether there is one."""
        ui = self.app.ui
        for node in self._root.walk():
            if isinstance(node, Control) and node.enabled and wanted(node):
                focus.settle(ui, self._root, node)
                self.app.apply(node.press(ui) or True)
                return True
        return False


def _deepest(root: Node, pos: tuple[int, int]) -> Node | None:
    """The innermost part at a point, be it a control or not."""
    if not root.rect.collidepoint(pos):
        return None
    for part in reversed(root.parts()):
        if (found := _deepest(part, pos)) is not None:
            return found
    return root
