"""From what was to be expected over decisions and luck to the result, turn by turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.charts.legend import Item, Legend, hatch
from sim.ui.window.charts.plot import Plot, Spot, share
from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Command
from sim.ui.window.kit.theme import TAG
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import Axis, Step, Tick, WaterfallChart

LOOKS = {"start": "accent", "end": "accent", "skill": "loyalty", "luck": "switching"}


@dataclass(eq=False)
class Stripe(Spot):
    """The column of a step, as high as the chart, so that small steps can be hit, too."""

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """A ground under the pointer or where it is chosen; the bar itself is the chart's."""
        if self.chosen or self.hovered(ui):
            radius = ui.px(6)
            colour, edge = ui.colour("selected"), ui.colour("accent")
            draw.framed(surface, self.rect, radius=radius, fill=colour, edge=edge)


@dataclass(eq=False, kw_only=True)
class WaterfallPlot(Plot):
    """Bars from level to level.

    Attributes:
        chart: What it shows.
        moves: Name of the animation; empty for none.
    """

    chart: WaterfallChart
    moves: str = ""

    behind = True

    def _slot(self, frame: pygame.Rect, place: int) -> pygame.Rect:
        count = len(self.chart.steps)
        left = frame.x + frame.w * place // count
        return pygame.Rect(left, frame.y, frame.x + frame.w * (place + 1) // count - left, frame.h)

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Both steps of a turn are pressed together, from top to bottom."""
        self.rect = rect
        frame = self.frame(ui)
        for spot in self.spots:
            own = [place for place, step in enumerate(self.chart.steps) if step.turn == spot.at[0]]
            first, last = self._slot(frame, own[0]), self._slot(frame, own[-1])
            spot.place(ui, first.union(last))

    def draw_marks(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """The bars, each from where the one before it ended."""
        grown = ui.tween(f"{self.moves}/waterfall", start=0, end=1) if self.moves else 1.0
        bars: list[tuple[Step, pygame.Rect]] = []
        for index, step in enumerate(self.chart.steps):
            slot = self._slot(frame, index)
            bars.append((step, self._draw_bar(ui, surface, step, slot=slot, grown=grown)))
            if index + 1 < len(self.chart.steps):
                high = round(frame.bottom - frame.h * share(self.y, step.end))
                colour = ui.colour("muted")
                surface.fill(colour, (slot.centerx, high, slot.w, 1))
        self._draw_signs(ui, surface, bars)

    def _draw_bar(
        self, ui: Ui, surface: pygame.Surface, step: Step, *, slot: pygame.Rect, grown: float
    ) -> pygame.Rect:
        end = step.start + (step.end - step.start) * grown
        heights = [round(slot.bottom - slot.h * share(self.y, each)) for each in (step.start, end)]
        wide = max(3, slot.w * 7 // 10)
        box = pygame.Rect(0, min(heights), wide, max(2, abs(heights[1] - heights[0])))
        box.centerx = slot.centerx
        colour = ui.colour(LOOKS[step.kind])
        if step.kind == "luck":  # hatched: chance, not doing
            surface.fill(ui.colour("panel"), box)
            hatch(ui, surface, box, colour)
        else:
            surface.fill(colour, box)
        return box

    @staticmethod
    def _draw_signs(
        ui: Ui, surface: pygame.Surface, bars: Sequence[tuple[Step, pygame.Rect]]
    ) -> None:
        """The amounts above or below their bars, the totals first; where there is no room, none."""
        taken = [bar for _, bar in bars]
        for step, bar in sorted(bars, key=lambda each: each[0].turn > 0):
            for room in _rooms(ui, step, bar):
                if room.inflate(ui.px(4), 0).collidelist(taken) < 0:
                    taken.append(room)
                    at = (room.x, room.centery - ui.leading(TAG) // 2)
                    ui.write(surface, step.shown, TAG, at=at, colour="ink")
                    break


def _rooms(ui: Ui, step: Step, bar: pygame.Rect) -> list[pygame.Rect]:
    """Where the letters of an amount may stand: in the middle of the bar's end, or to its sides."""
    line, letters = ui.leading(TAG), ui.leading(TAG) - 2 * ui.px(3)
    rooms = [pygame.Rect(0, 0, ui.line_width(step.shown, TAG), letters) for _ in range(3)]
    shift = max(0, (rooms[0].w - bar.w) // 2) + ui.px(2)
    middle = bar.y - line // 2 if step.end >= step.start else bar.bottom + line // 2
    for room, aside in zip(rooms, (0, shift, -shift), strict=True):
        room.center = (bar.centerx + aside, middle)
    return rooms


def waterfall(
    chart: WaterfallChart,
    press: Callable[[int], Command | None],
    *,
    axis: str,
    chosen: int = 0,
    moves: str = "",
    tall: float = 240,
) -> WaterfallPlot:
    """The waterfall of skill and luck; arguments as for the evaluation line, `axis` names turns."""
    count = len(chart.steps)
    turns = sorted({step.turn for step in chart.steps if step.turn})
    ticks = [Tick(2.0 * turn, str(turn)) for turn in turns]
    said = {turn: [step for step in chart.steps if step.turn == turn] for turn in turns}
    spots: list[Spot] = [
        Stripe(
            name=f"waterfall/{turn}",
            at=(turn, 0.0),
            tip="\n".join(f"{step.name}  {step.shown}" for step in said[turn]),
            chosen=turn == chosen,
            on_press=partial(press, turn),
        )
        for turn in turns
    ]
    return WaterfallPlot(
        x=Axis(axis, 0.0, float(count), tuple(ticks)),
        y=chart.y,
        spots=spots,
        chart=chart,
        moves=moves,
        tall=tall,
    )


def waterfall_key(chart: WaterfallChart) -> Legend:
    """What the bars mean."""
    return Legend(
        items=[
            Item("square", "accent", chart.total_name),
            Item("square", "loyalty", chart.skill_name),
            Item("hatch", "switching", chart.luck_name),
        ]
    )
