"""Parts of the review's pages: labels, charts with their tables, plans and what they cost."""

from collections.abc import Sequence
from functools import partial

from sim.ui.window.charts.table import DataTable
from sim.ui.window.kit.buttons import Button, Card
from sim.ui.window.kit.labels import Icon, Label, Pill
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.meters import Progress
from sim.ui.window.kit.node import Answer, Command, Node, Push
from sim.ui.window.kit.panels import card, heading
from sim.ui.window.kit.theme import BODY, CARD, HEAD, NAME, NUMBER, STRONG, TAG, label_of
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.frame import WIDE, Page
from sim.ui.window.pages.ledger import LedgerPage
from sim.view.parts import Meter
from sim.view.review_model import Chart, LabelView, PlanLine, RangeView

DIALS = {"skill_index": "target", "accuracy": "gauge", "result": "award", "luck": "sparkles"}


class ReviewScreen(Page):
    """A page of the review: it looks after what is still being worked out.

    Attributes:
        debrief: What the pages of the review share.
    """

    def __init__(self, debrief: Debrief) -> None:
        """Shows something of a debrief."""
        super().__init__(debrief.desk)
        self.debrief = debrief

    @property
    def busy(self) -> bool:  # type: ignore[override]  # a screen may know it only by looking
        """Whether something is being worked out, or waits to be drawn."""
        return self.debrief.busy

    def numbers(self, ui: Ui) -> Command | None:
        """The ledger that the others can be reached from."""
        del ui
        return open_ledger(self.debrief, "skill_index")

    def tick(self, ui: Ui) -> Answer:
        """Takes over what is new, and lets the map go on."""
        news = self.debrief.poll()
        return True if self.debrief.play(ui.now) or news else None


def working(debrief: Debrief, words: str) -> list[Node]:
    """How far the review is, and a way to stop it."""
    stop = Button(
        name="stop",
        text=debrief.desk.say("debrief.stop"),
        icon="circle-x",
        on_press=debrief.reviewing.cancel,
    )
    return [_bar(debrief, words), stop]


def stopped(debrief: Debrief, words: str) -> list[Node]:
    """How far the review had come when it stopped, and a way to go on."""
    resume = Button(
        name="resume",
        text=debrief.desk.say("debrief.resume"),
        icon="play",
        on_press=debrief.again,
    )
    return [_bar(debrief, words), resume]


def _bar(debrief: Debrief, words: str) -> Column:
    told = Label(words, NUMBER, "muted", one_line=True)
    return Column([told, Progress(debrief.reviewing.done, thick=6)], gap=3, grow=1, wide=220)


def label_pill(ui: Ui, label: LabelView, *, glyph_only: bool = False) -> Pill:
    """A label: glyph and word."""
    look = label_of(ui.theme, label.id)
    text = label.glyph if glyph_only else f"{label.glyph}  {label.name}"
    return Pill(text, ink=look.ink, ground=look.tint)


def chart_panel(debrief: Debrief, chart: Chart, *drawn: Node, after: Sequence[Node] = ()) -> Column:
    """A chart with its title, what there is to see, and a button that shows it as a table."""
    as_table = chart.id in debrief.tables

    def toggle() -> None:
        debrief.tables ^= {chart.id}

    switch = Button(
        name=f"table/{chart.id}",
        icon="chart-column" if as_table else "table",
        kind="quiet",
        compact=True,
        tip=debrief.desk.say("debrief.as_chart" if as_table else "debrief.as_table"),
        sound="select",
        on_press=toggle,
    )
    content: list[Node] = [DataTable(chart.table)] if as_table else list(drawn)
    return Column(
        [
            heading(chart.title, switch),
            Label(chart.summary, BODY),
            *content,
            Label(chart.note, TAG, "muted"),
            *after,
        ],
        gap=7,
    )


def figures(debrief: Debrief, meters: Sequence[Meter]) -> Grid:
    """The figures of a game; each opens the ledger of its number."""
    return Grid([_figure(debrief, each) for each in meters], cell=180, gap=8, most=2)


def _figure(debrief: Debrief, meter: Meter) -> Card:
    body: list[Node] = [
        Row([Icon(DIALS.get(meter.id, "gauge"), 18, "accent"), Label(meter.name, CARD, grow=1)]),
        Label(meter.shown, NAME),
    ]
    if meter.value is not None:
        body.append(Progress(max(0.0, min(1.0, meter.value / 100.0)), "accent", 6))
    body.append(Label(meter.when, TAG, "muted"))
    return Card(
        name=f"figure/{meter.id}",
        body=Column(body, gap=3),
        tip=debrief.desk.say("debrief.open_ledger"),
        on_press=partial(open_ledger, debrief, meter.id),
    )


def open_ledger(debrief: Debrief, name: str) -> Command | None:
    """Shows where a number comes from."""
    ledger = debrief.ledger(name)
    return None if ledger is None else Push(LedgerPage(debrief.desk, debrief.ledger, name))


def plan(
    lines: Sequence[PlanLine], title: str, icon: str, *, known: Sequence[PlanLine] = ()
) -> Column:
    """A plan under its title, a line for each thing in it.

    Args:
        lines: the plan.
        title: what it is.
        icon: beside the title.
        known: what stands in another plan, too, and is therefore less striking here.
    """
    return card(
        [
            Row([Icon(icon, 18, "accent"), Label(title, STRONG, grow=1)], gap=7),
            *(_line(each, "muted" if each in known else "ink") for each in lines),
        ],
        gap=5,
    )


def _line(line: PlanLine, colour: str) -> Node:
    words: list[Node] = []
    if line.customer is not None:
        words.append(Label(line.customer.name, CARD, colour))
    words.append(Label(line.text, NUMBER, colour))
    return Column(words, gap=0)


def both_plans(debrief: Debrief, own: Sequence[PlanLine], better: Sequence[PlanLine]) -> Node:
    """What was done beside what would have been better; what they share is pale in both."""
    say = debrief.desk.say
    plans = [plan(own, say("debrief.own_plan"), "clipboard-list", known=better)]
    if better:
        plans.append(plan(better, say("debrief.better_plan"), "clipboard-check", known=own))
    return Grid(plans, cell=230, gap=10, most=2)


def cost(debrief: Debrief, loss: RangeView) -> str:
    """What a decision cost, in few words."""
    return debrief.desk.say("debrief.cost", range=loss.shown) if loss.clear else loss.shown


def label_key(ui: Ui, debrief: Debrief, labels: Sequence[LabelView]) -> Column:
    """What the labels mean, best first."""
    pills = [label_pill(ui, each) for each in labels]
    texts = [Label(each.text, NUMBER, "muted", grow=1) for each in labels]
    widest = 100 * max(pill.natural(ui) for pill in pills) / ui.em(100)  # in text units
    rows: list[Node] = []
    for pill, text in zip(pills, texts, strict=True):
        if ui.columns >= WIDE:  # the texts begin below each other
            rows.append(Row([Column([Row([pill])], wide=widest), text], gap=8))
        else:
            rows.append(Column([Row([pill]), text], gap=2))
    return Column([Label(debrief.desk.say("debrief.key"), HEAD), *rows], gap=6)
