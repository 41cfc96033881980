"""The portfolio board: a list of cards, the pyramid, the funnel, the matrix."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit import draw
from sim.ui.window.kit.buttons import tabs
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import heading
from sim.ui.window.kit.theme import BODY, NUMBER, STRONG, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.matrix import matrix
from sim.ui.window.pages.parts import (
    Faces,
    Press,
    cards_grid,
    chips,
    customer_card,
    faces_of,
    group_panel,
    hints,
)
from sim.ui.window.pages.shown import FILE, Shown
from sim.view.model import CustomerCard
from sim.view.parts import GroupView

ARRANGEMENTS = ("list", "pyramid", "funnel", "matrix")


def board(desk: Desk, shown: Shown, press: Press) -> list[Node]:
    """The head, the tabs and the chosen arrangement."""
    view = desk.view
    items = [(each, desk.say(f"board.{each}"), "") for each in ARRANGEMENTS]

    def choose(value: str) -> None:
        shown.board = value

    count = len(view.board.cards)
    return [
        heading(desk.say("board.customers", n=count)),
        tabs("board", items, chosen=shown.board, on_choose=choose),
        *hints(desk, view.hints, "portfolio"),
        *_arranged(desk, shown, press),
    ]


def _arranged(desk: Desk, shown: Shown, press: Press) -> list[Node]:
    board_ = desk.view.board
    if shown.board == "list":
        return _list(desk, shown, press)
    faces = faces_of(board_)
    if shown.board == "matrix":
        parts = matrix(desk, board_, faces, press)
        return [*parts, Label(board_.matrix_note, NUMBER, "muted")]
    groups, note = {
        "pyramid": (board_.pyramid, board_.pyramid_note),
        "funnel": (board_.funnel, board_.funnel_note),
    }[shown.board]
    return [*_tiers(groups, faces, press, shown.board), Label(note, NUMBER, "muted")]


def _list(desk: Desk, shown: Shown, press: Press) -> list[Node]:
    def cards(views: Sequence[CustomerCard]) -> Node:
        return cards_grid(
            [
                customer_card(
                    desk, each, chosen=shown.kind == FILE and shown.id == each.id, press=press
                )
                for each in views
            ]
        )

    view = desk.view.board
    parts: list[Node] = [cards(view.cards)]
    if view.gone:
        parts += [Label(desk.say("line.gone"), BODY, "muted"), cards(view.gone)]
    return parts


def _tiers(groups: Sequence[GroupView], faces: Faces, press: Press, kind: str) -> list[Node]:
    """Bands that get wider downwards (pyramid) or narrower (funnel)."""
    known = [group for group in groups if group.id != "unknown"]
    if kind == "funnel":
        known = sorted(known, key=lambda group: ("top", "middle", "bottom").index(group.id))
    bands: list[Node] = []
    for place, group in enumerate(known):
        step = place if kind == "pyramid" else len(known) - 1 - place
        bands.append(
            Band(
                [
                    Label(f"{group.name}  ·  {len(group.customers)}", STRONG, align="centre"),
                    Label(group.text, TAG, "muted", align="centre"),
                    Column([chips(group, faces, press, name=group.id)], align="centre"),
                ],
                inset=(len(known) - 1 - step) * 0.11,
                slope=0.055 if kind == "pyramid" else -0.055,
            )
        )
    rest = [
        group_panel(each, faces, press)
        for each in groups
        if each.id == "unknown" and each.customers
    ]
    return [Column(bands, gap=4), *rest]


@dataclass(eq=False)
class Band(Column):
    """One level of a pyramid or funnel: a trapezium with words and faces.

    Attributes:
        inset: Share of the width that is free at each side of its lower (upper) edge.
        slope: How much narrower the upper edge is at each side; negative: the lower one.
    """

    gap: float = 2
    pad: float | tuple[float, float] = (0, 8)
    inset: float = 0.0
    slope: float = 0.07

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Places the parts inside the trapezium."""
        free = round(rect.w * min(0.32, self.inset + abs(self.slope) / 2))
        super().place(ui, rect.inflate(-2 * free, 0))
        self.rect = rect

    def measure(self, ui: Ui, width: int, /) -> int:
        """As high as the parts are in the narrower room."""
        free = round(width * min(0.32, self.inset + abs(self.slope) / 2))
        return super().measure(ui, width - 2 * free)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the trapezium, then the parts."""
        rect = self.rect
        outer, inner = rect.w * self.inset, rect.w * (self.inset + abs(self.slope))
        above, below = (inner, outer) if self.slope > 0 else (outer, inner)
        points = [
            (rect.left + above, rect.top),
            (rect.right - above, rect.top),
            (rect.right - below, rect.bottom - 1),
            (rect.left + below, rect.bottom - 1),
        ]
        draw.polygon(surface, points, ui.colour("captives"))
        super().draw(ui, surface)
