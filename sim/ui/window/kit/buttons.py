"""What is pressed: buttons, choices, cards, switches and tabs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.layout import Row
from sim.ui.window.kit.node import Command, Control, Node, paint
from sim.ui.window.kit.theme import CHOICE, STRONG, TAG, TextStyle
from sim.ui.window.kit.ui import Ui

# (ground, ground under the pointer, border, ink) of each kind of button.
KINDS = {
    "plain": ("panel", "hover", "edge", "ink"),
    "primary": ("accent", "accent_hover", "", "on_accent"),
    "bar": ("bar_button", "bar", "bar_edge", "on_bar"),
    "quiet": ("panel", "hover", "", "accent"),
    "danger": ("panel", "bad_tint", "bad", "bad"),
    "note": ("note", "panel", "", "note_ink"),
    "chosen": ("selected", "selected", "accent", "ink"),
}


@dataclass(eq=False)
class Button(Control):
    """A word, or only an icon, on a ground.

    Attributes:
        text: The word; a button without one needs a tip.
        icon: In front of the word.
        kind: A key of `KINDS`.
        style: How the word is set.
        hint: Label of its key, shown after the word.
        compact: Whether its margins are small.
        align: `centre` or `left`.
    """

    text: str = ""
    icon: str = ""
    kind: str = "plain"
    style: TextStyle = STRONG
    hint: str = ""
    compact: bool = False
    align: str = "centre"

    def _hint(self, ui: Ui) -> str:
        return self.hint or (ui.key_of(self.action) if self.action else "")

    def _pads(self, ui: Ui) -> tuple[int, int]:
        return (ui.px(10), ui.px(5)) if self.compact else (ui.px(16), ui.px(10))

    def _mark(self, ui: Ui) -> int:
        gap = ui.px(8) if self.text else 0
        return ui.em(self.style.size + 5) + gap if self.icon else 0

    def _extra(self, ui: Ui) -> int:
        across = self._pads(ui)[0]
        hint = self._hint(ui)
        wide = max(ui.width(hint, TAG) + ui.px(8), ui.em(20)) + ui.px(10) if hint else 0
        return self._mark(ui) + wide + 2 * (across if self.text else ui.px(9))

    def natural(self, ui: Ui, /) -> int:
        """Everything on one line, at least the width of a target."""
        words = ui.width(self.text, self.style) + 1 if self.text else 0
        return max(ui.px(30), words + self._extra(ui))

    def least(self, ui: Ui, /) -> int:
        """The longest word and the margins."""
        return (ui.longest_word(self.text, self.style) + 1 if self.text else 0) + self._extra(ui)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The lines of the word, at least the height of a target."""
        room = width - self._extra(ui)
        lines = len(ui.wrap(self.text, self.style, room)) if self.text else 1
        return max(ui.px(28), lines * ui.leading(self.style) + 2 * self._pads(ui)[1])

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws ground, icon, word and hint."""
        ground, hover, edge, ink = KINDS[self.kind]
        if not self.enabled:
            ground, hover, edge, ink = "card", "card", "line", "faint"
        draw.framed(
            surface,
            self.rect,
            radius=ui.px(9),
            fill=ui.colour(hover if self.hovered(ui) else ground),
            edge=ui.colour(edge) if edge else None,
            width=max(1, ui.px(2 if self.kind == "chosen" else 1)),
        )
        self._content(ui, surface, ink)

    def _content(self, ui: Ui, surface: pygame.Surface, ink: str) -> None:
        room = self.rect.w - self._extra(ui)
        lines = ui.wrap(self.text, self.style, room) if self.text else ()
        widths = [ui.line_width(line, self.style) for line in lines]
        used = max(widths, default=0) + self._extra(ui)
        edge = self._pads(ui)[0] if self.text else ui.px(9)
        spare = (self.rect.w - used) // 2 if self.align == "centre" else 0
        left = self.rect.x + spare + edge
        if self.icon:
            side = ui.em(self.style.size + 5)
            box = pygame.Rect(left, self.rect.centery - side // 2, side, side)
            ui.picture(surface, self.icon, rect=box, colour=ink)
            left += self._mark(ui)
        leading = ui.leading(self.style)
        top = self.rect.centery - leading * len(lines) // 2
        for line in lines:
            ui.write(surface, line, self.style, at=(left, top), colour=ink)
            top += leading
        if hint := self._hint(ui):
            left += max(widths, default=0) + ui.px(10)
            key_cap(ui, surface, hint, at=(left, self.rect.centery), ink=ink)


def key_cap(ui: Ui, surface: pygame.Surface, label: str, *, at: tuple[int, int], ink: str) -> None:
    """Draws the label of a key in a frame; `at` is its left end and its middle."""
    wide, high = ui.line_width(label, TAG) + ui.px(8), ui.leading(TAG) + ui.px(2)
    box = pygame.Rect(at[0], at[1] - high // 2, max(wide, ui.em(20)), high)
    draw.ring(surface, box, radius=ui.px(4), colour=ui.colour(ink), width=1)
    left = box.centerx - ui.line_width(label, TAG) // 2
    ui.write(surface, label, TAG, at=(left, box.y + ui.px(1)), colour=ink)


@dataclass(eq=False)
class Choice(Control):
    """One of several answers: a digit and a sentence.

    Attributes:
        text: The sentence.
        chosen: Whether it is the one taken.
        after: Parts below the sentence, such as costs.
    """

    text: str = ""
    chosen: bool = False
    after: Sequence[Node] = ()
    sound: str = "select"

    def parts(self) -> Sequence[Node]:
        """What stands below the sentence."""
        return self.after

    def _room(self, ui: Ui, width: int) -> int:
        return width - ui.em(28) - ui.px(14 + 14 + 16)

    def natural(self, ui: Ui, /) -> int:
        """The sentence on one line."""
        return ui.width(self.text, CHOICE) + ui.em(28) + ui.px(46)

    def least(self, ui: Ui, /) -> int:
        """The longest word."""
        return ui.longest_word(self.text, CHOICE) + ui.em(28) + ui.px(46)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The lines of the sentence and what is below, at least 56."""
        room = self._room(ui, width)
        high = len(ui.wrap(self.text, CHOICE, room)) * ui.leading(CHOICE)
        high += sum(part.height(ui, room) + ui.px(4) for part in self.after)
        return max(ui.px(56), high + 2 * ui.px(11))

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Places what stands below the sentence."""
        self.rect = rect
        room = self._room(ui, rect.w)
        heights = [part.height(ui, room) for part in self.after]
        top = rect.bottom - ui.px(11) - sum(heights) - ui.px(4) * max(0, len(heights) - 1)
        for part, high in zip(self.after, heights, strict=True):
            part.place(ui, pygame.Rect(rect.x + ui.em(28) + ui.px(28), top, room, high))
            top += high + ui.px(4)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws digit, sentence and what is below."""
        lit = self.chosen or self.hovered(ui)
        fill = "selected" if self.chosen else "hover" if lit else "card"
        draw.framed(
            surface,
            self.rect,
            radius=ui.px(10),
            fill=ui.colour(fill),
            edge=ui.colour("accent" if lit else "line"),
            width=max(1, ui.px(2 if self.chosen else 1)),
        )
        self._digit(ui, surface, lit=lit)
        room = self._room(ui, self.rect.w)
        lines = ui.wrap(self.text, CHOICE, room)
        below = sum(part.rect.h + ui.px(4) for part in self.after)
        leading = ui.leading(CHOICE)
        top = self.rect.centery - (leading * len(lines) + below) // 2
        ink = "ink" if self.enabled else "muted"
        for line in lines:
            ui.write(
                surface, line, CHOICE, at=(self.rect.x + ui.em(28) + ui.px(28), top), colour=ink
            )
            top += leading
        for part in self.after:
            paint(ui, surface, part)

    def _digit(self, ui: Ui, surface: pygame.Surface, *, lit: bool) -> None:
        side = ui.em(28)
        box = pygame.Rect(self.rect.x + ui.px(14), 0, side, side)
        box.centery = self.rect.centery
        ground, ink = ("accent", "on_accent") if lit else ("badge", "badge_ink")
        draw.fill_rounded(surface, box, ui.px(7), ui.colour(ground))
        if self.chosen and not self.digit:
            ui.picture(surface, "check", rect=box.inflate(-side // 3, -side // 3), colour=ink)
            return
        label = str(self.digit or "")
        left = box.centerx - ui.line_width(label, STRONG) // 2
        top = box.centery - ui.leading(STRONG) // 2
        ui.write(surface, label, STRONG, at=(left, top), colour=ink)


@dataclass(eq=False)
class Card(Control):
    """A panel that can be pressed as a whole.

    Attributes:
        body: What stands on it.
        chosen: Whether it is the one shown elsewhere.
        pad: Margins across and down, in design units.
    """

    body: Node
    chosen: bool = False
    pad: tuple[float, float] = (10, 8)
    fill: str = "card"

    def parts(self) -> Sequence[Node]:
        """The body."""
        return (self.body,)

    def natural(self, ui: Ui, /) -> int:
        """The body and margins."""
        return self.body.wished(ui) + 2 * ui.px(self.pad[0])

    def least(self, ui: Ui, /) -> int:
        """The body and margins."""
        return self.body.needed(ui) + 2 * ui.px(self.pad[0])

    def measure(self, ui: Ui, width: int, /) -> int:
        """The body and margins."""
        return self.body.height(ui, width - 2 * ui.px(self.pad[0])) + 2 * ui.px(self.pad[1])

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Places the body inside the margins."""
        self.rect = rect
        self.body.place(ui, rect.inflate(-2 * ui.px(self.pad[0]), -2 * ui.px(self.pad[1])))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws ground and body."""
        lit = self.hovered(ui)
        fill = "selected" if self.chosen else "hover" if lit else self.fill
        draw.framed(
            surface,
            self.rect,
            radius=ui.px(10),
            fill=ui.colour(fill),
            edge=ui.colour("focus" if self.chosen else "accent" if lit else "line"),
            width=max(1, ui.px(2 if self.chosen else 1)),
        )
        paint(ui, surface, self.body)


@dataclass(eq=False)
class Pressable(Card):
    """What can be pressed without looking like it: a number, which leads to where it comes from.

    Attributes:
        ground: Behind it under the pointer.
    """

    pad: tuple[float, float] = (4, 2)
    ground: str = "hover"

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the body, and under the pointer a ground."""
        if self.hovered(ui):
            draw.fill_rounded(surface, self.rect, ui.px(7), ui.colour(self.ground))
        paint(ui, surface, self.body)


@dataclass(eq=False)
class Switch(Control):
    """On or off, with a word.

    Attributes:
        text: What is on or off.
        on: Whether it is on.
    """

    text: str = ""
    on: bool = False

    def natural(self, ui: Ui, /) -> int:
        """The word and the switch."""
        return ui.width(self.text, CHOICE) + 1 + ui.em(46) + ui.px(12)

    def least(self, ui: Ui, /) -> int:
        """The longest word and the switch."""
        return ui.longest_word(self.text, CHOICE) + 1 + ui.em(46) + ui.px(12)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The lines of the word, at least the height of a target."""
        lines = ui.wrap(self.text, CHOICE, width - ui.em(46) - ui.px(12))
        return max(ui.px(32), len(lines) * ui.leading(CHOICE))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the switch, which differs by place and mark, then the word."""
        wide, high = ui.em(42), ui.em(24)
        box = pygame.Rect(self.rect.x, self.rect.centery - high // 2, wide, high)
        draw.framed(
            surface,
            box,
            radius=high // 2,
            fill=ui.colour("accent" if self.on else "panel"),
            edge=ui.colour("accent" if self.on else "edge"),
            width=max(1, ui.px(2)),
        )
        centre = (box.right - high // 2 if self.on else box.x + high // 2, box.centery)
        colour = ui.colour("on_accent" if self.on else "edge")
        draw.fill_disc(surface, centre, high // 2 - ui.px(4), colour)
        room = self.rect.w - ui.em(46) - ui.px(12)
        lines = ui.wrap(self.text, CHOICE, room)
        top = self.rect.centery - ui.leading(CHOICE) * len(lines) // 2
        for line in lines:
            ui.write(
                surface, line, CHOICE, at=(self.rect.x + ui.em(46) + ui.px(12), top), colour="ink"
            )
            top += ui.leading(CHOICE)


@dataclass(eq=False)
class Tab(Button):
    """One of several views of the same thing."""

    chosen: bool = False
    compact: bool = True

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws it as part of a strip; the chosen one stands out by ground and line."""
        if self.chosen or self.hovered(ui):
            fill = "selected" if self.chosen else "hover"
            draw.fill_rounded(surface, self.rect, ui.px(7), ui.colour(fill))
        if self.chosen:
            line = pygame.Rect(0, 0, self.rect.w - ui.px(16), max(2, ui.px(3)))
            line.midbottom = (self.rect.centerx, self.rect.bottom - 1)
            draw.fill_rounded(surface, line, line.h // 2, ui.colour("accent"))
        self._content(ui, surface, "accent" if self.chosen else "muted")


def tabs(
    name: str,
    items: Sequence[tuple[str, str, str]],
    *,
    chosen: str,
    on_choose: Callable[[str], Command | None],
) -> Row:
    """A strip of tabs.

    Args:
        name: Of the strip; each tab is `<name>/<its value>`.
        items: Value, word and icon of each.
        chosen: The value shown now.
        on_choose: Called with a value.
    """
    return Row(
        [
            Tab(
                text=word,
                icon=mark,
                name=f"{name}/{value}",
                chosen=value == chosen,
                sound="select",
                on_press=partial(on_choose, value),
            )
            for value, word, mark in items
        ],
        gap=4,
        folds=True,
    )


def icon_button(name: str, mark: str, tip: str, on_press: Callable[[], Command | None]) -> Button:
    """A button that is only an icon; its tip says what it does."""
    return Button(name=name, icon=mark, tip=tip, kind="quiet", on_press=on_press)
