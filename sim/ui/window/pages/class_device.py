"""Going on in a browser, here or on another device: a link that leads to this seat, once."""

import webbrowser

from sim.errors import SimError
from sim.play.joining.seat import Seat
from sim.play.joining.task import Task
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Answer, Node
from sim.ui.window.kit.panels import Panel, note
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import CHOICE, HEAD
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import Page, bottom_bar, page, top_bar
from sim.view.join_words import explain, say


class DevicePage(Page):
    """Makes the link and shows it."""

    busy = True

    @property
    def first(self) -> str:
        """What most players want first."""
        return "browser"

    def __init__(self, desk: Desk, seat: Seat) -> None:
        """Begins to ask for the link."""
        super().__init__(desk)
        self.link = ""
        self.problem: SimError | None = None
        self._task: Task[str] | None = Task(seat.link)

    def tick(self, ui: Ui) -> Answer:
        """Takes the link as soon as it is there."""
        del ui
        if self._task is None or not self._task.done:
            return None
        try:
            self.link = self._task.result()
        except SimError as error:
            self.problem = error
        self._task, self.busy = None, False
        return True

    def build(self, ui: Ui) -> Node:
        """What the link is for, and the link."""
        del ui
        lang = self.desk.lang
        rows: list[Node] = [Label(say(lang, "class.device_text"), CHOICE)]
        if self.problem is not None:
            rows.append(Label(explain(self.problem, lang), CHOICE, "bad"))
        if self.link:
            rows += [
                Label(say(lang, "class.device_link"), CHOICE, "muted"),
                Label(self.link, HEAD, "accent"),
                note(say(lang, "class.device_once"), icon="lock"),
                Row([self._open_here()], gap=10),
            ]
        return page(
            top_bar(say(lang, "class.device"), self.language_button(), icon="external-link"),
            Scroll(Column([Panel(rows, gap=14, pad=(30, 26))], pad=(10, 10)), name="device"),
            bottom_bar(self.back_button()),
        )

    def _open_here(self) -> Button:
        return Button(
            name="browser",
            text=say(self.desk.lang, "join.browser"),
            icon="external-link",
            kind="primary",
            on_press=self._browse,
        )

    def _browse(self) -> None:
        link = self.link
        Task(lambda: webbrowser.open(link))  # some browsers return when they are closed
