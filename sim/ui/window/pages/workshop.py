"""The workshop: a scenario as it will look, anew after every save of its file."""

from functools import partial

from sim.ui.window.kit.buttons import Button, Tab
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Answer, Command, Node, Push, Quit
from sim.ui.window.kit.panels import Bar, Panel, note
from sim.ui.window.kit.theme import BODY, NAME, NUMBER, STRONG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, page, top_bar
from sim.ui.window.pages.settings_page import SettingsPage
from sim.ui.window.pages.workshop_games import games
from sim.ui.window.pages.workshop_map import scenario_map
from sim.ui.window.pages.workshop_problems import LOOKS, problems
from sim.ui.window.pages.workshop_studio import GAMES, MAP, PROBLEMS, TABS, TALKS, Studio
from sim.ui.window.pages.workshop_talks import talks


class WorkshopPage(Page):
    """The page of an author; it never leaves the last save that could be played."""

    busy = True  # a save may come at any moment

    @property
    def first(self) -> str:
        """The tabs: with the keyboard one begins there."""
        return f"tab/{TALKS}"

    def __init__(self, studio: Studio) -> None:
        """Shows a studio."""
        super().__init__(studio.desk)
        self.studio = studio

    def tick(self, ui: Ui) -> Answer:
        """Looks whether there is news of the file."""
        del ui
        return True if self.studio.poll() else None

    def close(self) -> None:
        """Leaving ends the looking."""
        self.studio.workshop.close()

    def act(self, ui: Ui, action: str) -> Command | bool | None:
        """The key of the inbox leads to the conversations, that of undoing one answer back."""
        studio = self.studio
        if action == "inbox":
            studio.tab = TALKS
            return True
        if action == "undo" and studio.path:
            studio.go(studio.path[:-1])
            return True
        return super().act(ui, action)

    def escape(self, ui: Ui) -> Command | None:
        """Nothing can be lost, so it closes at once."""
        del ui
        return Quit()

    def build(self, ui: Ui) -> Node:
        """The tabs, what the chosen one shows, and the verdict on the last save."""
        wide = ui.columns >= WIDE
        content = self._content(ui)
        content.grow = 1
        content.shrinks = True
        parts: list[Node] = [self._tabs(), *self._warning(), content]
        settings = Button(
            name="settings",
            icon="settings",
            kind="bar",
            action="settings",
            tip=self.desk.say("key.settings"),
            on_press=lambda: Push(SettingsPage(self.desk)),
        )
        title = self.studio.view.title
        return page(
            top_bar(title, settings, self.language_button(), icon="wrench"),
            Column(parts, gap=10),
            self._bottom(wide=wide),
        )

    def _content(self, ui: Ui) -> Node:
        studio, view = self.studio, self.studio.view
        if studio.tab == PROBLEMS:
            return problems(studio)
        if view.map is None or view.games is None:
            return self._nothing()
        if studio.tab == MAP:
            return scenario_map(ui, studio, view.map)
        if studio.tab == GAMES:
            shown = studio.games
            assert shown is not None
            return games(studio, shown, waiting=view.games.waiting)
        return talks(ui, studio)

    def _nothing(self) -> Node:
        """While no save could be played yet."""
        verdict = self.studio.view.verdict
        if verdict.state == "waiting":
            head = Row([Icon("hourglass", 28, "accent"), Label(verdict.text, NAME, grow=1)])
            return Column([Panel([head])])
        return problems(self.studio)

    def _tabs(self) -> Node:
        studio = self.studio
        count = len(studio.view.findings)
        names = {tab: studio.word(f"tab.{tab}") for tab, _ in TABS}
        if count:
            names[PROBLEMS] = studio.word("tab.problems_n", n=count)
        return Row(
            [
                Tab(
                    name=f"tab/{tab}",
                    text=names[tab],
                    icon=icon,
                    chosen=tab == studio.tab,
                    sound="select",
                    on_press=partial(self._choose, tab),
                )
                for tab, icon in TABS
            ],
            gap=4,
            folds=True,
        )

    def _choose(self, tab: str) -> None:
        self.studio.tab = tab

    def _warning(self) -> list[Node]:
        """Why what is shown is not the last save; and if nobody looks any more, a way to go on."""
        studio = self.studio
        if not studio.running:
            again = Button(
                name="again",
                text=studio.word("verdict.again"),
                icon="refresh-cw",
                compact=True,
                on_press=studio.again,
            )
            return [note(studio.word("verdict.ended"), again, icon="triangle-alert")]
        if warning := studio.view.verdict.warning:
            return [note(warning, icon="history")]
        return []

    def _bottom(self, *, wide: bool) -> Bar:
        verdict = self.studio.view.verdict
        icon, ink, _ = LOOKS[verdict.state]
        leave = Button(
            name="quit", text=self.desk.say("title.quit"), icon="log-out", hint="Esc", on_press=Quit
        )
        words: list[Node] = [Label(verdict.text, STRONG, ink)]
        if wide and verdict.saved:
            words.append(Label(verdict.saved, NUMBER, "muted"))
        state = Row(
            [Icon(icon, 20, ink, BODY), Row(words, gap=12, folds=True, grow=1)], gap=8, grow=1
        )
        return bottom_bar(state, leave)
