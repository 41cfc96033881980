"""The ledger of a number: the formula in words, what went into it, and the terms around it."""

from collections.abc import Callable
from functools import partial

from sim.ui.window.charts.table import DataTable
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.dialogue import place_in_middle
from sim.ui.window.kit.labels import Label, Pill
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Command, Node, Pop, Push
from sim.ui.window.kit.panels import Panel, card, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, NUMBER, STRONG, TITLE
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import Page
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.parts import concepts
from sim.view.ledger import LedgerView
from sim.view.numbers import number_ledger

Find = Callable[[str], LedgerView | None]


class LedgerPage(Page):
    """A sheet over the page that the number stands on."""

    over = True

    @property
    def first(self) -> str:
        """The way back."""
        return "back"

    def __init__(self, desk: Desk, find: Find, name: str) -> None:
        """Opens a ledger.

        Args:
            desk: What all pages share.
            find: The ledger of a name.
            name: Of the ledger: `skill_index`, `turn/3`, `of/dan/trust`.
        """
        super().__init__(desk)
        self.find, self.name = find, name

    def build(self, ui: Ui) -> Node:
        """Formula, meaning, numbers, and ways to the other ledgers."""
        del ui
        view, say = self.find(self.name), self.desk.say
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
            *([DataTable(view.table)] if view.table.rows else []),
            *concepts(view.concepts, self._explain, name="concept"),
        ]
        if see:
            parts += [Label(say("debrief.see"), NUMBER, "muted"), Row(see, gap=4, folds=True)]
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

    def _explain(self, concept: str) -> Command:
        return Push(GlossaryPage(self.desk, concept))

    def arrange(self, ui: Ui, root: Node, size: tuple[int, int]) -> None:
        """In the middle, not wider than is good to read."""
        place_in_middle(ui, root, size, most=640)


def open_number(desk: Desk, name: str) -> Command:
    """Shows where a number of the game comes from.

    Args:
        desk: With the game.
        name: as `sim.view.numbers` names it.
    """
    return Push(LedgerPage(desk, lambda each: number_ledger(desk.session, desk.lang, each), name))
