"""Words and small pictures that only say something."""

from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.portraits import badged, portrait
from sim.ui.window.kit.theme import BODY, TAG, TAG_STRONG, TextStyle, mood_of
from sim.ui.window.kit.ui import Ui


@dataclass(eq=False)
class Label(Node):
    """Text that wraps.

    Attributes:
        text: What it says.
        style: How it is set.
        colour: A token of the theme.
        align: `left`, `centre` or `right`.
        one_line: Whether it is cut with an ellipsis instead of wrapping.
        wide: Natural width in text units, for texts that had better wrap; 0 for one line.
        top: Whether spare height goes below the text instead of around it.
    """

    text: str
    style: TextStyle = BODY
    colour: str = "ink"
    align: str = "left"
    one_line: bool = False
    wide: float = 0
    top: bool = False

    def natural(self, ui: Ui, /) -> int:
        """One line, or less if a width is wished."""
        line = ui.width(self.text, self.style) + 1
        return min(line, ui.em(self.wide)) if self.wide else line

    def least(self, ui: Ui, /) -> int:
        """The longest word, or a few letters where it may be cut."""
        if self.one_line:
            return min(self.natural(ui), ui.em(4 * self.style.size))
        return min(self.natural(ui), ui.longest_word(self.text, self.style) + 1)

    def _lines(self, ui: Ui, width: int) -> tuple[str, ...]:
        return (ui.worded(self.text),) if self.one_line else ui.wrap(self.text, self.style, width)

    def measure(self, ui: Ui, width: int, /) -> int:
        """All lines."""
        return len(self._lines(ui, width)) * ui.leading(self.style) if self.text else 0

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the lines."""
        lines = self._lines(ui, self.rect.w)
        leading = ui.leading(self.style)
        high = self.rect.y if self.top else self.rect.centery - leading * len(lines) // 2
        for line in lines:
            spare = max(0, self.rect.w - ui.line_width(line, self.style))
            left = self.rect.x + {"left": 0, "centre": spare // 2, "right": spare}[self.align]
            most = self.rect.w if self.one_line else 0
            ui.write(surface, line, self.style, at=(left, high), colour=self.colour, most=most)
            high += leading


@dataclass(eq=False)
class Icon(Node):
    """A picture of one colour.

    Attributes:
        icon: Its name.
        units: Width and height in text units.
        colour: A token of the theme.
        line: The style of the text beside it, in whose first line it stands in the middle.
    """

    icon: str
    units: float = 18
    colour: str = "muted"
    line: TextStyle | None = None

    def natural(self, ui: Ui, /) -> int:
        """Its side."""
        return ui.em(self.units)

    def measure(self, ui: Ui, width: int, /) -> int:
        """Its side, or the height of the line beside it."""
        del width
        return ui.leading(self.line) if self.line else ui.em(self.units)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws it in the middle."""
        side = min(ui.em(self.units), self.rect.w)
        box = pygame.Rect(0, 0, side, side)
        box.center = self.rect.center
        ui.picture(surface, self.icon, rect=box, colour=self.colour)


