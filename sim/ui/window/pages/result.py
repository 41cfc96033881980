"""The end of the game: grade, meters, the matrix, and what to look at next."""

from functools import partial

from sim.ui.window.kit.buttons import Button, Pressable
from sim.ui.window.kit.dial import Dial
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column, Columns, Row
from sim.ui.window.kit.node import Answer, Command, Home, Node, Push
from sim.ui.window.kit.panels import Bar, Panel, card, heading, note
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, DIALOGUE, NAME, NUMBER
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.grading import Grading
from sim.ui.window.pages.ledger import open_number
from sim.ui.window.pages.matrix import matrix
from sim.ui.window.pages.parts import Faces, concepts, faces_of, gauge, hints, lines
from sim.view import words
from sim.view.build import build_result
from sim.view.model import ResultView
from sim.view.parts import Ref

GOOD_GRADE = 50.0


class ResultPage(Page):
    """What the game came to."""

    @property
    def first(self) -> str:
        """What most players want first."""
        return "review"

    def __init__(self, desk: Desk, faces: Faces | None = None) -> None:
        """Shows all but the grade at once; the grade follows.

        Args:
            desk: With a finished game.
            faces: The cards of the customers, for their pictures; None: as they are at the end.
        """
        super().__init__(desk)
        self.faces: Faces = faces or faces_of(desk.view.board)
        self._grading = Grading(desk.session)
        self.busy = True
        self.thought, self.kept = "", False

    def tick(self, ui: Ui) -> Answer:
        """Looks whether the grade is there."""
        if self._grading.running:
            return None
        self.busy = False
        self._grading.settle()
        result = self.desk.session.result
        grade = None if result is None else result.grade
        ui.play("win" if grade is not None and grade >= GOOD_GRADE else "lose")
        return True

    def close(self) -> None:
        """Leaving gives up what is still being worked out."""
        self._grading.stop()

    def build(self, ui: Ui) -> Node:
        """The verdict beside the customers."""
        view = self._view()
        verdict = Column(self._verdict(view), gap=11, pad=(10, 6))
        after = Column(self._after(view), gap=10, pad=(10, 6))
        content: Node = (
            Columns(
                [
                    Panel([Scroll(verdict, name="verdict", grow=1)], pad=(4, 6)),
                    Panel([Scroll(after, name="after", grow=1)], pad=(4, 6)),
                ],
                weights=(46, 54),
            )
            if ui.columns >= WIDE
            else Scroll(Column([Panel([verdict]), Panel([after])], gap=14), name="page")
        )
        return page(
            top_bar(view.title, self.language_button(), icon="award"),
            content,
            self._ways(),
        )

    def _view(self) -> ResultView:
        return build_result(self.desk.session, self.desk.lang)

    def _ways(self) -> Bar:
        """Where to go from here."""
        glossary = Button(
            name="glossary",
            text=self.desk.say("key.glossary"),
            icon="book-open",
            action="glossary",
            on_press=lambda: Push(GlossaryPage(self.desk)),
        )
        home = Button(name="home", text=self.desk.say("result.home"), icon="house", on_press=Home)
        review = Button(
            name="review",
            text=self.desk.say("result.review"),
            icon="graduation-cap",
            kind="primary",
            action="end_turn",
            on_press=lambda: Push(self.desk.open_review()),
        )
        return bottom_bar(glossary, gap(), home, review)

    def escape(self, ui: Ui) -> Command | None:
        """Back to the first page."""
        del ui
        return Home()

    def numbers(self, ui: Ui) -> Command:
        """The score, from which the ledgers of the meters can be reached."""
        del ui
        return open_number(self.desk, "result/score")

    def _verdict(self, view: ResultView) -> list[Node]:
        say = self.desk.say
        text = say("result.working") if self.busy else view.grade_text
        look = partial(open_number, self.desk, "result/grade")
        dial = Dial(
            view.grade.value,
            "…" if self.busy else view.grade.shown,
            view.grade.name,
            moves="" if self.busy else "result/grade",
        )
        return [
            Row(
                [
                    Pressable(name="number/grade", body=dial, on_press=look),
                    Column(
                        [
                            Label(view.ending, NAME),
                            Label(text, CHOICE),
                            Label(view.grade.when, NUMBER, "muted"),
                        ],
                        gap=6,
                        grow=1,
                    ),
                ],
                gap=22,
            ),
            Label(view.ending_text, DIALOGUE),
            *(
                gauge(each, name=f"result/{each.id}", press=partial(open_number, self.desk))
                for each in (*view.meters, view.score)
            ),
            *lines(view.lost, icon="users"),
            *lines([view.forecast], icon="target"),
        ]

    def _after(self, view: ResultView) -> list[Node]:
        say = self.desk.say
        parts: list[Node] = [*hints(self.desk, view.hints, "result"), heading(say("line.matrix"))]
        parts += matrix(self.desk, view, self.faces, lambda _customer: None)
        parts.append(Label(say("line.matrix_end"), NUMBER, "muted"))
        parts += self._withheld(view)
        parts.append(heading(say("line.next")))
        parts += lines(view.next_steps, icon="arrow-right")
        return [*parts, *self._thought()]

    def _thought(self) -> list[Node]:
        """A thought for the next time."""
        say = self.desk.say
        field = TextField(
            name="thought",
            value=self.thought,
            hint=say("result.thought_hint"),
            icon="pencil",
            longest=1000,
            on_change=self._think,
            on_enter=self._keep,
            grow=1,
        )
        keep = Button(name="keep", text=say("result.keep"), icon="save", on_press=self._keep)
        said: list[Node] = [
            card([Label(say("result.thought"), BODY), Row([field, keep], gap=8, folds=True)], gap=8)
        ]
        if self.kept:
            said.append(note(say("done.reflection"), icon="check"))
        return said

    def _withheld(self, view: ResultView) -> list[Node]:
        """What conversations were about, held back as long as it would have told too much."""
        people: dict[str, list[str]] = {}
        for ref in view.withheld:
            people.setdefault(ref.id, []).append(ref.note)
        if not people:
            return []
        listed = partial(words.listed, self.desk.lang)
        names = {ref.id: ref.name for ref in view.withheld}
        say = self.desk.say
        refs = [
            Ref(key, say("result.withheld_with", name=names[key], people=listed(who)))
            for key, who in people.items()
        ]
        return [
            heading(say("result.withheld")),
            Label(say("result.withheld_text"), BODY, "muted"),
            *concepts(refs, lambda key: Push(GlossaryPage(self.desk, key)), name="withheld"),
        ]

    def _think(self, text: str) -> None:
        self.thought, self.kept = text, False

    def _keep(self) -> None:
        if self.thought.strip():
            self.kept = self.desk.attempt(lambda: self.desk.session.reflect(self.thought))
