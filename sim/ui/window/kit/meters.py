"""Bars for numbers between 0 and 100, and the slider."""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Answer, Command, Control, Node
from sim.ui.window.kit.theme import CHOICE, NUMBER, TextStyle
from sim.ui.window.kit.ui import Ui

# Icon and colour of each meter; the three that are scored have colours of their own.
METERS = {
    "satisfaction": ("smile", "satisfaction"),
    "loyalty": ("heart", "loyalty"),
    "switching_cost": ("lock", "switching"),
    "equity": ("coins", "accent"),
    "trust": ("handshake", "accent"),
    "stay": ("anchor", "accent"),
    "deal": ("target", "accent"),
    "knowledge": ("brain", "accent"),
    "score": ("award", "accent"),
    "grade": ("graduation-cap", "accent"),
    "bond": ("heart-handshake", "switching"),
}
OTHER_METER = ("gauge", "switching")


def meter_look(kind: str) -> tuple[str, str]:
    """Icon and colour token of a meter."""
    return METERS.get(kind, OTHER_METER)


@dataclass(eq=False)
class Meter(Node):
    """A value of 0 to 100 with a mark where it was a turn ago.

    Attributes:
        kind: A key of `METERS`; decides colour and icon.
        value: Now; None where it is not known.
        before: A turn ago; None for no mark.
        label: Shown instead of the bare number; empty for the number.
        thick: Height of the bar in design units.
        style: Of the number.
        icon: Whether the icon is drawn.
        moves: Name of the animation from `before` to `value`; empty for none.
        rough: Whether the value is only a guess; such a bar is hatched.
    """

    kind: str
    value: float | None
    before: float | None = None
    label: str = ""
    thick: float = 7
    style: TextStyle = NUMBER
    icon: bool = True
    moves: str = ""
    rough: bool = False

    def _mark(self, ui: Ui) -> int:
        return ui.em(self.style.size + 1) + ui.px(7) if self.icon else 0

    def _number(self, ui: Ui) -> int:
        return max(ui.width("100", self.style), ui.width(self.label, self.style)) + ui.px(8)

    def natural(self, ui: Ui, /) -> int:
        """Icon, bar and number."""
        return self._mark(ui) + ui.em(90) + self._number(ui)

    def least(self, ui: Ui, /) -> int:
        """A bar of a few pixels remains readable."""
        return self._mark(ui) + ui.px(36) + self._number(ui)

    def measure(self, ui: Ui, width: int, /) -> int:
        """A line of its number, a little tighter."""
        del width
        return round(ui.leading(self.style) * 0.86)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws icon, track, bar, mark and number."""
        mark, colour = meter_look(self.kind)
        if self.icon:
            side = ui.em(self.style.size + 1)
            box = pygame.Rect(self.rect.x, self.rect.centery - side // 2, side, side)
            ui.picture(surface, mark, rect=box, colour=colour)
        left = self.rect.x + self._mark(ui)
        track = pygame.Rect(left, 0, self.rect.right - self._number(ui) - left, ui.px(self.thick))
        track.centery = self.rect.centery
        shown = self.value
        if self.value is not None and self.moves:
            start = self.value if self.before is None else self.before
            shown = ui.tween(f"{self.moves}/{self.kind}", start=start, end=self.value)
        draw_track(ui, surface, track, value=shown, colour=colour, rough=self.rough)
        if self.before is not None and self.value is not None:
            tick = pygame.Rect(0, 0, max(2, ui.px(2)), track.h + ui.px(6))
            tick.center = (track.x + round(track.w * self.before / 100), track.centery)
            surface.fill(ui.colour("ink"), tick)
        word = self.label or ("?" if shown is None else str(round(shown)))
        right = self.rect.right - ui.line_width(word, self.style)
        top = self.rect.centery - ui.leading(self.style) // 2
        ink = "muted" if shown is None else "ink"
        ui.write(surface, word, self.style, at=(right, top), colour=ink)


def draw_track(
    ui: Ui,
    surface: pygame.Surface,
    track: pygame.Rect,
    *,
    value: float | None,
    colour: str,
    rough: bool = False,
) -> None:
    """Draws a bar of 0..100 on its track; an unknown one is dashed, a rough one is hatched."""
    if value is None:
        draw.dashed(
            surface,
            track.midleft,
            track.midright,
            colour=ui.colour("scroll"),
            width=max(2, track.h // 3),
            dash=max(3, track.h),
        )
        return
    draw.fill_rounded(surface, track, track.h // 2, ui.colour("track"))
    filled = track.copy()
    filled.w = round(track.w * max(0.0, min(100.0, value)) / 100)
    if filled.w < 2:
        return
    if rough:
        step = max(5, ui.px(7))
        colours = (ui.colour(colour), ui.colour("panel"))
        surface.blit(draw.hatched(filled.size, track.h // 2, colours, step), filled)
    else:
        draw.fill_rounded(surface, filled, track.h // 2, ui.colour(colour))


@dataclass(eq=False)
class Progress(Node):
    """How much of something is done or used.

    Attributes:
        share: 0..1.
        colour: Of the bar.
        thick: Height in design units.
    """

    share: float
    colour: str = "accent"
    thick: float = 8

    def natural(self, ui: Ui, /) -> int:
        """Any width will do."""
        return ui.em(120)

    def least(self, ui: Ui, /) -> int:
        """Any width will do."""
        return ui.px(30)

    def measure(self, ui: Ui, width: int, /) -> int:
        """Its thickness."""
        del width
        return ui.px(self.thick)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws it."""
        draw_track(ui, surface, self.rect, value=100 * self.share, colour=self.colour)


