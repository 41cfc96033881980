"""Decisions by luck: four fields, in which good and lucky are kept apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.charts.plot import Plot, Spot
from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Command
from sim.ui.window.kit.theme import TAG_STRONG
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import CalibrationChart, ScatterChart

ASIDE = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5)  # where a dot may go, in three quarters of its width
# Grounds of the fields: top left, top right, bottom left, bottom right.
GROUNDS = ("mercenaries", "apostles", "defectors", "captives")


@dataclass(eq=False, kw_only=True)
class Fields(Plot):
    """A plot whose ground is cut into four fields with names.

    Attributes:
        split: Where they meet, in the units of the axes.
        fields: Their names: top left, top right, bottom left, bottom right.
    """

    split: tuple[float, float]
    fields: tuple[str, str, str, str]
    level: bool = False

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Dots that would hide each other stand side by side, and none on the marks of the axis."""
        super().place(ui, rect)
        frame, rim = self.frame(ui), ui.px(8)
        room = pygame.Rect(frame.x, frame.y - rim, frame.w + rim, frame.h + 2 * rim)
        placed: list[pygame.Rect] = []
        for spot in self.spots:
            own = spot.rect.clamp(room)
            near = (own.move(step * own.w * 3 // 4, 0) for step in ASIDE)
            free = (box for box in near if room.contains(box) and not _hidden(box, placed))
            spot.place(ui, next(free, own))
            placed.append(spot.rect)

    def boxes(self, ui: Ui, frame: pygame.Rect) -> list[pygame.Rect]:
        """The fields in the order of their names."""
        x, y = (round(each) for each in self.px_of(ui, *self.split))
        across = ((frame.x, x - frame.x), (x, frame.right - x))
        down = ((frame.y, y - frame.y), (y, frame.bottom - y))
        return [pygame.Rect(left, top, wide, high) for top, high in down for left, wide in across]

    def draw_ground(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """The fields, their names in the outer corners or wherever no dot hides them."""
        for place, (box, name) in enumerate(zip(self.boxes(ui, frame), self.fields, strict=True)):
            surface.fill(ui.colour(GROUNDS[place]), box)
            self._draw_name(ui, surface, place, box=box, name=name)
        x, y = (round(each) for each in self.px_of(ui, *self.split))
        for start, end in (((x, frame.y), (x, frame.bottom)), ((frame.x, y), (frame.right, y))):
            draw.dashed(surface, start, end, colour=ui.colour("scroll"), width=1, dash=ui.px(5))

    def _draw_name(
        self, ui: Ui, surface: pygame.Surface, place: int, *, box: pygame.Rect, name: str
    ) -> None:
        most = box.w - ui.px(12)
        lines = ui.wrap(name, TAG_STRONG, max(most, ui.em(40)))
        high = ui.leading(TAG_STRONG)
        fits = high * len(lines) <= box.h and all(
            ui.line_width(line, TAG_STRONG) <= most for line in lines
        )
        wide = max(ui.line_width(line, TAG_STRONG) for line in lines)
        room, at_right = self._room(ui, place, box=box, size=(wide, high * len(lines)))
        for row, line in enumerate(lines if fits else ()):
            short = wide - ui.line_width(line, TAG_STRONG) if at_right else 0
            at = (room.x + short, room.y + row * high)
            ui.write(surface, line, TAG_STRONG, at=at, colour="muted")

    def _room(
        self, ui: Ui, place: int, *, box: pygame.Rect, size: tuple[int, int]
    ) -> tuple[pygame.Rect, bool]:
        """Where a name stands, and whether at the right: in the outer corner if no dot is there."""
        inner = box.inflate(-ui.px(12), -ui.px(8))
        taken = [spot.rect for spot in self.spots]
        rooms = []
        for upper, at_right in (
            (0, 0),
            (0, 1),
            (1, 0),
            (1, 1),
        ):  # outer corner, then along the edge
            low, right = (place // 2 + upper) % 2, bool((place + at_right) % 2)
            room = pygame.Rect((0, 0), size)
            room.x = inner.right - room.w if right else inner.x
            room.y = inner.bottom - room.h if low else inner.y
            rooms.append((room, right))
        return next((each for each in rooms if each[0].collidelist(taken) < 0), rooms[0])


def _hidden(box: pygame.Rect, placed: Sequence[pygame.Rect]) -> bool:
    """Whether a dot would cover more of another than it can bear."""
    core = box.inflate(-box.w // 2, -box.h // 2)
    return core.collidelist([each.inflate(-each.w // 4, -each.h // 4) for each in placed]) >= 0


def scatter(
    chart: ScatterChart,
    press: Callable[[int], Command | None],
    *,
    chosen: int = 0,
    tall: float = 260,
) -> Fields:
    """The scatter of decision and luck; arguments as for the evaluation line."""
    spots = [
        Spot(
            name=f"scatter/{dot.turn}",
            at=(dot.x, dot.y),
            text=str(dot.turn),
            look=dot.label.id,
            tip=dot.shown,
            chosen=dot.turn == chosen,
            on_press=partial(press, dot.turn),
        )
        for dot in chart.dots
    ]
    return Fields(
        x=chart.x, y=chart.y, spots=spots, split=chart.split, fields=chart.fields, tall=tall
    )


@dataclass(eq=False)
class Calibration(Plot):
    """How sure the forecasts were against how often they came true."""

    def draw_marks(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """The line on which sureness and truth agree."""
        del frame
        low = max(self.x.low, self.y.low)
        high = min(self.x.high, self.y.high)
        start, end = self.px_of(ui, low, low), self.px_of(ui, high, high)
        pygame.draw.aaline(surface, ui.colour("muted"), start, end, max(1, ui.px(1.5)))


def calibration(chart: CalibrationChart, *, tall: float = 240) -> Calibration:
    """The calibration of the forecasts; the number in a mark is how many there were."""
    spots = [
        Spot(
            name=f"calibration/{place}",
            at=(dot.sure, dot.hit),
            text=str(dot.count),
            tip=dot.shown,
        )
        for place, dot in enumerate(chart.dots)
    ]
    return Calibration(x=chart.x, y=chart.y, spots=spots, tall=tall)
