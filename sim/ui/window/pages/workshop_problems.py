"""What is wrong with the last save, line by line."""

from dataclasses import dataclass
from functools import partial

import pygame

from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.labels import Icon, Label, Pill
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, NAME, NUMBER, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.workshop_studio import Studio
from sim.view.workshop_model import FindingView

# Icon, ink and ground of each state of a save and severity of a problem.
LOOKS = {
    "waiting": ("hourglass", "muted", "badge"),
    "error": ("circle-x", "bad", "bad_tint"),
    "warning": ("triangle-alert", "note_ink", "note"),
    "note": ("info", "accent", "badge"),
    "fine": ("circle-check", "good", "good_tint"),
}


@dataclass(eq=False)
class SourceLine(Node):
    """A line of the file with a mark below the place that is meant.

    Attributes:
        text: The line, or the part of it that matters.
        before: So many of its characters stand before the place.
    """

    text: str
    before: int

    def natural(self, ui: Ui, /) -> int:
        """The whole line."""
        return ui.line_width(self.text, NUMBER) + 2 * ui.px(8)

    def least(self, ui: Ui, /) -> int:
        """It is cut where there is no room."""
        return ui.em(80)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The line and its mark."""
        del width
        return ui.leading(NUMBER) + ui.px(8)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws the line as far as it fits, so that the place is always in sight."""
        surface.fill(ui.colour("track"), self.rect)
        room = self.rect.w - 2 * ui.px(8)
        cut = 0
        while cut < self.before and ui.line_width(self.text[cut : self.before + 8], NUMBER) > room:
            cut += 1
        shown, left = self.text[cut:], self.rect.x + ui.px(8)
        at = (left, self.rect.y + ui.px(2))
        ui.write(surface, shown, NUMBER, at=at, colour="ink", most=room)
        start = left + ui.line_width(self.text[cut : self.before], NUMBER)
        wide = max(ui.line_width(self.text[self.before : self.before + 1], NUMBER), ui.px(7))
        mark = (start, self.rect.bottom - ui.px(5), wide, max(2, ui.px(2.5)))
        surface.fill(ui.colour("bad"), mark)


def problems(studio: Studio) -> Node:
    """All problems, each a card that gives its line to the clipboard."""
    view = studio.view
    if not view.findings:
        parts: list[Node] = [
            Row([Icon("circle-check", 30, "good"), Label(studio.word("problems.none"), NAME)]),
            Label(studio.word("problems.none_text"), CHOICE, "muted"),
        ]
        return Column([Panel(parts, gap=12)])
    cards: list[Node] = [_problem(studio, each, place) for place, each in enumerate(view.findings)]
    if view.more:
        cards.append(Label(view.more, BODY, "muted"))
    return Panel([Scroll(Column(cards, gap=8, pad=(6, 4)), name="problems", grow=1)], pad=(6, 8))


def _problem(studio: Studio, view: FindingView, place: int) -> Card:
    icon, ink, ground = LOOKS[view.severity]
    head = Row(
        [
            Pill(view.severity_name, icon, ink, ground),
            Label(view.short, NUMBER, "accent"),
            Label(view.field, NUMBER, "muted", grow=1),
            Label(view.code, TAG, "muted"),
        ],
        gap=10,
        folds=True,
    )
    rows: list[Node] = [head, Label(view.text, CHOICE)]
    if view.source:
        rows.append(SourceLine(view.source, view.before))
    if view.advice:
        rows.append(Label(view.advice, NUMBER, "muted"))
    return Card(
        name=f"problem/{place}",
        body=Column(rows, gap=5),
        tip=studio.word("talk.at", place=view.place),
        pad=(12, 9),
        sound="select",
        on_press=partial(studio.copy, view.place),
    )