@dataclass(eq=False)
class Slider(Control):
    """A number between two others, set with arrows or with the pointer.

    Attributes:
        value: Now.
        low: Smallest.
        high: Largest.
        step: Of one key press.
        show: Turns the value into words.
        on_change: Called with the new value.
    """

    value: float = 0
    low: float = 0
    high: float = 1
    step: float = 0.1
    show: Callable[[float], str] = str
    on_change: Callable[[float], Command | None] = lambda _value: None
    wide: float = 200

    def _word(self, ui: Ui) -> int:
        widest = max(ui.width(self.show(value), CHOICE) for value in (self.low, self.high))
        return max(widest, ui.width(self.show(self.value), CHOICE)) + ui.px(14)

    def natural(self, ui: Ui, /) -> int:
        """A comfortable track and the words."""
        return ui.px(self.wide) + self._word(ui)

    def least(self, ui: Ui, /) -> int:
        """A short track and the words."""
        return ui.px(80) + self._word(ui)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The height of a target."""
        del width
        return max(ui.px(32), ui.leading(CHOICE))

    def _track(self, ui: Ui) -> pygame.Rect:
        edge = ui.px(10)
        wide = self.rect.w - self._word(ui) - 2 * edge
        return pygame.Rect(self.rect.x + edge, self.rect.centery - ui.px(3), wide, ui.px(6))

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws track, knob and words."""
        track = self._track(ui)
        share = (self.value - self.low) / ((self.high - self.low) or 1)
        draw.framed(
            surface, track, radius=track.h // 2, fill=ui.colour("track"), edge=ui.colour("edge")
        )
        filled = track.copy()
        filled.w = max(track.h, round(track.w * share))
        draw.fill_rounded(surface, filled, track.h // 2, ui.colour("accent"))
        centre = (track.x + track.w * share, track.centery)
        draw.fill_disc(surface, centre, ui.px(10), ui.colour("accent"))
        draw.fill_disc(surface, centre, ui.px(7 if self.hovered(ui) else 6), ui.colour("on_accent"))
        top = self.rect.centery - ui.leading(CHOICE) // 2
        word = ui.worded(self.show(self.value))
        left = self.rect.right - ui.line_width(word, CHOICE)
        ui.write(surface, word, CHOICE, at=(left, top), colour="ink")

    def set_to(self, value: float) -> Command | None:
        """Moves to the nearest step inside the range and tells it."""
        steps = round((min(self.high, max(self.low, value)) - self.low) / self.step)
        settled = min(self.high, self.low + steps * self.step)
        if abs(settled - self.value) < self.step / 100:
            return None
        self.value = settled
        return self.on_change(settled)

    def key(self, ui: Ui, event: pygame.event.Event, /) -> Answer:
        """Arrows step, Home and End go to the ends."""
        del ui
        moves = {
            pygame.K_LEFT: self.value - self.step,
            pygame.K_RIGHT: self.value + self.step,
            pygame.K_HOME: self.low,
            pygame.K_END: self.high,
        }
        if event.type != pygame.KEYDOWN or event.key not in moves:
            return None
        return self.set_to(moves[event.key]) or True

    def grab(self, ui: Ui, pos: tuple[int, int], /) -> Answer:
        """Moves the knob to the pointer."""
        track = self._track(ui)
        share = (pos[0] - track.x) / max(1, track.w)
        return self.set_to(self.low + share * (self.high - self.low)) or True
