"""The ledger of a number: the formula in words, what went into it, and the terms around it."""

from functools import partial

import pygame

from sim.ui.window.charts.table import DataTable
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Label, Pill
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Command, Node, Pop
from sim.ui.window.kit.panels import Panel, card, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, NUMBER, STRONG, TITLE
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.frame import Page


class LedgerPage(Page):
    """A sheet over the page that the number stands on."""

    over = True

    @property
    def first(self) -> str:
        """The way back."""
        return "back"

    def __init__(self, debrief: Debrief, name: str) -> None:
        """Opens a ledger.

        Args:
            debrief: With a review.
            name: Of the ledger: `skill_index`, `turn/3`.
        """
        super().__init__(debrief.desk)
        self.debrief, self.name = debrief, name

    def build(self, ui: Ui) -> Node:
        """Formula, meaning, numbers, and ways to the other ledgers."""
        del ui
        view, say = self.debrief.ledger(self.name), self.desk.say
        assert view is not None
        head = heading(view.title, *([Pill(view.value)] if view.value else []), style=TITLE)
        formula = card(
            [Label(say("debrief.formula"), STRONG, "accent"), Label(view.formula, CHOICE)]
        )
        see = [
            Button(
                name=f"ledger/{other}",
                text=word,
                icon="calculator",
                kind="quiet",
                style=NUMBER,
                compact=True,
                on_press=partial(self._turn_to, other),
            )
            for other, word in view.see
        ]
        parts: list[Node] = [
            head,
            formula,
            Label(view.text, BODY),
            DataTable(view.table),
            Label(say("debrief.see"), NUMBER, "muted"),
            Row(see, gap=4, folds=True),
        ]
        back = Button(
            name="back",
            text=say("button.back"),
            icon="arrow-left",
            kind="primary",
            hint="Esc",
            on_press=Pop,
        )
        return Panel(
            [
                Scroll(Column(parts, gap=12, pad=(4, 2)), name="ledger", pad=4),
                Row([back], gap=10, end=True),
            ],
            gap=14,
            pad=(22, 20),
        )

    def _turn_to(self, name: str) -> Command | None:
        self.name = name
        self.desk.host.ui.scrolls["ledger"] = 0
        return None

    def arrange(self, ui: Ui, root: Node, size: tuple[int, int]) -> None:
        """In the middle, not wider than is good to read."""
        wide = min(ui.em(640), size[0] - 2 * ui.px(20))
        high = min(root.height(ui, wide), size[1] - 2 * ui.px(20))
        box = pygame.Rect(0, 0, wide, high)
        box.center = (size[0] // 2, size[1] // 2)
        root.place(ui, box)
