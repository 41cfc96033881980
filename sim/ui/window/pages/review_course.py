"""The game seen through the course: a card for every idea that a debrief shows in its numbers."""

from functools import partial

from sim.ui.window.charts.table import DataTable
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import card, heading
from sim.ui.window.kit.theme import BODY, STRONG, TAG
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.parts import concepts
from sim.ui.window.pages.review_changes import explain
from sim.view.review_model import CourseCard, CourseView, Reading


def course(debrief: Debrief, view: CourseView) -> list[Node]:
    """Every card under the title of the section."""
    cards = (_card(debrief, each) for each in view.cards)
    return [heading(view.title), Label(view.note, BODY, "muted"), *cards]


def _card(debrief: Debrief, view: CourseCard) -> Node:
    """An idea: the way to its entry, measured numbers, a sentence, and what lies behind."""
    most = 4 if len(view.readings) == 4 else 3  # in rows that are full, as far as may be
    rows: list[Node] = [
        *concepts([view.concept], partial(explain, debrief), name="course"),
        Grid([_reading(each) for each in view.readings], cell=105, gap=10, most=most),
        Label(view.sentence, BODY),
    ]
    if view.table is not None:
        rows.append(DataTable(view.table))
    if view.asked:
        mark = Icon("circle-question-mark", 18, "accent", BODY)
        rows.append(Row([mark, Label(view.asked, BODY, grow=1)], gap=8, align="top"))
    return card(rows, gap=7)


def _reading(view: Reading) -> Node:
    return Column([Label(view.name, TAG, "muted"), Label(view.shown, STRONG)], gap=0)
