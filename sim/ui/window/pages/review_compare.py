"""Two games side by side: where they parted, and where each of them led."""

from functools import partial

from sim.ui.window.charts.lines import score_lines
from sim.ui.window.charts.table import DataTable
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Label, Pill
from sim.ui.window.kit.layout import Column, Columns, Grid, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel, card, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import CARD, CHOICE, NUMBER, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.frame import WIDE, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.review_parts import ReviewScreen, label_pill
from sim.view.compare import CompareView, PairTurn, SideTurn


class ComparePage(ReviewScreen):
    """This game beside another one.

    Attributes:
        path: The file of the other game.
        all: Whether turns with the same choices are shown, too.
    """

    @property
    def first(self) -> str:
        """The way back."""
        return "back"

    def __init__(self, debrief: Debrief, path: str) -> None:
        """Opens two games, of which the other can be read."""
        super().__init__(debrief)
        self.path, self.all = path, False

    def build(self, ui: Ui) -> Node:
        """Scores and figures at the left, turn by turn at the right."""
        view = self.debrief.compare(self.path)
        left, right = self._figures(view), self._turns(ui, view)
        content: Node = (
            Columns(
                [
                    Panel([Scroll(Column(left, gap=12, pad=(10, 6)), name="left", grow=1)], pad=4),
                    Panel(
                        [Scroll(Column(right, gap=10, pad=(10, 6)), name="right", grow=1)], pad=4
                    ),
                ],
                weights=(44, 56),
            )
            if ui.columns >= WIDE
            else Scroll(Column([Panel(left, gap=12), Panel(right, gap=10)], gap=14), name="page")
        )
        switch = Button(
            name="all",
            text=self.desk.say("compare.less" if self.all else "compare.all"),
            icon="list",
            on_press=partial(self._show, not self.all),
        )
        return page(
            top_bar(view.title, self.language_button(), icon="scale"),
            content,
            bottom_bar(self.back_button(), gap(), switch),
        )

    def _show(self, every: bool) -> None:  # noqa: FBT001 -- called with what is wanted
        self.all = every

    def _figures(self, view: CompareView) -> list[Node]:
        plot, key = score_lines(view)
        return [Label(view.summary, CHOICE), key, plot, DataTable(view.figures)]

    def _turns(self, ui: Ui, view: CompareView) -> list[Node]:
        say = self.desk.say
        shown = [pair for pair in view.turns if self.all or not pair.same]
        parts: list[Node] = [heading(say("compare.turns"))]
        if not shown:
            parts.append(Label(say("compare.all_same"), CHOICE, "muted"))
        return parts + [self._pair(ui, view, pair) for pair in shown]

    def _pair(self, ui: Ui, view: CompareView, pair: PairTurn) -> Node:
        say = self.desk.say
        head: list[Node] = [Label(pair.when, CARD, grow=1)]
        if pair.same:
            head.append(Pill(say("compare.same"), "equal"))
        elif pair.turn == view.parted:
            head.append(Pill(say("compare.parted_here"), "git-fork", "note_ink", "note"))
        sides = [
            _side(ui, name, side, say("compare.score"))
            for name, side in zip(view.names, pair.sides, strict=True)
        ]
        return card([Row(head, gap=8, folds=True), Grid(sides, cell=200, gap=14, most=2)], gap=6)


def _side(ui: Ui, name: str, side: SideTurn | None, score: str) -> Node:
    rows: list[Node] = [Label(name, TAG, "muted")]
    if side is None:
        return Column(rows, gap=3)
    if side.label is not None:
        rows.append(Row([label_pill(ui, side.label)]))
    rows += [Label(text, NUMBER) for text in side.done]
    rows.append(Label(f"{score}  {side.shown}", TAG, "muted"))
    return Column(rows, gap=3)
