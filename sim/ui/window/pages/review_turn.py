"""One decision: its label, what it cost, what luck did, and what would have been better."""

from functools import partial

from sim.ui.window.kit.buttons import Button, Pressable
from sim.ui.window.kit.charts import sign_colour
from sim.ui.window.kit.labels import Icon, Label, Pill, change_pill
from sim.ui.window.kit.layout import Column, Columns, Row
from sim.ui.window.kit.node import Command, Handler, Node, Push, Replace
from sim.ui.window.kit.panels import Panel, heading, note
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, NAME, NUMBER
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.frame import WIDE, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.review_branch import branch_dialogue
from sim.ui.window.pages.review_changes import changes
from sim.ui.window.pages.review_parts import (
    ReviewScreen,
    both_plans,
    label_pill,
    open_ledger,
    plan,
    working,
)
from sim.ui.window.pages.review_retry import retry_page
from sim.view.review_model import TurnDebrief


class DecisionPage(ReviewScreen):
    """The decision of one turn.

    Attributes:
        turn: Which, from 1.
    """

    @property
    def first(self) -> str:
        """What most players want first."""
        return "back"

    def __init__(self, debrief: Debrief, turn: int) -> None:
        """Opens at a turn."""
        super().__init__(debrief)
        self.turn = debrief.turn = turn

    def build(self, ui: Ui) -> Node:
        """How good it was at the left, what would have been better at the right."""
        found = self.debrief.decision(self.turn)
        assert found is not None
        told = Column(self._told(ui, found), gap=10, pad=(10, 6))
        better = Column(self._better(found), gap=10, pad=(10, 6))
        content: Node = (
            Columns(
                [
                    Panel([Scroll(told, name="told", grow=1)], pad=(4, 6)),
                    Panel([Scroll(better, name="better", grow=1)], pad=(4, 6)),
                ],
                weights=(46, 54),
            )
            if ui.columns >= WIDE
            else Scroll(Column([Panel([told], pad=6), Panel([better], pad=6)], gap=14), name="page")
        )
        title = self.desk.say("debrief.decision", when=found.when)
        return page(
            top_bar(title, self.language_button(), icon="search"), content, self._bottom(ui)
        )

    def _bottom(self, ui: Ui) -> Node:
        say, last = self.desk.say, len(self.debrief.past.reports)
        wide = ui.columns >= WIDE
        before = Button(
            name="before",
            text=say("debrief.before") if wide else "",
            icon="chevron-left",
            tip=say("debrief.before"),
            enabled=self.turn > 1,
            on_press=partial(self._go, -1),
        )
        after = Button(
            name="after",
            text=say("debrief.after") if wide else "",
            icon="chevron-right",
            tip=say("debrief.after"),
            enabled=self.turn < last,
            on_press=partial(self._go, 1),
        )
        again = Button(
            name="again",
            text=say("debrief.again"),
            icon="rotate-ccw",
            kind="primary",
            on_press=lambda: retry_page(self.debrief, self.turn),
        )
        on = Button(
            name="play_on",
            text=say("debrief.play_on"),
            icon="git-fork",
            on_press=lambda: branch_dialogue(self.debrief, self.turn),
        )
        return bottom_bar(self.back_button(), before, after, gap(), on, again)

    def _go(self, step: int) -> Command:
        self.desk.host.ui.scrolls.update({"told": 0, "better": 0, "page": 0})
        return Replace(DecisionPage(self.debrief, self.turn + step))

    def numbers(self, ui: Ui) -> Command | None:
        """The ledger of this decision."""
        del ui
        return open_ledger(self.debrief, f"turn/{self.turn}")

    # --- how good it was ---

    def _told(self, ui: Ui, view: TurnDebrief) -> list[Node]:
        say = self.desk.say
        parts: list[Node] = [
            Row([Label(view.when, NAME, grow=1), label_pill(ui, view.label)], gap=10, folds=True),
            Label(view.label.text, BODY, "muted"),
        ]
        if not view.refined:
            parts.append(note(say("debrief.not_yet"), icon="hourglass"))
        else:
            parts.append(Label(view.cost, CHOICE))
        if view.between:
            parts.append(Label(view.between, NUMBER, "muted"))
        if view.tags:
            parts.append(Row([Pill(tag, "info") for tag in view.tags], gap=6, folds=True))
        parts += [self._split(view), *self._ways(view)]
        if view.events:
            parts.append(heading(say("debrief.chance")))
            parts += [_chance(each.text, each.points, each.shown) for each in view.events]
        if view.changes or not view.refined:
            parts.append(heading(say("debrief.plans")))
            parts.append(both_plans(self.debrief, view.own, view.better))
        return parts

    def _split(self, view: TurnDebrief) -> Node:
        """Decision and luck beside each other, apart."""
        parts = (("target", view.skill_text, view.skill), ("sparkles", view.luck_text, view.luck))
        look = partial(open_ledger, self.debrief, f"turn/{view.turn}")
        return Row(
            [
                Pressable(
                    name=f"part/{icon}", body=_part(icon, text, amount), pad=(6, 5), on_press=look
                )
                for icon, text, amount in parts
            ],
            gap=10,
            folds=True,
        )

    def _ways(self, view: TurnDebrief) -> list[Node]:
        """To the numbers behind this page, to every change, and to a closer look."""
        say, debrief = self.desk.say, self.debrief
        look = partial(open_ledger, debrief, f"turn/{view.turn}")
        ways: list[Node] = [
            _way("ledger", say("debrief.ledger"), "calculator", look),
            _way("changes", say("debrief.changes"), "chart-column", self._open_report),
        ]
        rows: list[Node] = [Row(ways, gap=6, folds=True)]
        if debrief.looked_closer(view.turn):
            ways.append(Pill(say("debrief.closer_done"), "check"))
        elif view.refined and debrief.reviewing.working:
            rows.append(Row(working(debrief, say("debrief.closer_busy")), gap=8))
        elif view.refined:
            closer = partial(debrief.reviewing.deepen, (view.turn,))
            ways.append(_way("closer", say("debrief.closer"), "search", closer))
        return rows

    def _open_report(self) -> Command:
        return Push(opened_report(self.debrief, self.turn))

    # --- what would have been better ---

    def _better(self, view: TurnDebrief) -> list[Node]:
        say = self.desk.say
        parts: list[Node] = [heading(say("debrief.better"))]
        if not view.refined:
            return [*parts, Label(say("debrief.not_yet"), BODY, "muted")]
        if not view.changes:
            own = plan(view.own, say("debrief.own_plan"), "clipboard-list")
            return [*parts, Label(say("debrief.nothing_better"), CHOICE), own]
        parts += changes(self.debrief, view.changes)
        if view.rest:
            parts.append(Label(view.rest, NUMBER, "muted"))
        return parts


def _way(name: str, text: str, icon: str, press: Handler) -> Button:
    return Button(
        name=name, text=text, icon=icon, kind="quiet", style=NUMBER, compact=True, on_press=press
    )


def _part(icon: str, text: str, amount: float) -> Node:
    return Row([Icon(icon, 20, "accent"), Label(text, CARD, sign_colour(round(amount, 1)))], gap=7)


def _chance(text: str, points: float, shown: str) -> Node:
    sign = (points > 0) - (points < 0)
    return Row([Label(text, BODY, grow=1), change_pill(shown, sign)], gap=8)


def opened_report(debrief: Debrief, turn: int) -> ReportPage:
    """Why everything changed in a turn, nothing hidden."""
    return ReportPage(debrief.desk, debrief.faces(turn), lambda: debrief.report(turn))


def decision_page(debrief: Debrief, turn: int) -> Command | None:
    """Opens the decision of a turn, once there is something to say of it."""
    return None if debrief.decision(turn) is None else Push(DecisionPage(debrief, turn))
