"""The map over time: where every customer stands at a turn, and the way there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.labels import Icon, Portrait
from sim.ui.window.kit.node import Command
from sim.ui.window.kit.plane import Dot, Plane
from sim.ui.window.kit.portraits import NOBODY
from sim.ui.window.kit.theme import TAG_STRONG
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import MapChart, PathView, Place

Point = tuple[float, float]
FACE, CHOSEN_FACE = 30, 40


@dataclass(eq=False, kw_only=True)
class PathPlane(Plane):
    """A plane on which the ways of the customers are drawn.

    Attributes:
        ways: The points of each way, the last one where the customer stands.
        chosen: Whose way is drawn in full, with the turns along it.
        turns: The turns of the points of the chosen way.
    """

    ways: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    chosen: str = ""
    turns: tuple[int, ...] = ()

    def draw_ways(self, ui: Ui, surface: pygame.Surface) -> None:
        """The last steps of everybody, faint; the whole way of the chosen one."""
        for points in self.ways.values() if not self.chosen else ():
            self._draw_way(ui, surface, points[-3:], colour="muted", width=1.6)
        self._draw_way(ui, surface, self.ways.get(self.chosen, ()), colour="accent", width=3)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """The turns along the chosen way stand before the faces of the others."""
        super().draw(ui, surface)
        chosen = self.ways.get(self.chosen, ())
        last, least = (-999, -999), ui.em(20)
        for point, turn in zip(chosen[:-1], self.turns, strict=False):
            at = self.at(ui, *point)
            apart = max(abs(at[0] - last[0]), abs(at[1] - last[1])) >= least
            self._draw_turn(
                ui, surface, str(turn) if apart else "", at, first=turn == self.turns[0]
            )
            last = at if apart else last

    def _draw_way(
        self,
        ui: Ui,
        surface: pygame.Surface,
        points: tuple[Point, ...],
        *,
        colour: str,
        width: float,
    ) -> None:
        places = [self.at(ui, *point) for point in points]
        if len(places) > 1:
            thick = max(1, ui.px(width))
            draw.polyline(surface, places, colour=ui.colour(colour), width=thick)

    @staticmethod
    def _draw_turn(
        ui: Ui, surface: pygame.Surface, word: str, at: tuple[int, int], *, first: bool
    ) -> None:
        """A turn on the way; the first one is hollow, and where it is crowded there is a dot."""
        radius = ui.em(10) if word else ui.px(4)
        draw.fill_disc(surface, at, radius, ui.colour("accent"))
        if first:
            draw.fill_disc(surface, at, radius - max(2, ui.px(2)), ui.colour("panel"))
        left = at[0] - ui.line_width(word, TAG_STRONG) // 2
        top = at[1] - ui.leading(TAG_STRONG) // 2
        ink = "accent" if first else "on_accent"
        ui.write(surface, word, TAG_STRONG, at=(left, top), colour=ink)


def paths(
    chart: MapChart,
    turn: int,
    press: Callable[[str], Command | None],
    *,
    chosen: str = "",
    tall: float = 330,
) -> PathPlane:
    """The map at the opening of a turn.

    Args:
        chart: What it shows.
        turn: From 1; one more than the last is the end of the game.
        press: Called with a customer.
        chosen: The customer whose whole way is shown.
        tall: Height in design units.
    """
    ways: dict[str, tuple[Place, ...]] = {}
    dots = []
    for path in chart.paths:
        reached = tuple(place for place in path.places if place.turn <= turn)
        if reached:
            ways[path.id] = reached
            gone = path.left and path.places[-1].turn < turn
            spot = _spot(chart, reached[-1])
            dots.append(_dot(path, spot, press, chosen=path.id == chosen, gone=gone))
    return PathPlane(
        dots,
        chart.fields,
        (chart.x.name, chart.y.name),
        tall=tall,
        ways={who: tuple(_spot(chart, each) for each in way) for who, way in ways.items()},
        chosen=chosen if chosen in ways else "",
        turns=tuple(each.turn for each in ways.get(chosen, ())),
    )


def _dot(
    path: PathView,
    at: Point,
    press: Callable[[str], Command | None],
    *,
    chosen: bool,
    gone: bool,
) -> Dot:
    """A face, or a cross where somebody left."""
    size = CHOSEN_FACE if chosen else FACE
    portrait = Portrait(path.portrait or NOBODY, None, size, badge=False)
    face = Card(
        name=f"map/{path.id}",
        body=Icon("x", 24, "bad") if gone else portrait,
        pad=(2, 2),
        chosen=chosen,
        tip=path.name,
        sound="select",
        on_press=partial(press, path.id),
    )
    return Dot(*at, face, path.name)


def _spot(chart: MapChart, place: Place) -> Point:
    return _share(place.satisfaction, chart.split[0]), _share(place.loyalty, chart.split[1])


def _share(value: float, split: float) -> float:
    """A value 0..100 on an axis 0..1 whose middle is where the fields meet."""
    if value < split:
        return 0.5 * value / split
    return 0.5 + 0.5 * (value - split) / max(1.0, 100.0 - split)