@dataclass(eq=False)
class Pill(Node):
    """A short word on a tinted ground, with an icon so that colour is not alone.

    Attributes:
        text: The word.
        icon: Its icon; none if empty.
        ink: Colour of both.
        ground: Colour behind.
        style: How it is set.
    """

    text: str
    icon: str = ""
    ink: str = "badge_ink"
    ground: str = "badge"
    style: TextStyle = TAG_STRONG

    def natural(self, ui: Ui, /) -> int:
        """Icon, word and margins."""
        mark = ui.em(self.style.size + 2) + ui.px(5) if self.icon else 0
        return ui.width(self.text, self.style) + mark + 2 * ui.px(9)

    def least(self, ui: Ui, /) -> int:
        """A few letters: what does not fit is cut."""
        return min(self.natural(ui), ui.em(64))

    def measure(self, ui: Ui, width: int, /) -> int:
        """One line and margins."""
        del width
        return ui.leading(self.style) + 2 * ui.px(3)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws ground, icon and word."""
        wide = min(self.natural(ui), self.rect.w)
        box = pygame.Rect(self.rect.x, self.rect.y, wide, self.rect.h)
        draw.fill_rounded(surface, box, box.h // 2, ui.colour(self.ground))
        left = box.x + ui.px(9)
        if self.icon:
            side = ui.em(self.style.size + 2)
            mark = pygame.Rect(left, box.centery - side // 2, side, side)
            ui.picture(surface, self.icon, rect=mark, colour=self.ink)
            left += side + ui.px(5)
        top = box.centery - ui.leading(self.style) // 2
        most = box.right - ui.px(7) - left
        word = ui.worded(self.text)
        ui.write(surface, word, self.style, at=(left, top), colour=self.ink, most=most)


def mood_pill(ui: Ui, mood: str | None, word: str) -> Pill:
    """The mood of a person as a word with its icon."""
    look = mood_of(ui.theme, mood)
    return Pill(word, icon=look.icon, ink=look.ink, ground=look.tint)


def change_pill(text: str, sign: int) -> Pill:
    """A signed number: green and rising, red and falling, or neither."""
    ink, ground = {1: ("good", "good_tint"), -1: ("bad", "bad_tint")}.get(
        sign, ("badge_ink", "badge")
    )
    return Pill(text, ink=ink, ground=ground)


@dataclass(eq=False)
class Portrait(Node):
    """A face in a ring with the badge of its mood.

    Attributes:
        person: Its number in the cast.
        mood: One of the four, or None where it is not known.
        units: Diameter in design units.
        badge: Whether the badge is drawn.
    """

    person: str
    mood: str | None = None
    units: float = 56
    badge: bool = True

    def natural(self, ui: Ui, /) -> int:
        """Its diameter, which grows half as fast as text."""
        return ui.px(self.units * (1 + ui.look.text) / 2)

    def measure(self, ui: Ui, width: int, /) -> int:
        """Its diameter."""
        del width
        return self.natural(ui)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws face, ring and badge."""
        side = self.natural(ui)
        box = pygame.Rect(0, 0, side, side)
        box.center = self.rect.center
        look = mood_of(ui.theme, self.mood)
        tint = look.tint if ui.theme.shadow else _light(look.tint)
        colours, mood = (look.ink, tint), self.mood or ""
        if self.badge:
            whole = (*colours, ui.colour("panel"), look.icon)
            surface.blit(badged(self.person, mood, side, whole), box)
        else:
            surface.blit(portrait(self.person, mood, side, colours), box)


def _light(tint: str) -> str:
    """Black hair needs a light ground even where all else is dark."""
    colour = pygame.Color(tint).lerp(pygame.Color("#FFFFFF"), 0.72)
    return f"#{colour.r:02X}{colour.g:02X}{colour.b:02X}"


@dataclass(eq=False)
class Fact(Node):
    """A number with its name above it, as in the top bar.

    Attributes:
        label: The name.
        value: The number.
        icon: Beside both.
        styles: Of the name and of the number.
        colours: Of the name, of the number and of the icon.
    """

    label: str
    value: str
    icon: str = ""
    styles: tuple[TextStyle, TextStyle] = (TAG, TextStyle(19, bold=True))
    colours: tuple[str, str, str] = ("on_bar_muted", "on_bar", "on_bar_muted")

    def _mark(self, ui: Ui) -> int:
        return ui.em(24) + ui.px(10) if self.icon else 0

    def natural(self, ui: Ui, /) -> int:
        """The wider of both, and the icon."""
        words = max(ui.width(self.label, self.styles[0]), ui.width(self.value, self.styles[1]))
        return words + self._mark(ui)

    def measure(self, ui: Ui, width: int, /) -> int:
        """Both lines, a little closer than usual."""
        del width
        return round(0.92 * (ui.leading(self.styles[0]) + ui.leading(self.styles[1])))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws icon, name and number."""
        if self.icon:
            side = ui.em(24)
            mark = pygame.Rect(self.rect.x, self.rect.centery - side // 2, side, side)
            ui.picture(surface, self.icon, rect=mark, colour=self.colours[2])
        left, top = self.rect.x + self._mark(ui), self.rect.y
        label, value = ui.worded(self.label), ui.worded(self.value)
        ui.write(surface, label, self.styles[0], at=(left, top), colour=self.colours[0])
        top = self.rect.bottom - ui.leading(self.styles[1])
        ui.write(surface, value, self.styles[1], at=(left, top), colour=self.colours[1])
