"""Before anything is judged: which turn mattered most, and why?"""

from functools import partial

from sim.ui.window.kit.buttons import Button, Card
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.labels import Icon, Label, Pill
from sim.ui.window.kit.layout import Column, Columns, Row
from sim.ui.window.kit.node import Command, Node
from sim.ui.window.kit.panels import Panel, note
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, NAME, NUMBER, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.frame import WIDE
from sim.ui.window.pages.parts import lines
from sim.view.debrief import RecapTurn

MOST_DONE = 6  # lines of a turn's plan on its card


class Ask:
    """The question and the turns to choose from.

    Attributes:
        turn: The turn that was chosen; 0 for none.
        why: The reason that was typed.
    """

    def __init__(self, debrief: Debrief) -> None:
        """Asks about a game."""
        self.debrief = debrief
        self.turn, self.why = 0, ""

    def content(self, ui: Ui) -> Node:
        """The turns at the left, the question at the right."""
        turns = [self._card(each) for each in self.debrief.recap()]
        question = Column(self._question(), gap=12, pad=(10, 6))
        if ui.columns >= WIDE:
            return Columns(
                [
                    Panel([Scroll(Column(turns, gap=8), name="turns", grow=1)], pad=(8, 8)),
                    Panel([Scroll(question, name="question", grow=1)], pad=(8, 8)),
                ],
                weights=(56, 44),
            )
        return Scroll(Column([Panel([question]), Panel(turns, gap=8)], gap=14), name="page")

    def _question(self) -> list[Node]:
        say = self.debrief.desk.say
        chosen = next((each for each in self.debrief.recap() if each.turn == self.turn), None)
        field = TextField(
            name="why",
            value=self.why,
            hint=say("debrief.why_hint"),
            icon="pencil",
            longest=400,
            on_change=self._type,
            on_enter=self.tell,
        )
        picked = say("debrief.pick") if chosen is None else say("debrief.picked", when=chosen.when)
        return [
            Label(say("debrief.ask"), NAME),
            Label(say("debrief.ask_text"), CHOICE, "muted"),
            Row([Icon("flag", 20, "accent"), Label(picked, CARD, grow=1)], gap=8),
            Label(say("debrief.why"), BODY),
            field,
            Button(
                name="tell",
                text=say("debrief.tell"),
                icon="arrow-right",
                kind="primary",
                enabled=bool(self.turn),
                tip="" if self.turn else say("debrief.pick"),
                on_press=self.tell,
            ),
            note(say("debrief.ask_note"), icon="info"),
        ]

    def _type(self, text: str) -> None:
        self.why = text

    def tell(self) -> Command | None:
        """Keeps the answer; the labels are shown from now on."""
        if self.turn:
            self.debrief.answer(self.turn, self.why)
        return None

    def _choose(self, turn: int) -> None:
        self.turn = turn

    def _card(self, view: RecapTurn) -> Card:
        chosen = view.turn == self.turn
        head: list[Node] = [Label(view.when, CARD, grow=1)]
        if chosen:
            head.append(Pill(self.debrief.desk.say("debrief.chosen"), "flag"))
        kept = (
            MOST_DONE if len(view.done) > MOST_DONE + 1 else MOST_DONE + 1
        )  # "1 more" is a line, too
        done = view.done[:kept]
        more = len(view.done) - len(done)
        rows: list[Node] = [Row(head, gap=8), *(Label(text, NUMBER) for text in done)]
        if more > 0:
            rows.append(Label(self.debrief.desk.say("debrief.more", n=more), TAG, "muted"))
        rows += lines(view.happened, icon="megaphone")
        return Card(
            name=f"ask/{view.turn}",
            body=Column(rows, gap=2),
            chosen=chosen,
            pad=(14, 9),
            sound="select",
            on_press=partial(self._choose, view.turn),
        )
