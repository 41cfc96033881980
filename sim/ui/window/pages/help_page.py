"""How to play, on one page, with the keys as they are set."""

from sim.ui.window.kit.labels import Label, Pill
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import CHOICE, DIALOGUE, STRONG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.frame import Page, bottom_bar, page, top_bar
from sim.ui.window.settings import KEYS


class HelpPage(Page):
    """The rules of the screen, not of the trade: those are in the glossary."""

    def build(self, ui: Ui) -> Node:
        """Paragraphs, then the keys."""
        say = self.desk.say
        paragraphs = say("help.window").split("\n")
        keys = [
            Row([Label(say(f"key.{action}"), CHOICE, grow=1), Pill(ui.key_of(action))], gap=10)
            for action in KEYS
        ]
        fixed = [
            Row([Label(say(f"key.{name}"), CHOICE, grow=1), Pill(label)], gap=10)
            for name, label in (
                ("next", "Tab"),
                ("neighbour", "← → ↑ ↓"),
                ("press", "Enter"),
                ("answer", "1 – 9"),
                ("back", "Esc"),
            )
        ]
        body = Panel(
            [
                *(Label(text, DIALOGUE) for text in paragraphs if text.strip()),
                heading(say("settings.keys"), style=STRONG),
                Grid([*fixed, *keys], cell=260, gap=12, most=2),
            ],
            gap=12,
            pad=(26, 22),
        )
        return page(
            top_bar(say("key.help"), self.language_button(), icon="circle-question-mark"),
            Scroll(Column([body]), name="page"),
            bottom_bar(self.back_button()),
        )
