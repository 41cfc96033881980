"""Level bars: what each concept cost, with ranges; the two plans of a turn, by customer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.charts.legend import Item, Legend
from sim.ui.window.charts.plot import share
from sim.ui.window.kit import draw
from sim.ui.window.kit.layout import Column
from sim.ui.window.kit.node import Command, Control, Node
from sim.ui.window.kit.theme import CARD, NUMBER, TAG
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import Axis, Bar, BarChart, DumbbellChart, PairRow

Press = Callable[[str], Command | None]
PAD = 8


@dataclass(eq=False, kw_only=True)
class Line(Control):
    """A line of a chart: name and words above, what is measured below; it can be pressed.

    Attributes:
        label: Its name.
        words: Its number in words, at the right end.
        x: The axis that all lines share.
    """

    label: str
    words: str
    x: Axis
    sound: str = "select"

    def natural(self, ui: Ui, /) -> int:
        """Name and words beside each other."""
        return ui.width(self.label, CARD) + ui.width(self.words, NUMBER) + ui.px(16 + 2 * PAD)

    def least(self, ui: Ui, /) -> int:
        """The longest word of either."""
        longest = max(ui.longest_word(self.label, CARD), ui.longest_word(self.words, NUMBER))
        return max(longest + ui.px(2 * PAD), ui.em(180))

    def _head(self, ui: Ui, width: int) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Lines of name and words, and whether they stand beside each other."""
        room = width - ui.px(2 * PAD)
        beside = self.natural(ui) <= width
        if beside:
            return (ui.worded(self.label),), (ui.worded(self.words),), True
        return ui.wrap(self.label, CARD, room), ui.wrap(self.words, NUMBER, room), False

    def measure(self, ui: Ui, width: int, /) -> int:
        """Both texts and the bar."""
        label, words, beside = self._head(ui, width)
        high = len(label) * ui.leading(CARD)
        if not beside:
            high += len(words) * ui.leading(NUMBER)
        return high + self.bar_height(ui) + ui.px(2 * 4)

    def bar_height(self, ui: Ui) -> int:
        """Height of what is measured."""
        return ui.px(20)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws ground, texts and bar."""
        if self.hovered(ui) and self.on_press is not None:
            draw.fill_rounded(surface, self.rect, ui.px(8), ui.colour("hover"))
        label, words, beside = self._head(ui, self.rect.w)
        left, top = self.rect.x + ui.px(PAD), self.rect.y + ui.px(4)
        for line in label:
            ui.write(surface, line, CARD, at=(left, top), colour="ink")
            top += ui.leading(CARD)
        if beside:
            end = self.rect.right - ui.px(PAD) - ui.line_width(words[0], NUMBER)
            at = (end, top - ui.leading(CARD))
            ui.write(surface, words[0], NUMBER, at=at, colour="muted")
        else:
            for line in words:
                ui.write(surface, line, NUMBER, at=(left, top), colour="muted")
                top += ui.leading(NUMBER)
        wide = self.rect.w - 2 * ui.px(PAD)
        self.draw_bar(ui, surface, pygame.Rect(left, top, wide, self.bar_height(ui)))

    def draw_bar(self, ui: Ui, surface: pygame.Surface, box: pygame.Rect) -> None:
        """Draws what is measured."""
        raise NotImplementedError

    def px_of(self, box: pygame.Rect, value: float) -> int:
        """Pixels of a value."""
        return round(box.x + box.w * min(1.0, max(0.0, share(self.x, value))))


@dataclass(eq=False, kw_only=True)
class RangeLine(Line):
    """A bar with whiskers."""

    bar: Bar

    def draw_bar(self, ui: Ui, surface: pygame.Surface, box: pygame.Rect) -> None:
        """The bar, and over it the range that holds the truth in 90 of 100 cases."""
        track = box.inflate(0, -ui.px(8))
        draw.fill_rounded(surface, track, ui.px(4), ui.colour("track"))
        zero, end = self.px_of(box, 0.0), self.px_of(box, self.bar.value)
        filled = pygame.Rect(min(zero, end), track.y, max(2, abs(end - zero)), track.h)
        draw.fill_rounded(surface, filled, ui.px(4), ui.colour("switching"))
        low, high = self.px_of(box, self.bar.low), self.px_of(box, self.bar.high)
        whisker(ui, surface, (low, high), box)


def whisker(ui: Ui, surface: pygame.Surface, ends: tuple[int, int], box: pygame.Rect) -> None:
    """Draws a range: a line with an upright stroke at each end."""
    thick, half = max(2, ui.px(2)), ui.px(5)
    ink = ui.colour("ink")
    surface.fill(ink, (ends[0], box.centery - thick // 2, max(thick, ends[1] - ends[0]), thick))
    for end in ends:
        surface.fill(ink, (end - thick // 2, box.centery - half, thick, 2 * half))


@dataclass(eq=False, kw_only=True)
class PairLine(Line):
    """Two values of one customer, joined: a ring as played, a disc as in the better plan."""

    row: PairRow

    def draw_bar(self, ui: Ui, surface: pygame.Surface, box: pygame.Rect) -> None:
        """The axis, the joint and both marks."""
        thin, radius = max(1, ui.px(1)), ui.px(6)
        surface.fill(ui.colour("line"), (box.x, box.centery, box.w, thin))
        room = box.inflate(-2 * radius, 0)
        own, better = self.px_of(room, self.row.own), self.px_of(room, self.row.better)
        thick = max(2, ui.px(3))
        joint = (min(own, better), box.centery - thick // 2, abs(own - better), thick)
        surface.fill(ui.colour("muted"), joint)
        draw.fill_disc(surface, (better, box.centery), radius, ui.colour("accent"))
        draw.fill_disc(surface, (own, box.centery), radius, ui.colour("switching"))
        inner = radius - max(2, ui.px(2))
        draw.fill_disc(surface, (own, box.centery), inner, ui.colour("panel"))


@dataclass(eq=False)
class Scale(Node):
    """The marks of the axis below lines, and its name."""

    x: Axis

    def measure(self, ui: Ui, width: int, /) -> int:
        """Two lines of text."""
        del width
        return 2 * ui.leading(TAG) + ui.px(4)

    def least(self, ui: Ui, /) -> int:
        """Any width will do."""
        return ui.em(120)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws marks as far as there is room, then the name."""
        pad, free = ui.px(PAD), self.rect.x
        for tick in self.x.ticks:
            wide = ui.line_width(tick.text, TAG)
            middle = self.rect.x + pad + (self.rect.w - 2 * pad) * share(self.x, tick.at)
            left = max(self.rect.x, min(round(middle - wide / 2), self.rect.right - wide))
            if left >= free:
                ui.write(surface, tick.text, TAG, at=(left, self.rect.y), colour="muted")
                free = left + wide + ui.px(8)
        word = ui.worded(self.x.name)
        wide = min(ui.line_width(word, TAG), self.rect.w)
        at = (self.rect.right - wide, self.rect.y + ui.leading(TAG))
        ui.write(surface, word, TAG, at=at, colour="muted", most=wide)


def concept_bars(chart: BarChart, press: Press) -> Column:
    """What each concept cost; pressing one opens the glossary at it."""
    lines: Sequence[Node] = [
        RangeLine(
            name=f"concept/{bar.id}",
            label=bar.name,
            words=bar.shown,
            x=chart.x,
            bar=bar,
            tip=bar.shown,
            on_press=partial(press, bar.id),
        )
        for bar in chart.bars
    ]
    return Column([*lines, Scale(chart.x)], gap=2)


def dumbbell(chart: DumbbellChart, press: Press) -> Column:
    """The worst turn customer by customer; pressing one opens what happened to it."""
    lines: Sequence[Node] = [
        PairLine(
            name=f"pair/{row.id}",
            label=row.name,
            words=row.shown,
            x=chart.x,
            row=row,
            tip=f"{chart.own_name}: {row.own_text}\n{chart.better_name}: {row.better_text}",
            on_press=partial(press, row.id),
        )
        for row in chart.rows
    ]
    key = Legend(
        items=[Item("ring", "switching", chart.own_name), Item("disc", "accent", chart.better_name)]
    )
    return Column([key, *lines, Scale(chart.x)], gap=2)
