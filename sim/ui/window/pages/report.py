"""The end of a turn: what happened, what changed, and why."""

from collections.abc import Callable, Sequence
from functools import partial

from sim.ui.window.kit.buttons import Button, Card
from sim.ui.window.kit.charts import Step, Waterfall
from sim.ui.window.kit.labels import Icon, Label, Portrait, change_pill
from sim.ui.window.kit.layout import Column, Columns, Row
from sim.ui.window.kit.meters import Meter, meter_look
from sim.ui.window.kit.node import Begin, Command, Node, Pop, Push
from sim.ui.window.kit.panels import Panel, card, heading
from sim.ui.window.kit.portraits import NOBODY
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, HEAD, NAME, NUMBER
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.parts import Faces, concepts, lines
from sim.ui.window.pages.result import ResultPage
from sim.view.build import build_report
from sim.view.model import CustomerReport, ReportView
from sim.view.parts import ChangeView, ContributionView, Ref
from sim.view.words import whole


class ReportPage(Page):
    """The turn that was played last.

    Attributes:
        chosen: Id of the customer whose changes are shown.
        formulas: Whether each reason is shown as its formula in words.
    """

    @property
    def first(self) -> str:
        """What most players want first."""
        return "on" if self.past is None else "back"

    def __init__(
        self, desk: Desk, faces: Faces, past: Callable[[], ReportView] | None = None
    ) -> None:
        """Begins with the customer who changed most.

        Args:
            desk: With the game.
            faces: The cards of the customers, for their pictures.
            past: Makes the report of an earlier turn, from which one goes back; None for the turn
                that was played last.
        """
        super().__init__(desk)
        self.faces, self.all, self.past = faces, False, past
        self.formulas = False
        self.view = self._report()
        self.lang = desk.lang
        self.chosen = self.view.customers[0].id if self.view.customers else ""

    def build(self, ui: Ui) -> Node:
        """The firm and the customers at the left, one customer's changes at the right."""
        if self.lang != self.desk.lang:
            self.view, self.lang = self._report(), self.desk.lang
        view = self.view
        told, why = Column(self._told(view), gap=9, pad=(8, 6)), self._why(view)
        content: Node = (
            Columns(
                [
                    Panel([Scroll(told, name="told", grow=1)], pad=(4, 6)),
                    Panel([Scroll(why, name="why", grow=1)], pad=(4, 6)),
                ],
                weights=(42, 58),
            )
            if ui.columns >= WIDE
            else Scroll(Column([Panel([told], pad=6), Panel([why], pad=6)], gap=14), name="page")
        )
        if self.past is not None:
            bottom = bottom_bar(self.back_button())
            top = top_bar(view.title, self.language_button(), icon="chart-column")
            return page(top, content, bottom)
        key = "report.result" if view.finished else "report.on"
        on = Button(
            name="on",
            text=self.desk.say(key),
            icon="arrow-right",
            kind="primary",
            action="end_turn",
            on_press=self._on,
        )
        return page(
            top_bar(view.title, self.language_button(), icon="chart-column"),
            content,
            bottom_bar(gap(), on),
        )

    def _report(self) -> ReportView:
        return self.past() if self.past else build_report(self.desk.session, self.desk.lang)

    def _on(self) -> Command:
        if self.past is not None:
            return Pop()
        return Begin(ResultPage(self.desk, self.faces)) if self.view.finished else Pop()

    def escape(self, ui: Ui) -> Command | None:
        """As going on."""
        del ui
        return self._on()

    def numbers(self, ui: Ui) -> bool:
        """The reasons as formulas, and back."""
        del ui
        self._turn_over()
        return True

    # --- what happened ---

    def _told(self, view: ReportView) -> list[Node]:
        parts: list[Node] = []
        for item in view.news:
            parts.append(Row([Icon("megaphone", 20, "accent"), Label(item.title, HEAD, grow=1)]))
            parts.append(Label(item.text, CHOICE))
            parts += concepts(item.concepts, self._explain, name=f"news/{item.id}")
        parts += lines(view.leavings, icon="log-out", colour="bad")
        parts += lines(view.happened, icon="circle-dot")
        moved = [each for each in view.customers if _moved(each)]
        rest = [each for each in view.customers if not _moved(each)]
        parts.append(heading(self.desk.say("report.customers")))
        parts += [self._row(each) for each in (view.customers if self.all else moved)]
        if rest and not self.all:
            parts.append(
                Button(
                    name="more",
                    text=self.desk.say("report.more", n=len(rest)),
                    icon="chevron-down",
                    kind="quiet",
                    on_press=self._show_all,
                )
            )
        return parts

    def _show_all(self) -> None:
        self.all = True

    def _row(self, report: CustomerReport) -> Node:
        face = self.faces.get(report.id)
        portrait = face.portrait if face else None
        words = Column(
            [
                Label(report.name, CARD),
                Label(report.summary or report.note, NUMBER, "ink" if report.summary else "muted"),
                *(Label(text, NUMBER, "accent") for text in report.happened),
            ],
            gap=0,
            grow=1,
        )
        mood = face.mood_id if face else None
        return Card(
            name=f"report/{report.id}",
            body=Row([Portrait(portrait or NOBODY, mood, 44, badge=False), words], gap=10),
            chosen=report.id == self.chosen,
            sound="select",
            on_press=partial(self._choose, report.id),
        )

    def _choose(self, customer: str) -> None:
        self.chosen = customer
        self.desk.host.ui.scrolls["why"] = 0

    # --- why ---

    def _why(self, view: ReportView) -> Node:
        report = next((each for each in view.customers if each.id == self.chosen), None)
        if report is None:
            return Label(self.desk.say("report.nobody"), BODY, "muted")
        face = self.faces.get(report.id)
        portrait, mood = (face.portrait, face.mood_id) if face else (None, None)
        head = Row(
            [
                Portrait(portrait or NOBODY, mood, 64, badge=False),
                Column([Label(report.name, NAME), Label(report.summary, BODY, "muted")], grow=1),
            ],
            gap=14,
        )
        parts: list[Node] = [head, *lines(report.happened, icon="sparkles")]
        if report.note:
            parts.append(Label(report.note, CHOICE, "muted"))
        turn = view.title
        parts += [
            self._change(change, f"report/{turn}/{report.id}/{change.id}")
            for change in report.changes
        ]
        parts += lines(report.badges, icon="sparkles")
        if report.changes:
            say = self.desk.say
            parts.append(
                Button(
                    name="formulas",
                    text=say("report.reasons") if self.formulas else say("report.formulas"),
                    icon="calculator",
                    kind="quiet",
                    on_press=self._turn_over,
                )
            )
        return Column(parts, gap=10, pad=(10, 6))

    def _turn_over(self) -> None:
        self.formulas = not self.formulas

    def _reason(self, part: ContributionView) -> str:
        """Why it is there, or how it is worked out; some have no formula of their own."""
        worked_out = self.formulas and part.formula
        return f"= {part.formula}" if worked_out else part.sentence

    def _change(self, change: ChangeView, moves: str) -> Node:
        icon, colour = meter_look(change.id)
        sign = (change.amount > 0) - (change.amount < 0)
        pill = change_pill(change.shown, sign)
        rows: list[Node] = [
            Row([Icon(icon, 20, colour), Label(change.name, HEAD, grow=1), pill], gap=8)
        ]
        if change.before is not None and change.after is not None:
            rows.append(
                Meter(
                    change.id,
                    change.after,
                    change.before,
                    label=whole(change.after),
                    moves=moves,
                    icon=False,
                    thick=9,
                )
            )
        steps = [
            Step(each.amount, each.name, self._reason(each), each.shown)
            for each in change.contributions
            if each.shown != "0"
        ]
        if steps:
            rows.append(Waterfall(steps, moves=moves))
        rows += concepts(_concepts(change), self._explain, name=moves)
        return card(rows, gap=8)

    def _explain(self, concept: str) -> Command:
        return Push(GlossaryPage(self.desk, concept))


def _moved(report: CustomerReport) -> bool:
    return bool(report.summary or report.happened)


def _concepts(change: ChangeView) -> Sequence[Ref]:
    """The concepts of the contributions, each once."""
    found = {each.concept.id: each.concept for each in change.contributions if each.concept}
    return tuple(found.values())
