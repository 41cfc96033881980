"""The scenarios to choose from."""

from functools import partial

from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.labels import Label, Pill, Portrait
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.node import Command, Node, Push
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, NAME, NUMBER
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.briefing import Briefing
from sim.ui.window.pages.frame import Page, bottom_bar, page, top_bar
from sim.view.model import CatalogueItem

FACE_MOODS = ("rising", "calm", "complacent", "falling")


class Picker(Page):
    """A card for each scenario."""

    @property
    def first(self) -> str:
        """The first card."""
        scenarios = self.desk.catalogue.scenarios
        return f"scenario/{scenarios[0].id}" if scenarios else ""

    def build(self, ui: Ui) -> Node:
        """The cards, as many beside each other as fit."""
        del ui
        view = self.desk.catalogue
        fresh = not view.saves
        cards = [
            self._card(item, start=fresh and not place) for place, item in enumerate(view.scenarios)
        ]
        return page(
            top_bar(view.title, self.language_button(), icon="map"),
            Scroll(Grid(cards, cell=340, gap=14, most=3, steady=True), name="scenarios"),
            bottom_bar(self.back_button()),
        )

    def _card(self, item: CatalogueItem, *, start: bool) -> Node:
        faces = [
            Portrait(face, FACE_MOODS[place % 4], 52, badge=False)
            for place, face in enumerate(item.faces)
        ]
        begin = self.desk.say("picker.start")
        pills: list[Node] = [
            *([Pill(begin, "flag", "good", "good_tint")] if start else []),
            Pill(item.length, "clock"),
            Pill(item.difficulty, "gauge"),
            *([Pill(item.best, "medal", "good", "good_tint")] if item.best else []),
        ]
        rows: list[Node] = [
            Row(faces, gap=8, folds=True),
            Label(item.title, NAME),
            Row(pills if not item.problem else [], gap=6, folds=True),
            Label(item.summary, BODY),
            Label(item.concepts, NUMBER, "muted"),
        ]
        if item.problem:
            problem = self.desk.say("line.broken", problem=item.problem)
            rows.append(Label(problem, NUMBER, "bad"))
        return Card(
            name=f"scenario/{item.id}",
            body=Column(rows, gap=10),
            pad=(18, 16),
            fill="panel",
            enabled=not item.problem,
            tip=item.problem,
            on_press=partial(self._begin, item.id),
        )

    def _begin(self, scenario: str) -> Command | None:
        return Push(Briefing(self.desk)) if self.desk.begin(scenario) else None
