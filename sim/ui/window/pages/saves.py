"""The saved games: every game has a file of its own and is saved after each choice."""

from functools import partial

from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Begin, Command, Node
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, HEAD, NUMBER
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import Page, bottom_bar, page, top_bar
from sim.view.model import SaveItem


def go_on(desk: Desk, path: str) -> Command | None:
    """Opens a saved game where it was left."""
    return Begin(desk.open_game()) if desk.resume(path) else None


class SavesPage(Page):
    """A card for each game, the last one first."""

    def build(self, ui: Ui) -> Node:
        """The games, in a column that is good to read."""
        del ui
        saves = self.desk.catalogue.saves
        rows: list[Node] = [self._card(save) for save in saves]
        if not rows:
            rows = [Label(self.desk.say("saves.none"), CHOICE, "muted")]
        body = Panel(
            [Label(self.desk.say("saves.text"), BODY, "muted"), Column(rows, gap=8)], gap=12
        )
        return page(
            top_bar(self.desk.say("title.saves"), self.language_button(), icon="folder-open"),
            Scroll(body, name="games"),
            bottom_bar(self.back_button()),
        )

    def _card(self, save: SaveItem) -> Node:
        words = Column(
            [
                Label(save.title, HEAD),
                Label(save.problem or save.state, BODY, "bad" if save.problem else "ink"),
                Label(save.when, NUMBER, "muted"),
            ],
            gap=1,
            grow=1,
        )
        mark = "file-question-mark" if save.problem else "play"
        return Card(
            name=f"save/{save.id}",
            body=Row([Icon(mark, 26, "accent"), words], gap=14),
            pad=(16, 10),
            enabled=not save.problem,
            tip=save.problem,
            on_press=partial(go_on, self.desk, save.id),
        )
