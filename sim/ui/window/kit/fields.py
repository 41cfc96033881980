"""A line of text that is typed, with the composition of an input method shown in place."""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Answer, Command, Control
from sim.ui.window.kit.theme import CHOICE
from sim.ui.window.kit.ui import Edit, Ui


@dataclass(eq=False)
class TextField(Control):
    """One line of text; its content belongs to the screen, the caret to the `Ui`.

    Attributes:
        value: The content.
        hint: Shown while it is empty.
        icon: In front.
        longest: Number of characters it takes.
        on_change: Called with the new content.
        on_enter: Called by the Enter key.
    """

    value: str = ""
    hint: str = ""
    icon: str = ""
    longest: int = 200
    wide: float = 260
    on_change: Callable[[str], Command | None] = lambda _text: None
    on_enter: Callable[[], Command | None] = lambda: None
    sound: str = ""

    typed = True

    def natural(self, ui: Ui, /) -> int:
        """A comfortable width."""
        return ui.em(self.wide)

    def least(self, ui: Ui, /) -> int:
        """Room for some words."""
        return ui.em(110)

    def measure(self, ui: Ui, width: int, /) -> int:
        """A line and margins."""
        del width
        return ui.leading(CHOICE) + 2 * ui.px(8)

    def edit(self, ui: Ui) -> Edit:
        """The caret, within the content."""
        edit = ui.edits.setdefault(self.name, Edit(caret=len(self.value)))
        edit.caret = max(0, min(edit.caret, len(self.value)))
        return edit

    def _start(self, ui: Ui) -> int:
        return self.rect.x + ui.px(12) + (ui.em(20) + ui.px(8) if self.icon else 0)

    def _shift(self, ui: Ui) -> int:
        """Pixels that the text is moved to the left so that the caret is in sight."""
        edit = self.edit(ui)
        caret = ui.line_width(self.value[: edit.caret] + edit.draft, CHOICE)
        return max(0, caret - (self.rect.right - ui.px(14) - self._start(ui)))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws frame, content, composition and caret."""
        focused = ui.focus == self.name
        draw.framed(
            surface,
            self.rect,
            radius=ui.px(9),
            fill=ui.colour("panel"),
            edge=ui.colour("accent" if focused else "edge"),
            width=max(1, ui.px(2 if focused else 1)),
        )
        if self.icon:
            side = ui.em(20)
            box = pygame.Rect(self.rect.x + ui.px(12), self.rect.centery - side // 2, side, side)
            ui.picture(surface, self.icon, rect=box, colour="muted")
        before = surface.get_clip()
        left = self._start(ui)
        room = pygame.Rect(left, self.rect.y, self.rect.right - ui.px(8) - left, self.rect.h)
        surface.set_clip(room.clip(before))
        self._content(ui, surface, focused=focused)
        surface.set_clip(before)

    def _content(self, ui: Ui, surface: pygame.Surface, *, focused: bool) -> None:
        edit, left = self.edit(ui), self._start(ui) - self._shift(ui)
        top = self.rect.centery - ui.leading(CHOICE) // 2
        if not self.value and not edit.draft:
            first = left + ui.px(4)  # beside the caret, not under it
            most = self.rect.right - ui.px(10) - first
            hint = ui.worded(self.hint)
            ui.write(surface, hint, CHOICE, at=(first, top), colour="faint", most=most)
        head, tail = self.value[: edit.caret], self.value[edit.caret :]
        if edit.draft or self.value:
            ui.write(surface, head + edit.draft + tail, CHOICE, at=(left, top), colour="ink")
        start = left + ui.line_width(head, CHOICE)
        end = left + ui.line_width(head + edit.draft, CHOICE)
        if edit.draft:
            line = (start, self.rect.bottom - ui.px(7), end - start, max(1, ui.px(2)))
            surface.fill(ui.colour("accent"), line)
        if focused:
            caret = (end, top + ui.px(1), max(2, ui.px(2)), ui.leading(CHOICE) - ui.px(2))
            surface.fill(ui.colour("ink"), caret)

    def caret_rect(self, ui: Ui) -> pygame.Rect:
        """Where an input method may show its candidates."""
        edit = self.edit(ui)
        left = self._start(ui) - self._shift(ui)
        left += ui.line_width(self.value[: edit.caret], CHOICE)
        return pygame.Rect(left, self.rect.y, ui.px(2), self.rect.h)

    def _set(self, ui: Ui, text: str, caret: int) -> Answer:
        self.edit(ui).caret = caret
        self.value = text[: self.longest]
        return self.on_change(self.value) or True

    def _insert(self, ui: Ui, text: str) -> Answer:
        """Puts a text at the caret, as far as there is room for it."""
        caret = self.edit(ui).caret
        text = text[: max(0, self.longest - len(self.value))]
        return self._set(ui, self.value[:caret] + text + self.value[caret:], caret + len(text))

    def key(self, ui: Ui, event: pygame.event.Event, /) -> Answer:
        """Typed text, composition, and the keys that edit."""
        edit = self.edit(ui)
        if event.type == pygame.TEXTEDITING:
            edit.draft = event.text
            return True
        if event.type == pygame.TEXTINPUT:
            edit.draft = ""
            return self._insert(ui, event.text)
        if event.type != pygame.KEYDOWN:
            return None
        if edit.draft:  # the keys belong to the input method
            return True
        return self._edit_key(ui, event, edit)

    def _edit_key(self, ui: Ui, event: pygame.event.Event, edit: Edit) -> Answer:
        if event.key == pygame.K_v and event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META):
            return self._insert(ui, _pasted())
        carets = {
            pygame.K_LEFT: edit.caret - 1,
            pygame.K_RIGHT: edit.caret + 1,
            pygame.K_HOME: 0,
            pygame.K_END: len(self.value),
        }
        if event.key in carets:
            edit.caret = max(0, min(carets[event.key], len(self.value)))
            return True
        if event.key == pygame.K_BACKSPACE and edit.caret:
            head, tail = self.value[: edit.caret - 1], self.value[edit.caret :]
            return self._set(ui, head + tail, edit.caret - 1)
        if event.key == pygame.K_DELETE:
            head, tail = self.value[: edit.caret], self.value[edit.caret + 1 :]
            return self._set(ui, head + tail, edit.caret)
        if event.key in {pygame.K_RETURN, pygame.K_KP_ENTER}:
            return self.on_enter() or True
        return True if event.unicode and event.unicode.isprintable() else None

    def grab(self, ui: Ui, pos: tuple[int, int], /) -> Answer:
        """Puts the caret where the pointer is."""
        left = self._start(ui) - self._shift(ui)
        distances = [
            abs(left + ui.line_width(self.value[:count], CHOICE) - pos[0])
            for count in range(len(self.value) + 1)
        ]
        self.edit(ui).caret = distances.index(min(distances))
        return True


def _pasted() -> str:
    """What the system's clipboard holds, as one line; empty if that is no text."""
    try:
        text = pygame.scrap.get_text()
    except (pygame.error, AttributeError, NotImplementedError):  # some systems have no clipboard
        return ""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
