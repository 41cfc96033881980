"""Hours by kind of action and turn: the player's column beside the expert's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.charts.legend import Item, Legend
from sim.ui.window.charts.plot import Plot, share
from sim.ui.window.charts.waterfall import Stripe
from sim.ui.window.kit.node import Command
from sim.ui.window.kit.theme import TAG_STRONG
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import Axis, HoursChart, Segment, Tick, TurnHours


@dataclass(eq=False, kw_only=True)
class HoursPlot(Plot):
    """Stacked columns in pairs; each kind of action has its number."""

    chart: HoursChart
    behind = True

    def _pair(self, frame: pygame.Rect, place: int) -> pygame.Rect:
        count = len(self.chart.turns)
        left = frame.x + frame.w * place // count
        return pygame.Rect(left, frame.y, frame.x + frame.w * (place + 1) // count - left, frame.h)

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """A stripe for each turn."""
        self.rect = rect
        frame = self.frame(ui)
        for place, spot in enumerate(self.spots):
            spot.place(ui, self._pair(frame, place))

    def draw_marks(self, ui: Ui, surface: pygame.Surface, frame: pygame.Rect) -> None:
        """Both columns of each turn."""
        for place, turn in enumerate(self.chart.turns):
            pair = self._pair(frame, place)
            wide = max(3, pair.w * 2 // 5)
            rim = max(1, (pair.w - 2 * wide) // 3)
            own = pygame.Rect(pair.x + rim, pair.y, wide, pair.h)
            self._stack(ui, surface, turn.own, own)
            expert = own.move(wide + rim, 0)
            self._stack(ui, surface, turn.expert, expert)
            self._mark_expert(ui, surface, turn, expert)

    def _stack(
        self, ui: Ui, surface: pygame.Surface, segments: Sequence[Segment], box: pygame.Rect
    ) -> None:
        reached = 0.0
        for segment in segments:
            ends = [
                round(box.bottom - box.h * share(self.y, hours))
                for hours in (reached, reached + segment.hours)
            ]
            reached += segment.hours
            part = pygame.Rect(box.x, ends[1], box.w, ends[0] - ends[1])
            if part.h < 1:
                continue
            place = [kind.id for kind in self.chart.kinds].index(segment.id)
            surface.fill(ui.colour(series_colour(ui, place)), part)
            pygame.draw.rect(surface, ui.colour("edge"), part, 1)
            self._number(ui, surface, str(place + 1), part)

    @staticmethod
    def _number(ui: Ui, surface: pygame.Surface, word: str, part: pygame.Rect) -> None:
        wide, high = ui.line_width(word, TAG_STRONG), ui.leading(TAG_STRONG)
        if wide + 2 <= part.w and high - ui.px(4) <= part.h:
            at = (part.centerx - wide // 2, part.centery - high // 2)
            ui.write(surface, word, TAG_STRONG, at=at, colour="ink")

    def _mark_expert(
        self, ui: Ui, surface: pygame.Surface, turn: TurnHours, box: pygame.Rect
    ) -> None:
        """A bold line on top tells the expert's column from the player's."""
        total = sum(segment.hours for segment in turn.expert)
        top = round(box.bottom - box.h * share(self.y, total))
        thick = max(2, ui.px(3))
        surface.fill(ui.colour("accent"), (box.x, top - thick, box.w, thick))


def series_colour(ui: Ui, place: int) -> str:
    """The colour of a kind of action; after the last colour the first comes again."""
    return ui.theme.series[place % len(ui.theme.series)]


def hours(
    ui: Ui,
    chart: HoursChart,
    press: Callable[[int], Command | None],
    *,
    axis: str,
    chosen: int = 0,
    tall: float = 240,
) -> tuple[HoursPlot, Legend]:
    """The columns of all turns, `axis` their name, and the key of their numbers."""
    count = len(chart.turns)
    ticks = tuple(Tick(place + 0.5, str(turn.turn)) for place, turn in enumerate(chart.turns))
    names = {kind.id: kind.name for kind in chart.kinds}
    spots = [
        Stripe(
            name=f"hours/{turn.turn}",
            at=(turn.turn, 0.0),
            tip="\n".join(
                f"{who}: {_spoken(segments, names)}"
                for who, segments in ((chart.own_name, turn.own), (chart.expert_name, turn.expert))
            ),
            chosen=turn.turn == chosen,
            on_press=partial(press, turn.turn),
        )
        for turn in chart.turns
    ]
    plot = HoursPlot(
        x=Axis(axis, 0.0, float(count), ticks), y=chart.y, spots=spots, chart=chart, tall=tall
    )
    items = [Item("line", "accent", chart.expert_name)]
    items += [
        Item("square", series_colour(ui, place), kind.name, str(place + 1))
        for place, kind in enumerate(chart.kinds)
    ]
    return plot, Legend(items=items)


def _spoken(segments: Sequence[Segment], names: dict[str, str]) -> str:
    return " · ".join(f"{names.get(each.id, each.id)} {each.hours:g}" for each in segments) or "0"
