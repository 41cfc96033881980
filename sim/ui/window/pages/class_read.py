"""What is read in a class beside the open turn: reports, the briefing, one's result, the end."""

from sim.play.case import known_pars
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.layout import Column
from sim.ui.window.kit.node import Answer, Begin, Command, Home, Node, Pop
from sim.ui.window.kit.panels import Bar
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.briefing import Briefing
from sim.ui.window.pages.class_parts import Ear, told
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import Page, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.parts import Faces
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.result import ResultPage
from sim.view.build import build_result
from sim.view.join_words import say
from sim.view.model import ResultView


class ClassReportPage(ReportPage):
    """The report of a turn, from which one goes back to the class."""

    busy = True

    def __init__(self, desk: Desk, faces: Faces, ear: Ear) -> None:
        """Shows the turn that was played last; goes on hearing what the class says."""
        super().__init__(desk, faces)
        self._ear = ear

    def tick(self, ui: Ui) -> Answer:
        """Lets messages be heard."""
        self._ear.listen(ui)
        return None

    def _on(self) -> Command:
        return Pop()


class ReadBriefing(Briefing):
    """The briefing, read while one waits for the first turn."""

    def build(self, ui: Ui) -> Node:
        """As before a game, with the way back only."""
        found = super().build(ui)
        assert isinstance(found, Column)
        found.items = [*found.items[:-1], bottom_bar(self.back_button())]
        return found

    @property
    def first(self) -> str:
        """The way back."""
        return "back"


class ClassResultPage(ResultPage):
    """What one's own game came to while others still play: without review, which needs the luck."""

    busy = False

    @property
    def first(self) -> str:
        """The way back."""
        return "back"

    def __init__(self, desk: Desk) -> None:
        """Shows the grade, too, where what it is measured by is known; else it would take long."""
        super().__init__(desk)
        self.busy = False
        if known_pars(desk.session.case) is not None:
            desk.session.grade()

    def _view(self) -> ResultView:
        return build_result(self.desk.session, self.desk.lang, luck_told=False)

    def _ways(self) -> Bar:
        return bottom_bar(self.back_button())

    def _thought(self) -> list[Node]:
        return []

    def escape(self, ui: Ui) -> Command | None:
        """Back to waiting."""
        del ui
        return Pop()


class EndedPage(Page):
    """The class was over before the game was; the game is a saved one now."""

    def build(self, ui: Ui) -> Node:
        """What has become of it."""
        del ui
        lang = self.desk.lang
        title, text = (say(lang, f"class.wait.ended.{part}") for part in ("title", "text"))
        home = Button(name="home", text=self.desk.say("result.home"), icon="house", on_press=Home)
        alone = Button(
            name="alone",
            text=say(lang, "join.alone"),
            icon="play",
            on_press=lambda: Begin(self.desk.open_game()),
        )
        return page(
            top_bar(title, self.language_button(), icon="flag"),
            told(title, text, "flag", []),
            bottom_bar(alone, gap(), home),
        )

    def escape(self, ui: Ui) -> Command | None:
        """Back to the first page."""
        del ui
        return Home()
