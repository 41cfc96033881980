"""The saved games: every game has a file of its own and is saved after each choice."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sim.errors import SimError
from sim.play import kept
from sim.ui.window.kit.buttons import Button, Card
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Begin, Command, Node, Push
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


def review_of(desk: Desk, path: str) -> Command | None:
    """Opens the review of a finished game, in place of the game that was played."""
    return Begin(desk.open_review()) if desk.resume(path) else None


class SavesPage(Page):
    """A card for each game, the last one first, and a way to delete it."""

    def __init__(self, desk: Desk, *, running: bool = False) -> None:
        """Shows the saved games.

        Args:
            desk: What all pages share.
            running: Whether a game is open below this page; that one cannot be deleted.
        """
        super().__init__(desk)
        self.running = running

    def build(self, ui: Ui) -> Node:
        """The games, in a column that is good to read."""
        del ui
        rows: list[Node] = [self._card(save) for save in self.desk.catalogue.saves]
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
        card = Card(
            name=f"save/{save.id}",
            body=Row([Icon(mark, 26, "accent"), words], gap=14),
            pad=(16, 10),
            enabled=not save.problem,
            tip=save.problem,
            on_press=partial(go_on, self.desk, save.id),
            grow=1,
        )
        if self.running and str(self.desk.session.path) == save.id:
            return card
        review = Button(
            name=f"review/{save.id}",
            icon="graduation-cap",
            kind="quiet",
            tip=self.desk.say("saves.review"),
            on_press=partial(review_of, self.desk, save.id),
        )
        away = Button(
            name=f"delete/{save.id}",
            icon="trash-2",
            kind="quiet",
            tip=self.desk.say("saves.delete"),
            on_press=partial(self._ask, save),
        )
        return Row([card, *([review] if save.finished else []), away], gap=8)

    def _ask(self, save: SaveItem) -> Command:
        say = self.desk.say
        answers: list[tuple[str, str, Callable[[], Command | None]]] = [
            (say("saves.delete"), "plain", partial(self._delete, save)),
            (say("saves.keep"), "primary", _keep),
        ]
        text = say("saves.delete_text", title=save.title, when=save.when)
        return Push(Dialogue(say("saves.delete_sure"), text, answers))

    def _delete(self, save: SaveItem) -> None:
        try:
            kept.delete(Path(save.id))
        except SimError as error:
            self.desk.complain(error)
        else:
            self.desk.host.ui.toast(self.desk.say("saves.deleted"), "trash-2")
        self.desk.forget()


def _keep() -> None:
    """Nothing is deleted."""
