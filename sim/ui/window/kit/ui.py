"""What widgets share: measures, colours, text, what is focused, and memory between two builds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import pygame

from sim.ui.window.kit import text as type_
from sim.ui.window.kit.icons import icon
from sim.ui.window.kit.linebreak import pseudo
from sim.ui.window.kit.theme import LIGHT, TextStyle, Theme

DESIGN = (1280, 720)
SMALLEST_SCALE = 0.75
EASING_SECONDS = 0.6
HANGING = "“‘（《「『【〈"


@lru_cache(maxsize=8)
def scale_of(size: tuple[int, int]) -> float:
    """Pixels per design unit in a window of a size; asked for some thousand times per frame."""
    return max(SMALLEST_SCALE, min(size[0] / DESIGN[0], size[1] / DESIGN[1]))


class Look(NamedTuple):
    """What decides how a screen is measured and drawn.

    Attributes:
        theme: Its colours.
        lang: `en` or `zh`.
        size: Of the window in pixels.
        text: Size of text against the design, 1..2.
        still: Whether nothing may move.
        pseudo: Whether all text is made 40 % longer, to test layouts.
        keys: The label of the key of each action, to be shown in hints.
    """

    theme: Theme = LIGHT
    lang: str = "en"
    size: tuple[int, int] = DESIGN
    text: float = 1.0
    still: bool = False
    pseudo: bool = False
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def scale(self) -> float:
        """Pixels per design unit, at least .75."""
        return scale_of(self.size)


@dataclass
class Edit:
    """The state of a text field.

    Attributes:
        caret: Characters before the caret.
        draft: What an input method has composed but not yet entered.
    """

    caret: int = 0
    draft: str = ""


@dataclass
class Toast:
    """A message that goes away.

    Attributes:
        text: What it says.
        icon: Its picture.
        until: When it goes, in seconds of the clock.
    """

    text: str
    icon: str
    until: float


class Written(NamedTuple):
    """A line that was drawn.

    Attributes:
        text: All of it, even what was cut.
        rect: Where the line is.
        inside: Place of the part it belongs to.
        cut: Whether it ends in an ellipsis for want of room.
    """

    text: str
    rect: pygame.Rect
    inside: pygame.Rect
    cut: bool


@dataclass
class Ui:
    """Everything that outlives one build of the widgets.

    Attributes:
        look: How things are measured and drawn now.
        now: Seconds of a clock that never goes back.
        focus: Name of the focused control.
        focus_shown: Whether the ring is drawn: after a key, not after a click.
        hover: Name of the control under the pointer.
        held: Name of the control that the button went down on.
        scrolls: Pixels that each scrolling part has moved.
        edits: States of the text fields.
        moving: Set by drawing while something still moves.
        play: Plays a sound by name.
        inside: Place of the part that is being drawn.
        texts: What the last drawing wrote, for tests.
    """

    look: Look = field(default_factory=Look)
    now: float = 0.0
    focus: str = ""
    focus_shown: bool = False
    hover: str = ""
    held: str = ""
    scrolls: dict[str, int] = field(default_factory=dict)
    edits: dict[str, Edit] = field(default_factory=dict)
    started: dict[str, float] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    moving: bool = False
    play: Callable[[str], None] = lambda _name: None
    inside: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0))
    texts: list[Written] = field(default_factory=list)

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self.look.theme

    def colour(self, token: str) -> str:
        """The colour of a token, or the token itself if it is a colour."""
        return token if token.startswith("#") else str(getattr(self.look.theme, token))

    def px(self, units: float) -> int:
        """Pixels of a distance that does not depend on the size of text."""
        return round(units * scale_of(self.look.size)) if units else 0

    def em(self, units: float) -> int:
        """Pixels of a distance that has to hold text or to stand beside it."""
        look = self.look
        return round(units * scale_of(look.size) * look.text)

    @property
    def columns(self) -> float:
        """Width of the window in units of text: 1280 by design, 640 at 200 % text."""
        return self.look.size[0] / self.look.scale / self.look.text

    @property
    def rows(self) -> float:
        """Height of the window in units of text: 720 by design, 360 at 200 % text."""
        return self.look.size[1] / self.look.scale / self.look.text

    # --- text ---

    def worded(self, text: str) -> str:
        """The text as it is shown."""
        return pseudo(text) if self.look.pseudo else text

    def font_key(self, style: TextStyle) -> type_.FontKey:
        """Which font sets a style."""
        return (self.look.lang, style.bold, self.em(style.size))

    def leading(self, style: TextStyle) -> int:
        """Height of a line in pixels."""
        look = self.look
        return round(style.size * style.leading * scale_of(look.size) * look.text)

    def width(self, text: str, style: TextStyle) -> int:
        """Width of the longest line of unwrapped text in pixels."""
        key = self.font_key(style)
        return max(type_.width_of(line, key) for line in self.worded(text).split("\n"))

    def line_width(self, line: str, style: TextStyle) -> int:
        """Width of a finished line in pixels."""
        return type_.width_of(line, self.font_key(style))

    def longest_word(self, text: str, style: TextStyle) -> int:
        """Width of the widest part that cannot be broken, in pixels."""
        key = self.font_key(style)
        words = self.worded(text).split()
        if self.look.lang == "zh":
            return min(self.width(text, style), 4 * self.em(style.size))
        return max((type_.width_of(word, key) for word in words), default=0)

    def wrap(self, text: str, style: TextStyle, width: int) -> tuple[str, ...]:
        """The lines of a text in a width of pixels."""
        return type_.wrap(self.worded(text), self.font_key(style), width)

    def write(
        self,
        surface: pygame.Surface,
        line: str,
        style: TextStyle,
        *,
        at: tuple[int, int],
        colour: str,
        most: int = 0,
    ) -> pygame.Rect:
        """Draws one finished line.

        Args:
            surface: Drawn on.
            line: From `wrap`, or a label after `worded`.
            style: How it is set.
            at: Left end and top of the line, in pixels.
            colour: A token of the theme or `#RRGGBB`.
            most: Pixels after which it is cut with an ellipsis; 0 for never.

        Returns:
            Where the letters are.
        """
        key = self.font_key(style)
        shown = type_.shorten(line, key, most) if most else line
        if not shown:
            return pygame.Rect(at, (0, 0))
        picture = type_.render(shown, key, self.colour(colour))
        rise = self.em(style.size) * type_.OPTICAL_RISE
        top = at[1] + (self.leading(style) - picture.get_height()) / 2 - rise
        place = pygame.Rect(at, (picture.get_width(), self.leading(style)))
        self.texts.append(Written(line, place, self.inside, shown != line))
        return surface.blit(picture, (at[0] - self._hang(shown, style), round(top)))

    def _hang(self, line: str, style: TextStyle) -> int:
        """Pixels that a Chinese opening sign moves out, because its left half is empty."""
        hangs = self.look.lang == "zh" and line[0] in HANGING
        return self.em(style.size * 0.45) if hangs else 0

    def picture(
        self, surface: pygame.Surface, name: str, *, rect: pygame.Rect, colour: str
    ) -> None:
        """Draws an icon in the middle of a square."""
        image = icon(name, min(rect.w, rect.h), self.colour(colour))
        surface.blit(image, image.get_rect(center=rect.center))

    # --- time ---

    def tween(
        self, key: str, *, start: float, end: float, seconds: float = EASING_SECONDS
    ) -> float:
        """A number on its way from start to end, quick at first; the end at once if still."""
        if self.look.still or start == end:
            return end
        begun = self.started.setdefault(key, self.now)
        share = min(1.0, max(0.0, (self.now - begun) / seconds))
        if share < 1:
            self.moving = True
        return start + (end - start) * (1 - (1 - share) ** 3)

    def toast(self, text: str, icon: str = "info", seconds: float = 5.0) -> None:
        """Shows a message for a while."""
        self.toasts = [*self.toasts[-2:], Toast(text, icon, self.now + seconds)]

    def key_of(self, action: str) -> str:
        """The label of the key of an action; empty if it has none."""
        return dict(self.look.keys).get(action, "")
