"""What the trainee reads before the first turn."""

from functools import partial

from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column, Columns
from sim.ui.window.kit.node import Begin, Command, Node, Push
from sim.ui.window.kit.panels import Panel, heading, note
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import CHOICE, DIALOGUE, NAME
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.ledger import open_number
from sim.ui.window.pages.parts import concepts, gauge, hints, lines
from sim.view.build import build_briefing
from sim.view.model import BriefingView

FRAME_ICONS = ("calendar", "clock", "users", "layers")


class Briefing(Page):
    """The story, the frame, and what counts."""

    @property
    def first(self) -> str:
        """What most players want first."""
        return "start"

    def build(self, ui: Ui) -> Node:
        """The story beside the facts, or above them."""
        view = build_briefing(self.desk.session, self.desk.lang)
        story, facts = self._story(view), self._facts(view)
        content: Node = (
            Columns(
                [
                    Panel([Scroll(story, name="story", grow=1)], pad=(12, 10)),
                    Panel([Scroll(facts, name="facts", grow=1)], pad=(8, 10)),
                ],
                weights=(60, 40),
            )
            if ui.columns >= WIDE
            else Scroll(Column([Panel([story]), Panel([facts])], gap=14), name="page")
        )
        start = Button(
            name="start",
            text=self.desk.say("briefing.start"),
            icon="play",
            kind="primary",
            action="end_turn",
            on_press=lambda: Begin(self.desk.open_game()),
        )
        return page(
            top_bar(view.title, self.language_button(), icon="book-open"),
            content,
            bottom_bar(self.back_button(), gap(), start),
        )

    def _story(self, view: BriefingView) -> Node:
        paragraphs = [text for text in view.text.split("\n") if text.strip()]
        return Column(
            [
                Label(view.title, NAME),
                Label(view.summary, DIALOGUE, "accent"),
                *(Label(text, DIALOGUE) for text in paragraphs),
            ],
            gap=12,
            pad=(10, 6),
        )

    def _facts(self, view: BriefingView) -> Node:
        facts = [
            row
            for text, icon in zip(view.frame, FRAME_ICONS, strict=False)
            for row in lines([text], icon=icon)
        ]
        return Column(
            [
                *hints(self.desk, view.hints, "briefing"),
                *([note(view.resolution, icon="flag")] if view.resolution else []),
                heading(self.desk.say("briefing.frame")),
                *facts,
                heading(self.desk.say("briefing.goals")),
                Label(self.desk.say("briefing.goals_text"), CHOICE, "muted"),
                *(
                    gauge(each, name=f"goal/{each.id}", press=partial(open_number, self.desk))
                    for each in view.goals
                ),
                heading(self.desk.say("briefing.concepts")),
                *concepts(view.concepts, self._explain, name="concept"),
            ],
            gap=10,
            pad=(8, 6),
        )

    def numbers(self, ui: Ui) -> Command:
        """What the score will be made of."""
        del ui
        return open_number(self.desk, "goal/score")

    def _explain(self, concept: str) -> Command:
        return Push(GlossaryPage(self.desk, concept))
