"""What next: turns to be decided again, playing on, another game beside this one, a resolution."""

from functools import partial

from sim.ui.window.kit.buttons import Button, Card
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.labels import Icon, Label, Pill
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.menus import DropDown
from sim.ui.window.kit.node import Command, Node, Push
from sim.ui.window.kit.panels import heading, note
from sim.ui.window.kit.theme import BODY, CARD, NUMBER
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.parts import lines
from sim.ui.window.pages.review_branch import branch_dialogue
from sim.ui.window.pages.review_compare import ComparePage
from sim.ui.window.pages.review_parts import cost, label_pill
from sim.ui.window.pages.review_retry import retry_page
from sim.ui.window.pages.review_steps import beside
from sim.view.review_model import RetryCard, ReviewView


class Next:
    """The last step; keeps what is typed and chosen until it is used.

    Attributes:
        thought: The resolution as it is typed.
        turn: From which turn one would play on.
        other: The file of the game to compare with.
    """

    def __init__(self, debrief: Debrief) -> None:
        """Of one game."""
        self.debrief = debrief
        self.thought: str | None = None
        self.turn, self.other = 0, ""

    def content(self, ui: Ui, view: ReviewView) -> Node:
        """Turns to decide again at the left; what comes after the review at the right."""
        left = [[*self._retries(ui, view)], [*self._branch(view)]]
        right = [[*self._reflection(view)], [*self._steps(view)], [*self._compare()]]
        return beside(ui, left, right, weights=(52, 48))

    # --- to be decided again ---

    def _retries(self, ui: Ui, view: ReviewView) -> list[Node]:
        say, cards = self.debrief.desk.say, view.retries
        solved = len([card for card in cards if self.debrief.solved(card.turn)])
        parts: list[Node] = [
            heading(
                say("debrief.retries"),
                *([Pill(say("debrief.solved", n=solved, of=len(cards)), "check")] if cards else []),
            ),
            Label(view.retries_note, BODY, "muted"),
        ]
        return parts + [self._retry(ui, card) for card in cards]

    def _retry(self, ui: Ui, view: RetryCard) -> Card:
        say = self.debrief.desk.say
        head: list[Node] = [Label(view.when, CARD, grow=1), label_pill(ui, view.label)]
        if self.debrief.solved(view.turn):
            head.append(Pill(say("debrief.is_solved"), "check", "good", "good_tint"))
        return Card(
            name=f"retry/{view.turn}",
            body=Column(
                [
                    Row(head, gap=8, folds=True),
                    Label(cost(self.debrief, view.loss), NUMBER, "muted"),
                ],
                gap=3,
            ),
            pad=(14, 10),
            on_press=lambda: retry_page(self.debrief, view.turn),
        )

    def _branch(self, view: ReviewView) -> list[Node]:
        say = self.debrief.desk.say
        turn = self.turn or self.debrief.turn or view.question.found_turn or 1
        choice = DropDown(
            name="branch/turn",
            items=[(ref.id, ref.name) for ref in view.question.turns],
            chosen=str(turn),
            on_choose=self._take_turn,
        )
        go = Button(
            name="branch/go",
            text=say("debrief.play_on"),
            icon="git-fork",
            on_press=lambda: branch_dialogue(self.debrief, turn),
        )
        return [
            heading(say("debrief.play_on")),
            Label(say("debrief.play_on_text"), BODY, "muted"),
            Row([choice, go], gap=10, folds=True),
        ]

    def _take_turn(self, turn: str) -> None:
        self.turn = int(turn)

    # --- what to take along ---

    def _reflection(self, view: ReviewView) -> list[Node]:
        say = self.debrief.desk.say
        thought = view.said_reflection if self.thought is None else self.thought
        field = TextField(
            name="thought",
            value=thought,
            hint=say("debrief.why_hint"),
            icon="pencil",
            longest=1000,
            on_change=self._think,
            on_enter=self._keep,
            grow=1,
        )
        keep = Button(name="keep", text=say("result.keep"), icon="save", on_press=self._keep)
        parts: list[Node] = [heading(view.reflection), Row([field, keep], gap=8, folds=True)]
        if view.said_reflection and thought == view.said_reflection:
            parts.append(note(say("done.reflection"), icon="check"))
        return parts

    def _think(self, text: str) -> None:
        self.thought = text

    def _keep(self) -> None:
        if self.thought and self.thought.strip() and self.debrief.reflect(self.thought):
            self.thought = None

    def _steps(self, view: ReviewView) -> list[Node]:
        return [
            heading(self.debrief.desk.say("debrief.next_steps")),
            *lines(view.next_steps, icon="arrow-right"),
        ]

    # --- another game ---

    def _compare(self) -> list[Node]:
        say, others = self.debrief.desk.say, self.debrief.others()
        parts: list[Node] = [heading(say("debrief.compare"))]
        if not others:
            return [*parts, Label(say("debrief.no_others"), BODY, "muted")]
        return [*parts, *(self._other(ref.id, ref.name, ref.note) for ref in others[:6])]

    def _other(self, path: str, name: str, when: str) -> Card:
        words = Column([Label(name, CARD), Label(when, NUMBER, "muted")], gap=0, grow=1)
        return Card(
            name=f"compare/{path}",
            body=Row([Icon("scale", 20, "accent"), words], gap=10),
            on_press=partial(self._open, path),
        )

    def _open(self, path: str) -> Command | None:
        found = self.debrief.compare_or_complain(path)
        return None if found is None else Push(ComparePage(self.debrief, path))
