"""The first page: go on, begin, or set things as one likes them."""

from functools import partial

from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Label, Portrait
from sim.ui.window.kit.layout import Column, Columns, Row, Space
from sim.ui.window.kit.node import Command, Node, Push, Quit
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.pictures import Picture
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, DIALOGUE, DISPLAY
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.frame import WIDE, Page
from sim.ui.window.pages.picker import Picker
from sim.ui.window.pages.saves import SavesPage, go_on
from sim.ui.window.pages.settings_page import SettingsPage
from sim.view.join_words import say
from sim.view.model import SaveItem

MOODS = ("rising", "calm", "complacent", "falling")
# A company of people as various as the customers are; rows of five.
COMPANY = (7, 2, 13, 25, 31, 5, 18, 36, 9, 40, 22, 12, 28, 44, 1, 16, 33, 20, 10, 38)


class Title(Page):
    """What the player sees first."""

    @property
    def first(self) -> str:
        """What most players want: to go on, or else to begin."""
        if self.desk.join is not None:
            return "class"
        return "continue" if self._last() else "new"

    def build(self, ui: Ui) -> Node:
        """The sign, the ways on, and some faces where there is room."""
        last = self._last()
        ways = Panel(
            [
                Row(
                    [
                        Picture(("app", "icon-256.png"), 72),
                        Label(self.desk.say("title.name"), DISPLAY, grow=1),
                    ],
                    gap=18,
                ),
                Label(self.desk.say("title.line"), DIALOGUE, "muted"),
                Space(2),
                *self._ways(last),
            ],
            gap=12,
            pad=(34, 30),
        )
        if ui.columns < WIDE:
            return Scroll(Column([ways], pad=(10, 10)), name="page")
        left = Column([ways], pad=(0, 0), middle=True)
        right = Column([_company()], middle=True, align="centre")
        body = Columns([Space(0), left, right, Space(0)], weights=(4, 42, 50, 4), gap=20)
        body.grow = 1
        return Column([body], pad=(10, 10))

    def _last(self) -> SaveItem | None:
        """The game to go on with: the one played last, if it can be opened."""
        saves = self.desk.catalogue.saves
        return next((save for save in saves if not save.problem), None)

    def _ways(self, last: SaveItem | None) -> list[Node]:
        say = self.desk.say
        ways: list[Node] = []
        if last is not None:
            ways += [
                Button(
                    name="continue",
                    text=say("title.continue"),
                    icon="play",
                    kind="primary",
                    on_press=partial(go_on, self.desk, last.id),
                ),
                Label(f"{last.title}  ·  {last.state}", BODY, "muted", align="centre"),
            ]
        kind = "plain" if last else "primary"
        return [
            *self._class(),
            *ways,
            Button(name="new", text=say("title.new"), icon="rocket", kind=kind, on_press=self._new),
            Button(
                name="saves",
                text=say("title.saves"),
                icon="folder-open",
                action="saves",
                on_press=lambda: Push(SavesPage(self.desk)),
            ),
            Button(
                name="settings",
                text=say("title.settings"),
                icon="settings",
                action="settings",
                on_press=lambda: Push(SettingsPage(self.desk)),
            ),
            Row(
                [
                    Button(
                        name="language",
                        text=say("title.language"),
                        icon="languages",
                        action="language",
                        on_press=self.switch_language,
                        grow=1,
                    ),
                    Button(
                        name="quit",
                        text=say("title.quit"),
                        icon="log-out",
                        on_press=Quit,
                        grow=1,
                    ),
                ],
                gap=12,
                folds=True,
            ),
        ]

    def _class(self) -> list[Node]:
        """The way back into the class that was joined."""
        join = self.desk.join
        if join is None:
            return []
        text = say(self.desk.lang, "join.back")
        return [
            Button(
                name="class",
                text=text,
                icon="school",
                kind="primary",
                on_press=lambda: Push(join()),
            )
        ]

    def _new(self) -> Command:
        return Push(Picker(self.desk))

    def escape(self, ui: Ui) -> Command | None:
        """The first page is left by its button only."""
        del ui
        return None


def _company() -> Node:
    rows = [COMPANY[start : start + 5] for start in range(0, len(COMPANY), 5)]
    return Column(
        [
            Row(
                [
                    Portrait(f"p{number:02}", MOODS[(place + 2 * line) % 4], 92)
                    for place, number in enumerate(row)
                ],
                gap=22,
            )
            for line, row in enumerate(rows)
        ],
        gap=26,
    )
